"""The surprise ruler and the table of logarithms: bits without a calculator."""

from __future__ import annotations

import math
from typing import Any

from workshop.wording import formats
from workshop.wording.messages import say

RULER_BITS = 7
NAMED = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01)
# (from, to, steps of): finer where a step is wide enough on paper to be seen
_FINE = ((100, 50, 2), (50, 10, 1))


def surprise(probability: float) -> float:
    """Return −log2 of a probability, in bits.

    >>> surprise(1.0), surprise(0.25)
    (0.0, 2.0)
    """
    return abs(math.log2(probability))


def ruler(language: str) -> dict[str, Any]:
    """Return the ruler's marks as positions in bits: named and fine chances above, bits below."""
    fine = [p / 100 for start, stop, step in _FINE for p in range(start, stop, -step)]
    fine += [p / 1000 for p in range(100, 50, -5)] + [p / 10000 for p in range(500, 80, -25)]
    return {
        "bits": RULER_BITS,
        "named": [{"at": surprise(p), "text": formats.number(p)} for p in NAMED],
        "fine": [surprise(p) for p in fine if surprise(p) <= RULER_BITS],
        "caption": say(language, "print-ruler"),
        "alt": say(language, "print-ruler-alt", bits=RULER_BITS),
    }


def lookup(language: str) -> dict[str, Any]:
    """Return −log2 p for p = .01 to 1.00: a row a tenth, a column a hundredth."""
    rows = []
    for tenth in range(10):
        cells = [surprise((10 * tenth + h) / 100) if tenth or h else None for h in range(10)]
        rows.append(
            {"head": formats.ratio(tenth / 10, 1), "cells": ["" if c is None else formats.bits(c) for c in cells]}
        )
    return {
        "title": say(language, "print-lookup-title"),
        "corner": say(language, "print-lookup-corner"),
        "columns": [str(h) for h in range(10)],
        "rows": rows,
        "caption": say(
            language,
            "print-lookup",
            p=formats.ratio(0.41),
            row=formats.ratio(0.4, 1),
            column=1,
            bits=formats.bits(surprise(0.41)),
        ),
    }
