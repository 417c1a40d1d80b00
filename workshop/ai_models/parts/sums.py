"""Sums of two digits in words, as text to learn from."""

from __future__ import annotations

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
