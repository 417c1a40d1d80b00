"""A chart in small, as marks: axis, bars, lines and points, with the values and names that its slide has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from workshop.charts.geometry import BARS, Frame, Rect, frame_of, label_box, outwards, reference_box
from workshop.charts.key import key_entries
from workshop.charts.resolved import ResolvedChart, ResolvedSeries
from workshop.model.exhibits import ChartKind
from workshop.model.theme import Box

Mark = dict[str, Any]
DOT = 14.0  # thousandths of the slide's width
SLACK = 1.5  # a text is set in another face than it was measured in: room so that it does not wrap
GAP = 6.0  # points between an axis and its names


class ChartMarks:
    """Makes the marks of one chart.

    Args:
        resolved: the chart with all its places decided.
        box: where it stands on the slide, in EMU.
        scale: thousandths of the slide's width in an EMU.
        color: role -> colour on paper.
        clean: makes a text ready to be set.
    """

    def __init__(
        self,
        resolved: ResolvedChart,
        box: Box,
        scale: float,
        color: Callable[[str], str],
        clean: Callable[[str], str],
    ) -> None:
        self._resolved, self._color, self._clean = resolved, color, clean
        self._frame: Frame = frame_of(resolved)
        self._k = (box.w * scale / resolved.size[0], box.h * scale / resolved.size[1])
        self._from = (box.x * scale, box.y * scale)

    def marks(self) -> Iterator[Mark]:
        """Yield them, the lowest first."""
        plot = self._frame.plot
        start = (plot.left, plot.top) if self._frame.lying else (plot.left, plot.bottom)
        end = (plot.left, plot.bottom) if self._frame.lying else (plot.right, plot.bottom)
        if self._resolved.chart.kind is not ChartKind.FOREST:
            yield self._path((start, end), "ink", 2.0)
        for series in self._resolved.series:
            yield from self._series(series)
        yield from self._references()
        yield from self._names()
        yield from self._ticks()
        yield from self._key()
        for series in self._resolved.series:
            yield from self._values(series)

    # ------------------------------------------------------------ pieces
    def _at(self, x: float, y: float) -> list[float]:
        return [round(self._from[0] + x * self._k[0], 1), round(self._from[1] + y * self._k[1], 1)]

    def _path(self, points: tuple[tuple[float, float], ...], role: str, weight: float, *, dash: bool = False) -> Mark:
        mark: Mark = {"kind": "path", "points": [self._at(*p) for p in points], "color": self._color(role)}
        return mark | {"weight": weight} | ({"dash": True} if dash else {})

    def _area(self, place: Rect) -> Mark:
        x, y = self._at(place.left, place.top)
        return {"x": x, "y": y, "w": round(place.width * self._k[0], 1), "h": round(place.height * self._k[1], 1)}

    def _text(self, text: str, size: float, place: Rect, align: str, role: str = "ink", *, bold: bool = False) -> Mark:
        """Return a text that keeps its edge or its middle, whatever its face."""
        more = place.width * (SLACK - 1) + size
        left = place.left - {"l": 0.0, "r": more, "ctr": more / 2}[align]
        area = self._area(Rect(left, place.top, place.width + more, place.height))
        return {"kind": "text", "text": self._clean(text), "size": round(size * self._k[0], 2), "bold": bold,
                "color": self._color(role), "anchor": "ctr", "align": align} | area  # fmt: skip

    # ------------------------------------------------------------ data
    def _series(self, series: ResolvedSeries) -> Iterator[Mark]:
        if self._resolved.chart.kind in BARS:
            yield from self._bars(series)
            return
        points = [p for p in self._frame.points(series.index) if p is not None]
        if self._resolved.chart.kind is ChartKind.LINE and len(points) > 1:
            yield self._path(tuple(points), series.color, 5.0)
            return
        if self._resolved.chart.kind is ChartKind.FOREST:
            data = self._resolved.chart.series[series.index]
            for (_, y), low, high in zip(points, data.low, data.high, strict=False):
                span = ((self._frame.along_value(low), y), (self._frame.along_value(high), y))
                yield self._path(span, series.color, 3.0)
        for point in points:
            x, y = self._at(*point)
            yield {"kind": "rect", "fill": self._color(series.color), "x": round(x - DOT / 2, 1),
                   "y": round(y - DOT / 2, 1), "w": DOT, "h": DOT}  # fmt: skip

    def _bars(self, series: ResolvedSeries) -> Iterator[Mark]:
        painted = dict(series.point_colors)
        for index in range(len(self._resolved.chart.series[series.index].values)):
            bar = self._frame.bar(series.index, index)
            if bar is None:
                continue
            fill = self._color(painted.get(index, series.color))
            # a pattern is too fine at this size: the bar keeps its outline
            patterned = series.point_pattern if index in painted else series.pattern
            yield ({"kind": "frame", "color": fill} if patterned else {"kind": "rect", "fill": fill}) | self._area(bar)

    def _values(self, series: ResolvedSeries) -> Iterator[Mark]:
        for label in series.labels:
            size = label.size or self._resolved.label_size
            place = label_box(self._frame, series, label, self._resolved.label_size)
            side = outwards(self._frame, series.index, label)
            align = {"right": "l", "left": "r"}.get(side, "ctr")
            yield self._text(label.text, size, place, align, label.color, bold=label.bold)

    # ------------------------------------------------------------ words
    def _references(self) -> Iterator[Mark]:
        size = self._resolved.reference_size
        for reference in self._resolved.references:
            yield self._path(self._frame.reference(reference.axis, reference.value), "muted", 1.6, dash=True)
            yield self._text(reference.label, size, reference_box(self._frame, reference, size), "ctr", "muted")

    def _names(self) -> Iterator[Mark]:
        plot, size, width = self._frame.plot, self._resolved.category_size, self._resolved.size[0]
        for index, row in enumerate(self._resolved.rows):
            middle = self._frame.along_other(index)
            line = Rect(0, middle - size, 0.4 * width, 2 * size)
            yield self._text(row.name, size, line, "l", bold=row.bold)
            if row.verdict:
                ends = self._resolved.verdict_side == "left"
                left = self._resolved.verdict_at * width - (0.2 * width if ends else 0.0)
                said = Rect(left, line.top, 0.2 * width, line.height)
                yield self._text(row.verdict, size, said, "r" if ends else "l", row.color, bold=True)
        if self._resolved.rows or self._frame.other is not None:
            return
        slot = self._frame.slot
        for index, name in enumerate(self._resolved.categories):
            if index % self._resolved.every:
                continue
            middle, lines = self._frame.along_other(index), name.count("\n") + 1
            if self._frame.lying:
                yield self._text(name, size, Rect(0, middle - slot / 2, plot.left - GAP, slot), "r")
            else:
                below = Rect(middle - slot / 2, plot.bottom + GAP / 2, slot, lines * size * 1.3)
                yield self._text(name, size, below, "ctr")

    def _key(self) -> Iterator[Mark]:
        """Name grouped columns in their row above them."""
        chart = self._resolved
        if chart.key is None:
            return
        left, top, width, _ = chart.key
        wide, high = chart.size
        names = [series.name for series in chart.series]
        entries = key_entries(names, chart.reference_size, left * wide, top * high, width * wide)
        for series, entry in zip(chart.series, entries, strict=True):
            fill = self._color(series.color)
            look = {"kind": "frame", "color": fill} if series.pattern else {"kind": "rect", "fill": fill}
            yield look | self._area(entry.swatch)
            yield self._text(entry.name, chart.reference_size, entry.words, "l")

    def _foot(self) -> Iterator[Mark]:
        """Draw the line below a forest plot's intervals, with its ends."""
        ticks, bottom = self._resolved.value_axis.ticks, self._frame.plot.bottom
        for value, text in ticks:
            yield self._below(text, self._frame.along_value(value))
        if ticks:
            ends = [self._frame.along_value(value) for value, _ in (ticks[0], ticks[-1])]
            yield self._path(((ends[0], bottom), (ends[1], bottom)), "muted", 1.0)

    def _ticks(self) -> Iterator[Mark]:
        plot, size, chart = self._frame.plot, self._resolved.tick_size, self._resolved
        if chart.chart.kind is ChartKind.FOREST:
            yield from self._foot()
        if chart.value_axis.visible and chart.chart.kind is not ChartKind.FOREST:
            for value, text in chart.value_axis.ticks:
                along = self._frame.along_value(value)
                if self._frame.lying:
                    yield self._below(text, along)
                else:
                    beside = Rect(0, along - size, plot.left - GAP, 2 * size)
                    yield self._text(text, size, beside, "r", "muted")
        if chart.other_axis is not None and chart.other_axis.visible:
            for value, text in chart.other_axis.ticks:
                yield self._below(text, self._frame.along_other(value))
        for note in chart.notes:
            at = (self._frame.along_other(note.x), self._frame.along_value(note.y) + note.dy)
            place = Rect(at[0] - (0 if note.position == "right" else 60), at[1] - note.size, 120, 2 * note.size)
            align = "l" if note.position == "right" else "ctr"
            yield self._text(note.text, note.size, place, align, note.color, bold=note.bold)

    def _below(self, text: str, middle: float) -> Mark:
        size = self._resolved.tick_size
        place = Rect(middle - 30, self._frame.plot.bottom + GAP / 2, 60, size * 1.4)
        return self._text(text, size, place, "ctr", "muted")
