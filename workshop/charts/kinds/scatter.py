"""SCATTER: named points in a plane; names are placed where they cover nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from workshop.charts import draw
from workshop.charts.axis import Axis, Wish, axis
from workshop.charts.canvas import (
    TICK_GAP,
    Canvas,
    Obstacles,
    looks,
    number_axis,
    on_value_axis,
    refuse,
    value_axis_width,
    value_range,
)
from workshop.charts.draw import ALIGN, MARKER_ROOM, Surface
from workshop.charts.geometry import LABEL_GAP, LEADING, Point, Rect, text_box, text_height, text_width, wrap
from workshop.charts.kind import Kind, words
from workshop.charts.labels import beside as sides_of
from workshop.charts.labels import free_place, label_box, reference_box
from workshop.charts.reference_labels import FARTHER, Placed, beside_labels, place_references, room_above, spread_beside
from workshop.charts.resolved import Frame, Note, PointLabel, ResolvedChart, ResolvedSeries
from workshop.model.exhibits import Chart, ChartKind

MOST_SERIES = 5
PASSES = 4
PAD = 0.05
TOUCHES = 1.0  # cost of a name that only touches something
WIDEST = 0.4  # share of the width for a group's name
APART = 0.66  # of the text size: space between names side by side
AWAY = (1.0, 2.0, 3.0, 4.5)  # distances between a group and its name, in lines


def resolve_scatter(chart: Chart, canvas: Canvas) -> ResolvedChart:
    """Resolve a scatter plot; names without a free place are left out.

    Raises:
        WorkshopError: for more groups than can be distinguished.
    """
    if any(len(s.x) != len(s.values) for s in chart.series):
        refuse(chart, "points need numbers along x", "give every series x")
    series = [_dotted(s, canvas) for s in looks(chart, canvas, MOST_SERIES)]
    size = canvas.sizes.labels[-1]
    frame, placed, ground = _referred(chart, canvas, series, size)
    named = _named(chart, canvas, series, frame, size, ground)
    names = [label_box(frame, s, k, size) for s in named for k in s.labels]
    groups, unnamed = _group_names(canvas, frame, series, size, ground.with_boxes(_wider(box, size) for box in names))
    if unnamed:
        # the name of a group has precedence over those of its points
        groups, _ = _group_names(canvas, frame, series, size, ground)
        ground = ground.with_boxes(_wider(_box(note, frame), size) for note in groups)
        named = _named(chart, canvas, series, frame, size, ground)
    return ResolvedChart(
        frame=frame,
        series=tuple(named),
        references=placed.references,
        size=(canvas.width, canvas.height),
        tick_size=canvas.sizes.tick,
        label_size=size,
        reference_size=size,
        notes=(*groups, *_axis_name(canvas, frame)),
    )


def _referred(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], size: float
) -> tuple[Frame, Placed, Obstacles]:
    """Return the plot, the references in it or beside it, and everything that a name may not lie on."""
    frame = _frame(chart, canvas, size)
    ground = _ground(canvas, frame, series)
    placed = place_references(chart, frame, ground, size)
    if placed.cost > 0 and any(on_value_axis(chart, r) for r in chart.references):
        labels = beside_labels(chart, canvas, size)
        clear = max(s.marker_size for s in series) / 2
        frame = _frame(chart, canvas, size, max(text_width(label, size) for label in labels) + clear + 2 * LABEL_GAP)
        aside = spread_beside(frame, labels, size, 0.0, clear)
        ground = _ground(canvas, frame, series).with_boxes(reference_box(frame, r, size) for r in aside)
        upright = replace(chart, references=tuple(r for r in chart.references if not on_value_axis(chart, r)))
        placed = place_references(upright, frame, ground, size)
        placed = replace(placed, references=(*aside, *placed.references))
    return frame, placed, ground.with_boxes(placed.boxes)


def _dotted(series: ResolvedSeries, canvas: Canvas) -> ResolvedSeries:
    """Return a series without its line; context gets small dots."""
    bare = replace(series, dash="none", weight=0.0)
    return replace(bare, marker="circle", marker_size=round(9 * canvas.scale)) if bare.marker == "none" else bare


def _frame(chart: Chart, canvas: Canvas, size: float, beside: float = 0.0) -> Frame:
    y = axis(
        value_range(chart),
        Wish(unit=chart.unit, minimum=chart.y_min, maximum=chart.y_max, log=chart.y_log, title=chart.y_label),
    )
    x = number_axis(chart, canvas.width * 0.85, canvas.sizes.tick)
    if x is None:
        return refuse(chart, "points need numbers along x", "give every series x")
    above = room_above(chart, size, canvas.width)
    above += FARTHER if above else 0.0
    if not chart.x_label and not chart.y_label:
        # a map: only distances mean something, so there are no numbers to read
        y, x = _bare(value_range(chart)), _bare([v for s in chart.series for v in s.x])
        return Frame(chart, Rect(8, 8 + above, canvas.width - 16 - beside, canvas.height - 16 - above), y, x)
    if not x.log:
        x = replace(x, maximum=float(f"{x.maximum + PAD * (x.maximum - x.minimum):.9g}"))
    line = canvas.sizes.tick * LEADING
    left = max(
        value_axis_width(y, canvas.sizes.tick) + MARKER_ROOM * canvas.scale,
        text_width(x.ticks[0][1], canvas.sizes.tick) / 2,
    )
    right = max(text_width(x.ticks[-1][1], canvas.sizes.tick) / 2, 8.0)
    top = 1.5 * line + 6 if chart.y_label else size * LEADING / 2
    top += above
    bottom = line + TICK_GAP + (line + 2 if chart.x_label else 0.0)
    right = max(right, beside)
    plot = Rect(left, top, canvas.width - left - right, canvas.height - top - bottom)
    return Frame(chart, plot, y, x)


def _bare(values: Sequence[float]) -> Axis:
    low, high = min(values), max(values)
    pad = (high - low) * PAD or abs(low) / 2 or 1.0
    low, high = float(f"{low - pad:.9g}"), float(f"{high + pad:.9g}")
    return Axis(low, high, high - low, (), visible=False)


def _ground(canvas: Canvas, frame: Frame, series: Sequence[ResolvedSeries]) -> Obstacles:
    """Return everything but names that a name may not lie on."""
    title = (_box(note, frame) for note in _axis_name(canvas, frame))
    boxes = (*draw.marks(frame, series), *draw.ticks(frame, canvas.sizes.tick), *title)
    lines = (*draw.reference_lines(frame), *draw.intervals(frame))
    return Obstacles(canvas.rect, boxes, lines)


def _box(note: Note, frame: Frame) -> Rect:
    return text_box(note.text, note.size, _place(note, frame), note.position, 0, bold=note.bold)


def _named(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], frame: Frame, size: float, ground: Obstacles
) -> list[ResolvedSeries]:
    """Place the names one by one, repeat while that removes any overlap, then drop names that still cover something."""
    marks = draw.marks(frame, series)
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
            apart = [_wider(mark, size) for mark in marks if mark.center != frame.point(s.index, label.index)]
            free = ground.with_boxes([*others, *apart])
            choices = [(choice, label_box(frame, s, choice, size)) for choice in _around(label, size)]
            places[k] = min(choices, key=lambda pair: round(free.cost(pair[1]), 3))
        if places == before:
            break
    fitting = {k: place for k, place in sorted(places.items()) if ground.cost(place[1]) <= TOUCHES}
    kept = _without_overlaps(fitting, chart, bare)
    return [
        replace(s, labels=tuple(places[k][0] for k, (t, _) in enumerate(bare) if t is s and k in kept)) for s in series
    ]


def _without_overlaps(
    places: dict[int, tuple[PointLabel, Rect]], chart: Chart, bare: Sequence[tuple[ResolvedSeries, PointLabel]]
) -> set[int]:
    """Return the names to keep; highlighted ones take precedence."""
    order = sorted(places, key=lambda k: (bare[k][1].text not in chart.highlight, k))
    kept: list[int] = []
    for k in order:
        if all(places[k][1].overlap(places[j][1]) <= 0 for j in kept):
            kept.append(k)
    return set(kept)


def _around(bare: PointLabel, size: float) -> list[PointLabel]:
    """Return the places to try: the four sides, then the diagonals, then a little farther away."""
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


def _group_names(
    canvas: Canvas, frame: Frame, series: Sequence[ResolvedSeries], size: float, ground: Obstacles
) -> tuple[list[Note], list[str]]:
    """Name each group at its edge or beside one of its points; return the names without a free place, too."""
    ground = replace(ground, ground=frame.plot)
    notes, unnamed = [], []
    for s in series if len(series) > 1 else ():
        points = [p for p in frame.points(s.index) if p]
        if not points or (len(points) == 1 and frame.chart.series[s.index].labels):
            continue
        name = "\n".join(wrap(s.name, frame.plot.width * WIDEST, size, bold=True))
        width, height = text_width(name, size, bold=True), text_height(name, size)
        best = free_place(
            _places_of_group(points, frame.plot, width, height, s.marker_size / 2 + 2 * LABEL_GAP), ground
        )
        if ground.cost(best) > TOUCHES:
            unnamed.append(s.name)
            continue
        ground = ground.with_boxes([_wider(best, size)])
        x, y = (round(part, 9) for part in frame.data(best.center))
        notes.append(Note(name, x, y, color=canvas.legible(s.color), bold=True, size=size))
    return notes, unnamed


def _wider(box: Rect, size: float) -> Rect:
    """Return a box with room on both sides, so that a group's name doesn't look like part of a point's."""
    pad = APART * size
    return Rect(box.left - pad, box.top, box.width + 2 * pad, box.height)


def _places_of_group(points: Sequence[Point], plot: Rect, width: float, height: float, clear: float) -> Iterator[Rect]:
    """Yield places for a group's name: close to its bounding box, beside its points from the top, then farther away.

    All places of the plot come last, the nearest to one of the points first.
    """
    around = [Rect(x - width / 2, y - height / 2, width, height) for x, y in _edges(points, width, height)]
    near = len(around) // len(AWAY)
    yield from around[:near]
    for point in sorted(points, key=lambda p: (p[1], p[0])):
        yield from sides_of(point, width, height, clear)
    yield from around[near:]
    lefts = [plot.left + k * height for k in range(int((plot.width - width) // height) + 1)]
    tops = [plot.top + k * height / 2 for k in range(int((plot.height - height) // (height / 2)) + 1)]
    boxes = [Rect(left, top, width, height) for left in lefts for top in tops]
    yield from sorted(boxes, key=lambda box: min(_off(box, point) for point in points))


def _off(box: Rect, at: Point) -> float:
    """Return how far a point is from the centre of a box; horizontal distance is measured in the box's width."""
    return math.hypot(max(abs(box.center[0] - at[0]) - box.width / 2, 0.0), box.center[1] - at[1])


def _edges(points: Sequence[Point], width: float, height: float) -> Iterator[Point]:
    """Return places around a group, near ones first: above, below, to the right and left of its bounding box."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    for away in AWAY:
        for part in (0.5, 0.0, 1.0):
            x, y = left + part * (right - left), top + part * (bottom - top)
            yield from (
                (x, top - away * height),
                (x, bottom + away * height),
                (right + width / 2 + away * height / 2, y),
                (left - width / 2 - away * height / 2, y),
            )


def _axis_name(canvas: Canvas, frame: Frame) -> list[Note]:
    """Return the name of the vertical axis, printed horizontally above its top."""
    title = frame.value.title
    if not title or frame.other is None:
        return []
    size = canvas.sizes.tick
    dy = round(-size * LEADING, 2)
    return [Note(title, frame.other.minimum, frame.value.maximum, position="right", color="muted", size=size, dy=dy)]


def _place(note: Note, frame: Frame) -> Point:
    return frame.along_other(note.x), frame.along_value(note.y) + note.dy


def _notes(resolved: ResolvedChart, surface: Surface) -> None:
    frame = resolved.frame
    for note in resolved.notes:
        box = text_box(note.text, note.size, _place(note, frame), note.position, 0, bold=note.bold)
        align = ALIGN.get(note.position, "center")
        surface.words(note.text, box, note.size, note.color, bold=note.bold, align=align)


def _words(resolved: ResolvedChart) -> Iterator[str]:
    yield from words(resolved)
    yield from (note.text for note in resolved.notes)
    yield resolved.chart.x_label


SCATTER = Kind(
    name=ChartKind.SCATTER,
    meaning="named points in a plane, in groups",
    resolve=resolve_scatter,
    paint=(
        draw.value_axis,
        draw.other_axis,
        draw.axis_title,
        draw.references,
        draw.error_bars,
        draw.markers,
        draw.labels,
        _notes,
    ),
    words=_words,
    native="workshop.render.pptx.plots.scatter:scatter_plot",
    from_table=True,
    readable=False,
)
