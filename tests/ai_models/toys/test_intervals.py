import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

from workshop.ai_models.toys.intervals import exact_sign_p, paired_interval, wilson
from workshop.ai_models.toys.never_zero import at_least_one


@given(st.integers(1, 2000), st.data())
def test_wilsons_interval_is_that_of_statsmodels(n, data):
    hits = data.draw(st.integers(0, n))
    assert wilson(hits, n) == pytest.approx(proportion_confint(hits, n, method="wilson"), abs=1e-9)


def test_wilsons_interval_has_the_documented_ends():
    assert wilson(0, 20) == pytest.approx((0, 0.16113), abs=5e-6)
    assert wilson(3, 100) == pytest.approx((0.01025, 0.08452), abs=5e-6)


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_sign_test_is_statsmodels_exact_mcnemar(gained, lost):
    table = [[10, lost], [gained, 10]]
    expected = mcnemar(table, exact=True).pvalue if gained + lost else 1.0
    assert exact_sign_p(gained, lost) == pytest.approx(expected, abs=1e-9)


def test_twelve_gained_and_four_lost_is_p_point_077():
    assert exact_sign_p(12, 4) == pytest.approx(0.07681, abs=5e-6)


def test_the_paired_interval_is_scipys_percentile_bootstrap():
    gained, lost, same = 12, 4, 40
    changes = np.array([1] * gained + [-1] * lost + [0] * same)
    theirs = bootstrap((changes,), np.mean, n_resamples=20_000, method="percentile", rng=0).confidence_interval
    ours = paired_interval(gained, lost, len(changes), np.random.default_rng(0), draws=20_000)
    assert ours == pytest.approx((theirs.low, theirs.high), abs=0.5 / len(changes))


def test_without_changes_the_interval_has_no_width():
    assert paired_interval(0, 0, 20, np.random.default_rng(0)) == (0, 0)


@given(st.floats(1e-6, 0.5), st.integers(1, 10_000))
def test_at_least_one_is_never_less_than_one_try_and_never_more_than_the_expected_number(p, n):
    assert p - 1e-12 <= at_least_one(p, n) <= min(1, n * p) + 1e-9


def test_a_failure_in_a_thousand_is_likely_in_a_thousand_tries():
    assert at_least_one(0.001, 1000) == pytest.approx(0.632, abs=5e-4)
