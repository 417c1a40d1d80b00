"""How the blocks of a slide of a talk can be put together: one below the other, exhibits in a row, or beside the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from workshop.constructs.columns import Column, Columns
from workshop.constructs.table import text_of
from workshop.constructs.talks import Callout, StandIn
from workshop.layout.cells import COLUMN_GAP, Cell, Picture, Row, Stack, Words, columns, exhibit
from workshop.layout.equation import Equation
from workshop.layout.slots import exhibits_of
from workshop.model.kit import Block, Line, Run, ShownPicture


def ways(blocks: tuple[Block, ...]) -> Iterator[tuple[Cell, ...]]:
    """Yield ways to put blocks together: exhibits in a row, one below the other, or beside the text."""
    cells = [cell_of(block) for block in blocks]
    yield tuple(cells)
    grouped = tuple(_grouped(blocks))
    if len(grouped) < len(cells):
        yield grouped
    texts = [b for b in blocks if not is_exhibit(b)]
    shown = [b for b in blocks if is_exhibit(b)]
    if texts and shown and not any(isinstance(b, Columns) for b in blocks):
        words = Stack(tuple(cell_of(b) for b in texts))
        for exhibits in (Stack(tuple(map(cell_of, shown))), *((_row(shown),) if len(shown) > 1 else ())):
            yield (Row((words, exhibits), (45, 55)),)


def is_exhibit(block: Block) -> bool:
    """Whether a block is shown, not read."""
    return bool(exhibits_of((block,)))


def _grouped(blocks: Sequence[Block]) -> Iterator[Cell]:
    """Yield cells, with exhibits that follow each other in one row."""
    run: list[Block] = []
    for block in (*blocks, None):
        if block is not None and is_exhibit(block):
            run.append(block)
            continue
        if run:
            yield _row(run) if len(run) > 1 else cell_of(run[0])
            run = []
        if block is not None:
            yield cell_of(block)


def _row(blocks: Sequence[Block]) -> Cell:
    """Return exhibits in a row: pictures of one height, others of the same width."""
    shares = (
        [_aspect(block) for block in blocks]
        if all(isinstance(b, ShownPicture) for b in blocks)
        else [1.0] * len(blocks)
    )
    return Row(tuple(cell_of(block) for block in blocks), tuple(shares), COLUMN_GAP // 2)


def _aspect(block: Block) -> float:
    return Picture(block).aspect if isinstance(block, ShownPicture) else 1.0


def cell_of(block: Block) -> Cell:
    """Return a block as a cell."""
    if is_exhibit(block):
        return exhibit(block)
    if isinstance(block, Columns):
        found = [column for column in block.blocks if isinstance(column, Column)]
        if len(found) > 1 and all(_is_one_picture(column) for column in found):
            return _row([column.blocks[0] for column in found])
        return columns([_column(column) for column in found], _shares(found))
    if isinstance(block, Callout | StandIn):
        return _boxed(block)
    return _text(text_of((block,)))


def _text(lines: Sequence[Line]) -> Cell:
    """Return text; a formula in a line of its own has a place of its own."""
    cells: list[Cell] = []
    for alone, group in groupby(lines, key=lambda line: line.displayed is not None):
        found = tuple(group)
        cells += map(Equation, found) if alone else [Words(lines=found)]
    return cells[0] if len(cells) == 1 else Stack(tuple(cells))


def _is_one_picture(column: Column) -> bool:
    """Whether a column is a picture without a width of its own."""
    first = column.blocks[0] if len(column.blocks) == 1 else None
    return isinstance(first, ShownPicture) and not column.width and not column.title and not any(first.size)


def _shares(found: Sequence[Column]) -> list[float]:
    if len(found) == 1:
        return [100.0]
    return [column.width for column in found]


def _column(column: Column) -> Cell:
    head = (Words(lines=(Line((Run(column.title, strong=True, accent=True),), at=column.at),)),) if column.title else ()
    return Stack((*head, *_grouped(column.blocks)))


def _boxed(block: Callout | StandIn) -> Cell:
    """Return a box with its title; exhibits in it come below it."""
    muted = isinstance(block, StandIn)
    lines = text_of(block.blocks)
    step = min((line.step for line in lines), default=0)
    head = (Line((Run(block.title, strong=True),), step=step, at=block.at),) if block.title else ()
    words = Words(lines=(*head, *lines), fill="panel", muted=muted)
    shown = tuple(cell_of(b) for b in block.blocks if is_exhibit(b) or isinstance(b, Columns))
    return Stack((words, *shown)) if shown else words
