"""A garden grammar: sentences of five to eleven words, each with a known probability.

It is small enough for a count model to learn from a few hundred sentences, and because every probability is known, so is the
floor that no model can beat. It leaves out meaning: any gardener may water any plant. Source: a grammar of our own; rarer phrases
are rarer as in Zipf's law.

    >>> garden = garden_grammar()
    >>> garden.sentences[0]
    'the gardener waters the roses'
    >>> len(garden.sentences), round(sum(garden.probabilities), 6)
    (4500, 1.0)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from workshop.ai_models.toys.words import words

# (chance that the slot is filled, its phrases); the k-th phrase is k times rarer than the first
GARDEN = (
    (1.0, ("the gardener", "the neighbour", "the teacher", "the beekeeper", "the treasurer", "the child")),
    (1.0, ("waters", "weeds", "plants", "checks", "covers")),
    (1.0, ("the roses", "the beans", "the tomatoes", "the seedlings", "the herbs", "the pumpkins")),
    (0.6, ("by the gate", "in the greenhouse", "near the shed", "behind the hedge")),
    (0.5, ("in the morning", "after lunch", "before sunset", "on saturday")),
)


@dataclass(frozen=True)
class Grammar:
    """Every sentence of a finite language with its probability, the likeliest words first."""

    sentences: tuple[str, ...]
    probabilities: tuple[float, ...]

    def sample(self, rng: np.random.Generator, count: int) -> list[str]:
        """Return ``count`` sentences drawn with their probabilities; repeats are possible."""
        return [self.sentences[i] for i in rng.choice(len(self.sentences), count, p=self.probabilities)]

    def bits_per_word(self, sentences: Sequence[str]) -> float:
        """Return the surprise of someone who knows the grammar, in bits per word; the end mark counts as a word."""
        chance = dict(zip(self.sentences, self.probabilities, strict=True))
        total = sum(-math.log2(chance[sentence]) for sentence in sentences)
        return total / sum(len(words(sentence)) + 1 for sentence in sentences)


@cache
def garden_grammar(length: int = len(GARDEN)) -> Grammar:
    """Return the garden's grammar, or that of its first slots, with all its sentences."""
    slots = []
    for chance, phrases in GARDEN[:length]:
        weights = [1 / (k + 1) for k in range(len(phrases))]
        empty = [("", 1 - chance)] if chance < 1 else []
        slots.append(empty + [(p, chance * w / sum(weights)) for p, w in zip(phrases, weights, strict=True)])
    choices = list(product(*slots))
    sentences = tuple(" ".join(phrase for phrase, _ in choice if phrase) for choice in choices)
    return Grammar(sentences, tuple(math.prod(chance for _, chance in choice) for choice in choices))
