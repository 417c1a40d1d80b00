"""What the manual's commands take for granted: a client's template, logo, documents and data, made anew in a folder."""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image
from pptx import Presentation
from pptx.util import Inches

NAMES = {  # of python-pptx's own template, as a client calls them
    "Title Slide": "Nordkai Cover",
    "Title and Content": "Nordkai Text",
    "Section Header": "Nordkai Divider",
    "Two Content": "Nordkai Two columns",
    "Comparison": "Nordkai Versus",
    "Title Only": "Nordkai Headline",
}
COLORS = {"dk2": "16324F", "accent1": "0F6E84", "accent2": "C8553D", "accent3": "E3B23C", "accent4": "5B8E7D"}
DOCUMENTS = {
    "travel.txt": (
        "Business travel\n\nBook trains at least two weeks ahead. A hotel may cost 140 euros a night, breakfast included. "
        "Flights within the country need the approval of a director. Taxis are paid after ten in the evening. "
        "Keep every receipt until the month is closed. Claims are handed in within thirty days."
    ),
    "remote.md": (
        "# Remote working\n\nWorking from home is agreed in the team. Two days a week in the office are the rule. "
        "The company lends a laptop, a screen and a chair. Customer files stay on the company's laptop. "
        "Screens are locked whenever somebody leaves the room. Lost devices are reported the same day. "
        "Work from abroad needs a permit from the personnel department."
    ),
    "refunds.md": (
        "# Refunds to customers\n\nA customer may return goods within sixty days. Refunds are paid within a week. "
        "The receipt or the order number is enough. Opened software is not taken back. "
        "Above 500 euros the head of sales signs. Broken goods are replaced first and checked afterwards."
    ),
}
CHAPTER = "\n".join(  # about two pages
    f"The {who} {does} the {what} {where}."
    for where, who in zip(
        ("by the harbour", "on the island", "at the window", "in the rain"),
        ("boy", "captain", "cook", "ferry"),
        strict=True,
    )
    for does in ("watches", "waits for", "likes")
    for what in ("ship", "tide", "lamp", "gull")
)
TALK = "---\ntitle: {title}\n---\n\n## {slide}\n\n- {first}\n- {second}\n"


def client_template(path: Path) -> None:
    """Write a 16:9 template with a client's names of layouts and colours."""
    deck = Presentation()
    by = Inches(13.333) / deck.slide_width
    deck.slide_width = Inches(13.333)
    master = deck.slide_master
    for owner in (master, *master.slide_layouts):
        for shape in owner.shapes:
            if shape._element.spPr.xfrm is not None:  # noqa: SLF001 - what python-pptx has no name for
                shape.left, shape.width = round(shape.left * by), round(shape.width * by)
    for layout in master.slide_layouts:
        layout.name = NAMES.get(layout.name, f"Nordkai {layout.name}")
    theme = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    text = theme.blob.decode()
    for slot, color in COLORS.items():
        text = re.sub(rf'(<a:{slot}><a:srgbClr val=")[0-9A-F]{{6}}', rf"\g<1>{color}", text)
    theme._blob = re.sub('<a:latin typeface="[^"]*"', '<a:latin typeface="Arial"', text).encode()  # noqa: SLF001
    style = master.element.find(".//{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    style.find("{*}defRPr").set("sz", "3200")
    for node in master.slide_layouts[0].element.iter("{*}lvl1pPr"):
        node.set("algn", "l")
    deck.save(path)


def logo() -> bytes:
    """Return a PNG of 240 by 80 pixels, a logo in two of the client's colours."""
    picture = Image.new("RGB", (240, 80), f"#{COLORS['accent2']}")
    picture.paste(f"#{COLORS['accent1']}", (0, 0, 80, 80))
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def give(folder: Path) -> None:
    """Put into a folder all that a reader of the manual would have."""
    for name in ("corp.pptx", "acme.pptx"):
        client_template(folder / name)
    (folder / "logo.png").write_bytes(logo())
    (folder / "documents").mkdir()
    texts = {f"documents/{name}": text for name, text in DOCUMENTS.items()}
    texts |= {"chapter.txt": CHAPTER, "acme.txt": CHAPTER, "team-07.csv": "name\nAmina Berg\nTom Long\n"}
    texts["talk.md"] = TALK.format(title="Tides", slide="Tides decide", first="High water at 7:40", second="Low at 2")
    texts["vortrag.md"] = TALK.format(
        title="Ebbe", slide='Die "Flut"', first="Um 7:40 Uhr steht sie 3.5 m hoch", second="Und um acht?"
    )
    texts["vortrag.md"] = texts["vortrag.md"].replace("---\n\n", "language: de\ndate: 2026-12-02\n---\n\n", 1)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


def edit(deck: Path) -> None:
    """Change a word on two slides of a deck, as somebody does in PowerPoint."""
    shown = Presentation(str(deck))
    titles = [slide.shapes.title for slide in list(shown.slides)[1:] if slide.shapes.title]
    for title in titles[:2]:
        run = title.text_frame.paragraphs[0].runs[0]
        run.text = f"Now {run.text}"
    shown.save(str(deck))
