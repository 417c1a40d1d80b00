from __future__ import annotations

import pytest

from workshop.ai_models.toys.word_counts import END, WordCounts

TEXTS = ["the hen sat on the wall", "the frog sat on the stone", "a hen ate the bean"]


@pytest.fixture
def model() -> WordCounts:
    trained = WordCounts({word for text in TEXTS for word in text.split()} | {"unseen"})
    for text in TEXTS:
        trained.feed(text)
    return trained


@pytest.mark.parametrize("context", [("on", "the"), ("the", "hen"), ("never", "met")])
def test_the_guesses_add_up_to_one(model: WordCounts, context: tuple[str, str]) -> None:
    assert sum(model.probability(context, word) for word in model.vocabulary) == pytest.approx(1)


def test_no_word_is_impossible(model: WordCounts) -> None:
    assert model.probability(("on", "the"), "unseen") > 0


def test_the_interpolation_is_that_of_the_formula(model: WordCounts) -> None:
    size, total = len(model.vocabulary), sum(len(t.split()) + 1 for t in TEXTS)
    one = (0 + 2 / size) / (total + 2)  # "unseen" never occurs
    two = (0 + 2 * one) / (5 + 2)  # "the" five times before another word
    three = (0 + 2 * two) / (2 + 2)  # "on the" twice
    assert model.probability(("on", "the"), "unseen") == pytest.approx(three)


def test_untrained_every_word_is_as_likely_as_any_other() -> None:
    assert WordCounts(["a", "b", "c"]).perplexity(["a b"]) == pytest.approx(4)


def test_the_end_counts_as_a_word(model: WordCounts) -> None:
    assert model.probability(("the", "wall"), END) > 0.5
