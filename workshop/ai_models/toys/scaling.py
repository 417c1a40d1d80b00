"""A scaling law: the excess surprise of a counting model falls along a straight line if both axes are logarithmic.

It shows why more text buys predictably lower loss: questions are distributed as words are (Zipf), a model that has counted more
of them is surprised less, and ``fitted`` finds the line. It leaves out the other two axes, weights and compute, and a network
that could guess what it never read. Source of the form: Kaplan et al. 2020; of Zipf's part in it: Michaud et al. 2023.

    >>> fitted([100, 1000], [2, 0.2])            # ten times the data, a tenth of the excess
    (1.0, 200.0)
    >>> round(floor(), 2)
    0.86
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

QUESTIONS, ANSWERS = 10_000, 16
SURE = 0.9  # chance that the answer to a question is the usual one
PHANTOM = 0.2  # votes for every answer before reading

Array = NDArray[np.float64]


def floor() -> float:
    """Return the surprise of someone who knows the world: the entropy of an answer, in bits."""
    return -SURE * math.log2(SURE) - (1 - SURE) * math.log2((1 - SURE) / (ANSWERS - 1))


def world(shares: Array, usual: NDArray[np.int64]) -> Array:
    """Return the chance of each question with each answer, shape (questions, answers)."""
    truth = np.full((QUESTIONS, ANSWERS), (1 - SURE) / (ANSWERS - 1))
    truth[np.arange(QUESTIONS), usual] = SURE
    return np.asarray(shares[:, None] * truth)


def surprise(size: int, shares: Array, usual: NDArray[np.int64], chances: Array, rng: np.random.Generator) -> float:
    """Return the expected surprise of a model that has counted ``size`` questions with their answers, in bits.

    Args:
        chances: those of ``world``.
    """
    asked = rng.choice(QUESTIONS, size, p=shares)
    other = (usual[asked] + rng.integers(1, ANSWERS, size)) % ANSWERS
    seen, rows = np.unique(asked, return_inverse=True)  # about the others, the model knows nothing
    counts = np.full((len(seen), ANSWERS), PHANTOM)
    np.add.at(counts, (rows, np.where(rng.random(size) < SURE, usual[asked], other)), 1)
    bits = np.full((QUESTIONS, ANSWERS), math.log2(ANSWERS))
    bits[seen] = -np.log2(counts / counts.sum(axis=1, keepdims=True))
    return float((chances * bits).sum())


def fitted(sizes: Sequence[float], excess: Sequence[float]) -> tuple[float, float]:
    """Return (exponent, factor) of excess = factor / size^exponent, by least squares on the logarithms."""
    slope, height = np.polyfit(np.log(sizes), np.log(excess), 1)
    return round(float(-slope), 12), round(float(np.exp(height)), 9)


def explained(sizes: Sequence[float], excess: Sequence[float], exponent: float, factor: float) -> float:
    """Return R squared of the fit, on the logarithms."""
    seen = np.log(excess)
    missed = seen - (math.log(factor) - exponent * np.log(sizes))
    return float(1 - (missed**2).sum() / ((seen - seen.mean()) ** 2).sum())
