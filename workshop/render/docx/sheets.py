"""Exercise sheets to edit: the same tasks, numbers and marks as on the printed ones."""

from __future__ import annotations

from typing import Any

from workshop.layout.laid import LaidOut
from workshop.render.docx.document import Paper
from workshop.render.docx.measures import measures_of
from workshop.render.docx.pictures import Anchor
from workshop.render.docx.runs import run, tab
from workshop.render.docx.story import Story, keep_together
from workshop.render.docx.xml import Element
from workshop.render.print.figures import galley_for
from workshop.render.print.sheets import sheets_data

Data = dict[str, Any]
STAGE = 17.0  # mm: the picture beside the heading
NAME_ENDS, DATE_ENDS = 0.6, 0.82  # of the width
EDGES = (("default", "right"), ("even", "left"))  # of the tab: the first page of a sheet is a right page


def render_sheets(laid: LaidOut) -> bytes:
    """Return all sheets as one document; each begins on a right page.

    Raises:
        Problems: for text that can't be printed.
    """
    profile = laid.kit.profile
    galley = galley_for(laid, profile=profile)
    data = sheets_data(laid, galley)
    galley.report.raise_if_errors()
    paper = Paper(laid, galley, data, measures_of(profile, data["paper"]), facing=True)
    for sheet in data["sheets"]:
        _sheet(paper, data, sheet)
    return paper.finished()


def _sheet(paper: Paper, data: Data, sheet: Data) -> None:
    story = paper.story
    masthead(story, sheet)
    _fields(story, data["words"], sheet["id"])
    if sheet["time"]:
        story.para("Facts", run(sheet["time"]))
    for task in sheet["tasks"]:
        _task(story, data["words"], task)
    if sheet["toy"]:
        toy = {"type": "para", "runs": [{"t": sheet["toy"], "is": []}]}
        story.panel("WhereItStops", "fence", data["words"]["toy"], [toy])
    right = " · ".join(part for part in (sheet["id"], sheet["run"], data["kit"]["licence"]) if part)
    tabs = [paper.header(kind, sheet["stage"], "solid", side) for kind, side in EDGES]
    paper.end_section(begins="oddPage", references=(*tabs, *paper.footers(right, "SECTIONPAGES", 2)), restart=True)


def masthead(story: Story, sheet: Data, *, key: bool = False) -> None:
    """Add the stage among all stages, the title, and what the sheet is for."""
    stage = sheet["stage"]
    drawn = None
    if stage["picture"] and not key:
        order = {"kind": "stage", "svg": stage["picture"], "width": STAGE}
        drawn = story.picture(order, stage["alt"], Anchor(x=0, y=0, beside=True))
    story.para("Kicker", drawn, run(sheet["kicker"]), *strip(story, stage, key=key))
    story.para("Heading1", run(sheet["title"]))
    if sheet.get("aim"):
        story.para("Lead", run(sheet["aim"]))


def strip(story: Story, stage: Data, *, key: bool = False) -> tuple[Element, ...]:
    """Return the row of all stages, at the right end of a line; nothing for what has no stage."""
    if not stage["place"]:
        return ()
    order = {"kind": "strip", "place": stage["place"], "label": stage["label"], "key": key}
    return tab(), story.picture(order, f"{story.words['stage']} {stage['label']}")


def _fields(story: Story, words: Data, sheet: str) -> None:
    wide = story.measures.text
    stops = ((wide * NAME_ENDS, "left", "underscore"), (wide * DATE_ENDS, "left", "underscore"), (wide, "right", ""))
    name, date = (run(f"{words[field]} ", style="Muted") for field in ("name", "date"))
    number = run(f"\u00a0{sheet}\u00a0", style="Number")
    asked = run(f"{words['sheet']} ", style="Muted")
    story.para("Fields", name, tab(), run("\u2002"), date, tab(), tab(), asked, number, tabs=stops)


def _task(story: Story, words: Data, task: Data) -> None:
    """Add a task, which stays on one page as far as it has room."""
    begin = len(story.out)
    minutes = words["minutes"].replace("{minutes}", task["minutes"]) if task["minutes"] else ""
    aside = " · ".join(part for part in (minutes, task["calculator"]) if part)
    story.para(
        "Heading2",
        *task_number(story, task["number"]),
        run(task["title"]),
        run(f"\u2003{aside}", style="Muted") if aside else None,
    )
    story.blocks(task["blocks"])
    if task["hint"]:
        story.panel("Hint", "bulb", words["hint"], task["hint"])
    keep_together(story.out[begin:])


def task_number(story: Story, number: int) -> tuple[Element, Element]:
    """Return the number of a task, which hangs in its own column if there is one."""
    return run(f"\u00a0{number}\u00a0", style="Number"), tab() if story.measures.rail else run("\u2002")
