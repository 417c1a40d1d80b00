"""Rows of answers: a square for each, right or wrong, and a tick where all are right."""

import re

import pytest

from workshop.addons.explore.drawn import Places, PokeError, Words
from workshop.addons.explore.rows_of_answers import answered
from workshop.model.exhibits import Findings
from workshop.model.frozen import Frozen
from workshop.model.pokes import Answers


def drawn(*states):
    places = Places(prefix="a0", count=len(states), start=0)
    seen = [(Findings(Frozen({"all": states}), {}), {"n": str(n)}) for n in range(len(states))]
    item = Answers("Rows", "all[{n}]", "right", "wrong")
    return answered(item, seen, [f"case {n}" for n in range(len(states))], places, Words("en")), places


def test_a_square_is_right_or_wrong_and_only_a_whole_row_has_a_tick():
    made, places = drawn([[True, False], [True, True]], [[True, True], [False, False]])
    right, wrong = re.findall(r' d="([^"]+)"', made.html)
    assert (right.count("M"), wrong.count("M")) == (3, 1)
    assert 'aria-label="✓✗; ✓✓"' in made.html
    assert re.findall(r">(✓?)</text>", made.html) == ["", "✓"]
    assert "right: 3" in made.html
    assert "whole rows right: 1 of 2" in made.html
    second = list(places.states[1].values())
    assert "✓✓; ✗✗" in second
    assert "right: 2" in second


def test_rows_of_different_lengths_are_refused():
    with pytest.raises(PokeError, match="rows of different lengths"):
        drawn([[True], [True, False]])
