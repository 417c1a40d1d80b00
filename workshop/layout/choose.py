"""Choosing a template's layout: the first one that has a place for everything on the slide and in which it fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import Report
from workshop.layout.context import Desk
from workshop.layout.fit import fit_title
from workshop.layout.given import SLOT as GIVEN
from workshop.layouts import traits
from workshop.model.kit import Block, Drawn, Line, Prose, Run, Slide
from workshop.model.theme import LayoutSpec, Placeholder

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
