import itertools
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workshop.charts.ticks import Wish, axis, tick_text
from workshop.errors import WorkshopError

# no digit is printed beyond the tenth decimal
NUMBERS = st.integers(-(10**12), 10**12).map(lambda v: v / 1e6)


def texts(values, wish):
    return [text for _, text in axis(values, wish).ticks]


@example([-1.1e-05, 44000.000001], False, "number")
@given(st.lists(NUMBERS, min_size=1, max_size=8), st.booleans(), st.sampled_from(["number", "bits", "ratio"]))
def test_every_value_lies_within_the_limits_and_four_to_six_ticks_do_too(values, zero, unit):
    found = axis(values, Wish(unit=unit, zero=zero))
    slack = 1e-9 * max(1.0, abs(found.minimum), abs(found.maximum))
    assert found.minimum - slack <= min(values)
    assert max(values) <= found.maximum + slack
    places = [place for place, _ in found.ticks]
    assert places == sorted(places)
    assert found.minimum - slack <= places[0]
    assert places[-1] <= found.maximum + slack
    assert 4 <= len(places) <= 6


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_ticks_are_told_apart_by_their_texts(values):
    found = texts(values, Wish(unit="number"))
    assert len(set(found)) == len(found)


@given(st.floats(1e-6, 1e9), st.floats(1e-6, 1e9))
def test_a_logarithmic_axis_holds_its_values_and_multiplies_from_tick_to_tick(one, two):
    found = axis([one, two], Wish(unit="number", log=True))
    assert found.minimum <= min(one, two) * (1 + 1e-9)
    assert found.maximum >= max(one, two) * (1 - 1e-9)
    places = [place for place, _ in found.ticks]
    assert 2 <= len(places) <= 6
    assert all(math.isclose(b / a, found.step, rel_tol=1e-9) for a, b in itertools.pairwise(places))


def test_bits_from_zero_to_four_are_counted_in_whole_bits():
    assert texts([4.0, 0.98], Wish(unit="bits", zero=True)) == ["0", "1", "2", "3", "4"]


def test_shares_that_reach_one_do_not_run_past_it():
    found = axis([0.02, 0.93], Wish(unit="percent", zero=True))
    assert found.maximum == 1
    assert found.ticks[-1][1] == "100%"


def test_counts_have_whole_ticks():
    assert texts([1, 2], Wish(unit="count", zero=True)) == ["0", "1", "2"]


def test_given_limits_hold():
    found = axis([0.3], Wish(unit="ratio", minimum=0.2, maximum=0.8))
    assert (found.minimum, found.maximum) == (0.2, 0.8)


def test_limits_the_wrong_way_round_are_refused_with_the_fix():
    with pytest.raises(WorkshopError, match=r"y_min 3 is not below y_max 1 — swap"):
        axis([2], Wish(unit="ratio", minimum=3, maximum=1))


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_a_logarithmic_axis_refuses_zero_and_less(value):
    with pytest.raises(WorkshopError, match="logarithmic"):
        axis([value, 1.0], Wish(unit="number", log=True))


def test_fewer_ticks_where_their_texts_need_the_room():
    assert len(axis([0, 200], Wish(unit="number", most=3)).ticks) <= 3


def test_a_leading_zero_is_dropped_and_a_minus_is_a_dash():
    assert tick_text(0.25, "ratio", 2) == "0.25"
    assert tick_text(-0.5, "points", 2) == "−50%"


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ((1, 60), ["1", "3", "9", "27", "81"]),
        ((1, 20), ["1", "2", "4", "8", "16", "32"]),
        ((1, 10_000), ["1", "10", "100", "1,000", "10,000"]),
    ],
)
def test_a_logarithmic_axis_from_one_doubles_or_triples_while_few_ticks_are_enough(values, texts):
    assert [text for _, text in axis(values, Wish(unit="count", log=True)).ticks] == texts
