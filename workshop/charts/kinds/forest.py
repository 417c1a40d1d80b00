"""FOREST: one row per estimate with its interval; names on the left, verdicts on the right."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from workshop.charts import draw
from workshop.charts.axis import Axis, Wish, axis, decimals_for, tick_text
from workshop.charts.canvas import Canvas, Obstacles, looks, refuse, show, value_range
from workshop.charts.draw import ALIGN, HAIRLINE, TICK, Surface, reference_lines
from workshop.charts.geometry import LABEL_GAP, LEADING, Rect, shortened, text_box, text_height, text_width, wrap
from workshop.charts.kind import Kind, words
from workshop.charts.labels import label_box
from workshop.charts.reference_labels import place_references, room_above
from workshop.charts.resolved import (
    Frame,
    Lens,
    PointLabel,
    ResolvedChart,
    ResolvedReference,
    ResolvedSeries,
    Row,
    Zone,
    Zones,
)
from workshop.model.exhibits import Chart, ChartKind, Reference

# In points, as on a slide
MARK, THICK = 28.8, 0.55  # height of an estimate's tick; that of an interval, relative to it
OF_ROW = 0.6  # most of a row's height that a tick takes
EDGE, LINE = 2.5, 0.95  # of the line between the zones; of the edge of a lens
WIDE, HIGH, PAD = 151.2, 61.9, 12.0  # of the lens, and what it leaves free on both sides
TIMES = (20, 10, 5)
CLOSE = 1.5  # widths of a tick: nothing shorter can be seen
SAME = 0.05  # points: an end that is on the edge
WIDEST = 0.45  # share of the chart's width for the name of a zone
AWAY = (14.0, 34.0, 48.0, 80.0, 130.0)  # points between an interval and its lens
NARROWER = (1.0, 0.85, 0.7, 0.55)  # shares of the lens's width, until it is within the zones
SHIFTS = (0.0, 0.25, -0.25, 0.45, -0.45)  # of the lens's height


def zoned(chart: Chart) -> Reference | None:
    """Return the reference at which the zones of a chart meet, or ``None``."""
    first = chart.references[0] if chart.references else None
    return first if first is not None and first.sides else None


def room_for_names(chart: Chart, size: float, width: float) -> float:
    """Return the height of the names over the zones, in points."""
    return max(text_height(name, size) for name in _names(chart, size, width))


def _names(chart: Chart, size: float, width: float) -> tuple[str, ...]:
    edge = zoned(chart)
    sides = (side.replace("{}", show(chart, edge.value)) for side in edge.sides) if edge else ()
    return tuple("\n".join(wrap(side, width * WIDEST, size)) for side in sides)


def is_bad(chart: Chart, index: int) -> bool:
    """Whether the interval of a row is wholly in the worse zone."""
    edge, series = zoned(chart), chart.series[0]
    if edge is None or not series.low:
        return False
    return series.high[index] < edge.value if edge.worse == "below" else series.low[index] > edge.value


def place_zones(
    frame: Frame, canvas: Canvas, ends: tuple[float, ...], size: float, tick: float, taken: Sequence[Rect]
) -> Zones | None:
    """Return the zones of a chart with their names, and a lens if a row needs one and there is room for it.

    Args:
        ends: x of both ends of the axis, and of the verdicts.
        size: of the names, in points.
        tick: height of the marks of estimates, in points.
        taken: the boxes of all labels.
    """
    reference = zoned(frame.chart)
    if reference is None:
        return None
    plot, edge = frame.plot, frame.along_value(reference.value)
    areas = (
        Rect(ends[0], plot.top, edge - ends[0], plot.height),
        Rect(edge, plot.top, ends[1] - edge, plot.height),
    )
    # below a worse zone nothing is shown to be good: it's grey
    roles = (("stop_soft", "stop"), ("accent_soft", "accent"))
    if reference.worse == "above":
        roles = (("panel", "muted"), ("stop_soft", "stop"))
    names = _names(frame.chart, size, canvas.width)
    below, above = (
        Zone(area, ground, name, words, canvas.legible(ink))
        for area, (ground, ink), name, words in zip(areas, roles, names, _over(areas, names, size, canvas), strict=True)
    )
    made = ResolvedReference("value", reference.value, "", reference.name)
    zones = Zones(made, (below, above), tick, tick * THICK)
    return replace(zones, lens=_lens(frame, canvas, zones, (edge, ends[2]), taken))


def _over(areas: Sequence[Rect], names: Sequence[str], size: float, canvas: Canvas) -> Iterator[Rect]:
    """Yield the boxes of the names over both zones: in the middle if they fit there, else from the edge outwards."""
    start = 0.0
    for name, area, outwards in zip(names, areas, (-1, 1), strict=True):
        wide, high = text_width(name, size), text_height(name, size)
        middle = area.center[0] - wide / 2
        at_edge = area.right - wide if outwards < 0 else area.left
        left = middle if wide <= area.width else at_edge
        left = min(max(left, start), canvas.width - wide)
        start = left + wide + 2 * LABEL_GAP
        yield Rect(left, area.top - LABEL_GAP - high, wide, high)


def _lens(frame: Frame, canvas: Canvas, zones: Zones, at: tuple[float, float], taken: Sequence[Rect]) -> Lens | None:
    """Return the lens of the row whose end is nearest to the edge, or whose interval is shortest, if that can't be seen."""
    (edge, verdicts), close = at, CLOSE * TICK * zones.tick
    rows = [(row, one[0], two[0], one[1]) for row, (one, two) in frame.intervals(0)]
    needs = []
    for row, low, high, y in rows:
        gap = min((abs(end - edge) for end in (low, high) if abs(end - edge) > SAME), default=close)
        if min(gap, high - low) < close:
            needs.append((min(gap, high - low), row, low, high, y))
    if not needs:
        return None
    _, row, low, high, y = min(needs)
    thick = zones.thick
    blocks = [Rect(a, b - thick / 2, c - a, thick) for _, a, c, b in rows]
    ticks = [Rect(x - thick / 2, at - zones.tick / 2, thick, zones.tick) for x, at in filter(None, frame.points(0))]
    plot = frame.plot
    left, right = zones.grounds[0].area.left, min(zones.grounds[-1].area.right, verdicts - 2 * LABEL_GAP)
    ground = Rect(left, plot.top, right - left, plot.height)
    line = ((edge, plot.top), (edge, plot.bottom))
    obstacles = Obstacles(ground, (*blocks, *ticks, *taken), (line,))
    box = next((box for box in _places(canvas, low, high, y) if not obstacles.cost(box)), None)
    if box is None:
        return None
    beside = [label for label in taken if label.top < y < label.bottom and high <= label.left < box.left]
    start = max((label.right for label in beside), default=high) if box.left > high else low
    return _in_lens(canvas, zones, box, (row, low, high, y), (edge, start))


def _places(canvas: Canvas, low: float, high: float, y: float) -> Iterator[Rect]:
    """Yield places for a lens beside an interval: on its right if there is room, the widest first, then the nearest."""
    tall = HIGH * canvas.scale
    for right, share, away, shift in product((True, False), NARROWER, AWAY, SHIFTS):
        wide, apart = share * WIDE * canvas.scale, away * canvas.scale
        yield Rect(high + apart if right else low - apart - wide, y - tall / 2 + shift * tall, wide, tall)


def _in_lens(
    canvas: Canvas, zones: Zones, box: Rect, row: tuple[int, float, float, float], xs: tuple[float, float]
) -> Lens:
    """Return what is seen in a lens: the whole interval with the edge if they fit, else the end that is near to the edge.

    Args:
        row: the index of the row, both ends of its interval, and its y.
        xs: x of the edge, and of the place where the link begins.
    """
    (index, low, high, y), (edge, link) = row, xs
    close, pad = CLOSE * TICK * zones.tick, PAD * canvas.scale
    inner = box.width - 2 * pad
    end = min((low, high), key=lambda x: abs(x - edge))
    near = SAME < abs(end - edge) < close
    seen = (min(low, edge), max(high, edge)) if near else (low, high)
    times = next((n for n in TIMES if (seen[1] - seen[0]) * n <= inner), 0)
    if not times:
        seen = (min(end, edge), max(end, edge))
        times = next((n for n in TIMES if (seen[1] - seen[0]) * n <= inner / 2), TIMES[-1])
    start = box.left + (box.width - (seen[1] - seen[0]) * times) / 2

    def at(x: float) -> float:
        return min(max(start + (x - seen[0]) * times, box.left + pad / 2), box.right - pad / 2)

    small = canvas.sizes.tick
    text = f"× {times}"
    words = Rect(box.right - pad / 2 - text_width(text, small), box.top, text_width(text, small), small * LEADING)
    middle = (words.bottom + box.bottom) / 2 - LABEL_GAP / 2
    thick = min(zones.thick, box.bottom - words.bottom - LABEL_GAP)
    return Lens(
        row=index,
        box=box,
        times=times,
        edge=at(edge) if near else None,
        interval=Rect(at(low), middle - thick / 2, at(high) - at(low), thick),
        link=((link, y), (box.left if box.left > high else box.right, y)),
        words=words,
    )


def draw_grounds(resolved: ResolvedChart, surface: Surface) -> None:
    """Draw both grounds, their names, and the line at which they meet."""
    zones = resolved.zones
    if zones is None:
        return
    for zone in zones.grounds:
        surface.bar(zone.area, "", zone.color)
        surface.words(zone.name, zone.words, resolved.reference_size, zone.legible)
    surface.line(resolved.frame.reference("value", zones.edge.value), "ink", EDGE, "dash", order=1.8)


def draw_marks(resolved: ResolvedChart, surface: Surface) -> None:
    """Draw each interval as a block with its estimate as a tick, and the lens."""
    zones = resolved.zones
    if zones is None:
        return
    series = resolved.series[0]
    colors = dict(series.point_colors)
    for index, ((low, y), (high, _)) in resolved.frame.intervals(0):
        box = Rect(low, y - zones.thick / 2, high - low, zones.thick)
        surface.bar(box, "", colors.get(index, series.color))
    for at in filter(None, resolved.frame.points(0)):
        surface.mark(at, "tick", zones.tick, "ink")
    if (lens := zones.lens) is not None:
        surface.line(lens.link, "ink", LINE)
        surface.line(outline(lens), "ink", LINE, order=2.1)
        surface.bar(lens.interval, "", colors.get(lens.row, series.color))
        if lens.edge is not None:
            surface.line(edge_in(lens), "ink", LINE, order=2.1)
        surface.words(words_in(lens), lens.words, resolved.tick_size, "muted")


def outline(lens: Lens) -> tuple[tuple[float, float], ...]:
    """Return the corners of a lens, the first one again at the end."""
    box = lens.box
    top, foot = ((box.left, box.top), (box.right, box.top)), ((box.right, box.bottom), (box.left, box.bottom))
    return (*top, *foot, top[0])


def edge_in(lens: Lens) -> tuple[tuple[float, float], ...]:
    """Return the line between the zones as it is seen in a lens."""
    x, inset = lens.edge or 0.0, LABEL_GAP
    return (x, lens.box.top + inset), (x, lens.box.bottom - inset)


def words_in(lens: Lens) -> str:
    """Return how much larger things are in a lens."""
    return f"× {lens.times}"


BLOCK, CROSS = "BLOCK", "×"
GUTTER = 26.0
MOST_STEPS = 12  # of the axis, of which only the ends are named
FOOT = 6.0  # points above and below the texts under the axis
LEAST_ZONE = 0.3
NAMES, VERDICTS = 0.3, 0.15  # shares of the width for words that are cut
WEIGHT, HEAVY = 4.0, 6.0
SQUARE = 14
LEAST_SQUARE, SHOWN = 8.0, 1.6  # points; how many times its marker an interval should be
TOLERANCE = 1e-6


class RowFrame(Frame, frozen=True):
    """One point per row; values run from left to right."""

    lying: ClassVar[bool] = True


class _Columns(Struct, frozen=True):
    """The horizontal division: names from 0, intervals in ``zone``, verdicts from ``verdicts``."""

    size: float
    zone: tuple[float, float]
    verdicts: float


def resolve_forest(chart: Chart, canvas: Canvas) -> ResolvedChart:
    """Resolve a forest plot.

    Raises:
        WorkshopError: for several series, a row without an estimate, or more rows or longer names than fit.
    """
    _check(chart)
    rows = _rows(chart)
    small, edged = canvas.sizes.labels[-1], zoned(chart) is not None
    over = room_for_names(chart, small, canvas.width) if edged else room_above(chart, small, canvas.width, lying=True)
    top = over + 2 * LABEL_GAP
    foot = canvas.sizes.tick * LEADING + FOOT
    if (canvas.height - top - foot) / len(rows) < small * LEADING * 1.05:
        foot = 0.0  # the rows have precedence over the axis below them
    high = canvas.height - foot
    slot = (high - top) / len(rows)
    tall = small * LEADING + LABEL_GAP + SQUARE * canvas.scale
    above = slot >= tall + 2 and not edged
    if above and chart.references:
        # the first row's label must stay clear of the reference's
        top += max(0.0, tall + LABEL_GAP - SQUARE * canvas.scale / 2 - slot / 2)
        slot = (high - top) / len(rows)
    if slot < small * LEADING * 1.05:
        most = int((high - top) / (small * LEADING * 1.05))
        refuse(chart, f"{len(rows)} rows are too many for this box", f"show the {most} that matter")
    widest = max(text_width(show(chart, v or 0.0), small, bold=True) for v in chart.series[0].values)
    beside = max(widest / 2 - LABEL_GAP, 0.0) if above else widest
    rows, columns = _fitted(chart, canvas, rows, beside)
    tick = min(MARK * canvas.scale, OF_ROW * slot)
    size = min(columns.size, slot / LEADING)
    value = _axis(chart, canvas, columns) if foot else replace(_axis(chart, canvas, columns), ticks=())
    frame = RowFrame(chart, Rect(0.0, top, canvas.width, high - top), value)
    between = (max(text_width(row.name, size, bold=row.bold) for row in rows), columns.verdicts)
    series = _series(chart, canvas, frame, small, between if above else None, tick)
    counted = all(row.verdict[:1].isdigit() for row in rows)
    taken = [label_box(frame, series, label, small) for label in series.labels]
    others = replace(chart, references=chart.references[edged:])
    references = place_references(others, frame, Obstacles(canvas.rect, tuple(taken)), small).references
    return ResolvedChart(
        frame=frame,
        series=(series,),
        references=references,
        size=(canvas.width, canvas.height),
        tick_size=canvas.sizes.tick,
        label_size=small,
        category_size=size,
        reference_size=small,
        rows=rows,
        zones=place_zones(frame, canvas, (*columns.zone, columns.verdicts), small, tick, taken),
        verdict_at=(canvas.width - LABEL_GAP if counted else columns.verdicts) / canvas.width,
        verdict_side="left" if counted else "right",
    )


def _check(chart: Chart) -> None:
    if len(chart.series) != 1 or not chart.categories:
        refuse(chart, "a forest plot is one series over named rows", "make it one series, with one category per row")
    if any(v is None for v in chart.series[0].values):
        refuse(chart, "a row has no estimate", "leave the row out")


def _rows(chart: Chart) -> tuple[Row, ...]:
    verdicts = chart.series[0].labels or ("",) * len(chart.categories)
    return tuple(
        Row(
            name,
            f"{CROSS} {verdict}" if _blocked(verdict) and CROSS not in verdict else verdict,
            "stop" if _blocked(verdict) else "ink",
            name in chart.highlight,
        )
        for name, verdict in zip(chart.categories, verdicts, strict=True)
    )


def _fitted(chart: Chart, canvas: Canvas, rows: tuple[Row, ...], beside: float) -> tuple[tuple[Row, ...], _Columns]:
    """Return the rows and their columns; words that leave no room for the intervals are cut."""
    columns = _columns(canvas, rows, beside)
    if columns is None:
        rows = _short(rows, canvas)
        columns = _columns(canvas, rows, beside)
    return rows, columns or refuse(chart, "the box is too narrow", "give it a layout with more room")


def _short(rows: tuple[Row, ...], canvas: Canvas) -> tuple[Row, ...]:
    """Return rows whose words are cut so that they leave room for the intervals."""
    size = canvas.sizes.rows[-1]
    found = []
    for row in rows:
        (name,) = shortened(row.name, canvas.width * NAMES, size, bold=row.bold)
        (verdict,) = shortened(row.verdict, canvas.width * VERDICTS, size, bold=True)
        found.append(replace(row, name=name, verdict=verdict))
    return tuple(found)


def _blocked(verdict: str) -> bool:
    return verdict.strip().upper() == BLOCK or verdict.startswith(CROSS)


def _columns(canvas: Canvas, rows: tuple[Row, ...], beside: float) -> _Columns | None:
    """Take the largest size at which names and verdicts leave room for the intervals; ``None`` if none does."""
    gutter = GUTTER * canvas.scale
    for size in canvas.sizes.rows:
        names = max(text_width(row.name, size, bold=row.bold) for row in rows) + 2 * LABEL_GAP
        said = max(text_width(row.verdict, size, bold=True) for row in rows)
        verdicts = canvas.width - said - 2 * LABEL_GAP if said else canvas.width
        zone = (names + max(gutter, beside + LABEL_GAP), verdicts - gutter - beside)
        if zone[1] - zone[0] >= canvas.width * LEAST_ZONE:
            return _Columns(size, zone, verdicts)
    return None


def _axis(chart: Chart, canvas: Canvas, columns: _Columns) -> Axis:
    """Return an axis over the whole width; the line drawn below spans only the zone between the words."""
    nice = axis(value_range(chart), Wish(unit=chart.unit, minimum=chart.y_min, maximum=chart.y_max, most=MOST_STEPS))
    low = nice.minimum
    high = nice.maximum
    if chart.y_max is None:  # a whole number of steps, so that both ends are round numbers
        high = low + nice.step * math.ceil((high - low) / nice.step - TOLERANCE)
    places = dict.fromkeys(float(f"{v:.9g}") for v in (low, *([0.0] if low < 0 < high else []), high))
    ticks = tuple((v, _end_text(chart, v, nice.step)) for v in places)
    start, end = columns.zone
    unit = (high - low) / (end - start)
    minimum, maximum = (float(f"{v:.9g}") for v in (low - start * unit, high + (canvas.width - end) * unit))
    return Axis(minimum, maximum, maximum - minimum, ticks, visible=False)


def _end_text(chart: Chart, value: float, step: float) -> str:
    """Return the text at an end of the axis, in the format of the estimates."""
    if chart.unit == "points" and value:
        return show(chart, value)
    return tick_text(value, chart.unit, decimals_for(step, value))


def _series(
    chart: Chart, canvas: Canvas, frame: Frame, size: float, between: tuple[float, float] | None, tick: float
) -> ResolvedSeries:
    """Return the estimates with their labels: above the marks, ``between`` names and verdicts, or after the intervals' ends.

    In zones they have no markers, but ticks, ``tick`` points high.
    """
    look = looks(chart, canvas, 1)[0]
    data = chart.series[0]
    verdicts = data.labels or ("",) * len(data.values)
    stopped = [i for i, verdict in enumerate(verdicts) if _blocked(verdict) or (is_bad(chart, i) and not chart.key)]
    rows = range(0 if chart.key else len(data.values))
    labels = tuple(_label(frame, canvas, i, size, between, stopped=i in stopped) for i in rows)
    if edge := zoned(chart):
        wide, bad = round(TICK * tick), tuple((i, "stop") for i in stopped)
        color = "context" if edge.worse == "above" else look.color
        return ResolvedSeries(0, data.name, color, marker_size=wide, labels=labels, point_colors=bad)
    return ResolvedSeries(
        0,
        data.name,
        look.color,
        marker="square",
        marker_size=_marker(frame, canvas),
        weight=WEIGHT * canvas.scale,
        labels=labels,
        point_colors=tuple((i, "stop") for i in stopped),
        point_markers=tuple((i, "diamond") for i in stopped),
        point_weights=tuple(
            (i, HEAVY * canvas.scale) for i, name in enumerate(chart.categories) if name in chart.highlight
        ),
    )


def _marker(frame: Frame, canvas: Canvas) -> int:
    """Return the size of all markers: smaller where the shortest interval would be hidden under its own."""
    series = frame.chart.series[0]
    ends = zip(series.low or (), series.high or (), strict=True)
    spans = (
        frame.along_value(high) - frame.along_value(low) for low, high in ends if low is not None and high is not None
    )
    shortest = min((span for span in spans if span > 0), default=math.inf)
    return round(max(LEAST_SQUARE * canvas.scale, min(SQUARE * canvas.scale, shortest / SHOWN)))


def _label(
    frame: Frame, canvas: Canvas, index: int, size: float, between: tuple[float, float] | None, *, stopped: bool
) -> PointLabel:
    """Return the estimate's label: above its mark if the rows are wide enough, else after the interval's end."""
    chart = frame.chart
    value = chart.series[0].values[index] or 0.0
    text = show(chart, value)
    color = canvas.legible("stop") if stopped else "ink"
    if between:
        dashed = [frame.along_value(r.value) for r in chart.references]
        faint = [frame.along_value(at) for at, _ in frame.value.ticks[1:-1]]
        half = text_width(text, size, bold=True) / 2 + 2 * LABEL_GAP
        aside = _off_lines(frame.along_value(value), half, (dashed, faint), between)
        return PointLabel(index, text, "above", color, bold=True, dx=round(aside, 2))
    far = chart.series[0].high[index] if chart.series[0].high else value
    reach = frame.along_value(far) - frame.along_value(value)
    half = 0.0 if zoned(chart) else SQUARE * canvas.scale / 2
    aside = max(reach - half, 0.0) + 2
    start, wide = frame.along_value(value) + half + LABEL_GAP, text_width(text, size, bold=True)
    for x in sorted(x for (x, _), _ in reference_lines(frame)):
        if start + aside - LABEL_GAP < x < start + aside + wide + LABEL_GAP:
            aside = x + LABEL_GAP - start
    return PointLabel(index, text, "right", color, bold=True, dx=round(aside, 2))


def _off_lines(
    x: float, half: float, lines_at: tuple[Sequence[float], Sequence[float]], between: tuple[float, float]
) -> float:
    """Return the shortest shift sideways that clears a label, ``half`` points to either side of ``x``, of all lines.

    If possible, the label stays on its side of the dashed lines, with which its estimate is compared.

    Args:
        lines_at: x of the dashed and of the faint lines.
        between: x of the names' end and of the verdicts' beginning.
    """
    dashed, faint = lines_at
    lines = (*dashed, *faint)
    ways = [0.0, *(line + sign * half - x for line in lines for sign in (1, -1))]
    free = [way for way in ways if all(abs(line - x - way) >= half - TOLERANCE for line in lines)]
    free = [way for way in free if between[0] < x + way - half + LABEL_GAP and x + way + half - LABEL_GAP < between[1]]

    def cost(way: float) -> tuple[int, float, float]:
        return sum((line - x) * (line - x - way) < 0 for line in dashed), abs(way), way

    return min(free, key=cost, default=0.0)


def _row_words(resolved: ResolvedChart, surface: Surface) -> None:
    frame, size, width = resolved.frame, resolved.category_size, resolved.size[0]
    for index, row in enumerate(resolved.rows):
        y = frame.along_other(index)
        for text, x, side, role, bold in (
            (row.name, 0.0, "right", "ink", row.bold),
            (row.verdict, resolved.verdict_at * width, resolved.verdict_side, row.color, True),
        ):
            if text:
                box = text_box(text, size, (x, y), side, 0, bold=bold)
                surface.words(text, box, size, role, bold=bold, align=ALIGN[side])


def _foot(resolved: ResolvedChart, surface: Surface) -> None:
    """Draw the axis below the intervals with its ends, and a faint line at zero."""
    frame, ticks, size = resolved.frame, resolved.value_axis.ticks, resolved.tick_size
    if not ticks:
        return
    plot, plain = frame.plot, resolved.zones is None
    ends = [(frame.along_value(value), plot.bottom) for value in (ticks[0][0], ticks[-1][0])]
    surface.line(ends, "muted", HAIRLINE, order=1)
    for value, text in ticks:
        x = frame.along_value(value)
        surface.words(text, text_box(text, size, (x, plot.bottom), "below", LABEL_GAP), size, "muted")
        if plain and ticks[0][0] < value < ticks[-1][0] and all(r.value != value for r in resolved.references):
            surface.line([(x, plot.top), (x, plot.bottom)], "muted", HAIRLINE, order=1)


def _intervals(resolved: ResolvedChart, surface: Surface) -> None:
    if resolved.zones is not None:
        draw_marks(resolved, surface)
        return
    for series in resolved.series:
        colors, weights = dict(series.point_colors), dict(series.point_weights)
        for index, ends in resolved.frame.intervals(series.index):
            surface.line(ends, colors.get(index, series.color), weights.get(index, series.weight))


def _words(resolved: ResolvedChart) -> Iterator[str]:
    yield from words(resolved)
    yield from (text for row in resolved.rows for text in (row.name, row.verdict))
    yield from (text for _, text in resolved.value_axis.ticks)
    if resolved.zones is not None:
        yield from (zone.name for zone in resolved.zones.grounds)
        if resolved.zones.lens is not None:
            yield words_in(resolved.zones.lens)


FOREST = Kind(
    name=ChartKind.FOREST,
    meaning="one row per estimate with its interval and a verdict",
    resolve=resolve_forest,
    paint=(draw_grounds, _foot, _row_words, draw.references, _intervals, draw.markers, draw.labels),
    words=_words,
    native="workshop.render.pptx.plots.forest:forest_plot",
)
