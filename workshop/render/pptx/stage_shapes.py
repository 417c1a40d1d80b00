"""Stage pictures as native shapes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from workshop.model.stage_picture import ROLES, Outline, StagePicture
from workshop.model.theme import Box
from workshop.render.office_xml import Element, el
from workshop.render.pptx.color import fill
from workshop.render.pptx.shapes import named, transform

# Pictures of stages as native shapes: a group with one freeform for each sequence of outlines with the same look.
UNITS = 100  # of a path's own coordinates, per unit of the picture
TAGS = {"M": "a:moveTo", "L": "a:lnTo", "C": "a:cubicBezTo", "Z": "a:close"}
NextId = Callable[[], int]
Link = Callable[[], Element | None]


class Frame(NamedTuple):
    """The group around a picture: colour role of the background, alternative text ("" for decoration), shape id."""

    ground: str
    alt: str
    number: int


def stage_picture(picture: StagePicture, box: Box, frame: Frame, next_id: NextId, link: Link) -> Element:
    """Return a picture as a group.

    Args:
        picture: the picture.
        box: the box that it fills.
        frame: the group.
        next_id: returns an id for each shape in it.
        link: returns the link for each shape, so that no shape covers a link behind it.
    """
    roles = ROLES[frame.ground]
    shapes = [
        el(
            "p:sp",
            el("p:nvSpPr", named(own := next_id(), f"Shape {own}", "", link()), el("p:cNvSpPr"), el("p:nvPr")),
            el(
                "p:spPr",
                transform(box),
                _geometry(picture, outlines, stroked=bool(width)),
                *_look(roles[ink], round(width * box.w / picture.width)),
            ),
        )
        for ink, width, outlines in picture.runs()
    ]
    return el(
        "p:grpSp",
        el("p:nvGrpSpPr", named(frame.number, f"Picture {frame.number}", frame.alt), el("p:cNvGrpSpPr"), el("p:nvPr")),
        el("p:grpSpPr", transform(box, child=box)),
        *shapes,
    )


def _look(role: str, width: int) -> tuple[Element, Element]:
    if not width:
        return fill(role), el("a:ln", el("a:noFill"))
    return el("a:noFill"), el("a:ln", fill(role), el("a:miter", lim=800_000), w=width, cap="flat")


def _geometry(picture: StagePicture, outlines: tuple[Outline, ...], *, stroked: bool) -> Element:
    wide, high = round(picture.width * UNITS), round(picture.height * UNITS)
    paths = [
        el("a:path", *map(_command, outline.path), fill="none" if stroked else None, w=wide, h=high)
        for outline in outlines
    ]
    empty = (el(f"a:{tag}") for tag in ("avLst", "gdLst", "ahLst", "cxnLst"))
    return el("a:custGeom", *empty, el("a:rect", l="0", t="0", r="r", b="b"), el("a:pathLst", *paths))


def _command(command: tuple[str, tuple[float, ...]]) -> Element:
    letter, numbers = command
    points = zip(numbers[::2], numbers[1::2], strict=True)
    return el(TAGS[letter], *(el("a:pt", x=round(x * UNITS), y=round(y * UNITS)) for x, y in points))
