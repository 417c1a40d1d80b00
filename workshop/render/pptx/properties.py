"""The document properties of a deck: title, author, language, number of slides.

No date is written: the real one would change the bytes of each build, and a made-up one would be misleading. PowerPoint
adds one when it saves the deck.
"""

from __future__ import annotations

from lxml import etree

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.render.pptx.package import CORE_PROPERTIES, NOTES_TYPE, PROPERTIES, Package, Part
from workshop.render.pptx.xml import NAMESPACES, Parsed, clean, el, name

LONGEST = 255  # characters, according to the standard
KIND = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
FORMATS = {
    (16, 9): "Widescreen",
    (16, 10): "On-screen Show (16:10)",
    (4, 3): "On-screen Show (4:3)",
}  # as PowerPoint says


def set_properties(package: Package, laid: LaidOut) -> None:
    """Write both lists of properties; a template's own are removed."""
    _set_core(package.related(CORE_PROPERTIES)[0].root, laid.kit)
    counts = {
        "Slides": len(laid.slides),
        "Notes": sum(part.kind == NOTES_TYPE for part in package.parts()),
        "HiddenSlides": sum(slide.slide.hidden for slide in laid.slides),
    }
    ratio = laid.theme.width / laid.theme.height
    shape = next((said for (w, h), said in FORMATS.items() if abs(w / h - ratio) < 0.01), "Custom")
    properties = el(
        "ep:Properties",
        el("ep:TotalTime", text="0"),
        el("ep:Application", text="workshop-kit"),
        el("ep:PresentationFormat", text=shape),
        *(el(f"ep:{kind}", text=str(number)) for kind, number in counts.items()),
    )
    package.add(PROPERTIES, Part("/docProps/app.xml", KIND, properties))


def _set_core(root: Parsed, kit: Kit) -> None:
    given = {
        "dc:title": clean(kit.title),
        "dc:creator": clean(kit.author),
        "cp:lastModifiedBy": clean(kit.author),
        "dc:language": kit.language,
        "dc:subject": clean(kit.subtitle),
        "cp:revision": "1",
    }
    root[:] = []
    for tag, text in given.items():
        prefix = tag.partition(":")[0]
        etree.SubElement(root, name(tag), nsmap={prefix: NAMESPACES[prefix]}).text = text[:LONGEST]
