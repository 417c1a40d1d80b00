"""Tables of an editable document: with a header row, for sheets and for the guide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from workshop.addons.docx.docx_runs import room_for, run
from workshop.addons.docx.docx_styles import rule, shade
from workshop.addons.docx.measures import width_of
from workshop.addons.docx.story import AIR, Place, Story
from workshop.addons.docx.word_xml import Element, el, name, twips

Data = dict[str, Any]
PAD = 5.0  # mm, both sides of a cell and a little more
LONG = 38.0  # mm: a text that may have the room that is left
Fill = Callable[[Story], object]


class Cell(Struct, frozen=True, kw_only=True):
    """One cell.

    Attributes:
        fill: writes its content.
        color: background; "" for none.
        blank: whether it is to be filled in.
        span: columns that it covers.
    """

    fill: Fill
    color: str = ""
    blank: bool = False
    span: int = 1


def words(text: str, style: str = "TableSmall", *, align: str = "", **look: Any) -> Cell:
    """Return a cell with one paragraph."""
    return Cell(fill=lambda story: _one(story, style, align, run(text, **look) if text else None))


def content(*runs: Element | None) -> Cell:
    """Return a cell with one paragraph of several runs."""
    return Cell(fill=lambda story: _one(story, "TableSmall", "", *runs))


def _one(story: Story, style: str, align: str, *content: Element | None) -> None:
    story.para(style, *content, align=align)


def table(
    story: Story,
    head: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *,
    left: float = 0.0,
    alt: str = "",
    least: float = 0.0,
    whole_rows: bool = True,
) -> Element:
    """Add a table whose first row is its header, repeated on every page.

    Args:
        story: where it goes.
        head: cells of the header row.
        rows: cells of the other rows.
        widths: of the columns, in mm.
        left: where it begins, in mm from the left margin.
        alt: its alternative text.
        least: least height of a row in mm.
        whole_rows: whether no row breaks across pages.
    """
    if story.out and story.out[-1].tag == name("w:tbl"):  # Word would join two tables
        story.para("AfterPanel")
    story.make_room()
    properties = el(
        "w:tblPr",
        el("w:tblStyle", w_val="SheetTable"),
        el("w:tblW", w_w=twips(sum(widths)), w_type="dxa"),
        el("w:tblInd", w_w=twips(left), w_type="dxa"),
        el("w:tblLayout", w_type="fixed"),
        el(
            "w:tblLook",
            w_val="0420",
            w_firstRow=1,
            w_lastRow=0,
            w_firstColumn=0,
            w_lastColumn=0,
            w_noHBand=0,
            w_noVBand=1,
        ),
        el("w:tblDescription", w_val=alt) if alt else None,
    )
    made = el("w:tbl", properties, el("w:tblGrid", *(el("w:gridCol", w_w=twips(width)) for width in widths)))
    made.append(_row(story, head, widths, first=True, least=0.0, whole=True))
    for row in rows:
        made.append(_row(story, row, widths, first=False, least=least, whole=whole_rows))
    story.out.append(made)
    story.gap(AIR)
    return made


def _row(
    story: Story, cells: Sequence[Cell], widths: Sequence[float], *, first: bool, least: float, whole: bool
) -> Element:
    own = el(
        "w:trPr",
        el("w:cantSplit") if whole else None,
        el("w:trHeight", w_val=twips(least), w_hRule="atLeast") if least else None,
        el("w:tblHeader") if first else None,
    )
    row = el("w:tr", own if len(own) else None)
    begin = 0
    for cell in cells:
        width = sum(widths[begin : begin + cell.span])
        row.append(_cell(story, cell, width, first=first))
        begin += cell.span
    return row


def _cell(story: Story, cell: Cell, width: float, *, first: bool) -> Element:
    ink, line = story.colors["ink"], story.colors["line"]
    borders: tuple[Element, ...]
    if cell.blank:
        borders = (rule("left", 0.5, line), rule("bottom", 1, ink), rule("right", 0.5, line))
    else:
        borders = (rule("bottom", 1.1 if first else 0.5, ink if first else line),)
    own = el(
        "w:tcPr",
        el("w:tcW", w_w=twips(width), w_type="dxa"),
        el("w:gridSpan", w_val=cell.span) if cell.span > 1 else None,
        el("w:tcBorders", *borders),
        shade(cell.color) if cell.color else None,
        el("w:vAlign", w_val="bottom" if first else "center") if cell.blank or first or cell.color else None,
    )
    inside = story.inner()
    cell.fill(inside)
    if not inside.out or inside.out[-1].tag != name("w:p"):
        inside.para("TableSmall")
    return el("w:tc", own, *inside.out)


def sheet_table(story: Story, block: Data, place: Place) -> None:
    """Add a table of a sheet: given cells are tinted if there are others to fill in."""
    m, fill = story.measures, block["fill"]
    writes = [any(row[k]["blank"] for row in block["rows"]) for k in range(len(block["head"]))]
    aligns = ["center" if writes[k] else _aligned(block["aligns"][k : k + 1]) for k in range(len(block["head"]))]
    style = "TableText" if place.lists else "TableSmall"

    def cell(one: Data, column: int, number: int) -> Cell:
        if one["blank"]:
            told = "".join(part.get("a", "") for part in one["runs"])
            answer = run(told, bold=True) if story.key and told else None
            return Cell(fill=lambda inside: _one(inside, style, "center", answer), blank=True)
        lit = number == block["highlight"]

        def write(inside: Story) -> None:
            _one(inside, style, aligns[column], *inside.runs(one["runs"], bold=True if lit else None))

        return Cell(fill=write, color=story.colors["tint"] if fill or lit else "")

    def header(runs: list[Data], column: int) -> Cell:
        return Cell(fill=lambda inside: _one(inside, "TableHead", aligns[column], *inside.runs(runs)))

    table(
        story,
        [header(runs, k) for k, runs in enumerate(block["head"])],
        [[cell(one, k, n) for k, one in enumerate(row)] for n, row in enumerate(block["rows"])],
        column_widths(block, m, place.width, writes),
        left=place.left,
        alt=block["alt"],
        least=m.cell if fill else 0.0,
    )
    if block["caption"]:
        story.para("Caption", run(block["caption"]), before=1.0)


def _aligned(found: Sequence[str]) -> str:
    return found[0] if found and found[0] != "left" else ""


def column_widths(block: Data, measures: Any, total: float, writes: Sequence[bool]) -> list[float]:
    """Return the widths of columns in mm: as wide as their text, and those to write in share the rest."""
    columns = range(len(block["head"]))
    size = measures.body

    def text(runs: list[Data]) -> str:
        return "".join(one["t"] for one in runs)

    def longest(runs: list[Data], points: float, *, bold: bool) -> float:
        return max((width_of(word, points, measures, bold=bold) for word in text(runs).split()), default=0.0)

    natural, least = [], []
    for k in columns:
        head, cells = block["head"][k], [row[k] for row in block["rows"]]
        bold = any(one["runs"] and "strong" in one["runs"][0]["is"] for one in cells)
        wide = [width_of(text(one["runs"]), size, measures, bold=bold) for one in cells if not one["blank"]]
        narrow = [8.0 if one["blank"] else longest(one["runs"], size, bold=bold) for one in cells]
        natural.append(max(width_of(text(head), measures.small, measures, bold=True), *wide, 0.0) + PAD)
        least.append(max(longest(head, measures.small, bold=True), *narrow, 0.0) + PAD)
    rooms = [max(row[k].get("room", 0) for row in block["rows"]) if block["rows"] else 0 for k in columns]
    wanted = [max(natural[k], room_for(rooms[k])) if writes[k] else natural[k] for k in columns]
    if (over := total - sum(wanted)) >= 0:
        return _widened(wanted, over, writes, rooms) if block["fill"] else wanted
    wanted = [max(least[k], min(natural[k], 30.0)) if writes[k] else natural[k] for k in columns]
    if sum(wanted) > total:
        spare, more = max(0.0, total - sum(least)), [a - b for a, b in zip(natural, least, strict=True)]
        wanted = [low + spare * extra / (sum(more) or 1.0) for low, extra in zip(least, more, strict=True)]
    scale = total / sum(wanted)
    return [width * scale for width in wanted] if scale < 1 or block["fill"] else wanted


def _widened(wanted: list[float], over: float, writes: Sequence[bool], rooms: Sequence[int]) -> list[float]:
    """Return the widths of a table as wide as the text.

    What is left goes to columns for open answers, else to long texts, else to the blanks, up to twice their width, and then to
    the rest.
    """
    columns = range(len(wanted))
    blanks = [k for k in columns if writes[k]]
    free = [k for k in blanks if not rooms[k]] or [k for k in columns if not writes[k] and wanted[k] > LONG]
    if free:
        return _shared(wanted, free, over)
    more = min(over, sum(wanted[k] for k in blanks))
    return _shared(_shared(wanted, blanks, more), [k for k in columns if not writes[k]] or blanks, over - more)


def _shared(widths: list[float], chosen: list[int], over: float) -> list[float]:
    return [width + (over / len(chosen) if k in chosen else 0.0) for k, width in enumerate(widths)]


def lookup_table(story: Story, block: Data, place: Place) -> None:
    """Add a table to look values up in."""
    tint = story.colors["tint"]

    def cell(text: str, *, head: bool = False, first: bool = False) -> Cell:
        style, align = ("TableHead" if head else "TableSmall"), ("" if first else "right")
        return Cell(
            fill=lambda inside: _one(inside, style, align, run(text, bold=True if first else None)),
            color=tint if head or first else "",
        )

    story.para("BodyText", run(block["title"], bold=True), keep=True)
    columns = len(block["columns"])
    first = place.width * 1.1 / (columns + 1.1)
    table(
        story,
        [cell(block["corner"], head=True, first=True), *(cell(text, head=True) for text in block["columns"])],
        [[cell(row["head"], first=True), *(cell(text) for text in row["cells"])] for row in block["rows"]],
        [first, *([(place.width - first) / columns] * columns)],
        left=place.left,
        alt=block["title"],
    )
    if block["caption"]:
        story.para("Caption", run(block["caption"]), before=1.0)
