"""Arcs over words: as thick as each word's weight, in a row and in a column, and only among as many words in every state."""

import re

import pytest

from workshop.addons.explore.arcs import THICK, arced
from workshop.addons.explore.drawn import Places, PokeError, Words
from workshop.model.exhibits import Findings
from workshop.model.frozen import Frozen
from workshop.model.pokes import Arcs

ARCS = Arcs("Weight", "{kind}.text", "{kind}.weights", "{kind}.next")


def drawn(*cases):
    facts = {f"k{n}": {"text": text, "weights": weights, "next": last} for n, (text, weights, last) in enumerate(cases)}
    places = Places(prefix="a0", count=len(cases), start=0)
    states = [(Findings(Frozen(facts), {}), {"kind": f"k{n}"}) for n in range(len(cases))]
    return arced(ARCS, states, [f"case {n}" for n in range(len(cases))], places, Words("en")), places


def thickness(shape, axis):
    """Return how much larger one of the two ellipses of an arc is than the other, along an axis."""
    first, second = ([float(n) for n in pair] for pair in re.findall(r"A([\d.]+) ([\d.]+)", shape))
    return first[axis] - second[axis]


def test_each_arc_is_as_thick_as_its_weight_both_ways_round():
    made, _ = drawn(("the cups near", [0.7, 0.2, 0.1], "stand"))
    flat, tall = re.findall(r"<svg.*?</svg>", made.html)
    for svg, axis in ((flat, 1), (tall, 0)):
        shapes = re.findall(r' d="([^"]+)"', svg)
        assert [thickness(shape, axis) for shape in shapes] == pytest.approx(
            [THICK * w for w in (0.7, 0.2, 0.1)], abs=0.1
        )
        assert re.findall(r"<text[^>]*>([^<]+)<", svg) == ["the", "0.70", "cups", "0.20", "near", "0.10", "stand"]
        assert 'aria-label="the 0.70; cups 0.20; near 0.10"' in svg


def test_a_state_changes_arcs_words_and_which_one_is_lit():
    made, places = drawn(("the cups", [0.7, 0.3], "stand"), ("a cup", [0.3, 0.7], "stands"))
    assert made.html.count("f-accent") == 2  # once in each drawing
    assert {"a", "cup", "stands", "0.30"} <= {*places.states[1].values()}
    assert re.findall(r"<td>([\d.]+)</td>", made.numbers) == ["0.70", "0.30", "0.30", "0.70"]


def test_states_with_different_numbers_of_words_are_refused():
    with pytest.raises(PokeError, match="different numbers of words"):
        drawn(("the cups", [0.7, 0.3], "stand"), ("a small cup", [0.3, 0.3, 0.4], "stands"))
