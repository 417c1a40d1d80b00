import re

import pytest

from workshop.addons.explore.explore_command import explore_page
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.runs import cache as runs_cache

pytestmark = pytest.mark.long
FINGERPRINT = re.compile(rb'"digest":"([0-9a-f]{16})"')


def made(kit_path, folder, demos=("never_zero",)):
    request = Request(cache=folder, extra={"explore": {"demos": demos}})
    return explore_page(kit_path, request, standard_registry(), base=kit_path)[0]


@pytest.mark.broad
def test_a_page_is_the_same_with_another_version_of_python(kit_path, tmp_path, monkeypatch):
    page = made(kit_path, tmp_path / "one")
    monkeypatch.setattr(runs_cache, "_versions", lambda: ("another Python",))
    assert made(kit_path, tmp_path / "another") == page


@pytest.mark.broad
def test_its_fingerprint_is_in_the_small_print_and_changes_with_what_it_shows(kit_path, cache):
    pages = [made(kit_path, cache, demos=(demo,)) for demo in ("never_zero", "votes")]
    found = [FINGERPRINT.search(page)[1] for page in pages]
    assert len(set(found)) == 2
    assert all(page.count(fingerprint) == 2 for page, fingerprint in zip(pages, found, strict=True))
