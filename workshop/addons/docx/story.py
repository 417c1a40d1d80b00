"""The text of an editable document, block by block: paragraphs, lists, panels, lines to write on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.addons.docx.docx_pictures import Anchor, Order, Pictures
from workshop.addons.docx.docx_runs import run, runs_of
from workshop.addons.docx.docx_styles import INSET, tab_stops
from workshop.addons.docx.empty import BULLETS
from workshop.addons.docx.measures import Measures
from workshop.addons.docx.word_xml import Element, el, name, twips

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
