"""A resolved chart: limits, ticks, colours, markers and labels are decided, and all renderers draw exactly these.

Its frame says where each value, bar and dashed line is, in points from the top left corner.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct

from workshop.charts.axis import Axis
from workshop.charts.geometry import Point, Rect, Segment
from workshop.model.exhibits import Chart


class Frame(Struct, frozen=True):
    """Converts data to places: points over categories, or over numbers along x.

    Attributes:
        plot: the inner plot area, in points.
        value: the value axis.
        other: the x axis if x is numeric, else ``None`` (categories).
        gap: space between groups of bars, in percent of a bar's width.
    """

    lying: ClassVar[bool] = False  # whether the value axis runs from left to right

    chart: Chart
    plot: Rect
    value: Axis
    other: Axis | None = None
    gap: int = 50

    @property
    def edge_to_edge(self) -> bool:
        """Whether the first and the last category are on the plot's edges."""
        return False

    @property
    def foot(self) -> float:
        """The value at which the category axis crosses."""
        return self.value.minimum

    @property
    def slot(self) -> float:
        """Points from one category to the next."""
        along = self.plot.height if self.lying else self.plot.width
        return along / max(len(self.chart.categories) - self.edge_to_edge, 1)

    def along_value(self, value: float) -> float:
        """Return the x (if values run from left to right) or y of a value."""
        part = self.value.share(value)
        return self.plot.left + part * self.plot.width if self.lying else self.plot.bottom - part * self.plot.height

    def along_other(self, value: float) -> float:
        """Return x of a number on the other axis, or the middle of the category with that index."""
        if self.other is not None:
            return self.plot.left + self.other.share(value) * self.plot.width
        start = self.plot.top if self.lying else self.plot.left
        return start + (value if self.edge_to_edge else value + 0.5) * self.slot

    def data(self, at: Point) -> Point:
        """Return the numbers at a place, on the other and on the value axis: the inverse of ``point``; categories count from zero."""
        right = (at[0] - self.plot.left) / self.plot.width
        up = (self.plot.bottom - at[1]) / self.plot.height
        along, across = (1 - up, right) if self.lying else (right, up)
        if self.other is not None:
            return self.other.at(along), self.value.at(across)
        categories = along * max(len(self.chart.categories) - self.edge_to_edge, 1)
        return categories - (0 if self.edge_to_edge else 0.5), self.value.at(across)

    def point(self, series: int, index: int) -> Point | None:
        """Return where a value is, ``None`` for a gap."""
        data = self.chart.series[series]
        value = data.values[index]
        if value is None:
            return None
        across = self.along_other(data.x[index] if data.x else float(index))
        along = self.along_value(value)
        return (along, across) if self.lying else (across, along)

    def points(self, series: int) -> tuple[Point | None, ...]:
        """Return the places of all values of a series."""
        return tuple(self.point(series, i) for i in range(len(self.chart.series[series].values)))

    def intervals(self, series: int) -> Iterator[tuple[int, Segment]]:
        """Yield the index of each point of a series that has an interval, and the interval's ends."""
        data = self.chart.series[series]
        for index, ends in enumerate(zip(data.low, data.high, strict=False)):
            point = self.point(series, index)
            if point is not None:
                one, two = map(self.along_value, ends)
                yield index, (((one, point[1]), (two, point[1])) if self.lying else ((point[0], one), (point[0], two)))

    def reference(self, axis: str, value: float) -> Segment:
        """Return the dashed line of a reference on the "value" or the "other" axis."""
        plot = self.plot
        if self.lying or axis != "value":
            x = self.along_value(value) if axis == "value" else self.along_other(value)
            return (x, plot.bottom), (x, plot.top)
        y, inset = self.along_value(value), self.reference_inset
        return (plot.left + inset, y), (plot.right - inset, y)

    @property
    def reference_inset(self) -> float:
        """Points between a dashed line's ends and the plot's edges: the line spans the data points, not the whole plot."""
        return 0.0 if self.other is not None or self.edge_to_edge else self.slot / 2


class BarFrame(Frame, frozen=True):
    """Vertical bars; those of several series are side by side in each category."""

    @property
    def reference_inset(self) -> float:
        """A dashed line over bars spans the plot."""
        return 0.0

    @property
    def foot(self) -> float:
        """Bars begin at zero, or at the limit nearest to it."""
        return min(max(0.0, self.value.minimum), self.value.maximum)

    @property
    def bars(self) -> int:
        """The number of bars side by side in a category."""
        return len(self.chart.series)

    @property
    def bar_width(self) -> float:
        """The width of one bar in points."""
        return self.slot / (self.bars + self.gap / 100)

    def point(self, series: int, index: int) -> Point | None:
        """Return the middle of a bar's end, ``None`` for a gap."""
        bar = self.bar(series, index)
        if bar is None:
            return None
        below = self.ends_below(series, index)
        x, y = bar.center
        if self.lying:
            return (bar.left if below else bar.right), y
        return x, (bar.bottom if below else bar.top)

    def ends_below(self, series: int, index: int) -> bool:
        """Whether a bar's end, where its label goes, is its lower (of a horizontal bar, its left) one."""
        return (self.chart.series[series].values[index] or 0.0) < 0

    def bar(self, series: int, index: int) -> Rect | None:
        """Return a bar, ``None`` for a gap."""
        low_high = self.bar_span(series, index)
        if low_high is None:
            return None
        one, two = sorted(self.along_value(v) for v in low_high)
        width = self.bar_width
        start = self.along_other(index) + (series - self.bars / 2) * width
        return Rect(one, start, two - one, width) if self.lying else Rect(start, one, width, two - one)

    def bar_span(self, series: int, index: int) -> tuple[float, float] | None:
        """Return the values between which a bar extends."""
        value = self.chart.series[series].values[index]
        if value is None:
            return None
        return self.foot, min(max(value, self.value.minimum), self.value.maximum)


class LyingBarFrame(BarFrame, frozen=True):
    """Horizontal bars, with the first category on top."""

    lying: ClassVar[bool] = True


def bar_frame(frame: Frame) -> BarFrame:
    """Return a frame as a frame of bars.

    Raises:
        TypeError: for any other frame.
    """
    if not isinstance(frame, BarFrame):
        raise TypeError(f"there are no bars in a {type(frame).__name__}")
    return frame


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


class Zone(Struct, frozen=True):
    """One of two grounds of a FOREST: its area, its colour, and its name over it."""

    area: Rect
    color: str
    name: str
    words: Rect
    legible: str


class Lens(Struct, frozen=True, kw_only=True):
    """A window on one row of a FOREST in which what is too small to be seen is larger; all places are in points.

    Attributes:
        row: index of the row.
        times: how much larger it is.
        edge: x of the line between the zones, or ``None`` if it isn't in the window.
        interval: the row's interval, cut off where the window ends.
        link: from the interval in its row to the window.
    """

    row: int
    box: Rect
    times: int
    edge: float | None
    interval: Rect
    link: Segment
    words: Rect


class Zones(Struct, frozen=True):
    """Two grounds that meet at a reference of a FOREST.

    Attributes:
        edge: where they meet; its label is empty.
        tick: height, in points, of the mark of each estimate.
        thick: height of each interval.
    """

    edge: ResolvedReference
    grounds: tuple[Zone, Zone]
    tick: float
    thick: float
    lens: Lens | None = None


class ResolvedChart(Struct, frozen=True, kw_only=True):
    """A resolved chart: everything that a renderer needs.

    Attributes:
        frame: the plot area, which leaves room for labels, and its axes.
        size: width and height in points for which all places were chosen.
        tick_size, label_size, reference_size, category_size: points.
        categories: the names along the axis, with line breaks; FOREST has rows instead.
        every: every ``every``-th category is named.
        rows, verdict_at: FOREST: the words of each row, and where the verdicts begin (or end, if
        ``verdict_side`` is "left"), as a share of the width.
        notes: SCATTER: names of groups and of the vertical axis.
        zones: FOREST: the grounds on both sides of its first reference, if that has sides.
        key: left, top, width and height of the key above grouped columns, as shares; or ``None``.
    """

    frame: Frame
    series: tuple[ResolvedSeries, ...]
    size: tuple[float, float]
    tick_size: float
    label_size: float
    references: tuple[ResolvedReference, ...] = ()
    categories: tuple[str, ...] = ()
    category_size: float = 18.0
    reference_size: float = 18.0
    every: int = 1
    rows: tuple[Row, ...] = ()
    verdict_at: float = 1.0
    verdict_side: str = "right"
    notes: tuple[Note, ...] = ()
    zones: Zones | None = None
    key: tuple[float, float, float, float] | None = None

    @property
    def chart(self) -> Chart:
        """The chart as drawn; its kind may differ from the original one: columns become horizontal bars if names need room."""
        return self.frame.chart

    @property
    def value_axis(self) -> Axis:
        """Y of lines and columns, x of horizontal bars and forest plots."""
        return self.frame.value

    @property
    def other_axis(self) -> Axis | None:
        """X if it is a number, else ``None`` (categories)."""
        return self.frame.other

    @property
    def plot(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of the plot area as shares of the whole."""
        (width, height), plot = self.size, self.frame.plot
        return plot.left / width, plot.top / height, plot.width / width, plot.height / height
