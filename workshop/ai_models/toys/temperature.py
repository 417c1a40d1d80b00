"""One knob for writing text: a low temperature picks the favourite, a high one gives the others a chance.

It shows that a model only gives probabilities, and that drawing a word from them is a step of its own: each is raised to the
power of one over the temperature, and all are scaled to add up to one. It leaves out the other ways to cut off unlikely words,
such as top-k and nucleus sampling. Source: the Boltzmann distribution; for neural networks Ackley, Hinton and Sejnowski 1985.

    >>> [round(p, 3) for p in sharpened([0.5, 0.3, 0.15, 0.05], 0.5)]
    [0.685, 0.247, 0.062, 0.007]
    >>> round(entropy([0.25] * 4), 3)
    2.0
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from workshop.ai_models.toys.trigram import END, START, Trigram

LONGEST = 8
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Choice(Generic[Thing]):
    """Things to choose from, and for each of them the sum of its chance and the chances before it.

    Drawing takes one number between 0 and 1, as ``rng.choice(things, p=chances)`` does, and finds the same thing.
    """

    things: Sequence[Thing]
    sums: Sequence[float]

    @classmethod
    def of(cls, things: Sequence[Thing], chances: NDArray[np.float64]) -> Choice[Thing]:
        """Return a choice; the chances add up to 1."""
        sums = chances.cumsum()
        return cls(things, (sums / sums[-1]).tolist())

    def draw(self, rng: np.random.Generator) -> Thing:
        """Return one of the things."""
        return self.things[bisect_right(self.sums, rng.random())]


def sharpened(shares: Sequence[float], temperature: float) -> list[float]:
    """Return shares to the power of 1 / temperature, adding up to one."""
    raised = (np.asarray(shares) / max(shares)) ** (1 / temperature)
    return [float(share) for share in raised / raised.sum()]


def entropy(shares: Sequence[float]) -> float:
    """Return the entropy of a choice in bits: 0 if it is certain, log2 of n for n equal shares."""
    return -sum(share * math.log2(share) for share in shares if share > 0)


def choices(model: Trigram, temperature: float) -> Callable[[tuple[str, str]], Choice[str]]:
    """Return a function from the two words before to the choice of the next one; what it returned before, it knows."""

    @cache
    def after(pair: tuple[str, str]) -> Choice[str]:
        votes = model.votes[pair]
        shares = sharpened([votes[word] + 1 / len(model.vocabulary) for word in model.vocabulary], temperature)
        return Choice.of(model.vocabulary, np.array(shares))

    return after


def write(after: Callable[[tuple[str, str]], Choice[str]], rng: Any) -> str:
    """Draw a sentence word by word."""
    pair, written = (START, START), list[str]()
    while len(written) < LONGEST:
        word = after(pair).draw(rng)
        if word == END:
            break
        written.append(word)
        pair = (pair[1], word)
    return " ".join(written)
