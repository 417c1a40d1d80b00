"""The things on a chart that no label may lie on, as boxes and lines in points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from workshop.charts.canvas import Names, on_value_axis
from workshop.charts.draw import TICK_CLEAR
from workshop.charts.geometry import LABEL_GAP, Point, Rect, Segment, text_box
from workshop.charts.resolved import Frame, ResolvedSeries


def marks(frame: Frame, series: Iterable[ResolvedSeries], least: float = 0.0) -> list[Rect]:
    """Return the boxes of all markers, at least ``least`` points to each side of their points."""
    found = []
    for s in series:
        half = max(0.0 if s.marker == "none" else s.marker_size / 2 + 1, least)
        points = filter(None, frame.points(s.index)) if half else ()
        found += [Rect(x - half, y - half, 2 * half, 2 * half) for x, y in points]
    return found


def segments(points: Sequence[Point | None]) -> list[Segment]:
    """Return the parts of a line through points; none at a gap."""
    return [(one, two) for one, two in pairwise(points) if one is not None and two is not None]


def intervals(frame: Frame) -> list[Segment]:
    """Return the intervals of all series."""
    return [ends for number in range(len(frame.chart.series)) for _, ends in frame.intervals(number)]


def reference_lines(frame: Frame) -> list[Segment]:
    """Return the dashed lines of all references."""
    chart = frame.chart
    return [frame.reference("value" if on_value_axis(chart, r) else "other", r.value) for r in chart.references]


def category_names(frame: Frame, names: Names) -> list[Rect]:
    """Return the boxes of the names below the plot, or left of horizontal bars."""
    found = []
    for index in range(0, len(names.texts), names.every):
        middle = frame.along_other(index)
        at, side = ((frame.plot.left, middle), "left") if frame.lying else ((middle, frame.plot.bottom), "below")
        found.append(text_box(names.texts[index], names.size, at, side, LABEL_GAP))
    return found


def foot(frame: Frame, height: float) -> Rect:
    """Return everything below the plot of a chart of some height: a label between the names there would look like one of them."""
    return Rect(0, frame.plot.bottom, frame.plot.right, max(height - frame.plot.bottom, 0.0))


def ticks(frame: Frame, size: float) -> list[Rect]:
    """Return the boxes of the tick texts of both axes, if they are visible."""
    plot, found = frame.plot, []
    if frame.value.visible:
        along = ((text, frame.along_value(value)) for value, text in frame.value.ticks)
        if frame.lying:
            found += [text_box(text, size, (x, plot.bottom), "below", LABEL_GAP) for text, x in along]
        else:
            found += [text_box(text, size, (plot.left, y), "left", TICK_CLEAR) for text, y in along]
    if frame.other is not None and frame.other.visible:
        below = ((text, (frame.along_other(value), plot.bottom)) for value, text in frame.other.ticks)
        found += [text_box(text, size, at, "below", LABEL_GAP) for text, at in below]
    return found
