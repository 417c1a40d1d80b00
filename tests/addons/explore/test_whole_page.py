"""The built-in kit's page in a real browser: sizes, barriers, speed, and typed text against the demos' own functions."""

import base64
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.browser import show, sized, until, violations
from tests.tiers import few, few_rows
from workshop.ai_models.parts.asking import answered
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.embedding import Embedding
from workshop.ai_models.toys.retrieval import Search
from workshop.ai_models.toys.trigram import END, START, Trigram
from workshop.inputs.library import Documents
from workshop.wording.formats import percent, ratio

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[3]
ASK = """
const [name, texts, box] = [arguments[0], arguments[1], document.getElementById(arguments[0])], input = box.querySelector('[data-text]');
return texts.map(text => { input.value = text; input.dispatchEvent(new Event('input')); return [...box.querySelectorAll(arguments[2])].map(e => e.textContent); });
"""

EVERYTHING = """
document.querySelectorAll('[data-radios=bet]').forEach(bets => bets.querySelector('input').click());
document.querySelectorAll('[data-place]').forEach(button => button.click());
document.querySelectorAll('details').forEach(e => { e.open = true; });
document.querySelectorAll('button:not([data-present], [data-leave], .show)').forEach(button => { if (button.checkVisibility()) button.click(); });
document.querySelectorAll('details').forEach(e => { e.open = true; });
scrollTo(0, 5000);
"""
STOPS = """
const met = new Set(), inside = e => e.checkVisibility() && e.tabIndex >= 0 && !e.disabled && !e.closest('#later, #room-bets, .foot');
const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(inside).filter(e => e.type !== 'radio' || !met.has(e.name) && met.add(e.name));
return [document.querySelector('#map').getBoundingClientRect().top + scrollY, stops.length];
"""
FOLLOW = """
const done = arguments[1], root = document.documentElement;
function smallest() { // in pixels, of the words of the demo that is shown
  const on = document.querySelector('.poke.on'), walker = document.createTreeWalker(on, NodeFilter.SHOW_TEXT), sizes = [];
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement, drawing = around.ownerSVGElement;
    if (walker.currentNode.textContent.trim() && around.checkVisibility() && !around.closest('.sr')) sizes.push(parseFloat(getComputedStyle(around).fontSize) * (drawing ? around.getScreenCTM().a : 1));
  }
  return Math.min(...sizes);
}
addEventListener('hashchange', () => setTimeout(() => done([root.scrollHeight, innerHeight, smallest(), document.querySelector('.poke.on .picture').getBoundingClientRect().width / innerWidth]), 20), {once: true});
location.hash = arguments[0];
"""


@pytest.fixture(scope="module")
def data(page):
    found = re.search(r'id="pokes">(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    return {poke["id"]: poke for poke in json.loads(found[1])["pokes"]}


def placed(data):
    """Return a link's query for each demo, with any bet placed."""
    bets = {
        name: "".join(f"{part['bet']['name']}=A&" for part in poke["parts"] if "bet" in part)
        for name, poke in data.items()
    }
    return {name: f"#{name}?{bet}" for name, bet in bets.items()}


@pytest.mark.broad
def test_every_sum_agrees_and_the_page_loads_nothing_else(browser, page):
    show(browser, page)
    assert "all of them agree" in browser.execute_script("return document.querySelector('[data-checked]').textContent")
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0


@pytest.mark.broad
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
    show(browser, page, "?present=1")
    for link in placed(data).values():
        high, room, smallest, share = browser.execute_async_script(FOLLOW, f"{link}present=1")
        assert high <= room + 1, link
        assert smallest >= 17.95, link
        assert share >= 0.64, link


@pytest.mark.broad
def test_a_phone_has_few_things_to_tab_through_and_what_was_played_takes_few_pages(browser, page):
    from pypdf import PdfReader

    sized(browser, 390, 844)
    show(browser, page)
    high, stops = browser.execute_script(STOPS)
    assert high <= 6500
    assert stops <= 45
    browser.execute_script(EVERYTHING)
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})
    assert len(PdfReader(io.BytesIO(base64.b64decode(printed["data"]))).pages) <= 12


LAST_STATE = """
const box = document.getElementById(arguments[0]);
for (let around = box; around; around = around.parentElement) if (around.tagName === 'DETAILS') around.open = true;
box.querySelectorAll('.control input[type=range]').forEach(range => { range.value = range.max; range.dispatchEvent(new Event('input')); });
box.querySelectorAll('.control').forEach(control => [...control.querySelectorAll('input[type=radio]')].slice(-1).forEach(radio => radio.click()));
for (let k = 0; k < 8; k++) box.querySelectorAll('.control button:not([data-step], [data-again], .move)').forEach(button => button.click());
box.querySelectorAll('.control .move:not([aria-disabled=true])').forEach((button, k) => { if (!k) button.click(); });
return box.querySelector('.here').getAttribute('href');
"""
SEEN = """
const box = document.getElementById(arguments[0]), all = selector => [...box.querySelectorAll(selector)];
return [all('.picture').map(e => e.innerHTML), all('.finding').map(e => e.textContent), all('.control input').map(e => e.type === 'radio' ? e.checked : e.value)];
"""
UNMARKED = "document.querySelectorAll('.new').forEach(e => e.classList.remove('new'));"  # nothing was turned where a link is opened


@pytest.mark.broad
def test_the_last_state_of_every_demo_has_a_short_address_and_comes_back(browser, page, data):
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    )
    show(browser, page)
    browser.execute_script("sessionStorage.clear()")
    show(browser, page)
    first = {demo: browser.execute_script(SEEN, demo) for demo in data}
    links = {demo: browser.execute_script(LAST_STATE, demo) for demo in data}
    seen = {demo: browser.execute_script(SEEN, demo) for demo in data}
    assert {demo for demo in data if seen[demo] == first[demo]} == set()
    assert {link for link in links.values() if "?" not in link or len(link) > 80} == set()
    until(browser, f"location.hash === {list(links.values())[-1]!r}")
    browser.refresh()
    assert {demo for demo in data if browser.execute_script(SEEN, demo) != seen[demo]} == set()
    browser.execute_script(UNMARKED)
    plain = {demo: browser.execute_script(SEEN, demo) for demo in data}
    for demo, link in links.items():
        browser.execute_script("sessionStorage.clear()")
        show(browser, page, link)
        assert browser.execute_script(SEEN, demo) == plain[demo], link
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.broad
def test_a_mouse_that_is_dragged_over_a_picture_selects_nothing(browser, page):
    show(browser, page)
    assert browser.execute_script(
        "return [...document.querySelectorAll('.picture')].every(e => getComputedStyle(e).userSelect === 'none')"
    )


@pytest.mark.broad
@pytest.mark.parametrize(("width", "theme"), few_rows([(390, "dark"), (1280, "light"), (320, "light")], (390, "dark")))
def test_axe_finds_nothing_with_bets_placed_and_unplaced(browser, page, width, theme):
    sized(browser, width)
    show(browser, page, f"?theme={theme}")
    assert violations(browser) == []
    browser.execute_script(EVERYTHING)
    assert violations(browser) == []
    for tenth in (2, 5, 8):  # nothing that can be touched is half under a picture that stays
        browser.execute_script(
            "scrollTo({top: arguments[0] / 10 * document.body.scrollHeight, behavior: 'instant'})", tenth
        )
        assert violations(browser, "target-size") == []


@pytest.mark.broad
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


TRAINED = """
const [own, stems, box] = [arguments[0], arguments[1], document.querySelector('#trigram')], found = [];
for (const text of own) { box.querySelector('[data-own]').value = text; box.querySelector('form').requestSubmit(); }
for (const stem of stems) {
  const field = box.querySelector('[data-stem]');
  field.value = stem; field.dispatchEvent(new Event('input'));
  found.push([...box.querySelectorAll('[data-words] li')].map(e => [...e.children].filter(c => c.tagName !== 'svg').map(c => c.textContent)));
}
return found;
"""


@pytest.mark.broad
@pytest.mark.parametrize(
    ("log", "own"),
    [
        ("", []),
        ("F", []),
        ("FFFF", []),
        ("FF", ["my cat slept by the fire"]),
        ("F", ["It's 10:30 — the Spade's gone!"]),
    ],
)
def test_words_are_as_likely_on_the_page_as_in_the_model(browser, page, kit_path, log, own):
    world = World.load(kit_path / "worlds" / "garden" / "world.yaml")
    read = [sentence for part in world.rounds().items for sentence in part]
    model = Trigram.untrained([*read, *world.held_out().items, *own])
    for sentence in [*read[: 4 * len(log)], *own]:
        model.read(sentence)
    pairs = sorted(pair for pair, votes in model.votes.items() if votes and START not in pair)[:12]
    pairs = [*pairs, ("by", "by")]
    browser.get("about:blank")
    show(browser, page, f"#trigram?log={log}")
    shown = browser.execute_script(TRAINED, own, [" ".join(pair) for pair in pairs])
    for pair, bars in zip(pairs, shown, strict=True):
        wanted = {word.replace(END, "(end)"): percent(model.probability(pair, word)) for word in model.vocabulary}
        bars_ = dict(map(tuple, bars))
        assert {word: bars_[word] for word in wanted if word in bars_} == {
            w: p for w, p in wanted.items() if w in bars_
        }
        assert len(bars_) == min(len(wanted), 21)


@pytest.mark.broad
@pytest.mark.parametrize(
    ("demo", "knob", "value", "fact"),
    few_rows(
        [("release_gate", "margin", "0.2", "verdict"), ("scaling", "small", "3", "predicted")],
        ("release_gate", "margin", "0.2", "verdict"),
    ),
)
def test_a_state_shows_what_the_command_line_prints(browser, page, demo, knob, value, fact):
    command = [sys.executable, "build_deck.py", "demo", demo, "--json", "--no-cache", "--set", f"{knob}={value}"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    show(browser, page, f"#{demo}?{knob}={value}")
    reads = "return [...document.querySelectorAll(`#${arguments[0]} .reads dd`)].map(e => e.textContent)"
    found = json.loads(printed.stdout)["facts"][fact]
    wanted = found if isinstance(found, str) else f"{found[-1]:.2f}"  # of several, the page shows the last one
    assert wanted in browser.execute_script(reads, demo)
