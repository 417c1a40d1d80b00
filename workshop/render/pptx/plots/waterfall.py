"""Waterfalls as native plots."""

from __future__ import annotations

import math

from msgspec.structs import replace

from workshop.charts.geometry import LEADING
from workshop.charts.resolved import bar_frame
from workshop.render.office_xml import Element
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_data import cells
from workshop.render.pptx.chart_drawing import Drawing
from workshop.render.pptx.chart_labels import Tag, labels
from workshop.render.pptx.plots.bars import bar_axes, bar_chart, bar_series, painted
from workshop.render.pptx.workbook import free_name

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
