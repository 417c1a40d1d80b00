"""Opens the manual's site in Chromium: its search finds what people look for, and axe-core finds nothing."""

import functools
import http.server
import threading
import time

import pytest

from docs.make_site import build
from tests.browser import opened, until, violations

pytestmark = pytest.mark.broad
PAGES = (
    "index.html",
    "docs/tutorials/first-talk.html",
    "docs/gallery.html",
    "docs/reference/commands.html",
    "docs/coming-from/slidev.html",
)
FOUND = {  # what people type -> a page that must be among the first five
    "two columns": "docs/gallery.html",
    "speaker notes": "docs/tutorials/first-talk.html",
    "pie chart": "docs/reference/charts.html",
    "equation": "docs/tutorials/first-talk.html",
}
DEEP = (  # the search has a root of its own
    "const all = r => [...r.querySelectorAll('*')].flatMap(e => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);"
    "const results = all(document).filter(e => e.tagName == 'A' && e.getRootNode() != document);"
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of the site, served for as long as the tests run."""
    pytest.importorskip("zensical")
    folder = build(tmp_path_factory.mktemp("built"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("profile")) as chrome:
        yield chrome


def test_five_pages_can_be_used_by_everybody(browser, site):
    for page in PAGES:
        browser.get(f"{site}/{page}")
        until(browser, "document.querySelector('nav[aria-label]') && document.readyState == 'complete'")
        assert violations(browser) == [], page


def test_nothing_is_asked_for_elsewhere(browser, site):
    browser.get(f"{site}/docs/gallery.html")
    until(browser, "document.readyState == 'complete'")
    asked = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert len(asked) > 20
    assert [address for address in asked if not address.startswith((site, "data:", "blob:"))] == []


def test_the_search_finds_what_people_look_for(browser, site):
    from selenium.webdriver.common.keys import Keys

    browser.get(f"{site}/index.html")
    until(browser, "document.querySelector('.md-search__button')")
    browser.execute_script("document.querySelector('.md-search__button').click()")
    until(browser, "document.activeElement.shadowRoot || document.activeElement.tagName == 'INPUT'")
    for words, page in FOUND.items():
        field = browser.switch_to.active_element
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(words)
        wanted = f"/{page}?h={words.replace(' ', '+')}"
        for _ in range(600):
            hits = browser.execute_script(f"{DEEP} return results.slice(0, 5).map(e => e.getAttribute('href'))")
            if any(wanted in hit for hit in hits):
                break
            time.sleep(0.1)
        assert any(wanted in hit for hit in hits), (words, hits)
