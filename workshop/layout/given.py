"""The text that an exercise works on, on a panel between its table and its hint."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.constructs.panels import Given
from workshop.constructs.table import text_of
from workshop.layout.context import Desk
from workshop.layout.drawn import LABEL, height_of, one, rows_of, text_on
from workshop.layout.laid import LaidShapes, Shape
from workshop.model.kit import Line, Slide
from workshop.model.theme import Box, inches

SLOT, FILL = "given", "panel"
INSET, PAD, UNDER_HEAD = inches(0.2), inches(0.12), inches(0.06)
SEAM = 6350  # half a point: the parts of a panel overlap so that no light comes through between them
SIZES = (24.0, 22.0, 20.0)


def panels_of(desk: Desk, slide: Slide, x: int, width: int, foot: int) -> Iterator[LaidShapes]:
    """Yield the panel that ends at ``foot``, in two columns, first in the largest size that breaks no line; nothing in a template."""
    panel = next((block for block in slide.slot(SLOT) if isinstance(block, Given)), None)
    if panel is None or desk.theme.template is not None:
        return
    lines = tuple(Line(line.runs) for line in text_of(panel.blocks))
    half = width // 2 - 2 * INSET
    whole = [size for size in SIZES if all(rows_of(desk.ruler, line, size, half)[0] == 1 for line in lines)]
    for size in dict.fromkeys((*whole, *SIZES)):
        shapes = _shapes(desk, panel.title, lines, size, Box(x, 0, width, foot))
        if shapes:
            yield LaidShapes(shapes)


def _shapes(desk: Desk, title: str, lines: tuple[Line, ...], size: float, room: Box) -> tuple[Shape, ...]:
    """Return the panel at the foot of ``room`` with its text in one size; nothing if it is higher than the room for it, or has a broken word."""
    half = (len(lines) + 1) // 2
    columns = [part for part in (lines[:half], lines[half:]) if part]
    if not columns:
        return ()
    each = room.w // len(columns)
    measured = [height_of(desk.ruler, part, (size,) * len(part), each - 2 * INSET) for part in columns]
    head = (one(title, strong=True),) if title else ()
    above, broken = height_of(desk.ruler, head, (LABEL,) * len(head), room.w - 2 * INSET)
    top, below = PAD + above + UNDER_HEAD, max(height for height, _ in measured) + PAD
    y = room.bottom - top - below
    if y < room.y or broken or any(wrong for _, wrong in measured):
        return ()
    parts = [_part(Box(room.x, y, room.w, top + SEAM), head, LABEL, PAD)]
    for k, part in enumerate(columns):
        seam = SEAM if k + 1 < len(columns) else 0
        parts.append(_part(Box(room.x + k * each, y + top, each + seam, below), part, size, 0))
    return tuple(parts)


def _part(box: Box, lines: tuple[Line, ...], size: float, inset_top: int) -> Shape:
    """Return one part of the panel with its text."""
    return Shape(
        kind="rect",
        box=box,
        fill=FILL,
        color=text_on(FILL),
        lines=lines,
        sizes=(size,) * len(lines),
        anchor="t",
        inset=INSET,
        inset_top=inset_top,
    )
