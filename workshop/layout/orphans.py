"""Avoiding a last row of one word: non-breaking spaces hold the last words of a paragraph together."""

from __future__ import annotations

from dataclasses import replace

from workshop.layout.measure import Row, Ruler, indent
from workshop.model.kit import Line
from workshop.model.theme import EMU_PER_POINT, Placeholder

HELD = "\u00a0"
LEAST = 0.25  # share of the width: a shorter last row looks lost
MOST_HELD = 3  # spaces: more would leave a gap in the row before


def without_orphans(ruler: Ruler, placeholder: Placeholder, lines: tuple[Line, ...], size: float) -> tuple[Line, ...]:
    """Return the lines with their last words held together, if that doesn't add a row."""
    rows = ruler.prose(placeholder, lines, size).rows
    return tuple(_mended(ruler, placeholder, line, own, size) for line, own in zip(lines, rows, strict=True))


def _mended(ruler: Ruler, placeholder: Placeholder, line: Line, rows: tuple[Row, ...], size: float) -> Line:
    limit, best = _limit(placeholder, line), line
    if not _is_lost(rows, limit):
        return line
    for count in range(1, MOST_HELD + 1):
        held = _held(line, count)
        if held is None:
            break
        found = ruler.prose(placeholder, (held,), size)
        if len(found.rows[0]) != len(rows) or found.broken:
            break
        best = held
        if not _is_lost(found.rows[0], limit):
            break
    return best


def _limit(placeholder: Placeholder, line: Line) -> float:
    left, _ = indent(line, placeholder.indents)
    return (placeholder.box.w - 2 * placeholder.inset - left) / EMU_PER_POINT


def _is_lost(rows: tuple[Row, ...], limit: float) -> bool:
    if len(rows) < 2:
        return False
    return len(rows[-1].text.split()) == 1 or rows[-1].width < LEAST * limit


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
