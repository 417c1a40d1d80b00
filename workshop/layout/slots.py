"""The content of one slot: text, a table, a chart, code, a picture, or drawn shapes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.errors import At, WorkshopError
from workshop.layout.code import fit_code
from workshop.layout.context import Desk
from workshop.layout.diagrams import DRAWS
from workshop.layout.fit import fit_balanced, fit_text, fit_title
from workshop.layout.laid import LaidChart, LaidItem
from workshop.layout.pictures import fit_picture
from workshop.layout.tables import fit_table
from workshop.layouts import traits
from workshop.model.kit import Block, Drawn, Line, ShownChart, ShownCode, ShownPicture, ShownTable
from workshop.model.theme import EMU_PER_POINT, Box, Placeholder

FINDING = "finding"  # text that is set like a title
BALANCED = ("subtitle", "question", "aside", "claim")  # short texts that are set like headings
PLAIN = ("reading",)  # a few short paragraphs: bullets would only use up width
COLUMNS = ("left", "right")  # here a list of one item is a paragraph


def exhibits_of(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks that are exhibits, not text."""
    return tuple(block for block in blocks if isinstance(block, Drawn) or type(block) in FITS)


def fill_slot(
    desk: Desk,
    placeholder: Placeholder,
    blocks: tuple[Block, ...],
    layout: str,
    at: At,
    cap: float = math.inf,
    area: Box | None = None,
) -> LaidItem | None:
    """Return the content of a slot: one exhibit or text; both, or two exhibits, are reported.

    Args:
        cap: the largest size for text, in points.
        area: the area for drawings; ``None`` for that of our own grid.
    """
    lines, exhibits = text_of(blocks), exhibits_of(blocks)
    if (placeholder.role in PLAIN and placeholder.home is None) or (placeholder.role in COLUMNS and len(lines) == 1):
        lines = _plain(lines)
    if exhibits:
        if lines or len(exhibits) > 1:
            what = "text and an exhibit" if lines else f"{len(exhibits)} exhibits"
            desk.report.error(
                f"{what} share one place, '{placeholder.name.lower()}'", at, "give one of them another slide", "crowded"
            )
        return fill_exhibit(Spot(desk, placeholder, layout, at), exhibits[0], area)
    if not lines:
        return None
    if placeholder.role == FINDING and len(lines) == 1:
        return fit_title(desk, placeholder, lines[0].runs, at)
    if placeholder.role in BALANCED:
        return fit_balanced(desk, placeholder, lines, at)
    return fit_text(desk, placeholder, lines, at, cap)


def _plain(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return list items as paragraphs; a list of two levels stays one."""
    if any(line.level for line in lines):
        return lines
    return tuple(replace(line, marker="none") if line.marker == "bullet" else line for line in lines)


class Spot(NamedTuple):
    """The place for an exhibit: a placeholder of a layout, and the place of its slide in the source."""

    desk: Desk
    placeholder: Placeholder
    layout: str
    at: At


def fill_exhibit(spot: Spot, block: Block, area: Box | None = None) -> LaidItem | None:
    """Return an exhibit in its place; ``area`` is that of a drawing."""
    if isinstance(block, Drawn):
        return DRAWS[type(block)](spot.desk, block, spot.at, area)
    return FITS[type(block)](spot, block)


def _table(spot: Spot, table: ShownTable) -> LaidItem:
    strong = "stops" in traits(spot.layout) and not spot.placeholder.fence
    return fit_table(spot.desk, spot.placeholder, table, spot.at, strong_first=strong, split=False)[0]


def _code(spot: Spot, code: ShownCode) -> LaidItem:
    return fit_code(spot.desk, spot.placeholder, code, spot.at)


def _picture(spot: Spot, picture: ShownPicture) -> LaidItem:
    return fit_picture(spot.placeholder, picture)


def _chart(spot: Spot, shown: ShownChart) -> LaidItem | None:
    from workshop.charts.kind import resolve_chart

    box = spot.placeholder.box
    try:
        resolved = resolve_chart(
            shown.chart,
            width_pt=box.w / EMU_PER_POINT,
            height_pt=box.h / EMU_PER_POINT,
            colors=spot.desk.theme.colors,
            medium="deck",
            kinds=spot.desk.kinds,
        )
    except WorkshopError as error:
        problem = error.problem
        spot.desk.report.error(problem.message, shown.at if shown.at.path else spot.at, problem.hint, problem.code)
        return None
    return LaidChart(spot.placeholder, shown, resolved, spot.desk.kinds.get(resolved.chart.kind))


FITS: Mapping[type[Block], Callable[[Spot, Any], LaidItem | None]] = {
    ShownTable: _table,
    ShownChart: _chart,
    ShownCode: _code,
    ShownPicture: _picture,
}
