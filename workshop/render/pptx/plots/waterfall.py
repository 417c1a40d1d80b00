"""Waterfalls as native plots: stacked columns on hidden ones."""

from __future__ import annotations

import math

from workshop.charts.frame import bar_frame
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_plots import Drawing, axis_ids, free_name
from workshop.render.pptx.plots.bars import bar_axes, bar_chart, painted
from workshop.render.pptx.xml import Element, el


def waterfall_plot(drawing: Drawing) -> list[Element]:
    """Return stacked columns on hidden ones, and a hidden line with the labels."""
    resolved, grid = drawing.resolved, drawing.grid
    chart, look = resolved.chart, resolved.series[0]
    values = [value or 0.0 for value in chart.series[0].values]
    names = grid.add("", chart.categories)
    grid.add(chart.series[0].name, values)
    frame = bar_frame(drawing.frame)
    spans = [frame.bar_span(0, index) or (0.0, 0.0) for index in range(len(values))]
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
                *(painted(drawing, look) if role else ()),
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
    line = el("c:lineChart", *start, bearer, el("c:marker", val=True), *axis_ids())
    return [bar_chart(bars, "col", "stacked", resolved.gap, 100), line, *bar_axes(drawing, lying=False)]


def _nearer(span: tuple[float, float]) -> float:
    """Return the hidden column below a bar: up to its nearer end, or zero if the bar crosses zero."""
    one, two = span
    return 0.0 if one * two <= 0 else math.copysign(min(abs(one), abs(two)), one)
