"""The file of a training as a Word file, in the styles of the editable twins."""

from __future__ import annotations

from typing import Any

from workshop.addons.docx.docx_document import Paper
from workshop.addons.docx.docx_runs import run
from workshop.addons.docx.docx_tables import Cell, table, words
from workshop.addons.docx.measures import guide_measures
from workshop.addons.docx.story import Story
from workshop.layout.laid import LaidOut
from workshop.render.print.block_data import Galley

Data = dict[str, Any]
SIGNED = {"signed": 14.0, "attendance": 9.0}  # mm: rows with room for a signature
FIELD = (0.3, 0.7)  # of the width: the name of a field and what is written beside it


def written(laid: LaidOut, galley: Galley, data: Data) -> bytes:
    """Return the document."""
    paper = Paper(laid, galley, data, guide_measures(data["paper"]))
    story = paper.story
    story.para("Kicker", run(data["kit"]["title"]))
    story.para("Heading1", run(data["title"]))
    story.para("Lead", run(data["lead"]))
    for part in data["parts"]:
        _part(story, part)
    paper.end_section(references=paper.footers(data["kit"]["licence"], "NUMPAGES", 1))
    return paper.finished()


def _part(story: Story, part: Data) -> None:
    wide = story.measures.text
    fixed, least = story.words, SIGNED.get(part["key"], 0.0)
    story.para("Heading2", run(part["title"]))
    for text in part["texts"]:
        head = (run(f"{text['head']} ", bold=True),) if text["head"] else ()
        story.para("TableSmall", *head, run(text["text"]), before=1.0)
    if part["fields"]:
        rows = [[words(field["name"]), words(field["value"], bold=True)] for field in part["fields"]]
        heads = [words(fixed[f"record-{name}"], "TableHead") for name in ("field", "entry")]
        table(story, heads, rows, [wide * share for share in FIELD], alt=part["title"], least=least)
    if part["rows"]:
        heads = [words(head, "TableHead") for head in part["heads"]]
        rows = [_row(story, row) for row in part["rows"]]
        table(story, heads, rows, [wide * share for share in part["shares"]], alt=part["title"], least=least)


def _row(story: Story, row: Data) -> list[Cell]:
    color = story.colors["tint"] if row["band"] else ""
    return [Cell(fill=words(cell, bold=row["band"]).fill, color=color) for cell in row["cells"]]
