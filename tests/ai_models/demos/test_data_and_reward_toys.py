"""The second demos of stages 1 and 4: duplicates, mixture, collapse, balance, over-optimisation."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from tests.ai_models.garden import WORLD
from workshop.ai_models.demos.balance import balance
from workshop.ai_models.demos.duplicates import duplicates
from workshop.ai_models.demos.mixture import mixture
from workshop.ai_models.demos.over_optimisation import ANSWERS, over_optimisation
from workshop.ai_models.toys.collapse import written
from workshop.ai_models.toys.over_optimisation import true_value


def test_thirty_copies_of_thirty_one_are_the_unsmoothed_share() -> None:
    assert duplicates.function(copies=30).facts["unsmoothed"] == pytest.approx(30 / 31)


def test_every_end_of_the_mixture_is_lost_on_what_it_never_read() -> None:
    found = mixture.function(world=WORLD, rng=np.random.default_rng(0)).facts
    assert found["sums"]["none"] > 10
    assert found["prose"]["none"] > 10


def test_a_writer_only_uses_words_that_it_has_read() -> None:
    read = ["the hen eats", "the frog eats", "a hen sleeps"]
    text = written(read, 50, 1, np.random.default_rng(0))
    assert {word for sentence in text for word in sentence.split()} <= {w for s in read for w in s.split()}


def test_caution_moves_every_share_one_way_only() -> None:
    caution = balance.function().facts["caution"]
    assert list(caution["benign"]["all"]) == sorted(caution["benign"]["all"])
    assert list(caution["harmful"]["all"]) == sorted(caution["harmful"]["all"], reverse=True)


def test_picks_between_ordinary_answers_teach_a_reward_with_one_weight_to_want_polish() -> None:
    """The straight line that the demo assumes: scikit-learn finds it for any number of picks."""
    rng = np.random.default_rng(0)
    for pairs in (200, 20_000):
        left, right = rng.normal(size=(2, pairs))
        votes = rng.random(pairs) < 1 / (1 + np.exp(true_value(right, 0.2) - true_value(left, 0.2)))
        fit = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-10).fit((left - right)[:, None], votes)
        assert fit.coef_[0, 0] > 0.5


def test_the_true_value_follows_its_closed_form() -> None:
    findings = over_optimisation.function()
    for wanted, reward, value in findings.exhibits["table"].rows:
        d = np.sqrt(wanted)
        assert reward == pytest.approx(np.sqrt(2) * d, abs=1e-5)
        assert value == pytest.approx(d * (np.sqrt(2) - 0.4 * d), abs=1e-5)
    assert findings.facts["peak"]["exact"] == pytest.approx(3.125)
    assert findings.facts["favourite"] == ANSWERS  # each distance has a favourite of its own
