"""A resolved chart: limits, ticks, colours, markers and labels are decided, and all renderers draw exactly these."""

from __future__ import annotations

from msgspec import Struct

from workshop.charts.axis import Axis
from workshop.charts.frame import Frame
from workshop.charts.geometry import Rect
from workshop.model.exhibits import Chart


class PointLabel(Struct, frozen=True):
    r"""Text at one point, "\n" between its lines.

    Attributes:
        position: "above", "below", "right", "left", "end" (of a bar) or "center".
        dx, dy: shift in points, to the right and down, from the usual place for ``position``.
        size: in points; 0 for the chart's ``label_size``.
    """

    index: int
    text: str
    position: str
    color: str = "ink"
    bold: bool = False
    dx: float = 0.0
    dy: float = 0.0
    size: float = 0.0


class ResolvedSeries(Struct, frozen=True):
    """One series with its look; ``index`` is its place in ``chart.series``.

    Attributes:
        color: colour role of line, marker and bar.
        marker: "circle", "square", "triangle", "diamond" or "none"; ``marker_size`` in points.
        dash: "solid", "sysDash", "lgDashDot".
        pattern: "" (solid), "tint" or a preset pattern name ("wdUpDiag", "dkHorz", "wdDnDiag", "pct50") for bars.
        weight: line width in points.
        point_colors: (index, role) of points in another colour.
        point_pattern: pattern of the bars in ``point_colors``, as in ``pattern``.
        point_markers: (index, marker) of points with another marker.
        point_weights: (index, points) of intervals drawn with another width (FOREST).
    """

    index: int
    name: str
    color: str
    marker: str = "none"
    marker_size: int = 11
    dash: str = "solid"
    pattern: str = ""
    weight: float = 4.0
    labels: tuple[PointLabel, ...] = ()
    point_colors: tuple[tuple[int, str], ...] = ()
    point_markers: tuple[tuple[int, str], ...] = ()
    point_weights: tuple[tuple[int, float], ...] = ()
    point_pattern: str = ""


class ResolvedReference(Struct, frozen=True):
    """A dashed line with its name and value already in ``label``.

    Attributes:
        axis: "value" or "other": the axis that ``value`` is measured on.
        at: the end of the line with the label: "start" or "end" (right; of a vertical line: top).
        position: "above" or "below" a horizontal line; a vertical line has its label "above" its end.
        dx, dy: shift of the label's centre from that end in points, to the right and down.
    """

    axis: str
    value: float
    label: str
    name: str = ""
    at: str = "end"
    position: str = "above"
    dx: float = 0.0
    dy: float = 0.0


class Row(Struct, frozen=True):
    """The words on both sides of one row of a forest plot."""

    name: str
    verdict: str = ""
    color: str = "ink"
    bold: bool = False


class Note(Struct, frozen=True):
    """Words at a place in the plane (SCATTER): the name of a group, or of the vertical axis.

    Attributes:
        x, y: coordinates on the other and the value axis.
        position: "center", or "right" if they begin there.
        dy: points down from there.
    """

    text: str
    x: float
    y: float
    position: str = "center"
    color: str = "ink"
    bold: bool = False
    size: float = 18.0
    dy: float = 0.0


class ResolvedChart(Struct, frozen=True, kw_only=True):
    """A resolved chart: everything that a renderer needs.

    Attributes:
        chart: the chart as drawn; its kind may differ from the original one (columns become horizontal bars if names need room).
        frame_type: type that converts data to places.
        value_axis: y of lines and columns, x of horizontal bars and forest plots.
        other_axis: x if it is a number, else ``None`` (categories).
        plot: left, top, width, height of the inner plot area as shares of the whole, leaving room for labels.
        size: width and height in points for which all places were chosen.
        tick_size, label_size, reference_size, category_size: points.
        gap: space between groups of bars, in percent of a bar's width.
        categories: the names along the axis, with line breaks; FOREST has rows instead.
        every: every ``every``-th category is named.
        rows, verdict_at: FOREST: the words of each row, and where the verdicts begin (or end, if
        ``verdict_side`` is "left"), as a share of the width.
        notes: SCATTER: names of groups and of the vertical axis.
        left_out: names for which there was no room.
        key: left, top, width and height of the key above grouped columns, as shares; or ``None``.
    """

    chart: Chart
    frame_type: type[Frame]
    value_axis: Axis
    series: tuple[ResolvedSeries, ...]
    plot: tuple[float, float, float, float]
    size: tuple[float, float]
    tick_size: float
    label_size: float
    other_axis: Axis | None = None
    references: tuple[ResolvedReference, ...] = ()
    gap: int = 50
    categories: tuple[str, ...] = ()
    category_size: float = 18.0
    reference_size: float = 18.0
    every: int = 1
    rows: tuple[Row, ...] = ()
    verdict_at: float = 1.0
    verdict_side: str = "right"
    notes: tuple[Note, ...] = ()
    left_out: tuple[str, ...] = ()
    key: tuple[float, float, float, float] | None = None

    @property
    def frame(self) -> Frame:
        """The plot area and its axes, in points of ``size``."""
        width, height = self.size
        left, top, wide, high = self.plot
        plot = Rect(left * width, top * height, wide * width, high * height)
        return self.frame_type(self.chart, plot, self.value_axis, self.other_axis, gap=self.gap)
