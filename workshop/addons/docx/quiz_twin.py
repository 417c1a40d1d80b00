"""The quiz and its key to edit."""

from __future__ import annotations

import math

from msgspec.structs import replace

from workshop.addons.docx.answer_twins import key_band
from workshop.addons.docx.block_types import options_to_tick
from workshop.addons.docx.docx_document import GAP, Paper
from workshop.addons.docx.docx_runs import run, tab
from workshop.addons.docx.guide_front import Data, new_column
from workshop.addons.docx.measures import Measures, key_measures
from workshop.addons.docx.sheet_twins import task_number
from workshop.addons.docx.story import Place, Story, keep_together
from workshop.layout.laid import LaidOut
from workshop.render.print.figures import galley_for
from workshop.render.print.forms import quiz_data

# The quiz before and after, and its key, to edit.
QUIZ_NOWHERE = {"place": 0, "label": ""}
NUMBER_ENDS = 0.72  # of the width


def render_quiz(laid: LaidOut) -> bytes:
    """Return the sheet before and the sheet after as one document: the two sides of one leaf.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid)
    data = quiz_data(laid, galley)
    galley.report.raise_if_errors()
    paper = Paper(
        laid, galley, data, Measures(paper=data["paper"], asked=6.0, h2=10.5, body=10.0, lead=13.0), facing=True
    )
    for sheet in data["sheets"]:
        _sheet(paper, data, sheet)
    return paper.finished()


def _sheet(paper: Paper, data: Data, sheet: Data) -> None:
    """Add one side of the leaf: before on its front, after on its back, with the questions in two columns."""
    story, fixed = paper.story, data["words"]
    before = sheet["when"] == "before"
    mark = run(f"\u00a0{fixed['quiz-before-mark' if before else 'quiz-after-mark']}\u00a0", style="Number")
    story.para("Kicker", run(data["kit"]["title"]), tab(), mark)
    story.para("Heading1", run(sheet["title"]))
    story.para("Lead", run(f"{fixed['quiz-how']} {fixed['quiz-turn']}" if before else fixed["quiz-how"]))
    wide = story.measures.text
    stops = ((wide * NUMBER_ENDS, "left", "underscore"), (wide, "right", "underscore"))
    number, date = (run(f"{fixed[name]} ", style="Muted") for name in ("quiz-number", "date"))
    story.para("Fields", number, tab(), run("\u2002"), date, tab(), tabs=stops)
    feet = paper.footers(data["kit"]["licence"], "NUMPAGES", 2)
    paper.end_section(begins="oddPage" if before else "evenPage", references=feet)
    half = math.ceil(len(sheet["questions"]) / 2)
    rail = story.measures.rail
    column = Place(style="BodyText", left=rail, width=(wide - GAP) / 2 - rail, lists=True)
    for place, question in enumerate(sheet["questions"]):
        begin = len(story.out)
        heading = story.para("Heading2", *task_number(story, question["number"]), *story.runs(question["text"]))
        if place == half:
            new_column(heading)
        options_to_tick(story, [(o["letter"], o["runs"], False) for o in question["options"]], column, most=1)
        keep_together(story.out[begin:])
    paper.end_section(begins="continuous", columns=2)


def render_quiz_key(laid: LaidOut) -> bytes:
    """Return the key as a separate document, so that nobody prints it with the sheets.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid)
    data = quiz_data(laid, galley, key=True)
    galley.report.raise_if_errors()
    paper = Paper(laid, galley, data, replace(key_measures(data["paper"], asked=1.1), body=9.5, h2=9.5, lead=11.4))
    story, fixed = paper.story, data["words"]
    story.para("Heading1", run(fixed["quiz-key"]))
    story.para("Lead", run(fixed["quiz-key-how"]))
    for question in (*data["questions"], *data["later"]):
        _answered(story, fixed, question)
    story.gap()
    story.para("Given", run(fixed["quiz-type"]))
    for line in (data["columns"], data["example"]):
        story.para("Given", run(line, style="Code"))
    band = paper.header("default", QUIZ_NOWHERE, "hatch", "right", key_band(fixed, fixed["quiz-title"]))
    paper.end_section(references=(band, *paper.footers(data["kit"]["licence"], "NUMPAGES", 1)))
    return paper.finished()


def _answered(story: Story, fixed: Data, question: Data) -> None:
    begin = len(story.out)
    stage = question["stage"]
    where = run(f"\u2003{fixed['stage']}\u00a0{stage['label']}", style="Muted") if stage["place"] else None
    story.para("Heading2", *task_number(story, question["number"]), *story.runs(question["text"]), where)
    left = story.measures.rail
    for option in question["options"]:
        look = {"style": "Answer"} if option["right"] else {"bold": True}
        means = run(f"\u2003✓ {fixed['quiz-right']}", bold=True) if option["right"] else None
        stands = run(f"\u2003{option['stands']}", style="Muted") if option["stands"] and not option["right"] else means
        story.para(
            "Choices",
            run(f"\u00a0{option['letter']}\u00a0", **look), tab(), run("" if question["asked-later"] else f"\u00a0{option['later']}\u00a0", **look), tab(),
            *story.runs(option["runs"], bold=True if option["right"] else None), stands,
            tabs=((left + 7, "left", ""), (left + 14, "left", "")), indent=(left + 14, 14.0),
        )  # fmt: skip
    keep_together(story.out[begin:])
