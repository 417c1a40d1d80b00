"""COLUMN, BAR and WATERFALL: values at the ends of the bars, so that no value axis is needed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from workshop.charts.canvas import (
    Canvas,
    Names,
    Obstacles,
    fitting_names,
    looks,
    names_below,
    place_references,
    reference_label,
    refuse,
    show,
    value_axis_width,
    value_range,
)
from workshop.charts.estimate import LEADING, text_height, text_width, widest_word, wrap
from workshop.charts.geometry import LABEL_GAP, Frame, Rect, label_box, spread
from workshop.charts.resolved import Axis, PointLabel, ResolvedChart, ResolvedReference, ResolvedSeries
from workshop.charts.ticks import Wish, axis
from workshop.model.exhibits import Chart, ChartKind

MOST_BARS = 3
MOST_COLUMNS = 24
MOST_LYING = 12
NAME_LINES = 3
NAME_SHARE = 0.42
NAME_SLACK = 1.05  # the estimate is for Arial; other faces of print are a little wider
TOLERANCE = 1e-6
_GAPS = {ChartKind.COLUMN: 45, ChartKind.BAR: 55, ChartKind.WATERFALL: 30}


def resolve_bars(chart: Chart, canvas: Canvas) -> ResolvedChart:
    """Resolve a column or bar chart; columns with names too long to stand below them become lying bars.

    Raises:
        WorkshopError: for more bars or longer names than fit.
    """
    if not chart.categories:
        refuse(chart, "bars need categories", "name what is counted")
    series = [_painted(s, chart) for s in looks(chart, canvas, MOST_BARS)]
    if len(series) > MOST_BARS:
        refuse(chart, f"{len(series)} bars a category are too many", f"show at most {MOST_BARS}")
    few = len(chart.categories) <= MOST_LYING and len(chart.references) <= 1
    if chart.kind is ChartKind.COLUMN and few and not _names_fit(chart, canvas):
        chart = replace(chart, kind=ChartKind.BAR)
    arrange = _lying if chart.kind is ChartKind.BAR else _upright
    return arrange(chart, canvas, series)


def _names_fit(chart: Chart, canvas: Canvas) -> bool:
    return fitting_names(chart, canvas.width / len(chart.categories), canvas, NAME_LINES) is not None


def resolve_waterfall(chart: Chart, canvas: Canvas) -> ResolvedChart:
    """Resolve a waterfall: a start, signed changes, and the total that they add up to.

    Raises:
        WorkshopError: for other data than that, or names that do not fit.
    """
    if len(chart.series) != 1 or len(chart.categories) < 2:
        refuse(
            chart, "a waterfall is one series: a start, changes, a total", "give one series with at least two values"
        )
    values = chart.series[0].values
    if any(v is None for v in values):
        refuse(chart, "a waterfall has no gaps", "use 0 for a step without change")
    numbers = [v for v in values if v is not None]
    total, largest = math.fsum(numbers[:-1]), max(map(abs, numbers))
    if abs(total - numbers[-1]) > TOLERANCE * max(largest, 1e-300):
        refuse(
            chart,
            f"the steps add up to {total:g}, but the last value is {numbers[-1]:g}",
            "values are a start, signed changes, and last their sum",
        )
    series = looks(chart, canvas, 1)
    marked = set(chart.highlight) or {chart.categories[0], chart.categories[-1]}
    context = tuple((i, "context") for i, name in enumerate(chart.categories) if name not in marked)
    return _upright(chart, canvas, [replace(series[0], marker="none", point_colors=context)])


def _painted(series: ResolvedSeries, chart: Chart) -> ResolvedSeries:
    """Leave the highlighted bars in colour and make the rest context, where there is one series."""
    series = replace(series, marker="none")
    unknown = [name for name in chart.highlight if name not in chart.categories]
    if unknown:
        refuse(chart, f"there is no category {unknown[0]!r} to highlight", f"there are: {', '.join(chart.categories)}")
    if len(chart.series) > 1 or not chart.highlight:
        return series
    rest = tuple((i, "context") for i, name in enumerate(chart.categories) if name not in chart.highlight)
    return replace(series, color="accent" if series.color == "context" else series.color, point_colors=rest)


# ---------------------------------------------------------------- labels
def _texts(chart: Chart, index: int) -> list[str]:
    """Return the value label of each bar of a series, "" for a gap."""
    values = chart.series[index].values
    texts = ["" if v is None else show(chart, v) for v in values]
    if chart.kind is ChartKind.WATERFALL:
        for i, value in enumerate(values[1:-1], start=1):
            texts[i] = ("+" if (value or 0) > 0 and not texts[i].startswith("+") else "") + texts[i]
    return texts


def _labels(chart: Chart, canvas: Canvas, series: ResolvedSeries, name_at: int, name: str) -> tuple[PointLabel, ...]:
    """Return labels at the bars' ends; with several series one of them also bears the ``name``."""
    several = len(chart.series) > 1
    grey = {i for i, _ in series.point_colors}
    found = []
    for index, text in enumerate(_texts(chart, series.index)):
        if not text:
            continue
        color = canvas.legible(series.color) if several else "ink"
        bold = series.color != "context" if several else index not in grey
        shown = f"{text}{name}" if several and index == name_at else text
        position = "above" if chart.kind is ChartKind.WATERFALL else "end"
        found.append(PointLabel(index, shown, position, color, bold))
    return tuple(found)


def _whole_categories(chart: Chart) -> list[int]:
    """Return the categories in which every series has a value: in one of them the series are named."""
    return [i for i in range(len(chart.categories)) if all(s.values[i] is not None for s in chart.series)] or [0]


def _beyond(chart: Chart, frame: Frame, series: ResolvedSeries, label: PointLabel) -> PointLabel:
    """Move a label past the end of an error bar."""
    data = chart.series[series.index]
    value = data.values[label.index]
    if not data.low or value is None:
        return label
    far = data.low[label.index] if value < 0 else data.high[label.index]
    reach = frame.along_value(far) - frame.along_value(value)
    return replace(label, dx=round(reach, 2)) if frame.lying else replace(label, dy=round(reach, 2))


def _hidden_axis(chart: Chart, length: float, before: float, after: float) -> Axis:
    """Return the value axis that is not drawn, with room in points before its minimum and after its maximum.

    Room for labels before the minimum is only needed where a bar is negative.
    """
    values = value_range(chart)
    if chart.kind is ChartKind.WATERFALL:
        levels = accumulate(v or 0.0 for v in chart.series[0].values[:-1])
        values = [*levels, *(r.value for r in chart.references)]
    low = min(0.0, *values) if chart.y_min is None else chart.y_min
    high = max(0.0, *values) if chart.y_max is None else chart.y_max
    if low >= high:
        nice = axis([low, high], Wish(chart.unit, chart.y_min, chart.y_max, zero=True))
        low, high = nice.minimum, nice.maximum
    room_low = before if low < 0 and chart.kind is not ChartKind.WATERFALL else 0.0
    room_high = after if any(v > 0 for v in values) or not room_low else 0.0
    unit = (high - low) / max(length - room_low - room_high, length * 0.2)
    minimum, maximum = _round(low - room_low * unit), _round(high + room_high * unit)
    return Axis(minimum, maximum, maximum - minimum, (), visible=False)


def _round(value: float) -> float:
    return float(f"{value:.9g}")


def _resolved(chart: Chart, canvas: Canvas, plan: _Plan, references: tuple[ResolvedReference, ...]) -> ResolvedChart:
    return ResolvedChart(
        chart,
        plan.frame.value,
        None,
        plan.series,
        references,
        canvas.shares(plan.frame.plot),
        canvas.sizes.tick,
        plan.size,
        gap=plan.frame.gap,
        overlap=100 if chart.kind is ChartKind.WATERFALL else 0,
        size=(canvas.width, canvas.height),
        reference_size=canvas.sizes.labels[-1],
        categories=plan.names.texts,
        category_size=plan.names.size,
        every=plan.names.every,
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """Bars and their labels in a frame."""

    frame: Frame
    names: Names
    series: tuple[ResolvedSeries, ...]
    size: float

    def boxes(self) -> list[Rect]:
        """Return the boxes of all labels."""
        return [label_box(self.frame, s, label, self.size) for s in self.series for label in s.labels]

    def bars(self) -> list[Rect]:
        """Return all bars."""
        places = ((s.index, i) for s in self.series for i in range(len(self.frame.chart.categories)))
        return [bar for bar in (self.frame.bar(s, i) for s, i in places) if bar]


# ---------------------------------------------------------------- upright
def _upright(chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries]) -> ResolvedChart:
    if len(chart.categories) > MOST_COLUMNS:
        refuse(chart, f"{len(chart.categories)} columns are too many", f"show at most {MOST_COLUMNS}, or draw a line")
    size = canvas.sizes.labels[-1]
    plan = _columns(chart, canvas, series, 0.0)
    references, cost = _upright_references(plan, canvas, size)
    if cost > size:
        # no free place inside: the names go to the right of the plot
        beside = max(text_width(r.label, size) for r in references) + 2 * LABEL_GAP
        plan = _columns(chart, canvas, series, beside)
        references = _beside(chart, plan.frame, size)
    return _resolved(chart, canvas, plan, references)


def _upright_references(plan: _Plan, canvas: Canvas, size: float) -> tuple[tuple[ResolvedReference, ...], float]:
    """Return the references with their labels inside, and how badly the worst of them stands."""
    obstacles = Obstacles(canvas.rect, (*plan.boxes(), *plan.bars()))
    references, boxes = place_references(plan.frame.chart, plan.frame, obstacles, size)
    return references, max((obstacles.cost(box) for box in boxes), default=0.0)


def _beside(chart: Chart, frame: Frame, size: float) -> tuple[ResolvedReference, ...]:
    centers = [frame.along_value(r.value) for r in chart.references]
    places = spread(centers, [size * LEADING] * len(centers), 0.0, frame.plot.bottom)
    return tuple(
        ResolvedReference("value", r.value, reference_label(chart, r), r.name, "end", "right", dy=round(place - was, 2))
        for r, was, place in zip(chart.references, centers, places, strict=True)
    )


def _columns(chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], beside: float) -> _Plan:
    """Lay columns out with labels that fit over them; else with a value axis and only the highlighted labelled."""
    several = len(chart.series) > 1
    gap = 60 if several else _GAPS[chart.kind]
    longest = [text for s in chart.series for text in _texts(chart, chart.series.index(s))]
    for size in canvas.sizes.labels:
        width = canvas.width - beside
        slot = width / len(chart.categories)
        room = slot / (len(series) + gap / 100) * 1.1 if several else slot
        if all(text_width(text, size, bold=True) <= room for text in longest):
            names = names_below(chart, slot, canvas, lines=NAME_LINES, thin=False)
            plot = Rect(0, 0, width, canvas.height - names.height)
            return _labelled(chart, canvas, series, _Plan(Frame(chart, plot, _NO_AXIS, None, gap), names, (), size))
    return _with_axis(chart, canvas, series, beside, gap)


_NO_AXIS = Axis(0.0, 1.0, 1.0, (), visible=False)


def _labelled(chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], plan: _Plan) -> _Plan:
    """Fill in labels and the limits that leave room for them.

    Several series are named once, in the first category where their names hardly need to be moved apart.
    """
    if len(chart.series) == 1:
        return _named_at(chart, canvas, series, plan, -1)[0]
    tried = [_named_at(chart, canvas, series, plan, index) for index in _whole_categories(chart)]
    return next((done for done, moved in tried if moved < plan.size), min(tried, key=lambda pair: pair[1])[0])


def _named_at(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], plan: _Plan, named: int
) -> tuple[_Plan, float]:
    """Return the plan with the names in one category, and by how many points they had to be raised in all."""
    room = plan.frame.bar_width * 1.25
    bare = [replace(s, labels=_labels(chart, canvas, s, named, _wrapped(s.name, room, plan.size))) for s in series]
    above = plan.size * LEADING + 2 * LABEL_GAP
    raised = 0.0
    for _ in range(3):
        value = _hidden_axis(chart, plan.frame.plot.height, plan.size * LEADING + LABEL_GAP, above)
        frame = replace(plan.frame, value=value)
        before = [_past_interval(chart, frame, s) for s in bare]
        done = _raised(frame, before, named, plan.size)
        raised = sum(
            abs(k.dy - was.dy)
            for s, t in zip(done, before, strict=True)
            for k, was in zip(s.labels, t.labels, strict=True)
            if k.index == named
        )
        plan = replace(plan, frame=frame, series=tuple(done))
        over = -min((box.top for box in plan.boxes()), default=0.0)
        if over <= 0:
            break
        above += over + 1
    return plan, raised


def _wrapped(name: str, room: float, size: float) -> str:
    return "\n" + "\n".join(wrap(name, room, size, bold=True))


def _past_interval(chart: Chart, frame: Frame, series: ResolvedSeries) -> ResolvedSeries:
    return replace(series, labels=tuple(_beyond(chart, frame, series, label) for label in series.labels))


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
            on = [line[0][1] - 2 for line in lines if upward and box.crossed(line) > 0]
            hit = [other.top for other in others if box.overlap(other) > 0]
            if not on and not hit:
                break
            box = Rect(box.left, min(*on, *hit, box.bottom) - box.height, box.width, box.height)
        moves[s.index, label.index] = round(box.top - start.top, 2)
        if label.index == named:
            taken.append(box)
    return [
        replace(s, labels=tuple(replace(k, dy=round(k.dy + moves[s.index, k.index], 2)) for k in s.labels))
        for s in series
    ]


def _others(frame: Frame, series: int, category: int) -> list[Rect]:
    bars = (frame.bar(s, category) for s in range(frame.bars) if s != series)
    return [bar for bar in bars if bar]


def _with_axis(chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], beside: float, gap: int) -> _Plan:
    if len(series) > 1:
        refuse(chart, "the values do not fit over so many columns", "take fewer categories, or kind bar")
    value = axis(value_range(chart), Wish(chart.unit, chart.y_min, chart.y_max, zero=True))
    left, size = value_axis_width(value, canvas.sizes.tick), canvas.sizes.labels[-1]
    width = canvas.width - left - beside
    names = names_below(chart, width / len(chart.categories), canvas, lines=2, thin=True)
    top = size * LEADING + LABEL_GAP
    frame = Frame(chart, Rect(left, top, width, canvas.height - top - names.height), value, None, gap)
    labels = tuple(k for k in _labels(chart, canvas, series[0], -1, "") if chart.categories[k.index] in chart.highlight)
    return _Plan(frame, names, (replace(series[0], labels=labels),), size)


# ---------------------------------------------------------------- lying
def _lying(chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries]) -> ResolvedChart:
    gap = _GAPS[ChartKind.BAR]
    small = canvas.sizes.labels[-1]
    top = small * LEADING + LABEL_GAP if chart.references else 0.0
    slot = (canvas.height - top) / len(chart.categories)
    thick = slot / (len(series) + gap / 100)
    size = next((k for k in canvas.sizes.labels if k * 1.1 <= thick), 0.0)
    if not size:
        most = int((canvas.height - top) / (small * 1.1 * (len(series) + gap / 100)))
        refuse(
            chart,
            f"{len(chart.categories)} categories of {len(series)} bars are too many for this box",
            f"show the {most} that matter and sum up the rest",
        )
    names = _names_beside(chart, canvas, slot)
    left = NAME_SLACK * max(text_width(text, names.size) for text in names.texts) + 2 * LABEL_GAP
    if len(chart.references) > 1:
        refuse(
            chart,
            "lying bars have room for one reference",
            "keep one of them, or make it upright columns (kind column)",
        )
    named = _whole_categories(chart)[0]
    labelled = [replace(s, labels=_labels(chart, canvas, s, named, f" {s.name}")) for s in series]
    widths = [text_width(k.text, size, bold=True) for s in labelled for k in s.labels]
    room = max(widths, default=0.0) + 2 * LABEL_GAP
    wide = canvas.width - left
    if room > wide * 0.6:
        refuse(chart, "names leave no room for the bars", "shorten the names of the series")
    value = _hidden_axis(chart, wide, room, room)
    frame = Frame(chart, Rect(left, top, wide, canvas.height - top), value, None, gap)
    plan = _Plan(frame, names, tuple(_past_interval(chart, frame, s) for s in labelled), size)
    references, _ = place_references(chart, frame, Obstacles(canvas.rect), small)
    return _resolved(chart, canvas, plan, references)


def _names_beside(chart: Chart, canvas: Canvas, slot: float) -> Names:
    """Wrap names left of lying bars.

    Raises:
        WorkshopError: if one is wider than its share, or has more lines than its row is high.
    """
    room = canvas.width * NAME_SHARE
    for size in canvas.sizes.categories:
        one_line = max(text_width(name, size) for name in chart.categories)
        texts = tuple("\n".join(wrap(name, min(one_line, room), size)) for name in chart.categories)
        wide = max(widest_word(name, size) for name in chart.categories) > room
        if not wide and all(text_height(text, size) <= slot for text in texts):
            return Names(texts, size, 1)
    longest = max(chart.categories, key=len)
    return refuse(chart, f"the name {longest!r} does not fit beside its bar", "shorten it")
