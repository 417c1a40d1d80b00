"""Tests the bets of the built-in kit: their right letters in every usual plan, and their names on paper."""

import re

import pytest

from tests.contract import kits
from workshop.plan.invariants.in_the_room import right_letters
from workshop.plan.invariants.rules import RULES

SLOTS = (25, 45, 60, 90, 120, 180, 240, 360)
RIGHT = {  # name of a bet -> its right letter, for every audience that has it
    "The crawl": "A",
    "The sums": "C",
    "Ten models": "B",
    "First guess": "B",
    "New sentences": "A",
    "The ending": "B",
    "Ten times": "C",
    "The question": "B",
    "What it reads": "C",
    "Unseen things": "C",
    "Old text": "A",
    "“Good”": "B",
    "Least picked": "B",
    "The hold": "D",
    "Other raters": "A",
    "Caution": "A",
    "The release": "A",
    "Twenty tries": "C",
    "Three products": "D",
    "The alarms": "C",
    "Same meaning": "A",
    "No card": "B",
    "True text": "D",
    "A thousand": "C",
}
TWICE = {  # audience -> minutes of a slot: bets that are placed again after talk, at least
    "general": {90: 2, 180: 3},
    "engineers": {90: 2, 180: 4},
    "students": {90: 1, 180: 3},
    "executives": {45: 1, 90: 1, 180: 3},
}


@pytest.mark.parametrize("slot", SLOTS)
@pytest.mark.parametrize("audience", kits.AUDIENCES)
def test_in_each_plan_the_right_letters_are_mixed(audience, slot, cache):
    plan = kits.tried(audience, slot, cache).plan
    names = [slide.bet for slide in plan.slides if slide.bet]
    letters = right_letters(plan.slides)
    assert letters == "".join(RIGHT[name] for name in names), f"{audience}, {slot} minutes: {letters}"
    assert list(RULES["P20"][1](plan)) == []


@pytest.mark.parametrize("audience", kits.AUDIENCES)
def test_the_most_telling_bets_are_placed_again_after_talk(audience, cache):
    for slot, least in TWICE[audience].items():
        twice = [slide for slide in kits.tried(audience, slot, cache).plan.slides if slide.twice]
        assert len(twice) >= least, slot
        for slide in twice:
            assert slide.minutes == 3
            assert any(note.kind == "hint" for note in slide.notes)


@pytest.mark.parametrize("audience", kits.AUDIENCES)
def test_the_names_of_bets_fit_their_boxes_and_differ(audience, cache):
    stages = kits.day(audience, cache).stages
    names = [slide.bet for stage in stages for slide in stage.slides if slide.layout == "predict"]
    assert len(set(names)) == len(names)
    assert all(1 <= len(name) <= 14 for name in names), names


@pytest.mark.broad
@pytest.mark.long
def test_a_booklet_for_180_minutes_fits_a_plan_of_160(cache):
    """A bet that both have has the same box, whatever the numbers of their slides."""
    names = {slot: boxes(slot, cache) for slot in (180, 160)}
    both = names[180] & names[160]
    assert len(both) >= 8
    for slot in names:
        pages = kits.pages("booklet.pdf", "general", slot, cache)
        text = " ".join(" ".join(pages).split())
        assert all(name in text for name in both)
        assert not re.search(r"slide’?s? number|\bslide \d", text)


def boxes(slot, cache):
    return {slide.bet for slide in kits.tried("general", slot, cache).plan.slides if slide.layout == "predict"}
