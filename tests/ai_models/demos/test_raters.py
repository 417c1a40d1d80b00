"""Three kinds of rater and what a reward learns from each."""

from itertools import permutations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from workshop.ai_models.demos.raters import raters
from workshop.ai_models.toys.raters import (
    ANSWERS,
    PEOPLE,
    PICKS,
    PRINCIPLES,
    PRIOR,
    agreement,
    by_principles,
    by_weights,
    fitted,
    picks,
)
from workshop.model.exhibits import Honesty


@pytest.mark.parametrize("prior", [0.01, 0.1, 1.0])
def test_the_fit_is_scikit_learns_on_mirrored_picks(prior):
    won = picks(by_weights(PEOPLE), np.random.default_rng(0))
    both, labels = np.vstack([won, -won]), [1] * len(won) + [0] * len(won)
    model = LogisticRegression(C=1 / (2 * prior), fit_intercept=False, tol=1e-10, max_iter=1000).fit(both, labels)
    assert fitted(won, prior) == pytest.approx(model.coef_[0], abs=1e-4)


def test_people_agree_with_themselves():
    assert agreement(PEOPLE) == 1
    assert agreement(-PEOPLE) == 0


def test_the_first_principle_that_separates_two_answers_decides():
    honest, helpful = np.array([0.1, 0.9, 0.5, 0.5]), np.array([0.9, 0.2, 0.5, 0.5])
    assert by_principles(("honest", "helpful", "cautious"))(honest, helpful) > 0.9
    assert by_principles(("helpful", "honest", "cautious"))(honest, helpful) < 0.1
    assert by_principles(("cautious",))(honest, helpful) == 0.5


def test_without_bias_a_model_that_is_less_noisy_agrees_as_much(run):
    found = run(raters, bias=0.0).facts
    assert found["model"]["agreement"] >= found["people"]["agreement"] - 0.02


def test_everything_shown_is_marked_as_simulated(run):
    assert {e.honesty for e in run(raters).exhibits.values()} == {Honesty.SIMULATED}


def test_with_enough_principled_picks_the_order_is_that_of_a_regression_on_exact_odds(run):
    """A second way to find every order: scikit-learn with each pair's exact chance as a weight, so that nothing is drawn."""
    ratings = np.array(list(ANSWERS.values()))
    chart = run(raters).exhibits["agreement"]
    bars = dict(zip(chart.categories, chart.series[0].values, strict=True))
    for names in permutations(PRINCIPLES):
        rater = by_principles(names)
        rows = [(a - b, rater(a, b)) for a, b in permutations(ratings, 2)]
        both = np.array([lead for lead, _ in rows] * 2)
        labels = [1] * len(rows) + [0] * len(rows)
        share = np.array([chance for _, chance in rows] + [1 - chance for _, chance in rows]) * PICKS / len(rows)
        model = LogisticRegression(C=1 / PRIOR, fit_intercept=False, tol=1e-10, max_iter=5000)
        model.fit(both, labels, sample_weight=share)
        assert bars[", ".join(names)] == pytest.approx(agreement(model.coef_[0]), abs=0.1)


def test_the_order_is_a_knob_and_the_chart_has_every_order(run):
    first, other = run(raters).facts, run(raters, order=("honest", "helpful", "cautious")).facts
    assert other["principles"]["agreement"] > first["principles"]["agreement"] + 0.2
    assert other["orders"]["used"] == "honest, helpful, cautious"
    assert len(run(raters).exhibits["agreement"].categories) == 2 + 6


def test_the_chart_of_the_present_order_has_what_this_order_teaches(run):
    found = run(raters, order=("honest", "helpful", "cautious"))
    chart = found.exhibits["now"]
    assert chart.series[0].values[2] == found.facts["principles"]["agreement"]
    assert chart.highlight == (chart.categories[2],)
    assert chart.honesty is Honesty.SIMULATED
