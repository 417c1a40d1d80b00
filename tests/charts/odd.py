"""Charts of odd data, and everything that a label may not lie on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from hypothesis import strategies as st

from tests.charts.samples import chart
from workshop.charts.draw import TICK_CLEAR
from workshop.charts.geometry import LABEL_GAP, Rect, Segment, text_box
from workshop.charts.labels import key_entries, label_box, reference_box
from workshop.charts.resolved import BarFrame, ResolvedChart
from workshop.model.exhibits import Chart, ChartKind, Reference, Series

SLACK = 0.14  # of the text size: room above capitals and below letters without descenders
HALF_LINE = 0.5  # points

SHORT = (
    "tap",
    "Kept",
    "says not sure",
    "full, with source",
    "each other word",
    "−",
    "x",
    "2 of 3",
    "Donaudampfschifffahrt",
)
LONG = ("Regulatory compliance and oversight", "a name that goes on for longer than anybody would write it on a slide")
WORDS = st.sampled_from((*SHORT, *LONG))
LINE_NAMES = st.sampled_from((*SHORT, LONG[0]))  # beside a narrow plot, two of the longest leave the chart
NUMBERS = {
    "shares": st.sampled_from([0.0, 0.0037, 0.05, 0.1213, 0.25, 0.4743, 0.5, 0.97, 1.0]),
    "equal": st.just(0.42),
    "signed": st.sampled_from([-0.8, -0.31, -0.02, 0.0, 0.02, 0.15, 0.47, 0.9]),
    "tiny": st.floats(1e-9, 1e-6),
    "huge": st.floats(1e5, 3e8),
    "any": st.floats(-1e4, 1e4),
}
UNITS = {"shares": ("ratio", "percent"), "equal": ("ratio", "bits"), "signed": ("ratio", "points"), "tiny": ("number", "ratio"),
         "huge": ("count", "number"), "any": ("number", "bits")}  # fmt: skip


@st.composite
def charts(draw: st.DrawFn, kind: ChartKind) -> Chart:
    """Return a chart of a kind: one category to twelve, short and very long names, numbers of one sort."""
    sort = draw(st.sampled_from(["shares", "tiny", "huge"] if kind is ChartKind.STACKED else sorted(NUMBERS)))
    unit = draw(st.sampled_from(UNITS[sort]))
    count = draw(st.sampled_from([1, 2, 3, 5, 8, 12]))
    numbers = st.lists(NUMBERS[sort], min_size=count, max_size=count)
    names = tuple(f"{draw(WORDS)}{' ' * (k > 0)}{k or ''}" for k in range(count))
    one = kind in {ChartKind.WATERFALL, ChartKind.FOREST}
    numbered = kind is ChartKind.SCATTER or (kind is ChartKind.LINE and draw(st.booleans()))
    series = [
        _series(draw, k, draw(numbers), kind, numbered=numbered) for k in range(1 if one else draw(st.integers(1, 3)))
    ]
    if kind is ChartKind.WATERFALL:
        values = series[0].values
        series = [Series("steps", (*values, sum(v or 0.0 for v in values)))]
        names = (*names, "Total")
    across = ("y", "y", "x") if series[0].x else ("y",)
    axes = [draw(st.sampled_from(across)) for _ in range(draw(st.sampled_from([0, 0, 1, 2])))]
    places = {"y": NUMBERS[sort], "x": st.integers(0, count - 1)}
    references = [Reference(draw(LINE_NAMES), draw(places[axis]), axis=axis) for axis in axes]
    labels = {"x_label": "along", "y_label": "upwards"} if kind is ChartKind.SCATTER and draw(st.booleans()) else {}
    highlight = names[:1] if draw(st.booleans()) and len(series) == 1 else ()
    return chart(
        kind,
        tuple(series),
        () if series[0].x else names,
        unit=unit,
        references=tuple(references),
        highlight=highlight,
        **labels,
    )


def _series(draw: st.DrawFn, number: int, values: list[float], kind: ChartKind, *, numbered: bool) -> Series:
    name = f"{draw(WORDS)} {number}"
    x = tuple(float(k) for k in range(len(values))) if numbered else ()
    spread = (
        draw(st.sampled_from([0.0, 0.3]))
        if kind not in {ChartKind.SCATTER, ChartKind.WATERFALL, ChartKind.STACKED}
        else 0.0
    )
    low = tuple(v - spread * abs(v) for v in values) if spread and not x else ()
    high = tuple(v + spread * abs(v) for v in values) if spread and not x else ()
    words = tuple(draw(WORDS) for _ in values) if kind in {ChartKind.SCATTER, ChartKind.FOREST} else ()
    return Series(name, tuple(values), x=x, low=low, high=high, labels=words)


# ---------------------------------------------------------------- what is drawn
class Drawn(NamedTuple):
    """Something on a chart, with words to find it by."""

    what: str
    place: Rect


def labels_of(resolved: ResolvedChart) -> list[tuple[Drawn, float]]:
    """Return every label of points and references and every note, with its text size."""
    frame, found = resolved.frame, []
    for series in resolved.series:
        for label in series.labels:
            size = label.size or resolved.label_size
            place = label_box(frame, series, label, resolved.label_size)
            found.append((Drawn(f"{series.name}[{label.index}] {label.text!r}", place), size))
    for reference in resolved.references:
        size = resolved.reference_size
        found.append((Drawn(f"reference {reference.label!r}", reference_box(frame, reference, size)), size))
    for note in resolved.notes:
        at = frame.along_other(note.x), frame.along_value(note.y) + note.dy
        found.append((Drawn(f"note {note.text!r}", text_box(note.text, note.size, at, note.position, 0)), note.size))
    return found


def names_of(resolved: ResolvedChart) -> Iterator[Drawn]:
    """Yield names of categories, ticks, rows, and the key."""
    frame, size = resolved.frame, resolved.category_size
    for index, name in enumerate(resolved.categories[:: resolved.every]):
        middle = frame.along_other(index * resolved.every)
        at, side = ((frame.plot.left, middle), "left") if frame.lying else ((middle, frame.plot.bottom), "below")
        yield Drawn(f"category {name!r}", text_box(name, size, at, side, LABEL_GAP))
    for value, text in resolved.value_axis.ticks if resolved.value_axis.visible else ():
        along, plot = frame.along_value(value), frame.plot
        at, side, clear = (
            ((along, plot.bottom), "below", LABEL_GAP) if frame.lying else ((plot.left, along), "left", TICK_CLEAR)
        )
        yield Drawn(f"tick {text!r}", text_box(text, resolved.tick_size, at, side, clear))
    if resolved.other_axis is not None and resolved.other_axis.visible:
        for value, text in resolved.other_axis.ticks:
            at = (frame.along_other(value), frame.plot.bottom)
            yield Drawn(f"tick {text!r}", text_box(text, resolved.tick_size, at, "below", LABEL_GAP))
    for index, row in enumerate(resolved.rows):
        y = frame.along_other(index)
        yield Drawn(f"row {row.name!r}", text_box(row.name, size, (0, y), "right", 0, bold=row.bold))
        if row.verdict:
            at = (resolved.verdict_at * resolved.size[0], y)
            yield Drawn(
                f"verdict {row.verdict!r}", text_box(row.verdict, size, at, resolved.verdict_side, 0, bold=True)
            )
    if resolved.key:
        left, top, width, _ = resolved.key
        wide, high = resolved.size
        names = [series.name for series in resolved.series]
        for entry in key_entries(names, resolved.reference_size, left * wide, top * high, width * wide):
            yield Drawn(f"key {entry.name!r}", entry.words)


def marks_of(resolved: ResolvedChart) -> Iterator[Drawn]:
    """Yield bars and markers."""
    frame = resolved.frame
    for series in resolved.series:
        for index in range(len(resolved.chart.series[series.index].values)):
            if isinstance(frame, BarFrame):
                bar = frame.bar(series.index, index)
                if bar and bar.width and bar.height:
                    yield Drawn(f"bar {series.name}[{index}]", bar)
            elif series.marker != "none" and (point := frame.point(series.index, index)):
                half = series.marker_size / 2
                yield Drawn(
                    f"marker {series.name}[{index}]", Rect(point[0] - half, point[1] - half, 2 * half, 2 * half)
                )


def lines_of(resolved: ResolvedChart) -> Iterator[tuple[str, Segment]]:
    """Yield the lines of series, of intervals and of references."""
    frame = resolved.frame
    for series in resolved.series:
        data = resolved.chart.series[series.index]
        points = frame.points(series.index)
        if resolved.chart.kind == ChartKind.LINE:
            for one, two in pairwise(points):
                if one and two:
                    yield f"line {series.name}", (one, two)
        for index, (low, high) in enumerate(zip(data.low, data.high, strict=False)):
            if point := points[index]:
                one, two = frame.along_value(low), frame.along_value(high)
                ends = ((one, point[1]), (two, point[1])) if frame.lying else ((point[0], one), (point[0], two))
                yield f"interval {series.name}[{index}]", ends
    for reference in resolved.references:
        yield f"reference line {reference.label!r}", frame.reference(reference.axis, reference.value)


def clashes(resolved: ResolvedChart) -> list[str]:
    """Return what labels lie on, or leave the chart by."""
    ground = Rect(0, 0, *resolved.size)
    labels = [(what, _letters(place, size)) for (what, place), size in labels_of(resolved)]
    found = [f"{what} leaves the chart" for what, box in labels if box.outside(ground) > 1]
    found += [f"{one} on {two}" for (one, a), (two, b) in combinations(labels, 2) if _covers(a, b)]
    solid = [*names_of(resolved), *marks_of(resolved)]
    found += [f"{what} on {thing.what}" for what, box in labels for thing in solid if _covers(box, thing.place)]
    lines = list(lines_of(resolved))
    return found + [f"{what} on {name}" for what, box in labels for name, line in lines if box.crossed(line) > 1]


def _letters(box: Rect, size: float) -> Rect:
    """Return the part of a text's box that its letters fill."""
    inset = min(SLACK * size, box.height / 3)
    return Rect(box.left + HALF_LINE, box.top + inset, max(box.width - 2 * HALF_LINE, 0), box.height - 2 * inset)


def _covers(one: Rect, other: Rect) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > HALF_LINE and high > HALF_LINE
