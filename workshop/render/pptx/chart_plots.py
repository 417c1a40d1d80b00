"""Parts that all native plots share: the drawing that a plot adds to, and intervals.

A plot returns the children of ``c:plotArea``.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop.charts.frame import Frame
from workshop.charts.labels import outwards
from workshop.charts.resolved import PointLabel, ResolvedChart, ResolvedReference, ResolvedSeries
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_parts import Pen, Tag
from workshop.render.pptx.workbook import Grid
from workshop.render.pptx.xml import Element, el

PLACES = {"above": "t", "below": "b", "right": "r", "left": "l", "center": "ctr", "end": "outEnd"}
NUDGE = 3.0  # points between a label and its marker or bar, in every program


@dataclass(slots=True)
class Drawing:
    """The context of a native chart: the resolved chart, the workbook's grid, and the number of the next series."""

    resolved: ResolvedChart
    pen: Pen
    grid: Grid
    used: int = 0

    @property
    def frame(self) -> Frame:
        """The plot area and its axes, in points."""
        return self.resolved.frame

    def number(self) -> list[Element]:
        """Return ``c:idx`` and ``c:order`` for the next series."""
        self.used += 1
        return [el("c:idx", val=self.used - 1), el("c:order", val=self.used - 1)]

    def tags(self, series: ResolvedSeries, *, coded: bool = False) -> list[Tag]:
        """Return a series' labels in PowerPoint's terms.

        Args:
            coded: whether their points have the chart's own values; if so, a label's text comes from a number format if one gives
            the same text.
        """
        return [self._tag(label, series, coded=coded) for label in series.labels]

    def _tag(self, label: PointLabel, series: ResolvedSeries, *, coded: bool) -> Tag:
        chart = self.resolved.chart
        value = chart.series[series.index].values[label.index] or 0.0
        side = outwards(self.frame, series.index, label)
        aside = {"right": NUDGE, "left": -NUDGE}.get(side, 0.0)
        return Tag(
            label.index,
            label.text,
            PLACES[label.position],
            label.size or self.resolved.label_size,
            role=label.color,
            bold=label.bold,
            move=self.move(label.dx + aside, label.dy),
            code=parts.code_for(value, chart.unit, label.text) if coded else "",
        )

    def move(self, dx: float, dy: float) -> tuple[float, float]:
        """Return a shift in points as shares of the chart."""
        width, height = self.resolved.size
        return dx / width, dy / height

    def reference_tag(self, reference: ResolvedReference, index: int, drift: float = 0.0) -> Tag:
        """Return a reference's label at a point of its series, ``drift`` points right of the line's end."""
        place = PLACES[reference.position]
        move = self.move(reference.dx + drift, reference.dy)
        size = self.resolved.reference_size
        return Tag(index, reference.label, place, size, move=move)


def free_name(grid: Grid, name: str) -> str:
    """Return ``name``, changed so that it differs from all headings so far."""
    taken = {column.header for column in grid.columns}
    names = [name, *(f"{name} ({k})" for k in range(2, len(taken) + 3))]
    return next(n for n in names if n not in taken)


def error_bars(drawing: Drawing, series: ResolvedSeries) -> Element | None:
    """Return ``c:errBars`` from the ends of a series' intervals; their lengths are in the workbook."""
    data, grid = drawing.resolved.chart.series[series.index], drawing.grid
    if not data.low or not data.high:
        return None
    ends = zip(data.values, data.low, data.high, strict=True)
    lengths = [(0.0, 0.0) if v is None else (_length(v - low), _length(high - v)) for v, low, high in ends]
    minus = grid.add(free_name(grid, f"{data.name}, down to"), [down for down, _ in lengths])
    plus = grid.add(free_name(grid, f"{data.name}, up to"), [up for _, up in lengths])
    return el(
        "c:errBars",
        el("c:errBarType", val="both"),
        el("c:errValType", val="cust"),
        el("c:noEndCap", val=False),
        parts.numbers("c:plus", grid, plus),
        parts.numbers("c:minus", grid, minus),
        parts.stroke("ink", parts.REFERENCE_WEIGHT),
    )


def _length(value: float) -> float:
    return float(f"{max(value, 0.0):.9g}")


def axis_ids() -> list[Element]:
    """Return the addresses of the first pair of axes."""
    return [el("c:axId", val=parts.CATEGORY_AXIS), el("c:axId", val=parts.VALUE_AXIS)]
