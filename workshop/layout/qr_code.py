"""The QR code of an address: on slides as one native shape, on paper, in Word and on pages as an SVG."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from workshop.model.stage_picture import FIGURE, Command, Outline, StagePicture

if TYPE_CHECKING:
    from segno import QRCode

QUIET = 4  # modules of blank margin on each side, as ISO/IEC 18004 asks for
ERRORS = "l"  # or a higher level, if that takes no more modules: the fewer there are, the larger they are


def _made(text: str) -> QRCode:
    import segno

    return segno.make(text, error=ERRORS, micro=False)


@cache
def code_of(text: str, alt: str) -> StagePicture:
    """Return the QR code of a text, with its blank margin, as one outline of rectangles; a unit is a module."""
    rows = [bytes(row) for row in _made(text).matrix]
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


def code_svg(text: str) -> str:
    """Return the QR code of a text as an SVG of any size, dark on white, with its blank margin."""
    made = io.BytesIO()
    _made(text).save(made, kind="svg", border=QUIET, scale=8, xmldecl=False, light="#fff", omitsize=True)
    return made.getvalue().decode()
