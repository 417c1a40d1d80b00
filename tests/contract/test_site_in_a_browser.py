"""Opens the manual's site in Chromium: its search finds what people ask, and axe-core finds nothing."""

import functools
import http.server
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml

from docs.make_site import build
from tests.browser import opened, sized, until, violations

pytestmark = pytest.mark.broad
QUESTIONS = yaml.safe_load((Path(__file__).parents[2] / "docs" / "questions.yaml").read_text("utf-8"))
WIDTHS = (390, 1280)  # a phone and a desk
DEEP = (  # the search has a root of its own
    "const all = r => [...r.querySelectorAll('*')].flatMap(e => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);"
    "const results = all(document).filter(e => e.tagName == 'A' && e.getRootNode() != document);"
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the site, and the address at which it is served for as long as the tests run."""
    pytest.importorskip("zensical")
    folder = build(tmp_path_factory.mktemp("built"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("profile")) as chrome:
        yield chrome


def pages_of(site):
    """Return the path of each page of the site."""
    folder, _ = site
    return sorted(page.relative_to(folder).as_posix() for page in folder.rglob("*.html"))


@pytest.mark.parametrize("width", WIDTHS)
def test_each_page_can_be_used_by_everybody(browser, site, width):
    sized(browser, width, 900)
    found = {}
    for page in pages_of(site):
        browser.get(f"{site[1]}/{page}")
        until(browser, "document.querySelector('nav[aria-label]') && document.readyState == 'complete'")
        faults = violations(browser)
        if browser.execute_script("return document.documentElement.scrollWidth") > width:
            faults.append("wider than the window")
        if faults:
            found[page] = faults
    assert found == {}


def test_nothing_is_asked_for_elsewhere(browser, site):
    browser.get(f"{site[1]}/docs/gallery.html")
    until(browser, "document.readyState == 'complete'")
    asked = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert len(asked) > 20
    assert [address for address in asked if not address.startswith((site[1], "data:", "blob:"))] == []


def test_the_search_finds_the_right_page_first_for_each_question(browser, site):
    from selenium.webdriver.common.keys import Keys

    sized(browser, 1280, 900)
    browser.get(f"{site[1]}/index.html")
    until(browser, "document.querySelector('.md-search__button')")
    browser.execute_script("document.querySelector('.md-search__button').click()")
    until(browser, "document.activeElement.shadowRoot || document.activeElement.tagName == 'INPUT'")
    others = {}
    for question, page in QUESTIONS.items():
        field = browser.switch_to.active_element
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(question)
        first = answer(browser, question)
        if not first.startswith(f"{site[1]}/{page.removesuffix('.md')}.html?"):
            others[question] = first
    assert len(QUESTIONS) == 30
    assert others == {}


def answer(browser, question):
    """Return the first hit for what was typed, or nothing if there is none after half a minute."""
    typed = urlencode({"h": question})
    for _ in range(300):
        hits = browser.execute_script(f"{DEEP} return results.map(e => e.getAttribute('href'))")
        if hits and typed in hits[0]:
            return hits[0]
        time.sleep(0.1)
    return ""
