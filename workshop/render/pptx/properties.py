"""The properties of a deck: title, author, dates and formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from workshop.layout.laid import LaidOut
from workshop.render.office_xml import clean, el, to_bytes
from workshop.render.pptx.carrier import OpenDeck, relate

if TYPE_CHECKING:
    pass


# The document properties of a deck: title, author, language, number of slides.
#
# No date is written: the real one would change the bytes of each build, and a made-up one would be misleading. PowerPoint
# adds one when it saves the deck.
LONGEST = 255  # characters, according to the standard
FORMATS = {
    (16, 9): "Widescreen",
    (16, 10): "On-screen Show (16:10)",
    (4, 3): "On-screen Show (4:3)",
}  # as PowerPoint says


def set_properties(deck: OpenDeck, laid: LaidOut, notes: int) -> None:
    """Write both lists of properties."""
    kit, core = laid.kit, deck.main.core_properties
    core._element.clear()  # noqa: SLF001 - python-pptx's own list has the time of day
    core.title, core.author, core.last_modified_by = (clean(t)[:LONGEST] for t in (kit.title, kit.author, kit.author))
    core.language, core.subject, core.revision = kit.language[:LONGEST], clean(kit.subtitle)[:LONGEST], 1
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
    relate(
        deck.package,
        RT.EXTENDED_PROPERTIES,
        deck.add("/docProps/app.xml", CT.OFC_EXTENDED_PROPERTIES, to_bytes(properties)),
    )
