"""A slide that opens the companion page: the address, to be typed, and its QR code as one native shape."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layout.context import Desk
from workshop.layout.fit import best_size, fit_text
from workshop.layout.laid import LaidItem, LaidShapes, Shape
from workshop.model.kit import Run, Slide
from workshop.model.stage_pictures import CODE, FIGURE, Command, Outline, StagePicture
from workshop.model.theme import LayoutSpec

QUIET = 4  # modules of blank margin on each side, as ISO/IEC 18004 asks for
ERRORS = "l"  # a code on a wall is seen whole, and the fewer modules it has the larger they are


def lay_live(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return the address and the steps at their places, and at the foot where to look on the page.

    An address that is too long to type is left to the code.
    """
    places = [spec.find(role) for role in ("address", "main", "materials")]
    lines = text_of(slide.slot("main"))
    address, main, foot = places
    if address is None or main is None or foot is None or not lines:
        return {}
    typed, section = lines[0].runs
    shown = (replace(lines[0], runs=(replace(typed, link="", accent=False),)),)
    short = best_size(desk.ruler, address, shown) is not None
    words = str(desk.words["live-typed" if short else "live-section"]).format(section=section.text.lstrip(", "))
    below = (replace(lines[0], runs=(Run(words),)), *text_of(slide.slot("materials")))
    return {
        "address": fit_text(desk, address, shown, slide.at) if short else None,
        "main": fit_text(desk, main, lines[1:], slide.at),
        "materials": fit_text(desk, foot, below, slide.at),
    }


def lay_code(desk: Desk, spec: LayoutSpec, slide: Slide) -> LaidShapes | None:
    """Return the code, if the layout has a place for it; the white block under it is the layout's."""
    if spec.code is None or not slide.address:
        return None
    shown = text_of(slide.slot("main"))[0].runs[0].text
    alt = str(desk.words["qr-alt"]).format(address=shown)
    shape = Shape(
        kind="picture", box=spec.code, fill=CODE, picture=code_of(slide.address, alt), alt=alt, link=slide.address
    )
    return LaidShapes((shape,))


@cache
def code_of(address: str, alt: str) -> StagePicture:
    """Return the QR code of an address, with its blank margin, as one outline of rectangles; a unit is a module."""
    import segno

    rows = [bytes(row) for row in segno.make(address, error=ERRORS, micro=False, boost_error=False).matrix]
    side = len(rows) + 2 * QUIET
    path = tuple(command for y, row in enumerate(rows, QUIET) for command in _row(row, y))
    return StagePicture(name="code", alt=alt, width=side, height=side, outlines=(Outline(FIGURE, path),))


def _row(row: bytes, y: int) -> Iterable[Command]:
    """Yield a rectangle for each sequence of dark modules in a row."""
    start = 0
    for end in range(1, len(row) + 1):
        if end < len(row) and row[end] == row[start]:
            continue
        if row[start]:
            left, right = start + QUIET, end + QUIET
            yield from (("M", (left, y)), ("L", (right, y)), ("L", (right, y + 1)), ("L", (left, y + 1)), ("Z", ()))
        start = end
