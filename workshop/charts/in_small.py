"""The steps that draw a small chart on the companion page: marks with the values and names that the slide has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from workshop.charts.frame import Frame, bar_frame
from workshop.charts.geometry import Point, Rect
from workshop.charts.key import key_entries
from workshop.charts.labels import label_box, outwards, reference_box
from workshop.charts.on_paper import ALIGN
from workshop.charts.resolved import ResolvedChart
from workshop.model.records import dataclass
from workshop.model.theme import Box

Mark = dict[str, Any]
DOT = 14.0  # thousandths of the slide's width
SLACK = 1.5  # extra room, so that text set in another typeface than it was measured in doesn't wrap
GAP = 6.0  # points between an axis and its names
EDGES = {"left": "l", "right": "r", "center": "ctr"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """The context in which the marks of one chart are made.

    Attributes:
        frame: the frame of the resolved chart.
        box: where the chart is on the slide, in EMU.
        scale: thousandths of the slide's width per EMU.
        color: role -> colour on paper.
        clean: makes a text ready for typesetting.
    """

    resolved: ResolvedChart
    frame: Frame
    box: Box
    scale: float
    color: Callable[[str], str]
    clean: Callable[[str], str]

    @property
    def _shrink(self) -> Point:
        """Thousandths of the slide's width per point of the chart, along x and y."""
        width, height = self.resolved.size
        return self.box.w * self.scale / width, self.box.h * self.scale / height

    def at(self, x: float, y: float) -> list[float]:
        """Return a place on the slide."""
        (across, along), scale = self._shrink, self.scale
        return [round(self.box.x * scale + x * across, 1), round(self.box.y * scale + y * along, 1)]

    def path(self, points: Iterable[Point], role: str, weight: float, *, dash: bool = False) -> Mark:
        """Return a line through points."""
        mark: Mark = {"kind": "path", "points": [self.at(*p) for p in points], "color": self.color(role)}
        return mark | {"weight": weight} | ({"dash": True} if dash else {})

    def bar(self, place: Rect, role: str, *, patterned: bool) -> Mark:
        """Return a filled rectangle; a pattern would be too fine at this size, so such a bar has only an outline."""
        color = self.color(role)
        return ({"kind": "frame", "color": color} if patterned else {"kind": "rect", "fill": color}) | self._area(place)

    def dot(self, point: Point, role: str) -> Mark:
        """Return a small square around a point."""
        x, y = self.at(*point)
        corner = {"x": round(x - DOT / 2, 1), "y": round(y - DOT / 2, 1)}
        return {"kind": "rect", "fill": self.color(role)} | corner | {"w": DOT, "h": DOT}

    def text(
        self, text: str, size: float, place: Rect, align: str = "center", role: str = "ink", *, bold: bool = False
    ) -> Mark:
        """Return a text with its "left", "right" or "center" at a place, whatever its typeface."""
        more = place.width * (SLACK - 1) + size
        left = place.left - {"left": 0.0, "right": more, "center": more / 2}[align]
        area = self._area(Rect(left, place.top, place.width + more, place.height))
        return {"kind": "text", "text": self.clean(text), "size": round(size * self._shrink[0], 2), "bold": bold,
                "color": self.color(role), "anchor": "ctr", "align": EDGES[align]} | area  # fmt: skip

    def below(self, text: str, middle: float) -> Mark:
        """Return a tick's text below the plot."""
        size = self.resolved.tick_size
        place = Rect(middle - 30, self.frame.plot.bottom + GAP / 2, 60, size * 1.4)
        return self.text(text, size, place, role="muted")

    def _area(self, place: Rect) -> Mark:
        (x, y), (across, along) = self.at(place.left, place.top), self._shrink
        return {"x": x, "y": y, "w": round(place.width * across, 1), "h": round(place.height * along, 1)}


# ---------------------------------------------------------------- axes
def baseline(small: Small) -> Iterator[Mark]:
    """Yield the line at the foot of the plot, or at its left if values run from left to right."""
    plot = small.frame.plot
    start = (plot.left, plot.top) if small.frame.lying else (plot.left, plot.bottom)
    end = (plot.left, plot.bottom) if small.frame.lying else (plot.right, plot.bottom)
    yield small.path((start, end), "ink", 2.0)


def category_names(small: Small) -> Iterator[Mark]:
    """Yield the names of the categories below the plot, or left of horizontal bars."""
    resolved, frame = small.resolved, small.frame
    plot, size, slot = frame.plot, resolved.category_size, frame.slot
    for index, name in enumerate(resolved.categories):
        if index % resolved.every:
            continue
        middle, lines = frame.along_other(index), name.count("\n") + 1
        if frame.lying:
            yield small.text(name, size, Rect(0, middle - slot / 2, plot.left - GAP, slot), "right")
        else:
            yield small.text(name, size, Rect(middle - slot / 2, plot.bottom + GAP / 2, slot, lines * size * 1.3))


def ticks(small: Small) -> Iterator[Mark]:
    """Yield the tick texts of both axes, if they are visible."""
    resolved, frame = small.resolved, small.frame
    size = resolved.tick_size
    for value, text in resolved.value_axis.ticks if resolved.value_axis.visible else ():
        if frame.lying:
            yield small.below(text, frame.along_value(value))
        else:
            beside = Rect(0, frame.along_value(value) - size, frame.plot.left - GAP, 2 * size)
            yield small.text(text, size, beside, "right", "muted")
    if resolved.other_axis is not None and resolved.other_axis.visible:
        for value, text in resolved.other_axis.ticks:
            yield small.below(text, frame.along_other(value))


# ---------------------------------------------------------------- data
def bars(small: Small) -> Iterator[Mark]:
    """Yield the bars of all series."""
    frame = bar_frame(small.frame)
    for series in small.resolved.series:
        painted = dict(series.point_colors)
        for index in range(len(small.resolved.chart.series[series.index].values)):
            bar = frame.bar(series.index, index)
            if bar is not None:
                pattern = series.point_pattern if index in painted else series.pattern
                yield small.bar(bar, painted.get(index, series.color), patterned=bool(pattern))


def dots(small: Small) -> Iterator[Mark]:
    """Yield a dot for each point of all series."""
    for series in small.resolved.series:
        for point in filter(None, small.frame.points(series.index)):
            yield small.dot(point, series.color)


def intervals(small: Small) -> Iterator[Mark]:
    """Yield the intervals of all series."""
    frame = small.frame
    for series in small.resolved.series:
        data = small.resolved.chart.series[series.index]
        for index, (low, high) in enumerate(zip(data.low, data.high, strict=False)):
            point = frame.point(series.index, index)
            if point is not None:
                one, two = frame.along_value(low), frame.along_value(high)
                ends = ((one, point[1]), (two, point[1])) if frame.lying else ((point[0], one), (point[0], two))
                yield small.path(ends, series.color, 2.0)


def references(small: Small) -> Iterator[Mark]:
    """Yield the dashed lines with their labels."""
    size = small.resolved.reference_size
    for reference in small.resolved.references:
        yield small.path(small.frame.reference(reference.axis, reference.value), "muted", 1.6, dash=True)
        yield small.text(reference.label, size, reference_box(small.frame, reference, size), role="muted")


# ---------------------------------------------------------------- words
def labels(small: Small) -> Iterator[Mark]:
    """Yield the labels of all points."""
    frame, usual = small.frame, small.resolved.label_size
    for series in small.resolved.series:
        for label in series.labels:
            place = label_box(frame, series, label, usual)
            align = ALIGN.get(outwards(frame, series.index, label), "center")
            yield small.text(label.text, label.size or usual, place, align, label.color, bold=label.bold)


def key(small: Small) -> Iterator[Mark]:
    """Yield the row above grouped columns that names them."""
    chart = small.resolved
    if chart.key is None:
        return
    left, top, width, _ = chart.key
    wide, high = chart.size
    names = [series.name for series in chart.series]
    entries = key_entries(names, chart.reference_size, left * wide, top * high, width * wide)
    for series, entry in zip(chart.series, entries, strict=True):
        yield small.bar(entry.swatch, series.color, patterned=bool(series.pattern))
        yield small.text(entry.name, chart.reference_size, entry.words, "left")
