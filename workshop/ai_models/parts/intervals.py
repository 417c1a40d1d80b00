"""Confidence intervals and an exact test, each in a few lines that can be checked by hand."""

from __future__ import annotations

import math
from math import comb, sqrt
from typing import Any

import numpy as np

from workshop.model.blocks import Mark, RulerScale, ValueRow, ValueTable
from workshop.wording import formats

# ---------------------------------------------------------------- intervals
Z95 = 1.959963984540054  # 97.5% point of the normal distribution
POWER80 = 0.8416212335729143  # its 80% point


def wilson(hits: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Return Wilson's interval for a share, which is sensible even for 0 of n (Wilson 1927).

    >>> [round(end, 3) for end in wilson(0, 20)]
    [0.0, 0.161]
    """
    share = hits / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def exact_sign_p(gained: int, lost: int) -> float:
    """Return the two-sided p for "a gain is as likely as a loss": a coin is tossed once for each changed item.

    This is the exact form of McNemar's test; items on which both models agree don't matter.

    >>> round(exact_sign_p(12, 4), 4)
    0.0768
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


def at_least_one(p: float, n: float) -> float:
    """Return the chance that something of probability ``p`` happens at least once in ``n`` tries.

    >>> round(at_least_one(0.001, 1000), 3)
    0.632
    """
    return float(1 - (1 - p) ** n)


# ---------------------------------------------------------------- sums
# Sums of two digits in words, as text to learn from.
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def sums(wording: str) -> tuple[str, ...]:
    """Return every sum of two digits that is below ten; ``wording`` has a place for each digit and for the sum.

    >>> len(sums("{} and {} make {}")), sums("{} and {} make {}")[12]
    (55, 'one and two make three')
    """
    return tuple(
        wording.format(first, second, NUMBERS[a + b])
        for a, first in enumerate(NUMBERS)
        for b, second in enumerate(NUMBERS[: len(NUMBERS) - a])
    )


# ---------------------------------------------------------------- scales
# The surprise ruler and the table of logarithms: bits without a calculator.
RULER_BITS = 7
NAMED = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01)
# (from, to, step): finer if a step is wide enough on paper to be seen
_FINE = ((100, 50, 2), (50, 10, 1))


def surprise(probability: float) -> float:
    """Return −log2 of a probability, in bits.

    >>> surprise(1.0), surprise(0.25)
    (0.0, 2.0)
    """
    return abs(math.log2(probability))


def ruler() -> RulerScale:
    """Return the surprise ruler: chances above, bits below."""
    fine = [p / 100 for start, stop, step in _FINE for p in range(start, stop, -step)]
    fine += [p / 1000 for p in range(100, 50, -5)] + [p / 10000 for p in range(500, 80, -25)]
    return RulerScale(
        length=RULER_BITS,
        named=tuple(Mark(surprise(p), formats.number(p)) for p in NAMED),
        fine=tuple(surprise(p) for p in fine if surprise(p) <= RULER_BITS),
        caption="Surprise ruler: find the chance above, read the bits below. Half the chance costs one bit more.",
        alt=f"A ruler. Upper edge: chance, from 1 down to 0.01. Lower edge: surprise, from 0 to {RULER_BITS} bits. "
        "A chance of 0.5 is 1 bit, of 0.25 is 2 bits.",
    )


def lookup() -> ValueTable:
    """Return −log2 p for p = 0.01 to 1.00: a row for each tenth, a column for each hundredth."""
    rows = []
    for tenth in range(10):
        cells = [surprise((10 * tenth + h) / 100) if tenth or h else None for h in range(10)]
        shown = tuple("" if c is None else formats.bits(c) for c in cells)
        rows.append(ValueRow(formats.ratio(tenth / 10, 1), shown))
    place = f"row {formats.ratio(0.4, 1)}, column 1: {formats.bits(surprise(0.41))} bits"
    return ValueTable(
        title="Surprise in bits for every chance",
        corner="chance",
        columns=tuple(map(str, range(10))),
        rows=tuple(rows),
        caption="Row: first digit of the chance. Column: second digit. "
        f"A chance of {formats.ratio(0.41)} is in {place}. A chance of 1 costs 0 bits.",
    )
