"""Lanes: a table drawn as a lane for each row, on which its cells are stations and the last one is the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import Problem, Severity
from workshop.layout.context import LABEL, Desk, height_of
from workshop.layout.laid import LaidOut, LaidShapes, LaidTable, Shape
from workshop.model.blocks import Line, Runs, ShownTable, plain
from workshop.model.kit import Slide
from workshop.model.theme import EMU_PER_POINT, Box, LayoutSpec, inches

ROWS, COLUMNS = range(2, 5), range(3, 8)
NONE = "–"  # a station that a lane doesn't have
NAMES, HEADS, CELLS, RESULTS = (28.0, 24.0, 22.0), (20.0, LABEL), (20.0, LABEL), (22.0, 20.0, LABEL)
# Of our own area, 12 inches wide
WIDE, START, STATIONS, RESULT = inches(12), inches(1.43), inches(2.33), inches(2.25)
PITCH, GAP = inches(1.5), inches(0.08)
OF_PITCH, OF_LANE, FREE = 0.78, 0.8, 0.84  # shares: a station of its pitch, and of its lane; a bar of its lane
EDGE, LINE, DASHED = 5.8, 2.5, 1.5  # points
INSET, PAD = inches(0.04), inches(0.17)


class _Grid(Struct, frozen=True):
    """Where lanes and stations are: lengths in EMU."""

    area: Box
    scale: float
    head: int
    pitch: int
    along: int

    def lane(self, row: int, share: float, x: int, wide: int) -> Box:
        """Return a box in the middle of a lane that takes a share of its height."""
        high = round(self.pitch * share)
        y = self.area.y + self.head + row * self.pitch + (self.pitch - high) // 2
        return Box(x, y, wide, high)

    def station(self, place: int) -> tuple[int, int]:
        """Return x and width of a station."""
        wide = min(round(self.along * OF_PITCH), inches(2))
        return self.area.x + round(STATIONS * self.scale) + place * self.along + (self.along - wide) // 2, wide


def lanes_of(slide: Slide) -> ShownTable | None:
    """Return the table of a slide that is to be drawn as lanes, if it has as many rows and columns as lanes take."""
    tables = [block for block in slide.slot("main") if isinstance(block, ShownTable)]
    table = tables[0] if len(tables) == 1 and tables[0].lanes else None
    return table if table and len(table.rows) in ROWS and len(table.header) in COLUMNS else None


def lay_lanes(desk: Desk, spec: LayoutSpec, slide: Slide) -> LaidShapes | None:
    """Return a table as lanes, if the layout has an area for them and no place for a table."""
    table, area = lanes_of(slide), spec.area
    if table is None or area is None or spec.find("main") is not None:
        return None
    scale, stations = area.w / WIDE, len(table.header) - 2
    along = (area.w - round((STATIONS + RESULT + GAP) * scale)) // stations
    head_size, head = _size(desk, slide, table, [_bold(cell) for cell in table.header[1:-1]], HEADS, along, inches(1))
    grid = _Grid(area, scale, head + GAP, min(PITCH, (area.h - head - GAP) // len(table.rows)), along)
    bars = [place for place in range(stations) if len({plain(row[place + 1]) for row in table.rows}) == 1]
    shapes = [*_lines(grid, table), *_heads(grid, table, head_size, head)]
    shapes += _stations(desk, slide, table, grid, bars)
    names = [_bold(row[0]) for row in table.rows]
    wide = round(START * scale)
    size, _ = _size(desk, slide, table, names, NAMES, wide, grid.pitch)
    shapes += [_text(grid.lane(row, FREE, area.x, wide), line, size) for row, line in enumerate(names)]
    return LaidShapes((*shapes, *_results(desk, slide, table, grid)), table.alt, table.step)


def _size(
    desk: Desk, slide: Slide, table: ShownTable, lines: Sequence[Line], sizes: Sequence[float], wide: int, high: int
) -> tuple[float, int]:
    """Return the largest size at which every line fits into its box, and the height of the highest; else report it."""
    for size in sizes:
        found = [height_of(desk.ruler, (line,), (size,), wide) for line in lines]
        if all(height <= high and not broken for height, broken in found):
            return size, max((height for height, _ in found), default=0)
    desk.report.error("the words of this table don't fit its lanes", table.at or slide.at, "shorten them", "fit")
    return sizes[-1], high


def _bold(cell: Runs) -> Line:
    return Line(tuple(replace(run, strong=True) for run in cell))


def _text(box: Box, line: Line, size: float, **look: Any) -> Shape:
    return Shape(kind="text", box=box, lines=(line,), sizes=(size,), **look)


def _lines(grid: _Grid, table: ShownTable) -> Iterator[Shape]:
    start, end = round(START * grid.scale), grid.area.w - round(RESULT * grid.scale)
    for row in range(len(table.rows)):
        y = grid.lane(row, 0, 0, 0).y
        yield Shape(kind="line", box=Box(grid.area.x + start, y, end - start, 0), fill="ink", weight=LINE)


def _heads(grid: _Grid, table: ShownTable, size: float, high: int) -> Iterator[Shape]:
    for place, cell in enumerate(table.header[1:-1]):
        x = grid.area.x + round(STATIONS * grid.scale) + place * grid.along
        yield _text(Box(x, grid.area.y, grid.along, high), _bold(cell), size, color="muted", align="ctr", anchor="b")


def _stations(desk: Desk, slide: Slide, table: ShownTable, grid: _Grid, bars: Sequence[int]) -> Iterator[Shape]:
    """Yield a station for each cell, and one bar across all lanes for a column that says the same everywhere."""
    wide = grid.station(0)[1]
    inner = wide - 2 * INSET - round(EDGE * EMU_PER_POINT)  # half of its edge is inside on each side
    cells = [_bold(cell) for row in table.rows for cell in row[1:-1] if plain(cell).strip() != NONE]
    size, _ = _size(desk, slide, table, cells, CELLS, inner, round(grid.pitch * OF_LANE) - (wide - inner))
    for place in range(len(table.header) - 2):
        x, _ = grid.station(place)
        if place in bars:
            first, last = grid.lane(0, FREE, x, wide), grid.lane(len(table.rows) - 1, FREE, x, wide)
            whole = Box(x, first.y, wide, last.bottom - first.y)
            words = (_bold(table.rows[0][place + 1]),)
            yield Shape(kind="rect", box=whole, fill="field", color="on_field", lines=words, sizes=(size,), align="ctr")
            continue
        for row, cells_of in enumerate(table.rows):
            box, cell = grid.lane(row, OF_LANE, x, wide), cells_of[place + 1]
            if plain(cell).strip() == NONE:
                yield Shape(kind="rect", box=box, outline="muted", weight=DASHED, dash=True)
            else:
                words = (_bold(cell),)
                yield Shape(
                    kind="rect", box=box, fill="bg", outline="ink", weight=EDGE, lines=words, sizes=(size,), align="ctr"
                )


def _results(desk: Desk, slide: Slide, table: ShownTable, grid: _Grid) -> Iterator[Shape]:
    wide = round(RESULT * grid.scale)
    lines, x = [_bold(row[-1]) for row in table.rows], grid.area.right - wide
    high = round(grid.pitch * OF_LANE) - 2 * INSET
    size, _ = _size(desk, slide, table, lines, RESULTS, wide - 2 * PAD, high)
    for row, line in enumerate(lines):
        marked = row == table.highlight
        yield Shape(
            kind="rect", box=grid.lane(row, OF_LANE, x, wide), fill="open" if marked else "panel",
            color="on_open" if marked else "ink", lines=(line,), sizes=(size,), inset=PAD,
        )  # fmt: skip


def not_as_lanes(laid: LaidOut) -> Iterator[Problem]:
    """Yield advice for each table that should be lanes and is shown as a table."""
    for slide in laid.slides:
        for item in slide.items:
            if isinstance(item, LaidTable) and item.table.lanes and not slide.slide.continued:
                message = f"slide {slide.number}: the table isn't drawn as lanes"
                hint = "lanes need 2 to 4 rows, 3 to 7 columns, and a few words per cell"
                yield Problem(
                    message, item.table.at or slide.slide.at, hint=hint, code="lanes", severity=Severity.ADVICE
                )
