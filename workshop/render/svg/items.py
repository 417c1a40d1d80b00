"""The items of a slide as SVG: texts, tables, charts, pictures and drawings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import quoteattr

from msgspec.structs import replace

from workshop.charts.draw import Vector
from workshop.layout import scene
from workshop.layout.laid import LaidChart, LaidItem, LaidPicture, LaidShapes, LaidTable, LaidText, Shape
from workshop.layout.measure import Style, before, indent, level_size
from workshop.layouts import traits
from workshop.model.kit import Line
from workshop.model.stage_pictures import ROLES
from workshop.model.theme import EMU_PER_POINT, Box, LayoutSpec, Placeholder
from workshop.render.formulas import is_formula, natural_box
from workshop.render.svg.pen import Pen, image, number, place, pt
from workshop.render.svg.words import Paragraph, Setting, text
from workshop.render.vector import svg as stage_svg

CELL_LINE = 93  # percent: rows in tables are as high as the typeface, without the leading of other text
HEAD = (5.0, 3.0)  # half the width and the length of an arrowhead, in widths of its line


def item(pen: Pen, laid: LaidItem, layout: LayoutSpec) -> str:
    """Return one item of a slide."""
    match laid:
        case LaidText():
            return _text(pen, laid, layout)
        case LaidTable():
            return "".join(_table(pen, laid, toy="stops" in traits(layout.role)))
        case LaidChart():
            return chart(pen, laid)
        case LaidPicture():
            return image(laid.box, pen.picture(laid.picture.path, laid.picture.at, laid.box), crop=laid.crop)
        case LaidShapes():
            return "".join(_shape(pen, shape, laid.shapes) for shape in laid.shapes)


# ---------------------------------------------------------------- text
def _text(pen: Pen, laid: LaidText, layout: LayoutSpec) -> str:
    spot = laid.placeholder
    if pen.drawings is not None and is_formula(laid) and spot.role not in scene.AS_TEXT:
        drawn = pen.drawings.of(laid)
        return image(natural_box(laid, drawn), pen.blob(drawn.png, "image/png"))
    own = spot.idx >= 0 and spot.home is None  # a slide of ours inherits everything from the layout's placeholder
    look = next((p for p in layout.placeholders if p.role == spot.role), spot) if own else spot
    ground = pen.rect(spot.box, look.fill) if look.fill else ""
    look = _inherited(pen, look, layout)
    setting = Setting(
        style=Style.of(spot),
        anchor=look.anchor,
        align=look.align,
        line=look.line,
        strong=scene.strong_in(look, own=own),
        strike=look.strike,
        on_block=look.color in scene.ON_BLOCK,
    )
    paragraphs = [_paragraph(look, line, k, laid.size, own=own) for k, line in enumerate(laid.lines)]
    return ground + text(pen, inside(spot.box, look.inset, look.inset_y), paragraphs, setting)


def _inherited(pen: Pen, look: Placeholder, layout: LayoutSpec) -> Placeholder:
    """Return a place with the colour that its text inherits from a template, if it does."""
    home = look.home
    if home is None or pen.grounds is None or look.idx < 0 or home.color != look.color:
        return look
    return replace(look, color=pen.grounds.color(layout.part, look.type, look.idx) or look.color)


def inside(box: Box, inset: int, inset_y: int) -> Box:
    """Return a box without its insets."""
    return Box(box.x + inset, box.y + inset_y, box.w - 2 * inset, box.h - 2 * inset_y)


def _paragraph(look: Placeholder, line: Line, place_: int, size: float, *, own: bool) -> Paragraph:
    left, hang = indent(line, look.indents)
    color = "muted" if own and line.level and look.color == "ink" else look.color
    square = own and line.marker == "bullet" and not line.level
    return Paragraph(
        runs=line.runs,
        size=level_size(size, line.level),
        before=before(look, line, place_),
        left=left,
        hang=hang,
        marker="" if square else _marker(line, own=own),
        square=square,
        color=color,
        at=line.at,
        marker_color=("muted" if line.level and line.marker == "bullet" else "accent") if own else color,
    )


def _marker(line: Line, *, own: bool) -> str:
    if line.marker == "bullet":
        return "–" if line.level else "•"
    if line.marker == "letter":
        return "" if own else f"{chr(64 + line.number)}."
    if line.style and line.marker == "number":
        return scene.numbered(line.style, line.number)
    return (f"{line.number}" if own else f"{line.number}.") if line.marker == "number" else ""


# ---------------------------------------------------------------- tables
def _table(pen: Pen, laid: LaidTable, *, toy: bool) -> Iterator[str]:
    rules, left, y = [], laid.placeholder.box.x, laid.placeholder.box.y
    for row, height in zip(scene.rows_of(laid, toy=toy), scene.heights_of(laid), strict=True):
        x = left
        for cell, width in zip(row, laid.widths, strict=True):
            yield _cell(pen, laid, cell, Box(x, y, width, height))
            x += width
        if row[0].topped:
            rules.append(pen.line(Box(left, y, x - left, 0), "ink", scene.HEADER_RULE))
        y, x = y + height, left
        for below, cells in groupby(zip(row, laid.widths, strict=True), key=lambda cell: cell[0].below):
            along = sum(width for _, width in cells)
            rules.append(pen.line(Box(x, y, along, 0), *below))
            x += along
    yield from rules  # in front of the grounds of the rows below them


def _cell(pen: Pen, laid: LaidTable, cell: scene.Cell, box: Box) -> str:
    (left, right), end = cell.margins, scene.MARGIN_END
    inner = Box(box.x + left + cell.air, box.y + end, box.w - left - right - cell.air, box.h - 2 * end)
    setting = Setting(
        style=Style(bold=cell.bold),
        anchor="b" if cell.header else "ctr",
        align=cell.align,
        line=CELL_LINE,
        on_block=cell.on_block,
    )
    words = Paragraph(runs=cell.runs, size=cell.size_in(laid), color=cell.color, at=laid.table.at)
    sides = [Box(box.x, box.y, 0, box.h), Box(box.right, box.y, 0, box.h)]
    parting = "".join(pen.line(side, "bg", scene.PARTING) for side in sides) if cell.ground == "open" else ""
    divider = pen.line(sides[0], "accent", scene.DIVIDER, dash=True) if cell.divided == "lnL" else ""
    ground = pen.rect(box, cell.ground) if cell.ground else ""
    return ground + parting + divider + text(pen, inner, (words,), setting)


# ---------------------------------------------------------------- charts
def chart(pen: Pen, laid: LaidChart) -> str:
    """Return a chart, drawn by the steps of its kind, at the size that it was resolved for."""
    surface = Vector(pen.inks.fill, pen.inks.stroke, lambda words: pen.clean(words, laid.shown.at))
    drawn = laid.kind.painted(laid.resolved, surface).save()
    box = laid.placeholder.box
    width, height = laid.resolved.size
    across, down = box.w / EMU_PER_POINT / width, box.h / EMU_PER_POINT / height
    scale = "" if abs(across - 1) < 1e-3 and abs(down - 1) < 1e-3 else f" scale({across:.4f} {down:.4f})"
    return f'<g transform="translate({pt(box.x)} {pt(box.y)}){scale}">{drawn}</g>'


# ---------------------------------------------------------------- drawings
def _shape(pen: Pen, shape: Shape, group: Sequence[Shape]) -> str:
    if shape.kind == "line":
        return pen.line(shape.box, *scene.stroke(shape), dash=shape.dash)
    if scene.is_glued(shape):
        one, two = (group[end].box for end in shape.ends)
        return _arrow_back(pen, shape, one, two) if shape.kind == "arrow-back" else _arrow(pen, shape, one, two)
    drawn = _stage_picture(pen, shape) if shape.picture is not None else _box(pen, shape)
    return f"<g data-to={quoteattr(shape.link)}>{drawn}</g>" if shape.link.startswith("#") else drawn


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
    paragraphs = [
        Paragraph(runs=line.runs, size=size, before=gap, color=shape.color, at=line.at)
        for line, size, gap in scene.lines_of(shape)
    ]
    box = shape.box
    inner = Box(box.x + shape.inset, box.y + shape.inset_top, box.w - 2 * shape.inset, box.h - shape.inset_top)
    setting = Setting(anchor=shape.anchor, align=shape.align, on_block=shape.fill in scene.BLOCKS)
    return ground + edge + text(pen, inner, paragraphs, setting)


def _arrow(pen: Pen, shape: Shape, one: Box, two: Box) -> str:
    sides = scene.facing(one, two)
    route = [scene.site(one, sides[0]), scene.site(two, sides[1])]
    return _pointed(pen, route, *scene.stroke(shape), dash=shape.dash)


def _arrow_back(pen: Pen, shape: Shape, one: Box, two: Box) -> str:
    (x1, y1), (x2, y2) = scene.site(one, scene.TOP), scene.site(two, scene.TOP)
    over = min(y1, y2) - (shape.box.h or scene.RISE)
    route = [(x1, y1), (x1, over), (x2, over), (x2, y2)]
    return _pointed(pen, route, *scene.stroke(shape))


def _pointed(pen: Pen, route: Sequence[tuple[int, int]], role: str, weight: float, *, dash: bool = False) -> str:
    """Return a line along right angles or straight on, with an arrowhead at its end."""
    points = [(x / EMU_PER_POINT, y / EMU_PER_POINT) for x, y in route]
    (x0, y0), (x1, y1) = points[-2:]
    far = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1e-6)
    dx, dy = (x1 - x0) / far, (y1 - y0) / far
    half, length = HEAD[0] / 2 * weight, HEAD[1] * weight
    foot = (x1 - dx * length, y1 - dy * length)
    head = ((x1, y1), (foot[0] - dy * half, foot[1] + dx * half), (foot[0] + dy * half, foot[1] - dx * half))
    line = " ".join(f"{number(x)},{number(y)}" for x, y in (*points[:-1], foot))
    tip = " ".join(f"{number(x)},{number(y)}" for x, y in head)
    stroke = pen.stroke(role, weight, dash=dash)
    return f'<polyline points="{line}" fill="none" {stroke}/><polygon points="{tip}" {pen.inks.fill(role)}/>'
