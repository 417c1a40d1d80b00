"""Personal sheets of somebody else's kit, whose problem functions may fail."""

import shutil
import statistics
from pathlib import Path

import pytest

from workshop.addons.personal.codes import MOST, VARIANTS, SheetNumber, read_code, sheet_code
from workshop.addons.personal.sets import Versions, effort
from workshop.ai_models.problems.deployment import add_points, filter_price
from workshop.ai_models.problems.evals import guess_or_pass, margin_of_error, release_board, sign_test
from workshop.ai_models.problems.tuning import near_duplicates
from workshop.build import plan
from workshop.errors import Problems
from workshop.model.exhibits import Worked
from workshop.model.frozen import Frozen
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

PROBLEM = "def percentage(rng, level, facts):\n"


def test_a_problem_that_fails_only_for_other_numbers_is_reported_with_its_line(
    bread: Path, tmp_path: Path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    kit = tmp_path / "bread"
    shutil.copytree(bread, kit)
    demos = kit / "demos" / "oven.py"
    source = demos.read_text("utf-8")
    failing = PROBLEM + '    if rng is not None:\n        raise RuntimeError("no flour left")\n'
    demos.write_text(source.replace(PROBLEM, failing), "utf-8")
    line = 2 + source[: source.index(PROBLEM)].count("\n") + 1
    request = Request(extra={"personal": {"personal": 2}}, trust=True)
    with pytest.raises(Problems) as raised:
        plan(kit, request, standard_registry(), base=None)
    assert [problem.message for problem in raised.value.problems] == [
        f"the problem 'percentage' failed with RuntimeError: no flour left, at bread/demos/oven.py:{line}"
    ]


MANY = 200
TASKS = {"margin": margin_of_error, "month": filter_price, "board": release_board, "points": add_points}


def versions(problem, name="a task", seed=0):
    return Versions(make=lambda rng: problem(rng, 1, {}), name=name, seed=seed)


def die(rng, level, facts):
    face = 1 if rng is None else int(rng.integers(1, 7))
    return Worked(Frozen({"face": face}), {"twice": 2 * face}, (f"2 × {face} = {2 * face}",))


@pytest.mark.parametrize("name", TASKS)
def test_two_hundred_ids_have_different_answers_and_nearly_the_same_effort(name):
    sequence = versions(TASKS[name])
    found = [sequence.at(place) for place in range(1, MANY + 1)]
    assert (
        len({worked.answer if not isinstance(worked.answer, dict) else repr(worked.answer) for worked in found}) == MANY
    )
    efforts = [effort(worked) for worked in found]
    assert statistics.stdev(efforts) < 0.15 * statistics.mean(efforts)
    assert max(abs(marks - sequence.usual) for marks in efforts) <= max(2, sequence.usual / 4)


@pytest.mark.parametrize("problem", [sign_test, guess_or_pass, near_duplicates])
def test_thirty_people_are_served(problem):
    assert versions(problem).count(30) == 30


def test_a_place_has_the_same_version_whatever_was_asked_for_before():
    step_by_step, at_once = versions(filter_price), versions(filter_price)
    early = [step_by_step.at(place) for place in range(30)]
    assert at_once.at(29) == early[29]
    assert [at_once.at(place) for place in range(30)] == early


def test_another_task_or_seed_has_other_versions():
    first = [versions(filter_price).at(place) for place in range(1, 6)]
    assert [versions(filter_price, name="another").at(place) for place in range(1, 6)] != first
    assert [versions(filter_price, seed=1).at(place) for place in range(1, 6)] != first


def test_a_task_with_six_versions_says_so_and_begins_again():
    sequence = versions(die)
    assert sequence.count(30) == 5  # besides the standard one
    assert {sequence.at(place).givens["face"] for place in range(1, 6)} == {2, 3, 4, 5, 6}
    assert sequence.at(6) == sequence.at(1)


def two_dice(rng, level, facts):
    first, second = (1, 1) if rng is None else (int(rng.integers(1, 7)) for _ in range(2))
    working = f"{first} + {second} = {first + second}"
    return Worked(Frozen({"first": first, "second": second}), {"first": first, "sum": first + second}, (working,))


def test_the_answers_in_the_blanks_differ_as_long_as_there_are_others():
    sequence = Versions(make=lambda rng: two_dice(rng, 1, {}), name="dice", seed=0, asked=frozenset({".sum"}))
    sums = [sequence.at(place).answer["sum"] for place in range(1, 31)]
    assert len(set(sums[:9])) == 9  # of ten sums besides that of the standard sheet
    assert len({tuple(sequence.at(place).answer.values()) for place in range(1, 31)}) == 30


def test_a_task_that_ignores_its_generator_has_one_version():
    sequence = versions(lambda rng, level, facts: Worked(Frozen({}), 7, ("3 + 4 = 7",)))
    assert sequence.count(30) == 0
    assert sequence.at(12).answer == 7


@pytest.mark.parametrize(
    ("working", "marks"),
    [("1,000 × 5% = 50", 4), ("0.050 + 0.12 = 0.17", 7), ("3 / 4", 3), ("A, C, D", 2), ("no number", 0)],
)
def test_effort_counts_significant_digits_signs_and_items(working, marks):
    assert effort(Worked(Frozen({}), 0, (working,))) == marks


def test_every_id_is_read_back_and_a_wrong_letter_is_noticed():
    for stage in (1, 4, 8):
        for number in range(1, MOST + 1, 37):
            code = sheet_code(stage, f"{number:02d}")
            assert read_code(code) == SheetNumber(f"{number:02d}", stage)
            wrong = code[:-1] + ("C" if code[-1] != "C" else "D")
            with pytest.raises(ValueError, match="its letter doesn't fit"):
                read_code(wrong)
    assert [read_code(letter).place for letter in VARIANTS] == list(range(1, 9))
    assert read_code("1").place == 9


@pytest.mark.parametrize("text", ["", "0", "1000", "S2", "Q", "7-7", "07B"])
def test_what_isnt_an_id_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="isn't an ID"):
        read_code(text)
