"""A share drawn as squares: for sixteen per cent, sixteen of a hundred squares are filled, from the foot."""

from __future__ import annotations

import re

from workshop.constructs.table import text_of
from workshop.layout.context import Desk
from workshop.layout.laid import LaidShapes, Shape
from workshop.model.kit import Slide
from workshop.model.theme import Box, LayoutSpec

LOOK = "field"
MOST = 100
PER_ROW = ((10, 5), (30, 10), (MOST, 10))  # up to so many squares, so many per row: the fewer they are, the larger
SQUARE = 0.84  # side of a square, relative to the pitch
_PERCENT = re.compile(r"(?:\D*\s)?(\d{1,2}(?:\.\d+)?)\s*%")
_OF = re.compile(r"(\d{1,2})\s+(?:in|of)\s+(\d{1,3})")


def share_of(slide: Slide, figure: str = "") -> tuple[float, int] | None:
    """Return the numbers of filled squares and of all squares: (16, 100) for "16%", (6.5, 100) for "about 6.5%", (1, 7) for "1 in 7".

    The result is ``None`` for any other number, and if no square or all of them would be filled.

    Args:
        figure: the figure of a finding, on a slide without a number.
    """
    text = "".join(line.text for line in text_of(slide.slot("number"))).strip() or figure
    if found := _PERCENT.fullmatch(text):
        filled, total = float(found[1]), MOST
    elif found := _OF.fullmatch(text):
        filled, total = float(found[1]), int(found[2])
    else:
        return None
    return (filled, total) if 0 < filled < total <= MOST else None


def lay_units(desk: Desk, spec: LayoutSpec, share: tuple[float, int] | None) -> LaidShapes | None:
    """Return the squares at the foot of the layout's area, row by row, as one group; a part of one stands for the decimals."""
    if share is None or spec.area is None:
        return None
    filled, total = share
    per_row = next(per_row for most, per_row in PER_ROW if total <= most)
    rows = -(-total // per_row)
    pitch = min(spec.area.w // per_row, spec.area.h // rows)
    side = round(pitch * SQUARE)
    left, foot = spec.area.right - per_row * pitch + pitch - side, spec.area.bottom
    squares = []
    for k in range(total):
        box = Box(left + k % per_row * pitch, foot - (k // per_row) * pitch - side, side, side)
        part = round(side * min(1.0, max(0.0, filled - k)))
        if part:
            squares.append(Shape(kind="rect", box=Box(box.x, box.y, part, side), fill="accent"))
        if part < side:
            rest = Box(box.x + part, box.y, side - part, side)
            squares.append(Shape(kind="rect", box=rest, outline="muted", weight=0.75))
    return LaidShapes(tuple(squares), str(desk.words["units-alt"]).format(filled=f"{filled:g}", total=total))
