"""A resolved chart on paper: every line, bar and word where it was resolved to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from workshop.charts.estimate import text_height
from workshop.charts.geometry import (
    BARS,
    LABEL_GAP,
    Frame,
    Point,
    Rect,
    frame_of,
    label_box,
    outwards,
    reference_box,
    text_box,
)
from workshop.charts.key import key_entries
from workshop.charts.lines import MARKER_ROOM
from workshop.charts.paper import Face, Paper
from workshop.charts.resolved import ResolvedChart
from workshop.model.exhibits import ChartKind

POINTS_PER_MM = 72 / 25.4
HAIRLINE, AXIS, REFERENCE = 0.5, 0.9, 1.1
HALO = 3.5  # times the line: ground around what crosses a bar
_ALIGN = {"right": "left", "left": "right"}


def draw_svg(
    resolved: ResolvedChart,
    *,
    width_mm: float,
    height_mm: float,
    colors: Mapping[str, str],
    font: str = "",
    font_files: Sequence[Path] = (),
    size_pt: float = 0.0,
) -> bytes:
    """Draw a chart as SVG with its words as text; the same chart gives the same bytes.

    Args:
        resolved: for a box of the same proportions.
        width_mm, height_mm: of the drawing; a chart resolved for another size is scaled to the width.
        colors: role -> six hex digits.
        font, font_files: the family, and its files, by which places are measured; whoever shows the drawing needs
            them too.
        size_pt: size of the labels on paper, if it should not just follow the scale; give it to ``resolve_chart``
            too, which keeps labels apart at that size.
    """
    return _drawn(resolved, (width_mm, height_mm), colors, Face(font, tuple(font_files)), size_pt).save("svg")


def draw_png(
    resolved: ResolvedChart,
    *,
    width_mm: float,
    height_mm: float,
    colors: Mapping[str, str],
    font: str = "",
    font_files: Sequence[Path] = (),
    size_pt: float = 0.0,
) -> bytes:
    """Draw a chart as PNG at 200 dots an inch; arguments as in ``draw_svg``."""
    return _drawn(resolved, (width_mm, height_mm), colors, Face(font, tuple(font_files)), size_pt).save("png")


def _drawn(
    resolved: ResolvedChart, size_mm: tuple[float, float], colors: Mapping[str, str], face: Face, size_pt: float
) -> Paper:
    width, height = resolved.size
    scale = size_mm[0] * POINTS_PER_MM / width
    tall = size_mm[1] * POINTS_PER_MM / scale
    paper = Paper(width, max(height, tall), colors, face, scale)
    sheet = _Sheet(resolved, frame_of(resolved), paper, size_pt / (resolved.label_size * scale) if size_pt else 1.0)
    for step in (_axes, _references, _bars, _intervals, _lines, _labels, _key, _notes):
        step(sheet)
    return paper


@dataclass(frozen=True, slots=True)
class _Sheet:
    resolved: ResolvedChart
    frame: Frame
    paper: Paper
    grown: float

    @property
    def kind(self) -> ChartKind:
        return self.resolved.chart.kind

    def words(self, text: str, box: Rect, size: float, role: str, *, bold: bool = False, align: str = "center") -> None:
        """Set text in a box that was estimated for ``size``."""
        size *= self.grown
        box = Rect(box.left, box.center[1] - text_height(text, size) / 2, box.width, text_height(text, size))
        self.paper.words(text, box, size, role, bold=bold, align=align)


# ---------------------------------------------------------------- axes
def _axes(sheet: _Sheet) -> None:
    if sheet.kind is ChartKind.FOREST:
        _rows(sheet)
        return
    resolved, frame, paper = sheet.resolved, sheet.frame, sheet.paper
    plot, size = frame.plot, resolved.tick_size
    if resolved.value_axis.visible:
        on_axis = resolved.other_axis is not None or frame.edge_to_edge
        clear = 6.0 + MARKER_ROOM * size / 18 if on_axis else 6.0
        for value, text in resolved.value_axis.ticks:
            y = frame.along_value(value)
            paper.line([(plot.left, y), (plot.right, y)], "faint", HAIRLINE, order=1)
            sheet.words(text, text_box(text, size, (plot.left, y), "left", clear), size, "muted", align="right")
    if resolved.other_axis is None:
        _category_axis(sheet)
    elif resolved.other_axis.visible:
        paper.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], "ink", AXIS, order=3)
        for value, text in resolved.other_axis.ticks:
            at = (frame.along_other(value), plot.bottom)
            sheet.words(text, text_box(text, size, at, "below", LABEL_GAP), size, "muted")
    if resolved.chart.x_label and (resolved.other_axis is None or resolved.other_axis.visible) and not frame.lying:
        at = (plot.center[0], resolved.size[1])
        title = text_box(resolved.chart.x_label, size, at, "above", 0)
        if resolved.chart.kind in (ChartKind.LINE, ChartKind.SCATTER):
            sheet.words(resolved.chart.x_label, title, size, "muted")


def _category_axis(sheet: _Sheet) -> None:
    """Draw the line that bars stand on and the names beside it; names of lying bars end at it."""
    resolved, frame, paper = sheet.resolved, sheet.frame, sheet.paper
    plot, size = frame.plot, resolved.category_size
    axis = resolved.value_axis
    foot = min(max(0.0, axis.minimum), axis.maximum) if sheet.kind in BARS else axis.minimum
    along = frame.along_value(foot)
    ends = [(along, plot.top), (along, plot.bottom)] if frame.lying else [(plot.left, along), (plot.right, along)]
    paper.line(ends, "ink", AXIS, order=3)
    for index, name in enumerate(resolved.categories):
        if index % resolved.every:
            continue
        middle = frame.along_other(index)
        if frame.lying:
            box = text_box(name, size, (plot.left, middle), "left", 2 * LABEL_GAP)
            sheet.words(name, box, size, "ink", align="right")
        else:
            sheet.words(name, text_box(name, size, (middle, plot.bottom), "below", LABEL_GAP), size, "ink")


def _rows(sheet: _Sheet) -> None:
    resolved, frame = sheet.resolved, sheet.frame
    size, width = resolved.category_size, resolved.size[0]
    _foot(sheet)
    for index, row in enumerate(resolved.rows):
        y = frame.along_other(index)
        for text, x, side, role, bold in (
            (row.name, 0.0, "right", "ink", row.bold),
            (row.verdict, resolved.verdict_at * width, resolved.verdict_side, row.color, True),
        ):
            if text:
                box = text_box(text, size, (x, y), side, 0, bold=bold)
                sheet.words(text, box, size, role, bold=bold, align=_ALIGN[side])


def _foot(sheet: _Sheet) -> None:
    """Draw the line below a forest plot's intervals with its ends, and a faint one at zero."""
    frame, ticks, size = sheet.frame, sheet.resolved.value_axis.ticks, sheet.resolved.tick_size
    if not ticks:
        return
    plot = frame.plot
    ends = [(frame.along_value(value), plot.bottom) for value in (ticks[0][0], ticks[-1][0])]
    sheet.paper.line(ends, "muted", HAIRLINE, order=1)
    for value, text in ticks:
        x = frame.along_value(value)
        sheet.words(text, text_box(text, size, (x, plot.bottom), "below", LABEL_GAP), size, "muted")
        if ticks[0][0] < value < ticks[-1][0] and all(r.value != value for r in sheet.resolved.references):
            sheet.paper.line([(x, plot.top), (x, plot.bottom)], "muted", HAIRLINE, order=1)


def _references(sheet: _Sheet) -> None:
    for reference in sheet.resolved.references:
        start, end = sheet.frame.reference(reference.axis, reference.value)
        if sheet.kind in BARS:
            sheet.paper.line([start, end], "bg", REFERENCE * HALO, order=1.7)
        sheet.paper.line([start, end], "ink", REFERENCE, "dash", order=1.8)
        box = reference_box(sheet.frame, reference, sheet.resolved.reference_size)
        align = "center"
        if reference.position == "right":
            align = "left"
        elif reference.axis == "value" and not sheet.frame.lying:
            align = "right" if reference.at == "end" else "left"
        sheet.words(reference.label, box, sheet.resolved.reference_size, "ink", align=align)


# ---------------------------------------------------------------- data
def _bars(sheet: _Sheet) -> None:
    if sheet.kind not in BARS:
        return
    for series in sheet.resolved.series:
        painted = dict(series.point_colors)
        for index in range(len(sheet.resolved.chart.categories)):
            bar = sheet.frame.bar(series.index, index)
            if bar:
                pattern = series.point_pattern if index in painted else series.pattern
                sheet.paper.bar(bar, pattern, painted.get(index, series.color))


def _intervals(sheet: _Sheet) -> None:
    frame = sheet.frame
    for series in sheet.resolved.series:
        data = sheet.resolved.chart.series[series.index]
        forest = sheet.kind is ChartKind.FOREST
        colors, weights = dict(series.point_colors), dict(series.point_weights)
        for index, (low, high) in enumerate(zip(data.low, data.high, strict=False)):
            middle = frame.point(series.index, index)
            if middle is None:
                continue
            one, two = frame.along_value(low), frame.along_value(high)
            ends = [(one, middle[1]), (two, middle[1])] if frame.lying else [(middle[0], one), (middle[0], two)]
            if forest:
                sheet.paper.line(ends, colors.get(index, series.color), weights.get(index, series.weight))
            else:
                sheet.paper.line(ends, "bg", REFERENCE * HALO, order=2.9)
                sheet.paper.line(ends, "ink", REFERENCE, order=3)


def _lines(sheet: _Sheet) -> None:
    """Draw lines and markers; a line alone has open ones, so that a value can be read off its middle."""
    resolved = sheet.resolved
    if sheet.kind in BARS:
        return
    alone = len(resolved.series) == 1 and sheet.kind is ChartKind.LINE
    for series in resolved.series:
        colors, markers = dict(series.point_colors), dict(series.point_markers)
        points = sheet.frame.points(series.index)
        if sheet.kind is ChartKind.LINE:
            for part in _unbroken(points):
                sheet.paper.line(part, series.color, series.weight, series.dash)
        for index, point in enumerate(points):
            if point:
                symbol = markers.get(index, series.marker)
                sheet.paper.mark(point, symbol, series.marker_size, colors.get(index, series.color), hollow=alone)


def _unbroken(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    """Return the stretches between gaps."""
    for there, part in groupby(points, key=lambda point: point is not None):
        if there:
            yield [point for point in part if point is not None]


# ---------------------------------------------------------------- words
def _labels(sheet: _Sheet) -> None:
    resolved, frame = sheet.resolved, sheet.frame
    for series in resolved.series:
        for label in series.labels:
            box = label_box(frame, series, label, resolved.label_size)
            side = outwards(frame, series.index, label)
            sheet.words(
                label.text,
                box,
                label.size or resolved.label_size,
                label.color,
                bold=label.bold,
                align=_ALIGN.get(side, "center"),
            )


def _key(sheet: _Sheet) -> None:
    """Name grouped columns in a row above them."""
    resolved = sheet.resolved
    if resolved.key is None:
        return
    left, top, width, _ = resolved.key
    wide, high = resolved.size
    size = resolved.reference_size
    names = [series.name for series in resolved.series]
    entries = key_entries(names, size, left * wide, top * high, width * wide)
    for series, entry in zip(resolved.series, entries, strict=True):
        sheet.paper.bar(entry.swatch, series.pattern, series.color)
        sheet.words(entry.name, entry.words, size, "ink", align="left")


def _notes(sheet: _Sheet) -> None:
    for note in sheet.resolved.notes:
        at = (sheet.frame.along_other(note.x), sheet.frame.along_value(note.y) + note.dy)
        box = text_box(note.text, note.size, at, note.position, 0, bold=note.bold)
        sheet.words(note.text, box, note.size, note.color, bold=note.bold, align=_ALIGN.get(note.position, "center"))
