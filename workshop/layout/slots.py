"""What stands in a slot: text, a table, a chart, code, a picture, or drawn shapes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from workshop.errors import At, WorkshopError
from workshop.layout.code import fit_code
from workshop.layout.context import Desk
from workshop.layout.diagrams import lay_diagram
from workshop.layout.fit import fit_balanced, fit_text, fit_title
from workshop.layout.laid import LaidChart, LaidItem
from workshop.layout.pictures import fit_picture
from workshop.layout.tables import fit_table
from workshop.layout.tiles import lay_map
from workshop.model.kit import (
    AnswerLines,
    Block,
    Choices,
    Diagram,
    Line,
    Map,
    Panel,
    Prose,
    Run,
    ShownChart,
    ShownCode,
    ShownPicture,
    ShownTable,
)
from workshop.model.theme import EMU_PER_POINT, Box, Placeholder

EXHIBITS = (ShownChart, ShownTable, ShownCode, ShownPicture, Diagram, Map)
BALANCED = ("subtitle", "question", "aside")  # short texts that are read like a heading
PLAIN = ("reading",)  # a few short paragraphs: bullets would only take their width
COLUMNS = ("left", "right")  # a list of one item here is a paragraph
STRONG_FIRST = ("toy-stops",)  # layouts whose tables have a bold first column


def lines_of(blocks: Iterable[Block]) -> tuple[Line, ...]:
    """Return all text of some blocks as lines; what only paper can use is left out."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Prose):
            lines += block.lines
        elif isinstance(block, Choices):
            lines += (Line(option, marker="bullet", at=block.at) for option in block.options)
        elif isinstance(block, Panel):
            if block.title:
                lines.append(Line((Run(block.title, strong=True),), at=block.at))
            lines += lines_of(block.blocks)
        elif isinstance(block, AnswerLines):
            continue
    return tuple(lines)


def exhibits_of(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks that are shown, not read."""
    return tuple(block for block in blocks if isinstance(block, EXHIBITS))


def fill_slot(
    desk: Desk,
    placeholder: Placeholder,
    blocks: tuple[Block, ...],
    layout: str,
    at: At,
    cap: float = math.inf,
    area: Box | None = None,
) -> LaidItem | None:
    """Return what a slot holds: one exhibit or text; both, or two exhibits, are a problem.

    Args:
        cap: the largest size for text, in points.
        area: where drawn things stand; ``None`` is our own grid.
    """
    lines, exhibits = lines_of(blocks), exhibits_of(blocks)
    if (placeholder.role in PLAIN and placeholder.home is None) or (placeholder.role in COLUMNS and len(lines) == 1):
        lines = _plain(lines)
    if exhibits:
        if lines or len(exhibits) > 1:
            what = "text and an exhibit" if lines else f"{len(exhibits)} exhibits"
            desk.report.error(
                f"{what} share one place, '{placeholder.name.lower()}'", at, "give one of them another slide", "crowded"
            )
        return _exhibit(desk, placeholder, exhibits[0], layout, at, area)
    if not lines:
        return None
    if placeholder.role == "finding" and len(lines) == 1:
        return fit_title(desk, placeholder, lines[0].runs, at)
    if placeholder.role in BALANCED:
        return fit_balanced(desk, placeholder, lines, at)
    return fit_text(desk, placeholder, lines, at, cap)


def _plain(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return list items as paragraphs; a list of two levels stays one."""
    if any(line.level for line in lines):
        return lines
    return tuple(replace(line, marker="none") if line.marker == "bullet" else line for line in lines)


def _exhibit(
    desk: Desk, placeholder: Placeholder, block: Block, layout: str, at: At, area: Box | None
) -> LaidItem | None:
    if isinstance(block, ShownTable):
        return fit_table(desk, placeholder, block, at, strong_first=layout in STRONG_FIRST, split=False)[0]
    if isinstance(block, ShownChart):
        return _chart(desk, placeholder, block, at)
    if isinstance(block, ShownCode):
        return fit_code(desk, placeholder, block, at)
    if isinstance(block, ShownPicture):
        return fit_picture(placeholder, block)
    if isinstance(block, Diagram):
        return lay_diagram(desk, block, at, area)
    assert isinstance(block, Map)
    return lay_map(desk, block, at, area)


def _chart(desk: Desk, placeholder: Placeholder, shown: ShownChart, at: At) -> LaidChart | None:
    from workshop.charts.resolve import resolve_chart

    try:
        resolved = resolve_chart(
            shown.chart,
            width_pt=placeholder.box.w / EMU_PER_POINT,
            height_pt=placeholder.box.h / EMU_PER_POINT,
            colors=desk.theme.colors,
            medium="deck",
            kinds=desk.kinds,
        )
    except WorkshopError as error:
        problem = error.problem
        desk.report.error(problem.message, shown.at if shown.at.path else at, problem.hint, problem.code)
        return None
    return LaidChart(placeholder, shown, resolved, desk.kinds.get(resolved.chart.kind))
