"""Answers to exercises to edit: the key with its workings and wrong answers."""

from __future__ import annotations

from workshop.addons.docx.docx_document import Paper
from workshop.addons.docx.docx_runs import run, tab
from workshop.addons.docx.docx_styles import INSET
from workshop.addons.docx.docx_tables import Cell, table, words
from workshop.addons.docx.measures import key_measures
from workshop.addons.docx.sheet_twins import Data, bet_box, masthead, task_blocks, toy_box
from workshop.addons.docx.story import Place, Story, keep_together
from workshop.addons.docx.word_xml import Element
from workshop.layout.laid import LaidOut
from workshop.render.print.answer_keys import solutions_data
from workshop.render.print.figures import galley_for
from workshop.render.print.sheets import sheet_data

# Answer keys to edit: the answers as chips, and what to say to wrong ones in a table.
SHARES = (0.08, 0.22, 0.26, 0.44)  # of the width: task, on the sheet, because, say


def render_answers(laid: LaidOut) -> bytes:
    """Return the keys of all sheets as one document: each task filled in, its working below it, and wrong answers at the end.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid, key=True)
    data = solutions_data(laid, galley)
    pages = [sheet_data(laid, sheet, galley) for sheet in laid.kit.sheets]
    galley.report.raise_if_errors()
    paper = Paper(laid, galley, data, key_measures(data["paper"]), key=True)
    for key, page in zip(data["keys"], pages, strict=True):
        _key(paper, data, key, page)
    return paper.finished()


def _key(paper: Paper, data: Data, key: Data, page: Data) -> None:
    story, fixed = paper.story, data["words"]
    masthead(story, key | {"aim": page["aim"]}, key=True)
    if page["bet"]:
        bet_box(story, page["bet"])
    for task, solved in zip(page["tasks"], key["tasks"], strict=True):
        begin = len(story.out)
        task_blocks(story, task)
        _working(story, fixed, solved["blocks"])
        keep_together(story.out[begin:])
    toy_box(story, page)
    if key["wrong"]:
        _wrong_answers(story, fixed, key["wrong"])
    right = " · ".join(part for part in (key["id"], key["run"], data["kit"]["licence"]) if part)
    band = paper.header("default", key["stage"], "hatch", "right", key_band(fixed, key["id"]))
    paper.end_section(references=(band, *paper.footers(right, "SECTIONPAGES", 2)), restart=True)


def _working(story: Story, fixed: Data, blocks: list[Data]) -> None:
    """Add how a task is solved, beside a bar."""
    story.para("Quoted", run(fixed["working"], bold=True), before=1.4, keep=True)
    if not blocks:
        story.para("Quoted", run(fixed["no-solution"], style="Muted"))
    left = story.measures.rail + INSET
    story.blocks(blocks, Place(style="Quoted", left=left, width=story.measures.text - left))


def key_band(fixed: Data, name: str) -> list[Element]:
    """Return the text of the black band over a key."""
    aside = run(f"\u2002{fixed['key-aside']}", size=10, bold=False)
    return [run(fixed["key"]), aside, tab(), run(name)]


def _wrong_answers(story: Story, fixed: Data, rows: list[Data]) -> None:
    begin = len(story.out)
    story.para("Heading2", run(fixed["wrong"]), indent=(0.0, 0.0))
    width = story.measures.text

    def said(blocks: list[Data]) -> Cell:
        def fill(inside: Story) -> None:
            inside.key = False
            inside.blocks(blocks, Place(style="TableSmall", left=0.0, width=width * SHARES[-1]))

        return Cell(fill=fill)

    found = []
    for row in rows:
        seen = (words(row["see"], bold=True), said(row["because"]))
        # without a name on the sheet, the cause takes that cell
        alone = (Cell(fill=said(row["because"]).fill, span=2),)
        found.append((words(str(row["number"]), bold=True), *(seen if row["see"] else alone), said(row["say"])))
    table(
        story,
        [words(head, "TableHead") for head in fixed["wrong-head"]],
        found,
        [width * share for share in SHARES],
        alt=fixed["wrong"],
    )
    keep_together(story.out[begin:])
