import re

import pytest

from tests.plan.invariants.plans import a_plan, change, prose, whole
from workshop.model.kit import Note
from workshop.plan.invariants.timetable import readings, timetable


def said(words):
    return (Note("say", prose("word " * words)),)


def test_each_slide_has_its_clock_its_minutes_and_the_seconds_of_what_is_said():
    rows = timetable(a_plan(whole(), kit={"clocks": {"hello": "09:30"}})).splitlines()
    assert re.fullmatch(r"09:30  hello +2 +40 +24 s +15 s", rows[1])
    assert re.fullmatch(r"09:32  guess +1 +33 +20 s +40 s", rows[2])
    assert re.fullmatch(r"09:36  knead +6 +120 +72 s", rows[5])
    assert re.fullmatch(r"09:46  \(buffer\) +1", rows[8])
    assert rows[-1] == "10:00  end: 6 of 29 minutes are speech, 2 are the room's; every slide fits"


@pytest.mark.parametrize(("minutes", "words", "over"), [(1, 34, 0.4), (2, 100, 0), (2, 150, 10)])
def test_a_bet_that_leaves_too_little_time_is_over(minutes, words, over):
    plan = a_plan(change(whole(), "guess", minutes=minutes, notes=said(words)))
    (reading,) = [line for line in readings(plan) if line.spot.slide and line.spot.slide.id == "guess"]
    assert reading.over == pytest.approx(over, abs=0.05)


def test_slides_that_are_over_are_counted():
    plan = a_plan(change(whole(), "crust", notes=said(300)))
    text = timetable(plan)
    assert re.search(r"crust .* over by 60 s$", text, re.MULTILINE)
    assert text.endswith("1 slide over")
