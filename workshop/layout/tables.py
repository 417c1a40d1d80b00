"""Tables: widths of columns and heights of rows follow from measured cells; too many rows continue on further slides."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import At
from workshop.layout.context import Desk
from workshop.layout.laid import LaidTable
from workshop.layout.measure import Ruler, Style, held_together, pitch
from workshop.layouts.grid import MARGIN
from workshop.model.blocks import Block, Line, Run, Runs, ShownTable
from workshop.model.kit import Slide
from workshop.model.theme import EMU_PER_POINT, Box, Placeholder, inches

CELL_INSET = inches(0.14)  # left and right of a cell's text
AIR = inches(0.2)  # extra space on the left of words that follow right-aligned figures
CELL_PAD = inches(0.04)  # above and below a cell's text
ROWS_BY_SIZE = (
    (28.0, 4),
    (24.0, 6),
    (20.0, 8),
    (18.0, 10),
    (16.0, 12),
    (12.0, 16),
    (9.0, 24),
)  # at this size or larger, at most so many rows
HEADER_HEIGHT = inches(0.5)
ROW_WANTED = inches(1.05)  # highest row, if the box has room
NO_COLUMN, FENCED = -1, 2  # index of a column; that of the one behind a fence
LARGE = 28.0  # a larger size, only for cells of one line
LARGE_HEAD = 24.0  # of a table with a fence, whose first column has it too
FENCE_AIR = inches(0.2)  # beside the fence
LEGIBLE = 8.0  # points: no table of a slide is smaller
NARROWEST = inches(1.0)  # a column that is at least so wide can be read even if long words are broken
LONG = 500  # letters of a cell that may be higher than a slide
STRETCH = 2.0  # columns are at most so many times as wide as their content: the eye must cross the gap


class Grid(Struct, frozen=True, kw_only=True):
    """The sizes of a table; lengths are in EMU."""

    size: float
    header_size: float
    widths: tuple[int, ...]
    header: int
    rows: tuple[int, ...]

    @property
    def height(self) -> int:
        """The header and the rows."""
        return self.header + sum(self.rows)


def fit_table(
    desk: Desk, placeholder: Placeholder, table: ShownTable, at: At, *, strong_first: bool = False, split: bool = True
) -> tuple[LaidTable, ...]:
    """Return a table in one part, or in several parts that repeat the header.

    Args:
        strong_first: whether the first column is set bold.
        split: whether it may continue on further slides; if not, rows that don't fit are reported.
    """
    whole = try_table(desk.ruler, placeholder, table, strong_first=strong_first)
    strong = _strong(placeholder, strong_first)
    if whole is not None:
        return (whole,)
    measured = [_measure(desk.ruler, placeholder, table, size, strong) for size in placeholder.sizes]
    grids = [grid for grid in measured if grid is not None]
    found = _parts(placeholder, grids, len(table.rows)) if split else None
    if found is None:
        return (_refused(desk, placeholder, table, grids, at),)
    grid, parts = found
    done = []
    for first, last in parts:
        part = replace(table, rows=table.rows[first:last], highlight=_inside(table.highlight, first, last))
        part = _without_orphans(desk.ruler, part, grid, strong)
        done.append(_laid(placeholder, part, _drawn_out(replace(grid, rows=grid.rows[first:last]), placeholder)))
    return tuple(done)


def _refused(desk: Desk, placeholder: Placeholder, table: ShownTable, grids: Sequence[Grid], at: At) -> LaidTable:
    """Report why a table doesn't fit, and return it anyway."""
    where = table.at if table.at.path else at
    if not grids:
        size = placeholder.sizes[-1]
        least, _ = _extents(desk.ruler, table, size, min(18.0, size), _strong(placeholder, False))
        fitting = _side_by_side(least, placeholder.box.w)
        message = f"the table has {len(least)} columns; {fitting} fit here at {size:g} pt"
        desk.report.error(message, where, "leave columns out, use shorter words, or draw a chart", "fit")
        return _laid(placeholder, table, _forced(desk.ruler, placeholder, table, placeholder.sizes[-1]))
    grid = grids[-1]
    room = sum(1 for k in range(len(grid.rows)) if grid.header + sum(grid.rows[: k + 1]) <= placeholder.box.h)
    desk.report.error(
        f"the table has {len(table.rows)} rows; {room} fit here at {grid.size:g} pt",
        where,
        "leave rows out, shorten cells, or give the table a slide of its own",
        "fit",
    )
    return _laid(placeholder, table, grid)


def is_readable(desk: Desk, slide: Slide) -> bool:
    """Whether each table of a slide could be read there, on as many slides as it needs; one that couldn't is reported."""
    width, height = desk.theme.width - 2 * MARGIN, desk.theme.height * 2 // 3
    found = [(table, _unreadable(desk.ruler, table, width, height)) for _, some in slide.slots for table in _in(some)]
    for table, why in found:
        if why:
            hint = "show fewer columns and shorter cells, draw a chart, or hand the table out as a file"
            desk.report.error(why, table.at if table.at.path else slide.at, hint, "fit")
    return not any(why for _, why in found)


def _in(blocks: Iterable[Block]) -> Iterator[ShownTable]:
    for block in blocks:
        if isinstance(block, ShownTable):
            yield block
        else:
            yield from _in(getattr(block, "blocks", ()))


def _unreadable(ruler: Ruler, table: ShownTable, width: int, height: int) -> str:
    """Return why a table can't be read on slides of some width and height; "" if it can, which most tables show at once."""
    rows = (table.header, *table.rows)
    if len(table.header) * NARROWEST <= width and not any(_is_long(cell) for row in rows for cell in row):
        return ""
    words, natural = _extents(ruler, table, LEGIBLE, LEGIBLE, NO_COLUMN)
    least = [min(word, NARROWEST) for word in words]
    fitting = _side_by_side(least, width)
    if fitting < len(least):
        return f"this table has {len(least):,} columns; {fitting} fit on a slide at a legible size"
    grid = _grid(ruler, table, LEGIBLE, LEGIBLE, _widths(least, natural, table.aligns, width), NO_COLUMN)
    if (highest := max((grid.header, *grid.rows))) > height:
        return f"this table has a row that is {highest / 914_400:.0f} in high at a legible size; a slide has room for {height / 914_400:.0f} in"
    return ""


def _is_long(cell: Runs) -> bool:
    return sum(len(run.text) for run in cell) > LONG


def _side_by_side(least: Sequence[int], width: int) -> int:
    """Return how many of the first columns fit into a width."""
    return bisect_right(list(accumulate(least)), width)


def try_table(
    ruler: Ruler, placeholder: Placeholder, table: ShownTable, *, strong_first: bool = False
) -> LaidTable | None:
    """Return the table in one part at the largest size that fits, or ``None``."""
    strong = _strong(placeholder, strong_first)
    for size in _sizes(placeholder, table):
        grid = _measure(ruler, placeholder, table, size, strong)
        if grid is not None and grid.height <= placeholder.box.h:
            whole = _without_orphans(ruler, table, grid, strong)
            return _laid(placeholder, whole, _drawn_out(grid, placeholder))
    return None


MOST_LINES = 2.2  # of a row that grows


def grown_table(ruler: Ruler, placeholder: Placeholder, table: ShownTable, high: int) -> LaidTable:
    """Return a table over the whole width, its rows so much higher that it is as high as it should be, if they may.

    Args:
        high: the height that it should have; a row grows to 2.2 lines, or keeps its own height if that is more.
    """
    size = placeholder.sizes[0]
    grid = _measure(ruler, placeholder, table, size, NO_COLUMN)
    grid = grid or _forced(ruler, placeholder, table, size)
    spare = placeholder.box.w - sum(grid.widths)
    if spare > 0:
        wide = tuple(width + spare * width // sum(grid.widths) for width in grid.widths)
        grid = _grid(ruler, table, size, grid.header_size, wide, NO_COLUMN)
    more = max(0, high - grid.height) // max(1, len(grid.rows))
    most = round(MOST_LINES * pitch(size, 100) * EMU_PER_POINT)
    rows = tuple(max(row, min(row + more, most)) for row in grid.rows)
    whole = _without_orphans(ruler, table, grid, NO_COLUMN)
    return _laid(placeholder, whole, replace(grid, rows=rows))


def _strong(placeholder: Placeholder, strong_first: bool) -> int:
    """Return the index of the column that is set bold."""
    return FENCED if placeholder.fence else 0 if strong_first else NO_COLUMN


def _inside(row: int, first: int, last: int) -> int:
    return row - first if first <= row < last else -1


def _sizes(placeholder: Placeholder, table: ShownTable) -> list[float]:
    """Return the sizes for a number of rows, the largest first."""
    rows = len(table.rows) - bool(placeholder.fence)  # its table fills the slide, and takes a row more
    return [s for s in placeholder.sizes if rows <= next((most for at_least, most in ROWS_BY_SIZE if s >= at_least), 0)]


def _parts(placeholder: Placeholder, grids: Sequence[Grid], rows: int) -> tuple[Grid, list[tuple[int, int]]] | None:
    """Return the first and last rows of the parts: as few parts as possible, of similar lengths, at the largest size."""
    for parts in range(2, rows + 1):
        pairs = list(pairwise([round(rows * k / parts) for k in range(parts + 1)]))
        for grid in grids:
            most = next((n for at_least, n in ROWS_BY_SIZE if grid.size >= at_least), rows)
            room = placeholder.box.h - grid.header
            if all(last - first <= most and sum(grid.rows[first:last]) <= room for first, last in pairs):
                return grid, pairs
    return None


def _laid(placeholder: Placeholder, table: ShownTable, grid: Grid) -> LaidTable:
    heights = (grid.header, *grid.rows)
    return LaidTable(
        placeholder=placeholder,
        table=table,
        size=grid.size,
        header_size=grid.header_size,
        widths=grid.widths,
        heights=heights,
        air=air(table.aligns),
    )


def _without_orphans(ruler: Ruler, table: ShownTable, grid: Grid, strong: int) -> ShownTable:
    """Return the table with the last words of each cell held together."""
    spaces = air(table.aligns)

    def mended(runs: Runs, n: int, k: int) -> Runs:
        style = Style(n == table.highlight or k == strong)
        limit = (grid.widths[k] - 2 * CELL_INSET - spaces[k]) / EMU_PER_POINT
        return held_together(Line(runs), limit, lambda line: ruler.rows(shown(line.runs), limit, grid.size, style)).runs

    rows = tuple(tuple(mended(runs, n, k) for k, runs in enumerate(row)) for n, row in enumerate(table.rows))
    return replace(table, rows=rows)


def air(aligns: Sequence[str]) -> tuple[int, ...]:
    """Return the extra space on the left of each column, beyond a cell's inset.

    >>> air(("left", "right", "left"))
    (0, 0, 182880)
    """
    pairs = zip(("", *aligns[:-1]), aligns, strict=True)
    return tuple(AIR if before == "right" and own == "left" else 0 for before, own in pairs)


def _drawn_out(grid: Grid, placeholder: Placeholder) -> Grid:
    """Spread rows if the box has room; if all have one line, they get the same height."""
    count = max(1, len(grid.rows))
    spare = placeholder.box.h - grid.height
    rows = tuple(min(row + spare // count, max(row, ROW_WANTED)) for row in grid.rows)
    return replace(grid, rows=rows)


# ---------------------------------------------------------------- measuring
def measured(ruler: Ruler, width: int, table: ShownTable, size: float) -> Grid | None:
    """Return a table at one size in a width, or ``None`` if its longest words don't fit side by side."""
    place = Placeholder(idx=-1, type="tbl", name="Table", role="table", box=Box(0, 0, width, 0), sizes=(size,))
    return _measure(ruler, place, table, size, NO_COLUMN)


def _measure(ruler: Ruler, placeholder: Placeholder, table: ShownTable, size: float, strong: int) -> Grid | None:
    """Return the table at one size, or ``None`` if its longest words don't fit side by side."""
    header_size = (LARGE_HEAD if placeholder.fence else 20.0) if size >= LARGE else min(18.0, size)
    least, natural = _extents(ruler, table, size, header_size, strong)
    room = placeholder.box.w
    if size >= LARGE and sum(natural) > room and not placeholder.fence:
        return None
    if sum(least) > room:
        return None
    widths = _fenced(placeholder, least, natural, large=size >= LARGE)
    if placeholder.fence and size >= LARGE and not widths:
        return None
    widths = widths or _widths(least, natural, table.aligns, room)
    return _grid(ruler, table, size, header_size, widths, strong)


def _fenced(placeholder: Placeholder, least: list[int], natural: list[int], *, large: bool) -> tuple[int, ...]:
    """Return the widths of three columns of which the last begins at a fence; none without one, or if they don't fit.

    Args:
        large: whether each cell must take one line.
    """
    if not placeholder.fence:
        return ()
    left = placeholder.fence - placeholder.box.x
    widths = (natural[0], left - natural[0], placeholder.box.w - left)
    room = (natural[0], widths[1], widths[2] - FENCE_AIR)
    if large and any(width < line for width, line in zip(room, natural, strict=True)):
        return ()
    return widths if all(width >= word for width, word in zip(widths, least, strict=True)) else ()


def _forced(ruler: Ruler, placeholder: Placeholder, table: ShownTable, size: float) -> Grid:
    """Return the table at one size with broken words, so that there is something to show in spite of the problem."""
    share = placeholder.box.w // len(table.header)
    return _grid(ruler, table, size, 18.0, (share,) * len(table.header), NO_COLUMN)


def _grid(
    ruler: Ruler, table: ShownTable, size: float, header_size: float, widths: tuple[int, ...], strong: int
) -> Grid:
    spaces = air(table.aligns)

    def height(cells: Sequence[Runs], points: float, bold: bool) -> int:
        most = 1
        for k, (runs, width) in enumerate(zip(cells, widths, strict=True)):
            style = Style(bold or k == strong)
            most = max(
                most, len(ruler.rows(shown(runs), (width - 2 * CELL_INSET - spaces[k]) / EMU_PER_POINT, points, style))
            )
        return round(most * pitch(points, 100) * EMU_PER_POINT) + 2 * CELL_PAD

    rows = tuple(height(row, size, k == table.highlight) for k, row in enumerate(table.rows))
    return Grid(
        size=size,
        header_size=header_size,
        widths=widths,
        header=0 if table.headless else max(HEADER_HEIGHT, height(table.header, header_size, True)),
        rows=rows,
    )


def shown(runs: Runs) -> Runs:
    """Return a cell's runs for a slide, where a place to write in is a question mark."""
    if not any(run.blank for run in runs):
        return runs  # the very same, since it is measured again and again
    return tuple(Run("?", strong=True) if run.blank and not run.text.strip() else run for run in runs)


def _extents(
    ruler: Ruler, table: ShownTable, size: float, header_size: float, strong: int
) -> tuple[list[int], list[int]]:
    """Return the least width (longest word) and the natural width (longest cell) of each column, in EMU."""
    least, natural = [], []
    spaces = air(table.aligns)
    for k, head in enumerate(table.header):
        cells = [(head, header_size, True)]
        cells += [(row[k], size, n == table.highlight or k == strong) for n, row in enumerate(table.rows)]
        words = whole = 0.0
        for runs, points, bold in cells:
            style = Style(bold)
            rows = ruler.rows(shown(runs), 1e6, points, style)
            whole = max(whole, *(row.width for row in rows))
            words = max(words, ruler.longest(shown(runs), points, style))
        # slightly more than measured, so that rounding in viewers doesn't break a line
        least.append(round(words / 0.99 * EMU_PER_POINT) + 2 * CELL_INSET + spaces[k])
        natural.append(round(whole / 0.99 * EMU_PER_POINT) + 2 * CELL_INSET + spaces[k])
    return least, natural


def _widths(least: list[int], natural: list[int], aligns: Sequence[str], room: int) -> tuple[int, ...]:
    """Distribute all of ``room`` among the columns; columns of numbers, and those to be filled in, get equal widths."""
    wanted = list(natural)
    alike = [k for k, align in enumerate(aligns) if align in ("right", "center")]
    if len(alike) > 1:
        common = max(natural[k] for k in alike)
        if sum(natural) + sum(common - natural[k] for k in alike) <= room:
            for k in alike:
                wanted[k] = common
    total = sum(wanted)
    if total > room:
        return _shared(least, wanted, room)
    factor = room / total
    if aligns[-1:] == ("left",) and len(wanted) > 1:
        factor = min(factor, STRETCH)  # any space beyond that stays after the last column
    widths = [int(width * factor) for width in wanted]
    widths[-1 if aligns[-1:] == ("left",) else 0] += room - sum(widths)
    return tuple(widths)


def _shared(least: list[int], wanted: list[int], room: int) -> tuple[int, ...]:
    """Give narrow columns their natural width, so that only the widest ones break lines; each fits its longest word."""
    widths = dict(enumerate(least))
    left, columns = room - sum(least), sorted(range(len(least)), key=lambda k: wanted[k] - least[k])
    for place, k in enumerate(columns):
        more = min(wanted[k] - least[k], left // (len(columns) - place))
        widths[k] += more
        left -= more
    return tuple(widths[k] for k in range(len(least)))
