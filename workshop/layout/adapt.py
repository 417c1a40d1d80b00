"""Adapting a layout to one slide's content: no measure line, one short text per column."""

from __future__ import annotations

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layout.slots import exhibits_of
from workshop.layouts import traits
from workshop.model.kit import Slide
from workshop.model.theme import Box, LayoutSpec, Placeholder, inches

PAIR = ("left", "right")
UNDER_TITLE = inches(0.3)  # from the top of a measure line to the top of the body if there is none
MOVED_UP = ("main", "reading")
STATED = (36.0, 32.0, 28.0)  # sizes of two short texts side by side that make up the slide
SHORT = 110  # characters
FEW, FEW_SIZES = 4, (40.0, 36.0)  # lines of a short list, and sizes to try for it first


def adapted(spec: LayoutSpec, slide: Slide, width: int) -> LayoutSpec:
    """Return one of our own layouts adapted to a slide; a template's is returned unchanged.

    Args:
        width: width of the slide in EMU.
    """
    spec = _with_content(spec, slide)
    if "wide" in traits(slide.layout) and not slide.slot("reading"):
        return _changed(spec, {p.role: _widened(p, width) for p in spec.placeholders if p.role == "main"})
    return spec


def _with_content(spec: LayoutSpec, slide: Slide) -> LayoutSpec:
    measure = spec.find("measure")
    if measure is not None and measure.home is None and measure.idx >= 0 and not slide.slot("measure"):
        top = measure.box.y + UNDER_TITLE
        return _changed(spec, {p.role: _from(p, top) for p in spec.placeholders if p.role in MOVED_UP})
    if _lists_few(spec, slide):
        return _changed(
            spec,
            {
                p.role: replace(p, sizes=(*FEW_SIZES, *p.sizes), before=26)
                for p in spec.placeholders
                if p.role == "main"
            },
        )
    if _states_two(spec, slide):
        return _changed(
            spec, {p.role: replace(p, sizes=(*STATED, *p.sizes)) for p in spec.placeholders if p.role in PAIR}
        )
    return spec


def _widened(place: Placeholder, width: int) -> Placeholder:
    """Return a placeholder with equal margins on both sides; a template's is returned unchanged."""
    box = place.box
    return replace(place, box=Box(box.x, box.y, width - 2 * box.x, box.h)) if place.home is None else place


def _changed(spec: LayoutSpec, others: dict[str, Placeholder]) -> LayoutSpec:
    return replace(spec, placeholders=tuple(others.get(p.role, p) for p in spec.placeholders))


def _from(place: Placeholder, top: int) -> Placeholder:
    box = place.box
    return replace(place, box=Box(box.x, top, box.w, box.bottom - top)) if top < box.y else place


def _lists_few(spec: LayoutSpec, slide: Slide) -> bool:
    """Whether a slide is one short list, which may be large."""
    main = spec.find("main")
    ours = "lists" in traits(spec.role) and main is not None and main.home is None and main.idx >= 0
    lines = text_of(slide.slot("main"))
    return ours and len(lines) <= FEW and not any(line.level for line in lines)


def _states_two(spec: LayoutSpec, slide: Slide) -> bool:
    """Whether two columns have one short text each."""
    for role in PAIR:
        place, lines = spec.find(role), text_of(slide.slot(role))
        if place is None or place.home is not None or place.idx < 0 or "closes" in traits(spec.role):
            return False
        if len(lines) != 1 or exhibits_of(slide.slot(role)) or len(lines[0].text) > SHORT:
            return False
    return True
