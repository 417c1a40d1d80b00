"""Bars, stacked columns and waterfalls as native plots."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec.structs import replace

from workshop.charts.geometry import LABEL_GAP, LEADING
from workshop.charts.labels import reference_box
from workshop.charts.resolved import Frame, ResolvedReference, ResolvedSeries, bar_frame
from workshop.render.office_xml import Element, el
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_parts import Drawing, Tag, axis_ids, cells, error_bars, labels, literal
from workshop.render.pptx.shapes import color
from workshop.render.pptx.workbook import free_name

# ---------------------------------------------------------------- bars
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
        parts.heading(drawing.grid, column),
        look,
        el("c:invertIfNegative", val=False),
        *between,
        parts.categories(drawing.grid, names),
        parts.numbers("c:val", drawing.grid, column),
        words,
    )


def bar_axes(drawing: Drawing, *, lying: bool) -> list[Element]:
    """Return the axes of bars: names, and values if they are drawn."""
    resolved, pen = drawing.resolved, drawing.pen
    return [
        parts.category_axis(pen, resolved.category_size, side="l" if lying else "b", every=resolved.every),
        parts.number_axis(
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
        parts.crossing_axis(pen, resolved.references[0].value),
        parts.number_axis(hidden, pen, resolved.tick_size, side="t", ids=(values, names)),
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
                parts.heading(grid, column),
                parts.stroke("", 1),
                # a single column has no trend line, so the marker serves as the line
                parts.marker("dash" if count == 1 else "none", 72, "ink"),
                labels(
                    [drawing.reference_tag(reference, count - 1 if at_end else 0, half if at_end else -half)],
                    drawing.pen,
                ),
                *(_trend(role, weight, dash) for role, weight, dash in _TRENDS if count > 1),
                parts.categories(grid, names),
                parts.numbers("c:val", grid, column),
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


# ---------------------------------------------------------------- stacked
# Stacked columns as native plots.
def stacked_plot(drawing: Drawing) -> list[Element]:
    """Return stacked columns, with references across them."""
    resolved, grid = drawing.resolved, drawing.grid
    names = grid.add("", resolved.chart.categories)
    columns = [grid.add(s.name, resolved.chart.series[s.index].values) for s in resolved.series]
    bars = [
        bar_series(drawing, column, names, (bar_look(series.color, series.pattern), labels([], drawing.pen)))
        for series, column in zip(resolved.series, columns, strict=True)
    ]
    lines = [across(drawing, names)] if resolved.references else []
    return [bar_chart(bars, "col", "stacked", resolved.frame.gap, 100), *lines, *bar_axes(drawing, lying=False)]


# ---------------------------------------------------------------- waterfall
# Waterfalls as native plots: stacked columns on hidden ones.
BASE, ABOVE, BELOW = "base", "bar", "bar below zero"
INSET = 4.0  # points between the end of a bar and a label inside of it


def waterfall_plot(drawing: Drawing) -> list[Element]:
    """Return stacked columns on hidden ones; each label prints the length of its column."""
    resolved, grid = drawing.resolved, drawing.grid
    chart, look = resolved.chart, resolved.series[0]
    values = [value or 0.0 for value in chart.series[0].values]
    names = grid.add("", chart.categories)
    grid.add(chart.series[0].name, values)
    frame = bar_frame(drawing.frame)
    spans = [frame.bar_span(0, index) or (0.0, 0.0) for index in range(len(values))]
    above = [_rounded(max(*span, 0.0) - max(min(span), 0.0)) for span in spans]
    below = [_rounded(min(*span, 0.0) - min(max(span), 0.0)) for span in spans]
    stacks = [(BASE, [_rounded(_nearer(span)) for span in spans], ""), (ABOVE, above, look.color)]
    if any(below):
        stacks.append((BELOW, below, look.color))
    bearers = [BELOW if any(below) and max(span) <= 0 else ABOVE for span in spans]
    bars = []
    for name, heights, role in stacks:
        column = grid.add(free_name(grid, name), heights)
        borne = (tag for tag in drawing.tags(look) if bearers[tag.index] == name)
        tags = [_inside(drawing, tag, name, heights[tag.index]) for tag in borne]
        before = (parts.shape(role), *(painted(drawing, look) if role else ()), labels(tags, drawing.pen))
        bars.append(bar_series(drawing, column, names, before, cells(tags, grid, name, len(values))))
    return [bar_chart(bars, "col", "stacked", resolved.frame.gap, 100), *bar_axes(drawing, lying=False)]


def _inside(drawing: Drawing, tag: Tag, name: str, height: float) -> Tag:
    """Return a label at the inner end of its bar, moved up from there to above the bar: stacked bars have no outer end."""
    rise = (tag.size * LEADING + INSET) / drawing.resolved.size[1]
    place = "inBase" if name == BELOW else "inEnd"
    return replace(tag, place=place, move=(tag.move[0], tag.move[1] - rise), code=drawing.code(tag.text, height))


def _nearer(span: tuple[float, float]) -> float:
    """Return the hidden column below a bar: up to its nearer end, or zero if the bar crosses zero."""
    one, two = span
    return 0.0 if one * two <= 0 else math.copysign(min(abs(one), abs(two)), one)


def _rounded(value: float) -> float:
    return float(f"{value:.9g}")
