"""A slide of a talk that holds too much for one: divided between blocks, list items, sentences, rows and lines of code."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec.structs import replace

from workshop.constructs.columns import Column, Columns
from workshop.constructs.table import BY_BLOCK, text_of
from workshop.constructs.talks import Callout, StandIn
from workshop.layout.cells import Cell, Code, Sheet, Stack, Words, exhibit
from workshop.layout.compose import cell_of
from workshop.layout.equation import Equation
from workshop.model.kit import Block, Line, Prose, Run, ShownCode, ShownTable
from workshop.model.theme import Box

SPLIT_AT = 18.0  # what doesn't fit at this size goes on over several slides
LAST = (16.0, 14.0, 12.0, 11.0, 10.0)  # for what can't be divided
SENTENCE = re.compile(r"(?<=[.!?…])\s+")
Pages = list[tuple[Cell, ...]]


def fits(sheet: Sheet, cells: tuple[Cell, ...], area: Box, size: float) -> bool:
    """Whether cells, one below the other, have room in an area."""
    return Stack(cells).least(sheet, area.w, size) <= area.h


def pages_of(sheet: Sheet, blocks: tuple[Block, ...], area: Box) -> Pages:
    """Return cells page by page, each page as full as it can be at the size at which slides are divided."""
    pages: Pages = []
    page: tuple[Cell, ...] = ()
    for cell in _pieces(sheet, blocks, area):
        if page and not fits(sheet, (*page, cell), area, SPLIT_AT):
            pages.append(page)
            page = ()
        page = _with(page, cell)
    return [*pages, page] if page else pages


def _with(page: tuple[Cell, ...], cell: Cell) -> tuple[Cell, ...]:
    """Return a page with one more cell; words go on in the same box."""
    last = page[-1] if page else None
    if isinstance(last, Words) and isinstance(cell, Words) and not last.fill and not cell.fill:
        return (*page[:-1], replace(last, lines=(*last.lines, *cell.lines)))
    return (*page, cell)


def _pieces(sheet: Sheet, blocks: Iterable[Block], area: Box) -> Iterator[Cell]:
    """Yield cells that fit a slide at the size at which slides are divided, or can't be divided further."""
    for block in blocks:
        cell = cell_of(block)
        if fits(sheet, (cell,), area, SPLIT_AT) and not isinstance(block, Prose):
            yield cell
        elif isinstance(block, Prose):
            yield from _lines(sheet, block, area)
        elif isinstance(block, ShownCode):
            yield from _code(sheet, block, area)
        elif isinstance(block, ShownTable):
            yield from _rows(sheet, block, area)
        elif isinstance(block, Columns):
            yield from _apart(sheet, block, area)
        elif isinstance(block, Callout | StandIn) or type(block) in BY_BLOCK:
            yield from _lines(sheet, Prose(text_of((block,))), area)
        else:
            yield cell


def _apart(sheet: Sheet, block: Columns, area: Box) -> Iterator[Cell]:
    """Yield columns as they are if they fit in small letters, else one below the other."""
    cell = cell_of(block)
    if any(fits(sheet, (cell,), area, size) for size in LAST[:3]):
        yield cell
        return
    for column in block.blocks:
        if isinstance(column, Column):
            head = Line((Run(column.title, strong=True),), at=column.at)
            yield from _pieces(sheet, (*((Prose((head,)),) if column.title else ()), *column.blocks), area)


def _lines(sheet: Sheet, prose: Prose, area: Box) -> Iterator[Cell]:
    """Yield lines in groups that belong together; a paragraph that fills more than a slide, sentence by sentence."""
    group: list[Line] = []
    for line in prose.lines:
        if line.displayed is not None:
            if group:
                yield Words(lines=tuple(group))
            yield Equation(line)
            group = []
            continue
        if group and not line.level and not group[-1].text.rstrip().endswith(":") and not _is_head(group[-1]):
            yield Words(lines=tuple(group))
            group = []
        if fits(sheet, (Words(lines=(line,)),), area, SPLIT_AT):
            group.append(line)
            continue
        for part in _sentences(sheet, line, area):
            yield Words(lines=(*group, part))
            group = []
    if group:
        yield Words(lines=tuple(group))


def _is_head(line: Line) -> bool:
    return line.marker == "none" and bool(line.runs) and all(run.strong for run in line.runs)


def _sentences(sheet: Sheet, line: Line, area: Box) -> Iterator[Line]:
    """Yield a paragraph in as many parts of about the same length as it needs, each of whole sentences if possible."""
    pieces = [replace(run, text=text) for run in line.runs for text in _cut(run)]
    whole = Words(lines=(line,)).least(sheet, area.w, SPLIT_AT)
    parts = max(2, -(-whole // round(area.h * 0.8)))
    each = sum(len(run.text) for run in pieces) / parts
    part: list[Run] = []
    letters = 0
    for run in pieces:
        part.append(run)
        letters += len(run.text)
        if letters >= each:
            yield replace(line, runs=tuple(part))
            part, letters = [], 0
    if part:
        yield replace(line, runs=tuple(part))


def _cut(run: Run) -> list[str]:
    text = run.text
    if run.formula is not None:
        return [text]
    ends = [match.end() for match in SENTENCE.finditer(text)]
    return [text[a:b] for a, b in zip((0, *ends), (*ends, len(text)), strict=True) if text[a:b]]


def _code(sheet: Sheet, code: ShownCode, area: Box) -> Iterator[Cell]:
    """Yield code in as few parts of about the same length as it needs, cut at empty lines if possible."""
    floor = 12.0 if Code(code, 12.0).fits_width(area.w, SPLIT_AT) else 10.0
    whole = Code(code, floor)
    parts = max(1, math.ceil(whole.least(sheet, area.w, SPLIT_AT) / area.h))
    lines = code.text.split("\n")
    start = 0
    for k in range(1, parts + 1):
        end = len(lines) if k == parts else _end(lines, round(len(lines) * k / parts), start)
        part = code.part(start, end)
        start = end
        if part.text:
            yield Code(part, floor)


def _end(lines: list[str], wanted: int, start: int) -> int:
    """Return where to cut code near a line: after an empty line, or before one that isn't indented."""
    near = sorted(range(max(start + 1, wanted - 5), min(len(lines), wanted + 4)), key=lambda k: abs(k - wanted))
    empty = [k for k in near if not lines[k - 1].strip()]
    outer = [k for k in near if lines[k].strip() and not lines[k][0].isspace()]
    return next(iter((*empty, *outer)), wanted)


def _rows(sheet: Sheet, table: ShownTable, area: Box) -> Iterator[Cell]:
    """Yield a table in parts that repeat its header."""
    most = max(1, len(table.rows))
    while most > 1:
        part = exhibit(replace(table, rows=table.rows[:most], highlight=-1))
        if fits(sheet, (part,), area, 14.0):
            break
        most = (most + 1) // 2
    count = math.ceil(len(table.rows) / most)
    cuts = [round(len(table.rows) * k / count) for k in range(count + 1)]
    for first, last in pairwise(cuts):
        yield exhibit(replace(table, rows=table.rows[first:last], highlight=-1))
