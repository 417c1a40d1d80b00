"""Lines and bars as native plots; each returns the children of ``c:plotArea`` and fills the workbook's grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from workshop.charts.geometry import LABEL_GAP, Frame, frame_of, outwards, reference_box
from workshop.charts.resolved import PointLabel, ResolvedChart, ResolvedReference, ResolvedSeries
from workshop.model.exhibits import ChartKind
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_parts import Pen, Tag
from workshop.render.pptx.workbook import Grid
from workshop.render.pptx.xml import Element, el

PLACES = {"above": "t", "below": "b", "right": "r", "left": "l", "center": "ctr", "end": "outEnd"}
OUTLINE = 1.5  # points around a bar with a pattern
NUDGE = 3.0  # points that labels beside a marker or bar stand off, in every program


@dataclass(slots=True)
class Drawing:
    """What a native chart is drawn into: the resolved chart, the workbook's grid, and a running number of series."""

    resolved: ResolvedChart
    pen: Pen
    grid: Grid
    used: int = 0

    def number(self) -> list[Element]:
        """Return ``c:idx`` and ``c:order`` of the next series."""
        self.used += 1
        return [el("c:idx", val=self.used - 1), el("c:order", val=self.used - 1)]

    def tags(self, series: ResolvedSeries) -> list[Tag]:
        """Return a series' labels in PowerPoint's terms."""
        return [self.tag(label, series) for label in series.labels]

    def tag(self, label: PointLabel, series: ResolvedSeries) -> Tag:
        """Return one label; its text is left to a number format where one gives the same."""
        chart = self.resolved.chart
        value = chart.series[series.index].values[label.index]
        plain = chart.kind in (ChartKind.LINE, ChartKind.COLUMN, ChartKind.BAR) and not chart.series[series.index].x
        code = parts.code_for(value or 0.0, chart.unit, label.text) if plain else ""
        size = label.size or self.resolved.label_size
        side = outwards(frame_of(self.resolved), series.index, label)
        aside = {"right": NUDGE, "left": -NUDGE}.get(side, 0.0)
        place, move = PLACES[label.position], self.move(label.dx + aside, label.dy)
        return Tag(label.index, label.text, place, size, label.color, label.bold, move, code)

    def move(self, dx: float, dy: float) -> tuple[float, float]:
        """Return points as shares of the chart."""
        width, height = self.resolved.size
        return dx / width, dy / height

    def reference_tag(self, reference: ResolvedReference, index: int, drift: float = 0.0) -> Tag:
        """Return a reference's label at a point of its series, ``drift`` points right of where the line ends."""
        place = PLACES[reference.position]
        move = self.move(reference.dx + drift, reference.dy)
        size = self.resolved.reference_size
        return Tag(index, reference.label, place, size, move=move)


def free_name(grid: Grid, name: str) -> str:
    """Return ``name``, made unlike all headings so far."""
    taken = {column.header for column in grid.columns}
    names = [name, *(f"{name} ({k})" for k in range(2, len(taken) + 3))]
    return next(n for n in names if n not in taken)


# ---------------------------------------------------------------- lines over categories
def line_plot(drawing: Drawing) -> list[Element]:
    """Return a line chart over categories."""
    resolved, pen, grid = drawing.resolved, drawing.pen, drawing.grid
    names = grid.add("", resolved.chart.categories)
    columns = [grid.add(s.name, resolved.chart.series[s.index].values) for s in resolved.series]
    lines = [_reference_line(drawing, reference, names) for reference in resolved.references]
    for series, column in zip(resolved.series, columns, strict=True):
        lines.append(
            el(
                "c:ser",
                *drawing.number(),
                parts.heading(grid, column),
                parts.stroke(series.color, series.weight, series.dash),
                parts.marker(series.marker, series.marker_size, series.color),
                parts.labels(drawing.tags(series), pen),
                _error_bars(drawing, series),
                parts.categories(grid, names),
                parts.numbers("c:val", grid, column),
                el("c:smooth", val=False),
            )
        )
    plot = el("c:lineChart", el("c:grouping", val="standard"), el("c:varyColors", val=False), *lines)
    for child in (el("c:marker", val=True), *_axis_ids()):
        plot.append(child)
    title = parts.axis_title(pen, resolved.chart.x_label, resolved.tick_size)
    edge = frame_of(resolved).edge_to_edge
    between = "midCat" if edge else "between"
    return [
        plot,
        parts.category_axis(pen, resolved.category_size, side="b", every=resolved.every, title=title, crosses="min"),
        parts.number_axis(resolved.value_axis, pen, resolved.tick_size, side="l", between=between, spaced=edge),
    ]


def _axis_ids() -> list[Element]:
    return [el("c:axId", val=parts.CATEGORY_AXIS), el("c:axId", val=parts.VALUE_AXIS)]


def _reference_line(drawing: Drawing, reference: ResolvedReference, names: int) -> Element:
    """A series of its own from the first category to the last."""
    grid, count = drawing.grid, len(drawing.resolved.chart.categories)
    column = grid.add(free_name(grid, reference.name), (reference.value,) * count)
    tag = drawing.reference_tag(reference, count - 1 if reference.at == "end" else 0)
    return el(
        "c:ser",
        *drawing.number(),
        parts.heading(grid, column),
        parts.stroke("ink", parts.REFERENCE_WEIGHT, "dash"),
        parts.marker("none", 0, ""),
        parts.labels([tag], drawing.pen),
        parts.categories(grid, names),
        parts.numbers("c:val", grid, column),
        el("c:smooth", val=False),
    )


# ---------------------------------------------------------------- bars
def bar_plot(drawing: Drawing) -> list[Element]:
    """Return grouped columns or lying bars, with references across them."""
    resolved, pen, grid = drawing.resolved, drawing.pen, drawing.grid
    lying = resolved.chart.kind is ChartKind.BAR
    names = grid.add("", resolved.chart.categories)
    columns = [grid.add(s.name, resolved.chart.series[s.index].values) for s in resolved.series]
    bars = [
        el(
            "c:ser",
            *drawing.number(),
            parts.heading(grid, column),
            bar_look(series.color, series.pattern),
            el("c:invertIfNegative", val=False),
            *painted(series),
            parts.labels(drawing.tags(series), pen),
            _error_bars(drawing, series),
            parts.categories(grid, names),
            parts.numbers("c:val", grid, column),
        )
        for series, column in zip(resolved.series, columns, strict=True)
    ]
    plot = bar_chart(bars, "bar" if lying else "col", "clustered", resolved.gap, 100 if len(bars) == 1 else 0)
    axes = bar_axes(drawing, lying=lying)
    if not resolved.references:
        return [plot, *axes]
    if lying:
        return [plot, _upright_reference(drawing, names), *axes, *_reference_axes(drawing)]
    return [plot, _across(drawing, names), *axes]


def bar_axes(drawing: Drawing, *, lying: bool) -> list[Element]:
    """Return the axes of bars: names, and values only if they are drawn."""
    resolved, pen = drawing.resolved, drawing.pen
    return [
        parts.category_axis(pen, resolved.category_size, side="l" if lying else "b", every=resolved.every),
        parts.number_axis(resolved.value_axis, pen, resolved.tick_size, side="b" if lying else "l"),
    ]


def bar_chart(
    bars: Sequence[Element],
    direction: str,
    grouping: str,
    gap: int,
    overlap: int,
    ids: tuple[int, int] = parts.FIRST_AXES,
) -> Element:
    """Return ``c:barChart``."""
    return el(
        "c:barChart",
        el("c:barDir", val=direction),
        el("c:grouping", val=grouping),
        el("c:varyColors", val=False),
        *bars,
        el("c:gapWidth", val=gap),
        el("c:overlap", val=overlap),
        *(el("c:axId", val=number) for number in ids),
    )


def bar_look(role: str, pattern: str) -> Element:
    """Return a bar's fill; a pattern gets an outline, so that the bar keeps its edges."""
    return parts.shape(role, role if pattern else "", OUTLINE, pattern=pattern)


def painted(series: ResolvedSeries) -> list[Element]:
    """Return ``c:dPt`` for the bars in another colour than their series."""
    return [
        el(
            "c:dPt",
            el("c:idx", val=index),
            el("c:invertIfNegative", val=False),
            el("c:bubble3D", val=False),
            bar_look(role, series.point_pattern),
        )
        for index, role in series.point_colors
    ]


def _error_bars(drawing: Drawing, series: ResolvedSeries) -> Element | None:
    """Return ``c:errBars`` from the ends of a series' intervals; their lengths stand in the workbook."""
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


def _upright_reference(drawing: Drawing, names: int) -> Element:
    """A reference across lying bars: hidden bars on a second pair of axes, of which the one for names is the line.

    A line or scatter plot cannot stand upright among lying bars in every program; an axis that crosses at a value can.
    """
    resolved, grid = drawing.resolved, drawing.grid
    reference = resolved.references[0]
    count = len(resolved.chart.categories)
    column = grid.add(free_name(grid, reference.name), (reference.value,) * count)
    box = reference_box(frame_of(resolved), reference, resolved.reference_size)
    bar_end = label_start(frame_of(resolved), reference)
    x, y = box.left - bar_end[0], box.center[1] - bar_end[1]
    tag = Tag(0, reference.label, "outEnd", resolved.reference_size, move=drawing.move(x, y))
    bar = el(
        "c:ser",
        *drawing.number(),
        parts.heading(grid, column),
        parts.shape(),
        el("c:invertIfNegative", val=False),
        parts.labels([tag], drawing.pen),
        parts.categories(grid, names),
        parts.numbers("c:val", grid, column),
    )
    return bar_chart([bar], "bar", "clustered", resolved.gap, 100, parts.SECOND_AXES)


def label_start(frame: Frame, reference: ResolvedReference) -> tuple[float, float]:
    """Return where PowerPoint begins the label of the hidden bar in the first category."""
    return frame.along_value(reference.value) + LABEL_GAP, frame.along_other(0)


def _reference_axes(drawing: Drawing) -> list[Element]:
    resolved, pen = drawing.resolved, drawing.pen
    names, values = parts.SECOND_AXES
    return [
        parts.crossing_axis(pen, resolved.references[0].value),
        parts.number_axis(resolved.value_axis, pen, resolved.tick_size, side="t", ids=(values, names)),
    ]


def _across(drawing: Drawing, names: int) -> Element:
    """References over columns: hidden lines whose trend reaches half a category beyond each end."""
    resolved, grid = drawing.resolved, drawing.grid
    count = len(resolved.chart.categories)
    half = frame_of(resolved).slot / 2
    lines = []
    for reference in resolved.references:
        column = grid.add(free_name(grid, reference.name), (reference.value,) * count)
        at_end = reference.at == "end"
        lines.append(
            el(
                "c:ser",
                *drawing.number(),
                parts.heading(grid, column),
                parts.stroke("", 1),
                # one column has no trend: there the marker is the line
                parts.marker("dash" if count == 1 else "none", 72, "ink"),
                parts.labels(
                    [drawing.reference_tag(reference, count - 1 if at_end else 0, half if at_end else -half)],
                    drawing.pen,
                ),
                _trend() if count > 1 else None,
                parts.categories(grid, names),
                parts.numbers("c:val", grid, column),
                el("c:smooth", val=False),
            )
        )
    start = (el("c:grouping", val="standard"), el("c:varyColors", val=False))
    return el("c:lineChart", *start, *lines, el("c:marker", val=True), *_axis_ids())


def _trend() -> Element:
    return el(
        "c:trendline",
        parts.stroke("ink", parts.REFERENCE_WEIGHT, "dash"),
        el("c:trendlineType", val="linear"),
        el("c:forward", val=0.5),
        el("c:backward", val=0.5),
        el("c:dispRSqr", val=False),
        el("c:dispEq", val=False),
    )


# ---------------------------------------------------------------- waterfall
def waterfall_plot(drawing: Drawing) -> list[Element]:
    """Return stacked columns on hidden ones, and a hidden line that bears the labels."""
    resolved, grid = drawing.resolved, drawing.grid
    chart, look = resolved.chart, resolved.series[0]
    values = [value or 0.0 for value in chart.series[0].values]
    names = grid.add("", chart.categories)
    grid.add(chart.series[0].name, values)
    spans = [frame_of(resolved).bar_span(0, index) or (0.0, 0.0) for index in range(len(values))]
    hidden = [_nearer(span) for span in spans]
    above = [max(*span, 0.0) - max(min(span), 0.0) for span in spans]
    below = [min(*span, 0.0) - min(max(span), 0.0) for span in spans]
    stacks = [("base", hidden, ""), ("bar", above, look.color)]
    if any(below):
        stacks.append(("bar below zero", below, look.color))
    bars = []
    for name, heights, role in stacks:
        column = grid.add(free_name(grid, name), [float(f"{h:.9g}") for h in heights])
        bars.append(
            el(
                "c:ser",
                *drawing.number(),
                parts.heading(grid, column),
                parts.shape(role),
                el("c:invertIfNegative", val=False),
                *(painted(look) if role else ()),
                parts.labels([], drawing.pen),
                parts.categories(grid, names),
                parts.numbers("c:val", grid, column),
            )
        )
    tops = [float(f"{max(span):.9g}") for span in spans]
    column = grid.add(free_name(grid, "label at"), tops)
    bearer = el(
        "c:ser",
        *drawing.number(),
        parts.heading(grid, column),
        parts.stroke("", 1),
        parts.marker("none", 0, ""),
        parts.labels(drawing.tags(look), drawing.pen),
        parts.categories(grid, names),
        parts.numbers("c:val", grid, column),
        el("c:smooth", val=False),
    )
    start = (el("c:grouping", val="standard"), el("c:varyColors", val=False))
    line = el("c:lineChart", *start, bearer, el("c:marker", val=True), *_axis_ids())
    return [bar_chart(bars, "col", "stacked", resolved.gap, 100), line, *bar_axes(drawing, lying=False)]


def _nearer(span: tuple[float, float]) -> float:
    """Return the hidden column below a bar: up to its nearer end, nothing where the bar crosses zero."""
    one, two = span
    return 0.0 if one * two <= 0 else math.copysign(min(abs(one), abs(two)), one)
