"""The demo of the companion page that a stage opens: its QR code if the page is published, and where it is in words."""

from __future__ import annotations

from workshop.layout.qr_code import code_svg
from workshop.model.blocks import plain
from workshop.model.kit import Kit
from workshop.render.print.block_data import Data, Galley


def opened_demo(kit: Kit, stage: str, galley: Galley) -> Data:
    """Return the demo that a slide of a stage opens first, for paper; empty if none is shown, and in a key.

    Its words are under "words"; of a published page there are its "address", its code as "svg" and the text of the code, "alt".
    """
    opened = (s.opened for s in kit.slides if s.stage == stage and s.opened and not s.hidden)
    first = next(opened, None)
    if first is None or galley.key:
        return {}
    page, section = first.runs
    if not page.link:
        return {"words": galley.word("print-demo", page=galley.text(plain(first.runs)))}
    said = galley.word("live-section", section=galley.text(section.text.lstrip(", ")))
    alt = galley.word("qr-alt", address=page.link)
    return {"words": said, "address": page.link, "svg": code_svg(page.link), "alt": alt}
