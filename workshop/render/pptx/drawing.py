"""Drawings: boxes with text, rules and connected arrows, in one group with one alternative text."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from workshop.layout.laid import Bend, LaidShapes, Shape
from workshop.layout.scene import (
    BLOCKS,
    OUTLINE,
    RISE,
    TOP,
    facing,
    is_glued,
    lines_of,
    site,
    stroke,
)
from workshop.model.theme import Box
from workshop.render.office_xml import Element, clean, el
from workshop.render.pptx.color import fill, line
from workshop.render.pptx.shapes import geometry, named, rule, same_name, shade, transform
from workshop.render.pptx.stage_shapes import Frame, NextId, stage_picture
from workshop.render.pptx.text import Look, paragraph

ALIGN = {"left": "l", "center": "ctr", "right": "r"}
PRESETS = {"diamond": "flowChartDecision", "cylinder": "flowChartMagneticDisk"}
ANCHOR = {"top": "t", "middle": "ctr", "bottom": "b"}


def drawn(laid: LaidShapes, next_id: NextId, look: Look) -> list[Element]:
    """Return the elements of some shapes: one group, or the single shapes, in order, if each must be clickable or appears by itself."""
    apart = any(
        shape.link or shape.step for shape in laid.shapes
    )  # nothing in a group is clickable or appears by itself
    grouped = bool(laid.alt) and len(laid.shapes) > 1 and not apart
    group_id = next_id() if grouped else 0
    ids = [next_id() for _ in laid.shapes]
    elements = [
        _picture(shape, number, next_id, look)
        if shape.kind == "picture"
        else _element(shape, k, laid.shapes, ids, look)
        for k, (shape, number) in enumerate(zip(laid.shapes, ids, strict=True))
    ]
    if grouped:
        return [
            _group(
                elements,
                _around([shape.bend.around if shape.bend else shape.box for shape in laid.shapes]),
                group_id,
                laid.alt,
            )
        ]
    if laid.alt and len(elements) == 1 and not laid.shapes[0].alt:
        for mark in elements[0].iter("p:cNvPr"):
            mark.attributes["descr"] = clean(laid.alt)
            mark.children.clear()
    return elements


def _group(elements: list[Element], box: Box, group_id: int, alt: str) -> Element:
    return el(
        "p:grpSp",
        el("p:nvGrpSpPr", named(group_id, f"Drawing {group_id}", alt), el("p:cNvGrpSpPr"), el("p:nvPr")),
        el("p:grpSpPr", transform(box, child=box)),
        *elements,
    )


def _around(boxes: Sequence[Box]) -> Box:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)


def _element(shape: Shape, place: int, shapes: Sequence[Shape], ids: Sequence[int], look: Look) -> Element:
    number = ids[place]
    if shape.kind == "line":
        return rule(number, f"Rule {number}", shape.box, line(*stroke(shape), "dash" if shape.dash else ""))
    if shape.kind == "shade":
        return shade(number, shape)
    if is_glued(shape):
        start, end = shapes[shape.ends[0]].box, shapes[shape.ends[1]].box
        glued = (ids[shape.ends[0]], ids[shape.ends[1]])
        if shape.bend is not None:
            return _elbow(shape, shape.bend, number, glued)
        if shape.kind == "arrow-back":
            return _arrow_back(shape, number, start, end, glued)
        return _arrow(shape, number, start, end, glued)
    return _box(shape, number, look)


def _picture(shape: Shape, number: int, next_id: NextId, look: Look) -> Element:
    assert shape.picture is not None
    return stage_picture(
        shape.picture,
        shape.box,
        Frame(shape.fill, shape.alt, number),
        next_id,
        lambda: look.link(shape.link) if shape.link else None,
    )


def _box(shape: Shape, number: int, look: Look) -> Element:
    has_text = any(text.text.strip() for text in shape.lines)
    alt = shape.alt or (None if has_text and not shape.same else "")
    link = look.link(shape.link) if shape.link else None
    own = replace(look, color=shape.color, on_block=shape.fill in BLOCKS)
    own = own.beside_code(run for text in shape.lines for run in text.runs)
    words = [
        paragraph(text.runs, replace(own, size=size), _properties(shape, gap)) for text, size, gap in lines_of(shape)
    ]
    kind = "Text" if shape.kind == "text" else "Box"
    return el(
        "p:sp",
        el(
            "p:nvSpPr",
            named(number, same_name(shape.same) or f"{kind} {number}", alt, link),
            el("p:cNvSpPr", txBox=True if shape.kind == "text" else None),
            el("p:nvPr"),
        ),
        el(
            "p:spPr",
            transform(shape.box),
            geometry(PRESETS.get(shape.kind, "rect")),
            fill("" if shape.kind == "text" else shape.fill),
            line(shape.outline, shape.weight or OUTLINE, "dash" if shape.dash else ""),
        ),
        el(
            "p:txBody",
            el(
                "a:bodyPr",
                el("a:noAutofit"),
                wrap="square",
                lIns=shape.inset,
                tIns=shape.inset_top,
                rIns=shape.inset,
                bIns=0,
                anchor=ANCHOR.get(shape.anchor, shape.anchor),
                rtlCol=False,
            ),
            el("a:lstStyle"),
            *(words or [paragraph((), own)]),
        ),
    )


def _properties(shape: Shape, gap: float) -> Element:
    before = el("a:spcBef", el("a:spcPts", val=round(gap * 100))) if gap else None
    return el("a:pPr", before, algn=ALIGN.get(shape.align, shape.align))


def _connector(number: int, glued: tuple[int, int], sites: tuple[int, int], *properties: Element) -> Element:
    return el(
        "p:cxnSp",
        el(
            "p:nvCxnSpPr",
            named(number, f"Arrow {number}", ""),
            el(
                "p:cNvCxnSpPr",
                el("a:stCxn", id=glued[0], idx=sites[0]),
                el("a:endCxn", id=glued[1], idx=sites[1]),
            ),
            el("p:nvPr"),
        ),
        el("p:spPr", *properties),
    )


def _arrow(shape: Shape, number: int, start: Box, end: Box, glued: tuple[int, int]) -> Element:
    """Return a straight arrow between the sides that face each other."""
    sites = facing(start, end)
    (x1, y1), (x2, y2) = site(start, sites[0]), site(end, sites[1])
    place = transform(
        Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)),
        flipH=True if x2 < x1 else None,
        flipV=True if y2 < y1 else None,
    )
    drawn_line = line(*stroke(shape), "dash" if shape.dash else "", arrow=True)
    return _connector(number, glued, sites, place, geometry("straightConnector1"), drawn_line)


def _elbow(shape: Shape, bend: Bend, number: int, glued: tuple[int, int]) -> Element:
    """Return an arrow along right angles."""
    place = transform(shape.box, rot=bend.rotated or None, flipV=True if bend.flipped else None)
    adjusted = (el("a:gd", name=f"adj{k}", fmla=f"val {value}") for k, value in enumerate(bend.adjusted, 1))
    drawn_line = line(*stroke(shape), "dash" if shape.dash else "", arrow=bend.pointed)
    return _connector(number, glued, bend.sites, place, geometry(bend.preset, *adjusted), drawn_line)


def _arrow_back(shape: Shape, number: int, start: Box, end: Box, glued: tuple[int, int]) -> Element:
    """Return an elbow from the top of one box, over all, down to the top of another on its left.

    The preset runs sideways, so it is rotated by a quarter and made as thin as a connector may be; its only adjustment, in
    thousandths of a percent of that thickness, is its height.
    """
    (x1, y1), (x2, _) = site(start, TOP), site(end, TOP)
    thin, reach = 12_700, abs(x1 - x2)
    rise = shape.box.h or RISE
    place = transform(
        Box((x1 + x2) // 2 - thin // 2, y1 - reach // 2, thin, reach), rot=16_200_000, flipV=True if x1 > x2 else None
    )
    adjust = el("a:gd", name="adj1", fmla=f"val {rise * 100_000 // thin}")
    drawn_line = line(*stroke(shape), arrow=True)
    return _connector(number, glued, (TOP, TOP), place, geometry("bentConnector3", adjust), drawn_line)
