"""Confident isn't correct: how often a model is right, compared with how sure it is.

It shows overconfidence in a model that only counts: few notes that agree make it surer than the world allows, and how sure it can be
depends on ``k``, a number that somebody chooses. Things belong in rooms, and are found there most of the time. It leaves out
networks, and the repair of their confidence afterwards (temperature scaling). Source: Guo et al. 2017, arXiv 1706.04599, for the
error over bins.

    >>> rows = reliability(np.array([0.95, 0.92, 0.31]), np.array([True, False, False]))
    >>> [(place, n, round(said, 3), right) for place, n, said, right in rows]
    [(3, 1, 0.31, 0.0), (9, 2, 0.935, 0.5)]
    >>> round(calibration_error(rows), 3)
    0.393
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOMS = 12
BINS = 10
Notes = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def write_notes(home: NDArray[np.int64], count: int, tidy: float, rng: Any) -> Notes:
    """Return ``count`` notes: thing, day, and the room where it was found."""
    thing, day = rng.integers(0, ROOMS, count), rng.integers(0, ROOMS, count)
    found = np.where(rng.random(count) < tidy, home[thing, day], rng.integers(0, ROOMS, count))
    return thing, day, found


def chances(notes: Notes, k: float) -> NDArray[np.float64]:
    """Return P(room | thing, day) from counts, with a phantom count of ``k`` for each room."""
    counts = np.zeros((ROOMS, ROOMS, ROOMS))
    np.add.at(counts, notes, 1)
    shares: NDArray[np.float64] = (counts + k) / (counts.sum(axis=2, keepdims=True) + k * ROOMS)
    return shares


def reliability(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> list[tuple[int, int, float, float]]:
    """Return (bin, number, mean confidence, share right) for every bin with guesses."""
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    filled = [(b, place == b) for b in range(BINS) if (place == b).any()]
    return [(b, int(here.sum()), float(sure[here].mean()), float(right[here].mean())) for b, here in filled]


def calibration_error(rows: Sequence[tuple[int, int, float, float]]) -> float:
    """Return the mean difference between confidence and share right, over all guesses."""
    return sum(n * abs(said - hit) for _, n, said, hit in rows) / sum(n for _, n, _, _ in rows)
