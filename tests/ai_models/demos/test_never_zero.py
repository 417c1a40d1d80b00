"""Rare failures against scipy's binomial distribution, and a pushed-down score against its logistic function."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from scipy.stats import binom

from workshop.ai_models.demos.never_zero import CHANCES, GAPS, TIMES, never_zero


@given(st.floats(1e-6, 1), st.integers(1, 10**9))
def test_the_headline_is_one_minus_the_binomial_chance_of_no_failure(p, n):
    found = never_zero.function(p=p, n=n).facts
    assert found["at_least_one"] == pytest.approx(binom.sf(0, n, p), rel=1e-6, abs=1e-9)
    assert found["expected"] == pytest.approx(binom.mean(n, p))


def test_every_point_of_the_chart_is_the_binomial_one():
    chart = never_zero.function().exhibits["many"]
    for chance, series in zip(CHANCES, chart.series, strict=True):
        assert series.values == pytest.approx([binom.sf(0, times, chance) for times in TIMES])


def test_a_score_pushed_down_keeps_the_chance_of_a_logistic_function():
    pushed = never_zero.function().facts["pushed"]
    assert pushed["p"] == pytest.approx([expit(-gap) for gap in GAPS])
