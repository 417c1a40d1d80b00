"""The key above grouped columns: a swatch and a name for each series."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from workshop.charts.estimate import LEADING, text_width
from workshop.charts.geometry import Rect

SWATCH = 0.7  # relative to the text's size
NEAR, FAR = 0.4, 1.4  # relative to the size: from a swatch to its name, and from there to the next swatch
BELOW = 6.0  # points
SLACK = 1.5  # relative to the size, for each name: some programs draw wider swatches


class Entry(Struct, frozen=True):
    """The places of the swatch and the name of a series."""

    name: str
    swatch: Rect
    words: Rect


def key_rows(names: Sequence[str], size: float, width: float) -> tuple[tuple[str, ...], ...]:
    """Return the names in rows of at most ``width`` points; if there are several rows, they have equal columns.

    >>> key_rows(["before", "after"], 18, 400)
    (('before', 'after'),)
    """
    widest = max(entry_width(name, size) for name in names)
    if sum(entry_width(name, size) for name in names) <= width:
        return (tuple(names),)
    each = max(1, int(width // widest))
    return tuple(tuple(names[k : k + each]) for k in range(0, len(names), each))


def key_rect(names: Sequence[str], size: float, width: float) -> Rect:
    """Return the key's place in a box ``width`` points wide: at the top, as wide as its equal columns need."""
    rows = key_rows(names, size, width)
    columns = max(map(len, rows)) * (max(entry_width(name, size) for name in names) + SLACK * size)
    return Rect(0, 0, min(columns, width), len(rows) * size * LEADING + BELOW)


def entry_width(name: str, size: float) -> float:
    """Return the distance from one swatch to the next, in points."""
    return (SWATCH + NEAR + FAR) * size + text_width(name, size)


def key_entries(names: Sequence[str], size: float, left: float, top: float, width: float) -> tuple[Entry, ...]:
    """Return the place of every swatch and name, row by row."""
    found = []
    rows = key_rows(names, size, width)
    widest = max(entry_width(name, size) for name in names)
    for number, row in enumerate(rows):
        x, middle = left, top + (number + 0.5) * size * LEADING
        for name in row:
            side = SWATCH * size
            swatch = Rect(x, middle - side / 2, side, side)
            words = Rect(x + side + NEAR * size, middle - size * LEADING / 2, text_width(name, size), size * LEADING)
            found.append(Entry(name, swatch, words))
            x += widest if len(rows) > 1 else entry_width(name, size)
    return tuple(found)
