"""Differences between a personal sheet and the standard one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

Option = TypeVar("Option")


def pick(rng: Any, options: Sequence[Option]) -> Option:
    """Return the first option for the standard sheet (no generator), else a random one.

    Args:
        rng: a ``numpy.random.Generator``, or ``None``.
        options: options of equal difficulty, the standard one first.
    """
    return options[0] if rng is None else options[int(rng.integers(len(options)))]
