"""Lines as native plots."""

from __future__ import annotations

from workshop.charts.resolved import ResolvedReference
from workshop.render.office_xml import Element, el
from workshop.render.pptx import chart_axes, chart_data
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_clouds import points_plot
from workshop.render.pptx.chart_data import cells
from workshop.render.pptx.chart_drawing import Drawing, axis_ids, error_bars
from workshop.render.pptx.chart_labels import labels
from workshop.render.pptx.workbook import free_name


# Lines as native plots: a line chart over categories, a scatter chart over numbers.
def line_plot(drawing: Drawing) -> list[Element]:
    """Return lines over categories or numbers."""
    return _over_categories(drawing) if drawing.resolved.other_axis is None else points_plot(drawing)


def _over_categories(drawing: Drawing) -> list[Element]:
    resolved, pen, grid = drawing.resolved, drawing.pen, drawing.grid
    names = grid.add("", resolved.chart.categories)
    columns = [grid.add(s.name, resolved.chart.series[s.index].values) for s in resolved.series]
    lines = [_reference_line(drawing, reference, names) for reference in resolved.references]
    for series, column in zip(resolved.series, columns, strict=True):
        tags = drawing.tags(series)
        lines.append(
            el(
                "c:ser",
                *drawing.number(),
                chart_data.heading(grid, column),
                parts.stroke(series.color if series.weight else "", series.weight or 1, series.dash),
                parts.marker(series.marker, series.marker_size, series.color),
                labels(tags, pen),
                error_bars(drawing, series),
                chart_data.categories(grid, names),
                chart_data.numbers("c:val", grid, column),
                el("c:smooth", val=False),
                cells(tags, grid, series.name, len(resolved.chart.categories)),
            )
        )
    kind = el("c:grouping", val="standard"), el("c:varyColors", val=False)
    plot = el("c:lineChart", *kind, *lines, el("c:marker", val=True), *axis_ids())
    title = chart_axes.axis_title(pen, resolved.chart.x_label, resolved.tick_size)
    edge = drawing.frame.edge_to_edge
    between = "midCat" if edge else "between"
    return [
        plot,
        chart_axes.category_axis(
            pen, resolved.category_size, side="b", every=resolved.every, title=title, crosses="min"
        ),
        chart_axes.number_axis(resolved.value_axis, pen, resolved.tick_size, side="l", between=between, spaced=edge),
    ]


def _reference_line(drawing: Drawing, reference: ResolvedReference, names: int) -> Element:
    """A reference as a series from the first category to the last."""
    grid, count = drawing.grid, len(drawing.resolved.chart.categories)
    column = grid.add(free_name(grid, reference.name), (reference.value,) * count)
    tag = drawing.reference_tag(reference, count - 1 if reference.at == "end" else 0)
    return el(
        "c:ser",
        *drawing.number(),
        chart_data.heading(grid, column),
        parts.stroke("ink", parts.REFERENCE_WEIGHT, "dash"),
        parts.marker("none", 0, ""),
        labels([tag], drawing.pen),
        chart_data.categories(grid, names),
        chart_data.numbers("c:val", grid, column),
        el("c:smooth", val=False),
    )
