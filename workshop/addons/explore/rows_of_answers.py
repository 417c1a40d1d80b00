"""Rows of answers, each a square that is right or wrong; a row in which all are right has a tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from workshop.addons.explore.drawn import (
    SWATCH,
    Figure,
    Places,
    PokeError,
    Words,
    chosen,
    filled,
    rows_of,
    tag,
    wrong,
)
from workshop.expressions import Evaluator, ExpressionError
from workshop.model.exhibits import Findings
from workshop.model.pokes import Answers
from workshop.wording.formats import count

State = tuple[Findings, Mapping[str, str]]  # a run, and what was chosen
CELL, SQUARE = 36, 30  # of a square with the space after it, and without, in units of the drawing
Rows = tuple[tuple[bool, ...], ...]


def answered(item: Answers, seen: Sequence[State], names: Sequence[str], places: Places, words: Words) -> Figure:
    """Return the rows in all states: right and wrong squares are one path each, whose shapes are places."""
    states = [_rows(item, one) for one in seen]
    many, long = len(states[0]), len(states[0][0])
    paths, key = "", ""
    for name, role, kind in ((item.right, "accent", True), (item.wrong, "context", False)):
        paths += places.element("path", class_=f"f-{role}", d=[_shape(rows, kind) for rows in states])
        told = [f"{name}: {count(sum(row.count(kind) for row in rows))}" for rows in states]
        key += tag("span", SWATCH.format(role=role) + places.element("span", told))
    for place in range(many):
        ticks = ["✓" if all(rows[place]) else "" for rows in states]
        at = {"x": f"{long * CELL + 4}", "y": f"{place * CELL + 22}"}
        paths += places.element("text", ticks, class_="b t-accent", **at)
    whole = [words("explore-whole-rows", count=sum(map(all, rows)), all=many) for rows in states]
    key += tag("span", places.element("span", whole))
    box = f"-20 0 {long * CELL + 56} {many * CELL}"
    said = ["; ".join("".join("✓" if right else "✗" for right in row) for row in rows) for rows in states]
    opening = places.element("svg", viewBox=box, role="img", aria_label=said, class_="answers").removesuffix("</svg>")
    measure = filled(item.measure, seen[0][0], {})
    caption = tag("figcaption", escape(measure), class_="measure")
    table = rows_of([words("explore-state"), measure], list(zip(names, said, strict=True)), measure)
    return Figure(tag("figure", tag("p", key, class_="swatches") + opening + paths + "</svg>" + caption), table)


def _rows(item: Answers, seen: State) -> Rows:
    """Return the rows of a state.

    Raises:
        PokeError: if they aren't lists of one length.
    """
    try:
        value = Evaluator(seen[0].facts).value(chosen(item.rows, seen[1]))
    except ExpressionError as error:
        raise wrong(error) from None
    rows = tuple(tuple(bool(right) for right in row) for row in value)
    if len({len(row) for row in rows}) != 1:
        raise PokeError(f"'{item.rows}' has rows of different lengths")
    return rows


def _shape(rows: Rows, kind: bool) -> str:
    """Return the outline of all right or all wrong squares.

    >>> _shape(((True, False), (True, True)), False)
    'M36 0h30v30h-30z'
    """
    squares = [
        f"M{column * CELL} {row * CELL}h{SQUARE}v{SQUARE}h-{SQUARE}z"
        for row, answers in enumerate(rows)
        for column, right in enumerate(answers)
        if right is kind
    ]
    return "".join(squares) or "M0 0"
