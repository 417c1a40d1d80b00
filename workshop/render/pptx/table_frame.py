"""Tables as native tables."""

from __future__ import annotations

from msgspec.structs import replace

from workshop.layout.laid import LaidTable
from workshop.layout.scene import (
    DIVIDER,
    HEADER_RULE,
    MARGIN_END,
    PARTING,
    Cell,
    heights_of,
    rows_of,
)
from workshop.model.blocks import Line
from workshop.model.theme import Placeholder
from workshop.render.office_xml import Element, el
from workshop.render.pptx.color import fill, line
from workshop.render.pptx.layouts import placeholder_mark
from workshop.render.pptx.shapes import named
from workshop.render.pptx.text import Look, list_style, paragraph

# Native tables: a heavy rule below the header, hairlines below the rows, no stripes and no vertical lines.
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid", built into PowerPoint
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"


def table_frame(laid: LaidTable, shape_id: int, look: Look, *, contrasted: bool = False) -> Element:
    """Return the graphic frame of a table in its placeholder.

    Args:
        laid: the table with its sizes, widths and heights.
        shape_id: an id that is unique on its slide.
        look: language and links.
        contrasted: whether the second column is set against the third.
    """
    placeholder = laid.placeholder
    look = look.beside_code(run for row in (laid.table.header, *laid.table.rows) for cell in row for run in cell)
    table = el(
        "a:tbl",
        el(
            "a:tblPr",
            el("a:tableStyleId", text=NO_STYLE),
            rtl=True if look.rtl else None,
            firstRow=not laid.table.headless,
            bandRow=False,
        ),
        el("a:tblGrid", *(el("a:gridCol", w=width) for width in laid.widths)),
        *(
            el("a:tr", *(_cell(cell, laid, look) for cell in row), h=height)
            for row, height in zip(rows_of(laid, contrasted=contrasted), heights_of(laid), strict=True)
        ),
    )
    alt = laid.table.alt or laid.table.caption
    return el(
        "p:graphicFrame",
        el(
            "p:nvGraphicFramePr",
            named(shape_id, f"{placeholder.name} {shape_id}", alt or None),
            el("p:cNvGraphicFramePr", el("a:graphicFrameLocks", noGrp=True)),
            el("p:nvPr", placeholder_mark(placeholder)),
        ),
        _frame(placeholder, sum(laid.widths), sum(laid.heights), rtl=look.rtl),
        el("a:graphic", el("a:graphicData", table, uri=TABLE)),
    )


def _frame(placeholder: Placeholder, width: int, height: int, *, rtl: bool) -> Element:
    box = placeholder.box
    place = el("a:off", x=box.right - width if rtl else box.x, y=box.y)
    return el("p:xfrm", place, el("a:ext", cx=width, cy=height))


def _cell(cell: Cell, laid: LaidTable, look: Look) -> Element:
    own = replace(look, size=cell.size_in(laid), color=cell.color, bold=cell.bold, on_block=cell.on_block)
    left, right = cell.margins
    left += cell.air
    if look.rtl:
        left, right = right, left
    return el(
        "a:tc",
        el(
            "a:txBody",
            el("a:bodyPr"),
            list_style((Line(cell.runs),), own),
            paragraph(cell.runs, own, el("a:pPr", algn=cell.align)),
        ),
        el(
            "a:tcPr",
            _side("a:lnL", cell),
            _side("a:lnR", cell),
            _border("a:lnT", "ink" if cell.topped else "", HEADER_RULE if cell.topped else 0),
            _border("a:lnB", *cell.below),
            fill(cell.ground),
            marL=left,
            marR=right,
            marT=MARGIN_END,
            marB=MARGIN_END,
            anchor="b" if cell.header else "ctr",
        ),
    )


def _side(tag: str, cell: Cell) -> Element:
    if cell.divided == tag.removeprefix("a:"):
        return _border(tag, "accent", DIVIDER, "dash")
    return _border(tag, "bg" if cell.ground == "open" else "", PARTING)  # keeps two adjacent cells to fill in apart


def _border(tag: str, role: str, points: float, dash: str = "") -> Element:
    border = line(role, points, dash)
    return el(tag, *border.children, w=round(points * 12700) if role else 0, cap="flat", cmpd="sng", algn="ctr")
