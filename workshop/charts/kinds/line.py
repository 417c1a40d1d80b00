"""LINE: lines over categories or numbers, with values at the points of a single line, or names at the ends of several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from workshop.charts import in_small, on_paper
from workshop.charts.axis import Axis
from workshop.charts.canvas import (
    TICK_GAP,
    Canvas,
    Names,
    Obstacles,
    looks,
    names_below,
    number_axis,
    place_references,
    refuse,
    show,
    value_axis_width,
    value_range,
)
from workshop.charts.estimate import LEADING, text_height, text_width, wrap
from workshop.charts.frame import Frame
from workshop.charts.geometry import LABEL_GAP, Point, Rect, Segment, spread
from workshop.charts.in_small import Mark, Small
from workshop.charts.kind import Kind
from workshop.charts.labels import label_box
from workshop.charts.on_paper import MARKER_ROOM, Sheet
from workshop.charts.resolved import PointLabel, ResolvedChart, ResolvedSeries
from workshop.charts.ticks import Wish, axis
from workshop.model.exhibits import Chart, ChartKind, Series

MOST_LINES = 4
MOST_NAMED = 5
MOST_POINT_LABELS = 6
END_SHARES, END_LINES = (0.36, 0.45), 3
END_GAP = 2.0
CLEAR = 3.0  # points between a name in the plot and the lines
HARD_SPACE = "\u00a0"
ZERO_FROM = 0.5
TICKS_ALONE, TICKS_BESIDE_NAMES = 0.85, 0.62  # shares of the width for the ticks of an axis along x
LEAST_WIDTH = 0.3  # share of the box's width for the plot itself
LEAST_LINES = 2  # lines of text: least height of the plot


@dataclass(frozen=True, slots=True)
class LineFrame(Frame):
    """Points over categories or numbers; several lines over categories run from edge to edge and have names at their ends."""

    @property
    def edge_to_edge(self) -> bool:
        """Whether the first and the last category are on the plot's edges."""
        return self.other is None and len(self.chart.series) > 1 and len(self.chart.categories) > 1


@dataclass(frozen=True, slots=True)
class _Parts:
    """The division of the box: the plot, the names below it, and the labels at the line ends to its right."""

    frame: LineFrame
    names: Names
    ends: tuple[PointLabel | None, ...]


def resolve_lines(chart: Chart, canvas: Canvas) -> ResolvedChart:
    """Resolve a line chart.

    Raises:
        WorkshopError: for more lines than can be distinguished, or names that don't fit.
    """
    series = looks(chart, canvas, MOST_LINES, things="lines")
    size = canvas.sizes.labels[0 if len(series) == 1 else -1]
    reference_size = canvas.sizes.labels[-1]
    parts = _parts(chart, canvas, series, size)
    frame = parts.frame
    segments = tuple(s for line in range(len(series)) for s in _segments(frame.points(line)))
    obstacles = Obstacles(canvas.rect, segments=segments)
    if len(series) == 1:
        dashed = tuple(frame.reference("value" if r.axis == "y" else "other", r.value) for r in chart.references)
        # a value beside a tick would look like part of it
        ticks = [Rect(0, frame.plot.top, frame.plot.left + size, frame.plot.height)] if frame.value.visible else []
        ground = replace(obstacles, boxes=tuple(ticks), segments=(*segments, *dashed))
        series = [replace(series[0], labels=_point_labels(chart, series[0], frame, ground, canvas, size))]
    else:
        series = _spread_ends(series, parts.ends, frame, size)
        series = _free_ends(series, frame, obstacles, size)
    taken = [label_box(frame, s, label, size) for s in series for label in s.labels]
    halves = [max(_half(s), 6.0) for s in series]
    marks = [Rect(x - h, y - h, 2 * h, 2 * h) for k, h in enumerate(halves) for x, y in filter(None, frame.points(k))]
    references, named_at = place_references(chart, frame, obstacles.with_boxes([*taken, *marks]), reference_size)
    if len(series) == 1 and any(box.overlap(other) > 0 for box in named_at for other in taken):
        # a reference has few places for its name, so the values give way
        labels = _point_labels(chart, series[0], frame, ground.with_boxes(named_at), canvas, size)
        series = [replace(series[0], labels=labels)]
    named = {s.index for s in series if s.labels}
    return ResolvedChart(
        chart=chart,
        frame_type=LineFrame,
        value_axis=frame.value,
        other_axis=frame.other,
        series=tuple(series),
        references=references,
        plot=canvas.shares(frame.plot),
        size=(canvas.width, canvas.height),
        tick_size=canvas.sizes.tick,
        label_size=size,
        reference_size=canvas.sizes.labels[-1],
        categories=parts.names.texts,
        category_size=parts.names.size,
        every=parts.names.every,
        left_out=tuple(s.name for s in series if s.index not in named and len(series) > 1),
    )


def value_axis(chart: Chart) -> Axis:
    """Return the value axis: from zero unless that would make the lines too flat."""
    values = value_range(chart)
    zero = not chart.y_log and (
        min(values, default=0) >= 0 and min(values, default=0) <= ZERO_FROM * max(values, default=0)
    )
    return axis(values, Wish(unit=chart.unit, minimum=chart.y_min, maximum=chart.y_max, zero=zero, log=chart.y_log))


def _parts(chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], size: float) -> _Parts:
    """Divide the box: ticks on the left, names below, labels above and at the line ends.

    Raises:
        WorkshopError: if too little room is left for the lines, or a reference needs numbers along x.
    """
    tick, several = canvas.sizes.tick, len(series) > 1
    y = value_axis(chart)
    x = number_axis(chart, canvas.width * (TICKS_BESIDE_NAMES if several else TICKS_ALONE), tick)
    upright = any(r.axis == "x" for r in chart.references)
    if x is None and upright:
        refuse(chart, "a vertical reference needs numbers along x", "give the series x, or drop the reference")
    ends = _end_labels(chart, canvas, series, size)
    left, right = _sides(chart, canvas, x, value_axis_width(y, tick), _room_at_ends(chart, canvas, series, ends, size))
    wide = canvas.width - left - right
    if wide < canvas.width * LEAST_WIDTH:
        refuse(chart, "ticks and names leave no room for the lines", "shorten the names of the series")
    slot = LineFrame(chart, Rect(left, 0, wide, canvas.height), y, x).slot
    names = Names((), tick, 1) if x is not None else names_below(chart, slot, canvas, lines=2, thin=True)
    title = tick * LEADING + 2 if chart.x_label else 0.0
    labelled_above = not several or upright or chart.references
    top = size * LEADING + TICK_GAP if labelled_above else size * LEADING / 2 + 2
    high = canvas.height - top - names.height - title
    if high < LEAST_LINES * size:
        refuse(chart, "the box is too low for a chart", "give it a layout with more room")
    return _Parts(LineFrame(chart, Rect(left, top, wide, high), y, x), names, ends)


def _room_at_ends(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], ends: Sequence[PointLabel | None], size: float
) -> float:
    """Return the width, in points, of the widest label at the line ends to the right of the plot."""
    there = [(s, end) for s, end in zip(series, ends, strict=True) if end]
    beyond = [end for s, end in there if not _inside(chart, s.index)] or [end for _, end in there]
    widest = max((text_width(end.text, size, bold=True) for end in beyond), default=0.0)
    return widest + LABEL_GAP + END_GAP + 8 * canvas.scale if widest else 0.0


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


def _segments(points: Sequence[tuple[float, float] | None]) -> list[Segment]:
    return [(one, two) for one, two in pairwise(points) if one is not None and two is not None]


def _last(series: Series) -> int | None:
    return next((i for i in reversed(range(len(series.values))) if series.values[i] is not None), None)


def _inside(chart: Chart, index: int) -> bool:
    """Whether a line ends before another one does, so that its name is inside the plot."""
    ends = []
    for series in chart.series:
        last = _last(series)
        if last is not None:
            ends.append(series.x[last] if series.x else float(last))
    last = _last(chart.series[index])
    series = chart.series[index]
    return last is not None and (series.x[last] if series.x else float(last)) < max(ends)


# ---------------------------------------------------------------- several lines: names at the ends
def _end_labels(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], size: float
) -> tuple[PointLabel | None, ...]:
    if len(series) == 1:
        return (None,)
    many = len(series) > MOST_NAMED
    found: list[PointLabel | None] = []
    for s in series:
        index = _last(chart.series[s.index])
        if index is None or (many and s.color == "context"):
            found.append(None)
            continue
        text = _end_text(chart, canvas, s.name, chart.series[s.index].values[index] or 0.0, size)
        color = canvas.legible(s.color)
        found.append(PointLabel(index, text, "right", color, bold=s.color != "context", dx=END_GAP))
    return tuple(found)


def _end_text(chart: Chart, canvas: Canvas, name: str, value: float, size: float) -> str:
    """Return the value and the name, wrapped to save width."""
    start = show(chart, value) + "  "
    for share in END_SHARES:
        room = canvas.width * share
        lines = wrap(name, room - text_width(start, size, bold=True), size, bold=True)
        text = _hanging(start, lines, size)
        if len(lines) <= END_LINES and text_width(text, size, bold=True) <= room * 1.1:
            return text
    return refuse(chart, f"the name {name!r} is too long for the end of its line", "shorten it")


def _hanging(start: str, lines: Sequence[str], size: float) -> str:
    """Return lines that all begin below the first one's name and have the same width.

    Programs align labels of several lines differently; with lines of the same width it makes no difference.
    """
    if len(lines) == 1:
        return start + lines[0]
    space = text_width(HARD_SPACE, size, bold=True)
    hang = HARD_SPACE * round(text_width(start, size, bold=True) / space)
    texts = [start + lines[0], *(hang + line for line in lines[1:])]
    widths = [text_width(text, size, bold=True) for text in texts]
    ends = [HARD_SPACE * round((max(widths) - width) / space) for width in widths]
    return "\n".join(text + end for text, end in zip(texts, ends, strict=True))


def _free_ends(
    series: Sequence[ResolvedSeries], frame: Frame, obstacles: Obstacles, size: float
) -> list[ResolvedSeries]:
    """Move names of lines that end inside the plot to places where they cover no line."""
    chart = frame.chart
    inside = [s for s in series if s.labels and _inside(chart, s.index)]
    taken = [label_box(frame, s, k, size) for s in series if s not in inside for k in s.labels]
    marks = []
    for s in series:
        half = _half(s)
        marks += [Rect(x - half, y - half, 2 * half, 2 * half) for x, y in filter(None, frame.points(s.index))]
    found = list(series)
    for s in inside:
        ground = obstacles.with_boxes([*taken, *marks])
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


def _spread_ends(
    series: Sequence[ResolvedSeries], ends: Sequence[PointLabel | None], frame: Frame, size: float
) -> list[ResolvedSeries]:
    """Move the labels at the line ends up and down until none covers another."""
    there = [(k, end, frame.point(series[k].index, end.index)) for k, end in enumerate(ends) if end]
    centers = [point[1] for _, _, point in there if point]
    heights = [text_height(end.text, size) for _, end, _ in there]
    bottom = frame.plot.bottom + size * LEADING / 2
    placed = spread(centers, heights, 0.0, bottom)
    moves = {k: y - was for (k, _, _), y, was in zip(there, placed, centers, strict=True)}
    widest = max((s.marker_size for s in series), default=0) / 2
    return [
        # all names begin at the same x, whatever the marker
        replace(s, labels=(replace(end, dx=end.dx + widest - _half(s), dy=round(moves[k], 2)),)) if end else s
        for k, (s, end) in enumerate(zip(series, ends, strict=True))
    ]


def _half(series: ResolvedSeries) -> float:
    return 0.0 if series.marker == "none" else series.marker_size / 2


# ---------------------------------------------------------------- one line: values at its points
def _point_labels(
    chart: Chart, series: ResolvedSeries, frame: Frame, obstacles: Obstacles, canvas: Canvas, size: float
) -> tuple[PointLabel, ...]:
    """Label every point of a short line; of a long one only the ends, the highest and the lowest."""
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
    half = _half(series)
    marks = [Rect(x - half, y - half, 2 * half, 2 * half) for x, y in filter(None, frame.points(series.index))]
    for index in wanted:
        bare = PointLabel(index, show(chart, values[index] or 0.0), "above", color, bold=True)
        ground = obstacles.with_boxes([*(label_box(frame, series, k, size) for k in labels), *marks])
        choices = [(ground.cost(label_box(frame, series, c, size)), k, c) for k, c in enumerate(_around(bare, size))]
        cost, _, choice = min(choices, key=lambda item: (round(item[0], 3), item[1]))
        covers = any(label_box(frame, series, choice, size).overlap(b) > 0 for b in ground.boxes)
        if not (covers and cost > size):
            labels.append(choice)
    return tuple(sorted(labels, key=lambda label: label.index))


def _around(bare: PointLabel, size: float) -> list[PointLabel]:
    """Return the places to try, the usual one first: above, beside a steep line, below, beside."""
    aside, nearer = text_width(bare.text, size, bold=True) / 2 + 5, size * 0.3
    return [
        bare,
        *(replace(bare, dx=dx, dy=nearer) for dx in (aside * 0.6, -aside * 0.6, aside, -aside)),
        replace(bare, position="below"),
        *(replace(bare, position="below", dx=dx, dy=-nearer) for dx in (aside * 0.6, -aside * 0.6, aside, -aside)),
        replace(bare, position="right"),
        replace(bare, position="left"),
    ]


# ---------------------------------------------------------------- drawn
def _lines(sheet: Sheet) -> None:
    for series in sheet.resolved.series:
        for part in _unbroken(sheet.frame.points(series.index)):
            sheet.paper.line(part, series.color, series.weight, series.dash)


def _unbroken(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    """Return the stretches between gaps."""
    for there, part in groupby(points, key=lambda point: point is not None):
        if there:
            yield [point for point in part if point is not None]


def _markers(sheet: Sheet) -> None:
    """Draw the markers; those of a single line are open, so that a value can be read off the centre."""
    on_paper.markers(sheet, hollow=len(sheet.resolved.series) == 1)


def _small_lines(small: Small) -> Iterator[Mark]:
    for series in small.resolved.series:
        points = list(filter(None, small.frame.points(series.index)))
        if len(points) > 1:
            yield small.path(points, series.color, 5.0)
        else:
            yield from (small.dot(point, series.color) for point in points)


def _small_names(small: Small) -> Iterator[Mark]:
    if small.frame.other is None:
        yield from in_small.category_names(small)


LINE = Kind(
    name=ChartKind.LINE,
    meaning="series over categories such as rounds and steps, or over numbers",
    resolve=resolve_lines,
    paper=(
        on_paper.value_axis,
        on_paper.other_axis,
        on_paper.axis_title,
        on_paper.references,
        on_paper.error_bars,
        _lines,
        _markers,
        on_paper.labels,
    ),
    thumbnail=(
        in_small.baseline,
        _small_lines,
        in_small.references,
        _small_names,
        in_small.ticks,
        in_small.labels,
    ),
    native="workshop.render.pptx.plots.line:line_plot",
    from_table=True,
)
