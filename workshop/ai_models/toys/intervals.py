"""Confidence intervals and an exact test, each in a few lines that can be checked by hand.

It shows how far a measured share can be trusted: Wilson's interval for one share, Newcombe's for a difference, the sign test for two models on the same
items, and a bootstrap interval of their difference. It leaves out corrections for many comparisons and items that hang together.
Source: Wilson 1927; Newcombe 1998; McNemar 1947 in its exact form; Efron 1979.

    >>> [round(end, 3) for end in wilson(0, 20)]
    [0.0, 0.161]
    >>> round(exact_sign_p(12, 4), 4)
    0.0768
"""

from __future__ import annotations

from math import comb, sqrt
from typing import Any

import numpy as np

Z95 = 1.959963984540054  # 97.5% point of the normal distribution
POWER80 = 0.8416212335729143  # its 80% point


def wilson(hits: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Return Wilson's interval for a share, which is sensible even for 0 of n (Wilson 1927)."""
    share = hits / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def newcombe(hits: int, n: int, other_hits: int, other_n: int) -> tuple[float, float]:
    """Return the 95% interval of the other share minus this one, from Wilson's intervals of both (Newcombe 1998, method 10).

    >>> [round(end, 4) for end in newcombe(48, 80, 56, 70)]
    [0.0524, 0.3339]
    """
    one, other = hits / n, other_hits / other_n
    (low, high), (other_low, other_high) = wilson(hits, n), wilson(other_hits, other_n)
    below, above = (
        sqrt((other - other_low) ** 2 + (high - one) ** 2),
        sqrt((other_high - other) ** 2 + (one - low) ** 2),
    )
    return other - one - below, other - one + above


def exact_sign_p(gained: int, lost: int) -> float:
    """Return the two-sided p for "a gain is as likely as a loss": a coin is tossed once for each changed item.

    This is the exact form of McNemar's test; items on which both models agree don't matter.
    """
    n, few = gained + lost, min(gained, lost)
    if n == 0:
        return 1.0
    return float(min(1.0, 2 * sum(comb(n, i) for i in range(few + 1)) / 2**n))


def paired_interval(gained: int, lost: int, n: int, rng: Any, draws: int = 2000) -> tuple[float, float]:
    """Return the 95% bootstrap interval of (gained - lost) / n, resampling items with replacement.

    Resampling items is the same as drawing the three counts from a multinomial distribution.
    """
    counts = rng.multinomial(n, [gained / n, lost / n, (n - gained - lost) / n], draws)
    low, high = np.quantile((counts[:, 0] - counts[:, 1]) / n, [0.025, 0.975])
    return float(low), float(high)
