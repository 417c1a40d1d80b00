"""Slides of a talk that no layout suits: put together cell by cell, at the largest size that fits, else over several slides."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from workshop.constructs.columns import Column, Columns
from workshop.constructs.table import text_of
from workshop.constructs.talks import Edge
from workshop.errors import Report
from workshop.layout.cells import (
    COLUMN_GAP,
    GAP,
    Cell,
    Picture,
    Sheet,
    Stack,
    Words,
    words_in,
)
from workshop.layout.choose import candidates
from workshop.layout.compose import ways
from workshop.layout.context import Desk
from workshop.layout.fit import fit_title, laid_text, moved
from workshop.layout.laid import LaidItem, LaidPicture, LaidText
from workshop.layout.pages import LAST, fits, pages_of
from workshop.layout.slots import exhibits_of
from workshop.layout.source_line import source_text
from workshop.layouts.content import CONTENT
from workshop.layouts.diagram import DIAGRAM
from workshop.model.kit import Block, Line, Prose, ShownPicture, ShownTable, Slide
from workshop.model.theme import EMU_PER_POINT, Box, LayoutSpec, Placeholder, inches

ROLE, BASE = "free", DIAGRAM.name  # our name for it; the layout of the deck on which it is put together
SIZES = (28.0, 24.0, 22.0, 20.0, 18.0)
TITLES = (28.0, 24.0, 22.0, 20.0, 18.0)
MOST_TITLE = inches(1.75)
UNDER_TITLE = inches(0.26)
TOP, FOOT = inches(0.55), inches(6.66)
FOOTNOTE = (14.0, 12.0, 11.0, 10.0, 9.0)
FOOT_GAP = inches(0.12)
FEW_WORDS, LARGE, OPTICAL = (
    40,
    (40.0, 36.0, 32.0, 28.0),
    0.4,
)  # words without a title, their sizes, the share of space above
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
    frame = _frame(desk, slide, blocks)
    if frame.area.h < desk.theme.height // 8:
        hint = "shorten the title, or refer to fewer notes"
        desk.report.error("the title and the footnotes of this slide leave no room for its text", slide.at, hint, "fit")
        return []
    rest = tuple(block for block in blocks if not isinstance(block, Edge))
    if not rest:
        return [_filled(desk, slide, frame, (), SIZES[0])]
    count = words_in(text_of(rest))
    sizes = SIZES if count <= LARGE_WORDS else SIZES[1:]
    sheet = Sheet(desk, slide.at)
    possible = list(ways(rest))
    few = slide.untitled and count <= FEW_WORDS and not exhibits_of(rest) and all(map(_is_plain, rest))
    if few or (_is_formulas(rest) and fits(sheet, possible[0], frame.area, LARGE[-1])):
        return [_stated(desk, slide, frame, (Words(lines=text_of(rest)),) if few else possible[0])]
    for size in sizes:
        fitting = [way for way in possible if fits(sheet, way, frame.area, size)]
        if fitting:
            best = max(fitting, key=lambda way: _worth(sheet, way, frame.area, size))
            return [_filled(desk, slide, frame, best, size)]
    second = following(2)
    frames = {slide.id: frame, second.id: _frame(desk, second, blocks)}
    area = min((f.area for f in frames.values()), key=lambda area: area.h)
    pages = pages_of(sheet, rest, area)
    size = next((s for s in (*sizes, *LAST) if all(fits(sheet, page, area, s) for page in pages)), LAST[-1])
    made = []
    for number, page in enumerate(pages, 1):
        own = slide if number == 1 else second if number == 2 else following(number)
        made.append(_filled(desk, own, frames.get(own.id) or _frame(desk, own, blocks), page, size))
    return made


def _is_plain(block: Block) -> bool:
    return isinstance(block, Prose) and not any(line.displayed for line in block.lines)


def _is_formulas(blocks: Sequence[Block]) -> bool:
    return all(isinstance(b, Prose) and all(line.displayed is not None for line in b.lines) for b in blocks)


def _stated(desk: Desk, slide: Slide, frame: Frame, cells: tuple[Cell, ...]) -> Laid:
    """Return a slide of a few words and no title, or only of formulas: they are large, and a little above the middle."""
    sheet = Sheet(desk, slide.at)
    size = next((s for s in LARGE if fits(sheet, cells, frame.area, s)), LARGE[-1])
    spare = frame.area.h - Stack(cells).least(sheet, frame.area.w, size)
    top = frame.area.y + max(0, round(spare * OPTICAL))
    area = Box(frame.area.x, top, frame.area.w, frame.area.bottom - top)
    return _filled(desk, slide, replace(frame, area=area), cells, size)


def _worth(sheet: Sheet, cells: tuple[Cell, ...], area: Box, size: float) -> float:
    """Return how well cells use an area: as much as they want is best."""
    wanted = Stack(cells).wanted(sheet, area.w, size)
    return -abs(math.log(max(1, wanted) / area.h))


def _filled(desk: Desk, slide: Slide, frame: Frame, cells: tuple[Cell, ...], size: float) -> Laid:
    sheet = Sheet(desk, slide.at)
    for place, item in frame.before:
        sheet.add(place, item)
    if len(cells) == 1 and isinstance(cells[0], Picture):
        cells = (replace(cells[0], centred=True),)
    Stack(cells).put(sheet, frame.area, size)
    spec = replace(frame.spec, role=ROLE, placeholders=(*frame.spec.placeholders, *sheet.places))
    title = [item for item in frame.items if isinstance(item, LaidText) and item.placeholder.role == "title"]
    others = [item for item in frame.items if item not in title]
    return Laid(slide, spec, (*title, *sheet.items, *others))


# ---------------------------------------------------------------- frame
def _frame(desk: Desk, slide: Slide, blocks: Sequence[Block]) -> Frame:
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
