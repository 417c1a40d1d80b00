"""The room that a formula needs, estimated from its tree, in multiples of its size.

Programs set equations in their own typefaces, so the estimate is a little generous: what fits here fits there, too.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from workshop.model.formulas import (
    BIG,
    FUNCTION,
    INTEGRALS,
    LETTER,
    NUMBER,
    OPERATOR,
    SPACE,
    TEXT,
    Accent,
    Brace,
    Fenced,
    Formula,
    Fraction,
    Grid,
    Node,
    Root,
    Row,
    Script,
    Sign,
)

SMALL, SMALLEST = 0.72, 0.55  # size of an index, and of an index of an index
UP, DOWN, AXIS = 0.84, 0.3, 0.25  # of a letter above and below the baseline; of a bar above it
LEADING = 0.34  # space between the rows of a matrix, and of lines
WIDTHS = {LETTER: 0.58, NUMBER: 0.54, OPERATOR: 0.92, FUNCTION: 0.54, TEXT: 0.54}
AROUND = {OPERATOR: 0.6, FUNCTION: 0.18, BIG: 0.2}
LARGE = {True: (0.62, 1.35, 0.9), False: (1.1, 1.05, 0.6)}  # integrals and other large signs: width, above, below


class Extent(Struct, frozen=True):
    """Width, and heights above and below the baseline."""

    width: float
    up: float = UP
    down: float = DOWN

    @property
    def height(self) -> float:
        """Everything from top to bottom."""
        return self.up + self.down

    def at(self, scale: float) -> Extent:
        """Return it in another size."""
        return Extent(self.width * scale, self.up * scale, self.down * scale)


@lru_cache(maxsize=1_000)
def extent(formula: Formula) -> Extent:
    """Return the room for a formula in a line of its own, or in a line of text."""
    found = _row(formula.body, large=formula.display, level=0)
    return Extent(found.width + 0.2, found.up, found.down)


def _scale(level: int) -> float:
    return (1.0, SMALL / 1.0, SMALLEST / SMALL)[min(level, 2)]


def _row(row: Row, *, large: bool, level: int) -> Extent:
    found = [_node(part, large=large, level=level) for part in row.parts]
    if not found:
        return Extent(0.2)
    return Extent(sum(e.width for e in found), max(e.up for e in found), max(e.down for e in found))


def _inner(row: Row | None, level: int) -> Extent:
    """Return an index or a limit, in its smaller size."""
    if row is None:
        return Extent(0, 0, 0)
    return _row(row, large=False, level=level + 1).at(_scale(level + 1))


def _node(node: Node, *, large: bool, level: int) -> Extent:
    match node:
        case Sign():
            return _sign(node, large=large)
        case Row():
            return _row(node, large=large, level=level)
        case Script():
            return _script(node, large=large, level=level)
        case Fraction():
            return _fraction(node, large=large, level=level)
        case Root(inside, degree):
            own = _row(inside, large=large, level=level)
            return Extent(own.width + 0.95 + (0.2 if degree is not None else 0), own.up + 0.2, own.down + 0.05)
        case Fenced(left, inside, right):
            own = _row(inside, large=large, level=level)
            return Extent(own.width + 0.5 * (bool(left) + bool(right)), own.up + 0.1, own.down + 0.1)
        case Accent(_, inside):
            own = _row(inside, large=large, level=level)
            return Extent(own.width + 0.05, own.up + 0.22, own.down)
        case Brace(inside, above):
            own = _row(inside, large=large, level=level)
            return Extent(own.width, own.up + 0.4 * above, own.down + 0.4 * (not above))
        case Grid():
            return _grid(node, level)


def _sign(sign: Sign, *, large: bool) -> Extent:
    if sign.kind == SPACE:
        return Extent(1.05 * len(sign.text) - 0.8)
    if sign.kind == BIG:
        width, up, down = LARGE[sign.text in INTEGRALS]
        scale = 1.0 if large else 0.75
        return Extent((width + AROUND[BIG]) * scale, up * scale, down * scale)
    wide = sum(
        1.0 if "\u1100" <= c <= "\uffef" and not "\u2000" <= c <= "\u2bff" else 0.25 if c.isupper() else 0.0
        for c in sign.text
    )
    each = WIDTHS.get(sign.kind, 0.5)
    return Extent(each * len(sign.text) + wide + AROUND.get(sign.kind, 0.0))


def _script(node: Script, *, large: bool, level: int) -> Extent:
    base = _node(node.base, large=large, level=level)
    sub, sup = _inner(node.sub, level), _inner(node.sup, level)
    sign = node.base.text if isinstance(node.base, Sign) and node.base.kind == BIG else ""
    if node.stacked or (sign and large and sign not in INTEGRALS):
        width = max(base.width, sub.width, sup.width)
        above = base.up + (sup.height + 0.1 if sup.height else 0)
        return Extent(width, above, base.down + (sub.height + 0.1 if sub.height else 0))
    return Extent(
        base.width + max(sub.width, sup.width) + 0.06,
        max(base.up, base.up - 0.35 + sup.height) if sup.height else base.up,
        max(base.down, base.down - 0.15 + sub.height) if sub.height else base.down,
    )


def _fraction(node: Fraction, *, large: bool, level: int) -> Extent:
    inside = level if large else level + 1
    scale = 1.0 if large else _scale(level + 1)
    above, below = (_row(row, large=False, level=inside).at(scale) for row in (node.above, node.below))
    brackets = 0.0 if node.bar else 0.9
    return Extent(max(above.width, below.width) + 0.3 + brackets, AXIS + 0.1 + above.height, 0.1 - AXIS + below.height)


def _grid(node: Grid, level: int) -> Extent:
    cells = [[_row(cell, large=node.kind == "lines" and not level, level=level) for cell in line] for line in node.rows]
    columns = max(map(len, cells))
    gap = 0.1 if node.kind == "lines" else 1.2
    widths = [max((line[k].width for line in cells if k < len(line)), default=0.0) for k in range(columns)]
    height = sum(max((e.height for e in line), default=1.0) for line in cells) + LEADING * (len(cells) - 1)
    around = 0.6 * (bool(node.left) + bool(node.right))
    return Extent(sum(widths) + gap * (columns - 1) + around, AXIS + height / 2, height / 2 - AXIS)
