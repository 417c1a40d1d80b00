"""Things that are counted, as a field of dots: a share of a thousand is seen, not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from workshop.addons.explore.drawn import SWATCH, Figure, Places, PokeError, Words, chosen, filled, rows_of, tag, wrong
from workshop.expressions import Evaluator, ExpressionError
from workshop.model.exhibits import Findings
from workshop.model.pokes import Dots
from workshop.wording.formats import number

CELL = 10  # width of a dot and its margin, in units of the drawing
State = tuple[Findings, Mapping[str, str]]  # a run, and what was chosen
WIDE, FEW, MANY = 50, 40, 100  # dots in a row; up to so many are drawn large, ten in a row or twenty


def dotted(item: Dots, seen: Sequence[State], names: Sequence[str], places: Places, nth: int, words: Words) -> Figure:
    """Return the dots in all states: each part is one path, whose shape is a place; ``nth`` tells several fields apart."""
    counts, measure = [_counts(item, one) for one in seen], filled(item.measure, seen[0][0], {})
    most = max(sum(row) for row in counts)
    columns = 10 if most <= FEW else 20 if most <= MANY else WIDE
    size = f"0 0 {CELL * columns:g} {CELL * -(-round(most) // columns):g}"
    patterns, paths, key = "", "", ""
    for place, (name, role) in enumerate((part.name, part.role) for part in item.parts):
        mark = f"{places.prefix}{nth}{role}"
        shape = f'<rect x="1" y="1" width="8" height="8" class="f-{role}"/>'
        patterns += (
            f'<pattern id="{mark}" width="{CELL}" height="{CELL}" patternUnits="userSpaceOnUse">{shape}</pattern>'
        )
        shapes = [_shape(sum(row[:place]), sum(row[: place + 1]), columns) for row in counts]
        paths += places.element("path", fill=f"url(#{mark})", d=shapes)
        texts = [f"{name}: {_rounded(row[place], words)}" for row in counts]
        key += tag("span", SWATCH.format(role=role) + places.element("span", texts))
    said = [
        "; ".join(f"{part.name} {number(round(n, 2))}" for part, n in zip(item.parts, row, strict=True))
        for row in counts
    ]
    caption = tag("figcaption", escape(measure), class_="measure")
    opening = places.element("svg", viewBox=size, role="img", aria_label=said, class_="dots").removesuffix("</svg>")
    svg = opening + tag("defs", patterns) + paths + "</svg>"
    rows = [(name, *(number(round(n, 2)) for n in row)) for name, row in zip(names, counts, strict=True)]
    table = rows_of([words("explore-state"), *(part.name for part in item.parts)], rows, measure)
    return Figure(tag("figure", tag("p", key, class_="swatches") + svg + caption), table)


def _counts(item: Dots, seen: State) -> list[float]:
    """Return how many dots each part has; the last one has what is left."""
    try:
        given = [
            float(Evaluator(seen[0].facts).value(chosen(text, seen[1])))
            for text in (item.total, *(part.count for part in item.parts[:-1]))
        ]
    except ExpressionError as error:
        raise wrong(error) from None
    total, *found = given
    if min(given) < 0 or sum(found) > total + 1e-9:
        raise PokeError(f"of {number(total)} dots, the parts would have {', '.join(map(number, found))}")
    return [*found, total - sum(found)]


def _rounded(count: float, words: Words) -> str:
    """Return a count as people read it: an average of many is told in whole numbers.

    >>> _rounded(632.3, Words("en")), _rounded(632, Words("en")), _rounded(0.3, Words("en"))
    ('about 632', '632', 'fewer than 1')
    """
    exact = round(count, 2)
    if exact == round(exact):
        return number(exact)
    return words("explore-about", count=number(round(exact))) if exact >= 1 else words("explore-under-one")


def _shape(begin: float, end: float, columns: int) -> str:
    """Return the outline of the dots from one number to another, row by row, as rectangles; a part of a dot is a part of its width.

    >>> _shape(8, 12, 10)
    'M80 0h20v10h-20zM0 10h20v10h-20z'
    """
    drawn = ""
    while begin < end - 1e-9:
        row = int(begin // columns)
        rows = int((end - begin) // columns) if begin % columns == 0 else 0
        width = columns if rows else min(end, (row + 1) * columns) - begin
        x, y, w, h = ((begin - row * columns) * CELL, row * CELL, width * CELL, max(rows, 1) * CELL)
        drawn += f"M{round(x, 1):g} {y:g}h{round(w, 1):g}v{h:g}h-{round(w, 1):g}z"
        begin += columns * rows if rows else width
    return drawn or "M0 0"
