"""The map: the stages as tiles in rows, phase by phase, each a link to its section."""

from __future__ import annotations

from workshop.errors import At
from workshop.layout.desk import Desk
from workshop.layout.drawn import LABEL, height_of, one, text_on
from workshop.layout.laid import LaidShapes, Shape
from workshop.model.kit import Line, Map, Run, Step
from workshop.model.theme import Box, inches

LEFT, WIDTH, GUTTER = 609_600, 10_972_800, 182_880
TOP, END = inches(1.46), inches(6.47)
HEAD = inches(0.46)  # a phase's name and its rule, above a row of tiles
HEAD_TEXT, RULE_GAP = inches(0.36), inches(0.07)
ROW_GAP = inches(0.39)
TILE_HEIGHT = inches(1.85)
INSET = inches(0.2)
MOST = 12
PER_ROW = {1: 2, 2: 2, 3: 3, 4: 4, 5: 3, 6: 3, 7: 4, 8: 4, 9: 3}
SIZES = ((36.0, 24.0, LABEL), (28.0, 22.0, LABEL), (24.0, 20.0, LABEL))


def lay_map(desk: Desk, shown: Map, at: At) -> LaidShapes:
    """Return the tiles, up to four in a row and twelve in all, with each phase's name over its tiles."""
    tiles = [(phase.title, tile) for phase in shown.phases for tile in phase.tiles]
    if len(tiles) > MOST:
        desk.report.error(
            f"the map has {len(tiles)} stages, {MOST} fit on a slide", at, "group stages, or leave the map out", "fit"
        )
        tiles = tiles[:MOST]
    if not tiles:
        return LaidShapes((), shown.alt)
    per_row = PER_ROW.get(len(tiles), 4)
    rows = -(-len(tiles) // per_row)
    width = (WIDTH - GUTTER * (per_row - 1)) // per_row
    height = min(TILE_HEIGHT, (END - TOP - rows * HEAD - (rows - 1) * ROW_GAP * (rows < 3)) // rows)
    pitch = HEAD + height + (ROW_GAP if rows < 3 else 0)
    shapes: list[Shape] = []
    for k, (phase, tile) in enumerate(tiles):
        row, place = divmod(k, per_row)
        x, y = LEFT + place * (width + GUTTER), TOP + HEAD + row * pitch
        if place == 0 or tiles[k - 1][0] != phase:
            same = [other == phase for other, _ in tiles[k : (row + 1) * per_row]]
            span = same.index(False) if False in same else len(same)
            goes_on = k > 0 and tiles[k - 1][0] == phase
            shapes += _head("" if goes_on else phase, Box(x, y, span * (width + GUTTER) - GUTTER, height), bool(phase))
        shapes.append(_tile(desk, tile, k, Box(x, y, width, height), at))
    return LaidShapes(tuple(shapes), shown.alt)


def _head(title: str, below: Box, ruled: bool) -> list[Shape]:
    shapes = []
    if title:
        area = Box(below.x, below.y - HEAD, below.w, HEAD_TEXT)
        shapes.append(Shape("text", area, lines=(one(title, strong=True),), sizes=(LABEL,), anchor="b"))
    if ruled:
        shapes.append(Shape("line", Box(below.x, below.y - RULE_GAP, below.w, 0), "ink", weight=1.5))
    return shapes


def _tile(desk: Desk, tile: Step, place: int, box: Box, at: At) -> Shape:
    target = tile.link.removeprefix("#")
    number = str(desk.numbers.get(target, place + 1))
    inner = box.w - 2 * INSET
    for sizes in SIZES:
        lines, used = _lines(number, tile, sizes, box)
        height, broken = height_of(desk.ruler, lines, used, inner)
        if height <= box.h and not broken:
            break
    else:
        desk.report.error(
            f"'{tile.name}: {tile.gloss}' does not fit its tile on the map",
            at,
            "shorten the section's title, its map: or its learnt: line",
            "fit",
        )
    role = tile.role or "accent"
    linked = not tile.link.startswith("#") or target in desk.targets
    alt = _alt(desk, number, tile.name) if tile.link and linked else ""
    return Shape(
        "rect",
        box,
        role,
        color=text_on(role),
        lines=lines,
        sizes=used,
        inset=INSET,
        link=tile.link if linked else "",
        alt=alt,
    )


def _lines(number: str, tile: Step, sizes: tuple[float, ...], box: Box) -> tuple[tuple[Line, ...], tuple[float, ...]]:
    """Number, name and gloss under each other; in a low tile the number stands before the name."""
    gloss = ((one(tile.gloss),), sizes[2:]) if tile.gloss else ((), ())
    if box.h < inches(1.5):
        return (Line((Run(f"{number}  {tile.name}", strong=True),)), *gloss[0]), (sizes[1], *gloss[1])
    return (one(number, strong=True), one(tile.name, strong=True), *gloss[0]), (*sizes[:2], *gloss[1])


def _alt(desk: Desk, number: str, title: str) -> str:
    """Return the alternative text of a tile: where it leads."""
    return str(desk.words["go-to-stage"]).format(number=number, title=title)
