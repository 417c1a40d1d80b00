"""A field of dots: each part has as many as it counts, and never more than there are."""

import re

import pytest

from workshop.addons.explore.dots import dotted
from workshop.addons.explore.drawn import Places, PokeError, Words
from workshop.model.exhibits import Findings
from workshop.model.frozen import Frozen
from workshop.model.pokes import Dots, Part

FIELD = Dots("Messages", "all", (Part("bad", "stop", "{kind}.bad"), Part("good", "context")))


def field(total, *bad):
    facts = Frozen({"all": total, **{f"k{n}": {"bad": count} for n, count in enumerate(bad)}})
    places = Places(prefix="a0", count=len(bad), start=0)
    states = [(Findings(facts, {}), {"kind": f"k{n}"}) for n in range(len(bad))]
    return dotted(FIELD, states, [f"case {n}" for n in range(len(bad))], places, 0, Words("en")), places


def test_a_state_changes_the_shape_of_each_part_and_what_is_said():
    made, places = field(1000, 20, 125)
    first, second = places.states
    shapes = [key for key in first if key.endswith("@d")]
    assert len(shapes) == 2
    assert all(first[key] != second[key] for key in shapes)
    assert 'aria-label="bad 20; good 980"' in made.html
    assert "bad 125; good 875" in second.values()
    assert re.findall(r"<td>([\d,]+)</td>", made.numbers) == ["20", "980", "125", "875"]


def test_few_dots_are_large_and_half_a_dot_is_half_as_wide():
    made, _ = field(3, 0.5)
    assert 'viewBox="0 0 100 10"' in made.html
    assert 'd="M0 0h5v10h-5z"' in made.html


def test_more_dots_than_there_are_are_refused():
    with pytest.raises(PokeError, match="of 10 dots, the parts would have 11"):
        field(10, 11)
