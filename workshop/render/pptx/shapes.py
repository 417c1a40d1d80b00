"""Basic shapes: boxes, rules, alternative text and the mark for decoration."""

from __future__ import annotations

from typing import Any

from workshop.layout.laid import Shape
from workshop.model.theme import Box
from workshop.render.office_xml import Element, el
from workshop.render.pptx.color import SLOT, fill, line

DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


def transform(box: Box, tag: str = "a:xfrm", *, child: Box | None = None, **attributes: Any) -> Element:
    """Return position and size; ``child`` is a group's own system of coordinates."""
    inner = [] if child is None else [el("a:chOff", x=child.x, y=child.y), el("a:chExt", cx=child.w, cy=child.h)]
    return el(tag, el("a:off", x=box.x, y=box.y), el("a:ext", cx=box.w, cy=box.h), *inner, **attributes)


def geometry(preset: str, *adjust: Element) -> Element:
    """Return a preset outline."""
    return el("a:prstGeom", el("a:avLst", *adjust), prst=preset)


def decorative() -> Element:
    """Return the extension that tells a screen reader to skip a shape."""
    return el("a:extLst", el("a:ext", el("adec:decorative", val=True), uri=DECORATIVE))


def same_name(same: str) -> str:
    """Return the name by which PowerPoint's Morph finds the same thing on two slides; "" if there is none."""
    return f"!!{same}" if same else ""


def named(shape_id: int, name: str, alt: str | None = None, link: Element | None = None) -> Element:
    """Return ``p:cNvPr``: ``alt`` "" marks the shape as decorative; with ``None``, screen readers read its own text."""
    return el("p:cNvPr", link, decorative() if alt == "" else None, id=shape_id, name=name, descr=alt)


def block(
    shape_id: int,
    name: str,
    box: Box,
    role: str,
    *,
    alt: str = "",
    link: Element | None = None,
    user_drawn: bool = False,
) -> Element:
    """Return a filled rectangle without text; ``user_drawn`` is for rectangles of a layout."""
    return el(
        "p:sp",
        el(
            "p:nvSpPr",
            named(shape_id, name, alt, link),
            el("p:cNvSpPr"),
            el("p:nvPr", userDrawn=True if user_drawn else None),
        ),
        el("p:spPr", transform(box), geometry("rect"), fill(role), line("")),
    )


def rule(shape_id: int, name: str, box: Box, stroke: Element, *, user_drawn: bool = False) -> Element:
    """Return a decorative line along the diagonal of ``box`` from its top left corner."""
    return el(
        "p:cxnSp",
        el(
            "p:nvCxnSpPr",
            named(shape_id, name, ""),
            el("p:cNvCxnSpPr"),
            el("p:nvPr", userDrawn=True if user_drawn else None),
        ),
        el("p:spPr", transform(box), geometry("line"), stroke),
    )


def shade(shape_id: int, shape: Shape) -> Element:
    """Return a decorative shade that fades in from its upper edge."""
    full, begins = round(shape.weight * 1000), round(100_000 * shape.inset_top / (shape.box.h or 1))

    def stop(at: int, alpha: int) -> Element:
        return el("a:gs", el("a:schemeClr", el("a:alpha", val=alpha), val=SLOT[shape.fill]), pos=at)

    stops = el("a:gsLst", stop(0, 0), stop(begins, full), stop(100_000, full))
    ramp = el("a:gradFill", stops, el("a:lin", ang=5_400_000, scaled=False), rotWithShape=True)
    return el(
        "p:sp",
        el("p:nvSpPr", named(shape_id, f"Shade {shape_id}", ""), el("p:cNvSpPr"), el("p:nvPr")),
        el("p:spPr", transform(shape.box), geometry("rect"), ramp, line("")),
    )


def tree(*shapes: Element) -> Element:
    """Return ``p:spTree`` with its shapes."""
    return el(
        "p:spTree",
        el("p:nvGrpSpPr", el("p:cNvPr", id=1, name=""), el("p:cNvGrpSpPr"), el("p:nvPr")),
        el("p:grpSpPr", transform(Box(0, 0, 0, 0), child=Box(0, 0, 0, 0))),
        *shapes,
    )


def fixed_picture(shape_id: int, name: str, box: Box, alt: str, relation: str) -> Element:
    """Return a picture of a master or layout; without ``alt`` it is decoration."""
    return el(
        "p:pic",
        el(
            "p:nvPicPr",
            named(shape_id, name, alt),
            el("p:cNvPicPr", el("a:picLocks", noChangeAspect=True)),
            el("p:nvPr", userDrawn=True),
        ),
        el("p:blipFill", el("a:blip", r_embed=relation), el("a:stretch", el("a:fillRect"))),
        el("p:spPr", transform(box), geometry("rect")),
    )
