"""An editable document as a file: its parts, and a date that is always the same."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document

from workshop.addons.docx.block_types import WRITERS
from workshop.addons.docx.docx_pictures import Anchor, Pictures
from workshop.addons.docx.docx_runs import footer_page, run, tab
from workshop.addons.docx.docx_tables import Data
from workshop.addons.docx.empty import base_document
from workshop.addons.docx.measures import Measures
from workshop.addons.docx.story import Story
from workshop.addons.docx.word_xml import Element, el, name, twips
from workshop.layout.laid import LaidOut
from workshop.render.print.block_data import Galley

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
