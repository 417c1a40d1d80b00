"""The page in a real browser: every kind of poke by keyboard alone, sizes, offline, fallback, hostile texts."""

import json
import re
from pathlib import Path

import pytest

from tests.addons.explore import ten
from tests.addons.explore.ten import TEN, found, made, outcome, page_of
from tests.browser import opened, show, sized, until, violations
from tests.tiers import few
from workshop.model.exhibits import Findings
from workshop.model.frozen import Frozen
from workshop.model.poke_tables import Reading, Rounds
from workshop.model.pokes import Ask, Map, Pick, Sort, Train

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


def pause(browser):
    """Wait as long as a word takes to be read or written, twice."""
    browser.execute_async_script("setTimeout(arguments[0], 300)")


def text(browser, selector):
    return browser.execute_script("return document.querySelector(arguments[0]).textContent", selector)


def begin(browser, page, demo):
    """Open the page at a demo, with all that is closed there, and put the focus on its heading."""
    show(browser, page, f"#{demo}")
    browser.execute_script(f"document.querySelectorAll('#{demo} details').forEach(e => {{ e.open = true; }})")
    browser.execute_script("document.querySelector(`#${arguments[0]} h2`).focus()", demo)


# ---------------------------------------------------------------- each kind by keyboard
@pytest.mark.broad
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
    browser.execute_script("document.querySelector('#stepped .further').open = true")
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
    ("demo", "name", "shown"), [("toggled", "kind", "It says no."), ("chosen", "times", "The last is 1.5.")]
)
def test_radios_change_with_the_arrow_keys(browser, page, demo, name, shown):
    from selenium.webdriver.common.keys import Keys

    begin(browser, page, demo)
    go_to(browser, f"#{demo} input[type=radio]")
    press(browser, Keys.ARROW_DOWN)
    assert text(browser, f"#{demo} [data-finding]") == shown
    assert f"{name}=" in browser.execute_script(f"return document.querySelector('#{demo} .here').href")


def test_a_bet_that_was_placed_is_right_or_wrong_by_the_letter_that_was_chosen(browser, page):
    show(browser, page, "#bet?bet=A")
    assert text(browser, "#bet [data-bettext]") == "You bet: More. That is right."
    assert browser.execute_script("return document.querySelector('#bet [data-place]').hidden")


def test_two_bets_of_one_demo_are_placed_one_after_the_other(browser, page):
    show(browser, page, "#twice?bet=A&bet1=B")
    told = "return [...document.querySelectorAll('#twice [data-bettext]')].map(e => e.textContent)"
    assert browser.execute_script(told) == [
        "You bet: More. That is right.",
        "You bet: Down. But it is: Up.",
    ]
    show(browser, page, "#twice?bet=B")
    assert browser.execute_script(told) == ["You bet: Less. But it is: More.", ""]


def test_without_a_choice_no_bet_is_placed(browser, page):
    begin(browser, page, "bet")
    browser.execute_script("document.querySelector('#bet [data-place]').click()")
    assert text(browser, "#bet [data-bettext]") == ""
    until(browser, "document.querySelector('#say').textContent === 'Choose an option first'")
    assert text(browser, "#bet [data-place]") == "Choose an option first"


def test_a_reload_brings_back_everything_that_was_turned(browser, page):
    show(browser, page, "#slid?times=5")
    browser.execute_script("document.querySelector('#slid [data-step=\"1\"]').click()")
    browser.execute_script(
        "document.querySelector('#bet .bet input[value=B]').click(); document.querySelector('#bet [data-place]').click()"
    )
    browser.execute_script("document.querySelector('#picked [data-pick=A]').click()")
    until(browser, "location.hash === '#picked?picks=A'")  # the address holds what was turned last, the tab all of it
    browser.refresh()
    until(browser, "document.documentElement.dataset.ready")
    assert text(browser, "#slid output").replace(",", "") == "1000"
    assert text(browser, "#bet [data-bettext]").startswith("You bet: Less")
    assert browser.execute_script("return document.querySelectorAll('#picked .coin').length") == 1


def test_a_long_text_stays_out_of_the_address_and_comes_back_from_the_tab(browser, page):
    show(browser, page, "#cut")
    long = "word " * 30
    browser.execute_script(
        "const field = document.querySelector('#cut [data-text]'); field.value = arguments[0]; field.dispatchEvent(new Event('input'))",
        long,
    )
    until(browser, "location.hash === '#cut' && JSON.stringify(sessionStorage).includes('word word')")
    browser.refresh()
    until(browser, "document.documentElement.dataset.ready")
    assert browser.execute_script("return document.querySelector('#cut [data-text]').value") == long


def test_without_storage_only_the_demo_that_was_touched_last_comes_back(browser, page):
    show(browser, page, "#slid?times=5")
    until(browser, "document.querySelector('#slid output').textContent === '5'")
    browser.execute_script("document.querySelector('#picked [data-pick=A]').click()")
    until(browser, "location.hash === '#picked?picks=A'")
    browser.execute_script("sessionStorage.clear()")
    browser.refresh()
    until(browser, "document.documentElement.dataset.ready")
    assert text(browser, "#slid output") == "2"
    assert browser.execute_script("return document.querySelectorAll('#picked .coin').length") == 1


def test_picks_are_made_with_a_and_b(browser, page):
    from selenium.webdriver.common.keys import Keys

    begin(browser, page, "picked")
    go_to(browser, "#picked [data-pick=A]")
    press(browser, "a")
    shown = "[...document.querySelectorAll('#picked [data-number]')].map(e => e.textContent)"
    numbers = f"return {shown}"
    until(browser, f"{shown}[0] === '73%'")
    assert browser.execute_script(numbers) == ["73%", "27%"]  # 14 votes to 2: the root of 7 to 1
    assert text(browser, "#picked [data-finding]") == (
        "Pick 1, “plain” over “fancy”: 5 of 20 replies rewritten. Now 15 “plain”, 5 “fancy”."
    )
    press(browser, "b")  # the last pick: the focus stays
    until(browser, f"{shown}[0] === '78%'")
    assert browser.execute_script(numbers) == ["78%", "22%"]
    browser.execute_script("document.querySelector('#picked [data-pick=A]').click()")
    assert browser.execute_script(numbers) == ["78%", "22%"]
    assert text(browser, "#picked [data-question]") == "All 2 picks are made. This is the assistant that you asked for."
    browser.execute_script("document.querySelector('#picked h2').focus()")
    go_to(browser, "#picked [data-undo]")
    press(browser, Keys.ENTER)
    assert browser.execute_script(numbers) == ["73%", "27%"]


def test_a_model_reads_writes_and_forgets_and_says_what_each_press_did(browser, page):
    from selenium.webdriver.common.keys import Keys

    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    )
    bars = "return [...document.querySelectorAll('#trained [data-words] li')].map(e => e.textContent)"
    finding = "#trained [data-finding]"
    try:
        begin(browser, page, "trained")
        assert browser.execute_script(bars) == ["a25%", "b25%", "c25%", "(end)25%"]
        assert text(browser, finding) == "It has read nothing. All 4 words are equally likely."
        go_to(browser, "#trained [data-feed]")
        press(browser, Keys.ENTER)
        # two votes for “b” and a fourth of one for each word, of three: 2.25 / 3
        assert browser.execute_script(bars) == ["a8%", "b75%", "c8%", "(end)8%"]
        assert text(browser, finding) == (
            "2 read. After “<start> a”, “b” leads with 75%: it came 2 of 2 times. It now chooses among 1.3 words instead of 4.0."
        )
        assert text(browser, "#trained [data-feed]") == "Feed it one sentence"
        go_to(browser, "#trained [data-forget]")
        press(browser, Keys.ENTER)
        assert browser.execute_script("return document.activeElement.matches('#trained [data-feed]')")
        assert browser.execute_script(bars) == ["a25%", "b25%", "c25%", "(end)25%"]
        browser.execute_script(
            "const box = document.querySelector('#trained'); box.querySelector('[data-own]').value = 'A d!'; box.querySelector('form').requestSubmit()"
        )
        assert browser.execute_script(bars) == ["a10%", "b10%", "c10%", "d60%", "(end)10%"]  # a new word joins
        browser.execute_script("document.querySelector('#trained form').requestSubmit()")
        assert text(browser, finding) == "Type a sentence of words first."
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_with_motion_a_second_press_finishes_the_first(browser, page):
    show(browser, page, "#trained")
    browser.execute_script("const go = document.querySelector('#trained [data-feed]'); go.click(); go.click()")
    assert text(browser, "#trained [data-finding]").startswith("2 read.")  # the first is finished at once
    until(browser, "document.querySelector('#trained [data-feed]').textContent === 'Let it write'")
    until(browser, "document.querySelector('#trained [data-finding]').textContent.startsWith('3 read.')")


@pytest.mark.parametrize("before", ["[data-feed]", "[data-write]"])
def test_all_is_forgotten_also_while_it_reads_or_writes(browser, page, before):
    show(browser, page, "#trained?log=F")
    told = "return ['[data-finding]', '[data-tape]', '[data-words]', '[data-feed]'].map(e => document.querySelector(`#trained ${e}`).textContent)"
    browser.execute_script("document.querySelector(`#trained ${arguments[0]}`).click()", before)
    browser.execute_script("document.querySelector('#trained [data-forget]').click()")
    forgotten = browser.execute_script(told)
    assert forgotten[0] == "It has read nothing. All 4 words are equally likely."
    pause(browser)
    assert browser.execute_script(told) == forgotten


def test_a_sentence_of_ones_own_has_words_and_at_most_eighty_letters(browser, page):
    sized(browser, 320)
    begin(browser, page, "trained")
    go_to(browser, "#trained [data-own]")
    press(browser, *"… !")
    browser.execute_script("document.querySelector('#trained form').requestSubmit()")
    assert text(browser, "#trained [data-finding]") == "Type a sentence of words first."
    until(browser, "document.querySelector('#say').textContent === 'Type a sentence of words first.'")
    browser.execute_cdp_cmd("Input.insertText", {"text": "w" * 200})
    browser.execute_script("document.querySelector('#trained form').requestSubmit()")
    read = "[...document.querySelectorAll('#trained [data-read] li')].map(e => e.textContent)"
    until(browser, f"{read}.length === 1")
    assert browser.execute_script(f"return {read}") == ["w" * 77]  # “… !” stood before it
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_many_words_and_long_names_of_answers_keep_their_places(browser, tmp_path, monkeypatch):
    words = [f"{a}{b}word" for a in "abcde" for b in "abcdefgh"]
    long = ["refuses politely although the question is quite harmless", "w" * 90]
    reading = Reading(sentences=tuple(words), held=("aaword",), stem=("<start>", "<start>"), proofs=(41.0,))
    rounds = Rounds((("Which?", "one", "other", *long), ("And now?", "one", "other", *reversed(long))))
    here = found()
    facts = Frozen({**here.facts, "start": dict.fromkeys(long, 0.5)})
    own = Findings(facts, here.exhibits, tables={**here.tables, "reading": reading, "rounds": rounds})
    monkeypatch.setattr(ten, "found", lambda *_: own)

    def renamed(votes, facts):
        return {head: dict(zip(long, row.values(), strict=True)) for head, row in outcome(votes, facts).items()}

    demos = made("many", Train("reading", label="Train")), made("long", Pick("rounds", renamed, label="Which?"))
    page = tmp_path / "explore.html"
    page.write_text(page_of(demos), "utf-8")
    written = re.search(r'<ul class="wordbars".*?</ul>', page.read_text("utf-8"))
    rows = re.findall(r"<span>([^<]*)</span>", written[0])
    assert len(rows) == 21
    assert rows[-1] == "each of 21 others"
    sized(browser, 320)
    show(browser, page)
    bars = "return [...document.querySelectorAll('#many [data-words] span')].map(e => e.textContent)"
    assert browser.execute_script(bars) == rows
    assert browser.execute_script(
        "return [...document.querySelectorAll('#long .kname')].map(e => [e.title, e.offsetHeight / parseFloat(getComputedStyle(e).lineHeight) < 2.1])"
    ) == [[name, True] for name in long]
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_nothing_is_hidden_before_a_bet_and_the_bet_is_closed(browser, page):
    from selenium.webdriver.common.keys import Keys

    show(browser, page, "#bet")
    seen = "return ['figure', '[data-slider]', '[data-finding]', '.bet .ask'].map(e => document.querySelector(`#bet ${e}`).checkVisibility())"
    assert browser.execute_script(seen) == [True, True, True, False]
    begin(browser, page, "bet")
    go_to(browser, "#bet .bet input[type=radio]")
    press(browser, Keys.SPACE, Keys.ARROW_DOWN)  # reading the options isn't betting yet
    assert text(browser, "#bet [data-bettext]") == ""
    go_to(browser, "#bet [data-place]")
    press(browser, Keys.ENTER)
    assert text(browser, "#bet [data-bettext]") == "You bet: Less. But it is: More."
    assert browser.execute_script("return [...document.querySelectorAll('#bet [name$=bet]')].every(e => e.disabled)")


@pytest.mark.broad
@pytest.mark.parametrize("demo", ["slid", "grown", "picked", "trained"])
def test_a_swipe_that_begins_on_a_picture_scrolls_the_page(browser, page, demo):
    sized(browser, 390, 700)
    show(browser, page, f"#{demo}")
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        browser.execute_script("document.documentElement.style.scrollBehavior = 'auto'; scrollTo(0, 0)")
        before = browser.execute_script("return scrollY")
        browser.execute_script(
            "document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", f"#{demo} .picture"
        )
        x, y, before = browser.execute_script(
            "const r = document.querySelector(arguments[0]).getBoundingClientRect(); return [r.left + r.width / 2, Math.min(innerHeight - 40, r.top + r.height / 2), scrollY]",
            f"#{demo} .picture",
        )
        touch = "Input.dispatchTouchEvent"
        browser.execute_cdp_cmd(touch, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in range(1, 13):
            browser.execute_cdp_cmd(touch, {"type": "touchMove", "touchPoints": [{"x": x, "y": y - 20 * step}]})
        browser.execute_cdp_cmd(touch, {"type": "touchEnd", "touchPoints": []})
        until(browser, f"Math.abs(scrollY - {before}) >= 200")
        assert abs(browser.execute_script("return scrollY") - before) >= 200
    finally:
        browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})


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
    ("demo", "planted", "other"),
    [
        ("stepped", '"out":"0.65"', '"out":"0.66"'),
        ("asked", '"out":["a"]', '"out":["q"]'),
        ("cut", '"out":"ab c ab _"', '"out":"ab c a b _"'),
        ("picked", '"out":["0.00"', '"out":["0.01"'),
        ("trained", '"read":["4.00"', '"read":["4.01"'),
    ],
)
def test_a_planted_disagreement_makes_that_demo_fall_back_and_no_other(browser, page, tmp_path, demo, planted, other):
    whole = page.read_text("utf-8")
    start = whole.index(f'{{"id":"{demo}"')
    assert planted in whole[start:]
    changed = whole[:start] + whole[start:].replace(
        planted,
        other,
        1,
    )
    path = tmp_path / "explore.html"
    path.write_text(changed, "utf-8")
    show(browser, path, f"#{demo}")
    warned = "return [...document.querySelectorAll('.poke')].filter(p => !p.querySelector('[data-warn]').hidden).map(p => p.id)"
    assert browser.execute_script(warned) == [demo]
    assert browser.execute_script(
        f"return [...document.querySelectorAll('#{demo} .more, #{demo} .control')].at(-1).hidden"
    )
    assert demo in text(browser, "[data-checked]")
    if demo == "stepped":
        browser.execute_script("document.querySelector('#stepped [data-next]').click()")
        assert text(browser, "#stepped [data-finding]") == "1 rounds."


# ---------------------------------------------------------------- sizes, colours, paper
@pytest.mark.parametrize("width", few([320, 390, 1280, 1920], 320, 1280))
def test_no_page_scrolls_sideways_and_targets_are_large_enough(browser, page, width):
    sized(browser, width)
    show(browser, page, "#bet?bet=A")
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    small = browser.execute_script(
        "return [...document.querySelectorAll('button, a, summary, input[type=range], label.opt')].map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])"
        ".filter(([, r]) => r.width && (r.width < 24 || r.height < 24)).map(([html]) => html)"
    )
    assert small == []


@pytest.mark.broad
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
    show(browser, page, f"?theme={theme}#bet?bet=A")
    assert violations(browser) == []
    browser.execute_script("scrollTo(0, document.body.scrollHeight / 2 + 13)")
    assert violations(browser) == []
    show(browser, page, f"?theme={theme}#bet")
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
        if demo.name not in ("asked", "stepped", "mapped", "sorted"):
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
            for state in part.get("states", ()):
                for place in state["set"]:
                    name, _, attribute = place.partition("@")
                    assert name in places
                    assert attribute in ("", "aria-label", "class", "d", "height", "width", "x", "y")


def test_two_builds_give_the_same_bytes(page):
    assert page_of(TEN).encode() == page.read_bytes()
