"""Slides that open the companion page: the address, to be typed, and its QR code as one native shape, large or beside the title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layout.context import Desk
from workshop.layout.extras import Extra, Put
from workshop.layout.fit import best_size, fit_text, fit_title, moved
from workshop.layout.laid import LaidShapes, Shape
from workshop.layout.qr_code import code_of
from workshop.model.blocks import Line, Run
from workshop.model.kit import Kit, Slide
from workshop.model.stage_picture import CODE
from workshop.model.theme import Box, LayoutSpec, inches

NAME = "address"
LOOK = "live"
SMALL, SMALLEST, SMALL_TOP, SMALL_GAP = map(inches, (0.92, 0.8, 0.3, 0.3))  # of a code beside a title


def gather(kit: Kit) -> Mapping[str, str]:
    """Return the address that each slide opens."""
    return {slide.id: slide.address for slide in kit.slides if slide.address}


def looks(_desk: Desk, _slide: Slide, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the look with a place for the code first."""
    return (LOOK, *wanted)


def place(desk: Desk, spec: LayoutSpec, slide: Slide) -> Iterator[Put]:
    """Yield the address and the steps at their places, at the foot where to look on the page, and the code.

    An address that is too long to type is left to the code.
    """
    address, main, foot = (spec.find(role) for role in ("address", "main", "materials"))
    lines = text_of(slide.slot("main"))
    if address is not None and main is not None and foot is not None and lines:
        typed, section = lines[0].runs
        shown = (replace(lines[0], runs=(replace(typed, link="", accent=False),)),)
        short = best_size(desk.ruler, address, shown) is not None
        words = str(desk.words["live-typed" if short else "live-section"]).format(section=section.text.lstrip(", "))
        below = (replace(lines[0], runs=(Run(words),)), *text_of(slide.slot("materials")))
        yield Put(fit_text(desk, address, shown, slide.at) if short else None, "address")
        yield Put(fit_text(desk, main, lines[1:], slide.at), "main")
        yield Put(fit_text(desk, foot, below, slide.at), "materials")
    if spec.code is not None:
        yield Put(LaidShapes((_code(desk, spec.code, slide),)), before="address")
    elif not slide.continued:
        yield from _beside_title(desk, spec, slide)


def _beside_title(desk: Desk, spec: LayoutSpec, slide: Slide) -> Iterator[Put]:
    """Yield a small code at the end of the title's line, and title and measure beside it; nothing if they have no room there."""
    words = {"title": (Line(slide.title),), "measure": text_of(slide.slot("measure"))}
    title = spec.find("title")
    if title is None:
        return
    right = max(place.box.right for place in spec.placeholders)
    under = [p.box.y for p in spec.placeholders if p.role not in words and p.box.right > right - SMALL]
    side = min([SMALL, *(top - SMALL_TOP for top in under)])
    box = Box(right - side, SMALL_TOP, side, side)
    beside = [
        (moved(place, replace(place.box, w=min(place.box.w, box.x - SMALL_GAP - place.box.x))), words[place.role])
        for place in spec.placeholders
        if words.get(place.role) and place.box.y < box.bottom
    ]
    if side < SMALLEST or any(best_size(desk.ruler, place, lines) is None for place, lines in beside):
        return
    for place, lines in beside:
        fitted = fit_title(desk, place, slide.title, slide.at) if place.role == "title" else None
        yield Put(fitted or fit_text(desk, place, lines, slide.at), place.role)
    yield Put(LaidShapes((Shape(kind="rect", box=box, fill="on_field"), _code(desk, box, slide))), before="source")


def _code(desk: Desk, box: Box, slide: Slide) -> Shape:
    """Return the code, which needs a light block under it."""
    shown = slide.opened.runs[0].text if slide.opened else slide.address
    alt = str(desk.words["qr-alt"]).format(address=shown)
    picture = code_of(slide.address, alt)
    return Shape(kind="picture", box=box, fill=CODE, picture=picture, alt=alt, link=slide.address)


ADDRESS = Extra(name=NAME, gather=gather, looks=looks, place=place)
