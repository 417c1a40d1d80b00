"""A line on logarithmic axes, fitted and put to the test."""

import numpy as np
import pytest
from scipy.stats import entropy, linregress

from workshop.ai_models.demos.scaling import SIZES, scaling
from workshop.ai_models.toys.scaling import ANSWERS, SURE, fitted, floor


def test_the_fit_is_scipys_regression_on_logarithms(run):
    found = run(scaling).facts
    expected = linregress(np.log(SIZES[:5]), np.log(found["excess"]["all"][:5]))
    assert found["exponent"] == pytest.approx(-expected.slope, abs=1e-7)
    assert found["r2"] == pytest.approx(expected.rvalue**2, abs=1e-7)


def test_a_pure_power_law_is_found_exactly():
    assert fitted([10, 100, 1000], [3, 3 * 10**-0.25, 3 * 10**-0.5]) == pytest.approx((0.25, 3 * 10**0.25))


def test_the_floor_is_the_entropy_of_an_answer():
    assert floor() == pytest.approx(entropy([SURE, *[(1 - SURE) / (ANSWERS - 1)] * (ANSWERS - 1)], base=2))


@pytest.mark.parametrize("zipf", [1.5, 2.0])
def test_the_exponent_is_near_that_of_theory_and_below_it(run, zipf):
    """The theory assumes endless questions and much reading; few readings of few sizes give a flatter line."""
    found = np.mean([run(scaling, seed, zipf=zipf).facts["exponent"] for seed in range(3)])
    assert (zipf - 1) / zipf - 0.08 < found < (zipf - 1) / zipf


def test_the_errors_are_those_of_extrapolating_with_scipys_line(run):
    found = run(scaling).facts
    line = linregress(np.log10(SIZES[:5]), np.log10(found["excess"]["all"][:5]))
    expected = 10 ** (line.intercept + line.slope * np.log10(SIZES[5:])) / np.array(found["excess"]["all"][5:]) - 1
    assert found["errors"] == pytest.approx(expected, abs=1e-6)
    assert found["off"] == pytest.approx(np.abs(expected).max(), abs=1e-6)


def test_the_three_sizes_played_no_part_in_the_line(run):
    law = run(scaling).exhibits["law"]
    line, known, fresh = law.series
    assert [value is None for value in known.values] == [False] * 5 + [True] * 3
    assert [value is None for value in fresh.values] == [True] * 5 + [False] * 3
    assert law.x_log
    assert law.y_log
    assert len(line.values) == len(SIZES)


def test_a_line_through_fewer_runs_is_scipys_line_through_these(run):
    found = run(scaling, small=3).facts
    expected = linregress(np.log(SIZES[:3]), np.log(found["excess"]["all"][:3]))
    assert found["exponent"] == pytest.approx(-expected.slope, abs=1e-7)
    assert found["fitted"] == 3
