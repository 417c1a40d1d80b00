"""A share drawn as squares: for sixteen per cent, sixteen of a hundred squares are filled."""

from __future__ import annotations

import re

from workshop.constructs.table import text_of
from workshop.layout.context import Desk
from workshop.layout.laid import LaidShapes, Shape
from workshop.model.kit import Slide
from workshop.model.theme import Box, LayoutSpec, Placeholder, inches

ROLE = "big-number"
MOST = 100
PER_ROW = ((10, 5), (30, 10), (MOST, 20))  # up to so many squares, so many per row: the fewer they are, the larger
SQUARE = 0.82  # side of a square, relative to the pitch
GAP = inches(0.4)  # to the text below them
_PERCENT = re.compile(r"(\d{1,2}(?:\.\d+)?)\s*%")
_OF = re.compile(r"(\d{1,2})\s+(?:in|of)\s+(\d{1,3})")


def share_of(slide: Slide) -> tuple[int, int] | None:
    """Return the numbers of filled squares and of all squares for a big number: (16, 100) for "16%", (1, 7) for "1 in 7".

    The result is ``None`` for any other number, and if no square or all of them would be filled.
    """
    text = "".join(line.text for line in text_of(slide.slot("number"))).strip()
    if found := _PERCENT.fullmatch(text):
        filled, total = round(float(found[1])), MOST
    elif found := _OF.fullmatch(text):
        filled, total = int(found[1]), int(found[2])
    else:
        return None
    return (filled, total) if 0 < filled < total <= MOST else None


def has_units(spec: LayoutSpec, slide: Slide) -> bool:
    """Whether squares are drawn: for a share, on our own layout for big numbers."""
    place = spec.find("main")
    return spec.role == ROLE and place is not None and place.home is None and place.idx >= 0 and bool(share_of(slide))


def under_units(place: Placeholder, slide: Slide) -> Box:
    """Return the box of the text below the squares; without them it would begin at their top."""
    down = _height(place.box.w, slide) + GAP
    return Box(place.box.x, place.box.y + down, place.box.w, place.box.h - down)


def lay_units(desk: Desk, spec: LayoutSpec, slide: Slide) -> LaidShapes | None:
    """Return the squares above the layout's main text, row by row, as one group."""
    share, place = share_of(slide), spec.find("main")
    if share is None or place is None or not has_units(spec, slide):
        return None
    filled, total = share
    top, pitch = place.box.y - _height(place.box.w, slide) - GAP, _pitch(place.box.w, total)
    side, per_row = round(pitch * SQUARE), _per_row(total)
    squares = tuple(
        Shape(
            kind="rect",
            box=Box(place.box.x + k % per_row * pitch, top + k // per_row * pitch, side, side),
            fill="accent" if k < filled else "",
            outline="" if k < filled else "muted",
            weight=0.75,
        )
        for k in range(total)
    )
    return LaidShapes(squares, str(desk.words["units-alt"]).format(filled=filled, total=total))


def _per_row(total: int) -> int:
    return next(per_row for most, per_row in PER_ROW if total <= most)


def _pitch(width: int, total: int) -> int:
    return width // _per_row(total)


def _height(width: int, slide: Slide) -> int:
    total = (share_of(slide) or (0, MOST))[1]
    return -(-total // _per_row(total)) * _pitch(width, total)
