"""Drawing one of several things with given chances, again and again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Generic, TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Thing = TypeVar("Thing")


class Choice(Struct, Generic[Thing], frozen=True):
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
