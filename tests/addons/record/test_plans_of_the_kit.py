"""What certificate, record, guide and quiz say of the built-in kit's plans."""

import pytest

from tests.contract import kits
from tests.render.print import kits as printed
from tests.tiers import few
from workshop.addons.record.certificates import certificate_data
from workshop.addons.record.competences import told
from workshop.addons.record.file_parts import papers_of, parts_of
from workshop.errors import Report
from workshop.model.request import Request
from workshop.plan.invariants.in_the_room import QUIZ_FROM
from workshop.plan.plan_kit import decide
from workshop.render.print.forms import QUIZ
from workshop.render.print.guide import facilitator_data
from workshop.render.print.run_sheet_data import run_sheet_data

SLOTS = (25, 30, 45, 60, 90, 180, 360)


@pytest.fixture(params=kits.few_at_work())
def audience(request):
    return request.param


@pytest.fixture
def plans(audience, cache):
    return {slot: kits.tried(audience, slot, cache).plan.kit for slot in SLOTS}


@pytest.fixture
def asking(audience, cache):
    """The slots with a quiz: from 45 minutes on, unless the audience's list says that there is none."""
    said = kits.day(audience, cache).said
    return [slot for slot in SLOTS if slot >= QUIZ_FROM and not said.no_quiz(slot)]


@pytest.mark.broad
def test_certificate_record_guide_and_run_sheet_state_the_same_duration(plans):
    for slot, kit in plans.items():
        laid, galley = printed.laid(kit), printed.galley()
        held = next(part for part in parts_of(laid, galley) if part.key == "held")
        said = (
            certificate_data(laid, galley)["length"].removesuffix(" minutes"),
            held.fields["minutes-planned"],
            facilitator_data(laid, galley)["run"]["minutes"],
            run_sheet_data(laid, galley)["minutes"],
        )
        assert said == (str(slot),) * 4


def test_every_point_that_the_record_lists_has_a_slide_that_is_shown(plans):
    for slot, kit in plans.items():
        shown = {slide.id: slide for slide in kit.slides if not slide.hidden}
        taught = {point for slide in shown.values() for point in slide.teaches}
        for each in told(kit):
            slides = {statement.says: statement.slides for statement in each.point.shown}
            for says in each.said:
                assert set(slides[says]) & set(shown) if slides else each.point.id in taught, (slot, says)


def test_from_45_minutes_on_everybody_has_a_quiz_before_and_after_of_four_questions_or_more(plans, asking):
    for slot, kit in plans.items():
        slides = [slide.quiz for slide in kit.slides if slide.quiz and not slide.hidden]
        assert slides == (["before", "after", "answers"] if slot in asking else [])
        assert len(kit.quiz) >= 4 if slot in asking else not kit.quiz


def test_four_other_questions_are_asked_weeks_after_each_of_these_plans_and_slides_of_the_plan_answer_them(
    plans, asking
):
    for slot, kit in plans.items():
        told = {name for slide in kit.slides if not slide.hidden for name in slide.answers}
        assert len(kit.later) == (4 if slot in asking else 0), slot
        assert {question.id for question in kit.later} <= told
        assert all(option.misconception for q in kit.later for option in q.options if not option.right)


def test_the_record_names_the_pages_that_the_class_writes_on_and_only_those_of_stages_that_are_in(plans):
    for kit in plans.values():
        pages = {f"Page {stage.number}" for stage in kit.stages if stage.number is not None}
        (name, marks), *_ = papers_of(printed.laid(kit), printed.galley())
        assert name == ("leaf" if kit.leaf else "booklet")
        assert {mark.partition(" (")[0] for mark in marks.split(", ")} <= pages


@pytest.mark.broad
@pytest.mark.parametrize("slot", few([25, 30], 30))
@pytest.mark.parametrize("audience", few(kits.AUDIENCES, "executives"))
def test_in_shorter_slots_a_quiz_that_is_asked_for_has_three_or_four_questions_or_more_outside_of_the_slot(
    audience, slot, cache
):
    ready, report = kits.ready(audience, cache), Report()
    kit = decide(ready, Request(audience=audience, minutes=slot, only=("quiz",)), report)
    assert len(kit.quiz) >= (3 if slot == 25 else 4)  # as many as its slides answer
    assert not QUIZ.missing(kit)
    assert kit.duration == slot
    assert report.found == []
