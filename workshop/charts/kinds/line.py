"""LINE: lines over categories or numbers, with values at the points of a single line, or names at the ends of several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from workshop.charts import draw
from workshop.charts.axis import Axis, Wish, axis
from workshop.charts.canvas import (
    TICK_GAP,
    Canvas,
    Names,
    Obstacles,
    looks,
    names_below,
    number_axis,
    on_value_axis,
    refuse,
    show,
    value_axis_width,
    value_range,
)
from workshop.charts.draw import MARKER_ROOM, Surface
from workshop.charts.geometry import (
    HARD_SPACE,
    LABEL_GAP,
    LEADING,
    Point,
    Rect,
    evened,
    shortened,
    spread,
    text_height,
    text_width,
    wrap,
)
from workshop.charts.kind import Kind, words
from workshop.charts.labels import label_box, reference_box
from workshop.charts.reference_labels import (
    FARTHER,
    Placed,
    beside_labels,
    beside_references,
    heights,
    place_references,
    room_above,
)
from workshop.charts.resolved import Frame, PointLabel, ResolvedChart, ResolvedSeries
from workshop.model.exhibits import Chart, ChartKind, Series

MOST_LINES = 4
LEAST_BETWEEN = 16.0  # points from one marker to the next
THIN = 2.5  # points: a line of many points
MOST_POINT_LABELS = 6
TOUCHES = 1.0  # cost of a label that only touches something
ZERO_FROM = 0.5
TICKS_ALONE, TICKS_BESIDE_NAMES = 0.85, 0.62  # shares of the width for the ticks of an axis along x
LEAST_WIDTH = 0.3  # share of the box's width for the plot itself
LEAST_LINES = 2  # lines of text: least height of the plot
MOST_NAMED = 5
END_SHARES, END_LINES = (0.36, 0.45), 3
NARROW_ENDS, ENOUGH = (
    (0.22, *END_SHARES),
    0.62,
)  # where the names would leave the plot less than this share of the box's width
END_GAP = 2.0
CLEAR = 3.0  # points between a name in the plot and the lines


class LineFrame(Frame, frozen=True):
    """Points over categories or numbers; several lines over categories run from edge to edge and have names at their ends."""

    @property
    def edge_to_edge(self) -> bool:
        """Whether the first and the last category are on the plot's edges."""
        return self.other is None and len(self.chart.series) > 1 and len(self.chart.categories) > 1


class _Parts(Struct, frozen=True):
    """The division of the box: the plot, the names below it, and to its right the labels at the line ends and of references."""

    frame: LineFrame
    names: Names
    ends: tuple[PointLabel | None, ...]
    beside: Sequence[str] = ()


def resolve_lines(chart: Chart, canvas: Canvas) -> ResolvedChart:
    """Resolve a line chart.

    Raises:
        WorkshopError: for more lines than can be distinguished, or names that don't fit.
    """
    looked = [_thinned(s, chart, canvas) for s in looks(chart, canvas, MOST_LINES, things="lines")]
    size = canvas.sizes.labels[0 if len(looked) == 1 else -1]
    parts, series, placed = _labelled(chart, canvas, looked, size, beside=False)
    if placed.cost > 0 and any(on_value_axis(chart, r) for r in chart.references):
        parts, series, placed = _labelled(chart, canvas, looked, size, beside=True)
    frame = parts.frame
    return ResolvedChart(
        frame=frame,
        series=tuple(series),
        references=placed.references,
        size=(canvas.width, canvas.height),
        tick_size=canvas.sizes.tick,
        label_size=size,
        reference_size=canvas.sizes.labels[-1],
        categories=parts.names.texts,
        category_size=parts.names.size,
        every=parts.names.every,
    )


def _thinned(series: ResolvedSeries, chart: Chart, canvas: Canvas) -> ResolvedSeries:
    """Return a line of many points without markers, and thinner."""
    if len(chart.series[series.index].values) * LEAST_BETWEEN * canvas.scale <= canvas.width:
        return series
    return replace(series, marker="none", marker_size=0, weight=min(series.weight, THIN * canvas.scale))


def _labelled(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], size: float, *, beside: bool
) -> tuple[_Parts, list[ResolvedSeries], Placed]:
    """Return the division of the box, the series with their labels, and the references.

    Args:
        beside: whether horizontal references are named to the right of the plot, for want of free room in it.
    """
    small = canvas.sizes.labels[-1]
    parts = _parts(chart, canvas, series, size, beside_labels(chart, canvas, small) if beside else ())
    frame, ground = parts.frame, _ground(canvas, series, parts)
    done, apart = _spread_ends(series, parts, size, small)
    clear = max((half(s) for s in series), default=0.0) + END_GAP
    aside = beside_references(chart, frame, parts.beside, apart, clear) if beside else []
    ground = ground.with_boxes(reference_box(frame, r, small) for r in aside)
    others = replace(chart, references=tuple(r for r in chart.references if not beside or not on_value_axis(chart, r)))
    if len(series) == 1:
        done = [replace(series[0], labels=_point_labels(chart, series[0], frame, ground, canvas, size))]
    else:
        done = free_ends(done, frame, ground, size)
    taken = [label_box(frame, s, label, size) for s in done for label in s.labels]
    placed = place_references(others, frame, ground.with_boxes(taken), small)
    if len(series) == 1 and any(box.overlap(other) > 0 for box in placed.boxes for other in taken):
        # a reference has few places for its name, so the values give way
        placed = place_references(others, frame, ground, small)
        labels = _point_labels(chart, series[0], frame, ground.with_boxes(placed.boxes), canvas, size)
        done = [replace(series[0], labels=labels)]
    return parts, done, replace(placed, references=(*aside, *placed.references))


def _ground(canvas: Canvas, series: Sequence[ResolvedSeries], parts: _Parts) -> Obstacles:
    """Return everything but labels that a label may not lie on."""
    frame, names = parts.frame, parts.names
    boxes = [*draw.marks(frame, series), *draw.category_names(frame, names), draw.foot(frame, canvas.height)]
    boxes += draw.ticks(frame, canvas.sizes.tick)
    if len(series) == 1 and frame.value.visible:
        # a value beside a tick would look like part of it
        boxes.append(Rect(0, frame.plot.top, frame.plot.left + canvas.sizes.labels[0], frame.plot.height))
    lines = [s for line in range(len(series)) for s in draw.segments(frame.points(line))]
    lines += [*draw.intervals(frame), *draw.reference_lines(frame)]
    return Obstacles(canvas.rect, tuple(boxes), tuple(lines))


def value_axis(chart: Chart) -> Axis:
    """Return the value axis: from zero unless that would make the lines too flat."""
    values = value_range(chart)
    zero = not chart.y_log and (
        min(values, default=0) >= 0 and min(values, default=0) <= ZERO_FROM * max(values, default=0)
    )
    return axis(values, Wish(unit=chart.unit, minimum=chart.y_min, maximum=chart.y_max, zero=zero, log=chart.y_log))


def _parts(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], size: float, beside: Sequence[str]
) -> _Parts:
    """Divide the box: ticks on the left, names below, labels above and at the line ends.

    Args:
        beside: labels of references to the right of the plot.

    Raises:
        WorkshopError: if too little room is left for the lines, or a reference needs numbers along x.
    """
    tick, several = canvas.sizes.tick, len(series) > 1
    y = value_axis(chart)
    x = number_axis(chart, canvas.width * (TICKS_BESIDE_NAMES if several else TICKS_ALONE), tick)
    upright = any(r.axis == "x" for r in chart.references)
    if x is None and upright:
        refuse(chart, "a vertical reference needs numbers along x", "give the series x, or drop the reference")
    ends = end_labels(chart, canvas, series, size)
    if (
        several
        and canvas.width - value_axis_width(y, tick) - room_at_ends(chart, canvas, series, ends, size)
        < canvas.width * ENOUGH
    ):
        ends = end_labels(chart, canvas, series, size, NARROW_ENDS)
    room = max((text_width(label, canvas.sizes.labels[-1]) + 3 * LABEL_GAP for label in beside), default=0.0)
    room = max(room, room_at_ends(chart, canvas, series, ends, size))
    left, right = _sides(chart, canvas, x, value_axis_width(y, tick), room)
    wide = canvas.width - left - right
    if wide < canvas.width * LEAST_WIDTH:
        refuse(chart, "ticks and names leave no room for the lines", "shorten the names of the series")
    slot = LineFrame(chart, Rect(left, 0, wide, canvas.height), y, x).slot
    names = Names((), tick, 1) if x is not None else names_below(chart, slot, canvas, lines=2, thin=True)
    title = tick * LEADING + 2 if chart.x_label else 0.0
    labelled_above = not several or upright or chart.references
    top = size * LEADING + TICK_GAP if labelled_above else size * LEADING / 2 + 2
    if upright:  # their names are over the lines, clear of a marker at the top of the plot
        top = max(top, room_above(chart, canvas.sizes.labels[-1], canvas.width) + FARTHER)
    high = canvas.height - top - names.height - title
    if high < LEAST_LINES * size:
        refuse(chart, "the box is too low for a chart", "give it a layout with more room")
    return _Parts(LineFrame(chart, Rect(left, top, wide, high), y, x), names, ends, beside)


def _sides(chart: Chart, canvas: Canvas, x: Axis | None, left: float, right: float) -> tuple[float, float]:
    """Return the margins left and right of the plot, so that the outermost words below it also fit into the box.

    Args:
        left, right: widths of the value axis's ticks and of the labels at the line ends.
    """
    if x is not None:
        outer, size = (x.ticks[0][1], x.ticks[-1][1]), canvas.sizes.tick
    elif len(chart.series) > 1 and len(chart.categories) > 1:
        outer, size = (chart.categories[0], chart.categories[-1]), canvas.sizes.categories[-1]
    else:
        return left, right
    first, last = (text_width(text, size) / 2 for text in outer)
    return max(left + MARKER_ROOM * canvas.scale, first), max(right, last)


def _spread_ends(
    series: Sequence[ResolvedSeries], parts: _Parts, size: float, small: float
) -> tuple[list[ResolvedSeries], list[float]]:
    """Move the labels at the line ends, and those of references beside them, up and down until none covers another.

    Returns:
        The series with their labels, and y of the middle of each reference's label.
    """
    frame, chart = parts.frame, parts.frame.chart
    there = [(k, end, frame.point(series[k].index, end.index)) for k, end in enumerate(parts.ends) if end]
    centers = [point[1] for _, _, point in there if point]
    lines = [frame.along_value(r.value) for r in chart.references if on_value_axis(chart, r)] if parts.beside else []
    tall = [*(text_height(end.text, size) for _, end, _ in there), *heights(parts.beside, small)]
    low = frame.plot.bottom + (size * LEADING / 2 if _clear_below(parts) else 0.0)
    placed = spread([*centers, *lines], tall, 0.0, low)
    moves = {k: y - was for (k, _, _), y, was in zip(there, placed, centers, strict=False)}
    widest = max((s.marker_size for s in series), default=0) / 2
    done = [
        # all names begin at the same x, whatever the marker
        replace(s, labels=(replace(end, dx=end.dx + widest - half(s), dy=round(moves[k], 2)),)) if end else s
        for k, (s, end) in enumerate(zip(series, parts.ends, strict=True))
    ]
    return done, placed[len(centers) :]


def _clear_below(parts: _Parts) -> bool:
    """Whether a label beside the foot of the plot is clear of the last name below it."""
    names = parts.names
    return not names.texts or text_width(names.texts[-1], names.size) / 2 <= END_GAP + LABEL_GAP


def _point_labels(
    chart: Chart, series: ResolvedSeries, frame: Frame, obstacles: Obstacles, canvas: Canvas, size: float
) -> tuple[PointLabel, ...]:
    """Label every point of a short line; of a long one only the ends, the highest and the lowest; none if they are to be read off."""
    if chart.key:
        return ()
    values = chart.series[series.index].values
    wanted = [i for i, v in enumerate(values) if v is not None]
    if len(wanted) > MOST_POINT_LABELS:
        ends = [wanted[0], wanted[-1]]
        extremes = [choose(wanted, key=lambda i: values[i] or 0.0) for choose in (min, max)]
        # an extreme with the same text as an end isn't labelled again
        said = {values[i] for i in ends}
        wanted = [*ends, *(i for i in extremes if values[i] not in said)]
    color = canvas.legible(series.color)
    labels: list[PointLabel] = []
    for index in wanted:
        bare = PointLabel(index, show(chart, values[index] or 0.0), "above", color, bold=True)
        ground = obstacles.with_boxes(label_box(frame, series, k, size) for k in labels)
        choices = [(ground.cost(label_box(frame, series, c, size)), k, c) for k, c in enumerate(_around(bare, size))]
        cost, _, choice = min(choices, key=lambda item: (round(item[0], 3), item[1]))
        if cost <= TOUCHES:
            labels.append(choice)
    return tuple(sorted(labels, key=lambda label: label.index))


def _around(bare: PointLabel, size: float) -> list[PointLabel]:
    """Return the places to try, the usual one first: above, beside a steep line, below, beside."""
    aside, nearer = text_width(bare.text, size, bold=True) / 2 + 5, size * 0.3
    aways = (aside * 0.6, -aside * 0.6, aside, -aside)
    farther = (*aways, 1.3 * aside, -1.3 * aside)
    return [
        bare,
        *(replace(bare, dx=dx, dy=nearer) for dx in aways),
        replace(bare, position="below"),
        *(replace(bare, position="below", dx=dx, dy=-nearer) for dx in aways),
        *(replace(bare, dx=dx) for dx in farther),
        *(replace(bare, position="below", dx=dx) for dx in farther),
        replace(bare, position="right"),
        replace(bare, position="left"),
        *(replace(bare, dx=dx, dy=-size) for dx in (0.0, *farther)),
        *(replace(bare, position="below", dx=dx, dy=size) for dx in (0.0, *farther)),
    ]


def end_labels(
    chart: Chart,
    canvas: Canvas,
    series: Sequence[ResolvedSeries],
    size: float,
    shares: Sequence[float] = END_SHARES,
) -> tuple[PointLabel | None, ...]:
    """Return the label of each line, still level with its end; ``None`` for one without a name, as of a single line.

    Args:
        shares: of the box's width for a label, the one to try first in front.
    """
    if len(series) == 1:
        return (None,)
    many = len(series) > MOST_NAMED
    found: list[PointLabel | None] = []
    for s in series:
        index = _last(chart.series[s.index])
        if index is None or (many and s.color == "context"):
            found.append(None)
            continue
        text = _end_text(chart, canvas, s.name, chart.series[s.index].values[index] or 0.0, size, shares)
        color = canvas.legible(s.color)
        found.append(PointLabel(index, text, "right", color, bold=s.color != "context", dx=END_GAP))
    return tuple(found)


def _end_text(chart: Chart, canvas: Canvas, name: str, value: float, size: float, shares: Sequence[float]) -> str:
    """Return the value and the name, wrapped to save width."""
    start = "" if chart.key else show(chart, value) + "  "
    for share in shares:
        room = canvas.width * share
        lines = wrap(name, room - text_width(start, size, bold=True), size, bold=True)
        text = _hanging(start, lines, size)
        if len(lines) <= END_LINES and text_width(text, size, bold=True) <= room * 1.1:
            return text
    short = shortened(name, room - text_width(start, size, bold=True), size, lines=END_LINES, bold=True)
    return _hanging(start, short, size)


def _hanging(start: str, lines: Sequence[str], size: float) -> str:
    """Return lines that all begin below the first one's name and have the same width."""
    if len(lines) == 1:
        return start + lines[0]
    space = text_width(HARD_SPACE, size, bold=True)
    hang = HARD_SPACE * round(text_width(start, size, bold=True) / space)
    return evened([start + lines[0], *(hang + line for line in lines[1:])], size, bold=True)


def free_ends(
    series: Sequence[ResolvedSeries], frame: Frame, obstacles: Obstacles, size: float
) -> list[ResolvedSeries]:
    """Move names of lines that end inside the plot to places where they cover no line."""
    chart = frame.chart
    inside = [s for s in series if s.labels and ends_inside(chart, s.index)]
    taken = [label_box(frame, s, k, size) for s in series if s not in inside for k in s.labels]
    found = list(series)
    for s in inside:
        ground = obstacles.with_boxes(taken)
        aside = text_width(s.labels[0].text, size, bold=True) / 2
        choices = [
            replace(s.labels[0], position=position, dx=dx, dy=dy)
            for position, dx, dy in (
                ("right", END_GAP, 0.0),
                *(("above", dx, -CLEAR) for dx in (aside, 0.0, -aside)),
                *(("below", dx, CLEAR) for dx in (-aside, 0.0, aside)),
            )
        ]
        best = min(choices, key=lambda c: round(ground.cost(_wider(label_box(frame, s, c, size))), 3))
        taken.append(label_box(frame, s, best, size))
        found[series.index(s)] = replace(s, labels=(best,))
    return found


def _wider(box: Rect) -> Rect:
    return Rect(box.left - CLEAR, box.top - CLEAR, box.width + 2 * CLEAR, box.height + 2 * CLEAR)


def room_at_ends(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], ends: Sequence[PointLabel | None], size: float
) -> float:
    """Return the width, in points, of the widest label at the line ends to the right of the plot."""
    there = [(s, end) for s, end in zip(series, ends, strict=True) if end]
    beyond = [end for s, end in there if not ends_inside(chart, s.index)] or [end for _, end in there]
    widest = max((text_width(end.text, size, bold=True) for end in beyond), default=0.0)
    return widest + LABEL_GAP + END_GAP + 8 * canvas.scale if widest else 0.0


def _last(series: Series) -> int | None:
    return next((i for i in reversed(range(len(series.values))) if series.values[i] is not None), None)


def ends_inside(chart: Chart, index: int) -> bool:
    """Whether a line ends before another one does, so that its name is inside the plot."""
    ends = []
    for series in chart.series:
        last = _last(series)
        if last is not None:
            ends.append(series.x[last] if series.x else float(last))
    ends += [r.value for r in chart.references if not on_value_axis(chart, r)]
    last = _last(chart.series[index])
    series = chart.series[index]
    return last is not None and (series.x[last] if series.x else float(last)) < max(ends)


def half(series: ResolvedSeries) -> float:
    """Return how far a line's markers reach from their points, in points."""
    return 0.0 if series.marker == "none" else series.marker_size / 2


def _lines(resolved: ResolvedChart, surface: Surface) -> None:
    frame = resolved.frame
    for series in resolved.series:
        for part in _unbroken(frame.points(series.index)):
            surface.line(part, series.color, series.weight, series.dash)


def _unbroken(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    """Return the stretches between gaps."""
    for there, part in groupby(points, key=lambda point: point is not None):
        if there:
            yield [point for point in part if point is not None]


def _words(resolved: ResolvedChart) -> Iterator[str]:
    yield from words(resolved)
    yield resolved.chart.x_label


LINE = Kind(
    name=ChartKind.LINE,
    meaning="series over categories such as rounds and steps, or over numbers",
    resolve=resolve_lines,
    paint=(
        draw.value_axis,
        draw.other_axis,
        draw.axis_title,
        draw.references,
        draw.error_bars,
        _lines,
        draw.markers,
        draw.labels,
    ),
    words=_words,
    native="workshop.render.pptx.plots.line:line_plot",
    from_table=True,
)
