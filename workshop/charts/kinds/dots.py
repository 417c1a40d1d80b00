"""DOTS: several series over the same categories, each in a panel of its own, with a dot and its interval at each category.

Many bars with intervals become such a chart: an interval can't be read on a bar, and dots of several series at one place would cover
each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from workshop.charts import draw
from workshop.charts.axis import Wish, axis
from workshop.charts.canvas import Canvas, Obstacles, looks, names_below, refuse, show, value_axis_width, value_range
from workshop.charts.geometry import LABEL_GAP, LEADING, Rect, text_width
from workshop.charts.kind import Kind
from workshop.charts.labels import key_rect, label_box, reference_box
from workshop.charts.reference_labels import FARTHER, beside_labels, place_references, spread_beside
from workshop.charts.resolved import Frame, PointLabel, ResolvedChart, ResolvedSeries
from workshop.model.exhibits import Chart, ChartKind, Series

MOST_SERIES = 3
NAME_LINES = 3
TOUCHES = 1.0  # cost of a label that only touches something


class PanelFrame(Frame, frozen=True):
    """Points over categories; the panels are parts of one plot, with an empty category between them."""


def resolve_dots(chart: Chart, canvas: Canvas) -> ResolvedChart:
    """Resolve dots with intervals.

    Raises:
        WorkshopError: for more series than can be told apart, or names that don't fit.
    """
    if not chart.categories:
        refuse(chart, "dots need categories", "name what is measured")
    chart = _in_panels(chart)
    series = [replace(s, dash="none", weight=0.0) for s in looks(chart, canvas, MOST_SERIES)]
    series = [
        # a series for comparison has a marker that no other one has, so that they are told apart in grey
        replace(s, marker="diamond", marker_size=round(11 * canvas.scale)) if s.marker == "none" else s
        for s in series
    ]
    done = _placed(chart, canvas, series, ())
    if done[1] > 0:
        done = _placed(chart, canvas, series, beside_labels(chart, canvas, canvas.sizes.labels[-1]))
    return done[0]


def _placed(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], aside: Sequence[str]
) -> tuple[ResolvedChart, float]:
    """Return the chart, and how much the names of its references cover.

    Args:
        aside: names of references to the right of the plot.
    """
    small, tick = canvas.sizes.labels[-1], canvas.sizes.tick
    value = axis(value_range(chart), Wish(unit=chart.unit, minimum=chart.y_min, maximum=chart.y_max, zero=True))
    key = key_rect([s.name for s in series], small, canvas.width) if len(series) > 1 else Rect(0, 0, canvas.width, 0)
    left, top = value_axis_width(value, tick), key.height + small * LEADING / 2 + FARTHER
    wide = canvas.width - left - max((text_width(name, small) + 3 * LABEL_GAP for name in aside), default=0.0)
    wide -= 0 if aside else _past_last(chart, canvas, wide)
    names = names_below(chart, wide / len(chart.categories), canvas, lines=NAME_LINES, thin=False)
    plot = Rect(left, top, wide, canvas.height - top - names.height)
    frame = PanelFrame(chart, plot, value)
    boxes = (*draw.marks(frame, series), draw.foot(frame, canvas.height), *draw.ticks(frame, tick), key)
    ground = Obstacles(canvas.rect, boxes, (*draw.intervals(frame), *draw.reference_lines(frame)))
    named = spread_beside(frame, aside, small, key.height) if aside else []
    ground = ground.with_boxes(reference_box(frame, reference, small) for reference in named)
    done = tuple(_labelled(frame, canvas, s, ground, small) for s in series)
    taken = [label_box(frame, s, label, small) for s in done for label in s.labels]
    placed = place_references(chart, frame, ground.with_boxes(taken), small)
    resolved = ResolvedChart(
        frame=frame,
        series=done,
        references=tuple(named) or placed.references,
        size=(canvas.width, canvas.height),
        tick_size=tick,
        label_size=small,
        reference_size=small,
        categories=names.texts,
        category_size=names.size,
        key=canvas.shares(key) if len(series) > 1 else None,
    )
    return resolved, placed.cost


def _past_last(chart: Chart, canvas: Canvas, width: float) -> float:
    """Return how far a label beside the last dot reaches beyond a plot that is ``width`` points wide."""
    size = canvas.sizes.labels[-1]
    texts = [show(chart, v) for s in chart.series for v in s.values if v is not None]
    widest = max(text_width(text, size, bold=True) for text in texts) + 4 * LABEL_GAP
    return max(widest - width / len(chart.categories) / 2, 0.0)


def _in_panels(chart: Chart) -> Chart:
    """Return a chart whose categories are repeated for each series, which has values only in its own part."""
    count, panels = len(chart.categories), len(chart.series)
    categories = list(chart.categories)
    for _ in range(panels - 1):
        categories += [" ", *chart.categories]

    def spread(part: Sequence[Any], panel: int, empty: Any) -> tuple[Any, ...]:
        before, after = panel * (count + 1), (panels - 1 - panel) * (count + 1)
        return (*[empty] * before, *part, *[empty] * after) if part else ()

    series = tuple(
        Series(
            s.name,
            spread(s.values, panel, None),
            low=spread(s.low, panel, 0.0),
            high=spread(s.high, panel, 0.0),
            role=s.role,
        )
        for panel, s in enumerate(chart.series)
    )
    return replace(chart, kind=ChartKind.DOTS, categories=tuple(categories), series=series, highlight=())


def _labelled(frame: Frame, canvas: Canvas, series: ResolvedSeries, ground: Obstacles, size: float) -> ResolvedSeries:
    """Return a series with the values beside its dots, where they cover nothing."""
    labels = []
    for index, value in enumerate(frame.chart.series[series.index].values):
        if value is None:
            continue
        text = show(frame.chart, value)
        bare = PointLabel(index, text, "right", canvas.legible(series.color), bold=True, dx=2.0)
        if text_width(text, size, bold=True) + series.marker_size + 2 * LABEL_GAP > frame.slot:
            continue
        tried = [replace(bare, dy=step * size) for step in (0.0, -0.6, 0.6, -1.2, 1.2)]
        costs = [(round(ground.cost(label_box(frame, series, label, size)), 3), label) for label in tried]
        cost, best = min(costs, key=lambda pair: pair[0])
        if cost <= TOUCHES:
            labels.append(best)
    return replace(series, labels=tuple(labels))


DOTS = Kind(
    name=ChartKind.DOTS,
    meaning="dots with intervals, a panel for each series",
    resolve=resolve_dots,
    paint=(
        draw.value_axis,
        draw.category_axis,
        draw.references,
        draw.error_bars,
        draw.markers,
        draw.labels,
        draw.key,
    ),
    native="workshop.render.pptx.plots.line:line_plot",
    from_table=True,
)
