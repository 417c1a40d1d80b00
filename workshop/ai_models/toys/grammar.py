"""A grammar of short sentences, each with a known probability.

It is small enough for a count model to learn from a few hundred sentences, and because every probability is known, so is the
floor that no model can beat. It leaves out meaning: anybody may do anything to anything. Source: a grammar of our own; rarer phrases
are rarer as in Zipf's law.

    >>> small = grammar((("the cook", "the guest"), ("peels", "eats"), ("the pears",)))
    >>> small.sentences[0], round(small.probabilities[0], 3)
    ('the cook peels the pears', 0.444)
    >>> len(small.sentences), round(sum(small.probabilities), 6)
    (4, 1.0)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from workshop.ai_models.toys.words import words

FILLED = (1.0, 1.0, 1.0, 0.6, 0.5)  # chance that each slot of a sentence is filled
Phrases = tuple[tuple[str, ...], ...]  # of each slot; the k-th phrase is k times rarer than the first


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
def grammar(phrases: Phrases) -> Grammar:
    """Return a grammar with all its sentences, from the phrases of its first slots or of all."""
    slots = []
    for chance, options in zip(FILLED, phrases, strict=False):
        weights = [1 / (k + 1) for k in range(len(options))]
        empty = [("", 1 - chance)] if chance < 1 else []
        slots.append(empty + [(p, chance * w / sum(weights)) for p, w in zip(options, weights, strict=True)])
    choices = list(product(*slots))
    sentences = tuple(" ".join(phrase for phrase, _ in choice if phrase) for choice in choices)
    return Grammar(sentences, tuple(math.prod(chance for _, chance in choice) for choice in choices))
