"""Text in drawn shapes, measured like any other text."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.layout.measure import Ruler, Style, pitch
from workshop.model.kit import Line, Run
from workshop.model.theme import EMU_PER_POINT

LABEL = 18.0  # size of the smallest text in a shape, and of every label


def one(text: str, *, strong: bool = False) -> Line:
    """Return a line with one look."""
    return Line((Run(text, strong=strong),))


def rows_of(ruler: Ruler, line: Line, size: float, width: int) -> tuple[int, bool]:
    """Return the number of rows of a line in ``width`` EMU, and whether a word is broken."""
    rows = ruler.rows(line.runs, width / EMU_PER_POINT, size, Style())
    return len(rows), any(row.broken for row in rows)


def height_of(ruler: Ruler, lines: Sequence[Line], sizes: Sequence[float], width: int) -> tuple[int, bool]:
    """Return the height in EMU of lines in a shape with ``width`` EMU for text, and whether a word is broken."""
    height, broken = 0.0, False
    for line, size in zip(lines, sizes, strict=True):
        rows, split = rows_of(ruler, line, size, width)
        height += rows * pitch(size, 100)
        broken = broken or split
    return round(height * EMU_PER_POINT), broken


def text_on(role: str) -> str:
    """Return the colour role of text on a fill."""
    return {"open": "on_open", "accent": "on_accent", "field": "on_field"}.get(role, "ink")
