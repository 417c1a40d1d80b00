from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import entropy

from tests.ai_models.garden import GRAMMAR, WORLD
from workshop.ai_models.toys.grammar import FILLED


def test_the_probabilities_add_up_and_no_sentence_occurs_twice() -> None:
    garden = GRAMMAR
    assert sum(garden.probabilities) == pytest.approx(1)
    assert len(set(garden.sentences)) == len(garden.sentences)


def test_the_entropy_of_all_sentences_is_the_sum_of_the_slots_entropies() -> None:
    expected = 0.0
    for chance, phrases in zip(FILLED, WORLD.grammar(), strict=True):
        weights = np.array([1 / (k + 1) for k in range(len(phrases))])
        expected += chance * entropy(weights, base=2)
        expected += entropy([chance, 1 - chance], base=2)
    assert entropy(GRAMMAR.probabilities, base=2) == pytest.approx(expected)


def test_samples_follow_the_probabilities() -> None:
    garden = GRAMMAR
    drawn = garden.sample(np.random.default_rng(0), 4000)
    share = sum(sentence.startswith("the gardener") for sentence in drawn) / 4000
    assert share == pytest.approx(1 / sum(1 / k for k in range(1, 7)), abs=0.03)


def test_the_surprise_of_one_sentence_is_minus_its_logarithm_shared_among_its_words() -> None:
    garden = GRAMMAR
    first, chance = garden.sentences[0], garden.probabilities[0]
    assert garden.bits_per_word([first]) == pytest.approx(-np.log2(chance) / (len(first.split()) + 1))
