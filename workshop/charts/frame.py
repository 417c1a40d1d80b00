"""The plot area of a chart and its axes: where each value, bar and dashed line is, in points from the top left corner."""

from __future__ import annotations

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
