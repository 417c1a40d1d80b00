"""What a slide of a talk is put together from: words, exhibits, and cells below or beside each other."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.errors import At, Report
from workshop.layout.context import Desk
from workshop.layout.laid import LaidItem, LaidPicture, LaidShapes, LaidTable, LaidText, Shape
from workshop.layout.measure import MONO_ADVANCE, extent, pitch
from workshop.layout.slots import Spot, broken_lines, fill_exhibit, fit_picture, inside
from workshop.layout.tables import grown_table, measured
from workshop.model.blocks import Block, Line, Run, ShownChart, ShownCode, ShownPicture, ShownTable, plain
from workshop.model.numbers import INCHES, measure
from workshop.model.theme import EMU_PER_POINT, Box, Placeholder, inches

# ---------------------------------------------------------------- cells
# ruff: noqa: ARG002 - every cell has the same three methods, whether or not it needs all that they are given


GAP, COLUMN_GAP = inches(0.2), inches(0.42)
CAPTION, CAPTION_GAP = 18.0, inches(0.06)
MOST_PER_PIXEL = 1.5 * 9525  # EMU: a picture that is enlarged more looks coarse
LEAST_PICTURE, LEAST_CHART, LEAST_DRAWN = inches(1.3), inches(2.4), inches(3.0)
PANEL_INSET, PANEL_INSET_Y, BAR = inches(0.22), inches(0.14), inches(0.07)
CODE_INSET, CODE_INSET_Y, CODE_LINE = inches(0.25), inches(0.14), 106
CODE_SIZES = (24.0, 22.0, 20.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
CODE_FLOORS = ((20.0, 14.0), (16.0, 12.0), (12.0, 10.0), (0.0, 9.0))  # size of text -> least size of code beside it
LEAST_CODE = 10.0
GROWN_SIZE, GROWN_CODE, SHORT_CODE = 32.0, (32.0, 28.0), (48.0, 44.0, 40.0, 36.0)  # of what is alone on its slide
MOST_LINES, OF_PANEL = 180, 0.9  # percent: pitch of its lines of code, and share of the panel that they may fill
TABLE_SIZES = (28.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0)


class Sheet(Struct):
    """A slide while it is filled: the places that its texts and exhibits take, and what is in them."""

    desk: Desk
    at: At
    places: list[Placeholder] = field(default_factory=list)
    items: list[LaidItem] = field(default_factory=list)

    @property
    def own(self) -> bool:
        """Whether the deck has a look of ours, not that of a user's template."""
        return self.desk.theme.template is None

    def place(self, kind: str, box: Box, sizes: tuple[float, ...]) -> Placeholder:
        """Return a new place on the slide."""
        number = len(self.places) + 1
        return Placeholder(idx=-1, type="body", name=kind, role=f"free-{number}", box=box, sizes=sizes, before=8)

    def add(self, place: Placeholder, item: LaidItem | None) -> None:
        """Put an item into a place."""
        self.places.append(place)
        if item is not None:
            self.items.append(item)


class Cell(Protocol):
    """A part of a slide; heights and widths are in EMU, sizes in points."""

    def least(self, sheet: Sheet, width: int, size: float) -> int:
        """Return the height without which it can't be shown."""

    def wanted(self, sheet: Sheet, width: int, size: float) -> int:
        """Return the height that it would like to have."""

    def put(self, sheet: Sheet, box: Box, size: float) -> None:
        """Put it into a box."""


# ---------------------------------------------------------------- words
class Words(Struct, frozen=True, kw_only=True):
    """Lines of text; on a panel if ``fill`` says so; ``muted`` for what only stands in for something."""

    lines: tuple[Line, ...]
    fill: str = ""
    muted: bool = False
    small: float = 0
    align: str = "l"

    def _place(self, sheet: Sheet, box: Box, size: float) -> Placeholder:
        size = self.small or size
        place = sheet.place("Text", box, (size,))
        look = replace(place, before=round(size * 0.4), bullet="block" if sheet.own else "", align=self.align)
        color = "muted" if self.muted else "ink"
        if self.fill:
            return replace(look, fill=self.fill, inset=PANEL_INSET, inset_y=PANEL_INSET_Y, color=color)
        return replace(look, color=color)

    def least(self, sheet: Sheet, width: int, size: float) -> int:
        """Return the height of the text."""
        place = self._place(sheet, Box(0, 0, width, 0), size)
        found = sheet.desk.ruler.prose(place, self.lines, place.sizes[0])
        return round(found.height * EMU_PER_POINT) + 2 * place.inset_y

    wanted = least

    def put(self, sheet: Sheet, box: Box, size: float) -> None:
        """Put the text at the top of the box."""
        from workshop.layout.fit import laid_text

        high = self.least(sheet, box.w - (BAR if self.fill else 0), size)
        if self.fill:
            bar = Box(box.x, box.y, BAR, high)
            role = "muted" if self.muted else "accent"
            steps = {line.step for line in self.lines}
            sheet.items.append(LaidShapes((Shape(kind="rect", box=bar, fill=role),), step=min(steps, default=0)))
            box = Box(box.x + BAR, box.y, box.w - BAR, high)
        place = self._place(sheet, Box(box.x, box.y, box.w, high), size)
        sheet.add(place, laid_text(place, self.lines, place.sizes[0], (high - 2 * place.inset_y) / EMU_PER_POINT))


def caption_of(block: Block) -> str:
    """Return the caption of a picture or a table."""
    return block.caption if isinstance(block, ShownPicture | ShownTable) else ""


def caption(text: str) -> Words:
    """Return a caption."""
    return Words(lines=(Line((Run(text),)),), muted=True, small=CAPTION)


# ---------------------------------------------------------------- exhibits
class Table(Struct, frozen=True):
    """A table, at the largest size up to that of the text at which its columns fit.

    ``grown`` is the height that it would like to have in EMU: it gets the whole width, and its rows are as high as that, within limits.
    """

    table: ShownTable
    grown: int = 0

    def _size(self, sheet: Sheet, width: int, size: float) -> float:
        for own in (GROWN_SIZE, *TABLE_SIZES) if self.grown else TABLE_SIZES:
            grid = measured(sheet.desk.ruler, width, self.table, own) if own <= size else None
            if grid is not None and (not self.grown or grid.height <= self.grown):
                return own
        return TABLE_SIZES[-1]

    def least(self, sheet: Sheet, width: int, size: float) -> int:
        """Return the height of its rows."""
        if self.grown:
            return sum(self._drawn(sheet, Box(0, 0, width, self.grown), size).heights)
        grid = measured(sheet.desk.ruler, width, self.table, self._size(sheet, width, size))
        return grid.height if grid is not None else inches(0.4) * (len(self.table.rows) + 2)

    def wanted(self, sheet: Sheet, width: int, size: float) -> int:
        """Return a little more than it needs: rows may breathe."""
        return round(1.35 * self.least(sheet, width, size))

    def put(self, sheet: Sheet, box: Box, size: float) -> None:
        """Put it at the top of the box."""
        if self.grown:
            drawn = self._drawn(sheet, box, size)
            sheet.add(drawn.placeholder, drawn)
            return
        place = sheet.place("Table", box, (self._size(sheet, box.w, size),))
        quiet = replace(sheet.desk, report=Report())
        sheet.add(place, fill_exhibit(Spot(quiet, place, "free", sheet.at), self.table))

    def _drawn(self, sheet: Sheet, box: Box, size: float) -> LaidTable:
        """Return the table over the whole width, each row up to 2.2 lines higher than its text."""
        place = sheet.place("Table", box, (self._size(sheet, box.w, size),))
        return grown_table(sheet.desk.ruler, place, self.table, self.grown)


class Code(Struct, frozen=True):
    """Code, at the largest size at which its longest line fits; it can be smaller than the text around it.

    ``grown`` is the height of the panel that it fills, in EMU, with letters of at most ``largest`` points.
    """

    code: ShownCode
    floor: float = 0
    grown: int = 0
    largest: float = math.inf

    def _sizes(self, width: int, size: float, within: int = 0) -> tuple[float, ...]:
        high = within or self.grown
        inner = (width - 2 * CODE_INSET) / EMU_PER_POINT
        longest = max((len(line.rstrip().expandtabs(4)) for line in self.code.text.split("\n")), default=1)
        if high:
            sizes = (
                (*GROWN_CODE, *CODE_SIZES) if self.code.text.count("\n") else (*SHORT_CODE, *GROWN_CODE, *CODE_SIZES)
            )
            whole = tuple(
                s
                for s in sizes
                if s <= self.largest and longest * MONO_ADVANCE * s <= inner and self._height(width, s) <= high
            )
            return whole or (self.floor or LEAST_CODE,)
        floor = self.floor or next(least for at_least, least in CODE_FLOORS if size >= at_least)
        whole = tuple(s for s in CODE_SIZES if s <= size and longest * MONO_ADVANCE * s <= inner)
        found = tuple(s for s in whole if s >= floor)
        smaller = whole[:1] if whole and whole[0] >= LEAST_CODE else ()  # rather than broken lines
        return found or smaller or (floor,)

    def _rows(self, width: int, size: float) -> int:
        inner = (width - 2 * CODE_INSET) / EMU_PER_POINT
        most = max(1, int(inner / (MONO_ADVANCE * size)))
        return len(broken_lines([line.rstrip().expandtabs(4) for line in self.code.text.split("\n")], most))

    def _height(self, width: int, size: float) -> int:
        return round(self._rows(width, size) * pitch(size, CODE_LINE) * EMU_PER_POINT) + 2 * CODE_INSET_Y

    def fits_width(self, width: int, size: float) -> bool:
        """Whether no line has to be broken."""
        own = self._sizes(width, size)[-1]
        return self._rows(width, own) == self.code.text.count("\n") + 1

    def within(self, width: int, most: int = sys.maxsize) -> tuple[float, int]:
        """Return the size of its letters on a panel of at most that height, if no line is broken, and the height that they need."""
        own = self._sizes(width, 0, most)[0]
        return own, self._height(width, own)

    def least(self, sheet: Sheet, width: int, size: float) -> int:
        """Return its height at the smallest size, or that to which it grows."""
        return (
            max(self.grown, self._height(width, self._sizes(width, size)[-1]))
            if self.grown
            else self._height(width, self._sizes(width, size)[-1])
        )

    def wanted(self, sheet: Sheet, width: int, size: float) -> int:
        """Return its height at the largest size, or that to which it grows."""
        return max(self.grown, self._height(width, self._sizes(width, size)[0]))

    def put(self, sheet: Sheet, box: Box, size: float) -> None:
        """Put it at the top of the box."""
        from workshop.layout.slots import fit_code

        own = next((s for s in self._sizes(box.w, size) if self._height(box.w, s) <= box.h + 1), 0.0)
        own = own or self._sizes(box.w, size)[-1]
        high = max(self._height(box.w, own), self.grown)
        line = CODE_LINE
        if self.grown:
            each = (high - 2 * CODE_INSET_Y) / EMU_PER_POINT / pitch(own, 100) / self._rows(box.w, own)
            line = (
                CODE_LINE
                if self._rows(box.w, own) == 1
                else max(CODE_LINE, min(MOST_LINES, int(100 * each * OF_PANEL)))
            )
            edge = Shape(kind="rect", box=Box(box.x, box.y, BAR, high), fill="accent")
            sheet.items.append(LaidShapes((edge,), step=self.code.step))
            box = Box(box.x + BAR, box.y, box.w - BAR, box.h)
        place = replace(
            sheet.place("Code", Box(box.x, box.y, box.w, high), (own,)),
            mono=True,
            fill="panel",
            inset=CODE_INSET,
            inset_y=CODE_INSET_Y,
            line=line,
            before=0,
            anchor="ctr" if self.grown else "t",
        )
        laid = fit_code(replace(sheet.desk, report=Report()), place, self.code, sheet.at, broken=True)
        sheet.add(place, replace(laid, placeholder=place) if self.grown else laid)


class Picture(Struct, frozen=True):
    """A picture, as large as its author wants, else as its place allows."""

    picture: ShownPicture
    centred: bool = False

    @property
    def aspect(self) -> float:
        """Width divided by height."""
        shown = self.picture
        return shown.width_px / shown.height_px if shown.width_px and shown.height_px else 1.5

    def widest(self, width: int) -> int:
        """Return the width up to which its points don't show, in EMU, within a width."""
        drawn = self.picture.drawing is not None or self.picture.path.suffix.lower() == ".svg"
        return (
            width if drawn or not self.picture.width_px else min(width, round(MOST_PER_PIXEL * self.picture.width_px))
        )

    def _given(self, width: int, high: int) -> tuple[int, int] | None:
        """Return the size that its author gives, if any, within a width; else the largest at which its points don't show, if there is one."""
        wide, tall = (length(text, whole) for text, whole in zip(self.picture.size, (width, high), strict=True))
        if not wide and not tall:
            wide = 0 if self.picture.path.suffix.lower() == ".svg" else round(MOST_PER_PIXEL * self.picture.width_px)
            if not 0 < wide < width:
                return None
        wide = wide or round(tall * self.aspect)
        wide = min(wide, width)
        return wide, round(wide / self.aspect)

    def least(self, sheet: Sheet, width: int, size: float) -> int:
        """Return a height at which something can be seen."""
        given = self._given(width, sheet.desk.theme.height)
        return min(LEAST_PICTURE, given[1]) if given else min(LEAST_PICTURE, round(width / self.aspect))

    def wanted(self, sheet: Sheet, width: int, size: float) -> int:
        """Return the height that it has over the whole width, or that its author gives."""
        given = self._given(width, sheet.desk.theme.height)
        return given[1] if given else round(width / self.aspect)

    def put(self, sheet: Sheet, box: Box, size: float) -> None:
        """Put it into the box: in the middle if it is alone."""
        given = self._given(box.w, sheet.desk.theme.height)
        room = Box(box.x, box.y, min(box.w, given[0]), min(box.h, given[1])) if given else box
        found = inside(room, self.picture.width_px, self.picture.height_px)
        if self.centred:
            found = Box(box.x + (box.w - found.w) // 2, box.y + (box.h - found.h) // 2, found.w, found.h)
        place = sheet.place("Picture", found, (CAPTION,))
        drawn = self.picture.drawing is not None
        sheet.add(place, fit_picture(place, self.picture) if drawn else LaidPicture(place, self.picture, found))


def length(text: str, whole: int) -> int:
    """Return a length in EMU: a share of ``whole``, or a number with a unit; 0 for anything else.

    >>> length("50%", 1000), length("2in", 0) == inches(2), length("wide", 1000)
    (500, True, 0)
    """
    number, unit = measure(text) or (0, "")
    return round(whole * number / 100) if unit == "%" else inches(number * INCHES[unit or "px"])


class Other(Struct, frozen=True):
    """A chart or a diagram."""

    block: Block

    def least(self, sheet: Sheet, width: int, size: float) -> int:
        """Return a height at which it can be read."""
        return LEAST_CHART if isinstance(self.block, ShownChart) else LEAST_DRAWN

    def wanted(self, sheet: Sheet, width: int, size: float) -> int:
        """Return all the height that there is."""
        return sheet.desk.theme.height

    def put(self, sheet: Sheet, box: Box, size: float) -> None:
        """Fill the box with it."""
        place = sheet.place("Exhibit", box, (18.0,))
        sheet.add(place, fill_exhibit(Spot(sheet.desk, place, "free", sheet.at), self.block, box))


class Gap(Struct, frozen=True):
    """The panel of a picture that is missing, with its name in the middle."""

    lines: tuple[Line, ...]

    def _high(self, sheet: Sheet, width: int) -> int:
        place = sheet.place("Text", Box(0, 0, width, 0), (CAPTION,))
        found = sheet.desk.ruler.prose(replace(place, inset=PANEL_INSET), self.lines, CAPTION)
        return round(found.height * EMU_PER_POINT) + 2 * PANEL_INSET_Y

    def least(self, sheet: Sheet, width: int, size: float) -> int:
        """Return the height of its name, or of the smallest picture."""
        return max(LEAST_PICTURE, self._high(sheet, width))

    def wanted(self, sheet: Sheet, width: int, size: float) -> int:
        """Return the height of a usual picture."""
        return max(width * 9 // 16, self._high(sheet, width))

    def put(self, sheet: Sheet, box: Box, size: float) -> None:
        """Fill the box with it."""
        place = replace(
            sheet.place("Missing picture", box, (CAPTION,)),
            fill="panel",
            color="muted",
            anchor="ctr",
            align="ctr",
            inset=PANEL_INSET,
            inset_y=PANEL_INSET_Y,
        )
        high = self._high(sheet, box.w) - 2 * PANEL_INSET_Y
        sheet.add(place, LaidText(place, self.lines, CAPTION, high))


# ---------------------------------------------------------------- together
class Stack(Struct, frozen=True):
    """Cells one below the other."""

    cells: tuple[Cell, ...]
    gap: int = GAP

    def _gaps(self) -> int:
        return self.gap * max(0, len(self.cells) - 1)

    def least(self, sheet: Sheet, width: int, size: float) -> int:
        """Return the sum of the cells' heights."""
        return sum(cell.least(sheet, width, size) for cell in self.cells) + self._gaps()

    def wanted(self, sheet: Sheet, width: int, size: float) -> int:
        """Return the sum of what the cells would like."""
        return sum(cell.wanted(sheet, width, size) for cell in self.cells) + self._gaps()

    def put(self, sheet: Sheet, box: Box, size: float) -> None:
        """Put the cells below each other; those that would like more share the spare height."""
        least = [cell.least(sheet, box.w, size) for cell in self.cells]
        more = [max(0, c.wanted(sheet, box.w, size) - low) for c, low in zip(self.cells, least, strict=True)]
        spare, total = max(0, box.h - sum(least) - self._gaps()), sum(more)
        y = box.y
        for cell, low, extra in zip(self.cells, least, more, strict=True):
            high = low + (min(extra, spare * extra // total) if total else 0)
            cell.put(sheet, Box(box.x, y, box.w, high), size)
            y += high + self.gap


class Row(Struct, frozen=True):
    """Cells beside each other; ``shares`` are their parts of the width."""

    cells: tuple[Cell, ...]
    shares: tuple[float, ...]
    gap: int = COLUMN_GAP

    def _widths(self, width: int) -> list[int]:
        room = width - self.gap * (len(self.cells) - 1)
        total = sum(self.shares) or 1
        return [int(room * share / total) for share in self.shares]

    def least(self, sheet: Sheet, width: int, size: float) -> int:
        """Return the height of the highest cell."""
        return max((c.least(sheet, w, size) for c, w in zip(self.cells, self._widths(width), strict=True)), default=0)

    def wanted(self, sheet: Sheet, width: int, size: float) -> int:
        """Return what the highest cell would like."""
        return max((c.wanted(sheet, w, size) for c, w in zip(self.cells, self._widths(width), strict=True)), default=0)

    def put(self, sheet: Sheet, box: Box, size: float) -> None:
        """Put the cells beside each other."""
        x = box.x
        for cell, width in zip(self.cells, self._widths(box.w), strict=True):
            cell.put(sheet, Box(x, box.y, width, box.h), size)
            x += width + self.gap


def exhibit(block: Block) -> Cell:
    """Return the cell of an exhibit, with its caption below it."""
    cell: Cell
    if isinstance(block, ShownTable):
        cell = Table(block)
    elif isinstance(block, ShownCode):
        cell = Code(block)
    elif isinstance(block, ShownPicture):
        cell = Picture(block)
    else:
        cell = Other(block)
    text = caption_of(block)
    return Stack((cell, caption(text)), CAPTION_GAP) if text else cell


def columns(cells: Sequence[Cell], shares: Sequence[float]) -> Row:
    """Return columns; those without a width of their own share what the others leave."""
    given = [share for share in shares if share]
    free = len(shares) - len(given)
    each = max(10.0, 100 - sum(given)) / free if free else 0
    return Row(tuple(cells), tuple(share or each for share in shares))


def words_in(lines: Sequence[Line]) -> int:
    """Return the number of words in some lines."""
    return sum(len(plain(line.runs).split()) for line in lines)


# ---------------------------------------------------------------- equation
# A formula that has a place of its own on a slide of a talk.
# ruff: noqa: ARG002 - every cell has the same three methods, whether or not it needs all that they are given


SIZES = (40.0, 36.0, 32.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 12.0, 11.0, 10.0)
MORE = 2.0  # points by which a formula in its own line is larger than the text


class Equation(Struct, frozen=True):
    """A formula in a line of its own, in the middle of its place; smaller than the text if it is too wide."""

    line: Line
    largest: float = 0

    def _size(self, width: int, size: float) -> float:
        assert self.line.displayed is not None
        wide = extent(self.line.displayed).width * EMU_PER_POINT
        largest = self.largest or size + MORE
        return next((s for s in (largest, *SIZES) if s <= largest and wide * s <= width), SIZES[-1])

    def least(self, sheet: Sheet, width: int, size: float) -> int:
        """Return the height of the formula."""
        assert self.line.displayed is not None
        return round(extent(self.line.displayed).height * self._size(width, size) * EMU_PER_POINT)

    wanted = least

    def put(self, sheet: Sheet, box: Box, size: float) -> None:
        """Put the formula at the top of the box."""
        own = self._size(box.w, size)
        high = self.least(sheet, box.w, size)
        place = sheet.place("Formula", Box(box.x, box.y, box.w, high), (own,))
        place = replace(place, align="ctr", anchor="ctr", before=0)
        sheet.add(place, LaidText(place, (self.line,), own, high))
