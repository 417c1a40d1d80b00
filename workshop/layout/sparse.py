"""Slides of a talk with little on them: shown to the edges, said in the middle, grown, or split into title and text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from workshop.charts.geometry import contrast, mixed
from workshop.constructs.boxes import Quoted
from workshop.constructs.table import text_of
from workshop.constructs.talk_divs import StandIn
from workshop.errors import Report
from workshop.layout.cells import Cell, Code, Equation, Picture, Sheet, Stack, Table, Words, caption
from workshop.layout.context import Desk, rows_of
from workshop.layout.crop import focus_of, lightest, shown_of
from workshop.layout.fit import best_size, fit_balanced, fit_text, fit_title, laid_text, moved
from workshop.layout.free import ROLE, Frame, filled, frame_of, gap_of, is_exhibit, ways
from workshop.layout.laid import LaidItem, LaidPicture, LaidShapes, LaidSlide, LaidText, Shape
from workshop.layout.measure import before, extent, level_size, pitch
from workshop.layout.source_line import fit_source
from workshop.layout.suiting import has_look
from workshop.layouts.beside import CODE, PICTURE
from workshop.layouts.content import CONTENT
from workshop.layouts.exhibits import TABLE
from workshop.layouts.large import BAR_ALONE, BAR_NUMBER, CELLS, HALF, MIRRORED, PHOTO, SAID, SAID_NUMBER, SPLIT
from workshop.layouts.statements import STATEMENT
from workshop.model.blocks import PHOTOS, Block, Line, Prose, Run, ShownCode, ShownPicture, ShownTable
from workshop.model.kit import Slide
from workshop.model.theme import EMU_PER_POINT, Box, LayoutSpec, Placeholder, inches

AT, LITTLE = 28.0, 0.45  # points at which the blocks of a sparse slide fill less than this share of its body
SUITED = frozenset(
    {ROLE, CONTENT.name, STATEMENT.name, TABLE.name, CODE.name, PICTURE.name}
)  # layouts that a rule may take the place of
MOST_BESIDE = 24  # words of the one line beside pictures, or under a formula
CUT = 0.45  # of a photo, at most, in one direction
LEAST_PER_INCH = 75  # pixels of a photo to the edges
CELL_GAP = inches(0.08)
MOST_PICTURES = 4
HEIGHTS = range(100, 55, -5)  # percent of the height under the title that cells may have
GRIDS = {2: ((1, 2), (2, 1)), 3: ((1, 3), (3, 1)), 4: ((2, 2), (1, 4))}
MOST_SAID, MOST_SAYINGS, MOST_UNIT = 14, 3, 3  # words and paragraphs of what is said; words after a number
MOST_UNTITLED, MOST_OF_UNTITLED = 45, 8  # words and paragraphs on a slide without a title
FIGURE = re.compile(
    r"([~≈<>]?\s?[€$£¥]?\s?[+−-]?\d(?:[\d.,\u00a0\u202f']*\d)?\s?(?:%|‰|[kKMx×]\b)?)(?:\s+((?=[^\W\dA-Z]).*))?"
)
FORMULA, UNDER_FORMULA = 80.0, 28.0
MOST_ITEMS, MOST_PARAGRAPHS = 6, 3
MOST_MARKED = 44.0  # points of a list, whose marks stand close to its words
MOST_LARGE = 8  # words that may be larger than a sentence
MOST_LINES, MOST_WORDS = 12, 60  # of any text beside its title, or between pieces of code
GAPS, LEAST_BESIDE = (
    (34, 24, 14, 8),
    20.0,
)  # points between its lines, and the size without which it stays under its title
REFERENCES = 21.0  # points, at most
WORKS = frozenset({"references", "bibliography", "literature", "sources", "works cited", "further reading"})
MOST_ROWS = 2  # of an item in letters larger than those of any slide
GROWN, FULL = 0.7, 0.94  # of the body
LEAST_GROWN = 18.0  # points of code
AMONG, MOST_GROWN = (32.0, 28.0, 24.0, 22.0, 20.0, 18.0), 3.2  # sizes of code and text, and how much a panel grows
CONTRAST = 5.0  # of words on a photo: 4.5 is asked for, and a mean of pixels hides some
OPACITIES = range(35, 91, 5)  # percent, of the shade under them
FADE = inches(1.1)  # height over which a shade fades in


def lay_sparse(desk: Desk, slide: Slide, blocks: tuple[Block, ...]) -> LaidSlide | None:
    """Return a slide with little on it as the first rule that applies has it; ``None`` if none does.

    Args:
        blocks: all blocks of the slide, in order.
    """
    if slide.layout not in SUITED or slide.chosen or slide.background is not None or slide.address:
        return None
    if slide.layout != ROLE and has_look(desk, slide):
        return None
    page = _Page(desk, slide, blocks)
    return next((made for rule in RULES if (made := rule(page)) is not None), None)


Shown = ShownPicture | StandIn


class _Page(NamedTuple):
    """A slide that a rule may apply to."""

    desk: Desk
    slide: Slide
    blocks: tuple[Block, ...]

    @property
    def own(self) -> bool:
        """Whether the deck has a look of ours."""
        return self.desk.theme.template is None

    @property
    def titled(self) -> bool:
        """Whether its author gave it a title."""
        return bool(self.slide.title_text.strip()) and not self.slide.untitled

    @property
    def cited(self) -> bool:
        """Whether it is a list of works, which is looked up and not read aloud."""
        return self.slide.works or self.slide.title_text.strip().casefold() in WORKS

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is read on it."""
        return text_of(tuple(block for block in self.blocks if not is_exhibit(block)))

    def look(self, role: str, name: str) -> LayoutSpec | None:
        """Return a look of ours, mirrored if the deck's language is; ``None`` in a template."""
        key = f"{role}/{name}"
        return self.desk.theme.layouts.get(f"{key}/{MIRRORED}" if self.desk.rtl else key) if self.own else None

    def made(self, spec: LayoutSpec, *items: LaidItem | None) -> LaidSlide:
        """Return the slide with its items."""
        found = tuple(item for item in items if item is not None)
        return LaidSlide(id=self.slide.id, number=0, slide=self.slide, layout=spec, items=found)

    def source(self, spec: LayoutSpec) -> LaidText | None:
        """Return the line at the foot."""
        place, source = spec.find("source"), self.slide.source
        if place is None or source is None:
            return None
        return fit_source(replace(self.desk, report=Report()), place, source, self.slide.at)

    def title(self, place: Placeholder | None, most: int) -> LaidText | None:
        """Return the title in its place, in as many lines at most; ``None`` if it doesn't fit."""
        if place is None or not self.slide.title_text.strip():
            return None
        if not self.titled:
            return hidden_title(self.desk, self.slide, place)
        quiet = replace(self.desk, report=Report())
        laid = fit_title(quiet, place, self.slide.title, self.slide.at, most)
        return None if quiet.report.found else laid

    def is_sparse(self, area: Box) -> bool:
        """Whether its blocks fill little of its body."""
        sheet = Sheet(self.desk, self.slide.at)
        least = min((Stack(way).least(sheet, area.w, AT) for way in ways(self.blocks)), default=0)
        return least < LITTLE * area.h


def hidden_title(desk: Desk, slide: Slide, place: Placeholder) -> LaidText:
    """Return a title that nobody gave, above the slide, for those who hear it."""
    above = moved(replace(place, sizes=(min(place.sizes),)), Box(0, -inches(1.2), desk.theme.width, inches(1.0)))
    return laid_text(above, (Line(slide.title, at=slide.at),), above.sizes[-1], 20.0)


def words_in(lines: Sequence[Line]) -> float:
    """Return the number of words; where words have no spaces between them, two characters count as one.

    >>> words_in((Line((Run("two words"),)), Line((Run("春は明け方"),))))
    4.5
    """
    text = " ".join(line.text for line in lines)
    wide = re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]", text)
    return len(re.sub(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]", " ", text).split()) + len(wide) / 2


# ---------------------------------------------------------------- show
def show(page: _Page) -> LaidSlide | None:
    """Return pictures, with one line at most besides, as large as the slide; likewise what stands in for one."""
    if len(page.blocks) == 1 and isinstance(page.blocks[0], StandIn):
        return _alone(page, page.blocks[0], ())
    pictures = [block for block in page.blocks if isinstance(block, ShownPicture | StandIn) and _is_picture(block)]
    rest = [block for block in page.blocks if not _is_picture(block)]
    lines = text_of(tuple(rest))
    if not 0 < len(pictures) <= MOST_PICTURES or any(
        is_exhibit(block) or not isinstance(block, Prose) for block in rest
    ):
        return None
    if len(lines) > 1 or words_in(lines) > MOST_BESIDE or any(line.displayed is not None for line in lines):
        return None
    if len(pictures) > 1:
        return _grid(page, pictures, lines)
    picture = pictures[0]
    if isinstance(picture, ShownPicture) and not any(picture.size):
        for way in (_to_the_edges, _half):
            if page.own and (made := way(page, picture, lines)) is not None:
                return made
    return _alone(page, picture, lines)


def _is_picture(block: Block) -> bool:
    return isinstance(block, ShownPicture) or (isinstance(block, StandIn) and block.missing)


def _is_photo(block: Block) -> bool:
    return isinstance(block, ShownPicture) and block.drawing is None and block.path.suffix.lower() in PHOTOS


def _fills(picture: ShownPicture, box: Box) -> bool:
    """Whether a photo can fill a box: little of it is cut off, and its points don't show."""
    if not _is_photo(picture) or not picture.width_px or not picture.height_px:
        return False
    wide, high = shown_of(picture.width_px / picture.height_px, box.w / box.h)
    return min(wide, high) >= 1 - CUT and wide * picture.width_px >= LEAST_PER_INCH * box.w / inches(1)


def _cropped(place: Placeholder, picture: ShownPicture, box: Box) -> LaidPicture:
    return LaidPicture(moved(place, box), picture, box, crop=True, focus=focus_of(picture, box.w / box.h))


def _to_the_edges(page: _Page, picture: ShownPicture, lines: tuple[Line, ...]) -> LaidSlide | None:
    """Return a photo that fills the slide, with its title on a shade at the foot."""
    spec = page.look(PICTURE.name, PHOTO)
    whole = Box(0, 0, page.desk.theme.width, page.desk.theme.height)
    if spec is None or not _fills(picture, whole):
        return None
    place, head, foot = spec.find("main"), spec.find("title"), spec.find("measure")
    assert place is not None
    assert head is not None
    assert foot is not None
    photo, under = _cropped(place, picture, whole), _caption(page, foot, picture, lines)
    if under is None and (lines or picture.caption):
        return None
    bottom = foot.box.bottom if page.slide.source is not None else foot.box.bottom + inches(0.1)
    if under is not None:
        at = under.placeholder.box
        under = replace(
            under, placeholder=moved(under.placeholder, Box(at.x, bottom - under.height, at.w, under.height))
        )
        bottom -= under.height + inches(0.08)
    box = Box(head.box.x, bottom - head.box.h, head.box.w, head.box.h)
    title = page.title(moved(head, box), 2)
    if title is None and page.titled:
        return None
    top = bottom - (title.height if title is not None and page.titled else 0)
    source = page.source(spec)
    if not page.titled and under is None and source is None:
        return page.made(spec, photo, title)
    return page.made(spec, photo, _shade(page.desk, photo, Box(0, top, whole.w, whole.h - top)), title, under, source)


def _caption(page: _Page, place: Placeholder, picture: ShownPicture, lines: tuple[Line, ...]) -> LaidText | None:
    """Return the line and the caption of a picture in a place that grows upwards; ``None`` for none, or too many rows."""
    told = (*lines, *((Line((Run(picture.caption),)),) if picture.caption else ()))
    told = tuple(replace(line, marker="none") for line in told)
    if not told or told[-1].text == page.slide.title_text:
        told = told[:-1]
    if not told:
        return None
    tall = moved(place, Box(place.box.x, place.box.y, place.box.w, max(place.box.h, inches(0.8))))
    found = best_size(page.desk.ruler, tall, told)
    return laid_text(tall, told, found[0], found[1].height) if found is not None else None


def _shade(desk: Desk, photo: LaidPicture, words: Box) -> LaidShapes:
    """Return the shade under words on a photo: as dark as the lightest part of it behind them needs."""
    light, deep = ("ink", "bg") if desk.theme.dark else ("bg", "ink")
    letters, shade = desk.theme.colors[light], desk.theme.colors[deep]
    ground = lightest(photo, words)
    opacity = next(
        (p for p in OPACITIES if contrast(letters, mixed(shade, ground, p / 100)) >= CONTRAST), OPACITIES[-1]
    )
    top = max(0, words.y - FADE)
    box = Box(0, top, words.w, words.bottom - top)
    return LaidShapes((Shape(kind="shade", box=box, fill="on_open", weight=opacity, inset_top=words.y - top),))


def _half(page: _Page, picture: ShownPicture, lines: tuple[Line, ...]) -> LaidSlide | None:
    """Return a picture over half of the slide, with its title on a field; not for one that is larger under its title."""
    spec = page.look(PICTURE.name, HALF)
    if spec is None or not page.titled:
        return None
    place, head, foot = spec.find("main"), spec.find("title"), spec.find("measure")
    assert place is not None
    assert foot is not None
    if _fills(picture, place.box):
        shown: LaidItem = _cropped(place, picture, place.box)
    else:
        inner = _inset(place.box, inches(0.4))
        here, there = _contained(picture, inner), _contained(picture, frame_of(page.desk, page.slide, page.blocks).area)
        if here.w * here.h <= there.w * there.h and there.w * there.h > SMALL * BODY_OF * inner.w * inner.h:
            return None
        shown = LaidPicture(moved(place, here), picture, here)
    title, under = page.title(head, 4), _caption(page, foot, picture, lines)
    if title is None or (under is None and (lines or picture.caption)):
        return None
    if under is not None:
        at, named = under.placeholder.box, title.placeholder
        title = replace(title, placeholder=moved(named, replace(named.box, h=title.height + inches(0.1))))
        top = named.box.y + title.height + inches(0.25)
        under = replace(under, placeholder=moved(under.placeholder, Box(at.x, top, at.w, at.h)))
    return page.made(spec, shown, title, under, page.source(spec))


SMALL, BODY_OF = 0.4, 1.3  # of a body, and how much larger one is than the half of a slide


def _inset(box: Box, by: int) -> Box:
    return Box(box.x + by, box.y + by, box.w - 2 * by, box.h - 2 * by)


def _contained(picture: ShownPicture, box: Box) -> Box:
    """Return the box of a whole picture in the middle of another one; its points don't show."""
    sheet_width = Picture(picture).widest(box.w)
    wide = min(box.w, sheet_width, round(box.h * Picture(picture).aspect))
    high = max(1, round(wide / Picture(picture).aspect))
    wide = max(1, wide)
    return Box(box.x + (box.w - wide) // 2, box.y + (box.h - high) // 2, wide, high)


def _alone(page: _Page, picture: Shown, lines: tuple[Line, ...]) -> LaidSlide | None:
    """Return one whole picture, as large as the body, in its middle."""
    frame = frame_of(page.desk, page.slide, page.blocks)
    cells: list[Cell] = [Words(lines=lines)] if lines else []
    cells.append(_centred(picture))
    return _laid(page, frame, tuple(cells), 24.0)


def _centred(picture: Shown) -> Cell:
    if not isinstance(picture, ShownPicture):
        return gap_of(picture)
    shown = Picture(picture, centred=True)
    return Stack((shown, replace(caption(picture.caption), align="ctr"))) if picture.caption else shown


def _laid(page: _Page, frame: Frame, cells: tuple[Cell, ...], size: float) -> LaidSlide | None:
    """Return cells in the body of a slide, if they have room there."""
    if Stack(cells).least(Sheet(page.desk, page.slide.at), frame.area.w, size) > frame.area.h:
        return None
    made = filled(page.desk, page.slide, frame, cells, size)
    return page.made(made.layout, *made.items)


def _grid(page: _Page, pictures: Sequence[Shown], lines: tuple[Line, ...]) -> LaidSlide | None:
    """Return two to four pictures in equal cells; in our own themes they go to the edges of the slide."""
    spec = page.look(PICTURE.name, CELLS)
    if (
        spec is None
        or page.slide.source is not None
        or any(isinstance(p, ShownPicture) and any(p.size) for p in pictures)
    ):
        return None
    head, theme = spec.find("title"), page.desk.theme
    title = page.title(head, 2)
    if title is None and page.titled:
        return None
    if title is not None and page.titled:  # the pictures begin right under it
        at = title.placeholder.box
        title = replace(title, placeholder=moved(title.placeholder, replace(at, h=title.height + inches(0.05))))
    sheet = Sheet(page.desk, page.slide.at)
    top = title.placeholder.box.y + title.height + inches(0.22) if title is not None and page.titled else 0
    if lines and head is not None:
        words = Words(lines=lines)
        high = words.least(sheet, head.box.w, 24.0)
        top = top or inches(0.4)
        words.put(sheet, Box(head.box.x, top, head.box.w, high), 24.0)
        top += high + inches(0.2)
    area = Box(0, top, theme.width, theme.height - top)
    possible = [
        _boxes(replace(area, h=area.h * height // 100), *grid) for height in HEIGHTS for grid in GRIDS[len(pictures)]
    ]
    boxes = max(possible, key=lambda boxes: _seen(pictures, boxes))
    for picture, box in zip(pictures, boxes, strict=True):
        if not _put(sheet, picture, box):
            return None
    layout = replace(spec, role=ROLE, placeholders=(*spec.placeholders, *sheet.places))
    return page.made(layout, title, *sheet.items)


def _boxes(area: Box, rows: int, columns: int) -> list[Box]:
    """Return equal cells of an area, row by row."""
    wide, high = (area.w - CELL_GAP * (columns - 1)) / columns, (area.h - CELL_GAP * (rows - 1)) / rows
    return [
        Box(round(area.x + k * (wide + CELL_GAP)), round(area.y + row * (high + CELL_GAP)), round(wide), round(high))
        for row in range(rows)
        for k in range(columns)
    ]


def _seen(pictures: Sequence[Shown], boxes: Sequence[Box]) -> tuple[int, float]:
    """Return the area of the slide that pictures fill, and how much of them is seen."""
    area, total = 0, 0.0
    for picture, box in zip(pictures, boxes, strict=True):
        if isinstance(picture, ShownPicture):
            whole = _contained(picture, box)
            area += box.w * box.h if _fills(picture, box) else whole.w * whole.h
            total += min(shown_of(Picture(picture).aspect, box.w / box.h))
    return area, total


FOOT = inches(0.44)  # of a caption on a picture


def _put(sheet: Sheet, picture: Shown, box: Box) -> bool:
    """Put a picture into its cell, with its caption at the foot; return whether there is room for that."""
    if not isinstance(picture, ShownPicture):
        gap_of(picture).put(sheet, box, 24.0)
        return True
    line = Line((Run(picture.caption),))
    if picture.caption and rows_of(sheet.desk.ruler, line, 18.0, box.w - inches(0.3))[0] > 1:
        return False
    foot = Box(box.x, box.bottom - FOOT, box.w, FOOT)
    fills = _fills(picture, box)
    room = box if fills or not picture.caption else Box(box.x, box.y, box.w, box.h - FOOT)
    at = box if fills else _contained(picture, room if _is_photo(picture) else _inset(room, inches(0.1)))
    place = sheet.place("Picture", at, (18.0,))
    sheet.add(place, _cropped(place, picture, at) if fills else LaidPicture(place, picture, at))
    if _is_photo(picture) and not fills:
        around = tuple(Shape(kind="rect", box=side, fill="panel") for side in _around(at, room))
        sheet.items.append(LaidShapes(around, step=picture.step))
    if picture.caption:
        label = Shape(
            kind="rect",
            box=foot,
            fill="shade" if fills else "panel" if _is_photo(picture) else "bg",
            color="on_field" if fills else "ink",
            lines=(line,),
            sizes=(18.0,),
            inset=inches(0.15),
            align="l" if fills else "ctr",
        )
        sheet.items.append(LaidShapes((label,), step=picture.step))
    return True


def _around(inner: Box, outer: Box) -> Iterator[Box]:
    """Yield what is left of a box around one in its middle."""
    for x, y, right, bottom in (
        (outer.x, outer.y, inner.x, outer.bottom),
        (inner.right, outer.y, outer.right, outer.bottom),
        (inner.x, outer.y, inner.right, inner.y),
        (inner.x, inner.bottom, inner.right, outer.bottom),
    ):
        if right > x and bottom > y:
            yield Box(x, y, right - x, bottom - y)


# ---------------------------------------------------------------- say
def say(page: _Page) -> LaidSlide | None:
    """Return a few words, a number or a formula as large as they can be."""
    lines = page.lines
    told = Prose if page.titled else Prose | Quoted
    if any(is_exhibit(block) or not isinstance(block, told) for block in page.blocks):
        return None
    if any(line.displayed is not None for line in lines):
        return _formula(page, lines)
    words, paragraphs = (MOST_SAID, MOST_SAYINGS) if page.titled else (MOST_UNTITLED, MOST_OF_UNTITLED)
    if not page.own or any(line.level for line in lines) or words_in(lines) > words or len(lines) > paragraphs:
        return None
    if not lines:
        return _title_alone(page) if page.titled else None
    if page.cited:
        return None
    if len(lines) > 1 and any(line.marker != "none" for line in lines):
        return None if page.titled else _words(page, lines)
    lines = tuple(replace(line, marker="none") for line in lines)
    return _number(page, lines) or _words(page, lines)


def figure_in(text: str) -> tuple[str, str] | None:
    """Return a number and what it counts, in up to three words, if that is all that a text says.

    >>> figure_in("4,640 trees"), figure_in("87 %"), figure_in("3 Results"), figure_in("$5 and $6")
    (('4,640', 'trees'), ('87 %', ''), None, None)
    """
    found = FIGURE.fullmatch(text.strip())
    unit = (found[2] or "") if found else ""
    if found is None or len(unit.split()) > MOST_UNIT or any(letter.isdigit() for letter in unit):
        return None
    return found[1].strip(), unit


def _title_alone(page: _Page) -> LaidSlide | None:
    if words_in((Line(page.slide.title),)) > MOST_SAID:
        return None
    figure = figure_in(page.slide.title_text)
    if figure is not None and figure[1] and (spec := page.look(STATEMENT.name, BAR_NUMBER)) is not None:
        laid = _figure(page, spec, "title", figure)
        if laid is not None:
            return page.made(spec, *laid, page.source(spec))
    spec = page.look(STATEMENT.name, BAR_ALONE)
    title = page.title(spec.find("title"), 0) if spec is not None else None
    return page.made(spec, title, page.source(spec)) if spec is not None and title is not None else None


def _figure(page: _Page, spec: LayoutSpec, role: str, figure: tuple[str, str]) -> tuple[LaidText, ...] | None:
    """Return a number as large as it fits in a row, and what it counts."""
    quiet = replace(page.desk, report=Report())
    place, unit = spec.find(role), spec.find("main")
    assert place is not None
    assert unit is not None
    line = Line((Run(figure[0]),), at=page.slide.at)
    size = next(
        (
            s
            for s in place.sizes
            if len(quiet.ruler.prose(place, (line,), s).rows[0]) == 1
            and quiet.ruler.prose(place, (line,), s).height * EMU_PER_POINT <= place.box.h
        ),
        0.0,
    )
    if not size:
        return None
    laid = laid_text(place, (line,), size, quiet.ruler.prose(place, (line,), size).height)
    if not figure[1]:
        return (laid,)
    found = fit_balanced(quiet, unit, (Line((Run(figure[1]),), at=page.slide.at),), page.slide.at)
    return None if quiet.report.found else (laid, found)


def _number(page: _Page, lines: tuple[Line, ...]) -> LaidSlide | None:
    figure = figure_in(lines[0].text) if len(lines) == 1 and not any(run.link for run in lines[0].runs) else None
    spec = page.look(CONTENT.name, SAID_NUMBER)
    if figure is None or spec is None:
        return None
    title, laid = page.title(spec.find("title"), 1), _figure(page, spec, "figure", figure)
    return page.made(spec, title, *laid, page.source(spec)) if title is not None and laid is not None else None


def _words(page: _Page, lines: tuple[Line, ...]) -> LaidSlide | None:
    spec = page.look(CONTENT.name, SAID)
    place = spec.find("main") if spec is not None else None
    if spec is None or place is None:
        return None
    most, count = (MOST_LARGE, 1) if page.titled else (MOST_SAID, MOST_SAYINGS)
    if any(line.marker != "none" for line in lines):
        place = replace(place, sizes=tuple(size for size in place.sizes if size <= MOST_MARKED))
    elif words_in(lines) <= most and len(lines) <= count:
        place = replace(place, sizes=(*_larger(page, place), *place.sizes))
    elif not page.titled:
        place = replace(place, sizes=(*(size for size in _larger(page, place) if size <= FORMULA), *place.sizes))
    quiet = replace(page.desk, report=Report())
    text, title = fit_balanced(quiet, place, lines, page.slide.at), page.title(spec.find("title"), 1)
    if quiet.report.found or title is None:
        return None
    return page.made(spec, title, text, page.source(spec))


def _larger(page: _Page, place: Placeholder) -> tuple[float, ...]:
    """Return the sizes of a statement, for words that may be as large."""
    spec = page.look(STATEMENT.name, BAR_ALONE)
    head = spec.find("title") if spec is not None else None
    return tuple(size for size in head.sizes if size > place.sizes[0]) if head is not None else ()


def _formula(page: _Page, lines: tuple[Line, ...]) -> LaidSlide | None:
    """Return formulas as large as they fit, in the middle, over a sentence about them."""
    shown = [line for line in lines if line.displayed is not None]
    told = [line for line in lines if line.displayed is None]
    if len(told) > 1 or words_in(told) > MOST_BESIDE or (told and lines[-1] is not told[0]):
        return None
    spec = page.look(CONTENT.name, SAID)
    frame = frame_of(page.desk, page.slide, page.blocks)
    if spec is not None and page.titled and (title := page.title(spec.find("title"), 1)) is not None:
        main = spec.find("main")
        assert main is not None
        bare = tuple(place for place in spec.placeholders if place.role in ("title", "source"))
        foot = page.source(spec)
        frame = Frame(
            spec=replace(spec, placeholders=bare), area=main.box, items=tuple(filter(None, (title, foot))), before=()
        )
    sheet = Sheet(page.desk, page.slide.at)
    under = Words(lines=tuple(told), muted=True, small=UNDER_FORMULA, align="ctr")
    for size in map(float, range(int(FORMULA), int(AT), -2)):
        cells = Stack((*(Equation(line, largest=size) for line in shown), *((under,) if told else ())), inches(0.4))
        high = cells.least(sheet, frame.area.w, size)
        if high <= frame.area.h and all(_width(line) * size <= frame.area.w for line in shown):
            down = (frame.area.h - high) // 2
            area = Box(frame.area.x, frame.area.y + down, frame.area.w, frame.area.h - down)
            return _laid(page, replace(frame, area=area), (cells,), size)
    return None


def _width(line: Line) -> float:
    """Return the width of a formula, in EMU for each point of its size."""
    return extent(line.displayed).width * EMU_PER_POINT if line.displayed is not None else 0.0


# ---------------------------------------------------------------- grow
def grow(page: _Page) -> LaidSlide | None:
    """Return one table, or code with little text, that grows until it fills most of the body."""
    shown = [block for block in page.blocks if is_exhibit(block)]
    rest = text_of(tuple(block for block in page.blocks if not is_exhibit(block)))
    if not shown or any(not is_exhibit(block) and not isinstance(block, Prose) for block in page.blocks):
        return None
    frame = frame_of(page.desk, page.slide, page.blocks)
    if len(shown) > 1 or len(rest) > 1 or words_in(rest) > MOST_BESIDE:
        return _among(page, frame, rest) if all(isinstance(block, ShownCode) for block in shown) else None
    if not isinstance(shown[0], ShownCode) and (not isinstance(shown[0], ShownTable) or not page.is_sparse(frame.area)):
        return None
    told = Words(lines=rest, small=24.0)
    name = getattr(shown[0], "caption", "")
    sheet = Sheet(page.desk, page.slide.at)
    others = [cell for cell in (told if rest else None, caption(name) if name else None) if cell is not None]
    room = frame.area.h - sum(cell.least(sheet, frame.area.w, 24.0) + inches(0.2) for cell in others)
    wanted = round(GROWN * frame.area.h) if not others else min(room, round(GROWN * frame.area.h))
    cell = Table(shown[0], grown=wanted) if isinstance(shown[0], ShownTable) else _panel(shown[0], frame.area.w, room)
    if cell is None:
        return None
    first = page.blocks[0] is not shown[0]
    order = (told, cell) if rest and first else (cell, told) if rest else (cell,)
    return _legible(page, _laid(page, frame, (*order, *((caption(name),) if name else ())), 32.0))


def _panel(code: ShownCode, width: int, room: int) -> Code | None:
    """Return code on a panel that fills the room, or less if its lines are so long that its letters are small; ``None`` if it is too high."""
    size, needed = Code(code).within(width, round(FULL * room))
    if _is_high(Code(code), width, size):
        return None
    return Code(code, grown=round(min(FULL * room, math.inf if size >= LEAST_GROWN else MOST_GROWN * needed)))


def _is_high(code: Code, width: int, size: float) -> bool:
    """Whether code has so many lines that they make its letters small."""
    return size < min(LEAST_GROWN, code.within(width)[0])


def _among(page: _Page, frame: Frame, lines: tuple[Line, ...]) -> LaidSlide | None:
    """Return pieces of code with text before, between or after them, in order, in letters of about one size."""
    if len(lines) > MOST_LINES or words_in(lines) > MOST_WORDS or any(line.displayed is not None for line in lines):
        return None
    sheet, area = Sheet(page.desk, page.slide.at), frame.area
    full = round(FULL * area.h)
    for size in AMONG:
        cells: list[Cell] = [
            Code(block, largest=size) if isinstance(block, ShownCode) else Words(lines=text_of((block,)), small=min(size, AT))
            for block in page.blocks
        ]  # fmt: skip
        found = [cell.within(area.w, area.h) if isinstance(cell, Code) else None for cell in cells]
        if any(
            one and _is_high(cell, area.w, one[0])
            for one, cell in zip(found, cells, strict=True)
            if isinstance(cell, Code)
        ):
            return None
        heights = [
            one[1] if one is not None else cell.least(sheet, area.w, size)
            for one, cell in zip(found, cells, strict=True)
        ]
        spare = full - sum(heights) - inches(0.2) * (len(cells) - 1)
        if spare < 0:
            continue
        panels = sum(one[1] for one in found if one is not None)
        factor = min(MOST_GROWN, 1 + spare / panels)
        grown = [
            replace(cell, grown=round(factor * one[1]), largest=one[0]) if isinstance(cell, Code) and one else cell
            for cell, one in zip(cells, found, strict=True)
        ]
        return _legible(page, _laid(page, frame, tuple(grown), 32.0))
    return None


def _legible(page: _Page, made: LaidSlide | None) -> LaidSlide | None:
    """Return a slide unless its code is too small: a template's place for text may be wider than what is free under its title."""
    small = made is not None and any(
        isinstance(item, LaidText) and item.placeholder.mono and item.size < LEAST_GROWN for item in made.items
    )
    return None if small and not page.own else made


# ---------------------------------------------------------------- split
def split(page: _Page) -> LaidSlide | None:
    """Return a short list, or a few lines, beside their title, with rules between them."""
    lines = page.lines
    if not page.titled or not lines or any(is_exhibit(b) or not isinstance(b, Prose) for b in page.blocks):
        return None
    if any(line.displayed is not None for line in lines):
        return None
    heads = [line for line in lines if not line.level]
    listed = all(line.marker != "none" for line in heads)
    few = len(heads) <= (MOST_ITEMS if listed or page.cited else MOST_PARAGRAPHS)
    few = few and (page.cited or page.is_sparse(frame_of(page.desk, page.slide, page.blocks).area))
    if not few and (page.cited or len(lines) > MOST_LINES or words_in(lines) > MOST_WORDS):
        return None
    spec = page.look(CONTENT.name, SPLIT)
    place = spec.find("main") if spec is not None else None
    if spec is None or place is None:
        return None
    cap = REFERENCES if page.cited else math.inf
    title = page.title(spec.find("title"), 6)
    if not few:  # the deck's layout has the distance of a few lines, so these stand in a box of their own
        sheet = Sheet(page.desk, page.slide.at)
        free = sheet.place("Text", place.box, place.sizes)
        place = replace(free, bullet=place.bullet, anchor=place.anchor, align=place.align)
        bare = tuple(one for one in spec.placeholders if one.role in ("title", "source"))
        spec = replace(spec, role=ROLE, placeholders=(*bare, place))
    text = _fitted(page.desk, place, lines, cap) if few else _closer(page.desk, place, lines)
    if text is None or title is None:
        return None
    return page.made(spec, title, text, _rules(page.desk, text), page.source(spec))


def _closer(desk: Desk, place: Placeholder, lines: tuple[Line, ...]) -> LaidText | None:
    """Return lines as large as they fit with as much between them as leaves them large."""
    found = []
    for gap in GAPS:
        text = _fitted(desk, replace(place, before=gap), lines, math.inf)
        if text is not None and text.size >= AT:
            return text
        if text is not None and text.size >= LEAST_BESIDE:
            found.append(text)
    return max(found, key=lambda text: text.size, default=None)


def _fitted(desk: Desk, place: Placeholder, lines: tuple[Line, ...], cap: float) -> LaidText | None:
    """Return lines at the largest size at which they fit, and no item takes more than two rows of large letters."""
    for size in place.sizes:
        if size > cap:
            continue
        found = desk.ruler.prose(place, lines, size)
        rows = max(len(rows) for rows in found.rows)
        if found.height * EMU_PER_POINT <= place.box.h and not found.broken and (rows <= MOST_ROWS or size <= AT):
            return fit_text(desk, replace(place, sizes=(size,)), lines, lines[0].at)
    return None


def _rules(desk: Desk, text: LaidText) -> LaidShapes | None:
    """Return a rule above each item and below the last one."""
    place = text.placeholder
    found = desk.ruler.prose(place, text.lines, text.size)
    top = place.box.y + (place.box.h - text.height) // 2
    half = round(place.before * EMU_PER_POINT / 2)
    y, at = float(top), [top - half]
    for k, (line, rows) in enumerate(zip(text.lines, found.rows, strict=True)):
        y += before(place, line, k) * EMU_PER_POINT
        if k and _begins(line, text.lines):
            at.append(round(y) - half)
        y += len(rows) * pitch(level_size(text.size, line.level), place.line) * EMU_PER_POINT
    at.append(min(round(y) + half, place.box.bottom + half))
    boxes = [Box(place.box.x, one, place.box.w, 0) for one in at if one > inches(0.3)]
    return LaidShapes(tuple(Shape(kind="line", box=box, fill="rule", weight=1.0) for box in boxes))


def _begins(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a rule stands above a line: an item, or where paragraphs have lists of their own, a paragraph."""
    heads = [one for one in lines[1:] if not one.level]
    grouped = lines[0].marker == "none" and len({one.marker == "none" for one in heads}) > 1
    return not line.level and (line.marker == "none" or not grouped)


RULES: tuple[Callable[[_Page], LaidSlide | None], ...] = (show, say, grow, split)
