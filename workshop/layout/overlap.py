"""Overlaps on a slide, and content that leaves it."""

from __future__ import annotations

from itertools import combinations

from workshop.errors import Problem
from workshop.layout.laid import LaidChart, LaidItem, LaidOut, LaidPicture, LaidShapes, LaidSlide, LaidTable, LaidText
from workshop.model.theme import Box, Theme

SLACK = 12_700  # a point: two boxes may touch
AREAS = ("rect", "text")  # of shapes; lines and arrows lead from one to the other


def areas(item: LaidItem) -> tuple[tuple[str, Box], ...]:
    """Return what an item covers: its name and box; for shapes, one a shape."""
    if isinstance(item, LaidTable):
        box = item.placeholder.box
        return ((item.placeholder.name, Box(box.x, box.y, sum(item.widths), sum(item.heights))),)
    if isinstance(item, LaidText):
        return ((item.placeholder.name, item.placeholder.box),)
    if isinstance(item, LaidPicture | LaidChart):
        return ((item.placeholder.name, item.placeholder.box),)
    assert isinstance(item, LaidShapes)
    return tuple(
        (shape.lines[0].text if shape.lines else "shape", shape.box) for shape in item.shapes if shape.kind in AREAS
    )


def overlaps(laid: LaidOut) -> tuple[Problem, ...]:
    """Return a problem for each pair of things that overlap, and for each that reaches beyond its slide."""
    return tuple(problem for slide in laid.slides for problem in overlaps_on(slide, laid.theme))


def overlaps_on(slide: LaidSlide, theme: Theme) -> tuple[Problem, ...]:
    """Return what is wrong on one slide."""
    found = [area for item in slide.items for area in areas(item)]
    crossing = [
        _problem(slide, f"'{name}' and '{other_name}' overlap", "shorten the text")
        for (name, box), (other_name, other) in combinations(found, 2)
        if box.overlaps(other, SLACK)
    ]
    beyond = [
        _problem(slide, f"'{name}' reaches beyond the slide", "shorten it")
        for name, box in found
        if box.x < 0 or box.y < 0 or box.right > theme.width + SLACK or box.bottom > theme.height + SLACK
    ]
    return (*crossing, *beyond)


def _problem(slide: LaidSlide, message: str, hint: str) -> Problem:
    return Problem(f"slide {slide.number}, '{slide.id}': {message}", slide.slide.at, hint=hint, code="overlap")
