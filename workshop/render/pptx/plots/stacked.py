"""Stacked columns as a native plot."""

from __future__ import annotations

from workshop.render.office_xml import Element
from workshop.render.pptx.chart_drawing import Drawing
from workshop.render.pptx.chart_labels import labels
from workshop.render.pptx.plots.bars import across, bar_axes, bar_chart, bar_look, bar_series


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
