"""Columns whose words are drawn: lines on a page, what is said in turn, or a text under a drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from msgspec.structs import replace

from workshop.constructs.column_divs import Column
from workshop.constructs.table import text_of
from workshop.layout.context import Desk, height_of, placed, text_on
from workshop.layout.laid import LaidItem, LaidShapes, Shape
from workshop.model.blocks import Line
from workshop.model.kit import Slide
from workshop.model.theme import BED, OPEN, Box, LayoutSpec, Outline, StagePicture, inches

SIDES = ("left", "right")
INSET, PITCH, RULE = inches(0.3), inches(0.82), 1.0  # of a page: beside its lines, from one to the next; points
PAD, BETWEEN, TAIL = inches(0.24), inches(0.24), inches(0.36)  # in a bubble, between two, and what points at who speaks
BUBBLE = 0.84  # of the width of its column
ROLES, INKS = ("open", "field"), (OPEN, BED)


def columns_of(slide: Slide) -> dict[str, Column]:
    """Return the columns of a slide that have a look or a drawing, by their side."""
    return {side: block for side in SIDES for block in slide.slot(side) if isinstance(block, Column)}


def lay_written(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return the words of columns with a look, drawn; all in one size."""
    if not spec.scene:
        return {}
    wanted = {side: column for side, column in columns_of(slide).items() if column.look and spec.find(side)}
    found: dict[str, LaidItem | None] = {}
    sizes = next((place.sizes for place in spec.placeholders if place.role in wanted), ())
    for whole, size in product((True, False), sizes):
        found = {side: _column(desk, spec, side, column, size, whole=whole) for side, column in wanted.items()}
        if all(found.values()):
            return found
    for side in (side for side, shapes in found.items() if shapes is None):
        desk.report.error(f"the words of the {side} column don't fit", slide.at, "shorten them", "fit")
    return found


def lay_drawings(spec: LayoutSpec, slide: Slide) -> list[LaidItem]:
    """Return the drawings beside the headings of two columns."""
    shown = [column.drawing for column in columns_of(slide).values() if column.drawing and column.drawing.drawing]
    return [
        LaidShapes(
            (
                Shape(
                    kind="picture",
                    box=placed(place.box, one.drawing),
                    fill=place.ground,
                    picture=one.drawing,
                    alt=one.alt,
                ),
            )
        )
        for place, one in zip(spec.pictures, shown, strict=False)
        if one.drawing is not None
    ]


def _column(desk: Desk, spec: LayoutSpec, side: str, column: Column, size: float, *, whole: bool) -> LaidShapes | None:
    """Return a page or a talk; ``None`` if it is too high for its place, or has a broken word, or a broken line on a page."""
    place, is_page = spec.find(side), column.look == "page"
    assert place is not None
    lines = tuple(replace(line, marker="none", level=0) for line in text_of((column,)))
    shapes = tuple((_page if is_page else _chat)(desk, lines, place.box, size))
    broken = whole and is_page and any(shape.box.h > PITCH for shape in shapes[1:])
    return LaidShapes(shapes) if lines and not broken and shapes[-1].box.bottom <= place.box.bottom else None


def _page(desk: Desk, lines: Sequence[Line], box: Box, size: float) -> Iterator[Shape]:
    """Yield a page, and its lines, each on a rule; the first is bold, and the second half steps back."""
    yield Shape(kind="rect", box=box, outline="ink", weight=1.5)
    y, width = box.y + INSET // 2, box.w - 2 * INSET
    for k, line in enumerate(lines):
        bold = replace(line, runs=tuple(replace(run, strong=run.strong or not k) for run in line.runs))
        one_row = height_of(desk.ruler, (Line(()),), (size,), width)[0]
        high, broken = height_of(desk.ruler, (bold,), (size,), width)
        high = max(PITCH, high + PITCH - one_row) if not broken else box.h
        color = "ink" if 2 * k < len(lines) else "muted"
        at = Box(box.x + INSET, y, width, high - PAD // 2)
        yield Shape(kind="text", box=at, color=color, lines=(bold,), sizes=(size,), anchor="b", step=line.step)
        y += high
        yield Shape(kind="line", box=Box(at.x, y, width, 0), fill="rule", weight=RULE, step=line.step)


def _chat(desk: Desk, lines: Sequence[Line], box: Box, size: float) -> Iterator[Shape]:
    """Yield what is said in turn: the first at the left on marigold and bold, the next at the right on a field."""
    wide, y = round(box.w * BUBBLE), box.y
    for k, line in enumerate(lines):
        said = replace(line, runs=tuple(replace(run, strong=run.strong or not k % 2) for run in line.runs))
        high, broken = height_of(desk.ruler, (said,), (size,), wide - 2 * PAD)
        at = Box(box.x if not k % 2 else box.right - wide, y, wide, high + 2 * PAD if not broken else 2 * box.h)
        role = ROLES[k % 2]
        yield Shape(
            kind="rect", box=at, fill=role, color=text_on(role), lines=(said,), sizes=(size,), inset=PAD, step=line.step
        )
        tail = Box(at.x if not k % 2 else at.right - TAIL, at.bottom, TAIL, TAIL)
        yield Shape(kind="picture", box=tail, fill="bg", picture=_tail(k % 2), step=line.step)
        y = tail.bottom + BETWEEN


def _tail(turn: int) -> StagePicture:
    """Return the corner of a bubble that points at who speaks."""
    edge = ((0.0, 0.0), (100.0, 0.0), (100.0 * turn, 100.0))
    path = (("M", edge[0]), *(("L", point) for point in edge[1:]), ("Z", ()))
    return StagePicture(name="tail", alt="", width=100, height=100, outlines=(Outline(INKS[turn], path),))
