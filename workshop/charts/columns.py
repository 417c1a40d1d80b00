"""Upright bars: values above them, names of series in one category, references across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from workshop.charts.bar_plan import (
    GAPS,
    Plan,
    bar_labels,
    bar_texts,
    hidden_axis,
    past_interval,
    resolved_bars,
    whole_categories,
)
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
from workshop.charts.geometry import LABEL_GAP, Frame, Rect, label_box, spread
from workshop.charts.resolved import Axis, ResolvedChart, ResolvedReference, ResolvedSeries
from workshop.charts.ticks import Wish, axis
from workshop.model.exhibits import Chart

MOST_COLUMNS = 24
NAME_LINES = 3
GROUP_GAPS = (60, 30)
BESIDE_LEAST, BESIDE_MOST = 0.12, 0.26  # of the width
OVER_HALF = 0.66
APART = 6.0  # points between names side by side
REACH = 0.7  # of a bar's width that a name may stand off its bar
SIDEWAYS = 0.25  # a point sideways against a point up
NO_AXIS = Axis(0.0, 1.0, 1.0, (), visible=False)


def upright(chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries]) -> ResolvedChart | None:
    """Resolve upright bars whose looks are decided; ``None`` where the values of several series do not fit over them.

    Raises:
        WorkshopError: for more columns than can be told apart, or names that do not fit below them.
    """
    if len(chart.categories) > MOST_COLUMNS:
        refuse(chart, f"{len(chart.categories)} columns are too many", f"show at most {MOST_COLUMNS}, or draw a line")
    size = canvas.sizes.labels[-1]
    plan = _columns(chart, canvas, series, 0.0)
    if plan is None:
        return None
    references, cost = _upright_references(plan, canvas, size)
    if cost > size:
        # no free place inside: the names go to the right of the plot
        labels = _beside_labels(chart, canvas, size)
        beside = max(text_width(label, size) for label in labels) + 2 * LABEL_GAP
        plan = _columns(chart, canvas, series, beside)
        if plan is None:
            return None
        references = _beside(chart, plan.frame, labels, size)
    return resolved_bars(chart, canvas, plan, references)


def _upright_references(plan: Plan, canvas: Canvas, size: float) -> tuple[tuple[ResolvedReference, ...], float]:
    """Return the references with their labels inside, and how badly the worst of them stands."""
    obstacles = Obstacles(canvas.rect, (*plan.boxes(), *plan.bars()))
    references, boxes = place_references(plan.frame.chart, plan.frame, obstacles, size)
    return references, max((obstacles.cost(box) for box in boxes), default=0.0)


def _beside_labels(chart: Chart, canvas: Canvas, size: float) -> list[str]:
    """Return the references' labels, wrapped to a narrow column right of the plot: two lines, if it may be that wide."""
    longest = max(text_width(reference_label(chart, r), size) for r in chart.references)
    room = min(max(longest * OVER_HALF, canvas.width * BESIDE_LEAST), canvas.width * BESIDE_MOST)
    return ["\n".join(wrap(reference_label(chart, r), room, size)) for r in chart.references]


def _beside(chart: Chart, frame: Frame, labels: Sequence[str], size: float) -> tuple[ResolvedReference, ...]:
    centers = [frame.along_value(r.value) for r in chart.references]
    places = spread(centers, [text_height(label, size) for label in labels], 0.0, frame.plot.bottom)
    return tuple(
        ResolvedReference("value", r.value, label, r.name, "end", "right", dy=round(place - was, 2))
        for r, label, was, place in zip(chart.references, labels, centers, places, strict=True)
    )


def _columns(chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], beside: float) -> Plan | None:
    """Lay columns out with labels that fit over them; else, of one series, with a value axis instead."""
    several = len(chart.series) > 1
    longest = [text for s in chart.series for text in bar_texts(chart, chart.series.index(s))]
    gaps = GROUP_GAPS if several else (GAPS[chart.kind],)
    for gap, size in product(gaps, canvas.sizes.labels):
        width = canvas.width - beside
        slot = width / len(chart.categories)
        room = slot / (len(series) + gap / 100) * 1.1 if several else slot
        if all(text_width(text, size, bold=True) <= room for text in longest):
            names = names_below(chart, slot, canvas, lines=NAME_LINES, thin=False)
            plot = Rect(0, 0, width, canvas.height - names.height)
            return _labelled(chart, canvas, series, Plan(Frame(chart, plot, NO_AXIS, None, gap), names, (), size))
    return None if several else _with_axis(chart, canvas, series, beside, gaps[0])


def _labelled(chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], plan: Plan) -> Plan:
    """Fill in labels and the limits that leave room for them.

    Several series are named once, in the first category where their names hardly need to be moved apart.
    """
    if len(chart.series) == 1:
        return _named_at(chart, canvas, series, plan, -1)[0]
    tried = [
        _named_at(chart, canvas, series, plan, index, aside=aside)
        for index in whole_categories(chart)
        for aside in (False, True)
    ]
    return next((done for done, cost in tried if cost < plan.size), min(tried, key=lambda pair: pair[1])[0])


def _named_at(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], plan: Plan, named: int, *, aside: bool = False
) -> tuple[Plan, float]:
    """Return the plan with the names in one category, and how far they had to be moved in all; upwards counts most."""
    room = plan.frame.bar_width * 1.25
    bare = [replace(s, labels=bar_labels(chart, canvas, s, named, _wrapped(s.name, room, plan.size))) for s in series]
    above = plan.size * LEADING + 2 * LABEL_GAP
    cost = 0.0
    for _ in range(3):
        value = hidden_axis(chart, plan.frame.plot.height, plan.size * LEADING + LABEL_GAP, above)
        frame = replace(plan.frame, value=value)
        before = [past_interval(chart, frame, s) for s in bare]
        apart = _side_by_side(frame, before, named, plan.size) if aside else before
        done = _raised(frame, apart, named, plan.size)
        cost = _moved(before, done, named)
        plan = replace(plan, frame=frame, series=tuple(done))
        over = -min((box.top for box in plan.boxes()), default=0.0)
        if over <= 0:
            break
        above += over + 1
    return plan, cost


def _moved(before: Sequence[ResolvedSeries], after: Sequence[ResolvedSeries], named: int) -> float:
    pairs = (
        (was, now)
        for s, t in zip(before, after, strict=True)
        for was, now in zip(s.labels, t.labels, strict=True)
        if now.index == named
    )
    return sum(abs(now.dy - was.dy) + SIDEWAYS * abs(now.dx - was.dx) for was, now in pairs)


def _side_by_side(frame: Frame, series: Sequence[ResolvedSeries], named: int, size: float) -> list[ResolvedSeries]:
    """Move the labels that bear names to the left and right until they stand beside each other, not far from their bars."""
    bearers = [(s, next(k for k in s.labels if k.index == named)) for s in series]
    boxes = [label_box(frame, s, k, size) for s, k in bearers]
    middle, half = frame.along_other(named), frame.slot / 2
    low, high = max(middle - half - APART, 0.0), min(middle + half + APART, frame.plot.right)
    centers = [box.center[0] for box in boxes]
    placed = spread(centers, [box.width + APART for box in boxes], low, high)
    most = frame.bar_width * REACH
    moves = {
        s.index: round(max(-most, min(most, now - was)), 2)
        for (s, _), was, now in zip(bearers, centers, placed, strict=True)
    }
    return [
        replace(s, labels=tuple(replace(k, dx=moves[s.index]) if k.index == named else k for k in s.labels))
        for s in series
    ]


def _wrapped(name: str, room: float, size: float) -> str:
    return "\n" + "\n".join(wrap(name, room, size, bold=True))


def _raised(frame: Frame, series: Sequence[ResolvedSeries], named: int, size: float) -> list[ResolvedSeries]:
    """Raise labels off the dashed lines, and those that bear names until they are clear of each other too."""
    lines = [frame.reference("value", r.value) for r in frame.chart.references]
    taken: list[Rect] = []
    moves: dict[tuple[int, int], float] = {}
    pairs = [(s, k) for s in series for k in s.labels]
    for s, label in sorted(pairs, key=lambda pair: -label_box(frame, pair[0], pair[1], size).bottom):
        start = label_box(frame, s, label, size)
        box = start
        others = [*taken, *_others(frame, s.index, named)] if label.index == named and len(series) > 1 else []
        upward = (frame.chart.series[s.index].values[label.index] or 0.0) >= 0
        for _ in range(len(others) + 1):
            on = [line[0][1] - LABEL_GAP for line in lines if upward and box.crossed(line) > 0]
            hit = [other.top for other in others if box.overlap(other) > 0]
            if not on and not hit:
                break
            box = Rect(box.left, min(*on, *hit, box.bottom) - box.height, box.width, box.height)
        moves[s.index, label.index] = round(box.top - start.top, 2)
        if label.index == named:
            taken.append(Rect(box.left - APART, box.top, box.width + 2 * APART, box.height))
    return [
        replace(s, labels=tuple(replace(k, dy=round(k.dy + moves[s.index, k.index], 2)) for k in s.labels))
        for s in series
    ]


def _others(frame: Frame, series: int, category: int) -> list[Rect]:
    bars = (frame.bar(s, category) for s in range(frame.bars) if s != series)
    return [bar for bar in bars if bar]


def _with_axis(chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], beside: float, gap: int) -> Plan:
    value = axis(value_range(chart), Wish(chart.unit, chart.y_min, chart.y_max, zero=True))
    left, size = value_axis_width(value, canvas.sizes.tick), canvas.sizes.labels[-1]
    width = canvas.width - left - beside
    names = names_below(chart, width / len(chart.categories), canvas, lines=2, thin=True)
    top = size * LEADING + LABEL_GAP
    frame = Frame(chart, Rect(left, top, width, canvas.height - top - names.height), value, None, gap)
    labels = tuple(
        k for k in bar_labels(chart, canvas, series[0], -1, "") if chart.categories[k.index] in chart.highlight
    )
    return Plan(frame, names, (replace(series[0], labels=labels),), size)
