"""COLUMN and BAR: values are at the ends of the bars, so no value axis is needed.

Columns become horizontal bars if their names or values don't fit, and horizontal bars become columns if a reference needs it.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from workshop.charts import paint
from workshop.charts.bars import Plan, Style, bar_labels, hidden_axis, past_interval, resolved_bars
from workshop.charts.canvas import TICK_GAP, Canvas, Names, Obstacles, fitting_names, looks, refuse, value_range
from workshop.charts.clutter import category_names, intervals, reference_lines
from workshop.charts.estimate import LEADING, TINT, shortened, text_height, text_width, widest_word, wrap
from workshop.charts.frame import BarFrame, LyingBarFrame
from workshop.charts.geometry import LABEL_GAP, Rect
from workshop.charts.kind import Kind
from workshop.charts.kinds.dots import resolve_dots
from workshop.charts.labels import label_box
from workshop.charts.references import place_references, room_above
from workshop.charts.resolved import ResolvedChart, ResolvedSeries
from workshop.charts.ticks import Wish, axis
from workshop.charts.upright import NAME_LINES, key_box, upright
from workshop.model.exhibits import Chart, ChartKind

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
    done = _referred(Plan(frame, names, shifted, size), canvas)
    return replace(done, key=canvas.shares(key_box(chart, canvas))) if named < 0 and len(series) > 1 else done


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
    done = _referred(Plan(frame, names, tuple(series), canvas.sizes.labels[-1]), canvas)
    return replace(done, key=canvas.shares(key_box(chart, canvas))) if len(series) > 1 else done


def _referred(plan: Plan, canvas: Canvas) -> ResolvedChart:
    """Return the chart of a plan with its reference named above it."""
    frame, chart = plan.frame, plan.frame.chart
    boxes = (*plan.boxes(), *plan.bars(), *category_names(frame, plan.names))
    ground = Obstacles(canvas.rect, boxes, (*intervals(frame), *reference_lines(frame)))
    key = () if frame.plot.top < key_box(chart, canvas).height else (key_box(chart, canvas),)
    placed = place_references(chart, frame, ground.with_boxes(key), canvas.sizes.labels[-1])
    return resolved_bars(chart, canvas, plan, placed.references)


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
    paint.value_axis,
    paint.category_axis,
    paint.references_over_bars,
    paint.bars,
    paint.error_bars,
    paint.labels,
    paint.key,
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
