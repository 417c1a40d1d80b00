"""COLUMN and BAR: values are at the ends of the bars, so no value axis is needed.

Columns become horizontal bars if their names or values don't fit, and horizontal bars become columns if a reference needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from workshop.charts import draw
from workshop.charts.axis import Axis, Wish, axis
from workshop.charts.canvas import (
    TICK_GAP,
    Canvas,
    Names,
    Obstacles,
    fitting_names,
    looks,
    names_below,
    refuse,
    show,
    value_axis_width,
    value_range,
)
from workshop.charts.draw import category_names, foot, intervals, reference_lines, ticks
from workshop.charts.geometry import (
    LABEL_GAP,
    LEADING,
    TINT,
    Rect,
    shortened,
    text_height,
    text_width,
    widest_word,
    wrap,
)
from workshop.charts.kind import Kind
from workshop.charts.kinds.dots import resolve_dots
from workshop.charts.labels import key_rect, label_box, outwards
from workshop.charts.reference_labels import Placed, beside_labels, place_references, room_above, spread_beside
from workshop.charts.resolved import (
    BarFrame,
    LyingBarFrame,
    PointLabel,
    ResolvedChart,
    ResolvedReference,
    ResolvedSeries,
)
from workshop.model.exhibits import Chart, ChartKind

MOST_COLUMNS = 24
NAME_LINES = 3
GROUP_GAPS = (60, 30)
NO_AXIS = Axis(0.0, 1.0, 1.0, (), visible=False)
MOST_BARS = 3
MOST_LABELS = 0.55  # share of the width for the labels of horizontal bars
LEAST_BARS = 0.25  # share of the width for thin bars themselves
MOST_LYING = 12
MOST_STANDING = 6
LEAST_SLOT = 3.2  # width for the name of a category of dots, relative to its size
MOST_CROSSED, MOST_DOTS = 7, 15  # bars that intervals cross; more become dots, unless they are too many for panels
NAME_SHARE = 0.42
CLEAR = 7.0  # points between a dashed line and a value beyond it
NAME_SLACK = 1.05  # the estimate is for Arial; other typefaces in print are a little wider


def bar_texts(chart: Chart, index: int) -> list[str]:
    """Return the value label of each bar of a series, "" for a gap."""
    values = chart.series[index].values
    words = chart.series[index].labels or ("",) * len(values)
    return ["" if v is None else f"{show(chart, v)} {word}".strip() for v, word in zip(values, words, strict=True)]


class Style(Struct, frozen=True, kw_only=True):
    """The frame and the labels of one kind of bars.

    Attributes:
        frame_type: type that turns data into bars.
        gap: space between the bars of one series, in percent of their width.
        label_at: place of a bar's label: "end" (below a negative bar), or always "above".
        texts: returns the value labels of a series, given its index.
        reached: returns all values that the axis must reach.
    """

    frame_type: type[BarFrame]
    gap: int
    label_at: str = "end"
    texts: Callable[[Chart, int], list[str]] = bar_texts
    reached: Callable[[Chart], list[float]] = value_range


class Plan(Struct, frozen=True):
    """Bars and their labels in a frame."""

    frame: BarFrame
    names: Names
    series: tuple[ResolvedSeries, ...]
    size: float

    def boxes(self) -> list[Rect]:
        """Return the boxes of all labels."""
        return [label_box(self.frame, s, label, self.size) for s in self.series for label in s.labels]

    def bars(self) -> list[Rect]:
        """Return all bars."""
        places = product(range(len(self.frame.chart.series)), range(len(self.frame.chart.categories)))
        return [bar for bar in (self.frame.bar(s, i) for s, i in places) if bar]


def bar_labels(
    chart: Chart, canvas: Canvas, series: ResolvedSeries, style: Style, *, name_at: int = -1, name: str = ""
) -> tuple[PointLabel, ...]:
    """Return labels at the bars' ends; with several series, the one at the index ``name_at`` also has the ``name``."""
    several = len(chart.series) > 1
    grey = {i for i, _ in series.point_colors}
    found = []
    for index, text in enumerate(style.texts(chart, series.index)):
        if not text:
            continue
        color = canvas.legible(series.color) if several else "ink"
        bold = series.color != "context" if several else index not in grey
        shown = f"{text}{name}" if several and index == name_at else text
        found.append(PointLabel(index, shown, style.label_at, color, bold=bold))
    return tuple(found)


def past_interval(frame: BarFrame, series: ResolvedSeries) -> ResolvedSeries:
    """Return a series with its labels past the ends of its error bars."""
    return replace(series, labels=tuple(_beyond(frame, series, label) for label in series.labels))


def _beyond(frame: BarFrame, series: ResolvedSeries, label: PointLabel) -> PointLabel:
    """Move a label past the end of an error bar."""
    data = frame.chart.series[series.index]
    value = data.values[label.index]
    if not data.low or value is None:
        return label
    far = data.low[label.index] if value < 0 else data.high[label.index]
    reach = frame.along_value(far) - frame.along_value(value)
    return replace(label, dx=round(reach, 2)) if frame.lying else replace(label, dy=round(reach, 2))


def hidden_axis(chart: Chart, style: Style, length: float, before: float, after: float) -> Axis:
    """Return the invisible value axis, with room in points before its minimum and after its maximum.

    Room for labels before the minimum is needed only if one is below a negative bar.
    """
    values = style.reached(chart)
    low = min(0.0, *values) if chart.y_min is None else chart.y_min
    reaches = style.frame_type.lying  # with the values on lying bars, nothing is gained by an empty end of the axis
    high = max(0.0, *values) if reaches or chart.y_max is None else chart.y_max
    if low >= high:
        nice = axis([low, high], Wish(unit=chart.unit, minimum=chart.y_min, maximum=chart.y_max, zero=True))
        low, high = nice.minimum, nice.maximum
    room_low = before if low < 0 and style.label_at == "end" else 0.0
    room_high = after if any(v >= 0 for v in values) or not room_low else 0.0
    unit = (high - low) / max(length - room_low - room_high, length * 0.2)
    minimum, maximum = _round(low - room_low * unit), _round(high + room_high * unit)
    return Axis(minimum, maximum, maximum - minimum, (), visible=False)


def _round(value: float) -> float:
    return float(f"{value:.9g}")


def resolved_bars(
    canvas: Canvas, plan: Plan, references: Sequence[ResolvedReference], *, keyed: bool = True
) -> ResolvedChart:
    """Return the chart that follows from a plan, with its references and, for several series, with a key if it is ``keyed``."""
    return ResolvedChart(
        frame=plan.frame,
        series=plan.series,
        references=tuple(references),
        size=(canvas.width, canvas.height),
        tick_size=canvas.sizes.tick,
        label_size=plan.size,
        reference_size=canvas.sizes.labels[-1],
        categories=plan.names.texts,
        category_size=plan.names.size,
        every=plan.names.every,
        key=canvas.shares(key_box(plan.frame.chart, canvas)) if keyed and len(plan.series) > 1 else None,
    )


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
    lifted = any(label.dy for s in plan.series for label in s.labels)
    if placed.cost > 0 or (lifted and placed.references):
        # there is no free place inside, or values are over the line already, so the names go to the right of the plot
        labels = beside_labels(chart, canvas, size)
        room = max(text_width(label, size) for label in labels) + 2 * LABEL_GAP
        plan = _columns(chart, canvas, series, style, room)
        if plan is None:
            return None
        references = tuple(spread_beside(plan.frame, labels, size, key_box(chart, canvas).height))
    return resolved_bars(canvas, plan, references)


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


STANDING = Style(frame_type=BarFrame, gap=45)
LYING = Style(frame_type=LyingBarFrame, gap=55)


def resolve_bars(chart: Chart, canvas: Canvas) -> ResolvedChart:
    """Resolve a column or bar chart.

    Columns whose names or values don't fit become horizontal bars. Horizontal bars of several series with a reference become
    columns if possible, since only there does every program draw the line in the right place.

    Raises:
        WorkshopError: for more bars or longer names than fit.
    """
    if not chart.categories:
        refuse(chart, "bars need categories", "name what is counted")
    if chart.kind == ChartKind.COLUMN and len(chart.series) > 1 and any(s.low for s in chart.series):
        bars = len(chart.categories) * len(chart.series)
        slot = canvas.width / (bars + len(chart.series) - 1)
        if MOST_CROSSED < bars <= MOST_DOTS and slot >= LEAST_SLOT * canvas.sizes.categories[-1]:
            return resolve_dots(chart, canvas)
    found = [_crossed(s, chart) for s in looks(chart, canvas, MOST_BARS)]
    solid = {s.color for s in found if not s.pattern and s.color != "context"}
    screen = canvas.context_pattern(sorted(solid))
    found = [replace(s, pattern=screen) if s.color == "context" else s for s in found]
    series = [_painted(s, chart, canvas) for s in found]
    if len(series) > MOST_BARS:
        refuse(chart, f"{len(series)} bars per category are too many", f"show at most {MOST_BARS}")
    column, bar = replace(chart, kind=ChartKind.COLUMN), replace(chart, kind=ChartKind.BAR)
    if len(chart.references) > 1:
        done = upright(column, canvas, series, STANDING)
        return done or refuse(chart, "horizontal bars have room for one reference", "keep one of them")
    few = len(chart.categories) <= MOST_LYING
    names_fit = fitting_names(chart, canvas.width / len(chart.categories), canvas, NAME_LINES) is not None
    if chart.kind == ChartKind.COLUMN and (names_fit or not few):
        return upright(column, canvas, series, STANDING) or _lying(bar, canvas, series)
    if len(series) > 1 and chart.references and names_fit and len(chart.categories) <= MOST_STANDING:
        return upright(column, canvas, series, STANDING) or _lying(bar, canvas, series)
    return _lying(bar, canvas, series)


def _crossed(series: ResolvedSeries, chart: Chart) -> ResolvedSeries:
    """Give a bar of a strong colour a light tint if its interval, drawn in ink, crosses it."""
    low = chart.series[series.index].low
    return replace(series, pattern=TINT) if low and series.color != "context" else series


def _painted(series: ResolvedSeries, chart: Chart, canvas: Canvas) -> ResolvedSeries:
    """If there is one series, make all bars context except the highlighted ones; they need no pattern."""
    kept = len(chart.series) > 1 or series.pattern == TINT
    series = replace(series, marker="none", pattern=series.pattern if kept else "")
    unknown = [name for name in chart.highlight if name not in chart.categories]
    if unknown:
        refuse(chart, f"there is no category {unknown[0]!r} to highlight", f"there are: {', '.join(chart.categories)}")
    if len(chart.series) > 1 or not chart.highlight:
        return series
    rest = tuple((i, "context") for i, name in enumerate(chart.categories) if name not in chart.highlight)
    color = "accent" if series.color == "context" else series.color
    return replace(series, color=color, point_colors=rest, point_pattern=canvas.context_pattern([color]))


def _lying(chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries]) -> ResolvedChart:
    """Resolve horizontal bars: with their values at the ends if the bars are thick enough, else over an axis."""
    small = canvas.sizes.labels[-1]
    top = room_above(chart, small, canvas.width, lying=True) + LABEL_GAP if chart.references else 0.0
    thick = (canvas.height - top) / len(chart.categories) / (len(series) + LYING.gap / 100)
    size = next((k for k in canvas.sizes.labels if k * 1.1 <= thick), 0.0)
    if size:
        named = _whole_categories(chart)[0]
        done = _at_ends(chart, canvas, series, top, size, named)
        if done:
            return done
    top += key_box(chart, canvas).height
    done = _at_ends(chart, canvas, series, top, size, -1) if size else None
    return done or _over_axis(chart, canvas, series, top)


def _at_ends(
    chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], top: float, size: float, named: int
) -> ResolvedChart | None:
    """Return bars with their values at the ends; ``None`` if the labels leave too little room for the bars.

    Args:
        top: where the bars begin, in points.
        size: of the labels, in points.
        named: the category whose labels name the series, or -1 for a key above the bars.
    """
    names, left = _names_beside(chart, canvas, (canvas.height - top) / len(chart.categories))
    labelled = [
        replace(s, labels=bar_labels(chart, canvas, s, LYING, name_at=named, name=f" {s.name}")) for s in series
    ]
    widths = [text_width(k.text, size, bold=True) for s in labelled for k in s.labels]
    room = max(widths, default=0.0) + 2 * LABEL_GAP
    wide = canvas.width - left
    sides = 1 + any((v or 0.0) < 0 for s in chart.series for v in s.values)
    if sides * room > wide * MOST_LABELS:
        return None
    value = hidden_axis(chart, LYING, wide, room, room)
    frame = LyingBarFrame(chart, Rect(left, top, wide, canvas.height - top), value, gap=LYING.gap)
    shifted = tuple(_past_lines(frame, past_interval(frame, s), size) for s in labelled)
    return _referred(Plan(frame, names, shifted, size), canvas, keyed=named < 0)


def _over_axis(chart: Chart, canvas: Canvas, series: Sequence[ResolvedSeries], top: float) -> ResolvedChart:
    """Return many thin bars, without values at their ends, over a visible axis."""
    tick = canvas.sizes.tick
    below = tick * LEADING + TICK_GAP
    names, left = _names_beside(chart, canvas, (canvas.height - top - below) / len(chart.categories))
    wish = Wish(unit=chart.unit, minimum=chart.y_min, maximum=chart.y_max, zero=True)
    value = axis(value_range(chart), wish)
    right = max((text_width(text, tick) / 2 for _, text in value.ticks[-1:]), default=0.0)
    plot = Rect(left, top, canvas.width - left - right, canvas.height - top - below)
    if plot.width < canvas.width * LEAST_BARS:
        refuse(chart, "names leave no room for the bars", "shorten the names of the categories")
    frame = LyingBarFrame(chart, plot, value, gap=LYING.gap)
    return _referred(Plan(frame, names, tuple(series), canvas.sizes.labels[-1]), canvas, keyed=True)


def _referred(plan: Plan, canvas: Canvas, *, keyed: bool) -> ResolvedChart:
    """Return the chart of a plan with its reference named above it."""
    frame, chart = plan.frame, plan.frame.chart
    boxes = (*plan.boxes(), *plan.bars(), *category_names(frame, plan.names))
    ground = Obstacles(canvas.rect, boxes, (*intervals(frame), *reference_lines(frame)))
    key = () if frame.plot.top < key_box(chart, canvas).height else (key_box(chart, canvas),)
    placed = place_references(chart, frame, ground.with_boxes(key), canvas.sizes.labels[-1])
    return resolved_bars(canvas, plan, placed.references, keyed=keyed)


def _whole_categories(chart: Chart) -> list[int]:
    """Return the categories in which every series has a value, so that the series can be named there."""
    return [i for i in range(len(chart.categories)) if all(s.values[i] is not None for s in chart.series)] or [0]


def _past_lines(frame: BarFrame, series: ResolvedSeries, size: float) -> ResolvedSeries:
    """Move labels outwards if a dashed line would strike them through."""
    labels = []
    for label in series.labels:
        box = label_box(frame, series, label, size)
        for reference in frame.chart.references:
            line = frame.reference("value", reference.value)
            if box.crossed(line) > 0:
                right = (frame.chart.series[series.index].values[label.index] or 0.0) >= 0
                reach = line[0][0] + CLEAR - box.left if right else line[0][0] - CLEAR - box.right
                label = replace(label, dx=round(label.dx + reach, 2))  # noqa: PLW2901 - the same label, moved
        labels.append(label)
    return replace(series, labels=tuple(labels))


def _names_beside(chart: Chart, canvas: Canvas, slot: float) -> tuple[Names, float]:
    """Wrap the names left of horizontal bars, and return them with the width that they need.

    Raises:
        WorkshopError: if a row is lower than a line of text.
    """
    room = canvas.width * NAME_SHARE
    for size in canvas.sizes.categories:
        one_line = max(text_width(name, size) for name in chart.categories)
        texts = tuple("\n".join(wrap(name, min(one_line, room), size)) for name in chart.categories)
        wide = max(widest_word(name, size) for name in chart.categories) > room
        if not wide and all(text_height(text, size) <= slot for text in texts):
            return Names(texts, size, 1), NAME_SLACK * max(text_width(text, size) for text in texts) + 2 * LABEL_GAP
    fitting = int(slot // (size * LEADING))
    if not fitting:
        count, most = len(chart.categories), int(slot * len(chart.categories) // (size * LEADING))
        refuse(
            chart, f"{count} categories are too many for this box", f"show the {most} that matter and add up the rest"
        )
    texts = tuple("\n".join(shortened(name, room, size, lines=fitting)) for name in chart.categories)
    return Names(texts, size, 1), room + 2 * LABEL_GAP


PAINT = (
    draw.value_axis,
    draw.category_axis,
    draw.references_over_bars,
    draw.bars,
    draw.error_bars,
    draw.labels,
    draw.key,
)
COLUMN = Kind(
    name=ChartKind.COLUMN,
    meaning="vertical bars, those of several series side by side",
    resolve=resolve_bars,
    paint=PAINT,
    native="workshop.render.pptx.plots.bars:bar_plot",
    from_table=True,
)
BAR = Kind(
    name=ChartKind.BAR,
    meaning="horizontal bars for long names, those of several series side by side",
    resolve=resolve_bars,
    paint=PAINT,
    native="workshop.render.pptx.plots.bars:bar_plot",
    from_table=True,
)
