import itertools
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.charts.spreadsheet import printed
from workshop.charts.axis import Wish, axis, decimals_for, tick_format, tick_text
from workshop.errors import WorkshopError

# no digit is printed beyond the tenth decimal
NUMBERS = st.integers(-(10**12), 10**12).map(lambda v: v / 1e6)


def texts(values, wish):
    return [text for _, text in axis(values, wish).ticks]


@example([-1.1e-05, 44000.000001], False, "number")
@given(st.lists(NUMBERS, min_size=1, max_size=8), st.booleans(), st.sampled_from(["number", "bits", "ratio"]))
def test_every_value_is_within_the_limits_and_so_are_four_to_six_ticks(values, zero, unit):
    found = axis(values, Wish(unit=unit, zero=zero))
    slack = 1e-9 * max(1.0, abs(found.minimum), abs(found.maximum))
    assert found.minimum - slack <= min(values)
    assert max(values) <= found.maximum + slack
    places = [place for place, _ in found.ticks]
    assert places == sorted(places)
    assert found.minimum - slack <= places[0]
    assert places[-1] <= found.maximum + slack
    assert 4 <= len(places) <= 6


@example([99999.999999, 100000.000002])
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


def test_shares_that_are_exactly_one_do_not_run_past_it_from_any_lower_limit():
    found = axis([0.4, 1.0], Wish(unit="percent", minimum=0.33))
    assert (found.minimum, found.maximum) == (0.33, 1)
    assert axis([0.4, 1.01], Wish(unit="percent", minimum=0.33)).maximum > 1.01


def test_counts_have_whole_ticks():
    assert texts([1, 2], Wish(unit="count", zero=True)) == ["0", "1", "2"]


def test_given_limits_hold():
    found = axis([0.3], Wish(unit="ratio", minimum=0.2, maximum=0.8))
    assert (found.minimum, found.maximum) == (0.2, 0.8)


def test_limits_in_the_wrong_order_are_refused_with_the_fix():
    with pytest.raises(WorkshopError, match=r"y_min 3 is not below y_max 1 — swap"):
        axis([2], Wish(unit="ratio", minimum=3, maximum=1))


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_a_logarithmic_axis_refuses_zero_and_less(value):
    with pytest.raises(WorkshopError, match="logarithmic"):
        axis([value, 1.0], Wish(unit="number", log=True))


def test_there_are_fewer_ticks_if_their_texts_need_the_room():
    assert len(axis([0, 200], Wish(unit="number", most=3)).ticks) <= 3


def test_a_leading_zero_is_dropped_and_a_minus_is_a_dash():
    assert tick_text(0.25, "ratio", 2) == "0.25"
    assert tick_text(-0.5, "points", 2) == "−50"


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


# ---------------------------------------------------------------- the axes a person would choose
@pytest.mark.parametrize(
    ("values", "wish", "limits", "step"),
    [
        ([3, 9], Wish(unit="number"), (2, 10), 2),
        ([3, 9], Wish(unit="number", zero=True), (0, 10), 2),
        ([-3, 9], Wish(unit="number", zero=True), (-5, 10), 5),
        ([0.3, 0.97], Wish(unit="ratio"), (0.2, 1), 0.2),
        ([0.52, 0.97], Wish(unit="percent"), (0.5, 1), 0.1),
        ([0, 1.2], Wish(unit="ratio", zero=True), (0, 1.25), 0.25),
        ([0, 1.2], Wish(unit="percent", zero=True), (0, 1.25), 0.25),
        ([-0.5, -0.1], Wish(unit="ratio", zero=True), (-0.5, 0), 0.1),
        ([-0.1, 0.25], Wish(unit="points"), (-0.1, 0.3), 0.1),
        ([0.001, 0.0042], Wish(unit="number"), (0.001, 0.0045), 0.001),
        ([0, 1250], Wish(unit="count"), (0, 1250), 250),
        ([0, 2], Wish(unit="count"), (0, 2), 1),
        ([1e-13, 5], Wish(unit="number"), (0, 5), 1),
        ([-1e-13, 5], Wish(unit="number"), (0, 5), 1),
        ([0, 100], Wish(unit="number", most=3), (0, 100), 50),
        ([0, 100], Wish(unit="number", most=2), (0, 100), 100),
    ],
    ids=str,
)
def test_limits_and_steps_are_round_and_leave_little_room(values, wish, limits, step):
    found = axis(values, wish)
    assert (found.minimum, found.maximum) == limits
    assert found.step == step


@pytest.mark.parametrize(
    ("values", "wish", "limits"),
    [
        ([5, 5], Wish(unit="number"), (2, 8)),
        ([5, 5], Wish(unit="number", zero=True), (0, 5)),
        ([-4, -4], Wish(unit="number"), (-6, -2)),
        ([-4, -4], Wish(unit="number", zero=True), (-4, 0)),
        ([0], Wish(unit="number"), (-1, 1)),
        ([0], Wish(unit="number", zero=True), (0, 2)),
        ([], Wish(unit="number"), (0, 1)),
    ],
    ids=str,
)
def test_a_single_value_has_room_on_both_sides_but_bars_have_none_below_zero(values, wish, limits):
    found = axis(values, wish)
    assert (found.minimum, found.maximum) == limits


@pytest.mark.parametrize(
    ("values", "wish", "limits"),
    [
        ([1, 9], Wish(unit="number", minimum=0, maximum=10), (0, 10)),
        ([1, 9], Wish(unit="number", minimum=2), (2, 10)),
        ([1, 9, 20], Wish(unit="number", maximum=10), (0, 10)),
        ([1, 9], Wish(unit="number", maximum=5), (1, 5)),
        ([1, 9], Wish(unit="number", minimum=12), (12, 13)),
        ([5], Wish(unit="number", minimum=5), (5, 10)),  # a value on the limit is within it
        ([1, 9, 20], Wish(unit="number", minimum=9, maximum=9.5), (9, 9.5)),
        ([0.2, 0.9], Wish(unit="ratio", maximum=1.2), (0.2, 1.2)),
        ([0.62, 0.97], Wish(unit="ratio", minimum=0.28), (0.28, 1.0)),  # a share can't exceed one
        ([0.62, 0.97], Wish(unit="number", minimum=0.28), (0.28, 1.08)),
    ],
    ids=str,
)
def test_a_given_limit_holds_and_values_beyond_it_do_not_widen_the_axis(values, wish, limits):
    found = axis(values, wish)
    assert (found.minimum, found.maximum) == limits


@pytest.mark.parametrize(
    ("wish", "places"),
    [
        (Wish(unit="number", log=True), [1, 2, 4, 8, 16]),
        (Wish(unit="number", log=True, minimum=0.5), [0.1, 1, 10]),
        (Wish(unit="number", log=True, maximum=40), [1, 3, 9, 27, 81]),
    ],
    ids=str,
)
def test_a_logarithmic_axis_without_values_runs_from_one_to_ten_if_no_limit_says_otherwise(wish, places):
    assert [place for place, _ in axis([], wish).ticks] == places


# limits have twelve digits: steps are far above the last of them
THOUSANDTHS = st.integers(-(10**6), 10**6).map(lambda v: v / 1e3)


@given(st.lists(THOUSANDTHS, min_size=2, max_size=6, unique=True), st.booleans())
def test_the_lower_limit_is_on_a_tick_and_the_upper_one_on_a_tick_or_half_way_to_the_next(values, zero):
    found = axis(values, Wish(unit="number", zero=zero))
    halves = (found.maximum - found.minimum) / (found.step / 2)
    assert math.isclose(halves, round(halves), rel_tol=1e-6)
    assert found.ticks[0][0] == found.minimum
    assert found.maximum - found.ticks[-1][0] < found.step * 0.51
    held = [*values, 0.0] if zero else values
    assert max(found.maximum - max(held), min(held) - found.minimum) <= found.step * 1.01


def test_no_limit_is_written_as_minus_zero():
    for found in (axis([-4, -1], Wish(unit="number", zero=True)), axis([-0.0, 5], Wish(unit="number", minimum=-0.0))):
        assert "-0.0" not in (str(found.minimum), str(found.maximum))


def test_a_rounding_error_below_zero_needs_no_step_but_a_small_value_does():
    assert axis([-0.4e-9, 1], Wish(unit="number")).minimum == 0
    assert axis([-1.5e-9, 1], Wish(unit="number")).minimum < 0


# ---------------------------------------------------------------- logarithms
@pytest.mark.parametrize(
    ("values", "wish", "ticks"),
    [
        ((1, 32), Wish(unit="count", log=True), (1, 2, 4, 8, 16, 32)),
        ((2, 64), Wish(unit="count", log=True), (2, 4, 8, 16, 32, 64)),
        ((1, 33), Wish(unit="count", log=True), (1, 3, 9, 27, 81)),
        ((2.5, 243), Wish(unit="count", log=True), (1, 3, 9, 27, 81, 243)),
        ((1, 250), Wish(unit="count", log=True), (1, 10, 100, 1000)),
        ((3, 729), Wish(unit="count", log=True), (1, 10, 100, 1000)),
        ((0.02, 70), Wish(unit="number", log=True), (0.01, 0.1, 1, 10, 100)),
        ((1e-9, 1e9), Wish(unit="number", log=True), (1e-9, 1e-5, 0.1, 1e3, 1e7)),
        ((5, 5), Wish(unit="number", log=True), (4, 8)),
        ((100, 1e6), Wish(unit="count", log=True, minimum=10, maximum=1e7), (10, 1e3, 1e5, 1e7)),
        ((1, 9), Wish(unit="count", log=True, most=3), (1, 3, 9)),
        ((), Wish(unit="number", log=True), (1, 2, 4, 8, 16)),
    ],
    ids=str,
)
def test_a_logarithmic_axis_has_powers_of_two_three_or_ten(values, wish, ticks):
    found = axis(values, wish)
    assert tuple(place for place, _ in found.ticks) == pytest.approx(ticks, rel=1e-9)
    assert found.minimum == found.ticks[0][0]
    assert found.log
    base = 2 if ticks[1] / ticks[0] == 2 else 3 if ticks[1] / ticks[0] == 3 else 10
    assert found.base == base
    assert math.isclose(math.log(found.maximum, base), round(math.log(found.maximum, base)), abs_tol=1e-9)


def test_a_logarithmic_axis_cannot_begin_at_zero_even_if_all_values_are_above():
    with pytest.raises(WorkshopError, match="logarithmic"):
        axis([1.0, 2.0], Wish(unit="number", log=True, minimum=0.0))


# ---------------------------------------------------------------- texts
UNITS = st.sampled_from(["number", "bits", "ratio", "percent", "points", "count"])


@given(st.lists(NUMBERS, min_size=1, max_size=6), UNITS, st.booleans())
def test_a_spreadsheet_prints_every_tick_as_we_do(values, unit, zero):
    found = axis(values, Wish(unit=unit, zero=zero))
    in_cells = 100 if unit == "points" else 1
    assert [printed(in_cells * place, found.format) for place, _ in found.ticks] == [text for _, text in found.ticks]


@pytest.mark.parametrize("values", [(0.0004, 30), (1, 32), (1, 60), (2, 5_000_000), (1e-9, 1e9)], ids=str)
def test_a_spreadsheet_prints_the_ticks_of_a_logarithmic_axis_as_we_do(values):
    found = axis(values, Wish(unit="number", log=True))
    assert [printed(place, found.format) for place, _ in found.ticks] == [text for _, text in found.ticks]


@pytest.mark.parametrize(
    ("unit", "decimals", "texts"),
    [
        ("percent", 2, ["−50%", "0%", "25%"]),
        ("percent", 3, ["−50.0%", "0%", "25.0%"]),
        ("points", 2, ["−50", "0", "+25"]),
        ("points", 3, ["−50.0", "0", "+25.0"]),
    ],
)
def test_shares_are_printed_in_percent_and_their_differences_in_points(unit, decimals, texts):
    assert [tick_text(value, unit, decimals) for value in (-0.5, 0, 0.25)] == texts
    in_cells = 100 if unit == "points" else 1
    assert [printed(in_cells * value, tick_format(unit, decimals)) for value in (-0.5, 0, 0.25)] == texts


@pytest.mark.parametrize(
    ("step", "start", "decimals"),
    [(1, 0, 0), (0.5, 0, 1), (0.25, 0, 2), (0.2, 0.05, 2), (250, 1250, 0), (2.5, 0, 1), (1e-7, 0, 7), (1e-12, 0, 10)],
)
def test_ticks_have_just_the_decimals_that_print_them_exactly(step, start, decimals):
    assert decimals_for(step, start) == decimals


def test_the_title_is_kept_whatever_the_scale():
    assert axis([1, 2], Wish(unit="number", title="words")).title == "words"
    assert axis([1, 2], Wish(unit="number", title="words", log=True)).title == "words"


def test_values_that_differ_in_their_last_digits_alone_have_an_axis_around_them():
    found = axis([1000.94531, 1000.9453125], Wish(unit="number"))
    assert found.minimum < 1000.94
    assert found.maximum > 1000.95
