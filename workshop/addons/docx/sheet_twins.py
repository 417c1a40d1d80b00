"""Exercise sheets to edit: the same tasks, numbers and marks as on the printed ones."""

from __future__ import annotations

from typing import Any

from workshop.addons.docx.docx_document import Paper
from workshop.addons.docx.docx_pictures import Anchor
from workshop.addons.docx.docx_runs import NO_WIDTH, checkbox, run, tab
from workshop.addons.docx.measures import measures_of, width_of
from workshop.addons.docx.story import Story, keep_together
from workshop.addons.docx.word_xml import Element
from workshop.layout.laid import LaidOut
from workshop.render.print.figures import galley_for
from workshop.render.print.sheets import sheets_data

Data = dict[str, Any]
STAGE = 17.0  # mm: the picture beside the heading
CODE = 22.0  # mm: the code of a demo
NAME_ENDS = 0.66  # of the width
EDGES = (("default", "right"), ("even", "left"))  # of the tab: the first page of a sheet is a right page


def render_sheets(laid: LaidOut) -> bytes:
    """Return all sheets as one document; each begins on a right page.

    Raises:
        Problems: for text that can't be printed.
    """
    profile = laid.kit.profile
    galley = galley_for(laid, profile=profile)
    data = sheets_data(laid, galley, profile=profile)
    galley.report.raise_if_errors()
    paper = Paper(laid, galley, data, measures_of(profile, data["paper"]), facing=True)
    for sheet in data["sheets"]:
        _sheet(paper, data, sheet)
    return paper.finished()


def _sheet(paper: Paper, data: Data, sheet: Data) -> None:
    story, fixed = paper.story, data["words"]
    masthead(story, sheet)
    _name_line(story, fixed, sheet["time"])
    if sheet["bet"]:
        bet_box(story, sheet["bet"])
    for task in sheet["tasks"]:
        begin = len(story.out)
        task_blocks(story, task)
        keep_together(story.out[begin:])
    toy_box(story, sheet)
    licence = data["kit"]["licence"] if data["profile"] == "standard" else ""  # large print has no room for it
    right = " · ".join(part for part in (sheet["id"], sheet["run"], licence) if part)
    tabs = [paper.header(kind, sheet["stage"], "solid", side) for kind, side in EDGES]
    paper.end_section(begins="oddPage", references=(*tabs, *paper.footers(right, "SECTIONPAGES", 2)), restart=True)


def masthead(story: Story, sheet: Data, *, key: bool = False) -> None:
    """Add the stage among all stages, the title with the sheet's ID, and what the sheet is for."""
    stage, wide = sheet["stage"], story.measures.text
    drawn = None
    if stage["picture"] and not key:
        order = {"kind": "stage", "svg": stage["picture"], "width": STAGE}
        drawn = story.picture(order, stage["alt"], Anchor(x=0, y=0, beside=True))
    story.para("Kicker", drawn, run(sheet["kicker"]), *strip(story, stage, key=key))
    number = () if key else (tab(), run(f"\u00a0{sheet['id']}\u00a0{NO_WIDTH}", style="Number"))
    story.para("Heading1", run(sheet["title"]), *number, tabs=() if key else ((wide, "right", ""),))
    if sheet.get("aim"):
        story.para("Lead", run(sheet["aim"]))
    if demo := sheet.get("demo"):
        _demo(story, demo)


def _demo(story: Story, demo: Data) -> None:
    """Add the code of the demo that a stage opens, and what it opens; without a code, where the demo is."""
    if "svg" not in demo:
        story.para("Lead", run(demo["words"], style="Muted"))
        return
    code = story.picture({"kind": "code", "svg": demo["svg"], "width": CODE}, demo["alt"])
    story.para("Lead", code, run("\u2002"), *story.runs([{"t": demo["words"], "is": [], "link": demo["address"]}]))


def strip(story: Story, stage: Data, *, key: bool = False) -> tuple[Element, ...]:
    """Return the row of all stages, at the right end of a line; nothing for what has no stage."""
    if not stage["place"]:
        return ()
    order = {"kind": "strip", "place": stage["place"], "label": stage["label"], "key": key}
    return tab(), story.picture(order, f"{story.words['stage']} {stage['label']}")


def _name_line(story: Story, fixed: Data, time: str) -> None:
    wide = story.measures.text
    ends = wide - width_of(time, story.measures.caption, story.measures) - 4 if time else wide
    stops = ((wide * NAME_ENDS, "left", "underscore"), (ends, "left", "underscore"), (wide, "right", ""))
    name, date = (run(f"{fixed[field]} ", style="Muted") for field in ("name", "date"))
    told = (tab(), run(time, style="Muted")) if time else ()
    story.para("Fields", name, tab(), run("\u2002"), date, tab(), *told, tabs=stops)


def bet_box(story: Story, bet: Data) -> None:
    """Add the bet with which a sheet opens: options to tick, and a line for what came, which a key fills in."""
    fixed = story.words
    story.gap()
    story.para(
        "Bet", run(f"{fixed['bet']}\u2002", bold=True, size=15), run(fixed["bet-when"], style="Muted"), keep=True
    )
    story.para("Bet", *story.runs(bet["question"], bold=True), keep=True)
    for option in bet["options"]:
        box = checkbox("".join(part["t"] for part in option["runs"]))
        letter = run(f"\u2002{option['letter']}\u2002", bold=True)
        story.para("Bet", *box, letter, *story.runs(option["runs"]), keep=True)
    now = story.runs(bet["now"], bold=True) if story.key else [tab()]
    story.para("Bet", run(f"{fixed['now-see']} ", bold=True), *now)
    story.gap()


def task_blocks(story: Story, task: Data) -> None:
    """Add a task: its number and title, what is asked, and its hint."""
    fixed = story.words
    minutes = fixed["minutes"].replace("{minutes}", task["minutes"]) if task["minutes"] else ""
    aside = " · ".join(part for part in (minutes, task["calculator"], task["where"]) if part)
    story.para(
        "Heading2",
        *task_number(story, task["number"]),
        run(task["title"]),
        run(f"\u2003{aside}", style="Muted") if aside else None,
    )
    story.blocks(task["blocks"])
    if task["hint"]:
        story.panel("Hint", "bulb", fixed["hint"], task["hint"])


def toy_box(story: Story, sheet: Data) -> None:
    """Add where the toy stops."""
    if sheet["toy"]:
        toy = {"type": "para", "runs": [{"t": sheet["toy"], "is": []}]}
        story.panel("WhereItStops", "fence", story.words["toy"], [toy])


def task_number(story: Story, number: int | str) -> tuple[Element, Element]:
    """Return the number of a task, which hangs in its own column if there is one."""
    return run(f"\u00a0{number}\u00a0", style="Number"), tab() if story.measures.rail else run("\u2002")
