"""The document properties of a deck: title, author, language, number of slides.

No date is written: the real one would change the bytes of each build, and a made-up one would be misleading. PowerPoint
adds one when it saves the deck.
"""

from __future__ import annotations

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.package import Package

from workshop.layout.laid import LaidOut
from workshop.render.pptx.package import walk
from workshop.render.pptx.xml import clean, el, to_bytes

LONGEST = 255  # characters, according to the standard
KIND = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
FORMATS = {
    (16, 9): "Widescreen",
    (16, 10): "On-screen Show (16:10)",
    (4, 3): "On-screen Show (4:3)",
}  # as PowerPoint says


def set_properties(package: Package, laid: LaidOut) -> None:
    """Write both lists of properties; a template's own are removed."""
    kit, core = laid.kit, package.core_properties
    for node in list(core._element):  # noqa: SLF001 - python-pptx can set a property, not unset it
        core._element.remove(node)  # noqa: SLF001
    core.title, core.author, core.last_modified_by = (clean(t)[:LONGEST] for t in (kit.title, kit.author, kit.author))
    core.language, core.subject = kit.language, clean(kit.subtitle)[:LONGEST]
    core.revision = 1
    notes = sum(part.partname.startswith("/ppt/notesSlides/") for part in walk(package))
    counts = {
        "Slides": len(laid.slides),
        "Notes": notes,
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
    part = Part(PackURI("/docProps/app.xml"), KIND, package, to_bytes(properties))
    package.relate_to(part, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
