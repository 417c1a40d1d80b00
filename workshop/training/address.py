"""The slide that opens the companion page: the address, to be typed, and its QR code as one native shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layout.context import Desk
from workshop.layout.extras import Extra, Put
from workshop.layout.fit import best_size, fit_text
from workshop.layout.laid import LaidShapes, Shape
from workshop.layout.qr_code import code_of
from workshop.model.blocks import Run
from workshop.model.kit import Kit, Slide
from workshop.model.stage_picture import CODE
from workshop.model.theme import Box, LayoutSpec

NAME = "address"
LOOK = "live"


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
        yield Put(_code(desk, spec.code, slide), before="address")


def _code(desk: Desk, box: Box, slide: Slide) -> LaidShapes:
    """Return the code; the white block under it is the layout's."""
    shown = text_of(slide.slot("main"))[0].runs[0].text
    alt = str(desk.words["qr-alt"]).format(address=shown)
    picture = code_of(slide.address, alt)
    return LaidShapes((Shape(kind="picture", box=box, fill=CODE, picture=picture, alt=alt, link=slide.address),))


ADDRESS = Extra(name=NAME, gather=gather, looks=looks, place=place)
