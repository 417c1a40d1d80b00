"""Fitting a layout to its slide: which of a template's can hold it, one size for all titles, room that short texts leave."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.errors import Report
from workshop.layout.context import Desk
from workshop.layout.fit import best_size, fit_title, moved
from workshop.layout.slots import SLOT as GIVEN
from workshop.layout.slots import exhibits_of
from workshop.layouts import traits
from workshop.model.blocks import (
    Block,
    Drawn,
    Line,
    Prose,
    Run,
)
from workshop.model.kit import Slide
from workshop.model.theme import EMU_PER_POINT, Box, Decor, LayoutSpec, Placeholder, inches

# ---------------------------------------------------------------- smaller text
SIZES = (
    60.0,
    54.0,
    48.0,
    44.0,
    40.0,
    36.0,
    32.0,
    28.0,
    26.0,
    24.0,
    22.0,
    20.0,
    18.0,
    16.0,
    14.0,
    12.0,
    11.0,
    10.0,
    9.0,
)
# Smallest sizes of titles, texts and source lines, in points, one row per step down
FLOORS = ((20.0, 16.0, 11.0), (18.0, 14.0, 10.0), (14.0, 12.0, 9.0), (9.0, 9.0, 9.0))


def shrunk(spec: LayoutSpec, depth: int) -> LayoutSpec:
    """Return a layout whose places may have smaller text; 0 is the layout itself."""
    if not depth:
        return spec
    title, body, source = FLOORS[depth - 1]
    floors = {"title": title, "source": source}
    return replace(spec, placeholders=tuple(_shrunk(p, floors.get(p.role, body)) for p in spec.placeholders))


def _shrunk(place: Placeholder, floor: float) -> Placeholder:
    least = place.sizes[-1]
    return replace(place, sizes=(*place.sizes, *(size for size in SIZES if floor <= size < least)))


# ---------------------------------------------------------------- choose
# Choosing a template's layout: the first one that has a place for everything on the slide and in which it fits.
MOST_FIT = 0.9  # all titles get the largest size at which this share of them fits
BOLD = ("label",)  # slots that become headings when they are joined to another slot


def used_slots(slide: Slide) -> frozenset[str]:
    """Return the names of the slots that a slide fills, including the source line."""
    names = {name for name, blocks in slide.slots if blocks} - {GIVEN}  # it is drawn where there is room
    return frozenset(names | ({"source"} if slide.source is not None else set()))


def has_place(spec: LayoutSpec, slide: Slide) -> bool:
    """Whether a layout has a place for everything on a slide."""
    places = {place.role for place in spec.placeholders}
    places |= {name for _, names in spec.joins for name in names}
    if any(isinstance(block, Drawn) for block in slide.slot("main")):
        places.add("main")
    return used_slots(slide) <= places


def candidates(variants: Mapping[str, tuple[LayoutSpec, ...]], slide: Slide) -> tuple[LayoutSpec, ...]:
    """Return the layouts of a template that a slide can use, the simplest first."""
    return tuple(spec for spec in variants.get(slide.layout, ()) if has_place(spec, slide))


def joined(slide: Slide, spec: LayoutSpec) -> Slide:
    """Return the slide adapted to a layout: slots without their own place join slots that have one."""
    if not spec.joins:
        return slide
    slots = dict(slide.slots)
    title = slide.title
    for place, names in spec.joins:
        if place == "title":
            lead = " ".join(_text(slots.get(name, ())) for name in names if name != "title").strip()
            title = (Run(f"{lead}\u2002"), *title) if lead else title
        else:
            slots[place] = tuple(
                block for name in names for block in _bold(slots.get(name, ()), strong=name in BOLD and name != place)
            )
    return replace(slide, title=title, slots=tuple(slots.items()))


def _text(blocks: Iterable[Block]) -> str:
    return " ".join(line.text for block in blocks if isinstance(block, Prose) for line in block.lines)


def _bold(blocks: tuple[Block, ...], *, strong: bool) -> tuple[Block, ...]:
    if not strong:
        return blocks
    return tuple(Prose(tuple(map(_strong, b.lines))) if isinstance(b, Prose) else b for b in blocks)


def _strong(line: Line) -> Line:
    return replace(line, runs=tuple(replace(run, strong=True) for run in line.runs))


# ---------------------------------------------------------------- one size of title
class TitleSizes(Struct, frozen=True):
    """The largest common size of titles in equal boxes, by width and size steps of the box."""

    caps: Mapping[tuple[int, tuple[float, ...]], float]

    def capped(self, placeholder: Placeholder, role: str) -> Placeholder:
        """Return a title's placeholder without the sizes at which only some titles would fit."""
        cap = self.caps.get(_key(placeholder))
        if cap is None or "large-title" in traits(role):
            return placeholder
        return replace(placeholder, sizes=tuple(size for size in placeholder.sizes if size <= cap))


def title_sizes(desk: Desk, slides: Iterable[Slide]) -> TitleSizes:
    """Return the sizes at which nearly all titles of a deck fit, so that titles don't all have different sizes."""
    template = desk.theme.template
    if template is None:
        return TitleSizes({})
    titles: dict[tuple[int, tuple[float, ...]], list[tuple[Placeholder, Slide]]] = defaultdict(list)
    for slide in slides:
        specs = candidates(template.variants, slide)
        place = specs[0].find("title") if specs else None
        if place is not None and "large-title" not in traits(slide.layout) and slide.title_text.strip():
            titles[_key(place)].append((place, slide))
    return TitleSizes({key: _common(desk, found) for key, found in titles.items()})


def _key(placeholder: Placeholder) -> tuple[int, tuple[float, ...]]:
    return placeholder.box.w, placeholder.sizes


def _common(desk: Desk, titles: list[tuple[Placeholder, Slide]]) -> float:
    sizes = titles[0][0].sizes
    for size in sizes:
        fitting = sum(_fits(desk, place, slide, size) for place, slide in titles)
        if fitting >= MOST_FIT * len(titles):
            return size
    return sizes[-1]


def _fits(desk: Desk, place: Placeholder, slide: Slide, size: float) -> bool:
    quiet = replace(desk, report=Report())
    fit_title(quiet, replace(place, sizes=(size,)), slide.title, slide.at, 2)
    return not quiet.report.found


# ---------------------------------------------------------------- adapt
# Adapting a layout to one slide's content: no measure line, one short text per column.
PAIR = ("left", "right")
UNDER_MEASURE = inches(0.12)
UNDER_TITLE = inches(0.3)  # from the top of a measure line to the top of the body if there is none
MOVED_UP = ("main", "reading")
STATED = (36.0, 32.0, 28.0)  # sizes of two short texts side by side that make up the slide
SHORT = 110  # characters
ASKED = inches(1.05)  # how much higher the question of a section is that has one objective
WORKS = (18.0, 16.0, 14.0, 12.0)  # sizes of a list of works, which is looked up and not shown
FEW, FEW_SIZES = 4, (40.0, 36.0)  # lines of a short list, and sizes to try for it first
FEW_WORDS, LARGE = 6, (64.0, 54.0, 44.0)  # words under a title that are large, and sizes to try for them


def adapted(spec: LayoutSpec, slide: Slide, width: int) -> LayoutSpec:
    """Return one of our own layouts adapted to a slide; a template's is returned unchanged.

    Args:
        width: width of the slide in EMU.
    """
    spec = _with_content(spec, slide)
    if slide.works and slide.hidden:
        works = {p.role: _widened(replace(p, sizes=WORKS, bullet="", before=4), width) for p in spec.placeholders}
        return _changed(spec, {"main": works["main"]})
    if "wide" in traits(slide.layout) and not slide.slot("reading"):
        return _changed(spec, {p.role: _widened(p, width) for p in spec.placeholders if p.role == "main"})
    return spec


def _with_content(spec: LayoutSpec, slide: Slide) -> LayoutSpec:
    measure = spec.find("measure")
    if measure is not None and measure.home is None and measure.idx >= 0 and not slide.slot("measure"):
        top = measure.box.y + UNDER_TITLE
        return _changed(spec, {p.role: _from(p, top) for p in spec.placeholders if p.role in MOVED_UP})
    question = spec.find("question")
    if question is not None and question.home is None and len(text_of(slide.slot("main"))) == 1:
        places = {p.role: _lowered(p, ASKED) for p in spec.placeholders if p.box.y >= question.box.bottom}
        asked = Box(question.box.x, question.box.y, question.box.w, question.box.h + ASKED)
        return _changed(spec, places | {"question": replace(question, box=asked, sizes=(44.0, 40.0, *question.sizes))})
    if _lists_few(spec, slide):
        sizes = (*LARGE, *FEW_SIZES) if _is_short(text_of(slide.slot("main"))) else FEW_SIZES
        listed = (p for p in spec.placeholders if p.role == "main")
        return _changed(spec, {p.role: replace(p, sizes=(*sizes, *p.sizes), before=26) for p in listed})
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


def _lowered(place: Placeholder, down: int) -> Placeholder:
    box = place.box
    return replace(place, box=Box(box.x, box.y + down, box.w, box.h - (down if place.role == "main" else 0)))


def _from(place: Placeholder, top: int) -> Placeholder:
    box = place.box
    return replace(place, box=Box(box.x, top, box.w, box.bottom - top)) if top < box.y else place


def _lists_few(spec: LayoutSpec, slide: Slide) -> bool:
    """Whether a slide is one short list, which may be large."""
    main = spec.find("main")
    ours = "lists" in traits(spec.role) and main is not None and main.home is None and main.idx >= 0
    lines = text_of(slide.slot("main"))
    if main is None or main.sizes[0] >= FEW_SIZES[0]:
        return False
    return ours and len(lines) <= FEW and not any(line.level for line in lines)


def _is_short(lines: tuple[Line, ...]) -> bool:
    """Whether a text is a few words under their title."""
    return len(lines) == 1 and lines[0].marker == "none" and len(lines[0].text.split()) <= FEW_WORDS


def _states_two(spec: LayoutSpec, slide: Slide) -> bool:
    """Whether two columns have one short text each, or both together a short list."""
    every = [line for role in PAIR for line in text_of(slide.slot(role))]
    for role in PAIR:
        place, lines = spec.find(role), text_of(slide.slot(role))
        if place is None or place.home is not None or place.idx < 0 or "closes" in traits(spec.role):
            return False
        if not lines or exhibits_of(slide.slot(role)) or any(len(line.text) > SHORT for line in lines):
            return False
    return len(every) <= len(PAIR) or (len(every) <= FEW and all(line.marker == "number" for line in every))


def roomy(desk: Desk, spec: LayoutSpec, slide: Slide) -> LayoutSpec:
    """Return a layout whose exhibit takes the room that short texts leave: below it, or both sides beside its panel."""
    main, above, below = (spec.find(role) for role in ("main", "measure", "reading"))
    stacked = main is not None and below is not None and below.box.y >= main.box.bottom
    if main is None or (spec.find("right-option") is None and not stacked):
        return spec
    top, bottom = main.box.y, main.box.bottom
    changed: dict[str, Placeholder] = {}
    if above is not None and (size := _size(desk, above, slide)):
        top = min(top, above.box.y + size[1] + UNDER_MEASURE)
        changed["measure"] = moved(above, Box(above.box.x, above.box.y, above.box.w, size[1]))
    if below is not None and stacked and (size := _size(desk, below, slide)):
        lower = below.box.bottom - size[1]
        bottom += lower - below.box.y
        changed["reading"] = moved(below, Box(below.box.x, lower, below.box.w, size[1]))
    changed["main"] = moved(main, Box(main.box.x, top, main.box.w, bottom - top))
    places = tuple(changed.get(place.role, place) for place in spec.placeholders)
    grown = tuple(_behind(decor, main.box, main.box.y - top, bottom - main.box.bottom) for decor in spec.decor)
    return replace(spec, placeholders=places, decor=grown)


def _behind(decor: Decor, exhibit: Box, up: int, down: int) -> Decor:
    """Return the ground that an exhibit needs in a template, which grows with it; any other decoration stays."""
    at = decor.box
    if decor.color != "bg" or at.y > exhibit.y or at.bottom < exhibit.bottom:
        return decor
    return replace(decor, box=Box(at.x, at.y - up, at.w, at.h + up + down))


def _size(desk: Desk, place: Placeholder, slide: Slide) -> tuple[float, int] | None:
    """Return the size of a text in points and its height in EMU; ``None`` if there is none, or it doesn't fit."""
    lines = tuple(replace(line, marker="none") for line in text_of(slide.slot(place.role)))
    found = best_size(desk.ruler, place, lines) if lines else None
    if found is None:
        return None
    return found[0], math.ceil(round(found[1].height * EMU_PER_POINT, 3)) + 2 * place.inset_y
