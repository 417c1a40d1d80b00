"""Slides of a talk that no layout suits: put together cell by cell, at the largest size that fits, else over several slides."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from workshop.constructs.column_divs import Column, Columns
from workshop.constructs.table import BY_BLOCK, text_of
from workshop.constructs.talk_divs import Callout, Edge, StandIn
from workshop.errors import Report
from workshop.layout.cells import (
    COLUMN_GAP,
    GAP,
    Cell,
    Code,
    Equation,
    Gap,
    Picture,
    Row,
    Sheet,
    Stack,
    Words,
    columns,
    exhibit,
    words_in,
)
from workshop.layout.context import Desk
from workshop.layout.fit import fit_title, laid_text, moved
from workshop.layout.ladder import candidates
from workshop.layout.laid import LaidItem, LaidPicture, LaidText
from workshop.layout.slots import exhibits_of
from workshop.layout.source_line import source_text
from workshop.layouts.content import CONTENT
from workshop.layouts.diagram import DIAGRAM
from workshop.model.blocks import Block, Line, Prose, Run, ShownCode, ShownPicture, ShownTable
from workshop.model.kit import Slide
from workshop.model.theme import EMU_PER_POINT, Box, LayoutSpec, Placeholder, inches


# ---------------------------------------------------------------- compose
# How the blocks of a slide of a talk can be put together: one below the other, exhibits in a row, or beside the text.
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
    """Whether a block is shown, not read; the panel of a missing picture has its place."""
    return bool(exhibits_of((block,))) or (isinstance(block, StandIn) and block.missing)


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
    if isinstance(block, StandIn) and block.missing:
        return gap_of(block)
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


def gap_of(block: StandIn) -> Gap:
    """Return the panel of a missing picture: what it would show, and its name."""
    head = (Line((Run(block.title, strong=True),), at=block.at),) if block.title else ()
    return Gap((*head, *text_of(block.blocks)))


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


# ---------------------------------------------------------------- division over slides
# A slide of a talk that holds too much for one: divided between blocks, list items, sentences, rows and lines of code.
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


# ---------------------------------------------------------------- free
ROLE, BASE = "free", DIAGRAM.name  # our name for it; the layout of the deck on which it is put together
SIZES = (28.0, 24.0, 22.0, 20.0, 18.0)
TITLES = (28.0, 24.0, 22.0, 20.0, 18.0)
MOST_TITLE = inches(1.75)
UNDER_TITLE = inches(0.26)
TOP, FOOT = inches(0.55), inches(6.66)
FOOTNOTE = (14.0, 12.0, 11.0, 10.0, 9.0)
FOOT_GAP, GROUND_INSET = inches(0.12), inches(0.1)
LARGE_WORDS = 60  # more words than this don't begin at the largest size


class Frame(Struct, frozen=True, kw_only=True):
    """A slide without its body.

    Attributes:
        spec: the layout of the deck; its places are the title's and the source line's.
        area: where the body goes.
        items: title and source line.
        before: pictures at an edge, which come first in reading order.
    """

    spec: LayoutSpec
    area: Box
    items: tuple[LaidItem, ...]
    before: tuple[tuple[Placeholder, LaidItem], ...]


class Laid(Struct, frozen=True):
    """One slide of the result: the slide, its layout and its items."""

    slide: Slide
    layout: LayoutSpec
    items: tuple[LaidItem, ...]


def lay_free(desk: Desk, slide: Slide, following: Callable[[int], Slide]) -> list[Laid]:
    """Return a slide put together freely, or several if it holds too much for one.

    Only a title and footnotes that fill the slide are too much, which is reported.

    Args:
        following: returns the slide with a number on which this one goes on, without content.
    """
    blocks = slide.slot("main")
    frame = frame_of(desk, slide, blocks)
    if frame.area.h < desk.theme.height // 8:
        hint = "shorten the title, or refer to fewer notes"
        desk.report.error("the title and the footnotes of this slide leave no room for its text", slide.at, hint, "fit")
        return []
    rest = tuple(block for block in blocks if not isinstance(block, Edge))
    if not rest:
        return [filled(desk, slide, frame, (), SIZES[0])]
    count = words_in(text_of(rest))
    sizes = SIZES if count <= LARGE_WORDS else SIZES[1:]
    sheet = Sheet(desk, slide.at)
    possible = list(ways(rest))
    for size in sizes:
        fitting = [way for way in possible if fits(sheet, way, frame.area, size)]
        if fitting:
            best = max(fitting, key=lambda way: _worth(sheet, way, frame.area, size))
            return [filled(desk, slide, frame, best, size)]
    second = following(2)
    frames = {slide.id: frame, second.id: frame_of(desk, second, blocks)}
    area = min((f.area for f in frames.values()), key=lambda area: area.h)
    pages = pages_of(sheet, rest, area)
    size = next((s for s in (*sizes, *LAST) if all(fits(sheet, page, area, s) for page in pages)), LAST[-1])
    made = []
    for number, page in enumerate(pages, 1):
        own = slide if number == 1 else second if number == 2 else following(number)
        made.append(filled(desk, own, frames.get(own.id) or frame_of(desk, own, blocks), page, size))
    return made


def _worth(sheet: Sheet, cells: tuple[Cell, ...], area: Box, size: float) -> float:
    """Return how well cells use an area: as much as they want is best."""
    wanted = Stack(cells).wanted(sheet, area.w, size)
    return -abs(math.log(max(1, wanted) / area.h))


def filled(desk: Desk, slide: Slide, frame: Frame, cells: tuple[Cell, ...], size: float) -> Laid:
    """Return a slide with cells, one below the other, in the body of its frame."""
    sheet = Sheet(desk, slide.at)
    for place, item in frame.before:
        sheet.add(place, item)
    alone = cells[0] if len(cells) == 1 and isinstance(cells[0], Picture) else None
    (replace(alone, centred=True) if alone else Stack(cells)).put(sheet, frame.area, size)
    spec = replace(frame.spec, role=ROLE, placeholders=(*frame.spec.placeholders, *sheet.places))
    title = [item for item in frame.items if isinstance(item, LaidText) and item.placeholder.role == "title"]
    others = [item for item in frame.items if item not in title]
    return Laid(slide, spec, (*title, *sheet.items, *others))


# ---------------------------------------------------------------- frame
def frame_of(desk: Desk, slide: Slide, blocks: Sequence[Block]) -> Frame:
    """Return the title, the source line and the area between them; pictures at an edge take their part first."""
    base = _base(desk, slide)
    theme = desk.theme
    edge = next((block for block in blocks if isinstance(block, Edge)), None)
    full = Box(0, 0, theme.width, theme.height)
    before, free = _at_edge(edge, full) if edge is not None else ((), full)
    title = base.find("title")
    assert title is not None
    left = max(title.box.x, free.x + (COLUMN_GAP if free.x else 0))
    right = min(theme.width - title.box.x, free.right - (COLUMN_GAP if free.right < theme.width else 0))
    alone = not slide.source and slide.untitled and _is_picture(blocks)
    if alone:
        left, right = 0, theme.width
    head, top = _head(desk, slide, moved(title, Box(left, title.box.y, right - left, title.box.h)), alone=alone)
    foot, bottom = _foot(desk, slide, base, left, right)
    if alone:
        bottom = theme.height
    ground = next((decor.box for decor in base.decor if decor.kind == "rect" and decor.color == "bg"), None)
    if ground is not None:  # nothing crosses its edges
        left, right = max(left, ground.x + GROUND_INSET), min(right, ground.right - GROUND_INSET)
        top, bottom = max(top, ground.y + GROUND_INSET), min(bottom, ground.bottom - GROUND_INSET)
    items = tuple(item for item in (head, foot) if item is not None)
    placeholders = tuple(p for p in base.placeholders if p.role in ("title", "source"))
    spec = replace(base, placeholders=placeholders)
    return Frame(spec=spec, area=Box(left, top, right - left, bottom - top), items=items, before=before)


def _is_picture(blocks: Sequence[Block]) -> bool:
    """Whether a slide is one picture alone, which may fill it to its edges."""
    first = blocks[0] if len(blocks) == 1 else None
    return isinstance(first, ShownPicture) and not first.caption and not any(first.size)


def _base(desk: Desk, slide: Slide) -> LayoutSpec:
    """Return the layout that a slide is put together on: a title and free space."""
    template = desk.theme.template
    if template is None:
        return desk.theme.layouts[BASE]
    found = candidates(template.variants, replace(slide, layout=BASE, slots=()))
    return found[0] if found else template.variants[CONTENT.name][0]


def _at_edge(edge: Edge, full: Box) -> tuple[tuple[tuple[Placeholder, LaidItem], ...], Box]:
    """Return the pictures at an edge of a slide, and what is free beside them."""
    pictures = [block for block in edge.blocks if isinstance(block, ShownPicture)]
    wide = full.w if edge.side == "all" else round(full.w * min(90.0, max(10.0, edge.share)) / 100)
    x = full.w - wide if edge.side == "right" else 0
    found: list[tuple[Placeholder, LaidItem]] = []
    each = wide // max(1, len(pictures)) if edge.side == "all" else wide
    high = full.h if edge.side == "all" else full.h // max(1, len(pictures))
    for k, picture in enumerate(pictures):
        box = Box(k * each, 0, each, high) if edge.side == "all" else Box(x, k * high, wide, high)
        place = Placeholder(idx=-1, type="pic", name="Picture", role=f"edge-{k + 1}", box=box, sizes=(18.0,))
        found.append((place, LaidPicture(place, picture, box, crop=True)))
    if edge.side == "all":
        return tuple(found), full
    rest = Box(wide, 0, full.w - wide, full.h) if edge.side == "left" else Box(0, 0, full.w - wide, full.h)
    return tuple(found), rest


def _head(desk: Desk, slide: Slide, place: Placeholder, *, alone: bool) -> tuple[LaidText | None, int]:
    """Return the title, and where the body begins; a title that nobody gave is above the slide."""
    own = desk.theme.template is None
    top = place.box.y if own else max(place.box.y, TOP // 2)
    if not slide.title_text.strip():
        return None, 0 if alone else top
    if slide.untitled:
        above = moved(replace(place, sizes=(min(place.sizes),)), Box(0, -inches(1.2), desk.theme.width, inches(1.0)))
        line = Line(slide.title, at=slide.at)
        return laid_text(above, (line,), above.sizes[-1], 20.0), 0 if alone else top
    for sizes, most in ((place.sizes, 2), (TITLES, 3), (TITLES[2:], 4), ((*TITLES[3:], *LAST), 0)):
        quiet = replace(desk, report=Report())
        room = Box(place.box.x, place.box.y, place.box.w, max(place.box.h, MOST_TITLE))
        laid = fit_title(quiet, replace(moved(place, room), sizes=sizes), slide.title, slide.at, most)
        if not quiet.report.found or not most:
            break
    bottom = place.box.y + laid.height
    tall = Box(place.box.x, place.box.y, place.box.w, laid.height + inches(0.04))
    shown = replace(laid.placeholder, box=tall if own else place.box, sizes=place.sizes)
    least = bottom + UNDER_TITLE if own else max(place.box.bottom, bottom) + GAP
    return replace(laid, placeholder=shown), least


def _foot(desk: Desk, slide: Slide, base: LayoutSpec, left: int, right: int) -> tuple[LaidText | None, int]:
    """Return the source line, as many rows as it needs, and where the body ends."""
    place = base.find("source")
    if place is None:
        area = base.area or Box(0, 0, desk.theme.width, FOOT)
        return None, area.bottom
    if slide.source is None:
        return None, max(place.box.bottom, min(FOOT, desk.theme.height))
    line = source_text(desk, slide.source)
    for size in FOOTNOTE:
        room = Box(left, 0, min(right - left, place.box.w), desk.theme.height // 4)
        high = round(desk.ruler.prose(moved(place, room), (line,), size).height * EMU_PER_POINT)
        if high <= room.h // 2 or size == FOOTNOTE[-1]:
            break
    box = Box(left, place.box.bottom - high, room.w, high)
    own = replace(moved(place, box), sizes=(place.sizes[0], size))
    return laid_text(own, (line,), size, high / EMU_PER_POINT), box.y - FOOT_GAP


# ---------------------------------------------------------------- from a layout
def as_free(slide: Slide) -> Slide:
    """Return a slide that doesn't fit its layout as one that is put together freely."""
    named = dict(slide.slots)
    if "left" in named or "right" in named:
        sides = [
            Column(
                " ".join(line.text for line in text_of(named.get(f"{side}-heading", ()))), named.get(side, ()), slide.at
            )
            for side in ("left", "right")
        ]
        blocks: tuple[Block, ...] = (Columns("", tuple(sides), slide.at),)
    else:
        captioned = any(isinstance(b, ShownPicture | ShownTable) and b.caption for b in named.get("main", ()))
        order = ("measure", "reading", "main") if not captioned else ("reading", "main")
        first = [block for role in order for block in named.get(role, ())]
        blocks = (*first, *(b for role, own in slide.slots if role not in ("measure", *order) for b in own))
    return replace(slide, layout=ROLE, slots=(("main", blocks),))
