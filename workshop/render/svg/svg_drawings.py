"""Drawings as SVG: boxes, arrows, stage pictures."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.layout import scene
from workshop.layout.laid import Shape
from workshop.model.stage_picture import ROLES
from workshop.model.theme import EMU_PER_POINT, Box
from workshop.render.svg.pen import Pen, number, place, pt
from workshop.render.svg.svg_text import Paragraph, Setting, text
from workshop.render.vector_paths import svg as stage_svg

HEAD = (5.0, 3.0)  # half the width and the length of an arrowhead, in widths of its line


def drawn_shape(pen: Pen, shape: Shape, group: Sequence[Shape]) -> str:
    """Return one shape of a drawing; arrows end at the shapes of its group."""
    if shape.kind == "line":
        return pen.line(shape.box, *scene.stroke(shape), dash=shape.dash)
    if scene.is_glued(shape):
        if shape.bend is not None:
            return _pointed(pen, shape.bend.path, *scene.stroke(shape), dash=shape.dash, head=shape.bend.pointed)
        one, two = (group[end].box for end in shape.ends)
        return _arrow_back(pen, shape, one, two) if shape.kind == "arrow-back" else _arrow(pen, shape, one, two)
    if shape.kind == "shade":
        return _shade(pen, shape)
    drawn = _stage_picture(pen, shape) if shape.picture is not None else _box(pen, shape)
    leads = pen.leads(shape.link)
    return f"<g{leads}>{drawn}</g>" if leads else drawn


def _shade(pen: Pen, shape: Shape) -> str:
    """Return a shade that fades in from its upper edge."""
    box, color = shape.box, pen.inks.solid(shape.fill, shape.fill)
    name = f"g-shade-{pt(box.y)}-{pt(box.h)}-{number(shape.weight)}".replace(".", "-")
    share, opacity = shape.inset_top / (box.h or 1), number(shape.weight / 100)
    stops = ((0.0, "0"), (share, opacity), (1.0, opacity))
    made = "".join(f'<stop offset="{number(100 * at)}%" stop-color="{color}" stop-opacity="{o}"/>' for at, o in stops)
    ramp = f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1">{made}</linearGradient>'
    return f'{ramp}<rect {place(box)} fill="url(#{name})"/>'


def _stage_picture(pen: Pen, shape: Shape) -> str:
    assert shape.picture is not None
    inks = {ink: pen.inks.solid(role, shape.fill) for ink, role in ROLES[shape.fill].items()}
    return stage_svg(shape.picture, inks).replace("<svg ", f"<svg {place(shape.box)} ", 1)


def _box(pen: Pen, shape: Shape) -> str:
    ground = pen.rect(shape.box, shape.fill) if shape.fill and shape.kind != "text" else ""
    edge = ""
    if shape.outline:
        stroke = pen.stroke(shape.outline, shape.weight or scene.OUTLINE, dash=shape.dash)
        edge = f'<rect {place(shape.box)} fill="none" {stroke}/>'
    if shape.kind in _OUTLINES:
        ground, edge = f'<path d="{_OUTLINES[shape.kind](shape.box)}" {pen.inks.fill(shape.fill)} {stroke}/>', ""
    paragraphs = [
        Paragraph(runs=line.runs, size=size, before=gap, color=shape.color, at=line.at)
        for line, size, gap in scene.lines_of(shape)
    ]
    box = shape.box
    inner = Box(box.x + shape.inset, box.y + shape.inset_top, box.w - 2 * shape.inset, box.h - shape.inset_top)
    setting = Setting(anchor=shape.anchor, align=shape.align, on_block=shape.fill in scene.BLOCKS)
    return ground + edge + text(pen, inner, paragraphs, setting)


def _diamond(box: Box) -> str:
    x, y, w, h = (value / EMU_PER_POINT for value in (box.x, box.y, box.w, box.h))
    return f"M{number(x)} {number(y + h / 2)}l{number(w / 2)} {number(-h / 2)} {number(w / 2)} {number(h / 2)} {number(-w / 2)} {number(h / 2)}z"


def _cylinder(box: Box) -> str:
    """Return the preset of PowerPoint: the ellipses at both ends are a third of it high."""
    x, y, w, h = (value / EMU_PER_POINT for value in (box.x, box.y, box.w, box.h))
    lid = f"a{number(w / 2)} {number(h / 6)} 0 0 "
    body = f"M{number(x)} {number(y + h / 6)}{lid}1 {number(w)} 0v{number(h * 2 / 3)}{lid}1 {number(-w)} 0z"
    return f"{body}{lid}0 {number(w)} 0"


_OUTLINES = {"diamond": _diamond, "cylinder": _cylinder}


def _arrow(pen: Pen, shape: Shape, one: Box, two: Box) -> str:
    sides = scene.facing(one, two)
    route = [scene.site(one, sides[0]), scene.site(two, sides[1])]
    return _pointed(pen, route, *scene.stroke(shape), dash=shape.dash)


def _arrow_back(pen: Pen, shape: Shape, one: Box, two: Box) -> str:
    (x1, y1), (x2, y2) = scene.site(one, scene.TOP), scene.site(two, scene.TOP)
    over = min(y1, y2) - (shape.box.h or scene.RISE)
    route = [(x1, y1), (x1, over), (x2, over), (x2, y2)]
    return _pointed(pen, route, *scene.stroke(shape))


def _pointed(
    pen: Pen, route: Sequence[tuple[int, int]], role: str, weight: float, *, dash: bool = False, head: bool = True
) -> str:
    """Return a line along right angles or straight on, with an arrowhead at its end."""
    points = [(x / EMU_PER_POINT, y / EMU_PER_POINT) for x, y in route]
    (x0, y0), (x1, y1) = points[-2:]
    far = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1e-6)
    dx, dy = (x1 - x0) / far, (y1 - y0) / far
    half, length = HEAD[0] / 2 * weight, HEAD[1] * weight
    foot = (x1 - dx * length, y1 - dy * length)
    corners = ((x1, y1), (foot[0] - dy * half, foot[1] + dx * half), (foot[0] + dy * half, foot[1] - dx * half))
    line = " ".join(f"{number(x)},{number(y)}" for x, y in (*points[:-1], foot if head else (x1, y1)))
    tip = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
    stroke = pen.stroke(role, weight, dash=dash)
    drawn = f'<polyline points="{line}" fill="none" {stroke}/>'
    return drawn + (f'<polygon points="{tip}" {pen.inks.fill(role)}/>' if head else "")
