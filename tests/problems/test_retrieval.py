"""Sheets on search against the demo and scikit-learn; personal sheets ask for the same work."""

from ast import literal_eval
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics.pairwise import cosine_similarity

from workshop.demos.data import Documents, Questions, Sentences
from workshop.demos.retrieval import retrieval
from workshop.problems.retrieval import cosine, fuse_rankings, shared_words
from workshop.run import generator

DATA = Path(__file__).parents[2] / "slides_src" / "data"
SEEDS = (None, *range(20))


def dealer(seed):
    return None if seed is None else np.random.default_rng(seed)


@pytest.fixture(scope="module")
def run():
    return retrieval.function(
        sentences=Sentences.load(DATA / "garden-sentences.txt"),
        library=Documents.load(DATA / "library.md"),
        questions=Questions.load(DATA / "questions.csv"),
        rng=generator(0, "retrieval"),
    )


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


@pytest.mark.parametrize("seed", SEEDS)
def test_first_and_third_beats_second_twice(seed):
    worked = fuse_rankings(dealer(seed), 1, {})
    assert (worked.answer["first"], worked.answer["second"]) == (0.75, pytest.approx(2 / 3))
    assert worked.answer["card"] == worked.givens["first"]
