"""Clouds of points for native scatter charts, which show lines over numbers, scatter plots and forest plots.

Every series of a scatter chart gets the same number of points (the last one repeated), since a shorter one loses
its line in some programs.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from workshop.charts.axis import Axis
from workshop.charts.resolved import ResolvedReference, ResolvedSeries
from workshop.render.office_xml import Element, el
from workshop.render.pptx import chart_axes, chart_data
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_data import cells
from workshop.render.pptx.chart_drawing import Drawing
from workshop.render.pptx.chart_labels import Tag, labels
from workshop.render.pptx.workbook import Cell, free_name


class Cloud(Struct, frozen=True):
    """One series of a scatter chart and its look, perhaps without a line or markers."""

    name: str
    x: tuple[Cell, ...]
    y: tuple[Cell, ...]
    line: Element | None = None
    marker: Element | None = None
    tags: tuple[Tag, ...] = ()
    points: tuple[Element, ...] = ()


def points_plot(drawing: Drawing, *more: Cloud) -> list[Element]:
    """Return all series over numbers along x, with references across the plot and ``more`` clouds."""
    resolved = drawing.resolved
    references = [_reference(drawing, reference) for reference in resolved.references]
    clouds = [_data(drawing, series) for series in resolved.series]
    plot = scatter_chart(drawing, [*references, *clouds, *more])
    other = resolved.other_axis
    if other is None:
        raise ValueError("a scatter chart needs numbers along x")
    return [plot, *number_axes(drawing, other, resolved.value_axis)]


def _data(drawing: Drawing, series: ResolvedSeries) -> Cloud:
    data = drawing.resolved.chart.series[series.index]
    return Cloud(
        series.name,
        data.x,
        data.values,
        line=parts.stroke(series.color, series.weight, series.dash) if series.weight else None,
        marker=parts.marker(series.marker, series.marker_size, series.color),
        tags=tuple(drawing.tags(series, named=bool(data.labels))),
    )


def _reference(drawing: Drawing, reference: ResolvedReference) -> Cloud:
    """A dashed line from one edge of the plot to the other."""
    resolved = drawing.resolved
    other = resolved.other_axis or resolved.value_axis
    across = reference.axis == "value"
    ends = (other.minimum, other.maximum) if across else (resolved.value_axis.minimum, resolved.value_axis.maximum)
    held = (reference.value, reference.value)
    x, y = (ends, held) if across else (held, ends)
    tag = drawing.reference_tag(reference, 1 if reference.at == "end" else 0, across=not across)
    return Cloud(reference.name, x, y, line=dashed(), tags=(tag,))


def dashed() -> Element:
    """Return the look of a reference."""
    return parts.stroke("ink", parts.REFERENCE_WEIGHT, "dash")


def scatter_chart(drawing: Drawing, clouds: Sequence[Cloud]) -> Element:
    """Return ``c:scatterChart`` with clouds that all have the same number of points."""
    count = max(len(cloud.x) for cloud in clouds)
    series = [_series(drawing, cloud, count) for cloud in clouds]
    start = (el("c:scatterStyle", val="lineMarker"), el("c:varyColors", val=False))
    ids = [el("c:axId", val=number) for number in parts.FIRST_AXES]
    return el("c:scatterChart", *start, *series, *ids)


def _series(drawing: Drawing, cloud: Cloud, count: int) -> Element:
    grid = drawing.grid
    name = free_name(grid, cloud.name)
    across = grid.add(f"{name}: x", _padded(cloud.x, count))
    along = grid.add(name, _padded(cloud.y, count))
    return el(
        "c:ser",
        *drawing.number(),
        chart_data.heading(grid, along),
        parts.stroke("", 1) if cloud.line is None else cloud.line,
        parts.marker("none", 0, "") if cloud.marker is None else cloud.marker,
        *cloud.points,
        labels(cloud.tags, drawing.pen),
        chart_data.numbers("c:xVal", grid, across),
        chart_data.numbers("c:yVal", grid, along),
        el("c:smooth", val=False),
        cells(cloud.tags, grid, name, count),
    )


def _padded(cells: tuple[Cell, ...], count: int) -> list[Cell]:
    return [*cells, *[cells[-1]] * (count - len(cells))]


def number_axes(drawing: Drawing, x: Axis, y: Axis) -> list[Element]:
    """Return both axes of a scatter chart; x is drawn, with its name below."""
    resolved, pen = drawing.resolved, drawing.pen
    names, values = parts.FIRST_AXES
    across = chart_axes.axis_title(pen, x.title, resolved.tick_size)
    return [
        chart_axes.number_axis(
            x,
            pen,
            resolved.tick_size,
            side="b",
            ids=(names, values),
            grid=False,
            lined=True,
            between="midCat",
            title=across,
        ),
        chart_axes.number_axis(y, pen, resolved.tick_size, side="l", between="midCat", spaced=True),
    ]
