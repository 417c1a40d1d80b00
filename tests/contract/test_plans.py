"""Tests that every plan of the built-in kit keeps the rules, and that the plans it was written for are unchanged."""

from itertools import pairwise

import pytest
import yaml
from msgspec.structs import replace

from tests.conftest import FIXTURES
from tests.contract import kits
from tests.tiers import few
from workshop.model.rooms import REMOTE
from workshop.plan.invariants.rules import RULES
from workshop.plan.slot.cut import fit_day
from workshop.plan.slot.moments import active

STEP, SOME = 5, 40  # minutes between two slots
FROM, TO = 20, 400
PLANS = yaml.safe_load((FIXTURES / "plans.yaml").read_text("utf-8"))
CLASSIC = {  # the demos on the subject's own page, and the moments that show them
    "tap a stage": ["map"],
    "train a tiny model": ["train-it", "falls"],
    "base against tuned": ["show-it"],
    "you are the human feedback": ["vote", "votes-back"],
    "run the release gate": ["gate", "board"],
    "retrieve, then answer": ["parts", "no-word"],
}


@pytest.fixture(params=few(kits.AUDIENCES, "general", "executives"))
def audience(request):
    return request.param


@pytest.fixture
def general(cache):
    """Return the plan that shows the whole subject."""
    return kits.tried("general", 180, cache).plan


def broken(audience, slots, cache):
    return [breach.message for slot in slots for breach in kits.tried(audience, slot, cache).breaches]


def test_every_plan_keeps_every_rule(audience, cache):
    assert broken(audience, range(FROM, TO + 1, SOME), cache) == []


def test_from_45_minutes_on_no_stage_is_left_out_but_by_a_board_of_less_than_an_hour(audience, cache):
    for slot in (45, 50, 60, 75, 90):
        plan = kits.tried(audience, slot, cache).plan
        shown = [stage.number for stage in plan.stages if any(slide.id in plan.shown for slide in stage.slides)]
        about = [stage.number for stage in plan.day.stages if stage.number and plan.said.is_about(stage.id, slot)]
        assert shown == about == [*range(1, 9)] or (audience == "executives" and slot < 60), slot
        assert set(about) <= set(shown), slot


@pytest.mark.broad
def test_in_a_call_plans_keep_the_rules_with_shorter_breaks_after_an_hour_and_more_time_for_a_bet_that_is_talked_over(
    audience, cache
):
    for slot, pauses in ((45, ()), (65, (5,)), (90, (10,)), (150, (10, 10))):
        tried = kits.tried(audience, slot, cache, REMOTE)
        assert [breach.message for breach in tried.breaches] == []
        assert tried.plan.kit.plan.pauses == pauses
        assert {slide.minutes for slide in tried.plan.slides if slide.twice} <= {4}
    assert any(slide.twice for slide in tried.plan.slides)


@pytest.mark.slow
def test_every_plan_in_between_keeps_every_rule_too(audience, cache):
    slots = [slot for slot in range(FROM, TO + 1, STEP) if (slot - FROM) % SOME]
    assert broken(audience, slots, cache) == []


def test_what_the_run_sheet_offers_to_leave_out_costs_no_result_answer_count_promise_or_stage(audience, cache):
    offered = 0
    for slot in sorted({*range(FROM, TO + 1, SOME), 45, 90}):
        plan = kits.tried(audience, slot, cache).plan
        minutes = {slide.id: slide.minutes for slide in plan.slides}
        for shortcut in plan.kit.shortcuts:
            gone = set(shortcut.slides)
            assert shortcut.saves == sum(minutes[name] for name in gone)
            assert not gone or shortcut.saves >= shortcut.late - plan.kit.plan.buffer > 0
            left = replace(
                plan,
                slides=tuple(slide for slide in plan.slides if slide.id not in gone),
                spots=tuple(spot for spot in plan.spots if spot.slide is None or spot.slide.id not in gone),
            )
            assert [b.message for rule in ("P1", "P2", "P3", "P5", "P7") for b in RULES[rule][1](left)] == []
            assert {slide.stage for slide in left.slides} == {slide.stage for slide in plan.slides}
            offered += bool(gone)
    assert offered


# phrase of the certificate -> whether a plan contains what it says
CERTIFIED = {
    "trained a small model by hand": lambda plan: bool({"count", "train-table"} & set(plan.shown)),
    "bet on how": lambda plan: any(slide.layout == "predict" for slide in plan.slides),
    "what the toy leaves out": lambda plan: any(slide.toy or slide.layout == "toy-stops" for slide in plan.slides),
}


def test_the_certificate_says_only_what_its_plan_held_and_all_of_it(audience, cache):
    for slot in range(FROM, TO + 1, SOME):
        plan = kits.tried(audience, slot, cache).plan
        text = plan.kit.certificate
        assert text
        assert not set("[]{}") & set(text)
        assert {phrase for phrase in CERTIFIED if phrase in text} == {
            phrase for phrase, holds in CERTIFIED.items() if holds(plan)
        }, slot
        assert "vote" not in text or any(slide.does == "vote" for slide in plan.slides)


def test_the_quiz_asks_the_same_before_and_after_and_only_what_a_slide_in_between_answers(audience, cache):
    for slot in range(FROM, TO + 1, SOME):
        plan = kits.tried(audience, slot, cache).plan
        order = [slide.quiz or slide.id for slide in plan.slides]
        handed_out = {"before", "after", "answers"} & set(order)
        assert len(handed_out) in (0, 3), slot
        assert bool(plan.kit.quiz) == bool(handed_out), slot
        if handed_out:
            between = plan.slides[order.index("before") + 1 : order.index("after")]
            answered = {name for slide in between for name in slide.answers}
            assert {question.id for question in plan.kit.quiz} <= answered, slot
            assert all(1 <= len(question.letters()) == len(question.letters(after=True)) for question in plan.kit.quiz)
            told = next(slide for slide in plan.slides if slide.quiz == "answers")
            read_out = [line.number for _, blocks in told.slots for block in blocks for line in block.lines]
            assert read_out == [question.number for question in plan.kit.quiz], slot


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_shows_its_moments_in_the_order_in_which_they_were_written(name, cache):
    audience, slot = name.split()
    shown = []
    for spot in kits.tried(audience, float(slot), cache).plan.spots:
        last = shown[-1] if shown else None
        if spot.slide is None:
            shown.append(spot.unit.kind)
        elif isinstance(last, dict) and spot.slide.moment in last:
            last[spot.slide.moment].append(spot.slide.id)
        else:
            shown.append({spot.slide.moment: [spot.slide.id]})
    assert shown == PLANS[name]


@pytest.mark.parametrize("demo", CLASSIC)
def test_in_three_hours_everybody_sees_each_classic_demo_as_a_whole(demo, general):
    written = {moment.id: moment.names(180) for moments in general.day.moments.values() for moment in moments}
    there = {
        slide.id for stage in general.day.stages for slide in stage.slides
    }  # except what the room's votes would add
    for name in CLASSIC[demo]:
        shown = [slide.id for slide in general.slides if slide.moment == name]
        assert shown == [slide for slide in written[name] if slide in there] != [], name


def test_every_statement_of_the_subject_is_looked_for_and_found_in_three_hours(general):
    statements = [statement for point in general.day.points for statement in point.shown]
    assert len(statements) >= 33
    assert all(statement.phrases or statement.seen for statement in statements)
    assert general.day.written.whole == {"general": 180}
    assert list(RULES["P15"][1](general)) == []


def done(fit):
    """Return the minutes of a filled slot in which the room does something on slides, and in which it has a break."""
    slides = sum(slide.minutes for stage in fit.stages for slide in stage.slides if active(slide))
    return slides + sum(block.minutes for block in fit.report.blocks if not block.does)


def in_blocks(fit):
    """Return the minutes of work in blocks, such as free work on the sheets: slides take their place as a slot grows."""
    return sum(block.minutes for block in fit.report.blocks if block.does)


A_SLIDE = 4  # minutes of the longest of the slides that others push out


@pytest.mark.broad
def test_five_minutes_more_take_at_most_one_slide_from_what_the_room_does(audience, cache):
    plans = {slot: fit_day(kits.day(audience, cache), slot) for slot in range(25, 361, STEP)}
    fallen = [
        (slot, done(before) + in_blocks(before), done(now) + in_blocks(now))
        for (_, before), (slot, now) in pairwise(plans.items())
        if done(now) + in_blocks(now) < done(before) + in_blocks(before) - A_SLIDE
        and in_blocks(now) >= in_blocks(before)
    ]
    assert fallen == []
