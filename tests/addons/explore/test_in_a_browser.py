"""The page in a real browser: every kind of poke by keyboard alone, sizes, offline, fallback, hostile texts."""

import json
import re
from pathlib import Path

import pytest

from tests.addons.explore.ten import DOUBLED, STEPS, TEN, made, page_of
from tests.browser import opened, show, sized, until, violations
from tests.tiers import few
from workshop.model.pokes import Ask, Guess, Map, Sort

pytestmark = pytest.mark.long
HOSTILE = "</script><script>window.pwned=1</script><b onclick='x'>\"'" + "\u202e" + "w" * 200


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    """The page with all ten kinds, alone in its folder."""
    path = tmp_path_factory.mktemp("page") / "explore.html"
    path.write_text(page_of(TEN), "utf-8")
    return path


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("profile")) as chrome:
        yield chrome


@pytest.fixture(autouse=True)
def clean(browser):
    """The console stays clean in every test, and the file is all that is asked for."""
    sized(browser, 1280)
    yield
    assert [entry for entry in browser.get_log("browser") if entry["level"] != "INFO"] == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0


def press(browser, *keys):
    from selenium.webdriver.common.action_chains import ActionChains

    for key in keys:
        ActionChains(browser).send_keys(key).perform()
        assert browser.execute_script("return document.activeElement !== document.body"), f"{key!r} lost the focus"
        assert browser.execute_script("return getComputedStyle(document.activeElement).visibility") == "visible"


def go_to(browser, selector, most=60):
    """Press Tab until something has the focus."""
    from selenium.webdriver.common.keys import Keys

    for _ in range(most):
        if browser.execute_script("return document.activeElement.matches(arguments[0])", selector):
            return
        press(browser, Keys.TAB)
    raise AssertionError(f"Tab never reached {selector}")


def text(browser, selector):
    return browser.execute_script("return document.querySelector(arguments[0]).textContent", selector)


def begin(browser, page, demo):
    """Open the page at a demo and put the focus on its heading."""
    show(browser, page, f"#{demo}")
    browser.execute_script("document.querySelector(`#${arguments[0]} h2`).focus()", demo)


# ---------------------------------------------------------------- each kind by keyboard
def test_a_slider_is_turned_with_the_arrow_keys_and_its_buttons(browser, page):
    from selenium.webdriver.common.keys import Keys

    begin(browser, page, "slid")
    go_to(browser, "#slid input[type=range]")
    press(browser, Keys.ARROW_RIGHT)
    assert text(browser, "#slid dd") == "32"
    assert text(browser, "#slid output") == "5"
    assert text(browser, "#slid [data-finding]") == "Doubled 5 times, it is 32."
    go_to(browser, "#slid [data-step='1']")
    press(browser, Keys.ENTER)
    assert text(browser, "#slid output") == "1,000" or text(browser, "#slid output") == "1000"
    assert "times=1000" in browser.execute_script("return document.querySelector('#slid .here').href")


def test_steps_go_on_and_start_again_and_typed_text_follows_them(browser, page):
    from selenium.webdriver.common.keys import Keys

    begin(browser, page, "stepped")
    assert text(browser, "#stepped [data-finding]") == "Nothing yet."
    go_to(browser, "#stepped [data-next]")
    press(browser, Keys.ENTER, Keys.ENTER, Keys.ENTER)
    assert text(browser, "#stepped [data-finding]") == "2 rounds."
    assert text(browser, "#stepped .bar .v") == "0.65"  # (3 + 1/4) / (4 + 1)
    go_to(browser, "#stepped [data-again]")
    press(browser, Keys.ENTER)
    assert text(browser, "#stepped [data-finding]") == "Nothing yet."
    assert text(browser, "#stepped .bar .v") == "0.25"


def test_a_line_is_written_on_with_the_words_that_are_offered(browser, page):
    from selenium.webdriver.common.keys import Keys

    show(browser, page, "#stepped?rounds=2&text=a")
    browser.execute_script("document.querySelector('#stepped h2').focus()")
    go_to(browser, "#stepped button.w")
    press(browser, Keys.ENTER)
    assert browser.execute_script("return document.querySelector('#stepped input').value") == "a b"
    assert "end of the line" in text(browser, "#stepped [data-bars]")
    assert (
        text(browser, "#stepped [data-why]")
        == "“end of the line” leads with 0.75: 2 of the 2 times that it has read “b”."
    )


def test_what_was_never_read_is_as_likely_as_anything(browser, page):
    begin(browser, page, "asked")
    go_to(browser, "#asked input")
    press(browser, "x", "y")
    assert text(browser, "#asked [data-why]") == (
        "“xy” isn’t among its 3 words. It has never read “xy”, so every word gets 0.25."
    )


def test_one_word_is_too_few_for_a_model_that_looks_back_at_two(browser, tmp_path):
    two = Ask("next", label="Type", examples=("b",), key="last_two_words", value="(count + 1 / size) / (total + 1)")
    page = tmp_path / "explore.html"
    page.write_text(page_of((made("pair", two),)), "utf-8")
    show(browser, page, "#pair?text=b")
    assert text(browser, "#pair [data-why]").startswith("Type one more word: it looks back at two")
    show(browser, page, "#pair?text=b c")
    assert not text(browser, "#pair [data-why]").startswith("Type")


@pytest.mark.parametrize(
    ("gate", "settle"),
    [
        (Guess("?", {"more": "More", "less": "Less"}, truth="verdict", then=STEPS), "[data-place]"),
        (Sort("Largest?", cards="names", by="numbers", unit="count"), "[data-check]"),
    ],
    ids=["bet", "order"],
)
def test_what_comes_after_a_bet_or_an_order_is_hidden_until_it_is_settled(browser, tmp_path, gate, settle):
    page = tmp_path / "explore.html"
    page.write_text(page_of((made("gated", gate, DOUBLED),)), "utf-8")
    show(browser, page, "#gated")
    hidden = (
        "return ['[data-part=\"1\"]', '.numbers'].map(s => document.querySelector('#gated ' + s).checkVisibility())"
    )
    assert browser.execute_script(hidden) == [False, False]
    browser.execute_script("document.querySelector('#gated input[type=radio]')?.click()")
    assert browser.execute_script(hidden) == [False, False]
    browser.execute_script(f"document.querySelector('#gated {settle}').click()")
    assert browser.execute_script(hidden) == [True, True]


@pytest.mark.parametrize(
    ("demo", "name", "shown"), [("toggled", "kind", "It says no."), ("chosen", "times", "The last is 1.5.")]
)
def test_radios_change_with_the_arrow_keys(browser, page, demo, name, shown):
    from selenium.webdriver.common.keys import Keys

    begin(browser, page, demo)
    go_to(browser, f"#{demo} input[type=radio]")
    press(browser, Keys.ARROW_DOWN)
    assert text(browser, f"#{demo} [data-finding]") == shown
    assert f"{name}=" in browser.execute_script(f"return document.querySelector('#{demo} .here').href")


def test_nothing_can_be_seen_before_a_bet_is_placed(browser, page):
    from selenium.webdriver.common.keys import Keys

    begin(browser, page, "bet")
    hidden = "return [...document.querySelectorAll('#bet [data-after]')].every(e => e.hidden)"
    assert browser.execute_script(hidden)
    go_to(browser, "#bet input[type=radio]")
    press(browser, Keys.SPACE, Keys.ARROW_DOWN)  # reading the options isn't betting yet
    assert browser.execute_script(hidden)
    go_to(browser, "#bet [data-place]")
    press(browser, Keys.ENTER)
    assert not browser.execute_script(hidden)
    assert text(browser, "#bet [data-bettext]") == "You bet on “Less”, but it is “More”. So it goes."
    assert browser.execute_script("return [...document.querySelectorAll('#bet [name$=bet]')].every(e => e.disabled)")


def test_a_bet_that_was_placed_is_right_or_wrong_by_what_was_chosen(browser, page):
    show(browser, page, "#bet?bet=more")
    assert text(browser, "#bet [data-bettext]") == "You bet on “More”, and that is right. So it goes."
    assert browser.execute_script("return document.querySelector('#bet [data-place]').hidden")


def test_two_bets_of_one_demo_are_placed_one_after_the_other(browser, page):
    show(browser, page, "#twice?bet=more&bet1=down")
    told = "return [...document.querySelectorAll('#twice [data-bettext]')].map(e => e.textContent)"
    assert browser.execute_script(told) == [
        "You bet on “More”, and that is right.",
        "You bet on “Down”, but it is “Up”.",
    ]
    show(browser, page, "#twice?bet=less")
    assert browser.execute_script(told) == ["You bet on “Less”, but it is “More”.", ""]
    assert browser.execute_script("return document.querySelectorAll('#twice [data-part]')[1].checkVisibility()")


def test_in_front_of_a_room_arrow_keys_choose_how_sure_one_is(browser, page):
    from selenium.webdriver.common.keys import Keys

    show(browser, page, "#bet?present=1")
    go_to(browser, "#bet select")
    press(browser, Keys.ARROW_DOWN)
    assert text(browser, ".poke.on h2") == "Bet"
    assert browser.execute_script("return document.querySelector('#bet select').value") == "50"


def test_a_placed_bet_is_one_line_that_can_be_opened(browser, page):
    from selenium.webdriver.common.keys import Keys

    begin(browser, page, "bet")
    options = "return document.querySelector('#bet input[type=radio]').checkVisibility()"
    assert browser.execute_script(options)
    go_to(browser, "#bet input[value=more]")
    press(browser, Keys.SPACE)
    go_to(browser, "#bet [data-place]")
    assert text(browser, "#bet [data-place]") == "Place my bet"
    press(browser, Keys.ENTER)
    assert text(browser, "#bet .fold") in ("Your bet: A, right ✓", "Your bet: A, wrong ✗")
    assert not browser.execute_script(options)
    browser.execute_script("document.querySelector('#bet h2').focus()")
    go_to(browser, "#bet .fold")
    press(browser, Keys.ENTER)
    assert browser.execute_script(options)
    press(browser, Keys.ENTER)
    assert not browser.execute_script(options)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_after_a_bet_the_knob_its_chart_and_what_is_said_are_on_one_screen(browser, page, width, height):
    sized(browser, width, height)
    show(browser, page, "#bet")
    browser.execute_script(
        "document.querySelector('#bet input[value=less]').click(); document.querySelector('#bet [data-place]').click()"
    )
    whole = (
        "const box = document.querySelector('#bet'), all = ['.ask', '[data-slider]', 'svg[role=img]', '[data-finding]']"
        ".map(one => box.querySelector(one).getBoundingClientRect());"
        "return [Math.min(...all.map(one => one.top)), Math.max(...all.map(one => one.bottom)), all[1].bottom <= all[2].top]"
    )
    top, bottom, over = browser.execute_script(whole)
    assert top >= 0
    assert bottom <= height
    assert over


def test_without_a_choice_no_bet_is_placed(browser, page):
    begin(browser, page, "bet")
    browser.execute_script("document.querySelector('#bet [data-place]').click()")
    assert browser.execute_script("return document.querySelector('#bet [data-after]').hidden")
    until(browser, "document.querySelector('#say').textContent === 'Choose an option first'")
    assert text(browser, "#bet [data-place]") == "Choose an option first"


def test_a_line_is_drawn_with_the_arrow_keys_before_the_runs_line_is_laid_over_it(browser, page):
    from selenium.webdriver.common.keys import Keys

    begin(browser, page, "drawn")
    seen = "return [...document.querySelectorAll('#drawn :is([data-spot], [data-curve])')].filter(e => e.checkVisibility({visibilityProperty: true})).length"
    found = "return document.querySelector('#drawn [data-found]').checkVisibility()"
    heard = "return document.querySelector('#drawn svg[role=img]').getAttribute('aria-hidden')"
    marked = "return document.querySelector('#drawn .f-open').checkVisibility({visibilityProperty: true})"
    assert browser.execute_script(seen) == 0
    assert browser.execute_script(heard) == "true"  # its label tells every value
    assert not browser.execute_script(found)
    browser.execute_script("document.querySelector('#drawn [data-place]').click()")
    until(browser, "document.querySelector('#say').textContent === 'Move a point first'")
    assert text(browser, "#drawn [data-place]") == "Move a point first"
    line = "return document.querySelector('#drawn .mine').getAttribute('d')"
    assert "L" not in browser.execute_script(line)  # points that nobody moved are no line
    go_to(browser, "#drawn [data-level='1']")
    assert browser.execute_script("return document.activeElement.labels[0].textContent") == "1"
    press(browser, Keys.HOME, Keys.TAB, Keys.END)
    assert browser.execute_script("return document.activeElement.getAttribute('aria-valuetext')") == "4.00"
    go_to(browser, "#drawn [data-place]")
    press(browser, Keys.ENTER)
    assert text(browser, "#drawn [data-bettext]") == (
        "On average your line is 1.00 bits away from the run’s. It is furthest off at 1: you drew 0.00, and the run says 1.00. Step by step."
    )
    assert browser.execute_script(found)
    assert browser.execute_script(marked)
    assert browser.execute_script(heard) == "false"
    assert browser.execute_script(seen) > 4  # the line that was drawn, and one point of the other
    link = browser.execute_script("return document.querySelector('#drawn .here').hash")
    show(browser, page, link)
    assert text(browser, "#drawn [data-bettext]").startswith("On average your line is 1.00 bits away")


def test_a_finger_draws_the_line_too(browser, page):
    from selenium.webdriver.common.action_chains import ActionChains

    show(browser, page, "#drawn")
    svg = browser.find_element("css selector", "#drawn svg[role=img]")
    ActionChains(browser).move_to_element_with_offset(svg, 60, -60).click_and_hold().move_by_offset(
        0, 20
    ).release().perform()
    assert "line=" in browser.execute_script("return document.querySelector('#drawn .here').href")
    assert (
        browser.execute_script("return document.querySelector('#drawn [data-place]').getAttribute('aria-disabled')")
        == "false"
    )


def test_on_paper_there_is_a_drawn_line_only_if_somebody_drew_one(browser, page):
    shown = "return document.querySelector('#drawn .mine').checkVisibility()"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        show(browser, page, "#drawn")
        assert not browser.execute_script(shown)
        show(browser, page, "#drawn?line=3.20&drawn=1")
        assert browser.execute_script(shown)
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_reload_brings_back_everything_that_was_turned(browser, page):
    show(browser, page, "#slid?times=5")
    browser.execute_script("document.querySelector('#slid [data-step=\"1\"]').click()")
    browser.execute_script(
        "document.querySelector('#bet input[value=less]').click(); document.querySelector('#bet [data-place]').click()"
    )
    browser.execute_script("document.querySelector('#picked [data-pick=A]').click()")
    browser.execute_script("document.querySelector('[name=theme][value=dark]').click()")
    until(browser, "location.hash.includes('theme=dark')")
    browser.refresh()
    until(browser, "document.documentElement.dataset.ready")
    assert text(browser, "#slid output").replace(",", "") == "1000"
    assert text(browser, "#bet [data-bettext]").startswith("You bet on “Less”")
    assert browser.execute_script("return document.querySelectorAll('#picked [data-tally] .done').length") == 1
    assert browser.execute_script("return document.documentElement.dataset.theme") == "dark"


def test_a_script_that_stops_says_that_the_page_can_only_be_read(browser, page, tmp_path):
    broken = tmp_path / "explore.html"
    broken.write_text(
        page.read_text("utf-8").replace(
            '<script type="application/json" id="pokes">{', '<script type="application/json" id="pokes">{,'
        ),
        "utf-8",
    )
    browser.get(broken.as_uri())
    assert browser.execute_script("return document.querySelector('.no-js').checkVisibility()")
    assert not browser.execute_script("return document.querySelector('.needs-js').checkVisibility()")
    assert "SyntaxError" in browser.get_log("browser")[0]["message"]


def test_picks_are_made_with_a_and_b(browser, page):
    from selenium.webdriver.common.keys import Keys

    begin(browser, page, "picked")
    go_to(browser, "#picked [data-pick=A]")
    press(browser, "a", "b")
    numbers = "return [...document.querySelectorAll('#picked [data-number]')].map(e => e.textContent)"
    assert browser.execute_script(numbers) == ["0.00", "0.50", "0.00", "0.50"]
    assert browser.execute_script("return document.activeElement.matches('#picked [data-undo]')")
    press(browser, Keys.ENTER)
    assert browser.execute_script(numbers) == ["1.00", "0.52", "−1.00", "0.48"]
    told = "“plain” goes from 0.50 to 0.52, “fancy” goes from 0.50 to 0.48."
    assert text(browser, "#picked [data-finding]") == f"You picked “plain” over “fancy”. With this pick, {told}"
    show(browser, page, "#picked?picks=AA")
    told = "“plain” goes from 0.52 to 0.54, “fancy” goes from 0.48 to 0.46."
    assert text(browser, "#picked [data-finding]") == f"You picked “fancy” over “plain”. With this pick, {told}"
    show(browser, page, "#picked?picks=A")
    browser.execute_script("document.querySelector('#picked h2').focus()")
    go_to(browser, "#picked input[type=radio]")
    press(browser, Keys.ARROW_RIGHT)
    assert browser.execute_script(numbers) == ["11.00", "0.72", "−11.00", "0.28"]


def test_cards_are_put_into_order_with_their_buttons(browser, page):
    from selenium.webdriver.common.keys import Keys

    begin(browser, page, "sorted")
    cards = "return [...document.querySelectorAll('#sorted .t')].map(e => e.textContent)"
    assert browser.execute_script(cards) == ["small", "middle", "large"]
    go_to(browser, "#sorted [data-move='1'][aria-label*=small]")
    press(browser, Keys.ENTER, Keys.ENTER)
    go_to(browser, "#sorted [data-check]")
    press(browser, Keys.ENTER)
    assert text(browser, "#sorted [data-finding]") == "In the right place: 1 of 3."
    assert browser.execute_script("return [...document.querySelectorAll('#sorted .v')].map(e => e.textContent)") == [
        "✗ wrong place · 20",
        "✗ wrong place · 30",
        "1",
    ]
    show(browser, page, "#sorted?order=1.2.0")
    browser.execute_script("document.querySelector('#sorted [data-check]').click()")
    assert text(browser, "#sorted [data-finding]") == "In the right place: 3 of 3. Well done, 2 times."


def test_words_of_ones_own_are_cut_into_pieces_and_so_are_they_backwards(browser, page):
    show(browser, page, "#cut?times=1")
    blocks = "return [...document.querySelectorAll(`#cut ${arguments[0]} span`)].map(e => e.textContent)"
    assert browser.execute_script(blocks, "[data-pieces]") == ["c", "ab", "_", "ab", "c", "_"]
    assert browser.execute_script(blocks, "[data-back]") == ["b", "a", "c", "_", "c", "b", "a", "_"]
    assert text(browser, "#cut [data-why]") == "6 letters: 6 pieces forwards, 8 backwards."
    show(browser, page, "#cut?times=5&own=ABC")
    assert browser.execute_script(blocks, "[data-pieces]") == ["abc", "_"]


def test_cards_of_an_order_are_moved_and_the_best_and_worst_are_kept(browser, page):
    from selenium.webdriver.common.keys import Keys

    begin(browser, page, "ordered")
    assert text(browser, "#ordered [data-kept]") == ""
    go_to(browser, "#ordered [data-move='1'][aria-label*=warm]")
    press(browser, Keys.ENTER)
    assert text(browser, "#ordered [data-finding]") == "cold,warm it is."
    told = "2 of 2 orders tried. Best so far: cold, warm (75%). Worst so far: warm, cold (25%)."
    assert text(browser, "#ordered [data-kept]") == told
    show(browser, page, browser.execute_script("return document.querySelector('#ordered .here').hash"))
    assert text(browser, "#ordered [data-kept]") == told


def test_the_link_to_a_checked_order_opens_it_checked(browser, page):
    show(browser, page, "#sorted?order=1.2.0")
    browser.execute_script("document.querySelector('#sorted [data-check]').click()")
    link = browser.execute_script("return document.querySelector('#sorted .here').hash")
    assert "checked=1" in link
    show(browser, page, link)
    assert text(browser, "#sorted [data-finding]") == "In the right place: 3 of 3. Well done, 2 times."
    browser.execute_script("document.querySelector('#sorted [data-move=\"1\"]').click()")
    assert "checked=1" not in browser.execute_script("return document.querySelector('#sorted .here').hash")


def test_the_stage_that_is_read_has_its_name_in_a_narrow_rail(browser, page):
    sized(browser, 390, 800)
    show(browser, page, "#bet")
    until(browser, "document.querySelector('.rail [aria-current] .name')?.getBoundingClientRect().width > 20")
    assert browser.execute_script("return document.querySelectorAll('.rail [aria-current]').length") == 1


def test_a_pick_and_what_it_does_are_on_one_screen_of_a_phone(browser, page):
    sized(browser, 390, 844)
    show(browser, page, "#picked")
    top, bottom = browser.execute_script(
        "const at = s => document.querySelector(`#picked ${s}`).getBoundingClientRect(); return [at('[data-tally]').top, at('[data-finding]').bottom]"
    )
    assert bottom - top < 844 - 60


def test_places_are_looked_around_in_with_the_arrow_keys(browser, page):
    from selenium.webdriver.common.keys import Keys

    begin(browser, page, "mapped")
    go_to(browser, "#mapped [role=tab]")
    press(browser, Keys.ARROW_RIGHT, Keys.END)
    assert browser.execute_script("return document.activeElement.textContent") == "<b>cow</b>"
    assert browser.execute_script("return [...document.querySelectorAll('#mapped .stagebox')].map(e => e.hidden)") == [
        True,
        True,
        False,
    ]


def test_a_room_is_shown_one_demo_at_a_time(browser, page):
    from selenium.webdriver.common.keys import Keys

    show(browser, page, "#slid?present=1")
    assert text(browser, ".poke.on h2") == "Slid"
    press(browser, Keys.ARROW_DOWN)
    assert text(browser, "#slid output") == "1"
    press(browser, Keys.PAGE_DOWN)
    assert text(browser, ".poke.on h2") == "Stepped"
    press(browser, Keys.ESCAPE)
    assert not browser.execute_script("return document.documentElement.classList.contains('presenting')")
    assert browser.execute_script("return document.activeElement.matches('#stepped .show')")


# ---------------------------------------------------------------- what is said
def test_one_message_is_said_for_a_change_and_it_is_the_finding(browser, page):
    begin(browser, page, "slid")
    told = browser.execute_async_script(
        "const done = arguments[arguments.length - 1], said = [], r = document.querySelector('#slid input[type=range]');"
        "new MutationObserver(() => { said.push(document.getElementById('say').textContent); setTimeout(() => done(said), 300); }).observe(document.getElementById('say'), {childList: true});"
        "for (const v of [0, 1, 2]) { r.value = v; r.dispatchEvent(new Event('input')); }"
    )
    assert told == ["Doubled 5 times, it is 32."]
    assert (
        browser.execute_script(
            "return document.querySelector('#slid input[type=range]').getAttribute('aria-valuetext')"
        )
        == "5"
    )


def test_a_link_opens_the_page_at_its_demo_at_once(browser, page):
    sized(browser, 390, 800)
    show(browser, page, "#sorted?order=1.2.0")
    assert abs(browser.execute_script("return document.querySelector('#sorted').getBoundingClientRect().top")) < 120


def test_links_with_unknown_names_and_impossible_values_change_nothing(browser, page):
    show(browser, page, "#slid?times=3&evil=1&__proto__=x")
    assert text(browser, "#slid output") == "2"
    show(browser, page, "#asked?text=<img src=x onerror=alert(1)>")
    assert browser.execute_script("return document.images.length") == 0
    show(browser, page, "#%E0%A4%A")
    assert text(browser, "h1") == "Ten"


# ---------------------------------------------------------------- sums that disagree
@pytest.mark.parametrize(
    ("demo", "planted"),
    [("stepped", '"out":"0.65"'), ("asked", '"out":["a"]'), ("drawn", '"out":["1.00"'), ("cut", '"out":"ab c ab _"')],
)
def test_a_planted_disagreement_makes_that_demo_fall_back_and_no_other(browser, page, tmp_path, demo, planted):
    whole = page.read_text("utf-8")
    start = whole.index(f'{{"id":"{demo}"')
    assert planted in whole[start:]
    changed = whole[:start] + whole[start:].replace(
        planted,
        planted.replace("0.65", "0.66")
        .replace('"a"', '"q"')
        .replace("1.00", "1.01")
        .replace("ab c ab _", "ab c a b _"),
        1,
    )
    other = tmp_path / "explore.html"
    other.write_text(changed, "utf-8")
    show(browser, other, f"#{demo}")
    warned = "return [...document.querySelectorAll('.poke')].filter(p => !p.querySelector('[data-warn]').hidden).map(p => p.id)"
    assert browser.execute_script(warned) == [demo]
    assert browser.execute_script(f"return [...document.querySelectorAll('#{demo} .field')].at(-1).hidden")
    assert demo in text(browser, "[data-checked]")
    if demo == "stepped":
        browser.execute_script("document.querySelector('#stepped [data-next]').click()")
        assert text(browser, "#stepped [data-finding]") == "1 rounds."


# ---------------------------------------------------------------- sizes, colours, paper
@pytest.mark.parametrize("width", few([320, 390, 1280, 1920], 320, 1280))
def test_no_page_scrolls_sideways_and_targets_are_large_enough(browser, page, width):
    sized(browser, width)
    show(browser, page, "#bet?bet=more")
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    small = browser.execute_script(
        "return [...document.querySelectorAll('button, a, summary, input[type=range], label.opt')].map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])"
        ".filter(([, r]) => r.width && (r.width < 24 || r.height < 24)).map(([html]) => html)"
    )
    assert small == []


@pytest.mark.parametrize("size", few([(1280, 720), (1920, 1080)], (1280, 720)))
def test_nothing_is_under_the_rail_in_front_of_a_room(browser, page, size):
    sized(browser, *size)
    for demo in TEN:
        show(browser, page, f"#{demo.name}?present=1")
        assert browser.execute_script("return document.documentElement.scrollHeight <= innerHeight + 1"), demo.name


@pytest.mark.parametrize("width", few([390, 1280], 390))
@pytest.mark.parametrize("theme", few(["light", "dark", "contrast"], "light"))
def test_axe_finds_nothing(browser, page, width, theme):
    sized(browser, width)
    show(browser, page, f"#bet?bet=more&theme={theme}")
    assert violations(browser) == []
    browser.execute_script("scrollTo(0, document.body.scrollHeight / 2 + 13)")
    assert violations(browser) == []
    show(browser, page, f"#bet?theme={theme}")
    assert violations(browser) == []


def test_hostile_texts_stay_texts(browser, tmp_path):
    demos = (
        made("slid", Map("animals", label=HOSTILE), title=HOSTILE),
        made("sorted", Sort(HOSTILE, cards="names", by="numbers", finding=HOSTILE), title="'\"><img src=x>"),
    )
    page = tmp_path / "explore.html"
    page.write_text(page_of(demos, title=HOSTILE), "utf-8")
    sized(browser, 390)
    show(browser, page, "#sorted?order=0.1.2")
    assert browser.execute_script("return [window.pwned, document.images.length, document.scripts.length]") == [
        None,
        0,
        2,
    ]
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert text(browser, "h1") == HOSTILE


# ---------------------------------------------------------------- without a browser
def test_everything_can_be_read_without_scripts(page):
    whole = page.read_text("utf-8")
    for demo in TEN:
        section = re.search(rf'<section class="poke" id="{demo.name}".*?</section>', whole, re.DOTALL)
        assert section, demo.name
        assert "<h2" in section[0]
        assert 'class="mark real"' in section[0]
        if demo.name not in ("picked", "asked", "stepped", "mapped", "sorted"):
            assert re.search(r'<p class="finding"[^>]*>[^<]', section[0]), demo.name
    closed = re.findall(r"<[^>]* hidden=[^>]*>", whole)
    assert {re.sub(r".* (data-\w+).*", r"\1", tag) for tag in closed} <= {"data-warn", "data-unread"}


def test_every_place_of_a_state_exists_and_only_a_few_attributes_are_set(page):
    whole = page.read_text("utf-8")
    data = json.loads(re.search(r'id="pokes">(.*?)</script>', whole, re.DOTALL)[1])
    places = re.findall(r'data-k="(\w+)"', whole)
    assert len(places) == len(set(places))
    for poke in data["pokes"]:
        for part in poke["parts"]:
            grid = part.get("then", part)
            for state in grid.get("states", ()):
                for place in state["set"]:
                    name, _, attribute = place.partition("@")
                    assert name in places
                    assert attribute in ("", "aria-label", "class", "d", "height", "width", "x", "y")


def test_two_builds_give_the_same_bytes(page):
    assert page_of(TEN).encode() == page.read_bytes()
