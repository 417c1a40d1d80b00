"""Labels of a chart's reference lines: places over the marks, beside the plot, or where it is free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from workshop.charts.canvas import Canvas, Obstacles, on_value_axis, show
from workshop.charts.geometry import (
    LEADING,
    Rect,
    evened,
    spread,
    text_height,
    text_width,
    wrap,
)
from workshop.charts.labels import reference_box
from workshop.charts.resolved import Frame, ResolvedReference
from workshop.model.exhibits import Chart, Reference
from workshop.wording import formats

# Dashed lines to compare with: the words on them, and the places of the words.
BESIDE_LEAST, BESIDE_MOST = 0.12, 0.26  # least and largest share of the width
OVER_HALF = 0.66
FARTHER = 9.0  # points: clear of markers on the line
ALONG = (0.75, 0.5, 0.25)  # places of a label between the ends of its line
ROWS = 3  # most labels over vertical lines, one over the other
WIDEST = 0.45  # share of the width for a label over a vertical line


class Placed(Struct, frozen=True):
    """References with their labels in place, the labels' boxes, and how much the worst one covers."""

    references: tuple[ResolvedReference, ...]
    boxes: tuple[Rect, ...]
    cost: float


def reference_label(chart: Chart, reference: Reference) -> str:
    """Return the reference's own words; else its name and value, without the value if the name has it or it is zero."""
    on_values = on_value_axis(chart, reference)
    value = show(chart, reference.value) if on_values else formats.number(reference.value)
    if reference.label:
        return reference.label.replace("{}", value)
    if reference.value == 0 or value in reference.name:
        return reference.name
    return f"{reference.name}, {value}" if ":" in reference.name else f"{reference.name}: {value}"


def room_above(chart: Chart, size: float, width: float, *, lying: bool = False) -> float:
    """Return the height, in points, of the names over vertical lines, one over the other.

    Args:
        width: of the whole chart, in points.
        lying: whether values run from left to right, so that all lines are vertical.
    """
    names = [r for r in chart.references if lying or not on_value_axis(chart, r)]
    texts = (_wrapped(reference_label(chart, r), size, width) for r in names)
    return sum(sorted((text_height(text, size) + 2 for text in texts), reverse=True)[:ROWS])


def _wrapped(text: str, size: float, width: float) -> str:
    """Return a name in lines that leave the place over a vertical line on one side or the other."""
    return "\n".join(wrap(text, width * WIDEST, size))


def place_references(chart: Chart, frame: Frame, obstacles: Obstacles, size: float) -> Placed:
    """Place the label of each reference where it covers least."""
    placed: list[ResolvedReference] = []
    boxes: list[Rect] = []
    worst = 0.0
    for reference in chart.references:
        text = reference_label(chart, reference)
        upright = frame.lying or not on_value_axis(chart, reference)
        bare = _bare(chart, reference, _wrapped(text, size, obstacles.ground.width) if upright else text)
        ground = obstacles.with_boxes(boxes)
        choices = _choices(bare, frame, size, obstacles.ground)
        costs = ((round(ground.cost(reference_box(frame, choice, size)), 3), choice) for choice in choices)
        cost, best = min(costs, key=lambda pair: pair[0])
        worst = max(worst, cost)
        placed.append(best)
        boxes.append(reference_box(frame, best, size))
    return Placed(tuple(placed), tuple(boxes), worst)


def _bare(chart: Chart, reference: Reference, label: str) -> ResolvedReference:
    axis = "value" if on_value_axis(chart, reference) else "other"
    return ResolvedReference(axis, reference.value, label, reference.name)


def _choices(bare: ResolvedReference, frame: Frame, size: float, ground: Rect) -> Iterator[ResolvedReference]:
    """Yield the places for a label, the usual ones first."""
    if bare.axis == "other" or frame.lying:
        yield from _over_upright(bare, frame, size, ground)
        return
    (left, _), (right, _) = frame.reference(bare.axis, bare.value)
    half = text_width(bare.label, size) / 2
    free = max(right - left - 2 * half, 0.0)
    sides = (("above", -1), ("below", 1))
    for away in (0.0, FARTHER):
        for position, move in sides:
            yield replace(bare, at="end", position=position, dx=-half, dy=move * away)
            yield replace(bare, at="start", position=position, dx=half, dy=move * away)
    for away in (0.0, FARTHER, size * LEADING):
        for position, move in sides:
            for share in ALONG:
                yield replace(bare, position=position, dx=-half - (1 - share) * free, dy=move * away)
    yield replace(bare, position="right")


def _over_upright(bare: ResolvedReference, frame: Frame, size: float, ground: Rect) -> Iterator[ResolvedReference]:
    """Yield places over the upper end of a vertical line, in one of several rows, then beside the line."""
    box = reference_box(frame, bare, size)
    half = box.width / 2
    pushed = max(ground.left - box.left, 0.0) - max(box.right - ground.right, 0.0)
    rises = sorted({row * (size * LEADING + 2) + lift for row in range(ROWS + 1) for lift in (0.0, FARTHER)})
    for rise in rises:
        for dx in (pushed, half, -half):
            yield replace(bare, dx=dx, dy=-rise)
    deep = max(frame.plot.height - box.height - 4, 0.0)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        for dx in (half + 6, -half - 6):
            yield replace(bare, dx=dx, dy=box.height + 4 + share * deep)


def beside_labels(chart: Chart, canvas: Canvas, size: float) -> list[str]:
    """Return the labels of horizontal lines, wrapped to a narrow column right of the plot: in two lines, if there is enough room."""
    texts = [reference_label(chart, r) for r in chart.references if on_value_axis(chart, r)]
    longest = max((text_width(text, size) for text in texts), default=0.0)
    room = min(max(longest * OVER_HALF, canvas.width * BESIDE_LEAST), canvas.width * BESIDE_MOST)
    return [evened(wrap(text, room, size), size) for text in texts]


def beside_references(
    chart: Chart, frame: Frame, labels: Sequence[str], centers: Sequence[float], clear: float = 0.0
) -> list[ResolvedReference]:
    """Return the horizontal lines with their labels to the right of the plot.

    Args:
        centers: y of the middle of each label.
        clear: points between the plot and the labels.
    """
    on_values = [r for r in chart.references if on_value_axis(chart, r)]
    return [
        replace(
            _bare(chart, reference, label),
            position="right",
            dx=frame.reference_inset + clear,
            dy=round(center - frame.along_value(reference.value), 2),
        )
        for reference, label, center in zip(on_values, labels, centers, strict=True)
    ]


def spread_beside(
    frame: Frame, labels: Sequence[str], size: float, top: float, clear: float = 0.0
) -> list[ResolvedReference]:
    """Return the horizontal lines with their labels ``clear`` points right of the plot, below ``top`` and none over another."""
    chart = frame.chart
    centers = [frame.along_value(r.value) for r in chart.references if on_value_axis(chart, r)]
    return beside_references(
        chart, frame, labels, spread(centers, heights(labels, size), top, frame.plot.bottom), clear
    )


def heights(labels: Sequence[str], size: float) -> list[float]:
    """Return the heights of labels."""
    return [text_height(label, size) for label in labels]
