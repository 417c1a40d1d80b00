"""Forest plots as native scatter charts: intervals, estimates, names, verdicts and references are series."""

from __future__ import annotations

from msgspec.structs import replace

from workshop.charts.axis import Axis
from workshop.charts.resolved import ResolvedChart
from workshop.render.office_xml import Element, el
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_clouds import Cloud, dashed, number_axes, scatter_chart
from workshop.render.pptx.chart_parts import NUDGE, PLACES, Drawing, Tag


def forest_plot(drawing: Drawing) -> list[Element]:
    """Return a forest plot, with intervals, estimates, names, verdicts and references as series."""
    resolved = drawing.resolved
    clouds = [
        *_foot(drawing),
        *_references_upright(drawing),
        *_intervals(resolved),
        _estimates(drawing),
        *_words(drawing),
    ]
    plot = scatter_chart(drawing, clouds)
    rows = len(resolved.rows)
    y = Axis(0.0, float(rows), 1.0, (), visible=False)
    return [plot, *number_axes(drawing, resolved.value_axis, y)]


def _foot(drawing: Drawing) -> list[Cloud]:
    """Return the axis below the intervals with its ends, and a thin line at zero."""
    resolved = drawing.resolved
    ticks, size = resolved.value_axis.ticks, resolved.tick_size
    if not ticks:
        return []
    (low, first), (high, last) = ticks[0], ticks[-1]

    def hair(name: str, x: tuple[float, float], top: float, *tags: Tag, drawn: bool = True) -> Cloud:
        return Cloud(name, x, (0.0, top), line=parts.stroke("muted", parts.GRID_WEIGHT) if drawn else None, tags=tags)

    def tick(index: int, value: float, text: str) -> Tag:
        return Tag(index, text, "b", size, role="muted", code=drawing.code(text, value), across=True)

    found = [hair("axis", (low, high), 0.0, tick(0, low, first), tick(1, high, last))]
    for value, text in ticks[1:-1]:
        free = all(reference.value != value for reference in resolved.references)
        found.append(hair("zero", (value, value), float(len(resolved.rows)), tick(0, value, text), drawn=free))
    return found


def _heights(resolved: ResolvedChart) -> tuple[float, ...]:
    """Return the y values of the rows; the first row is on top."""
    count = len(resolved.rows)
    return tuple(count - index - 0.5 for index in range(count))


def _references_upright(drawing: Drawing) -> list[Cloud]:
    top = float(len(drawing.resolved.rows))
    return [
        Cloud(
            reference.name,
            (reference.value, reference.value),
            (0.0, top),
            line=dashed(),
            tags=(drawing.reference_tag(reference, 1 if reference.at == "end" else 0, across=True),),
        )
        for reference in drawing.resolved.references
    ]


def _intervals(resolved: ResolvedChart) -> list[Cloud]:
    look = resolved.series[0]
    data = resolved.chart.series[look.index]
    colors, weights = dict(look.point_colors), dict(look.point_weights)
    return [
        Cloud(
            f"{row.name}, interval",
            (low, high),
            (height, height),
            line=parts.stroke(colors.get(index, look.color), weights.get(index, look.weight)),
        )
        for index, (row, height, low, high) in enumerate(
            zip(resolved.rows, _heights(resolved), data.low, data.high, strict=bool(data.low))
        )
    ]


def _estimates(drawing: Drawing) -> Cloud:
    resolved = drawing.resolved
    look = resolved.series[0]
    colors, markers = dict(look.point_colors), dict(look.point_markers)
    special = [
        el(
            "c:dPt",
            el("c:idx", val=index),
            parts.marker(
                markers.get(index, look.marker),
                look.marker_size + 3 * (index in markers),
                colors.get(index, look.color),
            ),
            el("c:bubble3D", val=False),
        )
        for index in sorted({*colors, *markers})
    ]
    return Cloud(
        look.name,
        resolved.chart.series[look.index].values,
        _heights(resolved),
        marker=parts.marker(look.marker, look.marker_size, look.color),
        tags=tuple(drawing.tags(look, across=True)),
        points=tuple(special),
    )


def _words(drawing: Drawing) -> list[Cloud]:
    """Return names and verdicts as labels of invisible points."""
    resolved = drawing.resolved
    value, plot = resolved.value_axis, drawing.frame.plot
    edge = value.minimum + (resolved.verdict_at - plot.left / resolved.size[0]) * (value.maximum - value.minimum)
    size = resolved.category_size
    side = PLACES[resolved.verdict_side]
    names = [Tag(i, row.name, "r", size, bold=row.bold) for i, row in enumerate(resolved.rows)]
    said = [
        Tag(i, row.verdict, side, size, role=row.color, bold=True) for i, row in enumerate(resolved.rows) if row.verdict
    ]
    columns = [("rows", value.minimum, names), ("verdicts", edge, said)]
    heights = _heights(resolved)
    nudges = {"r": drawing.move(-NUDGE, 0), "l": drawing.move(NUDGE, 0)}
    return [
        Cloud(
            name,
            (float(f"{at:.9g}"),) * len(heights),
            heights,
            tags=tuple(replace(tag, move=nudges[tag.place]) for tag in tags),
        )
        for name, at, tags in columns
        if tags
    ]
