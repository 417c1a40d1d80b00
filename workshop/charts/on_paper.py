"""The steps that draw a chart on paper, for any kind to use: every line, bar and word at its resolved place."""

from __future__ import annotations

from workshop.charts.estimate import text_height
from workshop.charts.frame import Frame, bar_frame
from workshop.charts.geometry import LABEL_GAP, Rect, text_box
from workshop.charts.key import key_entries
from workshop.charts.labels import label_box, outwards, reference_box
from workshop.charts.resolved import ResolvedChart, ResolvedReference
from workshop.charts.surface import Surface
from workshop.model.records import dataclass

HAIRLINE, AXIS, REFERENCE = 0.5, 0.9, 1.1
HALO = 3.5  # width of the background around a line that crosses a bar, relative to the line
TICK_CLEAR = 6.0
MARKER_ROOM = 9.0  # points kept free around a first point on the value axis
ALIGN = {"right": "left", "left": "right"}  # side of the point -> alignment of the text


@dataclass(frozen=True, slots=True)
class Sheet:
    """The context in which a chart is drawn.

    Attributes:
        grown: factor for all text sizes.
    """

    resolved: ResolvedChart
    frame: Frame
    paper: Surface
    grown: float

    def words(self, text: str, box: Rect, size: float, role: str, *, bold: bool = False, align: str = "center") -> None:
        """Set text in a box that was estimated for ``size``."""
        size *= self.grown
        box = Rect(box.left, box.center[1] - text_height(text, size) / 2, box.width, text_height(text, size))
        self.paper.words(text, box, size, role, bold=bold, align=align)


# ---------------------------------------------------------------- axes
def value_axis(sheet: Sheet) -> None:
    """Draw gridlines and ticks of the value axis, if it is visible."""
    resolved, frame = sheet.resolved, sheet.frame
    plot, size = frame.plot, resolved.tick_size
    if frame.lying:
        for value, text in resolved.value_axis.ticks if resolved.value_axis.visible else ():
            x = frame.along_value(value)
            sheet.paper.line([(x, plot.top), (x, plot.bottom)], "faint", HAIRLINE, order=1)
            sheet.words(text, text_box(text, size, (x, plot.bottom), "below", LABEL_GAP), size, "muted")
        return
    on_axis = resolved.other_axis is not None or frame.edge_to_edge
    clear = TICK_CLEAR + MARKER_ROOM * size / 18 if on_axis else TICK_CLEAR
    for value, text in resolved.value_axis.ticks if resolved.value_axis.visible else ():
        y = frame.along_value(value)
        sheet.paper.line([(plot.left, y), (plot.right, y)], "faint", HAIRLINE, order=1)
        sheet.words(text, text_box(text, size, (plot.left, y), "left", clear), size, "muted", align="right")


def other_axis(sheet: Sheet) -> None:
    """Draw the axis along x: names of categories, or visible ticks of numbers."""
    resolved, frame = sheet.resolved, sheet.frame
    axis, plot, size = resolved.other_axis, frame.plot, resolved.tick_size
    if axis is None:
        category_axis(sheet)
    elif axis.visible:
        sheet.paper.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], "ink", AXIS, order=3)
        for value, text in axis.ticks:
            at = (frame.along_other(value), plot.bottom)
            sheet.words(text, text_box(text, size, at, "below", LABEL_GAP), size, "muted")


def category_axis(sheet: Sheet) -> None:
    """Draw the baseline and the names beside it; names of horizontal bars end at it."""
    resolved, frame = sheet.resolved, sheet.frame
    plot, size = frame.plot, resolved.category_size
    along = frame.along_value(frame.foot)
    ends = [(along, plot.top), (along, plot.bottom)] if frame.lying else [(plot.left, along), (plot.right, along)]
    sheet.paper.line(ends, "ink", AXIS, order=3)
    for index, name in enumerate(resolved.categories):
        if index % resolved.every:
            continue
        middle = frame.along_other(index)
        if frame.lying:
            box = text_box(name, size, (plot.left, middle), "left", 2 * LABEL_GAP)
            sheet.words(name, box, size, "ink", align="right")
        else:
            sheet.words(name, text_box(name, size, (middle, plot.bottom), "below", LABEL_GAP), size, "ink")


def axis_title(sheet: Sheet) -> None:
    """Draw the name of the axis along x, if it is visible, below everything else."""
    resolved, frame = sheet.resolved, sheet.frame
    text, size = resolved.chart.x_label, resolved.tick_size
    if text and (resolved.other_axis is None or resolved.other_axis.visible):
        sheet.words(text, text_box(text, size, (frame.plot.center[0], resolved.size[1]), "above", 0), size, "muted")


# ---------------------------------------------------------------- references and intervals
def references(sheet: Sheet) -> None:
    """Draw the dashed lines with their labels."""
    for reference in sheet.resolved.references:
        _reference(sheet, reference)


def references_over_bars(sheet: Sheet) -> None:
    """Draw the dashed lines on bands of the background colour, so that they can be seen on bars."""
    for reference in sheet.resolved.references:
        sheet.paper.line(sheet.frame.reference(reference.axis, reference.value), "bg", REFERENCE * HALO, order=1.7)
        _reference(sheet, reference)


def _reference(sheet: Sheet, reference: ResolvedReference) -> None:
    sheet.paper.line(sheet.frame.reference(reference.axis, reference.value), "ink", REFERENCE, "dash", order=1.8)
    align = "center"
    if reference.position == "right":
        align = "left"
    elif reference.axis == "value" and not sheet.frame.lying:
        align = "right" if reference.at == "end" else "left"
    size = sheet.resolved.reference_size
    sheet.words(reference.label, reference_box(sheet.frame, reference, size), size, "ink", align=align)


def error_bars(sheet: Sheet) -> None:
    """Draw the intervals of all series that have any, on bands of the background colour."""
    frame = sheet.frame
    for series in sheet.resolved.series:
        data = sheet.resolved.chart.series[series.index]
        for index, (low, high) in enumerate(zip(data.low, data.high, strict=False)):
            middle = frame.point(series.index, index)
            if middle is None:
                continue
            one, two = frame.along_value(low), frame.along_value(high)
            ends = [(one, middle[1]), (two, middle[1])] if frame.lying else [(middle[0], one), (middle[0], two)]
            sheet.paper.line(ends, "bg", REFERENCE * HALO, order=2.9)
            sheet.paper.line(ends, "ink", REFERENCE, order=3)


# ---------------------------------------------------------------- data
def bars(sheet: Sheet) -> None:
    """Draw the bars of all series.

    Raises:
        TypeError: for a chart whose frame has no bars.
    """
    frame = bar_frame(sheet.frame)
    for series in sheet.resolved.series:
        painted = dict(series.point_colors)
        for index in range(len(sheet.resolved.chart.categories)):
            bar = frame.bar(series.index, index)
            if bar:
                pattern = series.point_pattern if index in painted else series.pattern
                sheet.paper.bar(bar, pattern, painted.get(index, series.color))


def markers(sheet: Sheet, *, hollow: bool = False) -> None:
    """Draw a marker at every point; a hollow one shows the value at its centre."""
    for series in sheet.resolved.series:
        colors, symbols = dict(series.point_colors), dict(series.point_markers)
        for index, point in enumerate(sheet.frame.points(series.index)):
            if point:
                symbol, role = symbols.get(index, series.marker), colors.get(index, series.color)
                sheet.paper.mark(point, symbol, series.marker_size, role, hollow=hollow)


# ---------------------------------------------------------------- words
def labels(sheet: Sheet) -> None:
    """Set the labels of all points."""
    resolved, frame = sheet.resolved, sheet.frame
    for series in resolved.series:
        for label in series.labels:
            box = label_box(frame, series, label, resolved.label_size)
            align = ALIGN.get(outwards(frame, series.index, label), "center")
            size = label.size or resolved.label_size
            sheet.words(label.text, box, size, label.color, bold=label.bold, align=align)


def key(sheet: Sheet) -> None:
    """Draw the key above grouped columns."""
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
