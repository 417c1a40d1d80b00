"""Formulas as text on one line, with raised and lowered letters: a fraction as a/b, a matrix as (a, b; c, d).

This is what a formula is where equations aren't: in titles and notes, on paper, in alternative text, in older programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from workshop.content import tex
from workshop.content.mask import PRIVATE, Masked
from workshop.errors import At
from workshop.model.blocks import (
    BIG,
    BREAK,
    CLOSING,
    DOUBLE,
    FUNCTION,
    LETTER,
    OPERATOR,
    Accent,
    Brace,
    Fenced,
    Fraction,
    Grid,
    Node,
    Root,
    Row,
    Script,
    Sign,
)
from workshop.model.markup import Emphasis, Inline, LineBreak, Look

_MASK = f"[{''.join(f'{chr(part[0])}-{chr(part[-1])}' for part in PRIVATE)}]"  # a value that isn't filled in yet
_ONE = re.compile(rf"[\d.]+|[^\W\d_][\u0300-\u036f\u20d0-\u20ff′]*|∞|{_MASK}")
NONE = Masked("", (), {}, {})
_ROOTS = {"3": "∛", "4": "∜"}
_UNSPACED = frozenset("([),;")  # no space between a function and one of these


class Piece(Struct, frozen=True):
    """Letters in one look; ``script`` is 1 above the line and -1 below it."""

    text: str
    italic: bool = False
    script: int = 0


Pieces = list[Piece]


def spoken(row: Row, at: At, masked: Masked = NONE) -> tuple[Inline, ...]:
    """Return a formula as inline nodes; ``masked`` has the values that are in it."""
    return tuple(_nodes(_row(row, outer=True), at, masked))


def _nodes(pieces: Iterable[Piece], at: At, masked: Masked) -> Iterable[Inline]:
    for (italic, script), group in groupby(pieces, key=lambda piece: (piece.italic, piece.script)):
        for k, text in enumerate("".join(piece.text for piece in group).split("\v")):
            if k:
                yield LineBreak(at)
            if not text:
                continue
            nodes: tuple[Inline, ...] = tuple(masked.pieces(text, at))
            nodes = (Emphasis(nodes),) if italic else nodes
            yield from (Look("super" if script > 0 else "sub", nodes),) if script else nodes


def _row(row: Row, *, outer: bool = False) -> Pieces:
    out: Pieces = []
    for k, part in enumerate(row.parts):
        after = row.parts[k + 1] if k + 1 < len(row.parts) else None
        if isinstance(part, Sign):
            _sign(part, out, after)
        elif isinstance(part, Script):
            _scripted(part, out, after)
        elif isinstance(part, Grid):
            out += _grid(part, outer=outer)
        elif isinstance(part, Fraction):
            out += _fraction(part, after)
        else:
            out += _node(part)
    return out


def _node(node: Node) -> Pieces:
    """Return a node that doesn't depend on what is around it."""
    match node:
        case Root(inside, degree):
            of, power = _row(inside), _row(degree) if degree is not None else []
            sign = [Piece(_ROOTS[_words(power)])] if _words(power) in _ROOTS else [*_script(power, 1), Piece("√")]
            return [*sign, *(of if _is_one(of) else _in_brackets(of))]
        case Fenced(left, inside, right):
            return [*([Piece(left)] if left else []), *_row(inside), *([Piece(right)] if right else [])]
        case Accent(mark, inside):
            return [replace(p, text="".join(c if c.isspace() else c + mark for c in p.text)) for p in _row(inside)]
        case Brace(inside, _):
            return _row(inside)
        case Row():
            return _row(node)
        case _:
            return _row(Row((node,)))


def _sign(sign: Sign, out: Pieces, after: Node | None) -> None:
    if sign.kind == OPERATOR:
        out.append(Piece(_spaced(sign.text, out)))
    elif sign.kind in (FUNCTION, BIG):
        _name(sign.text, out)
        _gap(out, after)
    elif sign.kind == BREAK:
        out += [Piece("; ")] if sign.text == "\v" else []
    elif sign.text in (",", ";"):
        out.append(Piece(f"{sign.text} "))
    elif sign.kind == LETTER:
        text = tex.DOUBLES.get(sign.text, sign.text) if sign.style == DOUBLE else sign.text
        out.append(Piece(text, italic=not sign.style))
    else:
        out.append(Piece(sign.text))


def _name(name: str, out: Pieces) -> None:
    before = " " if out and out[-1].text[-1:].isalnum() and not out[-1].script else ""
    out.append(Piece(before + name))


def _gap(out: Pieces, after: Node | None) -> None:
    """Put a space after the name of a function, unless a bracket follows."""
    base = after.base if isinstance(after, Script) else after
    if (
        base is None
        or isinstance(base, Fenced)
        or (isinstance(base, Sign) and (base.text in _UNSPACED or base.kind == BREAK))
    ):
        return
    out.append(Piece(" "))


def _scripted(script: Script, out: Pieces, after: Node | None) -> None:
    base = script.base
    named = isinstance(base, Sign) and base.kind in (FUNCTION, BIG)
    if isinstance(base, Sign) and named:
        _name(base.text, out)
    elif isinstance(base, Sign) and base.kind == OPERATOR:
        out.append(Piece(base.text))
    elif isinstance(base, Sign):
        _sign(base, out, after)
    else:
        out += _node(base)
    if script.sub is not None:
        out += _script(_row(script.sub), -1)
    if script.sup is not None and _words(_row(script.sup)).strip("′") == "":
        out += _row(script.sup)  # a prime is raised by itself
    elif script.sup is not None:
        out += _script(_row(script.sup), 1)
    if named:
        _gap(out, after)
    elif isinstance(base, Sign) and base.kind == OPERATOR:
        out.append(Piece(" "))


def _fraction(fraction: Fraction, after: Node | None) -> Pieces:
    above, below = _row(fraction.above), _row(fraction.below)
    if not fraction.bar:
        return [Piece("("), *above, Piece(" over "), *below, Piece(")")]
    if not _is_one(above) and (" " in _words(above) or "/" in _words(above)):
        above = _in_brackets(above)
    found = [*above, Piece("/"), *(below if _is_one(below) else _in_brackets(below))]
    ends = after is None or (
        isinstance(after, Sign)
        and (after.kind in (OPERATOR, BREAK) or after.text in CLOSING or after.text in (",", ";", ".", "|"))
    )
    return found if ends else _in_brackets(found)


def _grid(grid: Grid, *, outer: bool) -> Pieces:
    lines = grid.kind == "lines"
    out: Pieces = []
    for k, cells in enumerate(grid.rows):
        if k:
            out.append(Piece("\v" if lines and outer else "; "))
        line: Pieces = []
        for j, cell in enumerate(cells):
            if j and not lines:
                line.append(Piece(", "))
            if lines:  # an operator after an alignment has the words before it on its left
                line += _continued(line, cell) if j else _row(cell)
            else:
                line += _row(cell)
        out += line
    if grid.kind == "cases":
        return [Piece("{ "), *out]
    return [*([Piece(grid.left)] if grid.left else []), *out, *([Piece(grid.right)] if grid.right else [])]


def _continued(before: Pieces, cell: Row) -> Pieces:
    """Return a cell that goes on in the line before it."""
    pieces = _row(cell)
    first = cell.parts[0] if cell.parts else None
    if isinstance(first, Sign) and first.kind == OPERATOR and pieces:
        pieces[0] = Piece(_spaced(first.text, before))
    return pieces


def _spaced(sign: str, before: Pieces) -> str:
    """Return an operator with its spaces; a sign of a number has none."""
    last = _words(before).rstrip(" ")[-1:] if before else ""
    first = not last or (last in "([{,;\v=<>≤≥≈≠+−±×·∈→⇒/|" and sign in "+−±∓")
    return sign if first and sign in "+−±∓" else f" {sign} "


def _words(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _is_one(pieces: Pieces) -> bool:
    """Tell whether pieces read as one number or letter, with or without indices."""
    return _ONE.fullmatch(_words(piece for piece in pieces if not piece.script)) is not None


def _in_brackets(pieces: Pieces) -> Pieces:
    return [Piece("("), *pieces, Piece(")")]


def _script(pieces: Pieces, script: int) -> Pieces:
    """Return pieces above or below the line; an index of an index is written out, as ^ or _ and brackets."""
    out: Pieces = []
    for inner, group in groupby(pieces, key=lambda piece: piece.script):
        part = list(group)
        if inner:
            sign = Piece("^" if inner > 0 else "_", script=script)
            part = [sign, *(part if _is_one([replace(p, script=0) for p in part]) else _in_brackets(part))]
        out += [
            replace(piece, text=piece.text.strip() if _operator(piece) else piece.text, script=script) for piece in part
        ]
    return out


def _operator(piece: Piece) -> bool:
    return len(piece.text) == 3 and piece.text[0] == piece.text[2] == " "
