"""The document properties of a deck: title, author, language, number of slides.

No date is written: the real one would change the bytes of each build, and a made-up one would be misleading. PowerPoint
adds one when it saves the deck.
"""

from __future__ import annotations

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.render.pptx.package import CORE_PROPERTIES, NOTES_TYPE, PROPERTIES, Package, Part
from workshop.render.xml import Element, clean, el

LONGEST = 255  # characters, according to the standard
KIND = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
FORMATS = {
    (16, 9): "Widescreen",
    (16, 10): "On-screen Show (16:10)",
    (4, 3): "On-screen Show (4:3)",
}  # as PowerPoint says


def set_properties(package: Package, laid: LaidOut) -> None:
    """Write both lists of properties; a template's own are removed."""
    package.related(CORE_PROPERTIES)[0].fill("cp:coreProperties", _core(laid.kit))
    counts = {
        "Slides": len(laid.slides),
        "Notes": sum(part.kind == NOTES_TYPE for part in package.parts()),
        "HiddenSlides": sum(slide.slide.hidden for slide in laid.slides),
    }
    ratio = laid.theme.width / laid.theme.height
    shape = next((name for (w, h), name in FORMATS.items() if abs(w / h - ratio) < 0.01), "Custom")
    properties = el(
        "ep:Properties",
        el("ep:TotalTime", text="0"),
        el("ep:Application", text="workshop-kit"),
        el("ep:PresentationFormat", text=shape),
        *(el(f"ep:{name}", text=str(number)) for name, number in counts.items()),
    )
    package.add(PROPERTIES, Part("/docProps/app.xml", KIND, properties))


def _core(kit: Kit) -> list[Element]:
    given = {
        "dc:title": clean(kit.title),
        "dc:creator": clean(kit.author),
        "cp:lastModifiedBy": clean(kit.author),
        "dc:language": kit.language,
        "dc:subject": clean(kit.subtitle),
        "cp:revision": "1",
    }
    return [el(tag, text=text[:LONGEST]) for tag, text in given.items()]
