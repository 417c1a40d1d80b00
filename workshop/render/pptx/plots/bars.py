"""Bars, stacked columns and waterfalls as native plots."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from workshop.charts.geometry import LABEL_GAP
from workshop.charts.labels import reference_box
from workshop.charts.resolved import Frame, ResolvedReference, ResolvedSeries, bar_frame
from workshop.render.office_xml import Element, el
from workshop.render.pptx import chart_axes, chart_data
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_data import cells
from workshop.render.pptx.chart_drawing import Drawing, axis_ids, error_bars
from workshop.render.pptx.chart_labels import Tag, labels, literal
from workshop.render.pptx.color import color
from workshop.render.pptx.workbook import free_name

# Columns and horizontal bars as native plots, with references across them.
#
# A dashed line over a dark bar needs the background colour around it: over columns it has a wider trend line in that colour
# below it, over horizontal bars a band.
OUTLINE = 1.5  # points around a bar with a pattern
HALO = 3 * parts.REFERENCE_WEIGHT
_TRENDS = (("bg", HALO, ""), ("ink", parts.REFERENCE_WEIGHT, "dash"))
BAND = 4.0  # points of background around a dashed line across horizontal bars


def bar_plot(drawing: Drawing) -> list[Element]:
    """Return grouped columns or horizontal bars, with references across them."""
    resolved = drawing.resolved
    lying = drawing.frame.lying
    names = drawing.grid.add("", resolved.chart.categories)
    columns = [drawing.grid.add(s.name, resolved.chart.series[s.index].values) for s in resolved.series]
    bars = []
    for series, column in zip(resolved.series, columns, strict=True):
        tags = drawing.tags(series)
        look = bar_look(series.color, series.pattern)
        before = (*painted(drawing, series), labels(tags, drawing.pen), error_bars(drawing, series))
        words = cells(tags, drawing.grid, series.name, len(resolved.chart.categories))
        bars.append(bar_series(drawing, column, names, (look, *before), words))
    plot = bar_chart(bars, "bar" if lying else "col", "clustered", resolved.frame.gap, 100 if len(bars) == 1 else 0)
    axes = bar_axes(drawing, lying=lying)
    if not resolved.references:
        return [plot, *axes]
    if lying:
        return [plot, _upright_reference(drawing, names), *axes, *_reference_axes(drawing)]
    return [plot, across(drawing, names), *axes]


def bar_series(
    drawing: Drawing, column: int, names: int, before: Sequence[Element | None], words: Element | None = None
) -> Element:
    """Return a series of bars.

    Args:
        before: its look, then what the schema wants between the look and the data.
        words: the cells with the words of its labels.
    """
    look, *between = before
    return el(
        "c:ser",
        *drawing.number(),
        chart_data.heading(drawing.grid, column),
        look,
        el("c:invertIfNegative", val=False),
        *between,
        chart_data.categories(drawing.grid, names),
        chart_data.numbers("c:val", drawing.grid, column),
        words,
    )


def bar_axes(drawing: Drawing, *, lying: bool) -> list[Element]:
    """Return the axes of bars: names, and values if they are drawn."""
    resolved, pen = drawing.resolved, drawing.pen
    return [
        chart_axes.category_axis(pen, resolved.category_size, side="l" if lying else "b", every=resolved.every),
        chart_axes.number_axis(
            resolved.value_axis,
            pen,
            resolved.tick_size,
            side="b" if lying else "l",
            crosses="max" if lying else "min",
        ),
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


def painted(drawing: Drawing, series: ResolvedSeries) -> list[Element]:
    """Return ``c:dPt`` for bars whose colour differs from their series, or that have a gap for a reference."""
    colors, gaps = dict(series.point_colors), _gaps(drawing, series)
    found = []
    for index in sorted({*colors, *gaps}):
        role = colors.get(index, series.color)
        pattern = series.point_pattern if index in colors else series.pattern
        look = (
            el("c:spPr", _cut(role, gaps[index]), el("a:ln", el("a:noFill")))
            if index in gaps
            else bar_look(role, pattern)
        )
        head = (el("c:idx", val=index), el("c:invertIfNegative", val=False), el("c:bubble3D", val=False))
        found.append(el("c:dPt", *head, look))
    return found


def _gaps(drawing: Drawing, series: ResolvedSeries) -> dict[int, tuple[float, float]]:
    """Return the gap for a reference in solid horizontal bars: from and to, as shares of the bar's length from its left."""
    resolved, frame, colors = drawing.resolved, bar_frame(drawing.frame), dict(series.point_colors)
    if not frame.lying or not resolved.references:
        return {}
    x = frame.along_value(resolved.references[0].value)
    found = {}
    for index in range(len(resolved.chart.categories)):
        bar = frame.bar(series.index, index)
        solid = not (series.point_pattern if index in colors else series.pattern)
        if bar and solid and bar.left + BAND < x < bar.right - BAND:
            found[index] = ((x - BAND / 2 - bar.left) / bar.width, (x + BAND / 2 - bar.left) / bar.width)
    return found


def _cut(role: str, gap: tuple[float, float]) -> Element:
    """Return a fill that shows the background between two shares of its width."""
    start, end = (round(part * 100_000) for part in gap)
    places = ((0, role), (start, role), (start, "bg"), (end, "bg"), (end, role), (100_000, role))
    stops = (el("a:gs", color(r), pos=at) for at, r in places)
    return el("a:gradFill", el("a:gsLst", *stops), el("a:lin", ang=0, scaled=False), rotWithShape=True)


def _upright_reference(drawing: Drawing, names: int) -> Element:
    """A reference across horizontal bars: hidden bars on a second pair of axes, whose category axis is the line.

    Not every program can draw a vertical line or scatter plot among horizontal bars, but all can draw an axis that crosses at
    a value.
    """
    resolved, grid = drawing.resolved, drawing.grid
    reference, frame = resolved.references[0], drawing.frame
    count = len(resolved.chart.categories)
    column = grid.add(free_name(grid, reference.name), (reference.value,) * count)
    box = reference_box(frame, reference, resolved.reference_size)
    bar_end = label_start(frame, reference)
    move = drawing.move(box.left - bar_end[0], box.center[1] - bar_end[1])
    code = drawing.code(reference.label, reference.value) or literal(reference.label)
    tag = Tag(0, reference.label, "outEnd", resolved.reference_size, move=move, code=code)
    bar = bar_series(drawing, column, names, (parts.shape(), labels([tag], drawing.pen)))
    return bar_chart([bar], "bar", "clustered", resolved.frame.gap, 100, parts.SECOND_AXES)


def label_start(frame: Frame, reference: ResolvedReference) -> tuple[float, float]:
    """Return the place where PowerPoint begins the label of the hidden bar in the first category."""
    return frame.along_value(reference.value) + LABEL_GAP, frame.along_other(0)


def _reference_axes(drawing: Drawing) -> list[Element]:
    resolved, pen = drawing.resolved, drawing.pen
    names, values = parts.SECOND_AXES
    hidden = replace(resolved.value_axis, visible=False)  # the values stand below the bars, if anywhere
    return [
        chart_axes.crossing_axis(pen, resolved.references[0].value),
        chart_axes.number_axis(hidden, pen, resolved.tick_size, side="t", ids=(values, names)),
    ]


def across(drawing: Drawing, names: int) -> Element:
    """References over columns: hidden lines whose trend lines extend half a category beyond each end."""
    resolved, grid = drawing.resolved, drawing.grid
    count = len(resolved.chart.categories)
    half = drawing.frame.slot / 2
    lines = []
    for reference in resolved.references:
        column = grid.add(free_name(grid, reference.name), (reference.value,) * count)
        at_end = reference.at == "end"
        lines.append(
            el(
                "c:ser",
                *drawing.number(),
                chart_data.heading(grid, column),
                parts.stroke("", 1),
                # a single column has no trend line, so the marker serves as the line
                parts.marker("dash" if count == 1 else "none", 72, "ink"),
                labels(
                    [drawing.reference_tag(reference, count - 1 if at_end else 0, half if at_end else -half)],
                    drawing.pen,
                ),
                *(_trend(role, weight, dash) for role, weight, dash in _TRENDS if count > 1),
                chart_data.categories(grid, names),
                chart_data.numbers("c:val", grid, column),
                el("c:smooth", val=False),
            )
        )
    start = (el("c:grouping", val="standard"), el("c:varyColors", val=False))
    return el("c:lineChart", *start, *lines, el("c:marker", val=True), *axis_ids())


def _trend(role: str, weight: float, dash: str) -> Element:
    return el(
        "c:trendline",
        parts.stroke(role, weight, dash),
        el("c:trendlineType", val="linear"),
        el("c:forward", val=0.5),
        el("c:backward", val=0.5),
        el("c:dispRSqr", val=False),
        el("c:dispEq", val=False),
    )
