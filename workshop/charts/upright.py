"""Vertical bars: values above them, a key for several series at the top, references across."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from msgspec.structs import replace

from workshop.charts.axis import Axis
from workshop.charts.bars import Plan, Style, bar_labels, hidden_axis, past_interval, resolved_bars
from workshop.charts.canvas import (
    Canvas,
    Obstacles,
    names_below,
    refuse,
    value_axis_width,
    value_range,
)
from workshop.charts.clutter import category_names, foot, intervals, reference_lines, ticks
from workshop.charts.estimate import LEADING, text_width
from workshop.charts.frame import BarFrame
from workshop.charts.geometry import LABEL_GAP, Rect, spread
from workshop.charts.key import key_rect
from workshop.charts.labels import label_box, outwards
from workshop.charts.references import Placed, beside, beside_labels, heights, place_references
from workshop.charts.resolved import ResolvedChart, ResolvedSeries
from workshop.charts.ticks import Wish, axis
from workshop.model.exhibits import Chart

MOST_COLUMNS = 24
NAME_LINES = 3
GROUP_GAPS = (60, 30)
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
    placed = _over_bars(plan, canvas, size)
    references = placed.references
    if placed.cost > 0:
        # there is no free place inside, so the names go to the right of the plot
        labels = beside_labels(chart, canvas, size)
        room = max(text_width(label, size) for label in labels) + 2 * LABEL_GAP
        plan = _columns(chart, canvas, series, style, room)
        if plan is None:
            return None
        centers = [plan.frame.along_value(r.value) for r in chart.references]
        top = key_box(chart, canvas).height
        apart = spread(centers, heights(labels, size), top, plan.frame.plot.bottom)
        references = tuple(beside(chart, plan.frame, labels, apart))
    done = resolved_bars(chart, canvas, plan, references)
    return replace(done, key=canvas.shares(key_box(chart, canvas))) if len(chart.series) > 1 else done


def _over_bars(plan: Plan, canvas: Canvas, size: float) -> Placed:
    """Return the references with their labels inside the plot."""
    frame = plan.frame
    boxes = (*plan.boxes(), *plan.bars(), foot(frame, canvas.height), key_box(frame.chart, canvas))
    lines = (*intervals(frame), *reference_lines(frame))
    return place_references(frame.chart, frame, Obstacles(canvas.rect, boxes, lines), size)


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
        room = slot / (len(series) + gap / 100) if several else slot
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
    """Move labels away from the bars if a dashed line would strike them through."""
    lines = sorted((frame.reference("value", r.value) for r in frame.chart.references), key=lambda line: -line[0][1])
    labels = []
    for label in series.labels:
        moved = label
        upward = outwards(frame, series.index, label) == "above"
        for line in lines if upward else reversed(lines):
            box = label_box(frame, series, moved, size)
            if box.crossed(line) > 0:
                reach = line[0][1] - LABEL_GAP - box.bottom if upward else line[0][1] + LABEL_GAP - box.top
                moved = replace(moved, dy=round(moved.dy + reach, 2))
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
    ground = Obstacles(canvas.rect, (), (*intervals(frame), *reference_lines(frame)))
    bare = Plan(frame, names, (), size)
    ground = ground.with_boxes([*bare.bars(), *category_names(frame, names), *ticks(frame, canvas.sizes.tick)])
    marked = past_interval(frame, replace(series, labels=marked)).labels
    free = tuple(k for k in marked if ground.cost(label_box(frame, series, k, size)) <= 1)
    return replace(bare, series=(replace(series, labels=free),))
