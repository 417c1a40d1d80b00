"""Exercise slides: task, table, given text and hint are stacked, each where the one above ends."""

from __future__ import annotations

import math

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.errors import Report
from workshop.layout.context import Desk, place_of
from workshop.layout.fit import fit_text, laid_text, moved
from workshop.layout.laid import LaidItem, LaidTable, LaidText
from workshop.layout.measure import without_orphans
from workshop.layout.slots import SLOT as GIVEN
from workshop.layout.slots import exhibits_of, panels_of
from workshop.layout.tables import fit_table, try_table
from workshop.model.blocks import Block, Line, ShownTable, plain
from workshop.model.kit import Slide
from workshop.model.theme import EMU_PER_POINT, Box, LayoutSpec, Placeholder, inches

GAP = inches(0.3)  # between the parts
BESIDE_TABLE = 28.0  # points: the largest size of a task with a table below it
LEAST_GAP = inches(0.16)
EASY_ROW = inches(0.6)  # height of a row that is easy to write in
SHORT = 14  # most characters of a cell that may be centred in its column


def lay_exercise(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return task, table, the text to work on if there is room for it, and hint by role, each at its place."""
    places = {role: spec.find(role) for role in ("main", "data", "hint")}
    main, data, hint = places["main"], places["data"], places["hint"]
    assert main is not None
    assert data is not None
    assert hint is not None
    laid_hint = _hint(desk, hint, text_of(slide.slot("hint")), slide)
    end = laid_hint.placeholder.box.y if laid_hint else hint.box.bottom + LEAST_GAP
    lines = text_of(slide.slot("main"))
    table = _table(slide)
    for panel in panels_of(desk, slide, main.box.x, main.box.w, end - LEAST_GAP):
        quiet = replace(desk, report=Report())
        task, laid_table = _task_and_table(quiet, main, data, lines, table, panel.shapes[0].box.y, slide)
        if not quiet.report.found and (laid_table is None or min(laid_table.heights[1:], default=0) >= EASY_ROW):
            return {"main": task, "data": laid_table, GIVEN: panel, "hint": laid_hint}
    task, laid_table = _task_and_table(desk, main, data, lines, table, end, slide)
    return {"main": task, "data": laid_table, "hint": laid_hint}


def _table(slide: Slide) -> ShownTable | None:
    blocks: tuple[Block, ...] = (*slide.slot("data"), *exhibits_of(slide.slot("main")))
    found = next((block for block in blocks if isinstance(block, ShownTable)), None)
    return None if found is None else replace(found, aligns=fill_aligns(found))


def fill_aligns(table: ShownTable) -> tuple[str, ...]:
    """Return the alignments of a table to fill in: places to write in are centred, and so are short cells.

    The first column names the rows and stays left-aligned, unless it is to be filled in itself.
    """
    columns = list(zip(table.header, *table.rows, strict=True))
    fills = [any(run.blank for runs in column for run in runs) for column in columns]
    short = [all(len(plain(runs).strip()) <= SHORT for runs in column) for column in columns]
    given = table.aligns or ("left",) * len(columns)
    centred = any(fills) and all(short[1:])
    return tuple(
        "center" if fill or (centred and k) else align for k, (fill, align) in enumerate(zip(fills, given, strict=True))
    )


def _hint(desk: Desk, placeholder: Placeholder, lines: tuple[Line, ...], slide: Slide) -> LaidText | None:
    """Return the hint, with its foot where the layout has it; a long hint grows upwards, up to twice the height."""
    if not lines:
        return None
    height = math.ceil(desk.ruler.prose(placeholder, lines, placeholder.sizes[-1]).height * EMU_PER_POINT)
    box = placeholder.box
    high = min(max(height, 1), 2 * box.h)
    return fit_text(desk, moved(placeholder, Box(box.x, box.bottom - high, box.w, high)), lines, slide.at)


def _task(desk: Desk, placeholder: Placeholder, lines: tuple[Line, ...], slide: Slide) -> LaidText:
    """Return a task without a table: large if it is short."""
    quiet = replace(desk, report=Report())
    laid = fit_text(quiet, placeholder, lines, slide.at)
    for problem in quiet.report.found:
        hint = "write a shorter task on the slide, under the exercise: the sheet has the whole one"
        desk.report.error(problem.message, problem.at, hint, problem.code)
    return laid


def _under(desk: Desk, data: Placeholder, table: ShownTable, above: int, end: int) -> LaidTable | None:
    """Return the table between two edges, with rows that are easy to write in, or else as high as possible."""
    best: LaidTable | None = None
    for gap in (GAP, LEAST_GAP):
        for top in dict.fromkeys((max(above + gap, data.box.y), above + gap)):
            place = moved(data, Box(data.box.x, top, data.box.w, end - gap - top))
            laid = try_table(desk.ruler, place, table) if place.box.h > 0 else None
            if laid is None:
                continue
            laid = replace(laid, placeholder=moved(place, Box(data.box.x, top, data.box.w, sum(laid.heights))))
            if min(laid.heights[1:], default=EASY_ROW) >= EASY_ROW:
                return laid
            if best is None or (laid.size, laid.heights) > (best.size, best.heights):
                best = laid
    return best


def _task_and_table(
    desk: Desk,
    main: Placeholder,
    data: Placeholder,
    lines: tuple[Line, ...],
    table: ShownTable | None,
    end: int,
    slide: Slide,
) -> tuple[LaidText | None, LaidTable | None]:
    if table is None:
        box = Box(main.box.x, main.box.y, main.box.w, end - LEAST_GAP - main.box.y)
        return (_task(desk, moved(main, box), lines, slide) if lines else None), None
    sizes = [size for size in main.sizes if size <= BESIDE_TABLE]
    for size in sizes:
        height = desk.ruler.prose(main, lines, size).height
        high = round(height * EMU_PER_POINT) + 2 * main.inset_y
        box = Box(main.box.x, main.box.y, main.box.w, max(1, high))
        laid = _under(desk, data, table, box.bottom, end)
        if laid is not None:
            whole = without_orphans(desk.ruler, main, lines, size)
            return (laid_text(moved(main, box), whole, size, height) if lines else None), laid
    size = sizes[-1]
    height = desk.ruler.prose(main, lines, size).height
    desk.report.error(
        f"task and table do not fit: the task alone is {height / 72:.1f} in high at {size:g} pt, "
        f"{(end - main.box.y) / 914_400:.1f} in are available for both",
        place_of(lines, slide.at),
        "write a shorter task on the slide, under the exercise: the sheet has the whole one",
        "fit",
    )
    text = laid_text(main, lines, size, height) if lines else None
    quiet = replace(desk, report=Report())
    return text, fit_table(quiet, data, table, slide.at, split=False)[0]
