"""Composing our roles on a template's layouts: content goes into its placeholders if possible, else into text boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations, product

from workshop.model.theme import LayoutSpec
from workshop.templates import activities, exhibits, opening
from workshop.templates.builder import Bench

Used = frozenset[str]
Maker = Callable[[Bench, Used], Iterable[LayoutSpec]]

# role -> the function that makes it, and the places that are optional
ROLES: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "cover": (opening.cover, ()),
    "section": (opening.section, ()),
    "content": (opening.content, ("source",)),
    "two-content": (opening.two_content, ("headings", "source")),
    "statement": (opening.statement, ("aside", "source")),
    "big-number": (opening.big_number, ("source",)),
    "source": (opening.source, ()),
    "closing": (opening.closing, ("exit-ticket",)),
    "misconception": (opening.misconception, ("source",)),
    "chart": (exhibits.alone, ("measure", "source")),
    "table": (exhibits.alone, ("measure", "source")),
    "toy-stops": (exhibits.alone, ("measure", "source")),
    "chart-and-text": (exhibits.beside, ("measure", "source")),
    "table-and-text": (exhibits.beside, ("measure", "source")),
    "code": (exhibits.code, ("reading", "measure", "source")),
    "picture": (exhibits.picture, ("reading", "measure", "source")),
    "diagram": (exhibits.diagram, ("measure", "caption", "source")),
    "map": (exhibits.diagram, ()),
    "predict": (activities.predict, ("source",)),
    "activity": (activities.activity, ("materials", "source")),
    "exercise": (activities.exercise, ("source",)),
}
MEASURE_ROWS, SOURCE_ROWS = (1, 2), (2, 3)  # rows: usually, and for long texts


def variants(bench: Bench, role: str) -> tuple[LayoutSpec, ...]:
    """Return the layouts that can hold a role, the simplest first."""
    make, optional = ROLES[role]
    found: list[LayoutSpec] = []
    for used in _subsets(optional):
        over = MEASURE_ROWS if "measure" in used else MEASURE_ROWS[:1]
        under = SOURCE_ROWS if "source" in used else SOURCE_ROWS[:1]
        for above, below in product(over, under):
            tried = replace(bench, measure_rows=above, source_rows=below)
            found += [_named(spec, role) for spec in make(tried, used | {role})]
    return tuple(found)


def _subsets(names: tuple[str, ...]) -> Iterator[Used]:
    for count in range(len(names) + 1):
        for chosen in combinations(names, count):
            yield frozenset(chosen)


def _named(spec: LayoutSpec, role: str) -> LayoutSpec:
    assert spec.role == role
    return spec
