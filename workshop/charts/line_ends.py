"""The names at the ends of several lines: each with its last value, on the right of the plot or inside of it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from workshop.charts.canvas import Canvas, Obstacles, on_value_axis, show
from workshop.charts.estimate import HARD_SPACE, evened, shortened, text_width, wrap
from workshop.charts.frame import Frame
from workshop.charts.geometry import LABEL_GAP, Rect
from workshop.charts.labels import label_box
from workshop.charts.resolved import PointLabel, ResolvedSeries
from workshop.model.exhibits import Chart, Series

MOST_NAMED = 5
END_SHARES, END_LINES = (0.36, 0.45), 3
END_GAP = 2.0
CLEAR = 3.0  # points between a name in the plot and the lines


def end_labels(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], size: float
) -> tuple[PointLabel | None, ...]:
    """Return the label of each line, still level with its end; ``None`` for one without a name, as of a single line."""
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
