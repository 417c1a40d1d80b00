"""Differences between a personal sheet and the standard one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Option = TypeVar("Option")
Drawn = TypeVar("Drawn")

DRAWS = 400  # attempts to draw numbers that fit
EDGE = 0.04  # of the last printed digit: how far a number must be from being rounded the other way


def pick(rng: Any, options: Sequence[Option]) -> Option:
    """Return the first option for the standard sheet (no generator), else a random one.

    Args:
        rng: a ``numpy.random.Generator``, or ``None``.
        options: options of equal difficulty, the standard one first.
    """
    return options[0] if rng is None else options[int(rng.integers(len(options)))]


def draw(rng: Any, standard: Drawn, make: Callable[[Any], Drawn | None]) -> Drawn:
    """Return the standard numbers without a generator, else the first ones drawn that fit.

    Args:
        make: draws numbers; ``None`` for some that don't fit, for instance because two options would tie.
    """
    for _ in range(DRAWS if rng is not None else 0):
        drawn = make(rng)
        if drawn is not None:
            return drawn
    return standard


def whole(rng: Any, low: int, high: int, step: int = 1) -> int:
    """Return a random whole number from ``low`` to ``high``, both included, in steps from ``low``."""
    return low + step * int(rng.integers((high - low) // step + 1))


def is_clear(value: float, digits: int) -> bool:
    """Whether a number can be rounded to so many digits in only one way, even after some rounding on paper.

    >>> is_clear(0.425, 2), is_clear(0.429, 2), is_clear(0.4256, 2), is_clear(0.42, 2)
    (False, True, True, True)
    """
    scaled = abs(value) * 10.0**digits
    return abs(scaled % 1 - 0.5) >= EDGE


def are_clear(values: Sequence[float], digits: int) -> bool:
    """Whether all numbers can be rounded in only one way."""
    return all(is_clear(value, digits) for value in values)
