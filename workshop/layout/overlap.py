"""A check for overlaps on a slide, and for content beyond its edges."""

from __future__ import annotations

from itertools import combinations

from workshop.errors import Problem
from workshop.layout.laid import LaidChart, LaidItem, LaidOut, LaidPicture, LaidShapes, LaidSlide, LaidTable, LaidText
from workshop.model.theme import Box, Theme

SLACK = 12_700  # a point: two boxes may touch
AREAS = ("rect", "text")  # kinds of shapes with an area; lines and arrows connect them, and an empty outline is a frame


def areas(item: LaidItem, whole: Box | None = None) -> tuple[tuple[str, Box], ...]:
    """Return the names and boxes of the areas that an item covers: one, or one per shape; ``whole`` is the slide."""
    if isinstance(item, LaidText) and item.placeholder.box.bottom <= 0:
        return ()  # a hidden title, above the slide
    if isinstance(item, LaidTable):
        box = item.placeholder.box
        return ((item.placeholder.name, Box(box.x, box.y, sum(item.widths), sum(item.heights))),)
    if isinstance(item, LaidText):
        return ((item.placeholder.name, item.placeholder.box),)
    if isinstance(item, LaidPicture) and item.crop and item.box == whole:
        return ()  # a photo over the whole slide, with words on its shade
    if isinstance(item, LaidPicture | LaidChart):
        return ((item.placeholder.name, item.placeholder.box),)
    assert isinstance(item, LaidShapes)
    return tuple(
        (shape.lines[0].text if shape.lines else "shape", shape.box)
        for shape in item.shapes
        if shape.kind in AREAS and (shape.fill or shape.lines) and shape.fill != "shade"  # a label on a picture
    )


def overlaps(laid: LaidOut) -> tuple[Problem, ...]:
    """Return a problem for each pair of overlapping items, and for each item that reaches beyond its slide."""
    return tuple(problem for slide in laid.slides for problem in overlaps_on(slide, laid.theme))


def overlaps_on(slide: LaidSlide, theme: Theme) -> tuple[Problem, ...]:
    """Return the problems of one slide."""
    whole = Box(0, 0, theme.width, theme.height)
    found = [area for item in slide.items for area in areas(item, whole)]
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
