"""Likely isn't guaranteed: a chance that is never zero, in many conversations.

It shows that softmax never returns zero, however far the score of an unwanted answer is pushed down, and that a small chance adds
up over many tries: at least one failure in n has the chance 1 - (1 - p)^n. It leaves out that conversations aren't independent:
whoever looks for a failure finds it sooner. Source: arithmetic.

    >>> round(at_least_one(0.001, 1000), 3)
    0.632
    >>> pushed_down(10) > 0
    True
"""

from __future__ import annotations

from math import exp


def at_least_one(p: float, n: float) -> float:
    """Return the chance that something of probability ``p`` happens at least once in ``n`` tries."""
    return float(1 - (1 - p) ** n)


def pushed_down(gap: float) -> float:
    """Return the chance of one of two answers whose score is ``gap`` below the other's."""
    return 1 / (1 + exp(gap))
