"""The text of an editable document, block by block: paragraphs, lists, panels, lines to write on, pictures."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from msgspec import Struct, field
from msgspec.structs import replace

from workshop.addons.docx.empty import BULLETS, INSET, tab_stops
from workshop.addons.docx.measures import MM, Element, Measures, el, name, twips
from workshop.render.print.typesetting import drawn

# ---------------------------------------------------------------- runs
# Runs of an editable document: looks, blanks, fractions, links, boxes to tick, page numbers.
NO_WIDTH = "\u200b"  # without this at its end, a blank at the end of a line isn't drawn
# most letters of an answer -> width of its blank in mm: in steps, as on paper, so that the width doesn't give it away
ROOMS = {0: 26, 3: 16, 6: 20, 10: 28, 18: 42}
WIDEST = 64
SPACES_PER_MM = 0.8
BOXES = {False: "\u2610", True: "\u2612"}
BOX_FONT = "MS Gothic"  # the font that Word gives its own boxes
# said again in each run: bold from the styles of a paragraph and of its characters would cancel out
WEIGHTS = {"Number": True, "Answer": True, "SlideNumber": True, "Muted": False}
SIGNS = {"code": "Code", "mark": "Marked"}


def run(
    text: str, *, style: str = "", bold: bool | None = None, strike: bool = False, size: float = 0, color: str = ""
) -> Element:
    r"""Return a run; a line feed in the text becomes a line break."""
    bold = WEIGHTS.get(style) if bold is None else bold
    own = el(
        "w:rPr",
        el("w:rStyle", w_val=style) if style else None,
        None if bold is None else el("w:b", w_val=bold),
        el("w:strike") if strike else None,
        el("w:color", w_val=color.lstrip("#").upper()) if color else None,
        el("w:sz", w_val=round(2 * size)) if size else None,
    )
    pieces: list[Element] = []
    for number, line in enumerate(text.split("\n")):
        pieces += [el("w:br")] if number else []
        pieces += [el("w:t", text=line, xml_space="preserve")] if line else []
    return el("w:r", own if len(own) else None, *pieces)


def room_for(letters: int) -> float:
    """Return the width in mm of a blank for an answer of so many letters.

    >>> room_for(0), room_for(2), room_for(11), room_for(30)
    (26, 16, 42, 64)
    """
    return next((width for most, width in ROOMS.items() if letters <= most), WIDEST)


def blank(letters: int) -> Element:
    """Return a blank to write an answer of so many letters into."""
    return run("\u00a0" * round(SPACES_PER_MM * room_for(letters)) + NO_WIDTH, style="Blank")


def tab() -> Element:
    """Return a run with a tab."""
    return el("w:r", el("w:tab"))


def runs_of(runs: Iterable[dict[str, Any]], part: Any, *, key: bool, bold: bool | None = None) -> list[Element]:
    """Return runs of the printed documents' data as elements.

    Args:
        runs: each has a text, the names of its looks, and perhaps a link or the two parts of a fraction.
        part: the part that they are in, which has the links.
        key: whether what is accented is an answer.
        bold: whether all of them are bold.
    """
    return [element for one in runs for element in _run(one, part, key=key, bold=bold)]


def _run(one: dict[str, Any], part: Any, *, key: bool, bold: bool | None) -> Iterator[Element]:
    looks = one["is"]
    if "blank" in looks:
        yield run(one["a"], style="Answer") if key and "a" in one else blank(one.get("room", 0))
        return
    if "over" in one:
        yield _fraction(one["over"])
        return
    accent = "accent" in looks
    style = "Answer" if accent and key else next((name for sign, name in SIGNS.items() if sign in looks), "")
    heavy = True if {"strong", "emphasis", "accent"} & set(looks) else bold
    made = run(one["t"], style="Hyperlink" if "link" in one else style, bold=heavy, strike="strike" in looks)
    if "link" in one:
        link = part.relate_to(one["link"], RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made = el("w:hyperlink", made, r_id=link)
    yield made


def _fraction(parts: list[str]) -> Element:
    """Return a fraction as an equation that Word can edit, in upright letters."""

    def side(tag: str, text: str) -> Element:
        upright = el("m:rPr", el("m:nor"))
        return el(tag, el("m:r", upright, el("m:t", text=text, xml_space="preserve")))

    return el("m:oMath", el("m:f", side("m:num", parts[0]), side("m:den", parts[1])))


def checkbox(title: str, *, checked: bool = False) -> list[Element]:
    """Return a box that a click ticks, named after its option."""
    state = {
        name: el(f"w14:{name}State", w14_val=f"{ord(BOXES[value]):04X}", w14_font=BOX_FONT)
        for name, value in (("checked", True), ("unchecked", False))
    }
    properties = el(
        "w:sdtPr",
        el("w:alias", w_val=title[:64]) if title else None,
        el("w14:checkbox", el("w14:checked", w14_val=checked), *state.values()),
    )
    shown = el(
        "w:r",
        el("w:rPr", el("w:rFonts", w_ascii=BOX_FONT, w_hAnsi=BOX_FONT, w_eastAsia=BOX_FONT, w_hint="eastAsia")),
        el("w:t", text=BOXES[checked]),
    )
    return [el("w:sdt", properties, el("w:sdtContent", shown))]


def page_field(code: str, shown: str) -> Element:
    """Return a field that Word fills in, such as PAGE; ``shown`` is what it says until then."""
    return el("w:fldSimple", run(shown), w_instr=f" {code} ")


def footer_page(text: str, pages: str, shown: int) -> list[Element]:
    """Return "page x of y" with fields in its places.

    Args:
        text: the fixed text, with {page} and {pages}.
        pages: the field for the number of pages.
        shown: the number of pages that it says until Word has counted them.
    """
    found: list[Element] = []
    rest = text
    for place, code, value in (("{page}", "PAGE", "1"), ("{pages}", pages, str(shown))):
        before, sign, after = rest.partition(place)
        found += [run(before)] if before else []
        found += [page_field(code, value)] if sign else []
        rest = after
    return [*found, run(rest)] if rest else found


# ---------------------------------------------------------------- pictures
# Pictures in an editable document: charts, scales, stages and small slides, drawn by Typst as on the printed page.
PPI = 240
EMU_PER_INCH = 914_400
BELOW = 9  # mm below a picture with text beside it, so that the last line is beside it too
DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
Order = dict[str, Any]


class Anchor(Struct, frozen=True, kw_only=True):
    """Where a picture is that isn't in the line.

    Attributes:
        x, y: distance of its upper left corner from that of the page (or, for ``beside``, of the text) in mm.
        beside: whether text flows around it; otherwise it is behind the text.
    """

    x: float
    y: float
    beside: bool = False


class Pictures(Struct, kw_only=True):
    """The pictures of one document: each is drawn once, all of them together, when the document is complete.

    Attributes:
        front: data that every printed document shares.
        files: name -> bytes of charts and pictures that the data name.
        kept: folder for cached drawings, or ``None``.
    """

    front: Mapping[str, Any]
    files: Mapping[str, bytes]
    kept: Path | None
    _orders: dict[str, Order] = field(default_factory=dict)
    _places: list[tuple[str, Any, Element, float]] = field(default_factory=list)

    def drawing(self, part: Any, order: Order, alt: str = "", anchor: Anchor | None = None) -> Element:
        """Return the element of a picture, which ``fill`` completes.

        Args:
            part: the part that it is in.
            order: what is drawn: ``kind`` and its values, as in ``templates/pictures.typ``.
            alt: alternative text; "" for a picture that says nothing new.
            anchor: its place; ``None`` if it is in the line.
        """
        key = json.dumps(order, sort_keys=True)
        self._orders.setdefault(key, order)
        number = len(self._places) + 1
        shape = _graphic(number)
        found = _inline(number, alt, shape) if anchor is None else _anchored(number, alt, shape, anchor)
        self._places.append((key, part, found, order.get("width", 0.0)))
        return el("w:drawing", found)

    def fill(self) -> None:
        """Draw everything, and put each picture into the parts that show it."""
        set_by_us = [key for key, order in self._orders.items() if not _is_ready(order)]
        data = {**self.front, "pictures": [self._orders[key] for key in set_by_us]}
        blobs = drawn("pictures", data, self.files, PPI, self.kept) if set_by_us else ()
        ready = {key: self.files[order["file"]] for key, order in self._orders.items() if _is_ready(order)}
        found = ready | dict(zip(set_by_us, blobs, strict=True))
        for key, part, element, width in self._places:
            link, image = part.get_or_add_image(io.BytesIO(found[key]))
            w, h = image.px_width, image.px_height
            scale = width * MM / w if key in ready else EMU_PER_INCH / PPI
            _sized(element, round(w * scale), round(h * scale), link)


def _is_ready(order: Order) -> bool:
    """Whether a picture is embedded as it is: a photograph or a bitmap that somebody handed in."""
    return order["kind"] == "file" and not order["file"].endswith(".svg")


def _sized(element: Element, width: int, height: int, link: str) -> None:
    for extent in element.iter(name("wp:extent"), name("a:ext")):
        if extent.get("uri") is None:
            extent.set("cx", str(width))
            extent.set("cy", str(height))
    blip = next(element.iter(name("a:blip")))
    blip.set(next(iter(el("a:blip", r_embed="").keys())), link)


def _graphic(number: int) -> Element:
    picture = el(
        "pic:pic",
        el("pic:nvPicPr", el("pic:cNvPr", id=number, name=f"Picture {number}"), el("pic:cNvPicPr")),
        el("pic:blipFill", el("a:blip", r_embed=""), el("a:stretch", el("a:fillRect"))),
        el(
            "pic:spPr",
            el("a:xfrm", el("a:off", x=0, y=0), el("a:ext", cx=0, cy=0)),
            el("a:prstGeom", el("a:avLst"), prst="rect"),
        ),
    )
    return el("a:graphic", el("a:graphicData", picture, uri=PICTURE))


def _properties(number: int, alt: str) -> tuple[Element, Element]:
    decorative = el("a:extLst", el("a:ext", el("adec:decorative", val=1), uri=DECORATIVE)) if not alt else None
    named = el("wp:docPr", decorative, id=number, name=f"Picture {number}", descr=alt)
    return named, el("wp:cNvGraphicFramePr", el("a:graphicFrameLocks", noChangeAspect=1))


def _inline(number: int, alt: str, shape: Element) -> Element:
    return el(
        "wp:inline",
        el("wp:extent", cx=0, cy=0),
        *_properties(number, alt),
        shape,
        distT=0, distB=0, distL=0, distR=0,
    )  # fmt: skip


def _anchored(number: int, alt: str, shape: Element, anchor: Anchor) -> Element:
    beside = anchor.beside
    wrap = el("wp:wrapSquare", wrapText="right") if beside else el("wp:wrapNone")
    return el(
        "wp:anchor",
        el("wp:simplePos", x=0, y=0),
        el("wp:positionH", el("wp:posOffset", text=str(round(anchor.x * MM))), relativeFrom="column" if beside else "page"),
        el("wp:positionV", el("wp:posOffset", text=str(round(anchor.y * MM))),
           relativeFrom="paragraph" if beside else "page"),
        el("wp:extent", cx=0, cy=0),
        wrap,
        *_properties(number, alt),
        shape,
        distT=0, distB=BELOW * MM if beside else 0, distL=0, distR=3 * MM if beside else 0, simplePos=0, relativeHeight=number,
        behindDoc=not beside, locked=0, layoutInCell=1, allowOverlap=1,
    )  # fmt: skip


# ---------------------------------------------------------------- story
Data = dict[str, Any]
AIR = 2.0  # mm above and below a table or a panel


class Place(Struct, frozen=True, kw_only=True):
    """What text is in: the page itself, a panel, or a cell.

    Attributes:
        style: style of its paragraphs.
        left: where they begin, in mm from the left margin.
        width: width of the text in mm.
        lists: whether lists have styles of their own; in a panel they have the panel's.
    """

    style: str
    left: float
    width: float
    lists: bool = False


Write = Callable[["Story", Data, Place], None]


class Story(Struct, kw_only=True):
    """Collects the blocks of a document, of a cell or of a header.

    Attributes:
        measures: sizes.
        colors: colours by role.
        words: fixed words.
        pictures: the document's pictures.
        part: the part that the text is in.
        numbering: the element with all lists.
        writers: type of block -> the function that writes it.
        key: whether answers are shown as such.
        out: what has been written.
    """

    measures: Measures
    colors: Mapping[str, str]
    words: Mapping[str, Any]
    pictures: Pictures
    part: Any
    numbering: Element
    writers: Mapping[str, Write]
    key: bool = False
    out: list[Element] = field(default_factory=list)
    _gap: float = 0.0

    # ------------------------------------------------------------ paragraphs
    def para(
        self,
        style: str,
        *content: Element | None,
        before: float | None = None,
        indent: tuple[float, float] | None = None,
        listed: tuple[int, int] | None = None,
        align: str = "",
        keep: bool = False,
        tabs: tuple[tuple[float, str, str], ...] = (),
        new_page: bool = False,
    ) -> Element:
        """Add a paragraph.

        Args:
            style: id of its style.
            content: runs, links, pictures.
            before: space before it in mm; ``None`` for that of its style, and the space that the block before it asks for.
            indent: left indent and how far the first line hangs, in mm.
            listed: id of its list and its level.
            align: "center" or "right".
            keep: whether it stays on the page of the next paragraph.
            tabs: place in mm, alignment and leader of its tabs.
            new_page: whether it begins a page.
        """
        space = before if before is not None else self._gap or None
        self._gap = 0.0
        left, hanging = indent or (0.0, 0.0)
        own = el(
            "w:pPr",
            el("w:pStyle", w_val=style),
            el("w:keepNext") if keep else None,
            el("w:pageBreakBefore") if new_page else None,
            el("w:numPr", el("w:ilvl", w_val=listed[1]), el("w:numId", w_val=listed[0])) if listed else None,
            tab_stops(tabs),
            None if space is None else el("w:spacing", w_before=twips(space)),
            el("w:ind", w_left=twips(left), w_hanging=twips(hanging)) if indent else None,
            el("w:jc", w_val=align) if align else None,
        )
        made = el("w:p", own, *content)
        self.out.append(made)
        return made

    def runs(self, runs: Iterable[Data], **look: Any) -> list[Element]:
        """Return runs of the data as elements."""
        return runs_of(runs, self.part, key=self.key, **look)

    def picture(self, order: Order, alt: str = "", anchor: Anchor | None = None) -> Element:
        """Return a run with a picture."""
        return el("w:r", self.pictures.drawing(self.part, order, alt, anchor))

    def inner(self) -> Story:
        """Return an empty story for a cell."""
        return replace(self, out=[], _gap=0.0)

    # ------------------------------------------------------------ blocks
    def page_place(self) -> Place:
        """Return the place of text on the page itself."""
        rail = self.measures.rail
        return Place(style="BodyText", left=rail, width=self.measures.text - rail, lists=True)

    def blocks(self, blocks: Iterable[Data], place: Place | None = None) -> None:
        """Add blocks; a question stays with the lines or boxes for its answer."""
        found = list(blocks)
        for number, block in enumerate(found, start=1):
            asks = not self.key and number < len(found) and found[number]["type"] in ("lines", "choices")
            self.writers[block["type"]](self, block, place or self.page_place())
            if asks and self.out and self.out[-1].tag == name("w:p"):
                keep_with_next(self.out[-1])

    def bullets(self, items: Iterable[str]) -> None:
        """Add a plain list in small print."""
        for item in items:
            self.para("TableSmall", run(item), listed=(BULLETS, 0), indent=(5.0, 5.0))

    def gap(self, space: float = AIR) -> None:
        """Ask for space before the next paragraph."""
        self._gap = space

    def make_room(self) -> None:
        """Turn the space that is asked for into space after the last paragraph: a table has none above it."""
        if self._gap and self.out and self.out[-1].tag == name("w:p"):
            properties = self.out[-1].find(name("w:pPr"))
            assert properties is not None
            spacing = properties.find(name("w:spacing"))
            if spacing is None:
                spacing = el("w:spacing")
                properties.insert(_place_of_spacing(properties), spacing)
            spacing.set(name("w:after"), str(twips(self._gap)))
        self._gap = 0.0

    def panel(self, style: str, icon: str, title: str, blocks: Iterable[Data]) -> None:
        """Add a panel: a title and blocks in one style."""
        left = INSET + (self.measures.rail if style != "WhereItStops" else 0.0)
        place = Place(style=style, left=left, width=self.measures.text - left - INSET)
        self.gap()
        if title:
            sign = self.picture({"kind": "icon", "name": icon, "width": 4.4}) if icon else None
            gap = run("\u2002") if icon else None
            self.para(style, sign, gap, run(title, bold=True), keep=True)
        self.blocks(blocks, place)
        self.gap()


def _place_of_spacing(properties: Element) -> int:
    later = {name(f"w:{tag}") for tag in ("ind", "jc", "outlineLvl", "sectPr")}
    return next((k for k, child in enumerate(properties) if child.tag in later), len(properties))


def keep_with_next(paragraph: Element) -> None:
    """Keep a paragraph on the page of the next one."""
    own = paragraph.find(name("w:pPr"))
    assert own is not None
    if own.find(name("w:keepNext")) is None:
        own.insert(1, el("w:keepNext"))


def keep_together(elements: Sequence[Element]) -> None:
    """Keep blocks on one page, as far as it has room: every paragraph stays with the next, except in the last block or row."""
    *before, last = elements
    rows = last.findall(name("w:tr"))[:-1]
    for element in (*before, *rows):
        for paragraph in element.iter(name("w:p")):
            keep_with_next(paragraph)
