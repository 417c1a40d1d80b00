"""What a slide's own content changes about its layout: no line of measure, one short text a column, a share as squares."""

from __future__ import annotations

from dataclasses import replace

from workshop.layout.slots import exhibits_of, lines_of
from workshop.layout.units import has_units, under_units
from workshop.model.kit import Slide
from workshop.model.theme import Box, LayoutSpec, Placeholder, inches

PAIR = ("left", "right")
UNDER_TITLE = inches(0.3)  # from the top of a line of measure to that of the body where there is none
MOVED_UP = ("main", "reading")
STATED = (36.0, 32.0, 28.0)  # sizes of two short texts side by side, which are the slide
SHORT = 110  # characters


def adapted(spec: LayoutSpec, slide: Slide) -> LayoutSpec:
    """Return one of our own layouts as a slide uses it; a template's is left as it is."""
    measure = spec.find("measure")
    if measure is not None and measure.home is None and measure.idx >= 0 and not slide.slot("measure"):
        top = measure.box.y + UNDER_TITLE
        return _changed(spec, {p.role: _from(p, top) for p in spec.placeholders if p.role in MOVED_UP})
    if has_units(spec, slide):
        return _changed(
            spec, {p.role: replace(p, box=under_units(p, slide)) for p in spec.placeholders if p.role == "main"}
        )
    if _states_two(spec, slide):
        return _changed(
            spec, {p.role: replace(p, sizes=(*STATED, *p.sizes)) for p in spec.placeholders if p.role in PAIR}
        )
    return spec


def _changed(spec: LayoutSpec, others: dict[str, Placeholder]) -> LayoutSpec:
    return replace(spec, placeholders=tuple(others.get(p.role, p) for p in spec.placeholders))


def _from(place: Placeholder, top: int) -> Placeholder:
    box = place.box
    return replace(place, box=Box(box.x, top, box.w, box.bottom - top)) if top < box.y else place


def _states_two(spec: LayoutSpec, slide: Slide) -> bool:
    """Whether two columns hold one short text each."""
    for role in PAIR:
        place, lines = spec.find(role), lines_of(slide.slot(role))
        if place is None or place.home is not None or place.idx < 0 or spec.role == "closing":
            return False
        if len(lines) != 1 or exhibits_of(slide.slot(role)) or len(lines[0].text) > SHORT:
            return False
    return True
