"""Forest plots as native scatter charts: intervals, estimates, names, verdicts and references are series."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from workshop.charts.axis import Axis
from workshop.charts.geometry import Point, Rect
from workshop.charts.kinds.forest import EDGE, LINE, edge_in, outline, words_in
from workshop.charts.resolved import ResolvedChart, Zones
from workshop.render.office_xml import Element, el
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_clouds import Cloud, dashed, number_axes, scatter_chart
from workshop.render.pptx.chart_drawing import NUDGE, PLACES, Drawing
from workshop.render.pptx.chart_labels import Tag
from workshop.render.pptx.workbook import Cell


def forest_plot(drawing: Drawing) -> list[Element]:
    """Return a forest plot, with intervals, estimates, names, verdicts and references as series."""
    resolved = drawing.resolved
    clouds = [
        *_zones(drawing),
        *_foot(drawing),
        *_references_upright(drawing),
        *_intervals(drawing),
        _estimates(drawing),
        *_words(drawing),
        *_lens(drawing),
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
        free = resolved.zones is None and all(reference.value != value for reference in resolved.references)
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


def _intervals(drawing: Drawing) -> list[Cloud]:
    resolved = drawing.resolved
    look = resolved.series[0]
    data = resolved.chart.series[look.index]
    colors, weights = dict(look.point_colors), dict(look.point_weights)
    found = []
    for index, (row, height, low, high) in enumerate(
        zip(resolved.rows, _heights(resolved), data.low, data.high, strict=bool(data.low))
    ):
        color, name = colors.get(index, look.color), f"{row.name}, interval"
        if resolved.zones is not None:
            x = _around_tick(drawing, low, data.values[index] or 0.0, high)
            line = parts.stroke(color, resolved.zones.thick, cap="flat")
            if x:  # else the tick covers all of it
                found.append(Cloud(name, x, tuple(None if at is None else height for at in x), line=line))
        else:
            line = parts.stroke(color, weights.get(index, look.weight))
            found.append(Cloud(name, (low, high), (height, height), line=line))
    return found


def _around_tick(drawing: Drawing, low: float, estimate: float, high: float) -> tuple[float | None, ...]:
    """Return an interval from end to end, with a gap for the estimate's tick: programs disagree about which series is in front."""
    value, half = drawing.resolved.value_axis, drawing.resolved.series[0].marker_size / 2
    gap = half * (value.maximum - value.minimum) / drawing.frame.plot.width
    parts_of = ((low, estimate - gap), (estimate + gap, high))
    kept = [(one, two) for one, two in parts_of if one < two]
    return tuple(
        float(f"{x:.9g}") if x is not None else None for k, ends in enumerate(kept) for x in (*([None] * k), *ends)
    )


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
        if look.marker != "none"
    ]
    return Cloud(
        look.name,
        resolved.chart.series[look.index].values,
        _heights(resolved),
        marker=parts.marker(look.marker, look.marker_size, look.color),
        tags=tuple(drawing.tags(look, across=True)),
        points=tuple(special),
    )


def _ticks(drawing: Drawing, zones: Zones) -> Cloud:
    """Return the ticks of the estimates in zones: one line with gaps, since no marker is upright."""
    resolved = drawing.resolved
    half, x, y = zones.tick / 2 / drawing.frame.slot, list[Cell](), list[Cell]()
    for value, height in zip(resolved.chart.series[0].values, _heights(resolved), strict=True):
        x += [value, value, None]
        y += [float(f"{height + half:.9g}"), float(f"{height - half:.9g}"), None]
    weight = float(resolved.series[0].marker_size)
    return Cloud("ticks", tuple(x[:-1]), tuple(y[:-1]), line=parts.stroke("ink", weight, cap="flat"))


def _at(drawing: Drawing, places: Sequence[Point | None]) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
    """Return the numbers along x and y at places in points; there is a gap where there is no place."""
    found = [drawing.frame.data(place) if place else (None, None) for place in places]
    rows = len(drawing.resolved.rows) - 0.5
    x = tuple(None if value is None else float(f"{value:.9g}") for _, value in found)
    return x, tuple(None if row is None else float(f"{rows - row:.9g}") for row, _ in found)


def _filled(drawing: Drawing, name: str, area: Rect, role: str) -> Cloud:
    """Return an area as a line as thick as the area is high."""
    middle = area.center[1]
    x, y = _at(drawing, [(area.left, middle), (area.right, middle)])
    return Cloud(name, x, y, line=parts.stroke(role, area.height, cap="flat"))


def _zones(drawing: Drawing) -> list[Cloud]:
    """Return the grounds with their names, the ticks, what is seen in the lens, and the line at which the grounds meet.

    What is alike in grey has a ground between it.
    """
    resolved, zones = drawing.resolved, drawing.resolved.zones
    if zones is None:
        return []
    edge, plot, series = drawing.frame.along_value(zones.edge.value), drawing.frame.plot, resolved.series[0]
    below, above = (_filled(drawing, zone.name.replace("\n", " "), zone.area, zone.color) for zone in zones.grounds)
    tags = [Tag(k, zone.name, "t", resolved.reference_size, role=zone.legible) for k, zone in enumerate(zones.grounds)]
    names = _at(drawing, [(zone.words.center[0], plot.top) for zone in zones.grounds])
    line = _at(drawing, [(edge, plot.bottom), (edge, plot.top)])
    seen = []
    if (lens := zones.lens) is not None:
        seen = [
            _filled(drawing, "lens, interval", lens.interval, dict(series.point_colors).get(lens.row, series.color))
        ]
    return [
        *seen,
        below,
        _ticks(drawing, zones),
        above,
        Cloud("zones", *names, tags=tuple(tags)),
        Cloud(zones.edge.name, *line, line=parts.stroke("ink", EDGE, "dash", cap="flat")),
    ]


def _lens(drawing: Drawing) -> list[Cloud]:
    """Return the edge of a lens, the line from it to its row, and how much larger things are in it."""
    resolved, zones = drawing.resolved, drawing.resolved.zones
    if zones is None or zones.lens is None:
        return []
    lens = zones.lens
    lines = [*outline(lens), None, *lens.link, *([None, *edge_in(lens)] if lens.edge is not None else [])]
    said = Tag(0, words_in(lens), "ctr", resolved.tick_size, role="muted")
    return [
        Cloud("lens, lines", *_at(drawing, lines), line=parts.stroke("ink", LINE)),
        Cloud("lens, times", *_at(drawing, [lens.words.center]), tags=(said,)),
    ]


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
