"""Works out every key again from the printed sheet, for all four audiences."""

import inspect
import re
from dataclasses import replace
from functools import cache as once

import pytest

from tests.contract import keys_of_models, keys_of_products, kits
from tests.contract.keys_paper import Paper, agrees

SOLVED = {
    name.replace("_", "-"): function
    for module in (keys_of_models, keys_of_products)
    for name, function in vars(module).items()
    if inspect.isgeneratorfunction(function) and function.__module__ == module.__name__
}
# A key that a reader must judge: sorting, marking and rubrics. What can be counted of it is counted below
JUDGED = {
    "balance-cards", "base-or-tuned", "brochure", "endings", "for-against", "judge-answers", "pick-pages", "search-or-tune-cards",
    "skill-or-memory", "sly", "tune-or-search", "two-briefs", "which-layer", "which-road", "which-stage", "whose-text", "write-rule",
}  # fmt: skip


@once
def exercises(audience, cache):
    kit = kits.laid_out(audience, kits.ALL, cache)[0].kit
    return {exercise.id: Paper.of(exercise) for sheet in kit.sheets for exercise in sheet.exercises}


@pytest.mark.parametrize("audience", kits.AUDIENCES)
def test_every_computed_key_follows_from_the_printed_numbers(audience, cache):
    count, wrong = 0, []
    for name, paper in exercises(audience, cache).items():
        if name in SOLVED:
            for printed, wanted in SOLVED[name](paper):
                count += 1
                if not agrees(printed, wanted):
                    wrong.append(f"{name}: the key prints {printed!r}, it should be {wanted!r}")
    assert wrong == []
    assert count > 50


@pytest.mark.parametrize("audience", kits.AUDIENCES)
def test_every_exercise_is_solved_or_one_to_judge(audience, cache):
    assert set(exercises(audience, cache)) <= set(SOLVED) | JUDGED
    assert not set(SOLVED) & JUDGED


@pytest.mark.parametrize("audience", kits.AUDIENCES)
def test_a_key_that_sorts_has_one_allowed_letter_for_each_row(audience, cache):
    seen = 0
    for name, paper in exercises(audience, cache).items():
        for table in paper.tables:
            letters = re.fullmatch(r"((?:[A-Z], )*[A-Z]) or ([A-Z])", table[0][-1])
            if name in JUDGED and letters and name not in {"pick-pages", "whose-text"}:
                allowed = {*letters[1].split(", "), letters[2]}
                key = paper.key.split("\n")[0]
                given = re.findall(r"(?<!\w)(\d+) ([A-Z])\b", key) or [("", x) for x in re.findall(r"\b[A-Z]\b", key)]
                assert {letter for _, letter in given} <= allowed, (name, key)
                assert len(given) >= len(table) - 1, (name, key)
                seen += 1
    assert seen >= 2


def test_a_key_with_other_digits_is_noticed(cache):
    unnoticed = []
    for name, paper in exercises("engineers", cache).items():
        wrong = replace(paper, key=re.sub(r"\d", lambda digit: str((int(digit[0]) + 3) % 10), paper.key))
        try:
            noticed = name not in SOLVED or not all(agrees(*pair) for pair in SOLVED[name](wrong))
        except (AssertionError, LookupError, ValueError):
            noticed = True  # what it looks for is not there any more
        if not noticed:
            unnoticed.append(name)
    assert unnoticed == ["release-board", "predict-trace"]  # their answers are words
