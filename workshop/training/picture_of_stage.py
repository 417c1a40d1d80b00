"""The picture of a stage on slides whose layout has a place for it, and that of the kit on its cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workshop.layout.context import Desk
from workshop.layout.extras import Extra, Put
from workshop.layout.laid import LaidShapes, Shape
from workshop.layouts import traits
from workshop.layouts.misconception import PROOF
from workshop.model.kit import Kit, Slide
from workshop.model.stage_picture import StagePicture
from workshop.model.theme import LayoutSpec

NAME = "stage-picture"
PICTURE, HEARD = "picture", "heard"


def gather(kit: Kit) -> Mapping[str, StagePicture]:
    """Return the picture of each slide whose stage has one; of the cover, that of the kit."""
    of_stages = {mark.id: mark.picture for mark in kit.marks}
    found = {s.id: kit.cover if "covers" in traits(s.layout) else of_stages.get(s.stage) for s in kit.slides}
    return {name: picture for name, picture in found.items() if picture is not None}


def looks(_desk: Desk, _slide: Slide, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the look with a picture first; a reply that no figure proves is what was heard, beside one."""
    return (PICTURE, *wanted, *(() if PROOF in wanted else (HEARD,)))


def place(desk: Desk, spec: LayoutSpec, slide: Slide) -> Iterator[Put]:
    """Yield the picture, behind everything else, unless the steps of a bet that is placed twice are in its place."""
    if spec.picture is None or (slide.twice and spec.find("steps") is not None):
        return
    picture = desk.known(NAME, slide)
    box, ground = spec.picture.box, spec.picture.ground
    shown = LaidShapes((Shape(kind="picture", box=box, fill=ground, picture=picture, alt=picture.alt),))
    yield Put(shown, before=spec.placeholders[0].role if spec.placeholders else "")


STAGE_PICTURE = Extra(name=NAME, gather=gather, looks=looks, place=place)
