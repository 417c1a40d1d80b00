"""Rows of squares as native scatter charts: a point for each thing, and the words of each row as labels of invisible points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from workshop.charts.geometry import Point
from workshop.charts.kinds.squares import middles, squares_of
from workshop.render.office_xml import Element, el
from workshop.render.pptx import chart_parts as parts
from workshop.render.pptx.chart_clouds import Cloud, number_axes, scatter_chart
from workshop.render.pptx.chart_drawing import NUDGE, Drawing
from workshop.render.pptx.chart_labels import Tag


def squares_plot(drawing: Drawing) -> list[Element]:
    """Return a scatter chart with a series for the squares of each look; the first of either colour has its name in the key."""
    resolved, chart = drawing.resolved, drawing.resolved.chart
    other = resolved.other_axis
    assert other is not None
    drawing.grid.add("", chart.categories)
    for series in chart.series:
        drawing.grid.add(f"{series.name}, in all", series.values)
    looks: dict[tuple[bool, bool], list[Point]] = defaultdict(list)
    sides: dict[tuple[bool, bool], float] = {}
    for square, marked, large in squares_of(resolved.frame):
        looks[marked, large].append(square.center)
        sides[marked, large] = square.width
    first = {marked: min(large for other, large in looks if other == marked) for marked, _ in looks}
    order = sorted(looks, key=lambda look: (look[1] != first[look[0]], look))
    clouds = [
        _cloud(drawing, chart.series[look[0]].name, looks[look], _square(sides[look], resolved.series[look[0]].color))
        for look in order
    ]  # fmt: skip
    return [scatter_chart(drawing, [*clouds, *_words(drawing)]), *number_axes(drawing, other, resolved.value_axis)]


def _square(side: float, role: str) -> Element:
    """Return a square without an outline, of whole points that no program rounds up, so that squares stay apart."""
    return el("c:marker", el("c:symbol", val="square"), el("c:size", val=max(2, int(side))), parts.shape(role))


def _cloud(
    drawing: Drawing, name: str, places: Sequence[Point], marker: Element | None, tags: tuple[Tag, ...] = ()
) -> Cloud:
    high = drawing.resolved.size[1]
    x, y = zip(*((float(f"{x:.9g}"), float(f"{high - y:.9g}")) for x, y in places), strict=True)
    return Cloud(name, x, y, marker=marker, tags=tags)


def _words(drawing: Drawing) -> list[Cloud]:
    """Return the names of the rows, and how many squares each has."""
    resolved, frame = drawing.resolved, drawing.frame
    move = drawing.move(-NUDGE, 0)
    names = tuple(
        Tag(index, row.name, "r", resolved.category_size, bold=row.bold, move=move)
        for index, row in enumerate(resolved.rows)
    )
    found = [_cloud(drawing, "rows", [(0.0, y) for y in middles(resolved)], None, names)]
    if (series := resolved.series[0]).labels:
        ends = [frame.point(0, index) or (0.0, 0.0) for index in range(len(resolved.rows))]
        found.append(_cloud(drawing, "totals", ends, None, tuple(drawing.tags(series, named=True))))
    return found
