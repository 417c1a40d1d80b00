"""The steps that draw a chart, for any kind to use, the surface that they draw on, and what no label may lie on.

A step puts its lines, bars, marks and words where they were resolved. ``Vector`` makes pictures of slides from them, and the companion
page has a surface of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol

from workshop.charts.canvas import Names, on_value_axis
from workshop.charts.geometry import LABEL_GAP, Point, Rect, Segment, text_box
from workshop.charts.labels import key_entries, label_box, outwards, reference_align, reference_box
from workshop.charts.resolved import Frame, ResolvedChart, ResolvedReference, ResolvedSeries, bar_frame

HAIRLINE, AXIS, REFERENCE = 0.5, 0.9, 1.1
HALO = 3.5  # width of the background around a line that crosses a bar, relative to the line
TICK_CLEAR = 6.0
MARKER_ROOM = 9.0  # points kept free around a first point on the value axis
ALIGN = {"right": "left", "left": "right"}  # side of the point -> alignment of the text


class Surface(Protocol):
    """Lines, bars, marks and words by colour role; lengths are in points, and y grows downwards.

    A higher ``order`` is in front; bars have 1.5, marks 4 and words 5.
    """

    def line(self, points: Sequence[Point], role: str, weight: float, dash: str = "", *, order: float = 2) -> None:
        """Draw a line through points; ``dash`` is a name of DrawingML's dashes, or ""."""

    def mark(self, at: Point, symbol: str, size: float, role: str) -> None:
        """Draw a "circle", "square", "triangle", "diamond" or "none" of ``size`` points across, or an upright "tick" that high."""

    def bar(self, rect: Rect, pattern: str, role: str) -> None:
        """Draw a bar, solid for "", else with one of DrawingML's patterns or as a tint."""

    def words(self, text: str, box: Rect, size: float, role: str, *, bold: bool = False, align: str = "center") -> None:
        """Set text in an estimated box, line by line."""


def value_axis(resolved: ResolvedChart, surface: Surface) -> None:
    """Draw gridlines and ticks of the value axis, if it is visible."""
    frame, size = resolved.frame, resolved.tick_size
    plot = frame.plot
    if frame.lying:
        for value, text in resolved.value_axis.ticks if resolved.value_axis.visible else ():
            x = frame.along_value(value)
            surface.line([(x, plot.top), (x, plot.bottom)], "faint", HAIRLINE, order=1)
            surface.words(text, text_box(text, size, (x, plot.bottom), "below", LABEL_GAP), size, "muted")
        return
    clear = tick_gap(resolved)
    for value, text in resolved.value_axis.ticks if resolved.value_axis.visible else ():
        y = frame.along_value(value)
        surface.line([(plot.left, y), (plot.right, y)], "faint", HAIRLINE, order=1)
        surface.words(text, text_box(text, size, (plot.left, y), "left", clear), size, "muted", align="right")


def tick_gap(resolved: ResolvedChart) -> float:
    """Return the points between the ticks' texts and the left edge of the plot, where a first marker may be."""
    on_axis = resolved.other_axis is not None or resolved.frame.edge_to_edge
    return TICK_CLEAR + MARKER_ROOM * resolved.tick_size / 18 if on_axis else TICK_CLEAR


def other_axis(resolved: ResolvedChart, surface: Surface) -> None:
    """Draw the axis along x: names of categories, or visible ticks of numbers."""
    frame, axis, size = resolved.frame, resolved.other_axis, resolved.tick_size
    plot = frame.plot
    if axis is None:
        category_axis(resolved, surface)
    elif axis.visible:
        surface.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], "ink", AXIS, order=3)
        for value, text in axis.ticks:
            at = (frame.along_other(value), plot.bottom)
            surface.words(text, text_box(text, size, at, "below", LABEL_GAP), size, "muted")


def category_axis(resolved: ResolvedChart, surface: Surface) -> None:
    """Draw the baseline and the names beside it; names of horizontal bars end at it."""
    frame, size = resolved.frame, resolved.category_size
    plot, along = frame.plot, frame.along_value(frame.foot)
    ends = [(along, plot.top), (along, plot.bottom)] if frame.lying else [(plot.left, along), (plot.right, along)]
    surface.line(ends, "ink", AXIS, order=3)
    for index, name in enumerate(resolved.categories):
        if index % resolved.every:
            continue
        middle = frame.along_other(index)
        if frame.lying:
            box = text_box(name, size, (plot.left, middle), "left", 2 * LABEL_GAP)
            surface.words(name, box, size, "ink", align="right")
        else:
            surface.words(name, text_box(name, size, (middle, plot.bottom), "below", LABEL_GAP), size, "ink")


def axis_title(resolved: ResolvedChart, surface: Surface) -> None:
    """Draw the name of the axis along x, if it is visible, below everything else."""
    text, size = resolved.chart.x_label, resolved.tick_size
    if text and (resolved.other_axis is None or resolved.other_axis.visible):
        at = (resolved.frame.plot.center[0], resolved.size[1])
        surface.words(text, text_box(text, size, at, "above", 0), size, "muted")


def references(resolved: ResolvedChart, surface: Surface) -> None:
    """Draw the dashed lines with their labels."""
    for reference in resolved.references:
        _reference(resolved, reference, surface)


def references_over_bars(resolved: ResolvedChart, surface: Surface) -> None:
    """Draw the dashed lines on bands of the background colour, so that they can be seen on bars."""
    for reference in resolved.references:
        surface.line(resolved.frame.reference(reference.axis, reference.value), "bg", REFERENCE * HALO, order=1.7)
        _reference(resolved, reference, surface)


def _reference(resolved: ResolvedChart, reference: ResolvedReference, surface: Surface) -> None:
    frame, size = resolved.frame, resolved.reference_size
    surface.line(frame.reference(reference.axis, reference.value), "ink", REFERENCE, "dash", order=1.8)
    box, align = reference_box(frame, reference, size), reference_align(frame, reference)
    surface.words(reference.label, box, size, "ink", align=align)


def error_bars(resolved: ResolvedChart, surface: Surface) -> None:
    """Draw the intervals of all series that have any, on bands of the background colour."""
    for series in resolved.series:
        for _, ends in resolved.frame.intervals(series.index):
            surface.line(ends, "bg", REFERENCE * HALO, order=2.9)
            surface.line(ends, "ink", REFERENCE, order=3)


def bars(resolved: ResolvedChart, surface: Surface) -> None:
    """Draw the bars of all series.

    Raises:
        TypeError: for a chart whose frame has no bars.
    """
    frame = bar_frame(resolved.frame)
    for series in resolved.series:
        colors = dict(series.point_colors)
        for index in range(len(resolved.chart.categories)):
            bar = frame.bar(series.index, index)
            if bar:
                pattern = series.point_pattern if index in colors else series.pattern
                surface.bar(bar, pattern, colors.get(index, series.color))


def markers(resolved: ResolvedChart, surface: Surface) -> None:
    """Draw a marker at every point."""
    for series in resolved.series:
        colors, symbols = dict(series.point_colors), dict(series.point_markers)
        for index, point in enumerate(resolved.frame.points(series.index)):
            if point:
                symbol, role = symbols.get(index, series.marker), colors.get(index, series.color)
                surface.mark(point, symbol, series.marker_size, role)


def labels(resolved: ResolvedChart, surface: Surface) -> None:
    """Set the labels of all points."""
    frame = resolved.frame
    for series in resolved.series:
        for label in series.labels:
            box = label_box(frame, series, label, resolved.label_size)
            align = ALIGN.get(outwards(frame, series.index, label), "center")
            size = label.size or resolved.label_size
            surface.words(label.text, box, size, label.color, bold=label.bold, align=align)


def key(resolved: ResolvedChart, surface: Surface) -> None:
    """Draw the key above grouped columns."""
    if resolved.key is None:
        return
    left, top, width, _ = resolved.key
    wide, high = resolved.size
    size = resolved.reference_size
    names = [series.name for series in resolved.series]
    entries = key_entries(names, size, left * wide, top * high, width * wide)
    for series, entry in zip(resolved.series, entries, strict=True):
        surface.bar(entry.swatch, series.pattern, series.color)
        surface.words(entry.name, entry.words, size, "ink", align="left")


BASELINE = 0.35  # from the middle of a row to its baseline, relative to the size
TICK = 0.15  # width of a tick, relative to its height


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
