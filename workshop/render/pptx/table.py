"""Native tables: a heavy rule below the header, hairlines below the rows, no stripes and no vertical lines."""

from __future__ import annotations

from dataclasses import replace

from workshop.layout.laid import LaidTable
from workshop.model.kit import Line, Run, Runs
from workshop.model.records import dataclass
from workshop.model.theme import Placeholder, inches
from workshop.render.pptx.color import fill, line
from workshop.render.pptx.layouts import placeholder_mark
from workshop.render.pptx.shapes import named
from workshop.render.pptx.text import Look, list_style, paragraph
from workshop.render.pptx.xml import Element, el

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid", built into PowerPoint
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
MARGIN, MARGIN_END = inches(0.14), inches(0.04)
AFTER_DIVIDER = (inches(0.2), inches(0.08))  # space beside the dashed line; the width for text stays the same
HEADER_RULE, ROW_RULE, DIVIDER, PARTING = 1.75, 0.5, 2.25, 1.5  # points
ALIGN = {"left": "l", "right": "r", "center": "ctr"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The place and look of a cell.

    Attributes:
        ground: colour role behind it, or "".
        air: extra space on its left.
        small: whether it has the size of the header.
        rule: colour role of the rule below it; "" for the usual one.
        topped: whether it has a heavy rule above it, as the first row of a table without a header.
        divided: side ("lnL" or "lnR") that has the dashed line between our toy and a large model, or "".
    """

    runs: Runs
    align: str
    header: bool = False
    ground: str = ""
    divided: str = ""
    bold: bool = False
    color: str = "ink"
    air: int = 0
    small: bool = False
    rule: str = ""
    topped: bool = False


def table_frame(laid: LaidTable, shape_id: int, look: Look, *, toy: bool = False) -> Element:
    """Return the graphic frame of a table in its placeholder.

    Args:
        laid: the table with its sizes, widths and heights.
        shape_id: an id that is unique on its slide.
        look: language and links.
        toy: whether the second column is contrasted with the third, as on a toy-stops slide.
    """
    placeholder = laid.placeholder
    table = el(
        "a:tbl",
        el("a:tblPr", el("a:tableStyleId", text=NO_STYLE), firstRow=not laid.table.headless, bandRow=False),
        el("a:tblGrid", *(el("a:gridCol", w=width) for width in laid.widths)),
        *(
            el("a:tr", *(_cell(cell, laid, look) for cell in row), h=height)
            for row, height in zip(rows_of(laid, toy=toy), heights_of(laid), strict=True)
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
        _frame(placeholder, sum(laid.widths), sum(laid.heights)),
        el("a:graphic", el("a:graphicData", table, uri=TABLE)),
    )


def _frame(placeholder: Placeholder, width: int, height: int) -> Element:
    place = el("a:off", x=placeholder.box.x, y=placeholder.box.y)
    return el("p:xfrm", place, el("a:ext", cx=width, cy=height))


def heights_of(laid: LaidTable) -> tuple[int, ...]:
    """Return the heights of the rows that a table has."""
    return laid.heights[1:] if laid.table.headless else laid.heights


def rows_of(laid: LaidTable, *, toy: bool) -> list[list[Cell]]:
    """Return the cells of a table, the header first if it has one; ``toy`` is for the table of where the toy stops."""
    table = laid.table
    aligns = [ALIGN.get(align, "l") for align in table.aligns] or ["l"] * len(table.header)
    rows = [
        [Cell(runs=runs, align=aligns[j], header=True, bold=True, color="muted") for j, runs in enumerate(table.header)]
    ]
    for i, row in enumerate(table.rows):
        hot = i == table.highlight
        rows.append([_body_cell(runs, aligns[j], hot=hot, head=toy and j == 0) for j, runs in enumerate(row)])
    if table.headless:
        rows = [[replace(cell, topped=k == 0) for cell in row] for k, row in enumerate(rows[1:])]
    if laid.air:
        rows = [[replace(cell, air=air) for cell, air in zip(row, laid.air, strict=True)] for row in rows]
    if laid.placeholder.fence:
        return [_at_fence(row) for row in rows]
    if toy and len(table.header) == 3:
        rows = [[first, replace(ours, divided="lnR"), _large(large)] for first, ours, large in rows]
        first, ours, large = rows[0]
        rows[0] = [first, replace(ours, color="accent"), replace(large, color="ink")]
    return rows


def _at_fence(row: list[Cell]) -> list[Cell]:
    """Return a row whose first cell only names it, and whose last is on the field behind the fence."""
    name, ours, large = row
    return [
        replace(name, color="muted", bold=False, small=True),
        replace(ours, color="ink" if ours.header else ours.color),
        replace(large, color="on_field", bold=True, rule="on_field" if large.header else "field_soft"),
    ]


def _large(cell: Cell) -> Cell:
    return replace(cell, divided="lnL", ground=cell.ground or "panel")


def _body_cell(runs: Runs, align: str, *, hot: bool, head: bool) -> Cell:
    if _is_blank(runs):
        shown = tuple(Run(run.text.strip() or "?", strong=True) for run in runs if run.blank)
        return Cell(runs=shown, align=align, ground="open", color="on_open")
    return Cell(runs=runs, align=align, ground="panel" if hot else "", bold=hot or head)


def _is_blank(runs: Runs) -> bool:
    return any(run.blank for run in runs) and all(run.blank or not run.text.strip() for run in runs)


def _cell(cell: Cell, laid: LaidTable, look: Look) -> Element:
    size = laid.header_size if cell.header or cell.small else laid.size
    on_block = cell.ground == "open" or cell.color == "on_field"
    own = replace(look, size=size, color=cell.color, bold=cell.bold, on_block=on_block)
    below = cell.rule or ("ink" if cell.header else "muted")
    left, right = AFTER_DIVIDER if cell.divided == "lnL" or cell.rule else (MARGIN, MARGIN)
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
            _border("a:lnB", below, HEADER_RULE if cell.header else ROW_RULE),
            fill(cell.ground),
            marL=left + cell.air,
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
