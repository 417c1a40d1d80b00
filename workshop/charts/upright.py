"""Vertical bars: values above them, a key for several series at the top, references across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from workshop.charts.axis import Axis
from workshop.charts.bars import Plan, Style, bar_labels, hidden_axis, past_interval, resolved_bars
from workshop.charts.canvas import (
    Canvas,
    Obstacles,
    names_below,
    place_references,
    reference_label,
    refuse,
    value_axis_width,
    value_range,
)
from workshop.charts.estimate import LEADING, text_height, text_width, wrap
from workshop.charts.frame import BarFrame
from workshop.charts.geometry import LABEL_GAP, Rect, spread
from workshop.charts.key import key_rect
from workshop.charts.labels import label_box
from workshop.charts.resolved import ResolvedChart, ResolvedReference, ResolvedSeries
from workshop.charts.ticks import Wish, axis
from workshop.model.exhibits import Chart

MOST_COLUMNS = 24
NAME_LINES = 3
GROUP_GAPS = (60, 30)
BESIDE_LEAST, BESIDE_MOST = 0.12, 0.26  # least and largest share of the width
OVER_HALF = 0.66
NO_AXIS = Axis(0.0, 1.0, 1.0, (), visible=False)


def upright(chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], style: Style) -> ResolvedChart | None:
    """Resolve vertical bars whose looks are decided; ``None`` if the values of several series don't fit above them.

    Raises:
        WorkshopError: for too many columns, or names that don't fit below them.
    """
    if len(chart.categories) > MOST_COLUMNS:
        refuse(chart, f"{len(chart.categories)} columns are too many", f"show at most {MOST_COLUMNS}, or draw a line")
    size = canvas.sizes.labels[-1]
    plan = _columns(chart, canvas, series, style, 0.0)
    if plan is None:
        return None
    references, cost = _upright_references(plan, canvas, size)
    if cost > size:
        # there is no free place inside, so the names go to the right of the plot
        labels = _beside_labels(chart, canvas, size)
        beside = max(text_width(label, size) for label in labels) + 2 * LABEL_GAP
        plan = _columns(chart, canvas, series, style, beside)
        if plan is None:
            return None
        references = _beside(chart, plan.frame, labels, size)
    done = resolved_bars(chart, canvas, plan, references)
    return replace(done, key=canvas.shares(key_box(chart, canvas))) if len(chart.series) > 1 else done


def _upright_references(plan: Plan, canvas: Canvas, size: float) -> tuple[tuple[ResolvedReference, ...], float]:
    """Return the references with their labels inside the plot, and the cost of the worst place."""
    obstacles = Obstacles(canvas.rect, (*plan.boxes(), *plan.bars(), key_box(plan.frame.chart, canvas)))
    references, boxes = place_references(plan.frame.chart, plan.frame, obstacles, size)
    return references, max((obstacles.cost(box) for box in boxes), default=0.0)


def _beside_labels(chart: Chart, canvas: Canvas, size: float) -> list[str]:
    """Return the references' labels, wrapped to a narrow column right of the plot: in two lines, if there is enough room."""
    longest = max(text_width(reference_label(chart, r), size) for r in chart.references)
    room = min(max(longest * OVER_HALF, canvas.width * BESIDE_LEAST), canvas.width * BESIDE_MOST)
    return ["\n".join(wrap(reference_label(chart, r), room, size)) for r in chart.references]


def _beside(chart: Chart, frame: BarFrame, labels: Sequence[str], size: float) -> tuple[ResolvedReference, ...]:
    centers = [frame.along_value(r.value) for r in chart.references]
    places = spread(centers, [text_height(label, size) for label in labels], 0.0, frame.plot.bottom)
    return tuple(
        ResolvedReference("value", r.value, label, r.name, position="right", dy=round(place - was, 2))
        for r, label, was, place in zip(chart.references, labels, centers, places, strict=True)
    )


def _columns(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], style: Style, beside: float
) -> Plan | None:
    """Lay out columns with labels that fit above them; if they don't and there is one series, use a value axis instead."""
    several = len(chart.series) > 1
    longest = [text for index in range(len(chart.series)) for text in style.texts(chart, index)]
    gaps = GROUP_GAPS if several else (style.gap,)
    for gap, size in product(gaps, canvas.sizes.labels):
        width = canvas.width - beside
        slot = width / len(chart.categories)
        room = slot / (len(series) + gap / 100) * 1.1 if several else slot
        if all(text_width(text, size, bold=True) <= room for text in longest):
            names = names_below(chart, slot, canvas, lines=NAME_LINES, thin=False)
            top = key_box(chart, canvas).height
            plot = Rect(0, top, width, canvas.height - names.height - top)
            frame = style.frame_type(chart, plot, NO_AXIS, gap=gap)
            return _labelled(canvas, series, style, Plan(frame, names, (), size))
    return None if several else _with_axis(chart, canvas, series[0], style, beside)


def key_box(chart: Chart, canvas: Canvas) -> Rect:
    """Return the place of the key for several series; it has no height for one."""
    if len(chart.series) == 1:
        return Rect(0, 0, canvas.width, 0.0)
    return key_rect([s.name for s in chart.series], canvas.sizes.labels[-1], canvas.width)


def _labelled(canvas: Canvas, series: Sequence[ResolvedSeries], style: Style, plan: Plan) -> Plan:
    """Fill in labels, and limits that leave room for them."""
    chart = plan.frame.chart
    bare = [replace(s, labels=bar_labels(chart, canvas, s, style)) for s in series]
    above = plan.size * LEADING + 2 * LABEL_GAP
    for _ in range(3):
        value = hidden_axis(chart, style, plan.frame.plot.height, plan.size * LEADING + LABEL_GAP, above)
        frame = replace(plan.frame, value=value)
        done = [_raised(frame, past_interval(frame, s), plan.size) for s in bare]
        plan = replace(plan, frame=frame, series=tuple(done))
        over = frame.plot.top - min((box.top for box in plan.boxes()), default=frame.plot.top)
        if over <= 0:
            break
        above += over + 1
    return plan


def _raised(frame: BarFrame, series: ResolvedSeries, size: float) -> ResolvedSeries:
    """Raise labels of bars above zero if a dashed line would strike them through."""
    lines = sorted((frame.reference("value", r.value) for r in frame.chart.references), key=lambda line: -line[0][1])
    labels = []
    for label in series.labels:
        moved = label
        for line in lines:
            box = label_box(frame, series, moved, size)
            upward = (frame.chart.series[series.index].values[label.index] or 0.0) >= 0
            if upward and box.crossed(line) > 0:
                moved = replace(moved, dy=round(moved.dy + line[0][1] - LABEL_GAP - box.bottom, 2))
        labels.append(moved)
    return replace(series, labels=tuple(labels))


def _with_axis(chart: Chart, canvas: Canvas, series: ResolvedSeries, style: Style, beside: float) -> Plan:
    value = axis(value_range(chart), Wish(unit=chart.unit, minimum=chart.y_min, maximum=chart.y_max, zero=True))
    left, size = value_axis_width(value, canvas.sizes.tick), canvas.sizes.labels[-1]
    width = canvas.width - left - beside
    names = names_below(chart, width / len(chart.categories), canvas, lines=2, thin=True)
    top = size * LEADING + LABEL_GAP
    plot = Rect(left, top, width, canvas.height - top - names.height)
    marked = tuple(k for k in bar_labels(chart, canvas, series, style) if chart.categories[k.index] in chart.highlight)
    frame = style.frame_type(chart, plot, value, gap=style.gap)
    return Plan(frame, names, (replace(series, labels=marked),), size)
