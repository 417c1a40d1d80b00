"""Why suites wear out: the nearer to the top, the more questions it takes to notice that the errors were halved.

It shows textbook sample sizes for two shares, 5% two-sided with 80% power: unpooled for separate questions, McNemar's test for the same
questions, on which a new model fixes some old errors and makes a few new ones. It leaves out faulty questions, which set a ceiling of
their own, and suites that leaked. Source: Fleiss, Levin and Paik 2003; Connor 1987 for paired samples.

    >>> separate(0.97, 0.98)
    3823
    >>> same(0.015, 0.005)
    1568
    >>> noticed(0.9, 0.95, 10_000, 20, np.random.default_rng(0))
    20
"""

from __future__ import annotations

from math import ceil, sqrt

import numpy as np

from workshop.ai_models.toys.intervals import POWER80, Z95


def separate(old: float, new: float) -> int:
    """Return the questions per model if each model gets different ones."""
    spread = old * (1 - old) + new * (1 - new)
    return ceil((Z95 + POWER80) ** 2 * spread / (new - old) ** 2)


def same(gained: float, lost: float) -> int:
    """Return the questions if both models get the same ones, given the shares gained and lost."""
    changed, gain = gained + lost, gained - lost
    return ceil((Z95 * sqrt(changed) + POWER80 * sqrt(changed - gain**2)) ** 2 / gain**2)


def noticed(old: float, new: float, questions: int, tests: int, rng: np.random.Generator) -> int:
    """Return in how many of some tests the new model comes out as better, each model getting so many questions of its own."""
    before, after = rng.binomial(questions, (old, new), (tests, 2)).T / questions
    spread = np.sqrt((before * (1 - before) + after * (1 - after)) / questions)
    return int((after - before > Z95 * spread).sum())
