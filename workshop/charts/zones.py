"""Zones of a forest plot: two grounds that meet at its first reference, and a lens on a row that can't be read without one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from msgspec.structs import replace

from workshop.charts.canvas import Canvas, Obstacles, show
from workshop.charts.draw import TICK, Surface
from workshop.charts.estimate import LEADING, text_height, text_width, wrap
from workshop.charts.geometry import LABEL_GAP, Rect
from workshop.charts.resolved import Frame, Lens, ResolvedChart, ResolvedReference, Zone, Zones
from workshop.model.exhibits import Chart, Reference

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
    roles = ("stop", "accent") if reference.worse == "below" else ("accent", "stop")
    names = _names(frame.chart, size, canvas.width)
    below, above = (
        Zone(area, f"{role}_soft", name, words, canvas.legible(role))
        for area, role, name, words in zip(areas, roles, names, _over(areas, names, size, canvas), strict=True)
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


# ---------------------------------------------------------------- the lens
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
    left = zones.grounds[0].area.left
    ground = Rect(left, plot.top, verdicts - 2 * LABEL_GAP - left, plot.height)
    line = ((edge, plot.top), (edge, plot.bottom))
    obstacles = Obstacles(ground, (*blocks, *ticks, *taken), (line,))
    box = next((box for box in _places(canvas, low, high, y) if not obstacles.cost(box)), None)
    if box is None:
        return None
    beside = [label for label in taken if label.top < y < label.bottom and high <= label.left < box.left]
    start = max((label.right for label in beside), default=high) if box.left > high else low
    return _in_lens(canvas, zones, box, (row, low, high, y), (edge, start))


def _places(canvas: Canvas, low: float, high: float, y: float) -> Iterator[Rect]:
    """Yield places for a lens beside an interval: on its right if there is room, the nearest first."""
    wide, tall = WIDE * canvas.scale, HIGH * canvas.scale
    right = [high + away * canvas.scale for away in AWAY]
    left = [low - away * canvas.scale - wide for away in AWAY]
    for x, shift in product((*right, *left), SHIFTS):
        yield Rect(x, y - tall / 2 + shift * tall, wide, tall)


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


# ---------------------------------------------------------------- drawn
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
