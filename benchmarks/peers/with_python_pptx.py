"""Writes the slides of slides.json with python-pptx, as its documentation shows it: python with_python_pptx.py FOLDER DECK."""

import json
import sys
from pathlib import Path

from pptx import Presentation
from pptx.util import Inches, Pt

BULLETS, TITLE_ONLY = 1, 5


def main(folder: Path, deck: str) -> None:
    """Write the deck."""
    shown = Presentation()
    shown.slide_width, shown.slide_height = Inches(13.333), Inches(7.5)
    for told in json.loads((folder / "slides.json").read_text("utf-8")):
        slide = shown.slides.add_slide(shown.slide_layouts[BULLETS if told["bullets"] else TITLE_ONLY])
        slide.shapes.title.text = told["title"]
        if told["bullets"]:
            frame = slide.placeholders[1].text_frame
            frame.text, *others = told["bullets"]
            for bullet in others:
                frame.add_paragraph().text = bullet
        if told["table"]:
            rows = told["table"]
            place = (Inches(1), Inches(1.8), Inches(11), Inches(0.5 * len(rows)))
            table = slide.shapes.add_table(len(rows), len(rows[0]), *place).table
            for i, row in enumerate(rows):
                for j, text in enumerate(row):
                    table.cell(i, j).text = text
                    table.cell(i, j).text_frame.paragraphs[0].font.size = Pt(18)
        if told["picture"]:
            slide.shapes.add_picture(str(folder / told["picture"]), Inches(2), Inches(1.6), height=Inches(5.5))
        slide.notes_slide.notes_text_frame.text = told["notes"]
    shown.save(deck)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
