"""The built-in kit's page in a real browser: sizes, barriers, speed, and typed text against the demos' own functions."""

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest

from tests.browser import show, sized, violations
from tests.tiers import few, few_rows
from workshop.ai_models.parts.asking import answered
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.embedding import Embedding
from workshop.ai_models.toys.retrieval import Search
from workshop.ai_models.toys.trigram import END, START, Trigram
from workshop.inputs.library import Documents
from workshop.wording.formats import ratio

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[3]
ASK = """
const [name, texts, box] = [arguments[0], arguments[1], document.getElementById(arguments[0])], input = box.querySelector('[data-text]');
return texts.map(text => { input.value = text; input.dispatchEvent(new Event('input')); return [...box.querySelectorAll(arguments[2])].map(e => e.textContent); });
"""

EVERYTHING = """
document.querySelectorAll('[data-radios=bet]').forEach(bets => bets.querySelector('input').click());
document.querySelectorAll('[data-level]').forEach(level => { level.value = 30; level.dispatchEvent(new Event('input')); });
document.querySelectorAll('[data-place]').forEach(button => button.click());
document.querySelectorAll('button:not([data-present], [data-leave], .show)').forEach(button => { if (button.checkVisibility()) button.click(); });
document.querySelectorAll('details').forEach(e => { e.open = true; });
scrollTo(0, 5000);
"""
FOLLOW = """
const done = arguments[1], root = document.documentElement;
addEventListener('hashchange', () => setTimeout(() => done([root.scrollHeight, innerHeight, parseFloat(getComputedStyle(root).fontSize)]), 20), {once: true});
location.hash = arguments[0];
"""


@pytest.fixture(scope="module")
def data(page):
    found = re.search(r'id="pokes">(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    return {poke["id"]: poke for poke in json.loads(found[1])["pokes"]}


def placed(data):
    """Return a link's query for each demo, with any bet placed."""
    bets = {
        name: "".join(f"{part['name']}={quote(next(iter(part['said'])))}&" for part in poke["parts"] if "said" in part)
        for name, poke in data.items()
    }
    drawn = {name for name, poke in data.items() if any("sketch" in part for part in poke["parts"])}
    return {name: f"#{name}?{bet}" + ("drawn=1&" if name in drawn else "") for name, bet in bets.items()}


def test_every_sum_agrees_and_the_page_loads_nothing_else(browser, page):
    show(browser, page)
    assert "all of them agree" in browser.execute_script("return document.querySelector('[data-checked]').textContent")
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize("width", few([320, 390, 1280], 320))
def test_no_demo_scrolls_the_page_sideways(browser, page, width):
    sized(browser, width)
    show(browser, page)
    browser.execute_script(EVERYTHING)
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.broad
@pytest.mark.parametrize("size", few([(1280, 720), (1920, 1080)], (1280, 720)))
def test_every_demo_fits_a_screen_in_front_of_a_room(browser, page, data, size):
    sized(browser, *size)
    show(browser, page, "#map?place=2&present=1")
    for link in placed(data).values():
        high, room, type_size = browser.execute_async_script(FOLLOW, f"{link}present=1")
        assert high <= room + 1, link
        assert type_size >= 0.0115 * size[0], link


def test_a_line_that_is_not_drawn_yet_fits_a_screen_in_front_of_a_room(browser, page, data):
    sized(browser, 1280, 720)
    show(browser, page, "#map?place=2&present=1")
    for name in (name for name, poke in data.items() if any("sketch" in part for part in poke["parts"])):
        high, room, _ = browser.execute_async_script(FOLLOW, f"#{name}?present=1")
        assert high <= room + 1, name


@pytest.mark.parametrize(("width", "theme"), few_rows([(390, "dark"), (1280, "light")], (390, "dark")))
def test_axe_finds_nothing_with_bets_placed_and_unplaced(browser, page, width, theme):
    sized(browser, width)
    show(browser, page, f"#map?theme={theme}")
    assert violations(browser) == []
    browser.execute_script(EVERYTHING)
    assert violations(browser) == []
    for tenth in (2, 5, 8):  # nothing that can be touched is half under the rail
        browser.execute_script(
            "scrollTo({top: arguments[0] / 10 * document.body.scrollHeight, behavior: 'instant'})", tenth
        )
        assert violations(browser, "target-size") == []


RESULTS = """
const shown = e => e.checkVisibility({ visibilityProperty: true }), results = 'dd, .finding, .dots, .page, pre, td, [data-spot], [data-curve]';
return Object.fromEntries([...document.querySelectorAll('[data-part]')].filter(part => part.querySelector('[data-place]')?.checkVisibility())
  .map(part => [part.closest('.poke').id, [...part.querySelectorAll(results)].filter(shown).map(e => e.outerHTML.slice(0, 80))]));
"""


def test_nothing_of_a_result_is_seen_before_its_bet(browser, page, data):
    show(browser, page)
    seen = browser.execute_script(RESULTS)
    assert set(seen) == {name for name, link in placed(data).items() if not link.endswith("?")}
    assert {name: shown for name, shown in seen.items() if shown} == {}


VISIBLE = """
const box = [...document.querySelectorAll(`#${arguments[0]} [data-part]`)].find(part => part.querySelector('[data-found]')), shown = e => e.checkVisibility({ visibilityProperty: true });
return [new Set([...box.querySelectorAll('[data-spot]')].filter(shown).map(e => e.dataset.spot)).size, [...box.querySelectorAll('[data-curve]')].filter(shown).length];
"""


AFTER = """
const [bet, place, knob] = ['[data-radios=bet] input', '[data-place]', ':is([data-slider], [data-steps], [data-cards], [data-radios]:not([data-radios=bet]))'];
const part = [...document.querySelectorAll(`#${arguments[0]} [data-part]`)].find(one => one.querySelector(place)), level = part.querySelector('[data-level]');
if (level) { level.value = 30; level.dispatchEvent(new Event('input', {bubbles: true})); } else part.querySelector(bet).click();
part.querySelector(place).click();
const boxes = ['[data-bettext]', knob, '[data-finding]'].map(one => part.querySelector(one).getBoundingClientRect());
return [Math.min(...boxes.map(one => one.top)), document.querySelector('.rail').getBoundingClientRect().bottom, Math.max(...boxes.map(one => one.bottom))];
"""


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_after_each_bet_what_is_said_of_it_its_knob_and_its_finding_are_on_one_screen(
    browser, page, data, width, height
):
    sized(browser, width, height)
    show(browser, page)
    for name in (name for name, poke in data.items() if poke["parts"][0]["kind"] in ("guess", "draw")):
        top, rail, bottom = browser.execute_script(AFTER, name)
        assert (name, top >= rail - 1, bottom <= height) == (name, True, True)


@pytest.mark.broad
def test_each_turn_lays_down_a_point_and_the_whole_curve_comes_last(browser, page, data):
    bets = placed(data)
    for name in [
        name for name, poke in data.items() if any(part.get("then", part).get("seen") for part in poke["parts"])
    ]:
        click = f"document.querySelector('#{name} %s:not([hidden])').click()"
        show(browser, page, f"#{name}")
        points, curves = browser.execute_script(VISIBLE, name)
        kind = data[name]["parts"][0]["kind"]
        if kind in ("guess", "draw"):  # only axes before the bet
            assert (points, curves) == (0, 0), name
        show(browser, page, bets[name])
        if "sort" in {part["kind"] for part in data[name]["parts"]}:
            browser.execute_script(click % "[data-check]")
        found = f"return parseInt(document.querySelector('#{name} [data-found]').textContent)"
        assert browser.execute_script(found) == 1, name
        if kind != "draw":  # a line that was drawn is there as a whole
            assert browser.execute_script(VISIBLE, name) == [1, 0], name
        browser.execute_script(
            "[...document.querySelectorAll(`#${arguments[0]} :is(.dial button, [type=radio])`)].find(e => e.checkVisibility() && e.getAttribute('aria-disabled') !== 'true' && !e.checked && !e.disabled).click()",
            name,
        )
        assert browser.execute_script(found) == 2, name
        for whole in browser.find_elements("css selector", f"#{name} [data-whole]"):
            browser.execute_script("arguments[0].click()", whole)
        points, curves = browser.execute_script(VISIBLE, name)
        assert points >= 3, name


def test_how_sure_somebody_was_of_each_bet_is_drawn_over_the_models_curve(browser, page, data):
    yours = data["calibration"]["parts"][0]["yours"]
    truths = {name: p["truth"] for name, poke in data.items() for p in poke["parts"] if p.get("name") == "bet"}
    wrong = next(key for key in data["bias"]["parts"][0]["said"] if key != truths["bias"])
    query = f"bet={truths['calibration']}&sure=60&bias.bet={wrong}&bias.sure=60"
    drawn = "return document.querySelector('#calibration svg[role=img] > .s-open.dot').getAttribute('d')"
    told = "return document.querySelector('#calibration [data-yours]').textContent"
    show(browser, page, "#calibration?bet=most")
    assert browser.execute_script(told).startswith("When you bet on this page")
    show(browser, page, f"#calibration?{query}")
    assert browser.execute_script(told) == (
        "Your own bets so far: 1 of 2 right, and on average you were 60% sure. That is too few to say more."
    )
    middle = sum(yours["ys"]) / 2
    assert browser.execute_script(drawn) == f"M{yours['xs']['60']:g} {middle:.1f}h0"
    ten = [name for name in truths if name not in ("calibration", "bias")][:8]
    show(browser, page, f"#calibration?{query}&" + "&".join(f"{n}.bet={quote(truths[n])}&{n}.sure=100" for n in ten))
    assert browser.execute_script(told) == (
        "Your own bets: 9 of 10 right, which is 90%, and on average you were 92% sure."
    )


def test_before_a_line_is_drawn_its_chart_names_nothing_but_what_was_given(browser, page, data):
    texts = "return [...document.querySelectorAll('#scaling svg[role=img] text')].filter(e => e.checkVisibility({visibilityProperty: true})).map(e => e.textContent)"
    show(browser, page, "#scaling")
    before = " ".join(" ".join(browser.execute_script(texts)).split())  # a name may have two lines
    assert "five sizes" in before
    assert "line" not in before
    assert "three" not in before
    show(browser, page, "#scaling?drawn=1&small=3")
    after = " ".join(" ".join(browser.execute_script(texts)).split())
    assert "line" in after
    assert "three more" in after


def test_questions_are_answered_as_the_demo_answers_them(browser, page, data, kit_path):
    library = Documents.load(kit_path / "worlds" / "garden" / "library.md")
    cards = tuple(f"{card.title}. {card.text}" for card in library.items)
    search, rng = Search.over(cards, Embedding.read()), np.random.default_rng(5)
    (part,) = [part for part in data["retrieval"]["parts"] if "library" in part]
    known = [word for word in re.findall(r"[a-z]+", " ".join(cards).lower()) if len(word) > 3]
    texts = [" ".join(rng.choice(known, rng.integers(1, 6))) for _ in range(60)]
    show(browser, page, "#retrieval")
    selectors = "[data-quote] b, [data-from], [data-hits] .v"  # in bold is the sentence of the card that answers
    for text, (said, source, *near) in zip(
        texts, browser.execute_script(ASK, "retrieval", texts, selectors), strict=True
    ):
        answer = answered(search, text, library, part["threshold"])
        card = source.removeprefix("from the card ")
        shown = f"“{said}” ({card})" if card != source else said.lower()
        assert shown == answer.said
        assert [n.removeprefix("nearness ") for n in near] == [
            ratio(float(answer.near[card])) for card in answer.order[:6]
        ]


def test_an_answer_to_a_question_of_their_own_is_not_shown_as_a_right_one(browser, page, data):
    (part,) = [part for part in data["retrieval"]["parts"] if "library" in part]
    known = next(p["in"] for p in part["proof"]["search"] if part["library"]["truth"].get(p["in"]) and "“" in p["said"])
    show(browser, page, "#retrieval")
    texts = [known, f"{known} please", "quantum chromodynamics"]
    doubts = browser.execute_script(ASK, "retrieval", texts, "[data-said].not [data-quote], [data-doubt]")
    assert doubts[0] == [""]
    assert doubts[1][0].startswith("“")
    assert doubts[1][1] == "Whether it answers your question, only a reader can tell."
    assert doubts[2] == [
        "Not in the library",
        "No card reached the threshold; that isn’t proof that no card answers it.",
    ]


def test_words_are_as_likely_on_the_page_as_in_the_model_after_every_round(browser, page, kit_path):
    world = World.load(kit_path / "worlds" / "garden" / "world.yaml")
    rounds, held = world.rounds().items, world.held_out().items
    for read in range(len(rounds) + 1):
        model = Trigram.untrained([*(s for part in rounds for s in part), *held])
        for part in rounds[:read]:
            for sentence in part:
                model.read(sentence)
        pairs = sorted(pair for pair, votes in model.votes.items() if votes and START not in pair)
        show(browser, page, f"#trigram?rounds={read}")
        texts = [" ".join(pair) for pair in [*pairs, ("by", "by")]]
        for text, bars in zip(texts, browser.execute_script(ASK, "trigram", texts, "[data-bars] .bar"), strict=True):
            pair = tuple(text.split())
            ranked = sorted(model.votes[pair], key=lambda word: (-model.votes[pair][word], word))
            wanted = [(word.replace(END, "end of the line"), model.probability(pair, word)) for word in ranked]
            assert [bar.startswith(name + ratio(p)) for bar, (name, p) in zip(bars, wanted, strict=False)] == [
                True
            ] * len(wanted)


@pytest.mark.parametrize(
    ("demo", "knob", "value", "fact"),
    few_rows(
        [("release_gate", "margin", "0.2", "verdict"), ("trigram", "rounds", "2", "sentences")],
        ("release_gate", "margin", "0.2", "verdict"),
    ),
)
def test_a_state_shows_what_the_command_line_prints(browser, page, demo, knob, value, fact):
    command = [sys.executable, "build_deck.py", "demo", demo, "--json", "--no-cache", "--set", f"{knob}={value}"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    show(browser, page, f"#{demo}?bet=PASS&{knob}={value}")
    reads = "return [...document.querySelectorAll(`#${arguments[0]} .reads dd`)].map(e => e.textContent)"
    assert str(json.loads(printed.stdout)["facts"][fact]) in browser.execute_script(reads, demo)
