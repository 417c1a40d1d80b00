"""A share drawn as squares: for sixteen per cent, sixteen of a hundred squares are filled, from the foot."""

from __future__ import annotations

import re

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layout.context import Desk
from workshop.layout.fit import common_size, fit_text
from workshop.layout.laid import LaidItem, LaidShapes, Shape
from workshop.layout.statements import statement
from workshop.model.kit import Line, Run, Slide
from workshop.model.theme import Box, LayoutSpec

LOOK = "field"
MOST = 100
PER_ROW = ((10, 5), (30, 10), (MOST, 10))  # up to so many squares, so many per row: the fewer they are, the larger
TWO = 2  # shares that are shown side by side
SQUARE = 0.84  # side of a square, relative to the pitch
_PERCENT = re.compile(r"(?:\D*\s)?(\d{1,2}(?:\.\d+)?)\s*%")
_OF = re.compile(r"(\d{1,2})\s+(?:in|of)\s+(\d{1,3})")


def share_of(slide: Slide, figure: str = "") -> tuple[float, int] | None:
    """Return the numbers of filled squares and of all squares: (16, 100) for "16%", (6.5, 100) for "about 6.5%", (1, 7) for "1 in 7".

    The result is ``None`` for any other number, and if no square or all of them would be filled.

    Args:
        figure: the figure of a finding, on a slide without a number.
    """
    return _share("".join(line.text for line in text_of(slide.slot("number"))).strip() or figure)


def shares_of(slide: Slide) -> tuple[tuple[str, Line, tuple[float, int]], ...]:
    """Return the figure, the words and the share of each of two items of a finding that begin with a share in bold; else nothing."""
    lines = text_of(slide.slot("finding"))
    if len(lines) != TWO or any(line.marker == "none" for line in lines):
        return ()
    found = []
    for line in lines:
        figure, rest = statement(line)
        share = _share(figure)
        if share is None or not rest.runs:
            return ()
        found.append((figure, rest, share))
    return tuple(found)


def lay_shares(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return the figures of two shares and their words, all figures and all words at one size."""
    found: dict[str, LaidItem | None] = {}
    if not spec.pictures or spec.find("figure-1") is None:
        return found
    shares = shares_of(slide)
    for role, k in (("figure", 0), ("meaning", 1)):
        texts = [(Line((Run(share[0]),)) if not k else share[1],) for share in shares]
        places = [place for n in range(1, len(texts) + 1) if (place := spec.find(f"{role}-{n}"))]
        cap = min(common_size(desk.ruler, place, [lines]) for place, lines in zip(places, texts, strict=True))
        found |= {p.role: fit_text(desk, p, lines, slide.at, cap) for p, lines in zip(places, texts, strict=True)}
    return found


def lay_fields(desk: Desk, spec: LayoutSpec, slide: Slide) -> list[LaidItem | None]:
    """Return the fields of squares of two shares."""
    pairs = zip(spec.pictures, shares_of(slide), strict=False)
    return [lay_units(desk, replace(spec, area=place.box), share) for place, (_, _, share) in pairs]


def _share(text: str) -> tuple[float, int] | None:
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
