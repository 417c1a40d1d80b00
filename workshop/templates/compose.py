"""Composing our layouts on a template's: content goes into its placeholders if possible, else into text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from workshop.layouts import LAYOUTS
from workshop.layouts.bench import Used
from workshop.model.theme import LayoutSpec
from workshop.templates.builder import Bench

MEASURE_ROWS, SOURCE_ROWS = (1, 2), (2, 3)  # rows: usually, and for long texts


def variants(bench: Bench, role: str) -> tuple[LayoutSpec, ...]:
    """Return the layouts that can hold a role, the simplest first."""
    layout = LAYOUTS[role]
    found: list[LayoutSpec] = []
    for used in _subsets(layout.optional):
        over = MEASURE_ROWS if "measure" in used else MEASURE_ROWS[:1]
        under = SOURCE_ROWS if "source" in used else SOURCE_ROWS[:1]
        for above, below in product(over, under):
            found += layout.composed(replace(bench, measure_rows=above, source_rows=below), used)
    return tuple(found)


def _subsets(names: tuple[str, ...]) -> Iterator[Used]:
    for count in range(len(names) + 1):
        for chosen in combinations(names, count):
            yield frozenset(chosen)
