"""Tests the sheet on fine-tuning: its scores, verdicts and texts at every level."""

from __future__ import annotations

import choix
import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import jaccard_score

from workshop.ai_models.problems.tuning import bits_a_token, near_duplicates, policy_pull, reward_gap
from workshop.ai_models.toys.cleaning import jaccard, word_pairs
from workshop.ai_models.toys.votes import pulled


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


def rounds(most, least):
    return {"contest": {"found": True, "round": "4", "winner": "B", "loser": "A", "most": most, "least": least}}


ROUNDS = [rounds(most, least) for most in range(1, 25) for least in range(1, most)]


def test_seven_of_ten_is_a_gap_of_point_eight_five():
    assert reward_gap(None, 1, rounds(7, 3)).answer["gap"] == pytest.approx(0.85, abs=0.005)


@pytest.mark.parametrize("facts", ROUNDS[::9])
def test_every_gap_is_that_of_choix(facts):
    worked = reward_gap(None, 1, facts)
    won, lost = worked.givens["most"], worked.givens["least"]
    fitted = choix.ilsr_pairwise(2, [(0, 1)] * won + [(1, 0)] * lost)
    assert worked.answer["gap"] == pytest.approx(fitted[0] - fitted[1], abs=1e-6)


@pytest.mark.parametrize("facts", ROUNDS)
def test_the_small_table_has_five_different_odds_with_the_rooms_among_them(facts):
    worked = reward_gap(None, 1, facts)
    rows = {row["odds"]: row["ln"] for row in worked.givens["table"].values()}
    assert rows[worked.answer["odds"]] == pytest.approx(worked.answer["gap"])
    assert len({round(odds, 2) for odds in rows}) == 5


def test_the_share_on_paper_is_that_of_the_demos_policy():
    for facts in ROUNDS:
        answer = reward_gap(None, 1, facts).answer
        assert answer["share"] == pytest.approx(pulled([0.5, 0.5], [answer["gap"], 0], 1)[0])


def test_nine_to_three_pulls_an_even_start_to_the_known_shares():
    answer = policy_pull(None, 1, {}).answer
    assert [answer[name] for name in ("half", "one", "two")] == pytest.approx([0.9, 0.75, 0.634], abs=5e-4)


def test_every_share_is_that_of_the_demos_policy():
    for seed in range(12):
        worked = policy_pull(np.random.default_rng(seed), 1, {})
        gap = np.log(worked.givens["a"] / worked.givens["b"])
        for name, beta in (("half", 0.5), ("one", 1), ("two", 2)):
            assert worked.answer[name] == pytest.approx(pulled([0.5, 0.5], [gap, 0], beta)[0])


def test_the_odds_have_at_most_one_decimal_so_that_a_pocket_calculator_is_enough():
    for seed in range(12):
        odds = policy_pull(np.random.default_rng(seed), 1, {}).givens["odds"]
        assert odds * 10 == pytest.approx(round(odds * 10))
