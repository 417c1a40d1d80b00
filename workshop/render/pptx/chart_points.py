"""Lines over numbers, scatter and forest plots: all of them native scatter charts.

Every series of a scatter chart gets the same number of points (the last one repeated), since a shorter one loses
its line in some programs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workshop.charts.geometry import frame_of
from workshop.charts.resolved import Axis, ResolvedChart, ResolvedReference, ResolvedSeries
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_parts import Tag
from workshop.render.pptx.chart_plots import NUDGE, PLACES, Drawing, free_name
from workshop.render.pptx.workbook import Cell
from workshop.render.pptx.xml import Element, el


@dataclass(frozen=True, slots=True)
class Cloud:
    """One series of a scatter chart and its look."""

    name: str
    x: tuple[Cell, ...]
    y: tuple[Cell, ...]
    line: Element
    marker: Element
    tags: tuple[Tag, ...] = ()
    points: tuple[Element, ...] = ()


def points_plot(drawing: Drawing) -> list[Element]:
    """Return lines over numbers or a scatter plot."""
    resolved = drawing.resolved
    references = [_reference(drawing, reference) for reference in resolved.references]
    clouds = [_data(drawing, series) for series in resolved.series]
    plot = _scatter(drawing, [*references, *clouds, *_notes(drawing)])
    other = resolved.other_axis
    if other is None:
        raise ValueError("a scatter chart needs numbers along x")
    return [plot, *_axes(drawing, other, resolved.value_axis)]


def _data(drawing: Drawing, series: ResolvedSeries) -> Cloud:
    data = drawing.resolved.chart.series[series.index]
    return Cloud(
        series.name,
        data.x,
        data.values,
        parts.stroke(series.color if series.weight else "", series.weight, series.dash),
        parts.marker(series.marker, series.marker_size, series.color),
        tuple(drawing.tags(series)),
    )


def _reference(drawing: Drawing, reference: ResolvedReference) -> Cloud:
    """A dashed line from one edge of the plot to the other."""
    resolved = drawing.resolved
    other = resolved.other_axis or resolved.value_axis
    across = reference.axis == "value"
    ends = (other.minimum, other.maximum) if across else (resolved.value_axis.minimum, resolved.value_axis.maximum)
    held = (reference.value, reference.value)
    x, y = (ends, held) if across else (held, ends)
    tag = drawing.reference_tag(reference, 1 if reference.at == "end" else 0)
    return Cloud(reference.name, x, y, _dashed(), parts.marker("none", 0, ""), (tag,))


def _notes(drawing: Drawing) -> list[Cloud]:
    """Words at places of the plane: labels of points that are not drawn."""
    notes = drawing.resolved.notes
    if not notes:
        return []
    return [
        Cloud(
            "names",
            tuple(note.x for note in notes),
            tuple(note.y for note in notes),
            parts.stroke("", 1),
            parts.marker("none", 0, ""),
            tuple(
                Tag(
                    index,
                    note.text,
                    PLACES[note.position],
                    note.size,
                    note.color,
                    note.bold,
                    drawing.move(-NUDGE if note.position == "right" else 0, note.dy),
                )
                for index, note in enumerate(notes)
            ),
        )
    ]


def _dashed() -> Element:
    return parts.stroke("ink", parts.REFERENCE_WEIGHT, "dash")


def _scatter(drawing: Drawing, clouds: Sequence[Cloud]) -> Element:
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
        parts.heading(grid, along),
        cloud.line,
        cloud.marker,
        *cloud.points,
        parts.labels(cloud.tags, drawing.pen),
        parts.numbers("c:xVal", grid, across),
        parts.numbers("c:yVal", grid, along),
        el("c:smooth", val=False),
    )


def _padded(cells: tuple[Cell, ...], count: int) -> list[Cell]:
    return [*cells, *[cells[-1]] * (count - len(cells))]


def _axes(drawing: Drawing, x: Axis, y: Axis) -> list[Element]:
    resolved, pen = drawing.resolved, drawing.pen
    names, values = parts.FIRST_AXES
    across = parts.axis_title(pen, x.title, resolved.tick_size)
    return [
        parts.number_axis(
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
        parts.number_axis(y, pen, resolved.tick_size, side="l", between="midCat", spaced=True),
    ]


# ---------------------------------------------------------------- forest plot
def forest_plot(drawing: Drawing) -> list[Element]:
    """Return a forest plot: intervals, estimates, names, verdicts and references, each a series."""
    resolved = drawing.resolved
    clouds = [
        *_foot(drawing),
        *_references_upright(drawing),
        *_intervals(resolved),
        _estimates(drawing),
        *_words(drawing),
    ]
    plot = _scatter(drawing, clouds)
    rows = len(resolved.rows)
    y = Axis(0.0, float(rows), 1.0, (), visible=False)
    return [plot, *_axes(drawing, resolved.value_axis, y)]


def _foot(drawing: Drawing) -> list[Cloud]:
    """Return the line below the intervals with its ends, and a thin one at zero."""
    resolved = drawing.resolved
    ticks, size = resolved.value_axis.ticks, resolved.tick_size
    if not ticks:
        return []
    (low, first), (high, last) = ticks[0], ticks[-1]

    def hair(name: str, x: tuple[float, float], top: float, *tags: Tag, drawn: bool = True) -> Cloud:
        line = parts.stroke("muted" if drawn else "", parts.GRID_WEIGHT)
        return Cloud(name, x, (0.0, top), line, parts.marker("none", 0, ""), tags)

    found = [hair("axis", (low, high), 0.0, Tag(0, first, "b", size, "muted"), Tag(1, last, "b", size, "muted"))]
    for value, text in ticks[1:-1]:
        free = all(reference.value != value for reference in resolved.references)
        tag = Tag(0, text, "b", size, "muted")
        found.append(hair("zero", (value, value), float(len(resolved.rows)), tag, drawn=free))
    return found


def _heights(resolved: ResolvedChart) -> tuple[float, ...]:
    """Return y of the rows, the first on top."""
    count = len(resolved.rows)
    return tuple(count - index - 0.5 for index in range(count))


def _references_upright(drawing: Drawing) -> list[Cloud]:
    top = float(len(drawing.resolved.rows))
    return [
        Cloud(
            reference.name,
            (reference.value, reference.value),
            (0.0, top),
            _dashed(),
            parts.marker("none", 0, ""),
            (drawing.reference_tag(reference, 1 if reference.at == "end" else 0),),
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
            parts.stroke(colors.get(index, look.color), weights.get(index, look.weight)),
            parts.marker("none", 0, ""),
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
        parts.stroke("", 1),
        parts.marker(look.marker, look.marker_size, look.color),
        tuple(drawing.tags(look)),
        tuple(special),
    )


def _words(drawing: Drawing) -> list[Cloud]:
    """Return names and verdicts as labels of points that are not drawn."""
    resolved = drawing.resolved
    value, plot = resolved.value_axis, frame_of(resolved).plot
    edge = value.minimum + (resolved.verdict_at - plot.left / resolved.size[0]) * (value.maximum - value.minimum)
    size = resolved.category_size
    side = PLACES[resolved.verdict_side]
    names = [Tag(i, row.name, "r", size, bold=row.bold) for i, row in enumerate(resolved.rows)]
    said = [Tag(i, row.verdict, side, size, row.color, bold=True) for i, row in enumerate(resolved.rows) if row.verdict]
    columns = [("rows", value.minimum, names), ("verdicts", edge, said)]
    heights = _heights(resolved)
    nudges = {"r": drawing.move(-NUDGE, 0), "l": drawing.move(NUDGE, 0)}
    return [
        Cloud(
            name,
            (float(f"{at:.9g}"),) * len(heights),
            heights,
            parts.stroke("", 1),
            parts.marker("none", 0, ""),
            tuple(Tag(t.index, t.text, t.place, t.size, t.role, t.bold, nudges[t.place]) for t in tags),
        )
        for name, at, tags in columns
        if tags
    ]
