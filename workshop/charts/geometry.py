"""Where things stand, in points from the top left corner: what labels are placed by and print draws by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from workshop.charts.estimate import text_height, text_width
from workshop.charts.resolved import Axis, PointLabel, ResolvedChart, ResolvedReference, ResolvedSeries
from workshop.model.exhibits import Chart, ChartKind

Point = tuple[float, float]
Segment = tuple[Point, Point]

BARS = frozenset({ChartKind.COLUMN, ChartKind.BAR, ChartKind.WATERFALL})
LYING = frozenset({ChartKind.BAR, ChartKind.FOREST})
LABEL_GAP = 4.0


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in points; y grows downwards."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """x of the right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """y of the lower edge."""
        return self.top + self.height

    @property
    def center(self) -> Point:
        """The middle."""
        return self.left + self.width / 2, self.top + self.height / 2

    def overlap(self, other: Rect) -> float:
        """Return the shared area in square points."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0.0) * max(high, 0.0)

    def outside(self, other: Rect) -> float:
        """Return how far this sticks out of ``other``, all sides together."""
        return (
            max(other.left - self.left, 0.0)
            + max(self.right - other.right, 0.0)
            + max(other.top - self.top, 0.0)
            + max(self.bottom - other.bottom, 0.0)
        )

    def crossed(self, segment: Segment) -> float:
        """Return the length of ``segment`` inside (Liang and Barsky's clipping)."""
        (x0, y0), (x1, y1) = segment
        start, end = 0.0, 1.0
        for move, near in (
            (x0 - x1, x0 - self.left),
            (x1 - x0, self.right - x0),
            (y0 - y1, y0 - self.top),
            (y1 - y0, self.bottom - y0),
        ):
            if move == 0:
                if near < 0:
                    return 0.0
            elif move < 0:
                start = max(start, near / move)
            else:
                end = min(end, near / move)
        return max(end - start, 0.0) * math.hypot(x1 - x0, y1 - y0)


def share(value: float, axis: Axis) -> float:
    """Return the place of ``value`` on ``axis``, 0 at its minimum and 1 at its maximum."""
    if axis.log:
        return math.log(value / axis.minimum) / math.log(axis.maximum / axis.minimum)
    return (value - axis.minimum) / (axis.maximum - axis.minimum)


def at_share(part: float, axis: Axis) -> float:
    """Return the value at a share of ``axis``."""
    if axis.log:
        return float(axis.minimum * (axis.maximum / axis.minimum) ** part)
    return axis.minimum + part * (axis.maximum - axis.minimum)


@dataclass(frozen=True, slots=True)
class Frame:
    """The inner plot area and its axes, so that data become places.

    Attributes:
        plot: in points.
        value, other: as in ``ResolvedChart``.
        gap: of bars in percent of a bar's width.
    """

    chart: Chart
    plot: Rect
    value: Axis
    other: Axis | None = None
    gap: int = 50

    @property
    def lying(self) -> bool:
        """Whether the value axis runs from left to right."""
        return self.chart.kind in LYING

    @property
    def edge_to_edge(self) -> bool:
        """Whether the first and the last category stand on the plot's edges: several lines, named at their ends."""
        several = self.chart.kind is ChartKind.LINE and len(self.chart.series) > 1
        return several and self.other is None and len(self.chart.categories) > 1

    @property
    def slot(self) -> float:
        """Points from one category to the next."""
        along = self.plot.height if self.lying else self.plot.width
        return along / max(len(self.chart.categories) - self.edge_to_edge, 1)

    @property
    def bar_width(self) -> float:
        """Points across one bar."""
        return self.slot / (self.bars + self.gap / 100)

    @property
    def bars(self) -> int:
        """How many bars stand side by side in a category."""
        return 1 if self.chart.kind is ChartKind.WATERFALL else len(self.chart.series)

    def along_value(self, value: float) -> float:
        """Return x (lying) or y of a value."""
        part = share(value, self.value)
        return self.plot.left + part * self.plot.width if self.lying else self.plot.bottom - part * self.plot.height

    def along_other(self, value: float) -> float:
        """Return x of a number on the other axis, or the middle of the category with that index."""
        if self.other is not None:
            return self.plot.left + share(value, self.other) * self.plot.width
        start = self.plot.top if self.lying else self.plot.left
        return start + (value if self.edge_to_edge else value + 0.5) * self.slot

    def data(self, at: Point) -> Point:
        """Return the numbers on the other and the value axis of a place; the other way round than ``point``."""
        if self.other is None:
            raise ValueError("categories have no numbers between them")
        right = (at[0] - self.plot.left) / self.plot.width
        up = (self.plot.bottom - at[1]) / self.plot.height
        return at_share(right, self.other), at_share(up, self.value)

    def point(self, series: int, index: int) -> Point | None:
        """Return where a value stands (bars: the middle of the bar's end; waterfall: of its top), ``None`` for a gap."""
        data = self.chart.series[series]
        value = data.values[index]
        if value is None:
            return None
        if self.chart.kind in BARS:
            bar = self.bar(series, index)
            down = value < 0 and self.chart.kind is not ChartKind.WATERFALL
            return _bar_end(bar, self.lying, down) if bar else None
        across = self.along_other(data.x[index] if data.x else float(index))
        along = self.along_value(value)
        return (along, across) if self.lying else (across, along)

    def points(self, series: int) -> tuple[Point | None, ...]:
        """Return the places of all values of a series."""
        return tuple(self.point(series, i) for i in range(len(self.chart.series[series].values)))

    def bar(self, series: int, index: int) -> Rect | None:
        """Return a bar, ``None`` for a gap."""
        low_high = self.bar_span(series, index)
        if low_high is None:
            return None
        one, two = sorted(self.along_value(v) for v in low_high)
        width = self.bar_width
        number = 0 if self.chart.kind is ChartKind.WATERFALL else series
        start = self.along_other(index) + (number - self.bars / 2) * width
        return Rect(one, start, two - one, width) if self.lying else Rect(start, one, width, two - one)

    def bar_span(self, series: int, index: int) -> tuple[float, float] | None:
        """Return the two values that a bar reaches from and to."""
        values = self.chart.series[series].values
        value = values[index]
        if value is None:
            return None
        if self.chart.kind is ChartKind.WATERFALL and 0 < index < len(values) - 1:
            before = math.fsum(v or 0.0 for v in values[:index])
            return before, before + value
        floor = min(max(0.0, self.value.minimum), self.value.maximum)
        return floor, min(max(value, self.value.minimum), self.value.maximum)

    def reference(self, axis: str, value: float) -> Segment:
        """Return the dashed line of a reference."""
        plot = self.plot
        upright = self.lying if axis == "value" else True
        if upright:
            x = self.along_value(value) if axis == "value" else self.along_other(value)
            return (x, plot.bottom), (x, plot.top)
        y = self.along_value(value)
        if self.chart.kind in BARS or self.other is not None or self.edge_to_edge:
            return (plot.left, y), (plot.right, y)
        return (plot.left + self.slot / 2, y), (plot.right - self.slot / 2, y)


def _bar_end(bar: Rect, lying: bool, negative: bool) -> Point:
    x, y = bar.center
    if lying:
        return (bar.left if negative else bar.right), y
    return x, (bar.bottom if negative else bar.top)


def frame_of(resolved: ResolvedChart) -> Frame:
    """Return the frame of a resolved chart, in points of its ``size``."""
    width, height = resolved.size
    left, top, wide, high = resolved.plot
    plot = Rect(left * width, top * height, wide * width, high * height)
    return Frame(resolved.chart, plot, resolved.value_axis, resolved.other_axis, resolved.gap)


def text_box(text: str, size: float, at: Point, position: str, clear: float, *, bold: bool = False) -> Rect:
    """Return the box of a text beside a point, ``clear`` points away from it."""
    width, height = text_width(text, size, bold=bold), text_height(text, size)
    x, y = at
    left = {"right": x + clear, "left": x - clear - width}.get(position, x - width / 2)
    top = {"above": y - clear - height, "below": y + clear}.get(position, y - height / 2)
    return Rect(left, top, width, height)


def moved(box: Rect, dx: float, dy: float) -> Rect:
    """Return ``box`` moved."""
    return Rect(box.left + dx, box.top + dy, box.width, box.height)


def outwards(frame: Frame, series: int, label: PointLabel) -> str:
    """Return the side that a label's ``position`` stands for; "end" depends on the bar's direction."""
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


def label_boxes(resolved: ResolvedChart) -> tuple[Rect, ...]:
    """Return the estimated boxes of all labels of points, in order."""
    frame = frame_of(resolved)
    return tuple(
        label_box(frame, series, label, resolved.label_size) for series in resolved.series for label in series.labels
    )


def spread(centers: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return centres as near to ``centers`` as may be, so that intervals of ``heights`` neither overlap nor leave the range.

    Neighbours that would overlap are pooled and moved together (isotonic regression); order is kept. If all of
    them together are taller than the range, they start at ``low`` and run over at the end.

    >>> spread([10, 10], [4, 4], 0, 20)
    [8.0, 12.0]
    """
    order = sorted(range(len(centers)), key=lambda i: (centers[i], i))
    offsets, total = [], 0.0
    for i in order:
        offsets.append(total + heights[i] / 2)
        total += heights[i]
    blocks: list[list[float]] = []
    for i, offset in zip(order, offsets, strict=True):
        blocks.append([centers[i] - offset, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (one, n), (two, m) = blocks[-2:]
            blocks[-2:] = [[(one * n + two * m) / (n + m), n + m]]
    starts = [start for start, count in blocks for _ in range(int(count))]
    result = [0.0] * len(centers)
    for i, offset, start in zip(order, offsets, starts, strict=True):
        result[i] = max(min(start, high - total), low) + offset
    return result
