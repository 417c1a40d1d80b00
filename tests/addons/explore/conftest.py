"""The built-in kit's page, and a browser for it."""

import pytest

from tests.browser import opened
from workshop.addons.explore.explore_command import explore_page
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry


@pytest.fixture(scope="session")
def page(kit_path, cache, tmp_path_factory):
    """The page, alone in a folder."""
    made, _, _ = explore_page(kit_path, Request(cache=cache), standard_registry(), base=kit_path)
    path = tmp_path_factory.mktemp("whole") / "explore.html"
    path.write_bytes(made)
    return path


@pytest.fixture(autouse=True)
def forgotten(request):
    """What one test turned isn't there in the next."""
    yield
    if "browser" in request.fixturenames:
        script = "if (location.protocol === 'file:') sessionStorage.clear()"
        request.getfixturevalue("browser").execute_script(script)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("profile")) as chrome:
        yield chrome
        assert [entry for entry in chrome.get_log("browser") if entry["level"] != "INFO"] == []
