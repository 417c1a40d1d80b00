"""Avoiding a last row of one word: non-breaking spaces hold the last words of a paragraph together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from workshop.layout.measure import Row, Ruler, indent
from workshop.model.kit import Line
from workshop.model.theme import EMU_PER_POINT, Placeholder

HELD = "\u00a0"
LEAST = 0.25  # share of the width: a shorter last row looks lost
MOST_HELD = 3  # spaces: more would leave a gap in the row before


def without_orphans(ruler: Ruler, placeholder: Placeholder, lines: tuple[Line, ...], size: float) -> tuple[Line, ...]:
    """Return the lines with their last words held together, if that doesn't add a row or leave the row before as short."""

    def rows_of(line: Line) -> Sequence[Row]:
        return ruler.prose(placeholder, (line,), size).rows[0]

    return tuple(held_together(line, _limit(placeholder, line), rows_of) for line in lines)


def held_together(line: Line, limit: float, rows_of: Callable[[Line], Sequence[Row]]) -> Line:
    """Return one line with its last words held together, under the same conditions.

    Args:
        limit: width of a row in points.
        rows_of: breaks a line into rows.
    """
    rows, best = rows_of(line), line
    if not _is_lost(rows, limit):
        return line
    for count in range(1, MOST_HELD + 1):
        held = _held(line, count)
        if held is None:
            break
        held_rows = rows_of(held)
        if len(held_rows) != len(rows) or any(row.broken for row in held_rows) or _is_short(held_rows[-2], limit):
            break
        best = held
        if not _is_lost(held_rows, limit):
            break
    return best


def _limit(placeholder: Placeholder, line: Line) -> float:
    left, _ = indent(line, placeholder.indents)
    return (placeholder.box.w - 2 * placeholder.inset - left) / EMU_PER_POINT


def _is_lost(rows: Sequence[Row], limit: float) -> bool:
    return len(rows) > 1 and _is_short(rows[-1], limit)


def _is_short(row: Row, limit: float) -> bool:
    return len(row.text.split()) == 1 or row.width < LEAST * limit


def _held(line: Line, count: int) -> Line | None:
    """Return the line with its last ``count`` spaces made non-breaking; ``None`` if it has too few, or one is in code."""
    spaces = [(k, n) for k, run in enumerate(line.runs) for n, sign in enumerate(run.text) if sign == " "][-count:]
    if len(spaces) < count or any(line.runs[k].code for k, _ in spaces):
        return None
    runs = list(line.runs)
    for k, n in spaces:
        text = runs[k].text
        runs[k] = replace(runs[k], text=text[:n] + HELD + text[n + 1 :])
    return replace(line, runs=tuple(runs))
