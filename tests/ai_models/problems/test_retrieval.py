"""Compares sheets on search with the demo and scikit-learn; personal sheets ask for the same amount of work."""

from ast import literal_eval

import numpy as np
import pytest
from sklearn.metrics import label_ranking_average_precision_score
from sklearn.metrics.pairwise import cosine_similarity

from tests.ai_models.garden import WORLD
from workshop.ai_models.demos.retrieval import retrieval
from workshop.ai_models.problems.deployment import cosine, fuse_rankings, rank_scores, shared_words, source_checks
from workshop.runs.runner import generator

SEEDS = (None, *range(20))


def dealer(seed):
    return None if seed is None else np.random.default_rng(seed)


@pytest.fixture(scope="module")
def run():
    return retrieval.function(world=WORLD, rng=generator(0, "retrieval"))


@pytest.mark.parametrize("seed", SEEDS)
def test_shared_words_have_one_winner_and_the_paraphrase_finds_nothing(run, seed):
    worked = shared_words(dealer(seed), 1, run.facts)
    scores = worked.answer["scores"]
    assert scores.count(max(scores)) == 1
    assert worked.givens["cards"][scores.index(max(scores))]["title"] == worked.answer["card"]
    assert worked.answer["paraphrase"] == (0, 0, 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_cosines_equal_those_of_scikit_learn(seed):
    worked = cosine(dealer(seed), 1, {})
    question, a, b = (np.array([literal_eval(worked.givens[name])]) for name in ("question", "a", "b"))
    assert worked.answer["a"] == pytest.approx(cosine_similarity(question, a)[0, 0])
    assert worked.answer["b"] == pytest.approx(cosine_similarity(question, b)[0, 0])
    assert worked.answer["card"] == ("A" if worked.answer["a"] > worked.answer["b"] else "B")


def test_first_and_third_beats_second_twice_on_the_standard_sheet():
    worked = fuse_rankings(None, 1, {})
    assert (worked.answer["first"], worked.answer["second"]) == (0.75, pytest.approx(2 / 3))
    assert worked.answer["card"] == worked.givens["first"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_fused_ranking_adds_a_share_for_each_place_and_has_one_winner(seed):
    worked = fuse_rankings(dealer(seed), 1, {})
    given, total = worked.givens, dict.fromkeys("ABCD", 0.0)
    for way in ("keyword", "embedding"):
        for place, card in enumerate(given[way].split(", "), start=1):
            total[card] += 1 / (given["constant"] + place)
    assert worked.answer["first"] == pytest.approx(total[given["first"]])
    assert worked.answer["second"] == pytest.approx(total[given["second"]])
    best, next_best, *_ = sorted(total, key=total.get, reverse=True)
    assert worked.answer["card"] == best
    assert total[best] - total[next_best] > 0.003


def test_ranks_give_the_scores_of_scikit_learn():
    assert rank_scores(None, 2, {}).answer == {"first": 0.4, "third": 0.6, "mrr": 0.55}
    for seed in SEEDS:
        worked = rank_scores(dealer(seed), 2, {})
        places = [0 if text == "none" else int(text) for text in worked.givens["places"]]
        right = np.array([[place == rank for rank in range(1, 12)] for place in places])
        scores = np.tile(np.arange(11, 0, -1.0), (len(places), 1))
        found = right.any(axis=1)
        mrr = label_ranking_average_precision_score(right[found], scores[found]) * found.mean()
        assert worked.answer["mrr"] == pytest.approx(mrr)
        assert worked.answer["first"] == right[:, 0].mean()
        assert worked.answer["third"] == pytest.approx(right[:, :3].any(axis=1).mean())


@pytest.mark.parametrize("seed", [None, *range(8)])
def test_wrong_answers_and_hours_add_up_over_a_week_of_checks(seed):
    worked = source_checks(None if seed is None else np.random.default_rng(seed), 1, {})
    given, answer = worked.givens, worked.answer
    assert answer["wrong"] + given["answers"] * given["found"] == pytest.approx(given["answers"])
    assert answer["hours"] * 60 == given["answers"] * given["minutes"]
    assert answer["seen"] / given["sample"] == pytest.approx(answer["wrong"] / given["answers"])
