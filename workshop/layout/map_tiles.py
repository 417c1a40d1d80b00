"""The map: the stages as tiles in rows, phase by phase, each linked to its section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import At, Report
from workshop.layout.context import LABEL, Desk, height_of, one, rows_of, text_on
from workshop.layout.laid import LaidShapes, Shape
from workshop.model.blocks import Line, Map, Run, Step
from workshop.model.stage_picture import StagePicture
from workshop.model.theme import EMU_PER_POINT, Box, inches

AREA = Box(609_600, inches(1.46), 10_972_800, inches(5.01))  # our own grid's
GUTTER = 182_880
HEAD = inches(0.46)  # height of a phase's name and rule, above a row of tiles
HEAD_ROW = inches(0.3)  # of a name that needs a second one
HEAD_TEXT, RULE_GAP = inches(0.36), inches(0.07)
ROW_GAP = inches(0.39)
TILE_HEIGHT = inches(1.85)
LOW_TILE = inches(1.5)  # a tile of less height has its number before its name
INSET = inches(0.2)
TODAY = inches(0.36)  # height of the line below the tiles that says how many stages are in
# With pictures tiles are higher, and the phases' names are right over them
PICTURED_AREA = Box(609_600, inches(1.28), 10_972_800, inches(5.32))
PICTURED_TILE, PICTURED_GAP, PICTURED_FOOT = inches(2.2), inches(0.12), inches(0.16)
PICTURE, PICTURE_TOP = inches(0.86), inches(0.14)  # in the upper right corner of a tile
LEAST_PICTURE = inches(0.5)  # a smaller one says nothing
NUMBER_TOP = inches(0.1)
MOST_PICTURED = 8
MOST = 12
PER_ROW = {1: 2, 2: 2, 3: 3, 4: 4, 5: 3, 6: 3, 7: 4, 8: 4, 9: 3}
SIZES = ((36.0, 24.0, LABEL), (28.0, 24.0, LABEL), (28.0, 22.0, LABEL), (24.0, 20.0, LABEL), (24.0, LABEL, LABEL))


class _Text(Struct, frozen=True, kw_only=True):
    """The text of one tile: its lines, the size of each, and whether they fit without breaking words.

    Attributes:
        number: height of the number where it is on a line of its own, in EMU.
    """

    lines: tuple[Line, ...]
    sizes: tuple[float, ...]
    height: int
    fits: bool
    number: int = 0


class _Grid(Struct, frozen=True, kw_only=True):
    """Tiles in rows: where they may be, how many per row, the size of each, what is above each row and between rows; ``taller`` is for names of phases that need more than a row."""

    area: Box
    per_row: int
    width: int
    height: int
    head: int
    gap: int
    pictured: bool
    taller: int

    def box(self, place: int) -> Box:
        """Return where a tile is."""
        row, column = divmod(place, self.per_row)
        y = self.area.y + self.head + row * (self.head + self.height + self.gap)
        return Box(self.area.x + column * (self.width + GUTTER), y, self.width, self.height)


class _Pads(NamedTuple):
    """The space above a tile's text, that under its number, and the side of its picture, in EMU."""

    top: int
    under_number: int
    picture: int


def lay_map(desk: Desk, shown: Map, at: At, area: Box | None = None) -> LaidShapes:
    """Return the tiles, up to four in a row and twelve in all, with each phase's name above its tiles.

    Args:
        area: the area for them; ``None`` for that of our own grid.
    """
    tiles = [(phase.title, tile) for phase in shown.phases for tile in phase.tiles]
    pictured = len(tiles) <= MOST_PICTURED and any(_picture(desk, tile) for _, tile in tiles)
    scaled, area = area is not None, area or (PICTURED_AREA if pictured else AREA)
    if shown.today:
        area = replace(area, h=area.h - TODAY)
    if len(tiles) > MOST:
        desk.report.error(
            f"the map has {len(tiles)} stages; {MOST} fit on a slide", at, "group stages, or leave the map out", "fit"
        )
        tiles = tiles[:MOST]
    if not tiles:
        return LaidShapes((), shown.alt)
    grid = _fitting_grid(desk, tiles, area, pictured=pictured)
    if scaled and pictured and _is_tight(desk, [tile for _, tile in tiles], grid, at):
        grid = _fitting_grid(desk, tiles, area, pictured=False)
    texts = _texts(desk, [tile for _, tile in tiles], grid, at)
    pads = _pads(grid, texts)
    shapes: list[Shape] = []
    for k, ((phase, tile), text) in enumerate(zip(tiles, texts, strict=True)):
        box, span = grid.box(k), _span(tiles, k, grid)
        if span:
            name = "" if k and tiles[k - 1][0] == phase else phase
            shapes += _head(name, Box(box.x, box.y, span, 0), grid.taller, ruled=bool(phase) and not grid.pictured)
        shapes += _tile(desk, tile, k, box, text, pads)
    if shown.today:
        below = Box(area.x, area.y + area.h, area.w, TODAY)
        shapes.append(
            Shape(kind="text", box=below, lines=(one(shown.today),), sizes=(LABEL,), color="muted", anchor="b")
        )
    return LaidShapes(tuple(shapes), shown.alt)


def _span(tiles: Sequence[tuple[str, Step]], k: int, grid: _Grid) -> int:
    """Return the width of the tiles of a phase in a row, from its first one; 0 for any other tile."""
    place = k % grid.per_row
    if place and tiles[k - 1][0] == tiles[k][0]:
        return 0
    same = [phase == tiles[k][0] for phase, _ in tiles[k : k - place + grid.per_row]]
    count = same.index(False) if False in same else len(same)
    return count * (grid.width + GUTTER) - GUTTER


def _rows_of_heads(desk: Desk, tiles: Sequence[tuple[str, Step]], grid: _Grid) -> int:
    """Return how many rows the phases' names need at most."""
    spans = [(one(phase, strong=True), _span(tiles, k, grid)) for k, (phase, _) in enumerate(tiles) if phase]
    return max((rows_of(desk.ruler, line, LABEL, width)[0] for line, width in spans if width), default=1)


def _grid(area: Box, count: int, *, pictured: bool, rows: int = 1) -> _Grid:
    per_row = PER_ROW.get(count, 4)
    lines = -(-count // per_row)
    head, gap = (HEAD_TEXT, PICTURED_GAP) if pictured else (HEAD, ROW_GAP if lines < 3 else 0)
    taller = (rows - 1) * HEAD_ROW
    head += taller
    width = (area.w - GUTTER * (per_row - 1)) // per_row
    most = PICTURED_TILE if pictured else TILE_HEIGHT
    height = min(most, (area.h - lines * head - (lines - 1) * gap) // lines)
    return _Grid(
        area=area, per_row=per_row, width=width, height=height, head=head, gap=gap, pictured=pictured, taller=taller
    )


def _fitting_grid(desk: Desk, tiles: Sequence[tuple[str, Step]], area: Box, *, pictured: bool) -> _Grid:
    """Return a grid in which the phases' names have the rows that they need."""
    grid = _grid(area, len(tiles), pictured=pictured)
    return _grid(area, len(tiles), pictured=pictured, rows=_rows_of_heads(desk, tiles, grid))


def _is_tight(desk: Desk, tiles: list[Step], grid: _Grid, at: At) -> bool:
    """Whether tiles leave too little room for their pictures, or their words don't fit."""
    quiet = replace(desk, report=Report())
    texts = _texts(quiet, tiles, grid, at)
    return grid.height < LOW_TILE or _pads(grid, texts).picture < LEAST_PICTURE or bool(quiet.report.found)


def _pads(grid: _Grid, texts: list[_Text]) -> _Pads:
    """Return the spaces in all tiles; beside a picture the number is at the top, and name and gloss are at the foot."""
    number = max(text.number for text in texts)
    if not grid.pictured or not number:
        return _Pads(max(0, (grid.height - max(text.height for text in texts)) // 2), 0, 0)
    lowest = grid.height - PICTURED_FOOT - max(text.height - text.number for text in texts)
    return _Pads(NUMBER_TOP, max(0, lowest - NUMBER_TOP - number), min(PICTURE, lowest - PICTURE_TOP))


def _head(title: str, below: Box, taller: int, *, ruled: bool) -> list[Shape]:
    """Return a phase's name above its tiles, and a rule; if a phase continues in the next row, it gets only the rule there."""
    shapes = []
    high = (HEAD if ruled else HEAD_TEXT) + taller
    if title:
        area = Box(below.x, below.y - high, below.w, HEAD_TEXT + taller - inches(0.02))
        shapes.append(Shape(kind="text", box=area, lines=(one(title, strong=True),), sizes=(LABEL,), anchor="b"))
    if ruled:
        shapes.append(Shape(kind="line", box=Box(below.x, below.y - RULE_GAP, below.w, 0), fill="ink", weight=1.5))
    return shapes


def _texts(desk: Desk, tiles: list[Step], grid: _Grid, at: At) -> list[_Text]:
    """Return the text of all tiles at the largest sizes at which all of them fit."""
    found: list[_Text] = []
    for sizes in SIZES:
        found = [_text(desk, tile, k, sizes, grid.width, grid.height) for k, tile in enumerate(tiles)]
        if all(text.fits for text in found):
            return found
    for tile, text in zip(tiles, found, strict=True):
        if not text.fits:
            desk.report.error(
                f"'{tile.name}: {tile.gloss}' does not fit its tile on the map",
                at,
                "shorten the section's short: name, its map: or its learnt: line",
                "fit",
            )
    return found


def _text(desk: Desk, tile: Step, place: int, sizes: tuple[float, ...], width: int, height: int) -> _Text:
    """Return number, name and gloss as separate lines; in a low tile the number is before the name."""
    inner = width - 2 * INSET
    number = _number(desk, tile, place)
    low = height < LOW_TILE
    names = (tile.name, _short(desk, tile))
    heads = [Line((Run(f"{number}  {name}" if low else name, strong=True),)) for name in names]
    name = next((head for head in heads if rows_of(desk.ruler, head, sizes[1], inner) == (1, False)), heads[-1])
    lines = (name,) if low else (one(number, strong=True), name)
    used = sizes[1:2] if low else sizes[:2]
    if tile.gloss:
        lines, used = (*lines, one(tile.gloss)), (*used, sizes[2])
    high, broken = height_of(desk.ruler, lines, used, inner)
    above = 0 if low else height_of(desk.ruler, lines[:1], used[:1], inner)[0]
    fits = high <= height and not broken
    return _Text(lines=lines, sizes=used, height=high, fits=fits, number=above)


def _tile(desk: Desk, tile: Step, place: int, box: Box, text: _Text, pads: _Pads) -> list[Shape]:
    """Return a tile and, beside its number, the picture of its stage."""
    role = tile.role or "field"
    linked = bool(tile.link) and (not tile.link.startswith("#") or _target(tile) in desk.targets)
    alt = str(desk.words["go-to-stage"]).format(number=_number(desk, tile, place), title=tile.name) if linked else ""
    link = tile.link if linked else ""
    shapes = [
        Shape(
            kind="rect",
            box=box,
            fill=role,
            color=text_on(role),
            lines=text.lines,
            sizes=text.sizes,
            anchor="t",
            inset=INSET,
            inset_top=pads.top,
            gaps=(0.0, pads.under_number / EMU_PER_POINT) if pads.under_number else (),
            link=link,
            alt=alt,
        )
    ]
    picture = _picture(desk, tile)
    if picture is not None and pads.picture > 0:
        corner = Box(box.right - INSET - pads.picture, box.y + PICTURE_TOP, pads.picture, pads.picture)
        shapes.append(Shape(kind="picture", box=corner, fill=role, picture=picture, link=link))
    return shapes


def _picture(desk: Desk, tile: Step) -> StagePicture | None:
    mark = desk.marks.get(tile.stage)
    return mark.picture if mark is not None else None


def _target(tile: Step) -> str:
    return tile.link.removeprefix("#")


def _number(desk: Desk, tile: Step, place: int) -> str:
    mark = desk.marks.get(_target(tile))
    return str(mark.number if mark else place + 1)


def _short(desk: Desk, tile: Step) -> str:
    """Return the short name from the rail, for a tile in which the whole name doesn't fit."""
    mark = desk.marks.get(_target(tile))
    return (mark.short if mark else "") or tile.name
