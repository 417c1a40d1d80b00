"""Tables with a header row, for sheets and for the guide."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from docx import Document
from msgspec import Struct

from workshop.addons.docx.empty import BULLETS, INSET, LEVELS, base_document, new_list, rule, shade
from workshop.addons.docx.measures import Element, Measures, el, name, twips, width_of
from workshop.addons.docx.story import (
    AIR,
    Anchor,
    Order,
    Pictures,
    Place,
    Story,
    Write,
    checkbox,
    footer_page,
    room_for,
    run,
    runs_of,
    tab,
)
from workshop.layout.laid import LaidOut
from workshop.render.print.block_data import Galley

# ---------------------------------------------------------------- tables
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


# ---------------------------------------------------------------- tables of sheets
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


# ---------------------------------------------------------------- blocks
# One function per type of block in the data of printed documents.
PANELS = {"given": "Given", "tint": "Hint", "box": "Boxed", "dash": "WhereItStops", "bar": "Quoted"}


def _para(story: Story, block: Data, place: Place) -> None:
    story.para(place.style, *story.runs(block["runs"]))


def _list(story: Story, block: Data, place: Place, level: int = 0, number: int = 0) -> None:
    ordered = block["ordered"]
    number = number or (new_list(story.numbering, block["start"]) if ordered else BULLETS)
    style = ("ListNumber" if ordered else "ListBullet") if place.lists else place.style
    level = min(level, LEVELS - 1)
    for item in block["items"]:
        indent = None if place.lists else (place.left + 5.0 * (level + 1), 5.0)
        story.para(style, *story.runs(item["runs"]), listed=(number, level), indent=indent)
        for below in item["items"]:
            _list(story, below, place, level + 1, number if below["ordered"] is ordered else 0)


def _lines(story: Story, block: Data, _place: Place) -> None:
    if story.key:
        return
    for line in range(block["count"]):
        story.para("AnswerLine", tab(), keep=line + 1 < block["count"])
    story.gap()


def _choices(story: Story, block: Data, place: Place) -> None:
    options = [("", option, number in block["right"]) for number, option in enumerate(block["options"])]
    options_to_tick(story, options, place)


def options_to_tick(story: Story, options: Sequence[tuple[str, list[Data], bool]], place: Place, most: int = 4) -> None:
    """Add options with boxes to tick, as many in a row as the width allows.

    Args:
        story: where they go.
        options: letter, text, whether it is the right one of a key.
        place: what they are in.
        most: how many options a row may have.
    """
    m = story.measures
    texts = ["".join(part["t"] for part in option) for _, option, _ in options]
    widest = max((width_of(text, m.body, m, bold=True) for text in texts), default=0.0) + 14
    columns = max(1, min(len(options), most, int(place.width / widest)))
    if len(options) == 4 and columns == 3:
        columns = 2
    step = place.width / columns
    stops = tuple((place.left + step * k, "left", "") for k in range(1, columns))
    hang = 9.4 if options and options[0][0] else 7.0
    indent = (place.left + hang, hang) if columns == 1 else (place.left, 0.0)
    for first in range(0, len(options), columns):
        content: list[Element] = []
        for number in range(first, min(first + columns, len(options))):
            letter, option, right = options[number]
            content += [tab()] if number > first else []
            content += [*checkbox(texts[number], checked=right), run("\u2002")]
            content += [run(f"{letter}\u2002", bold=True)] if letter else []
            content += story.runs(option, bold=True if right else None)
        story.para("Choices", *content, tabs=stops, indent=indent)


def _panel(story: Story, block: Data, _place: Place) -> None:
    story.panel(PANELS[block["style"]], block["icon"], block["title"], block["blocks"])


def _wrong(story: Story, block: Data, _place: Place) -> None:
    story.panel("Boxed", "", block["see"], [*block["because"], *block["say"]])


def _shown(story: Story, order: Order, block: Data) -> None:
    story.gap(1.4)
    story.para("Picture", story.picture(order, block["alt"]), keep=bool(block["caption"]))
    if block["caption"]:
        story.para("Caption", run(block["caption"]))


def _chart(story: Story, block: Data, place: Place) -> None:
    _shown(story, {"kind": "file", "file": block["file"], "width": place.width}, block)


def _picture(story: Story, block: Data, place: Place) -> None:
    width = place.width if block["wide"] else place.width * 0.6
    _shown(story, {"kind": "file", "file": block["file"], "width": width}, block)


def _ruler(story: Story, block: Data, place: Place) -> None:
    _shown(story, {"kind": "ruler", "scale": block, "width": place.width}, block)


def _steps(story: Story, block: Data, _place: Place) -> None:
    number = new_list(story.numbering, 1)
    story.gap()
    left = story.measures.rail + INSET
    for step in block["steps"]:
        gloss = run(f"  {step['gloss']}") if step["gloss"] else None
        story.para("Given", run(step["name"], bold=True), gloss, listed=(number, 0), indent=(left + 5, 5.0), keep=True)
    story.gap(1.0)
    if block["back"]:
        story.para("Caption", run(f"↩ {block['back']}"))


def _code(story: Story, block: Data, _place: Place) -> None:
    story.gap()
    runs = [{"t": block["text"], "is": ["code"]}]
    if "lines" in block:
        feed = {"t": "\n", "is": ["code"]}
        runs = [part for line in block["lines"] for part in (*line, feed)][:-1]
    story.para("Given", *runs_of(runs, story.part, key=False))
    story.gap()


WRITERS: Mapping[str, Write] = {
    "para": _para,
    "list": _list,
    "lines": _lines,
    "choices": _choices,
    "panel": _panel,
    "wrong": _wrong,
    "chart": _chart,
    "picture": _picture,
    "ruler": _ruler,
    "steps": _steps,
    "code": _code,
    "table": sheet_table,
    "lookup": lookup_table,
}


# ---------------------------------------------------------------- document
# A whole editable document: sections with headers and footers, and bytes that are the same on every build.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
GAP = 6.0  # mm between columns
TAB = 11.0  # mm: width of the tab on the edge


class Paper:
    """A document that is being written.

    Args:
        laid: the laid-out deck.
        galley: has the pictures that the data name.
        data: the data of the printed document.
        measures: sizes.
        facing: whether left and right pages differ.
    """

    def __init__(
        self, laid: LaidOut, galley: Galley, data: Data, measures: Measures, *, facing: bool = False, key: bool = False
    ) -> None:
        self.data, self.measures, self._facing = data, measures, facing
        self._document = Document(io.BytesIO(base_document(data, laid.theme, measures, facing=facing)))
        self._pictures = Pictures(front=_front(data), files=galley.files, kept=laid.kept)
        self._part = self._document.part
        self.story = self._story(self._part, key=key)
        self._body: list[Element] = []

    def _story(self, part: Any, *, key: bool = False) -> Story:
        return Story(
            measures=self.measures,
            colors=self.data["colors"],
            words=self.data["words"],
            pictures=self._pictures,
            part=part,
            numbering=self._part.numbering_part.element,
            writers=WRITERS,
            key=key,
        )

    # ------------------------------------------------------------ sections
    def end_section(
        self,
        *,
        begins: str = "nextPage",
        columns: int = 1,
        references: Sequence[Element] = (),
        restart: bool = False,
    ) -> None:
        """End the section whose text is in ``story``.

        Args:
            begins: "nextPage", "oddPage", "evenPage" or "continuous".
            columns: number of columns.
            references: its headers and footers; without them it has those of the section before.
            restart: whether its pages are counted from 1.
        """
        m = self.measures
        width, height = m.page
        own = el(
            "w:sectPr",
            *references,
            el("w:type", w_val=begins),
            el("w:pgSz", w_w=twips(width), w_h=twips(height)),
            el(
                "w:pgMar",
                w_top=twips(m.top), w_right=twips(m.right), w_bottom=twips(m.bottom), w_left=twips(m.left),
                w_header=twips(m.head), w_footer=twips(8), w_gutter=0,
            ),
            el("w:pgNumType", w_start=1) if restart else None,
            el("w:cols", w_num=columns, w_space=twips(GAP)) if columns > 1 else None,
        )  # fmt: skip
        self._body += self.story.out
        self.story.out.clear()
        self.story.gap(0.0)
        self._body.append(own)

    def header(self, kind: str, stage: Data, style: str, side: str, band: Sequence[Element] = ()) -> Element:
        """Add a header with the tab of a stage on an edge of the page, and return its reference.

        Args:
            kind: "default", or "even" for left pages.
            stage: the stage; without a place it has no tab.
            style: look of the tab: "solid", "open" or "hatch".
            side: "left" or "right".
            band: elements of a story for the text, if there is any.
        """
        part, link = self._part.add_header_part()  # type: ignore[no-untyped-call]
        story = self._story(part)
        content = list(band)
        if band:
            content.insert(0, story.picture({"kind": "band"}, anchor=Anchor(x=0, y=0)))
        if stage["place"] > 0:
            x = self.measures.page[0] - TAB if side == "right" else 0.0
            content.insert(0, story.picture({"kind": "tab", "stage": stage, "style": style}, anchor=Anchor(x=x, y=0)))
        story.para("KeyBand" if band else "header", *content)
        _refilled(part, story.out)
        return el("w:headerReference", w_type=kind, r_id=link)

    def footers(self, right: str, pages: str, shown: int) -> list[Element]:
        """Add footers with the kit's title, the page, and ``right``, and return their references."""
        found = []
        for kind in ("default", "even") if self._facing else ("default",):
            part, link = self._part.add_footer_part()  # type: ignore[no-untyped-call]
            story = self._story(part)
            numbered = footer_page(self.data["words"]["page"], pages, shown)
            story.para("footer", run(self.data["kit"]["title"]), tab(), *numbered, tab(), run(right))
            _refilled(part, story.out)
            found.append(el("w:footerReference", w_type=kind, r_id=link))
        return found

    # ------------------------------------------------------------ bytes
    def finished(self) -> bytes:
        """Return the document as bytes."""
        body = self._document.element.body
        *before, last = _sections_in_paragraphs(self._body)
        for element in (*before, last):
            body.append(element)
        self._pictures.fill()
        buffer = io.BytesIO()
        self._document.save(buffer)
        return _frozen(buffer.getvalue())


def _front(data: Data) -> Data:
    """Return the part of the data that the pictures need."""
    return {
        key: data[key] for key in ("document", "language", "region", "profile", "paper", "colors", "words", "kit")
    } | {"ratio": data.get("ratio", 0.5625)}


def _refilled(part: Any, content: Iterable[Element]) -> None:
    for child in list(part.element):
        part.element.remove(child)
    part.element.extend(content)


def _sections_in_paragraphs(elements: list[Element]) -> list[Element]:
    """Return the body with every section's properties, except the last, in the last paragraph of its section."""
    *rest, last = elements
    found: list[Element] = []
    for element in rest:
        if element.tag != last.tag:
            found.append(element)
            continue
        if not found or found[-1].tag != name("w:p"):
            found.append(el("w:p", el("w:pPr", el("w:pStyle", w_val="AfterPanel"))))
        properties = found[-1].find(name("w:pPr"))
        assert properties is not None
        properties.append(element)
    return [*found, last]


def _frozen(package: bytes) -> bytes:
    """Return a package with the same date for every part; what is compressed already is only stored."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(buffer, "w") as target:
        for part in source.namelist():
            entry = zipfile.ZipInfo(part, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_STORED if part.endswith((".png", ".jpg")) else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            target.writestr(entry, source.read(part))
    return buffer.getvalue()
