"""Estimated boxes of a chart's labels and of its key, and the place of a label where it covers nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from workshop.charts.canvas import Obstacles
from workshop.charts.geometry import (
    LABEL_GAP,
    LEADING,
    Point,
    Rect,
    moved,
    text_box,
    text_width,
)
from workshop.charts.resolved import Frame, PointLabel, ResolvedReference, ResolvedSeries


def outwards(frame: Frame, series: int, label: PointLabel) -> str:
    """Return the side for a label's ``position``; "end" depends on the bar's direction."""
    if label.position != "end":
        return label.position
    value = frame.chart.series[series].values[label.index] or 0.0
    return ("left" if value < 0 else "right") if frame.lying else "below" if value < 0 else "above"


def label_box(frame: Frame, series: ResolvedSeries, label: PointLabel, label_size: float) -> Rect:
    """Return the estimated box of a point's label."""
    at = frame.point(series.index, label.index)
    if at is None:
        raise ValueError(f"series {series.name!r} has a label on a gap")
    side = outwards(frame, series.index, label)
    clear = LABEL_GAP + (series.marker_size / 2 if series.marker != "none" else 0.0)
    box = text_box(label.text, label.size or label_size, at, side, clear, bold=label.bold)
    return moved(box, label.dx, label.dy)


def reference_box(frame: Frame, reference: ResolvedReference, size: float) -> Rect:
    """Return the estimated box of a reference's label."""
    start, end = frame.reference(reference.axis, reference.value)
    at = end if reference.at == "end" else start
    box = text_box(reference.label, size, at, reference.position, LABEL_GAP / 2)
    return moved(box, reference.dx, reference.dy)


def reference_align(frame: Frame, reference: ResolvedReference) -> str:
    """Return the end of its box at which a reference's label begins: "left", "right" or "center"."""
    if reference.position == "right":
        return "left"
    if reference.axis != "value" or frame.lying:
        return "center"
    return "right" if reference.at == "end" else "left"


def beside(at: Point, width: float, height: float, clear: float) -> Iterator[Rect]:
    """Yield the boxes right, left, above and below a point, ``clear`` points away from it.

    >>> [box.center for box in beside((0, 0), 20, 10, 5)]
    [(15.0, 0.0), (-15.0, 0.0), (0.0, -10.0), (0.0, 10.0)]
    """
    x, y = at
    across, along = clear + width / 2, clear + height / 2
    for dx, dy in ((across, 0.0), (-across, 0.0), (0.0, -along), (0.0, along)):
        yield Rect(x + dx - width / 2, y + dy - height / 2, width, height)


def free_place(choices: Iterable[Rect], obstacles: Obstacles) -> Rect:
    """Return the first box that covers nothing, or else the one that covers least.

    Raises:
        ValueError: if there are no boxes.
    """
    best: tuple[float, Rect] | None = None
    for box in choices:
        cost = round(obstacles.cost(box), 3)
        if cost <= 0:
            return box
        if best is None or cost < best[0]:
            best = cost, box
    if best is None:
        raise ValueError("a label needs a place to choose from")
    return best[1]


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
