"""The strip over an exhibit: a first paragraph that is wholly marked, or wholly on tiles."""

from __future__ import annotations

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layout.context import Desk
from workshop.layout.fit import moved
from workshop.layout.laid import LaidItem, LaidShapes
from workshop.layout.steps import lay_words
from workshop.layouts import traits
from workshop.model.blocks import Line, Prose
from workshop.model.kit import Slide
from workshop.model.theme import Box, LayoutSpec, Placeholder, inches

SLOT = "strip"
OVER, HIGH, UNDER, INSET = inches(0.12), inches(0.8), inches(0.2), inches(0.23)
SIZES = (28.0, 26.0, 24.0, 22.0, 20.0)


def with_strip(slide: Slide) -> Slide:
    """Return a slide whose text beside an exhibit begins with a strip with that in a slot of its own."""
    lines = text_of(slide.slot("reading")) if "beside" in traits(slide.layout) else ()
    if not lines or not _is_strip(lines[0]):
        return slide
    first = replace(lines[0], marker="none", runs=tuple(replace(run, mark=False) for run in lines[0].runs))
    own = {SLOT: (Prose((first,)),), "reading": (Prose(lines[1:]),) if lines[1:] else ()}
    kept = tuple((role, blocks) for role, blocks in slide.slots if role != "reading")
    return replace(slide, slots=(*kept, *((role, blocks) for role, blocks in own.items() if blocks)))


def _is_strip(line: Line) -> bool:
    words = [run for run in line.runs if run.text.strip() or run.blank]
    return bool(words) and (all(run.mark for run in words) or all(run.tile for run in words))


def under_strip(spec: LayoutSpec, slide: Slide) -> LayoutSpec:
    """Return a layout with a place for the strip; what begins beside or below that moves down."""
    main = spec.find("main")
    if not slide.slot(SLOT) or main is None:
        return spec
    used = [
        place for place in spec.placeholders if place.role in ("measure", "main", "reading") and slide.slot(place.role)
    ]
    title = spec.find("title")
    top = min(place.box.y for place in used) + OVER
    left, right = min(place.box.x for place in used), max(place.box.right for place in used)
    left = max(left, title.box.x) if title is not None else left  # beside a panel, or in line with the title
    strip = Placeholder(
        idx=-1, type="body", name="Strip", role=SLOT, box=Box(left, top, right - left, HIGH), sizes=SIZES, bold=True,
        color="on_open", fill="open", anchor="ctr", inset=INSET,
    )  # fmt: skip

    down = OVER + HIGH + UNDER

    def lower(place: Placeholder) -> Placeholder:
        at = place.box
        if place not in used or at.y > main.box.y + HIGH:
            return place
        return moved(place, Box(at.x, at.y + down, at.w, at.h if place.role == "measure" else at.h - down))

    first = spec.placeholders.index(used[0])
    places = tuple(map(lower, spec.placeholders))
    return replace(spec, placeholders=(*places[:first], strip, *places[first:]))


def lay_strip(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return the words of a strip on tiles, if they are on tiles."""
    place, lines = spec.find(SLOT), text_of(slide.slot(SLOT))
    if place is None or not any(run.tile for run in lines[0].runs):
        return {}
    made = tuple(lay_words(desk, lines[0].runs, place.box, slide.at, lines[0].step))
    return {SLOT: LaidShapes(tuple(shape for laid in made for shape in laid.shapes), made[0].alt, made[0].step)}
