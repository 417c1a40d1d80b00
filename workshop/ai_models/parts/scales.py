"""Confidence intervals and an exact test, each in a few lines that can be checked by hand."""

from __future__ import annotations

import math

from workshop.model.rulers import Mark, RulerScale, ValueRow, ValueTable
from workshop.wording import formats

# The surprise ruler and the table of logarithms: bits without a calculator.
RULER_BITS = 7
NAMED = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01)
# (from, to, step): finer if a step is wide enough on paper to be seen
_FINE = ((100, 50, 2), (50, 10, 1))


def surprise(probability: float) -> float:
    """Return −log2 of a probability, in bits.

    >>> surprise(1.0), surprise(0.25)
    (0.0, 2.0)
    """
    return abs(math.log2(probability))


def ruler() -> RulerScale:
    """Return the surprise ruler: chances above, bits below."""
    fine = [p / 100 for start, stop, step in _FINE for p in range(start, stop, -step)]
    fine += [p / 1000 for p in range(100, 50, -5)] + [p / 10000 for p in range(500, 80, -25)]
    return RulerScale(
        length=RULER_BITS,
        named=tuple(Mark(surprise(p), formats.number(p)) for p in NAMED),
        fine=tuple(surprise(p) for p in fine if surprise(p) <= RULER_BITS),
        caption="Surprise ruler: find the chance above, read the bits below. Half the chance costs one bit more.",
        alt=f"A ruler. Upper edge: chance, from 1 down to 0.01. Lower edge: surprise, from 0 to {RULER_BITS} bits. "
        "A chance of 0.5 is 1 bit, of 0.25 is 2 bits.",
    )


def lookup() -> ValueTable:
    """Return −log2 p for p = 0.01 to 1.00: a row for each tenth, a column for each hundredth."""
    rows = []
    for tenth in range(10):
        cells = [surprise((10 * tenth + h) / 100) if tenth or h else None for h in range(10)]
        shown = tuple("" if c is None else formats.bits(c) for c in cells)
        rows.append(ValueRow(formats.ratio(tenth / 10, 1), shown))
    place = f"row {formats.ratio(0.4, 1)}, column 1: {formats.bits(surprise(0.41))} bits"
    return ValueTable(
        title="Surprise in bits for every chance",
        corner="chance",
        columns=tuple(map(str, range(10))),
        rows=tuple(rows),
        caption="Row: first digit of the chance. Column: second digit. "
        f"A chance of {formats.ratio(0.41)} is in {place}. A chance of 1 costs 0 bits.",
    )
