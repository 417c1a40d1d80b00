"""A numeric axis: its limits and ticks, and the place of a value on it."""

from __future__ import annotations

import math

from msgspec import Struct


class Axis(Struct, frozen=True):
    """A value axis.

    Attributes:
        ticks: each value with its text, in order, within the limits.
        visible: whether ticks and gridlines are drawn. Bars with value labels need none; a forest plot draws its ticks
            itself.
        log: whether the scale is logarithmic.
        title: printed horizontally, never rotated; "" for none.
        base: base of the logarithm if ``log`` is set; each tick is then ``step`` times the one before.
        format: spreadsheet number format that prints the same texts as the ticks.
    """

    minimum: float
    maximum: float
    step: float
    ticks: tuple[tuple[float, str], ...]
    visible: bool = True
    log: bool = False
    title: str = ""
    base: int = 10
    format: str = "General"

    def share(self, value: float) -> float:
        """Return the place of a value, 0 at the minimum and 1 at the maximum."""
        if self.log:
            return math.log(value / self.minimum) / math.log(self.maximum / self.minimum)
        return (value - self.minimum) / (self.maximum - self.minimum)

    def at(self, share: float) -> float:
        """Return the value at a share of the axis."""
        if self.log:
            return float(self.minimum * (self.maximum / self.minimum) ** share)
        return self.minimum + share * (self.maximum - self.minimum)
