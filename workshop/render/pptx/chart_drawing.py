"""A native chart while it is written: its series, and their error bars."""

from __future__ import annotations

from msgspec import Struct

from workshop.charts.labels import outwards
from workshop.charts.resolved import Frame, PointLabel, ResolvedChart, ResolvedReference, ResolvedSeries
from workshop.render.office_xml import Element, el
from workshop.render.pptx.chart_data import numbers
from workshop.render.pptx.chart_labels import Tag, code_for, literal
from workshop.render.pptx.chart_parts import CATEGORY_AXIS, REFERENCE_WEIGHT, VALUE_AXIS, Pen, stroke
from workshop.render.pptx.workbook import Grid, free_name

# Parts that all native plots share: the drawing that a plot adds to, and intervals.
#
# A plot returns the children of ``c:plotArea``.
PLACES = {"above": "t", "below": "b", "right": "r", "left": "l", "center": "ctr", "end": "outEnd"}
NUDGE = 3.0  # points between a label and its marker or bar, in every program


class Drawing(Struct):
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

    def tags(self, series: ResolvedSeries, *, across: bool = False, named: bool = False) -> list[Tag]:
        """Return a series' labels in PowerPoint's terms.

        Args:
            across: whether the chart's values are along x of a scatter chart.
            named: whether the labels are names of points, which have no value in them.
        """
        return [self._tag(label, series, across=across, named=named) for label in series.labels]

    def _tag(self, label: PointLabel, series: ResolvedSeries, *, across: bool, named: bool) -> Tag:
        value = self.resolved.chart.series[series.index].values[label.index] or 0.0
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
            code="" if named else self.code(label.text, value),
            across=across,
        )

    def code(self, text: str, value: float) -> str:
        """Return the number format that prints a value of the chart as ``text``; "" if none does."""
        return code_for(text, value, percent=self.resolved.chart.unit == "percent")

    def move(self, dx: float, dy: float) -> tuple[float, float]:
        """Return a shift in points as shares of the chart."""
        width, height = self.resolved.size
        return dx / width, dy / height

    def reference_tag(
        self, reference: ResolvedReference, index: int, drift: float = 0.0, *, across: bool = False
    ) -> Tag:
        """Return a reference's label at a point of its series, ``drift`` points right of the line's end.

        Args:
            across: whether the reference's value is along x of a scatter chart.
        """
        text, value = reference.label, reference.value
        code = self.code(text, value) if reference.axis == "value" else code_for(text, value)
        return Tag(
            index,
            text,
            PLACES[reference.position],
            self.resolved.reference_size,
            move=self.move(reference.dx + drift, reference.dy),
            code=code or literal(text),
            across=across and bool(code),
        )


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
        numbers("c:plus", grid, plus),
        numbers("c:minus", grid, minus),
        stroke("ink", REFERENCE_WEIGHT),
    )


def _length(value: float) -> float:
    return float(f"{max(value, 0.0):.9g}")


def axis_ids() -> list[Element]:
    """Return the addresses of the first pair of axes."""
    return [el("c:axId", val=CATEGORY_AXIS), el("c:axId", val=VALUE_AXIS)]
