"""Every bet on the page is that of its slide: the same words, the same right answer, the same run."""

import json
import re
from pathlib import Path

import pytest
from lxml import etree, html
from msgspec.structs import replace

from tests.addons.explore.ten import DOUBLED, made, sections_of, subjects
from tests.contract.kits import ALL, AUDIENCES, content, opened
from tests.tiers import few
from workshop.addons.explore.explore_command import explore_page
from workshop.addons.explore.slide_bets import unknown_bets
from workshop.errors import Report
from workshop.model.pokes import Sweep
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.runs.arguments import parameters

pytestmark = pytest.mark.long
REGISTRY = standard_registry()
BET = {
    name: [poke for poke in REGISTRY.get("demo", name).pokes if poke.bet]
    for name in REGISTRY.names("demo")
    if any(poke.bet for poke in REGISTRY.get("demo", name).pokes)
}


def plain(text):
    """Return a text without the line ends that a slide or the page has chosen."""
    return " ".join(text.split())


def of_page(page):
    """Return (demo, question, options, letter of the right one) of every bet on a page."""
    tree, data = html.fromstring(page), json.loads(re.search(r'id="pokes">(.*?)</script>', page, re.DOTALL)[1])
    for poke in data["pokes"]:
        parts = [part for part in poke["parts"] if "bet" in part]
        boxes = tree.get_element_by_id(poke["id"]).find_class("bet")
        assert len(boxes) == len(parts)
        for part, box in zip(parts, boxes, strict=True):
            (question,) = box.find_class("ask")
            options = tuple(plain(option.text_content()) for option in box.find_class("t"))
            yield poke["id"], plain(question.text_content()), options, part["bet"]["truth"]


def of_deck(audience, cache):
    """Return question, options and letter of the right one of every bet in a finished deck that another slide answers, by the bet's id."""
    asked, found = {}, {}
    for slide in opened(audience, ALL, "light", cache).slides:
        words = {shape.name: plain(shape.text_frame.text) for shape in slide.shapes if shape.has_text_frame}
        options = {letter: words[f"Option {letter} 1"] for letter in "ABCD" if f"Option {letter} 1" in words}
        right = re.search(r"You bet [A-D]+: ([A-D]) is right", etree.tostring(slide._element, encoding="unicode"))
        if options:
            asked[slide.name] = (words["Title 1"], options)
        elif right:  # the panel that a bet turns into has its letter and its words
            name = [name for name, (_, of) in asked.items() if of.get(right[1]) == words["Right option 1"]][-1]
            found[name] = (asked[name][0], tuple(asked[name][1].values()), right[1])
    return found


@pytest.mark.parametrize("audience", few(AUDIENCES, "general", ci=AUDIENCES))
def test_words_and_right_answer_of_every_bet_are_the_slides(kit_path, cache, audience):
    made_, _, _ = explore_page(kit_path, Request(audience=audience, cache=cache), REGISTRY, base=kit_path)
    shown, asked = list(of_page(made_.decode())), of_deck(audience, cache)
    wanted = [(name, *asked[p.bet]) for name, pokes in BET.items() for p in pokes if p.bet in asked]
    assert sorted(shown) == sorted(wanted)
    assert {name for name, *_ in shown} >= ({"collapse", "trigram"} if audience in ("general", "students") else set())


@pytest.mark.parametrize("name", sorted(BET))
def test_the_demo_starts_in_the_setting_of_the_slide(name):
    """The slide speaks of no run but the demo's own, with its own knobs, which is also what the page shows first."""
    runs = {run.name for stage in content().stages for run in stage.runs if run.knobs}
    slides = [slide for stage in content().stages for slide in stage.slides]
    knobs = {p.name: p.default for p in parameters(REGISTRY.get("demo", name)) if p.kind == "knob"}
    for poke in BET[name]:
        said = repr([slide for slide in slides if slide.id == poke.bet])
        assert said != "[]"
        assert not [run for run in runs if re.search(rf"\b{run}\.", said)]
        if isinstance(poke, Sweep):
            assert knobs[poke.knob] in poke.values
            assert poke.start in (None, knobs[poke.knob])
        if getattr(poke, "name", "") in knobs:
            assert poke.start in ("", str(knobs[poke.name]))


def test_collapse_asks_what_the_slide_asks_at_the_temperature_of_the_slide():
    """The slide bets on models that choose as they have read (``own``), not on those that prefer likely words (``sharp``)."""
    slides = [s for stage in content().stages for s in stage.slides if s.id == "predict-collapse"]
    said = [repr((slide.title, slide.blocks)) for slide in slides]
    assert said
    assert all("collapse.own.last" in text and "sharp" not in text for text in said)
    (poke,) = REGISTRY.get("demo", "collapse").pokes
    assert poke.shows[0].value == "own.last | count"


def test_a_bet_of_a_slide_that_an_audience_lacks_is_left_out():
    report = Report()
    (section,) = sections_of((made("slid", replace(DOUBLED, bet="nowhere")),), report)
    assert not report.found
    assert '"bet"' not in section.data


def test_a_kits_own_demo_that_names_no_bet_is_an_error_at_its_line(tmp_path):
    class Here:
        root = tmp_path
        stages = content().stages

    (subject,) = subjects((made("slid", replace(DOUBLED, bet="predict-crowl")),))
    assert list(unknown_bets([(subject.demo, subject.at)], Here())) == []  # a demo from elsewhere
    Here.root = Path(__file__).parent
    (problem,) = unknown_bets([(subject.demo, subject.at)], Here())
    assert "no slide that asks for a bet is named 'predict-crowl'" in str(problem)
    assert "did you mean 'predict-crawl'" in str(problem)
    assert problem.at.path.endswith("ten.py")
