"""Compares emergence with the closed form for a row of words, and with scikit-learn models."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import OneHotEncoder

from workshop.ai_models.demos.emergence import emergence
from workshop.ai_models.toys.emergence import RUNS, WORDS


@pytest.mark.parametrize("length", [2, 8, 20])
def test_a_row_is_all_right_with_the_chance_of_a_word_to_the_power_of_its_length(run, length):
    """Words are drawn with replacement, so the number of rows that are all right is binomial, with the power as its mean."""
    found = run(emergence, seed=1, length=length).facts
    for word, row in zip(found["token"], found["exact"], strict=True):
        chance = word**length
        assert abs(row - chance) <= 4.5 * (chance * (1 - chance) / RUNS) ** 0.5 + 1e-9
    for word, rows in zip(found["token"], found["answers"], strict=True):
        assert np.shape(rows) == (found["shown"], length)
        asked = found["shown"] * length
        assert abs(np.mean(rows) - word) <= 4.5 * (word * (1 - word) / asked) ** 0.5 + 1e-9


@pytest.mark.filterwarnings("ignore:Stochastic Optimizer")  # the small ones are meant to stop early
def test_models_of_scikit_learn_leap_further_when_a_whole_row_must_be_right():
    rng = np.random.default_rng(0)
    pairs = np.array([(a, b) for a in range(WORDS) for b in range(WORDS)])
    follows = rng.integers(0, WORDS, len(pairs))
    coded = OneHotEncoder(sparse_output=False).fit_transform(pairs)
    right = []
    for hidden in (2, 8, 16, 32, 64):
        model = MLPClassifier((hidden,), activation="tanh", learning_rate_init=0.03, max_iter=80, random_state=0)
        right.append(model.fit(coded, follows).score(coded, follows))
    by_word, by_row = ([score**length for score in right] for length in (1, 8))
    leaps = [max(after - before for before, after in pairwise(scores)) for scores in (by_word, by_row)]
    assert right[0] < 0.3
    assert right[-1] > 0.9
    assert leaps[1] > leaps[0]
