"""The items of a slide as SVG: texts, tables, charts, pictures and drawings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from workshop.charts.vector import Vector
from workshop.layout import scene
from workshop.layout.laid import LaidChart, LaidItem, LaidPicture, LaidShapes, LaidTable, LaidText
from workshop.layout.measure import Style, before, indent, level_size
from workshop.layouts import traits
from workshop.model.blocks import Line
from workshop.model.exhibits import Chart
from workshop.model.theme import EMU_PER_POINT, Box, LayoutSpec, Placeholder
from workshop.render.formulas import is_formula, natural_box
from workshop.render.svg.pen import Pen, image, pt, window
from workshop.render.svg.svg_drawings import drawn_shape
from workshop.render.svg.svg_text import Paragraph, Setting, text
from workshop.wording.languages import printed

CELL_LINE = 93  # percent: rows in tables are as high as the typeface, without the leading of other text


def item(pen: Pen, laid: LaidItem, layout: LayoutSpec) -> str:
    """Return one item of a slide."""
    match laid:
        case LaidText():
            return _text(pen, laid, layout)
        case LaidTable():
            return pen.stepped(laid.table.step, "".join(_table(pen, laid, contrasted="stops" in traits(layout.role))))
        case LaidChart():
            return pen.stepped(laid.shown.step, chart(pen, laid))
        case LaidPicture(picture=shown):
            address = pen.picture(shown.path, shown.at, laid.box)
            moved = laid.crop and laid.focus != (0.5, 0.5)
            drawn = window(laid.box, address, laid.cut) if moved else image(laid.box, address, crop=laid.crop)
            leads = pen.leads(shown.link) if pen.live else ""
            return pen.stepped(shown.step, f"<g{leads}>{drawn}</g>" if leads else drawn)
        case LaidShapes():
            drawn = "".join(pen.stepped(shape.step, drawn_shape(pen, shape, laid.shapes)) for shape in laid.shapes)
            own = pen.live and any(shape.step for shape in laid.shapes)
            return pen.stepped(laid.step, f"<g data-own='1'>{drawn}</g>" if own else drawn)


def _text(pen: Pen, laid: LaidText, layout: LayoutSpec) -> str:
    spot = laid.placeholder
    if pen.drawings is not None and is_formula(laid) and spot.role not in scene.AS_TEXT:
        drawn = pen.drawings.of(laid)
        return pen.stepped(laid.lines[0].step, image(natural_box(laid, drawn), pen.blob(drawn.png, "image/png")))
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
        step=line.step,
    )


def _marker(line: Line, *, own: bool) -> str:
    if line.marker == "bullet":
        return "–" if line.level else "•"
    if line.marker == "letter":
        return "" if own else f"{chr(64 + line.number)}."
    if line.style and line.marker == "number":
        return scene.numbered(line.style, line.number)
    return (f"{line.number}" if own else f"{line.number}.") if line.marker == "number" else ""


def _table(pen: Pen, laid: LaidTable, *, contrasted: bool) -> Iterator[str]:
    rules, left, y = [], laid.placeholder.box.x, laid.placeholder.box.y
    widths = laid.widths
    if pen.rtl:  # the first column is on the right, as in PowerPoint
        left, widths = laid.placeholder.box.right - sum(laid.widths), laid.widths[::-1]
    for row, height in zip(scene.rows_of(laid, contrasted=contrasted), scene.heights_of(laid), strict=True):
        x, cells_here = left, row[::-1] if pen.rtl else row
        for cell, width in zip(cells_here, widths, strict=True):
            yield _cell(pen, laid, cell, Box(x, y, width, height))
            x += width
        if row[0].topped:
            rules.append(pen.line(Box(left, y, x - left, 0), "ink", scene.HEADER_RULE))
        y, x = y + height, left
        for below, cells in groupby(zip(cells_here, widths, strict=True), key=lambda cell: cell[0].below):
            along = sum(width for _, width in cells)
            rules.append(pen.line(Box(x, y, along, 0), *below))
            x += along
    yield from rules  # in front of the grounds of the rows below them


def _cell(pen: Pen, laid: LaidTable, cell: scene.Cell, box: Box) -> str:
    (left, right), end = cell.margins, scene.MARGIN_END
    if pen.rtl:
        left, right = right, left
    inner = Box(
        box.x + left + (0 if pen.rtl else cell.air), box.y + end, box.w - left - right - cell.air, box.h - 2 * end
    )
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
    divider = pen.line(sides[int(pen.rtl)], "accent", scene.DIVIDER, dash=True) if cell.divided == "lnL" else ""
    ground = pen.rect(box, cell.ground) if cell.ground else ""
    return ground + parting + divider + text(pen, inner, (words,), setting)


def _given(chart: Chart) -> frozenset[str]:
    """Return the words of a chart that its author gave, which are printed as they are."""
    series = [name for s in chart.series for name in (s.name, *s.labels)]
    return frozenset((*chart.categories, *series, chart.title, chart.measure, chart.x_label, chart.y_label))


def chart(pen: Pen, laid: LaidChart) -> str:
    """Return a chart, drawn by the steps of its kind, at the size that it was resolved for."""
    own = _given(laid.shown.chart)

    def clean(words: str) -> str:
        return pen.clean(words if words in own else printed(words, pen.language), laid.shown.at)

    surface = Vector(pen.inks.fill, pen.inks.stroke, clean)
    drawn = laid.kind.painted(laid.resolved, surface).save()
    box = laid.placeholder.box
    width, height = laid.resolved.size
    across, down = box.w / EMU_PER_POINT / width, box.h / EMU_PER_POINT / height
    scale = "" if abs(across - 1) < 1e-3 and abs(down - 1) < 1e-3 else f" scale({across:.4f} {down:.4f})"
    return f'<g transform="translate({pt(box.x)} {pt(box.y)}){scale}">{drawn}</g>'
