"""The look of what is on a slide: text, tables and drawings. It is decided here once, so a writer only serialises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from workshop.layout.laid import LaidTable, Shape
from workshop.model.blocks import Line, Run, Runs
from workshop.model.theme import Box, Placeholder, inches

# ---------------------------------------------------------------- scene
AS_TEXT = frozenset({"title"})  # a slide is listed under its title, also by programs that don't know equations
SCRIM = 80  # opacity in percent of the veil over a background picture, so that text can be read on any picture

# ---------------------------------------------------------------- text
STRONG_IN = {"finding": "accent"}  # slots whose bold words, the key figures, have their own colour
# Text in one of these roles is on a block of colour, where accent and link colours couldn't be read
ON_BLOCK = frozenset({"bg", "on_open", "on_accent", "on_field"})
ROMAN_END, LETTERS = 40, 26  # numbers from which, and up to which, a list has figures instead


class Seen(NamedTuple):
    """The look of a run: its own colour role ("" for that of its paragraph), the role behind it, and whether it is bold."""

    role: str
    ground: str
    bold: bool


def seen(run: Run, *, strong: str = "", on_block: bool = False) -> Seen:
    """Return the look of a run; ``strong`` is the colour role of bold words, "" for that of the others."""
    bold = run.strong or run.blank or (run.accent and on_block)
    if run.blank or run.mark:
        return Seen("on_open" if run.blank else "ink", "open" if run.blank else "mark", bold)
    own = "" if on_block else "accent" if run.accent else run.color
    return Seen(own or (strong if run.strong else ""), "", bold)


def strong_in(place: Placeholder, *, own: bool) -> str:
    """Return the colour role of bold words in a place; ``own`` says whether it is on a layout of ours."""
    usual = "ink" if place.color == "muted" and (own or not place.strike) else ""
    return STRONG_IN.get(place.role, usual) if own else usual


def numbered(style: str, number: int) -> str:
    """Return a number of a list as a talk writes it: "1)", "(a)", "iv.".

    >>> numbered("(a)", 3), numbered("i.", 4), numbered("I)", 9), numbered("1)", 12)
    ('(c)', 'iv.', 'IX)', '12)')
    """
    sign = style.strip("().")
    if sign in ("i", "I"):
        units = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
        text = "x" * (number // 10) + units[number % 10] if number < ROMAN_END else str(number)
    elif sign in ("a", "A"):
        text = chr(96 + number) if 1 <= number <= LETTERS else str(number)
    else:
        text = str(number)
    return style.replace(sign, text.upper() if sign.isupper() else text)


# ---------------------------------------------------------------- tables
MARGIN, MARGIN_END = inches(0.14), inches(0.04)
AFTER_DIVIDER = (inches(0.2), inches(0.08))  # space beside the dashed line; the width for text stays the same
HEADER_RULE, ROW_RULE, DIVIDER, PARTING = 1.75, 0.5, 2.25, 1.5  # points
ALIGN = {"left": "l", "right": "r", "center": "ctr"}


class Cell(Struct, frozen=True, kw_only=True):
    """The place and look of a cell.

    Attributes:
        ground: colour role behind it, or "".
        air: extra space on its left.
        small: whether it has the size of the header.
        rule: colour role of the rule below it; "" for the usual one.
        topped: whether it has a heavy rule above it, as the first row of a table without a header.
        divided: side ("lnL" or "lnR") that has the dashed line between two columns that are contrasted, or "".
    """

    runs: Runs
    align: str
    header: bool = False
    ground: str = ""
    divided: str = ""
    bold: bool = False
    color: str = "ink"
    air: int = 0
    small: bool = False
    rule: str = ""
    topped: bool = False

    def size_in(self, laid: LaidTable) -> float:
        """Return its size in points."""
        return laid.header_size if self.header or self.small else laid.size

    @property
    def on_block(self) -> bool:
        """Whether its text is on a block of colour."""
        return self.ground == "open" or self.color == "on_field"

    @property
    def below(self) -> tuple[str, float]:
        """Colour role and points of the rule below it."""
        return self.rule or ("ink" if self.header else "muted"), HEADER_RULE if self.header else ROW_RULE

    @property
    def margins(self) -> tuple[int, int]:
        """Margins at its left, without the extra space, and right, in EMU."""
        return AFTER_DIVIDER if self.divided == "lnL" or self.rule else (MARGIN, MARGIN)


def heights_of(laid: LaidTable) -> tuple[int, ...]:
    """Return the heights of the rows that a table has."""
    return laid.heights[1:] if laid.table.headless else laid.heights


def rows_of(laid: LaidTable, *, contrasted: bool) -> list[list[Cell]]:
    """Return the cells of a table, the header first if it has one; ``contrasted`` sets the second column against the third."""
    table = laid.table
    aligns = [ALIGN.get(align, "l") for align in table.aligns] or ["l"] * len(table.header)
    rows = [
        [Cell(runs=runs, align=aligns[j], header=True, bold=True, color="muted") for j, runs in enumerate(table.header)]
    ]
    for i, row in enumerate(table.rows):
        hot = i == table.highlight
        rows.append([_body_cell(runs, aligns[j], hot=hot, head=contrasted and j == 0) for j, runs in enumerate(row)])
    if table.headless:
        rows = [[replace(cell, topped=k == 0) for cell in row] for k, row in enumerate(rows[1:])]
    if laid.air:
        rows = [[replace(cell, air=air) for cell, air in zip(row, laid.air, strict=True)] for row in rows]
    if laid.placeholder.fence:
        return [_at_fence(row) for row in rows]
    if contrasted and len(table.header) == 3:
        rows = [[first, replace(ours, divided="lnR"), _large(large)] for first, ours, large in rows]
        first, ours, large = rows[0]
        rows[0] = [first, replace(ours, color="accent"), replace(large, color="ink")]
    return rows


def _at_fence(row: list[Cell]) -> list[Cell]:
    """Return a row whose first cell only names it, and whose last is on the field behind the fence."""
    name, ours, large = row
    return [
        replace(name, color="muted", bold=False, small=True),
        replace(ours, color="ink" if ours.header else ours.color),
        replace(large, color="on_field", bold=True, rule="on_field" if large.header else "field_soft"),
    ]


def _large(cell: Cell) -> Cell:
    return replace(cell, divided="lnL", ground=cell.ground or "panel")


def _body_cell(runs: Runs, align: str, *, hot: bool, head: bool) -> Cell:
    if _is_blank(runs):
        shown = tuple(Run(run.text.strip() or "?", strong=True) for run in runs if run.blank)
        return Cell(runs=shown, align=align, ground="open", color="on_open")
    return Cell(runs=runs, align=align, ground="panel" if hot else "", bold=hot or head)


def _is_blank(runs: Runs) -> bool:
    return any(run.blank for run in runs) and all(run.blank or not run.text.strip() for run in runs)


# ---------------------------------------------------------------- drawings
ARROW, BACK, OUTLINE, RULE = 2.25, 1.75, 1.5, 1.0  # points, if the shape has none
STROKES = {"line": ("rule", RULE), "arrow": ("ink", ARROW), "arrow-back": ("muted", BACK), "elbow": ("ink", ARROW)}
RISE = inches(0.3)  # height of an arrow that leads back over the top
TOP, LEFT, BOTTOM, RIGHT = range(4)  # connection sites of a rectangle
BLOCKS = frozenset({"accent", "field", "open", "ink", "stop", "muted"})
LINE_SIZE = 18.0  # points, if a shape doesn't say


def stroke(shape: Shape) -> tuple[str, float]:
    """Return colour role and points of a rule or an arrow."""
    role, weight = STROKES[shape.kind]
    return shape.fill or shape.outline or role, shape.weight or weight


def lines_of(shape: Shape) -> Iterator[tuple[Line, float, float]]:
    """Yield the lines of a shape, each with its size and the gap above it, in points."""
    for k, line in enumerate(shape.lines):
        size = shape.sizes[min(k, len(shape.sizes) - 1)] if shape.sizes else LINE_SIZE
        yield line, size, shape.gaps[k] if k < len(shape.gaps) else 0.0


def is_glued(shape: Shape) -> bool:
    """Whether a shape is an arrow between two others."""
    return shape.kind in {"arrow", "arrow-back", "elbow"} and min(shape.ends) >= 0


def facing(start: Box, end: Box) -> tuple[int, int]:
    """Return the sides of two boxes that face each other, as connection sites."""
    if end.x >= start.right:
        return RIGHT, LEFT
    if end.right <= start.x:
        return LEFT, RIGHT
    return (BOTTOM, TOP) if end.y >= start.bottom else (TOP, BOTTOM)


def site(box: Box, side: int) -> tuple[int, int]:
    """Return the middle of a box's side."""
    middle_x, middle_y = box.x + box.w // 2, box.y + box.h // 2
    return {TOP: (middle_x, box.y), BOTTOM: (middle_x, box.bottom), LEFT: (box.x, middle_y)}.get(
        side, (box.right, middle_y)
    )
