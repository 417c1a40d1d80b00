"""Divide a reading budget between prose and sums, and see what the model is bad at afterwards.

It shows that a mixture is a decision with a price: whatever a model reads of one kind takes the place of the other. It leaves out
that kinds may help each other, as code seems to help reasoning, and that a large model has room for more of both. Source: the
question of data mixtures, e.g. Xie et al. 2023 (DoReMi), here with counts alone.

    >>> len(sums("{} and {} make {}")), sums("{} and {} make {}")[12]
    (55, 'one and two make three')
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workshop.ai_models.toys.word_counts import END, START, WordCounts
from workshop.ai_models.toys.words import words

# Sums of two digits in words, as text to learn from.
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def sums(wording: str) -> tuple[str, ...]:
    """Return every sum of two digits that is below ten; ``wording`` has a place for each digit and for the sum."""
    return tuple(
        wording.format(first, second, NUMBERS[a + b])
        for a, first in enumerate(NUMBERS)
        for b, second in enumerate(NUMBERS[: len(NUMBERS) - a])
    )


def mixed(share: float, prose: list[str], exercises: list[str], budget: int, rng: np.random.Generator) -> list[str]:
    """Draw texts until ``budget`` words are read; each is a sum with chance ``share``."""
    drawn: list[str] = []
    left = budget
    while left > 0:
        shelf = exercises if rng.random() < share else prose
        drawn.append(shelf[int(rng.integers(len(shelf)))])
        left -= len(words(drawn[-1])) + 1
    return drawn


def write(model: WordCounts, rng: np.random.Generator, longest: int = 10) -> str:
    """Return a text that a model writes: one word after the other, each as often as its probability says, up to the end mark."""
    row = [START, START]
    while len(row) < longest + 2:
        chances = np.array([model.probability((row[-2], row[-1]), word) for word in model.vocabulary])
        word = model.vocabulary[int(rng.choice(len(chances), p=chances / chances.sum()))]
        if word == END:
            break
        row.append(word)
    return " ".join(row[2:])


def surprise(model: WordCounts, read: Sequence[str], *tests: Sequence[str]) -> tuple[float, ...]:
    """Let a model read, and return its bits per word on each test."""
    for text in read:
        model.feed(text)
    return tuple(model.bits_per_word(test) for test in tests)
