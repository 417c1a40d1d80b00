"""Pictures in an editable document."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from workshop.addons.docx.word_xml import MM, Element, el, name
from workshop.render.print.typesetting import drawn

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
