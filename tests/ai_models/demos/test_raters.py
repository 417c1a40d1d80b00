"""Three kinds of rater and what a reward learns from each."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from workshop.ai_models.demos.raters import PEOPLE, agreement, by_principles, by_weights, fitted, picks, raters
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


def test_the_first_principle_that_parts_two_answers_decides():
    honest, helpful = np.array([0.1, 0.9, 0.5, 0.5]), np.array([0.9, 0.2, 0.5, 0.5])
    assert by_principles(honest, helpful) > 0.9
    assert by_principles(honest, honest) == 0.5


def test_without_bias_a_model_that_is_less_noisy_agrees_as_much(run):
    found = run(raters, bias=0.0).facts
    assert found["model"]["agreement"] >= found["people"]["agreement"] - 0.02


def test_everything_shown_is_marked_as_simulated(run):
    assert {e.honesty for e in run(raters).exhibits.values()} == {Honesty.SIMULATED}
