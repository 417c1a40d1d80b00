"""The quiz before and after, and its key, to edit."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from workshop.layout.laid import LaidOut
from workshop.render.docx.answers import key_band
from workshop.render.docx.blocks import options_to_tick
from workshop.render.docx.document import Paper
from workshop.render.docx.measures import Measures, key_measures
from workshop.render.docx.runs import checkbox, run, tab
from workshop.render.docx.sheets import task_number
from workshop.render.docx.story import Story, keep_together
from workshop.render.print.figures import galley_for
from workshop.render.print.quiz import quiz_data

Data = dict[str, Any]
NOWHERE = {"place": 0, "label": ""}
NUMBER_ENDS = 0.72  # of the width
BREAK_FROM = 3  # questions on a side: fewer aren't split


def render_quiz(laid: LaidOut) -> bytes:
    """Return the sheet before and the sheet after as one document, each beginning on a right page.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid)
    data = quiz_data(laid, galley)
    galley.report.raise_if_errors()
    paper = Paper(laid, galley, data, Measures(paper=data["paper"], asked=8.0, h2=11.0), facing=True)
    for sheet in data["sheets"]:
        _sheet(paper, data, sheet)
    return paper.finished()


def _sheet(paper: Paper, data: Data, sheet: Data) -> None:
    story, fixed = paper.story, data["words"]
    when = fixed[f"quiz-{sheet['when']}-mark"]
    mark = run(f"\u00a0{when}\u00a0", style="Number")
    story.para("Kicker", run(data["kit"]["title"]), tab(), mark)
    story.para("Heading1", run(sheet["title"]))
    story.para("Lead", run(fixed["quiz-how"]))
    wide = story.measures.text
    stops = ((wide * NUMBER_ENDS, "left", "underscore"), (wide, "right", "underscore"))
    number, date = (run(f"{fixed[name]} ", style="Muted") for name in ("quiz-number", "date"))
    story.para("Fields", number, tab(), run("\u2002"), date, tab(), tabs=stops)
    half = math.ceil(len(sheet["questions"]) / 2)
    for place, question in enumerate(sheet["questions"]):
        begin = len(story.out)
        sure = (run(f"{fixed['quiz-sure']} ", style="Muted"), *checkbox(fixed["quiz-sure"]))
        turned = place == half >= BREAK_FROM
        heading = (*task_number(story, question["number"]), *story.runs(question["text"]), tab(), *sure)
        story.para("Heading2", *heading, new_page=turned, tabs=((wide, "right", ""),))
        options = [(option["letter"], option["runs"], False) for option in question["options"]]
        options_to_tick(story, options, story.page_place(), most=2)
        keep_together(story.out[begin:])
    paper.end_section(
        begins="oddPage", references=paper.footers(data["kit"]["licence"], "SECTIONPAGES", 2), restart=True
    )


def render_quiz_key(laid: LaidOut) -> bytes:
    """Return the key as a separate document, so that nobody prints it with the sheets.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid)
    data = quiz_data(laid, galley, key=True)
    galley.report.raise_if_errors()
    paper = Paper(laid, galley, data, replace(key_measures(data["paper"], asked=2.6), h2=10.0, lead=12.2))
    story, fixed = paper.story, data["words"]
    story.para("Heading1", run(fixed["quiz-key"]))
    story.para("Lead", run(fixed["quiz-key-how"]))
    for question in data["questions"]:
        _answered(story, fixed, question)
    story.gap()
    story.para("Given", run(fixed["quiz-type"]))
    for line in (data["columns"], data["example"]):
        story.para("Given", run(line, style="Code"))
    band = paper.header("default", NOWHERE, "hatch", "right", key_band(fixed, fixed["quiz-title"]))
    paper.end_section(references=(band, *paper.footers(data["kit"]["licence"], "NUMPAGES", 1)))
    return paper.finished()


def _answered(story: Story, fixed: Data, question: Data) -> None:
    begin = len(story.out)
    stage = question["stage"]
    where = run(f"\u2003{fixed['stage']} {stage['label']}", style="Muted") if stage["place"] else None
    story.para("Heading2", *task_number(story, question["number"]), *story.runs(question["text"]), where)
    left = story.measures.rail
    for option in question["options"]:
        look = {"style": "Answer"} if option["right"] else {"bold": True}
        means = run(f"\u2003✓ {fixed['quiz-right']}", bold=True) if option["right"] else None
        stands = run(f"\u2003{option['stands']}", style="Muted") if option["stands"] and not option["right"] else means
        story.para(
            "Choices",
            run(f"\u00a0{option['letter']}\u00a0", **look), tab(), run(f"\u00a0{option['later']}\u00a0", **look), tab(),
            *story.runs(option["runs"], bold=True if option["right"] else None), stands,
            tabs=((left + 7, "left", ""), (left + 14, "left", "")), indent=(left + 14, 14.0),
        )  # fmt: skip
    keep_together(story.out[begin:])
