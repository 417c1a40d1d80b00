"""A formula that has a place of its own on a slide of a talk."""

# ruff: noqa: ARG002 - every cell has the same three methods, whether or not it needs all that they are given

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from workshop.layout.cells import Sheet
from workshop.layout.formulas import extent
from workshop.layout.laid import LaidText
from workshop.model.kit import Line
from workshop.model.theme import EMU_PER_POINT, Box

SIZES = (40.0, 36.0, 32.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 12.0, 11.0, 10.0)
MORE = 2.0  # points by which a formula in its own line is larger than the text


class Equation(Struct, frozen=True):
    """A formula in a line of its own, in the middle of its place; smaller than the text if it is too wide."""

    line: Line

    def _size(self, width: int, size: float) -> float:
        assert self.line.displayed is not None
        wide = extent(self.line.displayed).width * EMU_PER_POINT
        largest = size + MORE
        return next((s for s in (largest, *SIZES) if s <= largest and wide * s <= width), SIZES[-1])

    def least(self, sheet: Sheet, width: int, size: float) -> int:
        """Return the height of the formula."""
        assert self.line.displayed is not None
        return round(extent(self.line.displayed).height * self._size(width, size) * EMU_PER_POINT)

    wanted = least

    def put(self, sheet: Sheet, box: Box, size: float) -> None:
        """Put the formula at the top of the box."""
        own = self._size(box.w, size)
        high = self.least(sheet, box.w, size)
        place = sheet.place("Formula", Box(box.x, box.y, box.w, high), (own,))
        place = replace(place, align="ctr", anchor="ctr", before=0)
        sheet.add(place, LaidText(place, (self.line,), own, high))
