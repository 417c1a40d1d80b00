"""SCATTER: named points in a plane, each name where it covers nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workshop.charts.canvas import (
    TICK_GAP,
    Canvas,
    Obstacles,
    looks,
    place_references,
    refuse,
    value_axis_width,
    value_range,
)
from workshop.charts.estimate import LEADING, text_width
from workshop.charts.geometry import Frame, Rect, label_box
from workshop.charts.lines import number_axis
from workshop.charts.resolved import Axis, PointLabel, ResolvedChart, ResolvedSeries
from workshop.charts.ticks import Wish, axis
from workshop.model.exhibits import Chart

MOST_SERIES = 5
PASSES = 4
PAD = 0.05


def resolve_scatter(chart: Chart, canvas: Canvas) -> ResolvedChart:
    """Resolve a scatter plot. Names that no place is free for are left out and listed in ``left_out``.

    Raises:
        WorkshopError: for more groups than can be told apart.
    """
    if any(len(s.x) != len(s.values) for s in chart.series):
        refuse(chart, "points need numbers along x", "give every series x")
    series = [replace(s, dash="none", weight=0.0) for s in looks(chart, canvas, MOST_SERIES)]
    size = canvas.sizes.labels[-1]
    frame = _frame(chart, canvas, size)
    several = len(series) > 1
    named, left_out = _named(chart, canvas, series, frame, size)
    groups = _group_names(chart, canvas, frame, named, size) if several else named
    taken = [label_box(frame, s, k, size) for s in groups for k in s.labels] + _marks(groups, frame)
    references, _ = place_references(chart, frame, Obstacles(canvas.rect, tuple(taken)), size)
    return ResolvedChart(
        chart,
        frame.value,
        frame.other,
        tuple(groups),
        references,
        canvas.shares(frame.plot),
        canvas.sizes.tick,
        size,
        size=(canvas.width, canvas.height),
        reference_size=size,
        left_out=left_out,
    )


def _frame(chart: Chart, canvas: Canvas, size: float) -> Frame:
    y = axis(value_range(chart), Wish(chart.unit, chart.y_min, chart.y_max, log=chart.y_log, title=chart.y_label))
    x = number_axis(chart)
    if x is None:
        return refuse(chart, "points need numbers along x", "give every series x")
    if not chart.x_label and not chart.y_label:
        # a map: only nearness means something, so there are no numbers to read
        y, x = _bare(value_range(chart)), _bare([v for s in chart.series for v in s.x])
        return Frame(chart, Rect(8, 8, canvas.width - 16, canvas.height - 16), y, x)
    line = canvas.sizes.tick * LEADING
    left = max(value_axis_width(y, canvas.sizes.tick), text_width(x.ticks[0][1], canvas.sizes.tick) / 2)
    right = max(text_width(x.ticks[-1][1], canvas.sizes.tick) / 2, 8.0)
    top = (line + 6 if chart.y_label else 0.0) + (size * LEADING / 2)
    bottom = line + TICK_GAP + (line + 2 if chart.x_label else 0.0)
    plot = Rect(left, top, canvas.width - left - right, canvas.height - top - bottom)
    return Frame(chart, plot, y, x)


def _bare(values: Sequence[float]) -> Axis:
    low, high = min(values), max(values)
    pad = (high - low) * PAD or abs(low) / 2 or 1.0
    low, high = float(f"{low - pad:.9g}"), float(f"{high + pad:.9g}")
    return Axis(low, high, high - low, (), visible=False)


def _marks(series: Iterable[ResolvedSeries], frame: Frame) -> list[Rect]:
    found = []
    for s in series:
        half = s.marker_size / 2 + 1
        found += [Rect(x - half, y - half, 2 * half, 2 * half) for x, y in filter(None, frame.points(s.index))]
    return found


# ---------------------------------------------------------------- names of points
def _named(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], frame: Frame, size: float
) -> tuple[list[ResolvedSeries], tuple[str, ...]]:
    """Place the names one by one, then again in turn while that clears anything; drop what still covers another."""
    marks = _marks(series, frame)
    lines = tuple(frame.reference("value" if r.axis == "y" else "other", r.value) for r in chart.references)
    ground = Obstacles(canvas.rect, tuple(marks), lines)
    bare = [
        (s, PointLabel(i, text, "right", canvas.legible(s.color)))
        for s in series
        for i, text in enumerate(chart.series[s.index].labels)
        if text and chart.series[s.index].values[i] is not None
    ]
    places: dict[int, tuple[PointLabel, Rect]] = {}
    for _ in range(PASSES):
        before = dict(places)
        for k, (s, label) in enumerate(bare):
            others = [box for j, (_, box) in places.items() if j != k]
            free = ground.with_boxes(others)
            choices = [(choice, label_box(frame, s, choice, size)) for choice in _around(label, size)]
            places[k] = min(choices, key=lambda pair: round(free.cost(pair[1]), 3))
        if places == before:
            break
    kept = _without_overlaps(places, chart, bare)
    done = [
        replace(s, labels=tuple(places[k][0] for k, (t, _) in enumerate(bare) if t is s and k in kept)) for s in series
    ]
    return done, tuple(label.text for k, (_, label) in enumerate(bare) if k not in kept)


def _without_overlaps(
    places: dict[int, tuple[PointLabel, Rect]], chart: Chart, bare: Sequence[tuple[ResolvedSeries, PointLabel]]
) -> set[int]:
    """Return the names that stay, the highlighted ones first."""
    order = sorted(places, key=lambda k: (bare[k][1].text not in chart.highlight, k))
    kept: list[int] = []
    for k in order:
        if all(places[k][1].overlap(places[j][1]) <= 0 for j in kept):
            kept.append(k)
    return set(kept)


def _around(bare: PointLabel, size: float) -> list[PointLabel]:
    """Return the places to try: the four sides, then between them, then a little farther off."""
    half = text_width(bare.text, size) / 2
    step = size * 0.75
    corners = [
        replace(bare, position=position, dx=sign * half * part, dy=(2 if position == "above" else -2))
        for part in (0.95, 0.6)
        for position in ("above", "below")
        for sign in (1, -1)
    ]
    beside = [
        replace(bare, position=position, dy=sign * step * part)
        for part in (0.5, 1.0)
        for position in ("right", "left")
        for sign in (-1, 1)
    ]
    near = [replace(bare, position=position) for position in ("right", "left", "above", "below")]
    far = [replace(k, dy=k.dy + (-size if k.position == "above" else size)) for k in corners]
    return [replace(k, dx=round(k.dx, 2), dy=round(k.dy, 2)) for k in [*near, *beside, *corners, *far]]


# ---------------------------------------------------------------- names of groups
def _group_names(
    chart: Chart, canvas: Canvas, frame: Frame, named: Sequence[ResolvedSeries], size: float
) -> list[ResolvedSeries]:
    """Name each group beside the outermost of its points that bears no name; named points speak for themselves."""
    boxes = [label_box(frame, s, k, size) for s in named for k in s.labels] + _marks(named, frame)
    found = []
    for s in named:
        points = [(i, p) for i, p in enumerate(frame.points(s.index)) if p]
        if s.labels or not points:
            found.append(s)
            continue
        middle = (math.fsum(p[0] for _, p in points) / len(points), math.fsum(p[1] for _, p in points) / len(points))
        index = max(points, key=lambda item: math.dist(item[1], middle))[0]
        ground = Obstacles(canvas.rect, tuple(boxes))
        bare = PointLabel(index, chart.series[s.index].name, "right", canvas.legible(s.color), bold=True)
        best = min(_around(bare, size), key=lambda k: round(ground.cost(label_box(frame, s, k, size)), 3))
        boxes.append(label_box(frame, s, best, size))
        found.append(replace(s, labels=(best,)))
    return found
