"""The deck in a real browser: keys, clicks, the presenter's window, paper, and what others hear."""

import base64
from pathlib import Path

import pypdf
import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser import opened, show, sized, until, violations
from tests.render.html.test_browser_deck import built  # noqa: F401 - a fixture

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("profile")) as chrome:
        chrome.execute_cdp_cmd("Network.enable", {})
        yield chrome


@pytest.fixture
def page(browser, built):  # noqa: F811 - the fixture
    browser.switch_to.window(browser.window_handles[0])
    show(browser, built / "present.html")
    sized(browser, 1280, 720)
    return browser


def press(browser, *keys):
    ActionChains(browser).send_keys(*keys).perform()


def state(browser):
    return browser.execute_script("return [deck.current, deck.clicks, location.hash]")


def waiting(browser):
    return browser.execute_script("return document.querySelectorAll('.on .waits').length")


def test_keys_go_through_slides_and_clicks(page):
    press(page, Keys.ARROW_RIGHT)
    assert state(page) == ["first", 0, "#2"]
    assert waiting(page) == 4
    press(page, " ", Keys.PAGE_DOWN)
    assert (state(page)[1], waiting(page)) == (2, 2)
    press(page, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert state(page) == ["second", 0, "#3"]
    press(page, Keys.ARROW_LEFT)
    assert state(page) == ["first", 3, "#2"]
    press(page, "4", Keys.ENTER, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert state(page) == ["third", 2, "#4"]
    press(page, Keys.HOME)
    assert state(page)[2] == "#1"
    press(page, Keys.END, "b")
    assert page.execute_script("return getComputedStyle(document.querySelector('main')).visibility") == "hidden"


def test_an_address_opens_its_slide_and_links_lead_there(browser, page, built):  # noqa: F811
    show(browser, built / "slides.html", "#3")
    assert state(browser)[0] == "second"
    browser.execute_script(
        "document.querySelector('.on [data-to=\"#first\"]').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    assert state(browser)[0] == "first"


def test_a_picture_is_put_where_it_is_shown(page):
    assert page.execute_script("return document.querySelector('image').getAttribute('href').slice(0, 22)") == (
        "data:image/png;base64,"
    )


def test_a_swipe_goes_on(page):
    page.execute_script(
        "for (const [type, x] of [['touchstart', 300], ['touchend', 100]]) {"
        "const event = new Event(type, {bubbles: true}); event.touches = event.changedTouches = [{clientX: x}];"
        "document.dispatchEvent(event); }"
    )
    assert state(page)[0] == "first"


@pytest.mark.broad
def test_the_presenters_window_leads_and_follows(page):
    press(page, Keys.ARROW_RIGHT, "s")
    until(page, "other")
    main, presenter = page.window_handles
    page.switch_to.window(presenter)
    until(page, "window.deck === undefined && deck.current === 'first'")
    assert "zebrafish" in page.find_element("css selector", ".on .notes").text
    assert page.execute_script("return document.querySelector('.next h2').textContent") == "Second"
    assert "slide 2 of 4" in page.find_element("id", "clock").text.lower()
    assert violations(page) == []
    press(page, Keys.ARROW_RIGHT)
    page.switch_to.window(main)
    until(page, "deck.clicks === 1")
    press(page, Keys.END)
    page.switch_to.window(presenter)
    until(page, "deck.current === 'third'")
    page.close()
    page.switch_to.window(main)


def test_a_window_that_is_blocked_is_explained(page):
    page.execute_script("window.open = () => null")
    press(page, "s")
    until(page, "document.querySelector('#blocked').open")


@pytest.mark.parametrize("mode", ["", "t", "?"])
def test_axe_finds_nothing(page, mode):
    press(page, Keys.ARROW_RIGHT, *mode)
    assert violations(page) == []
    assert page.get_log("browser") == []


def test_those_who_hear_it_get_titles_lists_and_tables(page):
    seen = []
    for _ in range(4):
        nodes = page.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        told = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if not n.get("ignored")]
        seen.append(
            {"headings": [name for role, name in told if role == "heading"], "roles": {role for role, _ in told}}
        )
        page.execute_script("go(deck.slides[place(deck.current) + 1]?.id || deck.current)")
    assert [one["headings"] for one in seen] == [["A talk", name] for name in ("A talk", "First", "Second", "Third")]
    assert {"list", "listitem", "link"} <= seen[1]["roles"]
    assert {"table", "columnheader", "cell", "list"} <= seen[2]["roles"]
    assert page.find_element("id", "say").get_attribute("textContent") == "Slide 4 of 4: Third"


def test_paper_has_a_page_for_each_slide_with_all_that_appears(page, tmp_path):
    made = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    path = Path(tmp_path) / "print.pdf"
    path.write_bytes(base64.b64decode(made["data"]))
    pages = pypdf.PdfReader(path).pages
    assert len(pages) == 4
    assert "Last, with weight." in pages[1].extract_text()
    assert "zebrafish" not in "".join(one.extract_text() for one in pages)
