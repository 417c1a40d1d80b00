"""Formulas as trees of signs, fractions, roots and scripts."""

from __future__ import annotations

from msgspec import Struct

# Formulas as trees: what a formula consists of, whatever it becomes on a slide.
#
# Each node is frozen. ``Row`` holds nodes side by side; the others hold rows. Nothing here knows TeX.
# kinds of a sign
LETTER, NUMBER_SIGN, OPERATOR, FUNCTION, TEXT, SPACE, MARK, BIG, BREAK = (
    "letter",
    "number",
    "operator",
    "function",
    "text",
    "space",
    "mark",
    "big",
    "break",
)
# styles of a sign; "" is italic for letters and upright for the rest
UPRIGHT, BOLD, SLANTED, BOLD_ITALIC, DOUBLE, SCRIPT, FRAKTUR, SANS, MONO = (
    "upright",
    "bold",
    "italic",
    "bold-italic",
    "double",
    "script",
    "fraktur",
    "sans",
    "mono",
)
INTEGRALS = frozenset("∫∬∭∮")
OPENING, CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")


class Sign(Struct, frozen=True, tag=True):
    """Characters of one kind: a letter, a number, an operator, the name of a function, text, a space."""

    text: str
    kind: str
    style: str = ""


class Row(Struct, frozen=True, tag=True):
    """Nodes side by side."""

    parts: tuple[Node, ...]


class Script(Struct, frozen=True, tag=True):
    """Something with signs at its lower and upper right, or exactly below and above it if ``stacked``."""

    base: Node
    sub: Row | None = None
    sup: Row | None = None
    stacked: bool = False


class Fraction(Struct, frozen=True, tag=True):
    """One row above another, with a bar between them; a binomial coefficient has none, and is in brackets."""

    above: Row
    below: Row
    bar: bool = True


class Root(Struct, frozen=True, tag=True):
    """A root; ``degree`` is ``None`` for a square root."""

    inside: Row
    degree: Row | None = None


class Fenced(Struct, frozen=True, tag=True):
    """A row between brackets that grow with it; "" on a side without one."""

    left: str
    inside: Row
    right: str


class Accent(Struct, frozen=True, tag=True):
    """A row under, or over, a mark: the combining character of it."""

    mark: str
    inside: Row


class Brace(Struct, frozen=True, tag=True):
    """A row under or over a horizontal brace."""

    inside: Row
    above: bool


class Grid(Struct, frozen=True, kw_only=True, tag=True):
    """Rows of cells: a matrix between brackets, the cases of a definition, or lines of which the cells are aligned.

    ``kind`` is "matrix", "cases" or "lines".
    """

    kind: str
    rows: tuple[tuple[Row, ...], ...]
    left: str = ""
    right: str = ""


Node = Sign | Row | Script | Fraction | Root | Fenced | Accent | Brace | Grid


class Formula(Struct, frozen=True):
    """A whole formula; ``display`` if it stands in a line of its own."""

    body: Row
    display: bool = False


def operand(parts: tuple[Node, ...], start: int, *, long: bool) -> int:
    """Return where the argument of a function or of a sum ends that begins at ``start``.

    Args:
        long: whether products and what follows them belong to it, as after a sum; after a function it is one node with
            what is in its brackets.

    >>> x, plus = Sign("x", LETTER), Sign("+", OPERATOR)
    >>> operand((x, x, plus, x), 0, long=True), operand((x, x), 0, long=False), operand((plus, x), 0, long=False)
    (2, 1, 0)
    """
    place, depth = start, 0
    while place < len(parts):
        part = parts[place]
        base = part.base if isinstance(part, Script) else part
        sign = base if isinstance(base, Sign) else Sign("", MARK)
        closes, opens = sign.text in CLOSING, sign.text in OPENING
        if not depth and (closes or _ends(sign, first=place == start, long=long)):
            break
        depth += opens - closes
        place += 1
        if not long and not depth and sign.kind != SPACE:
            break
    return place if not depth else start


def _ends(sign: Sign, *, first: bool, long: bool) -> bool:
    if sign.kind == BREAK or sign.text in (",", ";", "|", "‖"):
        return True
    if sign.kind != OPERATOR:
        return False
    if not long:
        return True
    return sign.text not in "·×∘÷" and not (first and sign.text in "−+±")
