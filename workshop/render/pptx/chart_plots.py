"""Lines over categories as a native plot, and what all plots share: a plot returns the children of ``c:plotArea``."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.charts.geometry import frame_of, outwards
from workshop.charts.resolved import PointLabel, ResolvedChart, ResolvedReference, ResolvedSeries
from workshop.model.exhibits import ChartKind
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_parts import Pen, Tag
from workshop.render.pptx.workbook import Grid
from workshop.render.pptx.xml import Element, el

PLACES = {"above": "t", "below": "b", "right": "r", "left": "l", "center": "ctr", "end": "outEnd"}
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
                error_bars(drawing, series),
                parts.categories(grid, names),
                parts.numbers("c:val", grid, column),
                el("c:smooth", val=False),
            )
        )
    plot = el("c:lineChart", el("c:grouping", val="standard"), el("c:varyColors", val=False), *lines)
    for child in (el("c:marker", val=True), *axis_ids()):
        plot.append(child)
    title = parts.axis_title(pen, resolved.chart.x_label, resolved.tick_size)
    edge = frame_of(resolved).edge_to_edge
    between = "midCat" if edge else "between"
    return [
        plot,
        parts.category_axis(pen, resolved.category_size, side="b", every=resolved.every, title=title, crosses="min"),
        parts.number_axis(resolved.value_axis, pen, resolved.tick_size, side="l", between=between, spaced=edge),
    ]


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


def error_bars(drawing: Drawing, series: ResolvedSeries) -> Element | None:
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


def axis_ids() -> list[Element]:
    """Return the addresses of the first pair of axes."""
    return [el("c:axId", val=parts.CATEGORY_AXIS), el("c:axId", val=parts.VALUE_AXIS)]
