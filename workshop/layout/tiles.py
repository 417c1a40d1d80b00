"""The map: the stages as tiles in rows, phase by phase, each a link to its section."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workshop.errors import At
from workshop.layout.context import Desk
from workshop.layout.drawn import LABEL, height_of, one, rows_of, text_on
from workshop.layout.laid import LaidShapes, Shape
from workshop.model.kit import Line, Map, Run, Step
from workshop.model.theme import Box, inches

AREA = Box(609_600, inches(1.46), 10_972_800, inches(5.01))  # our own grid's
GUTTER = 182_880
HEAD = inches(0.46)  # a phase's name and its rule, above a row of tiles
HEAD_TEXT, RULE_GAP = inches(0.36), inches(0.07)
ROW_GAP = inches(0.39)
TILE_HEIGHT = inches(1.85)
LOW_TILE = inches(1.5)  # a lower one has its number before its name
INSET = inches(0.2)
TODAY = inches(0.36)  # how many stages are in, below the tiles
MOST = 12
PER_ROW = {1: 2, 2: 2, 3: 3, 4: 4, 5: 3, 6: 3, 7: 4, 8: 4, 9: 3}
SIZES = ((36.0, 24.0, LABEL), (28.0, 24.0, LABEL), (28.0, 22.0, LABEL), (24.0, 20.0, LABEL))


@dataclass(frozen=True, slots=True)
class _Text:
    """What one tile says at some sizes: its lines, the size of each, and whether they fit whole."""

    lines: tuple[Line, ...]
    sizes: tuple[float, ...]
    height: int
    fits: bool


def lay_map(desk: Desk, shown: Map, at: At, area: Box | None = None) -> LaidShapes:
    """Return the tiles, up to four in a row and twelve in all, with each phase's name over its tiles.

    Args:
        area: where they may be; ``None`` is our own grid.
    """
    area = area or AREA
    if shown.today:
        area = replace(area, h=area.h - TODAY)
    tiles = [(phase.title, tile) for phase in shown.phases for tile in phase.tiles]
    if len(tiles) > MOST:
        desk.report.error(
            f"the map has {len(tiles)} stages; {MOST} fit on a slide", at, "group stages, or leave the map out", "fit"
        )
        tiles = tiles[:MOST]
    if not tiles:
        return LaidShapes((), shown.alt)
    per_row = PER_ROW.get(len(tiles), 4)
    rows = -(-len(tiles) // per_row)
    gap = ROW_GAP if rows < 3 else 0
    width = (area.w - GUTTER * (per_row - 1)) // per_row
    height = min(TILE_HEIGHT, (area.h - rows * HEAD - (rows - 1) * gap) // rows)
    texts = _texts(desk, [tile for _, tile in tiles], width, height, at)
    pad = max(0, (height - max(text.height for text in texts)) // 2)
    shapes: list[Shape] = []
    for k, ((phase, tile), text) in enumerate(zip(tiles, texts, strict=True)):
        row, place = divmod(k, per_row)
        box = Box(area.x + place * (width + GUTTER), area.y + HEAD + row * (HEAD + height + gap), width, height)
        before = tiles[k - 1][0] if k else None
        if place == 0 or before != phase:
            same = [other == phase for other, _ in tiles[k : (row + 1) * per_row]]
            span = same.index(False) if False in same else len(same)
            head = Box(box.x, box.y, span * (width + GUTTER) - GUTTER, 0)
            shapes += _head("" if before == phase else phase, head, bool(phase))
        shapes.append(_tile(desk, tile, k, box, text, pad))
    if shown.today:
        below = Box(area.x, area.y + area.h, area.w, TODAY)
        shapes.append(
            Shape(kind="text", box=below, lines=(one(shown.today),), sizes=(LABEL,), color="muted", anchor="b")
        )
    return LaidShapes(tuple(shapes), shown.alt)


def _head(title: str, below: Box, ruled: bool) -> list[Shape]:
    """Return a phase's name and the rule over its tiles; a phase that goes on in the next row gets the rule alone."""
    shapes = []
    if title:
        area = Box(below.x, below.y - HEAD, below.w, HEAD_TEXT)
        shapes.append(Shape(kind="text", box=area, lines=(one(title, strong=True),), sizes=(LABEL,), anchor="b"))
    if ruled:
        shapes.append(Shape(kind="line", box=Box(below.x, below.y - RULE_GAP, below.w, 0), fill="ink", weight=1.5))
    return shapes


def _texts(desk: Desk, tiles: list[Step], width: int, height: int, at: At) -> list[_Text]:
    """Return all tiles' text at the largest sizes that all of them can take."""
    found: list[_Text] = []
    for sizes in SIZES:
        found = [_text(desk, tile, k, sizes, width, height) for k, tile in enumerate(tiles)]
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
    """Return number, name and gloss under each other; in a low tile the number is before the name."""
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
    return _Text(lines, used, high, high <= height and not broken)


def _tile(desk: Desk, tile: Step, place: int, box: Box, text: _Text, pad: int) -> Shape:
    role = tile.role or "accent"
    linked = bool(tile.link) and (not tile.link.startswith("#") or _target(tile) in desk.targets)
    alt = str(desk.words["go-to-stage"]).format(number=_number(desk, tile, place), title=tile.name) if linked else ""
    return Shape(
        kind="rect",
        box=box,
        fill=role,
        color=text_on(role),
        lines=text.lines,
        sizes=text.sizes,
        anchor="t",
        inset=INSET,
        inset_top=pad,
        link=tile.link if linked else "",
        alt=alt,
    )


def _target(tile: Step) -> str:
    return tile.link.removeprefix("#")


def _number(desk: Desk, tile: Step, place: int) -> str:
    mark = desk.marks.get(_target(tile))
    return str(mark.number if mark else place + 1)


def _short(desk: Desk, tile: Step) -> str:
    """Return the name on the rail, for a tile that the whole name does not fit."""
    mark = desk.marks.get(_target(tile))
    return (mark.short if mark else "") or tile.name
