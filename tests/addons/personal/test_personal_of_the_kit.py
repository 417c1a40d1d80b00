"""Personal sheets: every key worked out again from the printed page, all answers different, all tasks equally hard."""

import io
from functools import cache as once
from itertools import combinations, pairwise

import pytest
from pypdf import PdfReader

from tests.contract import kits
from tests.contract.keys_paper import Paper, agrees
from tests.contract.test_keys import SOLVED, runs_in
from tests.tiers import few
from workshop.addons.personal.asked_for import sets_of
from workshop.addons.personal.codes import SheetNumber
from workshop.addons.personal.personal_keys import answers_of, render_lookup
from workshop.addons.personal.personal_papers import render_personal
from workshop.ai_models.register import kit_folder
from workshop.build import plan, prepare
from workshop.errors import errors_in
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

PEOPLE = 12
pytestmark = pytest.mark.long
NUMBERS = tuple(SheetNumber(f"{number:02d}") for number in range(1, PEOPLE + 1))
# Tasks that are about one run, whose table or votes everybody reads
ABOUT_A_RUN = {
    "ten-models",
    "read-surprise",
    "caution-chart",
    "verdict-chart",
    "two-scores",
    "read-the-trade",
    "reward-gap",
    "style-or-fact",
}

# Tasks whose blanks can't hold thirty different rows of answers: six sentences, few counts
FEW_ANSWERS = {"near-copies", "train-table", "release-board"}


def planned(audience, numbers, cache, names=(), **options):
    asked = {"personal": {"personal_ids": numbers, **options}}
    request = Request(audience=audience, minutes=kits.ALL, names=names, extra=asked, cache=cache)
    kit, problems = plan(kit_folder(), request, standard_registry(), base=None)
    assert not errors_in(problems), problems
    return kit, problems


@once
def everybody(audience, cache):
    return planned(audience, NUMBERS, cache)


def tasks(one):
    return {e.id: e for sheet in one.sheets for e in sheet.exercises}


@pytest.mark.broad
@pytest.mark.parametrize("audience", few(kits.AUDIENCES, "engineers"))
def test_every_key_of_every_person_follows_from_the_printed_numbers(audience, cache):
    checked, wrong = set(), []
    for one in sets_of(everybody(audience, cache)[0]):
        for name, exercise in tasks(one).items():
            if name in SOLVED and not exercise.shared:
                pairs = list(SOLVED[name](Paper.of(exercise)))
                checked |= {(one.label, name)} if pairs else set()
                wrong += [(one.label, name, printed, due) for printed, due in pairs if not agrees(printed, due)]
    assert wrong == []
    own = {
        (one.label, name)
        for one in sets_of(everybody(audience, cache)[0])
        for name, task in tasks(one).items()
        if not task.shared
    }
    assert own - checked == set()


@pytest.mark.broad
@pytest.mark.parametrize("audience", few(kits.AUDIENCES, "engineers"))
def test_no_two_people_have_the_same_answers_to_any_task_with_numbers_of_its_own(audience, cache):
    kit, problems = everybody(audience, cache)
    assert not [problem for problem in problems if problem.code == "personal-repeats"]
    for one, other in combinations(sets_of(kit), 2):
        for name, exercise in tasks(one).items():
            if not exercise.shared:
                assert keys(exercise) != keys(tasks(other)[name]), (one.label, other.label, name)


@pytest.mark.parametrize("audience", few(kits.AUDIENCES, "engineers"))
def test_what_belongs_in_the_blanks_differs_from_sheet_to_sheet(audience, cache):
    people = sets_of(everybody(audience, cache)[0])
    for name, exercise in tasks(people[0]).items():
        rows = [tuple(answers_of(tasks(one)[name])) for one in people]
        if not exercise.shared and name not in FEW_ANSWERS:
            assert len(set(rows)) == PEOPLE, (name, rows)
        if not exercise.shared and name != "train-table":
            assert all(one != other for one, other in pairwise(rows)), (name, rows)


@pytest.mark.parametrize("audience", few(kits.AUDIENCES, "engineers"))
def test_a_task_is_the_same_for_all_only_if_it_has_no_numbers_or_is_about_a_run(audience, cache):
    kit = everybody(audience, cache)[0]
    shared = {name for name, exercise in tasks(sets_of(kit)[0]).items() if exercise.shared}
    computed = {name for name in tasks(sets_of(kit)[0]) if name in SOLVED}
    assert shared & computed <= ABOUT_A_RUN | {"keep-or-drop", "in-the-weights", "predict-trace", "read-choices"}


@pytest.mark.broad
def test_a_sheet_printed_again_is_the_same_sheet_whatever_is_printed_with_it(cache):
    again, _ = planned("general", (SheetNumber("07"), SheetNumber("11", stage=5)), cache)
    before = {one.label: one for one in sets_of(everybody("general", cache)[0])}
    assert [one.label for one in sets_of(again)] == ["07", "11"]
    assert sets_of(again)[0] == before["07"]
    assert sets_of(again)[1].sheets == tuple(s for s in before["11"].sheets if s.stage == "evals")


@pytest.mark.broad
def test_names_are_on_the_sheets_in_the_order_of_the_file(cache):
    kit, _ = planned("general", (SheetNumber("04"),), cache, names=("Ann", "Ben"), personal="names")
    assert [(one.label, one.name) for one in sets_of(kit)] == [("01", "Ann"), ("02", "Ben"), ("04", "")]
    assert sets_of(kit)[1].sheets == sets_of(everybody("general", cache)[0])[1].sheets


@pytest.mark.broad
def test_variants_of_an_exam_differ_from_each_other_from_everybody_and_from_the_standard_sheet(cache):
    letters = tuple(map(SheetNumber, "ABCD"))
    variants = sets_of(planned("engineers", letters, cache)[0])
    kit, _ = everybody("engineers", cache)
    assert [one.sheets[0].id for one in variants] == ["S1-A", "S1-B", "S1-C", "S1-D"]
    standard = {e.id: e for sheet in kit.sheets for e in sheet.exercises}
    others = [standard, *(tasks(one) for one in sets_of(kit))]
    for place, one in enumerate(variants):
        for other in (*others, *(tasks(v) for v in variants[:place])):
            for name, exercise in tasks(one).items():
                assert exercise.shared or keys(exercise) != keys(other[name])


@pytest.mark.broad
def test_the_answers_on_the_look_up_are_those_of_the_key(cache):
    for one in sets_of(everybody("students", cache)[0])[:5]:
        for exercise in tasks(one).values():
            answers = answers_of(exercise)
            blanks = [run.answer for run in runs_in(exercise.task) if run.blank and run.answer]
            marked = [run.text for run in runs_in(exercise.solution) if run.accent]
            assert set(answers) <= {*blanks, *marked}
            assert len(answers) >= len(blanks)


@pytest.mark.slow
def test_the_look_up_for_30_people_has_one_page_per_stage(cache):
    request = Request(audience="general", minutes=kits.ALL, extra={"personal": {"personal": 30}}, cache=cache)
    laid, problems = prepare(kit_folder(), request, standard_registry(), base=None)
    assert not errors_in(problems)
    assert len(PdfReader(io.BytesIO(render_lookup(laid))).pages) == len(laid.kit.sheets)


def keys(exercise):
    """Return everything that a key prints for a task."""
    return tuple(run.text for run in runs_in(exercise.solution))


@pytest.mark.broad
def test_every_personal_sheet_of_the_kit_fits_its_leaf(cache):
    asked = {"personal": {"personal_ids": (SheetNumber("01"), SheetNumber("07"))}}
    laid, problems = prepare(kit_folder(), Request(extra=asked, cache=cache), standard_registry(), base=None)
    assert not errors_in(problems), problems
    files = render_personal(laid)  # stops with a sheet that needs a third page
    assert [len(PdfReader(io.BytesIO(pdf)).pages) for pdf in files.values()] == [4] * len(laid.kit.sheets)
