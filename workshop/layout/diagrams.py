"""Diagrams: boxes in a row joined by arrows, an arrow back over the top, and a worked example below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from msgspec.structs import replace

from workshop.errors import At
from workshop.layout.context import LABEL, Desk, height_of, one, placed, rows_of, text_on
from workshop.layout.laid import LaidShapes, Shape
from workshop.layout.map_tiles import lay_map
from workshop.layout.measure import Style
from workshop.model.blocks import Diagram, Drawn, Line, Map, Step
from workshop.model.theme import EMU_PER_POINT, Box, inches

AREA = Box(609_600, inches(1.92), 10_972_800, inches(4.4))  # our own grid's
HEIGHT, MOST_HEIGHT = inches(1.6), inches(2.1)  # of a box with a figure below it
ALONE_HEIGHT, ALONE_MOST = inches(3.0), inches(3.5)  # of a box without one
OPTICAL = 0.44  # share of the free height that is above: the optical centre
PAD = inches(0.18)  # above and below the text of a box
INSET = inches(0.18)
GAPS = {2: 1.6, 3: 1.05, 4: 0.72, 5: 0.52}
MOST_WIDTH = inches(4.2)
SIZES = ((28.0, 20.0), (28.0, LABEL), (24.0, LABEL), (20.0, LABEL))  # of name and gloss
ALONE_SIZES = ((36.0, 28.0), (32.0, 24.0), (28.0, 24.0), (28.0, 22.0), (28.0, 20.0), (24.0, 20.0), *SIZES)
ROW_PICTURES, ROW_GAP, UNDER_PICTURE = (inches(1.5), inches(1.3)), inches(0.2), inches(0.16)
ROW_SIZES = ((32.0, 24.0), (28.0, 24.0), (28.0, 22.0), (28.0, 20.0), (24.0, 20.0), (24.0, LABEL), (20.0, LABEL))
FIGURES = (44.0, 36.0, 28.0)
FIGURE_GAP, FIGURE_HEIGHT = inches(0.2), inches(0.74)
NOTE_GAP, NOTE_HEIGHT = inches(0.08), inches(0.72)
BACK_RISE, BACK_TEXT = inches(0.3), inches(0.34)
CLEAR = inches(0.1)  # from the measure line


def lay_diagram(desk: Desk, diagram: Diagram, at: At, area: Box | None = None) -> LaidShapes:
    """Return two to five boxes with arrows; each figure is below its box.

    A figure may be followed by a short note: "9 to 3 | the room prefers A".

    Args:
        area: the area for it; ``None`` for that of our own grid.
    """
    area = area or AREA
    where = diagram.at if diagram.at.path else at
    steps = diagram.steps
    if not 2 <= len(steps) <= max(GAPS):
        desk.report.error(
            f"a diagram has two to {max(GAPS)} boxes, not {len(steps)}", where, "join or drop boxes", "fit"
        )
        steps = steps[: max(GAPS)]
    if steps and all(step.picture for step in steps) and (row := _row(desk, diagram, area)) is not None:
        return row
    count = max(len(steps), 1)
    gap = round(inches(GAPS.get(count, 0.5)) * min(1.0, area.w / AREA.w))
    width = min(MOST_WIDTH, (area.w - gap * (count - 1)) // count)
    sizes, height, pad = _box_size(desk, steps, width, where, alone=not diagram.figures)
    under = FIGURE_GAP + FIGURE_HEIGHT + NOTE_GAP + NOTE_HEIGHT if diagram.figures else 0
    above = BACK_RISE + BACK_TEXT + CLEAR if diagram.back else 0
    top = area.y + max(above, round((area.h - height - under) * OPTICAL))
    boxes = [Box(area.x + k * (width + gap), top, width, height) for k in range(len(steps))]
    shapes = [_box(step, box, sizes, pad) for step, box in zip(steps, boxes, strict=True)]
    arrows = [
        Shape(kind="arrow", box=_between(a, b), fill="ink", weight=2.25, ends=(k, k + 1)) for k, (a, b) in _pairs(boxes)
    ]
    whole = (*shapes, *arrows, *_back(diagram, boxes), *_figures(desk, diagram, boxes, gap, area))
    if diagram.stepwise:
        return LaidShapes(_stepwise(whole, boxes), diagram.alt)
    return LaidShapes(whole, diagram.alt, diagram.step)


def _stepwise(shapes: tuple[Shape, ...], boxes: list[Box]) -> tuple[Shape, ...]:
    """Return the shapes with the click on which each appears: that of the last box that it leads to or is under."""

    def step(shape: Shape) -> int:
        if shape.kind == "arrow":
            return shape.ends[1]
        if shape.kind == "arrow-back" or shape.box.bottom < boxes[0].y:
            return len(boxes) - 1
        return next(k for k, box in enumerate(boxes) if box.x == shape.box.x)

    return tuple(replace(shape, step=step(shape)) for shape in shapes)


def _pairs(boxes: list[Box]) -> list[tuple[int, tuple[Box, Box]]]:
    return list(enumerate(pairwise(boxes)))


def _between(a: Box, b: Box) -> Box:
    return Box(a.right, a.y + a.h // 2, b.x - a.right, 0)


def _lines(step: Step, sizes: tuple[float, ...]) -> tuple[tuple[Line, ...], tuple[float, ...]]:
    if not step.words:
        return (one(step.name, strong=True),), sizes[:1]
    return (one(step.name, strong=True), one(step.words)), sizes


def _box_size(
    desk: Desk, steps: tuple[Step, ...], width: int, at: At, *, alone: bool
) -> tuple[tuple[float, ...], int, int]:
    """Return the sizes of all names and glosses, the height of all boxes and the space above their text.

    It is more important that names stay on one line than that they are large; a box grows with its gloss.
    """
    least, most = (ALONE_HEIGHT, ALONE_MOST) if alone else (HEIGHT, MOST_HEIGHT)
    found = _largest(desk, steps, width - 2 * INSET, most - 2 * PAD, ALONE_SIZES if alone else SIZES)
    if found is not None:
        sizes, high = found
        height = max(least, high + 2 * PAD)
        return sizes, height, (height - high) // 2
    desk.report.error("the words of a box do not fit it", at, "shorten them, or take fewer boxes", "fit")
    return SIZES[-1], most, PAD


def _largest(
    desk: Desk, steps: tuple[Step, ...], inner: int, most: int, choices: tuple[tuple[float, ...], ...]
) -> tuple[tuple[float, ...], int] | None:
    """Return the largest sizes of all names and glosses in a width and a height, and how high the highest are; ``None`` if none fit."""
    for one_line in (True, False):
        for sizes in choices:
            found = [height_of(desk.ruler, *_lines(step, sizes), inner) for step in steps]
            high = max((height for height, _ in found), default=0)
            whole = not any(broken for _, broken in found)
            rows = [rows_of(desk.ruler, one(step.name, strong=True), sizes[0], inner)[0] for step in steps]
            if whole and high <= most and (not one_line or max(rows, default=1) == 1):
                return sizes, high
    return None


def _row(desk: Desk, diagram: Diagram, area: Box) -> LaidShapes | None:
    """Return drawings over their words, joined by arrows, without boxes; ``None`` if the words don't fit under them."""
    steps, count = diagram.steps, len(diagram.steps)
    width = (area.w - ROW_GAP * (count - 1)) // count
    note = _note_height(desk, diagram, width)
    under = FIGURE_GAP + FIGURE_HEIGHT + NOTE_GAP + note if diagram.figures else 0
    above = BACK_RISE + BACK_TEXT + CLEAR if diagram.back else 0
    room = area.h - above - UNDER_PICTURE - under
    found = next(
        ((high, *found) for high in ROW_PICTURES if (found := _largest(desk, steps, width, room - high, ROW_SIZES))),
        None,
    )
    if found is None:
        return None
    high, sizes, words = found
    top = area.y + above + round((room - high - words) * OPTICAL)
    tops = [Box(area.x + k * (width + ROW_GAP), top, width, high) for k in range(count)]
    drawn = [placed(box, step.picture) for box, step in zip(tops, steps, strict=True) if step.picture is not None]
    frames = [Box(box.x - ROW_GAP, box.y, box.w + 2 * ROW_GAP, box.h) for box in drawn]
    texts = [Box(box.x, box.bottom + UNDER_PICTURE, width, words) for box in tops]
    shapes = [Shape(kind="rect", box=box) for box in frames]  # nothing to see: the ends of arrows
    for k, step in enumerate(steps):
        lines, used = _lines(step, sizes)
        color = "accent" if step.role == "accent" else "ink"
        alt = step.picture.alt if step.picture is not None else ""
        shapes += (
            Shape(kind="picture", box=drawn[k], fill="bg", picture=step.picture, alt=alt, step=k),
            Shape(kind="text", box=texts[k], color=color, lines=lines, sizes=used, anchor="t", link=step.link, step=k),
        )
    arrows = [
        Shape(kind="arrow", box=_between(a, b), fill="ink", weight=2.25, ends=(k, k + 1), step=k + 1)
        for k, (a, b) in _pairs(frames)
    ]
    back = [replace(shape, step=count - 1) for shape in _back(diagram, frames)]
    figures = _stepwise(tuple(_figures(desk, diagram, texts, ROW_GAP, area, note)), texts)
    whole = (*shapes, *arrows, *back, *figures)
    if diagram.stepwise:
        return LaidShapes(whole, diagram.alt)
    return LaidShapes(tuple(replace(shape, step=0) for shape in whole), diagram.alt, diagram.step)


def _note_height(desk: Desk, diagram: Diagram, width: int) -> int:
    """Return the height of the highest note under a figure."""
    notes = (one(figure.partition("|")[2].strip()) for figure in diagram.figures)
    return max((height_of(desk.ruler, (note,), (LABEL,), width)[0] for note in notes), default=0)


def _box(step: Step, box: Box, sizes: tuple[float, ...], pad: int) -> Shape:
    lines, used = _lines(step, sizes)
    role = {"": "panel", "accent": "field"}.get(step.role, step.role)
    return Shape(
        kind="rect",
        box=box,
        fill=role,
        color=text_on(role),
        lines=lines,
        sizes=used,
        anchor="t",
        inset=INSET,
        inset_top=pad,
        link=step.link,
    )


def _back(diagram: Diagram, boxes: list[Box]) -> list[Shape]:
    """Return the elbow arrow from the last box over the top to the first, and its name above the centre."""
    if not diagram.back or len(boxes) < 2:
        return []
    first, last = boxes[0], boxes[-1]
    start, end = first.x + first.w // 2, last.x + last.w // 2
    path = Box(start, first.y - BACK_RISE, end - start, BACK_RISE)
    name = Box(start, path.y - BACK_TEXT, end - start, BACK_TEXT - inches(0.02))
    return [
        Shape(kind="arrow-back", box=path, fill="muted", weight=1.75, ends=(len(boxes) - 1, 0)),
        Shape(
            kind="text", box=name, color="muted", lines=(one(diagram.back),), sizes=(LABEL,), anchor="b", align="ctr"
        ),
    ]


def _figures(
    desk: Desk, diagram: Diagram, boxes: list[Box], gap: int, within: Box, note_height: int = NOTE_HEIGHT
) -> list[Shape]:
    if not diagram.figures or not boxes:
        return []
    parts = [tuple(part.strip() for part in figure.split("|", 1)) for figure in diagram.figures[: len(boxes)]]
    room = boxes[0].w + gap - inches(0.15)
    size = next(
        (
            s
            for s in FIGURES
            if all(
                desk.ruler.width(part[0], s, Style(bold=True)) * EMU_PER_POINT <= boxes[0].w
                for part in parts
                if part[0]
            )
        ),
        FIGURES[-1],
    )
    shapes = []
    for k, (part, box) in enumerate(zip(parts, boxes, strict=False)):
        if not part[0]:
            continue
        color = "accent" if diagram.steps[k].role == "accent" else "ink"
        wide = min(room, within.right - box.x)
        area = Box(box.x, box.bottom + FIGURE_GAP, wide, FIGURE_HEIGHT)
        figure = one(part[0], strong=True)
        shapes.append(Shape(kind="text", box=area, color=color, lines=(figure,), sizes=(size,), anchor="b"))
        if len(part) > 1:
            note = Box(box.x, area.bottom + NOTE_GAP, wide, note_height)
            shapes.append(
                Shape(kind="text", box=note, color="muted", lines=(one(part[1]),), sizes=(LABEL,), anchor="t")
            )
    return shapes


# type of block -> the function that draws it
DRAWS: Mapping[type[Drawn], Callable[[Desk, Any, At, Box | None], LaidShapes]] = {Diagram: lay_diagram, Map: lay_map}
