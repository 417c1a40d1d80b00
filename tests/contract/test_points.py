"""Tests that every point of the built-in kit is taught, practised and asked, for each audience."""

import pytest

from workshop.ai_models.register import kit_folder
from workshop.check.coverage import rows
from workshop.content import load
from workshop.model.walk import visible
from workshop.plugins.registry import standard_registry

AUDIENCES = ("general", "students", "executives", "engineers")
WORDS = "9"  # the point about the field's words, which are shown where their ideas are
FEWEST = 4  # exercises on the sheet of a stage


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


def test_a_sheet_has_at_least_four_exercises_for_every_audience(content, audience):
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
