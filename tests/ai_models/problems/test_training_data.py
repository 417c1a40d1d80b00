from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import jaccard_score

from workshop.ai_models.problems.training_data import (
    bits_a_token,
    near_duplicates,
)
from workshop.ai_models.toys.cleaning import jaccard, word_pairs


def test_the_standard_sheet_scores_four_of_six_and_keeps_at_point_eight():
    worked = near_duplicates(None, 1, {})
    assert worked.answer["score"] == pytest.approx(4 / 6)
    assert (worked.answer["verdict"], worked.answer["strict_verdict"]) == ("keep", "drop")


@pytest.mark.parametrize("level", [1, 2])
def test_every_version_scores_as_the_demo_and_scikit_learn_do(level):
    for seed in range(12):
        worked = near_duplicates(np.random.default_rng(seed), level, {})
        a, b = worked.givens["a"], worked.givens["b"]
        pairs = CountVectorizer(ngram_range=(2, 2), binary=True, token_pattern=r"\w+").fit_transform([a, b]).toarray()
        assert worked.answer["score"] == pytest.approx(jaccard(word_pairs(a), word_pairs(b)))
        assert worked.answer["score"] == pytest.approx(jaccard_score(pairs[0], pairs[1]))


@pytest.mark.parametrize(("level", "verdicts"), [(1, ("keep", "drop")), (2, ("keep", "keep"))])
def test_every_version_has_the_same_verdicts_and_short_sentences(level, verdicts):
    scores = set()
    for seed in range(60):
        worked = near_duplicates(np.random.default_rng(seed), level, {})
        a, b = worked.givens["a"].split(), worked.givens["b"].split()
        assert (worked.answer["verdict"], worked.answer["strict_verdict"]) == verdicts
        assert all(6 <= len(words) <= 11 for words in (a, b))
        assert (worked.answer["of_a"], worked.answer["of_b"]) == (len(a) - 1, len(b) - 1)
        scores.add(worked.answer["score"])
    assert len(scores) >= 6


@pytest.mark.parametrize("seed", [None, *range(6)])
def test_no_model_has_room_for_the_text_that_it_read(seed):
    worked = bits_a_token(None if seed is None else np.random.default_rng(seed), 1, {})
    given, answer = worked.givens, worked.answer
    weights, tokens = given["weights"] * 10**9 * given["bits"], given["tokens"] * 10**12
    assert answer["room"] == pytest.approx(weights / tokens, abs=5e-5)
    assert 2 ** answer["whole"] == given["vocabulary"]
    assert answer["times"] == pytest.approx(tokens * answer["whole"] / weights, rel=0.01)
    assert answer["times"] > 1000
