"""Tests that every point of the built-in kit is taught, practised and asked, for each audience, and read where it must be."""

import pytest
from msgspec.structs import replace

from tests.contract import kits
from workshop.ai_models.register import kit_folder
from workshop.check.coverage import rows
from workshop.content import load
from workshop.model.walk import visible
from workshop.plan.invariants.plan_texts import unsaid
from workshop.plan.invariants.rules import complete
from workshop.plugins.registry import standard_registry

AUDIENCES = ("general", "students", "executives", "engineers")
WORDS = "9"  # the point about the field's words, which are shown where their ideas are
FEWEST = 3  # exercises on the sheet of a stage


@pytest.fixture(scope="module")
def content():
    return load(kit_folder())[0]


@pytest.fixture(params=AUDIENCES)
def audience(request):
    return request.param


def test_these_are_the_audiences_of_the_kit(content):
    assert sorted(source.id for source in content.audiences) == sorted(AUDIENCES)


def test_every_point_has_a_slide_an_exercise_and_a_question_for_every_audience(content, audience):
    lacking = {
        row.id: missing
        for row in rows(content, audience)
        if row.id != WORDS
        and (missing := [kind for kind in ("slides", "exercises", "questions") if not getattr(row, kind)])
    }
    assert lacking == {}


def test_a_sheet_has_at_least_three_exercises_for_every_audience(content, audience):
    counted = {
        sheet.stage: sum(visible(exercise.attrs, audience) for exercise in sheet.exercises) for sheet in content.sheets
    }
    assert len(counted) == sum(stage.number is not None for stage in content.stages)
    assert {stage: count for stage, count in counted.items() if count < FEWEST} == {}


def test_an_exercise_names_points_of_its_own_stage_and_those_that_belong_to_all(content):
    stages = {point.id: point.stage for point in content.points}
    strangers = [
        (exercise.id, point)
        for sheet in content.sheets
        for exercise in sheet.exercises
        for point in exercise.attrs.names("teaches")
        if stages[point] not in (sheet.stage, "opening")
    ]
    assert strangers == []
    assert all(exercise.attrs.names("teaches") for sheet in content.sheets for exercise in sheet.exercises)


def test_every_registered_problem_is_on_a_sheet(content):
    used = {exercise.attrs.get("problem") for sheet in content.sheets for exercise in sheet.exercises}
    assert set(standard_registry().names("problem")) - used == set()


def read(content):
    """Return each phrase that must be read, with its statement."""
    return [(line, phrase) for point in content.points for line in point.shown for phrase in line.seen]


def bare(slide):
    """Return a slide with nothing on it; its notes stay."""
    return replace(slide, title=(), slots=())


def test_what_must_be_read_stands_on_the_slides_of_the_whole_plan(content, cache):
    plan = kits.tried("general", 180, cache).plan
    assert [breach.message for breach in complete(plan)] == []
    assert len(read(content)) > 30


def test_a_phrase_that_is_only_said_is_a_breach(content, cache):
    said = [bare(slide) for slide in kits.tried("general", 180, cache).plan.slides]
    for line, phrase in read(content):
        assert unsaid(line.model_copy(update={"seen": (phrase,), "phrases": ()}), said) == phrase


def test_a_slide_whose_words_are_gone_breaks_the_plan_and_is_named(cache):
    plan = kits.tried("general", 180, cache).plan
    bared = replace(plan, slides=tuple(bare(slide) if slide.id == "game" else slide for slide in plan.slides))
    (breach,) = complete(bared)
    assert "point 2.1" in breach.message
    assert "is not on game" in breach.message


def test_rulings_dates_of_the_law_and_agreements_say_for_which_day_they_hold(content):
    dated = {source.key: source for source in content.sources if source.valid_until}
    assert {"bartz-2025", "bartz-settlement-2025", "gema-openai-2025", "getty-2025", "edpb-2024", "ai-act-2026"} <= set(
        dated
    )
    assert [key for key, source in dated.items() if source.as_of is None] == []
