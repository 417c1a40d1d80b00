"""Pictures on a slide: their parts, crops, links and grounds."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct, field
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part

from workshop.errors import At, Problem, WorkshopError
from workshop.inputs.pictures import MEDIA, PNG, SVG, PictureError, read_picture
from workshop.layout.laid import LaidPicture, cut_off
from workshop.layout.scene import SCRIM
from workshop.model.blocks import ShownPicture
from workshop.model.theme import Box, Paint, Theme
from workshop.render.office_xml import Element, el
from workshop.render.pptx.carrier import OpenDeck
from workshop.render.pptx.layouts import placeholder_mark
from workshop.render.pptx.shapes import geometry, named, transform

# Pictures in their placeholders and behind a slide.
VECTOR = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
LINK = Paint("hlink")  # what the theme has for links


class Media(Struct, kw_only=True):
    """The pictures of one deck; equal bytes are stored once.

    Attributes:
        parts: digest -> part.
        files: file -> its part, and for an SVG the part of its PNG.
        sizes: file -> its width and height in pixels.
    """

    deck: OpenDeck
    parts: dict[str, Part] = field(default_factory=dict)
    files: dict[Path, tuple[Part, Part | None]] = field(default_factory=dict)
    sizes: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def part(self, blob: bytes, suffix: str, kind: str) -> Part:
        """Return the part with ``blob``, with a suffix and content type."""
        digest = hashlib.sha256(blob).hexdigest()
        if digest not in self.parts:
            self.parts[digest] = self.deck.add(f"/ppt/media/image%d.{suffix}", kind, blob)
        return self.parts[digest]


def blip(path: Path, at: At, owner: Part, media: Media) -> Element:
    """Return ``a:blip`` for a file, with a PNG beside an SVG."""
    if path not in media.files:
        media.files[path] = _stored(path, at, media)
    part, drawn = media.files[path]
    if drawn is None:
        return el("a:blip", r_embed=owner.relate_to(part, RT.IMAGE))
    raster = owner.relate_to(drawn, RT.IMAGE)
    own = el("a:ext", el("asvg:svgBlip", r_embed=owner.relate_to(part, RT.IMAGE)), uri=VECTOR)
    return el("a:blip", el("a:extLst", own), r_embed=raster)


def _stored(path: Path, at: At, media: Media) -> tuple[Part, Part | None]:
    """Return the part of a file, and that of its PNG if it is an SVG, and note its size."""
    try:
        found = read_picture(path, again=True)
    except PictureError as error:
        message = f"the picture {path.name} can't be shown: {error.reason}"
        raise WorkshopError(Problem(message, at, hint=error.hint, code="picture")) from error
    media.sizes[path] = (found.width, found.height)
    part = media.part(found.blob, found.suffix, found.media_type)
    return part, media.part(found.bitmap, *MEDIA[PNG]) if found.kind == SVG else None


def _source(left: float, top: float, right: float, foot: float) -> Element | None:
    """Return what is cut off, in thousandths of a percent."""
    left_, top_, right_, foot_ = (round(100_000 * share) or None for share in (left, top, right, foot))
    return el("a:srcRect", l=left_, t=top_, r=right_, b=foot_) if left_ or top_ or right_ or foot_ else None


def picture(laid: LaidPicture, shape_id: int, owner: Part, media: Media, link: Element | None = None) -> Element:
    """Return ``p:pic`` in its placeholder; ``link`` is where a click on it leads."""
    shown: ShownPicture = laid.picture
    return el(
        "p:pic",
        el(
            "p:nvPicPr",
            _linked(named(shape_id, f"{laid.placeholder.name} {shape_id}", shown.alt), link),
            el("p:cNvPicPr", el("a:picLocks", noGrp=True, noChangeAspect=True)),
            el("p:nvPr", placeholder_mark(laid.placeholder)),
        ),
        el(
            "p:blipFill",
            blip(shown.path, shown.at, owner, media),
            _source(*laid.cut),
            el("a:stretch", el("a:fillRect")),
        ),
        el("p:spPr", transform(laid.box), geometry("rect")),
    )


def _linked(name: Element, link: Element | None) -> Element:
    if link is not None:
        name.children.insert(0, link)
    return name


def background(path: Path, at: At, owner: Part, media: Media, theme: Theme) -> Element:
    """Return ``p:bg``: a picture over the whole slide; what reaches beyond it is cut off."""
    shown = blip(path, at, owner, media)
    cut = cut_off(*media.sizes[path], theme.width / theme.height)
    return el(
        "p:bg",
        el(
            "p:bgPr",
            el("a:blipFill", shown, _source(*cut, *cut), el("a:stretch", el("a:fillRect")), rotWithShape=True),
            el("a:effectLst"),
        ),
    )


def scrim(shape_id: int, theme: Theme) -> Element:
    """Return a veil in the background colour between a background picture and the text."""
    ground = el("a:schemeClr", el("a:alpha", val=SCRIM * 1000), val="bg1")
    return el(
        "p:sp",
        el("p:nvSpPr", named(shape_id, "Veil", ""), el("p:cNvSpPr"), el("p:nvPr")),
        el(
            "p:spPr",
            transform(Box(0, 0, theme.width, theme.height)),
            geometry("rect"),
            el("a:solidFill", ground),
            el("a:ln", el("a:noFill")),
        ),
    )
