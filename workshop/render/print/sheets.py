"""Exercise sheets: each is one self-contained leaf with two sides; all tasks, or those for home."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from workshop.constructs.answer_divs import Home, Wrong, wrong_data
from workshop.errors import Report
from workshop.layout.laid import LaidOut
from workshop.model.blocks import NOWHERE, Block, Choices
from workshop.model.kit import Exercise, Kit, Sheet
from workshop.render.print.bets_on_paper import bet_data
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.grey_logo import NAME, grey_logo
from workshop.render.print.leaves import overflows
from workshop.render.print.opened_demo import opened_demo
from workshop.render.print.run_mark import run_mark, words_of
from workshop.render.print.typesetting import Typeset, typeset
from workshop.render.writing import Writer
from workshop.wording import formats


# What is printed next to a solved page: wrong answers with what to say, and the working.
def beside(tasks: Iterable[tuple[str, Exercise]], galley: Galley, *, brief: bool = False) -> Data:
    """Return the wrong answers and the working of some numbered tasks, under "wrong" and "tasks"; "many" if there are several.

    Args:
        brief: whether the parts for home are left out, as they are in a booklet.
    """
    shown = tuple(tasks)
    return {
        "many": len(shown) > 1,
        "wrong": [
            wrong_data(panel, galley) | {"number": number}
            for number, exercise in shown
            for panel in exercise.solution
            if isinstance(panel, Wrong)
        ],
        "tasks": [solution(exercise, number, galley, brief=brief) for number, exercise in shown],
    }


def solution(exercise: Exercise, number: str, galley: Galley, *, brief: bool = False) -> Data:
    """Return the working of a task, without its wrong answers; ``brief`` leaves out that of its parts for home."""
    kept = tuple(block for block in exercise.solution if not isinstance(block, Wrong))
    return {
        "number": number,
        "title": galley.text(exercise.title, exercise.at),
        "blocks": galley.blocks(_without_home(kept) if brief else kept, exercise.at),
    }


SIDES = 2
LABELS = ("leaf", "overflow", "turns")


def render_sheets(laid: LaidOut, *, home: bool = False) -> bytes:
    """Return all sheets as one PDF; each begins on an odd page.

    A sheet is set with as much room to write as its leaf allows, and with every task on one page; the template tries all its
    settings, the roomiest first, before a sheet counts as too long. The rest of a page becomes room to work in.
    In a reading profile nothing is squeezed: a sheet has as many pages as it needs.

    Args:
        laid: the laid-out deck.
        home: whether the tasks of the class's booklet are left out.

    Raises:
        Problems: for a sheet that doesn't fit its leaf, or text that can't be printed.
    """
    profile = laid.kit.profile
    done, report = set_sheets(laid, home=home, profile=profile)
    if profile == "standard":
        _complain_of_length(_sheets(laid.kit, home=home), done, report)
    report.extend(overflows(done))
    report.raise_if_errors()
    return done.pdf


def set_sheets(laid: LaidOut, *, home: bool, profile: str) -> tuple[Typeset, Report]:
    """Return the sheets as set; the marks under "steps" and "turns" say how closely, and which task begins the second page."""
    galley = galley_for(laid, profile=profile)
    data = sheets_data(laid, galley, home=home, profile=profile)
    galley.report.raise_if_errors()
    return typeset("sheets", data, galley.files, LABELS, laid.kept, parts="sheets"), galley.report


def sheets_data(laid: LaidOut, galley: Galley, *, home: bool = False, profile: str = "standard") -> dict[str, Any]:
    """Return the data for ``templates/sheets.typ``."""
    title = galley.word("print-home-title" if home else "print-sheets-title")
    data = front(laid, galley, title, profile)
    data |= with_logo(laid, galley)
    sheets = _sheets(laid.kit, home=home)
    data["sheets"] = [sheet_data(laid, sheet, galley, home=home) for sheet in sheets]
    if laid.kit.printing.solutions:
        data["solutions"] = _solutions(laid, sheets, galley, home=home)
    return data


def _solutions(laid: LaidOut, sheets: tuple[Sheet, ...], galley: Galley, *, home: bool) -> list[Data]:
    """Return the key of each sheet, for people who work alone."""
    keys = []
    for sheet in sheets:
        title = galley.text(galley.word("print-key-of", title=sheet.title), sheet.at)
        keys.append({"title": title} | beside(tasks_of(laid, sheet, galley, home=home), galley))
    return keys


def with_logo(laid: LaidOut, galley: Galley) -> Data:
    """Return the name of the logo's file for the head of a page; nothing without a logo."""
    if laid.theme.logo is None:
        return {}
    galley.files[NAME] = grey_logo(laid.theme.logo.path)
    return {"logo": NAME}


def _sheets(kit: Kit, *, home: bool) -> tuple[Sheet, ...]:
    return home_sheets(kit) if home else kit.sheets


def home_sheets(kit: Kit) -> tuple[Sheet, ...]:
    """Return the sheets that have tasks for home."""
    return tuple(sheet for sheet in kit.sheets if sheet.for_home)


def sheet_data(laid: LaidOut, sheet: Sheet, galley: Galley, *, home: bool = False) -> Data:
    """Return one sheet: its head, its bet, its tasks, and the text on where the toy stops."""
    place = stage_place(laid, sheet.stage)
    kicker = " · ".join(part for part in (laid.kit.title, place["title"]) if part)
    shown = tasks_of(laid, sheet, galley, home=home)
    in_class = [tag_of(laid, sheet, exercise, galley) for exercise in sheet.for_class] if home else []
    return {
        "id": sheet.id,
        "run": galley.word("print-run", mark=run_mark(sheet)),
        "stage": place | {"title": galley.text(place["title"])},
        "kicker": galley.text(kicker),
        "title": galley.text(sheet.title, sheet.at),
        "aim": galley.text(sheet.aim, sheet.at),
        "time": galley.text(_time(exercise for _, exercise in shown)),
        "in-class": galley.word(f"print-home-{'one' if len(in_class) == 1 else 'many'}", tags=formats.listed(in_class))
        if in_class
        else "",
        "bet": bet_data(laid.kit, sheet.stage, galley),
        "demo": opened_demo(laid.kit, sheet.stage, galley),
        "tasks": [
            task_data(number, exercise, galley, where=_where(sheet, exercise, galley)) | {"place": place}
            for place, (number, exercise) in enumerate(shown, start=1)
        ],
        "toy": galley.text(sheet.toy, sheet.at),
        "step": 0,
        "turn": 0,
    }


def tasks_of(laid: LaidOut, sheet: Sheet, galley: Galley, *, home: bool = False) -> list[tuple[str, Exercise]]:
    """Return the tasks of a sheet with their numbers; on one with all tasks, those of the booklet have their tag there instead."""
    shown = sheet.for_home if home else sheet.on_sheet
    return [(str(number) if number else tag_of(laid, sheet, task, galley), task) for number, task in shown]


def tag_of(laid: LaidOut, sheet: Sheet, exercise: Exercise, galley: Galley) -> str:
    """Return the tag of the page of the booklet on which an exercise is."""
    number = exercise.page or stage_place(laid, sheet.stage)["label"]
    return galley.word("print-booklet-tag", number=number)


def asks_for_working(exercise: Exercise) -> bool:
    """Whether a task is worked out on paper: with a calculator, or with an equation in its key."""
    return exercise.calculator or any("=" in text for text in words_of(exercise.solution))


def _time(exercises: Iterable[Exercise]) -> str:
    minutes = sum(exercise.minutes for exercise in exercises)
    return f"{formats.number(minutes)} min" if minutes else ""


def _where(sheet: Sheet, exercise: Exercise, galley: Galley) -> str:
    """Return whether a task is done in class, if only some of the sheet's are."""
    return galley.word("print-in-class-here") if exercise.id in sheet.in_class else ""


def task_data(number: str, exercise: Exercise, galley: Galley, *, where: str = "", brief: bool = False) -> Data:
    """Return one task; ``brief`` leaves out its parts for home."""
    task = _ticked(exercise) if galley.key else exercise.task
    return {
        "number": number,
        "title": galley.text(exercise.title, exercise.at),
        "minutes": formats.number(exercise.minutes) if exercise.minutes else "",
        "calculator": calculator(exercise.calculator, galley),
        "where": where,
        "blocks": galley.blocks(_without_home(task) if brief else task, exercise.at),
        "hint": galley.blocks(exercise.hint, exercise.at) if galley.hints else [],
        "shared": exercise.shared,
        "working": asks_for_working(exercise),
    }


def _without_home(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if not isinstance(block, Home))


def _ticked(exercise: Exercise) -> tuple[Block, ...]:
    """Return a task in which options have the right ones marked, as they are in its key."""
    marked = [block for block in exercise.solution if isinstance(block, Choices)]
    found: list[Block] = []
    for block in exercise.task:
        if isinstance(block, Choices) and marked:
            block = marked.pop(0)  # noqa: PLW2901 - the block's answered twin takes its place
        found.append(block)
    return tuple(found)


def calculator(allowed: bool, galley: Galley) -> str:
    """Return whether a calculator may be used, in words."""
    return galley.word("print-calculator-allowed" if allowed else "print-calculator-not-needed")


def _complain_of_length(sheets: tuple[Sheet, ...], done: Typeset, report: Report) -> None:
    for leaf in done.marks["leaf"]:
        sheet = sheets[leaf["place"]]
        if leaf["pages"] > SIDES:
            report.error(
                f"the sheet {sheet.id} ({sheet.title}) needs {leaf['pages']} pages, and a leaf has {SIDES}",
                sheet.at if sheet.at != NOWHERE else None,
                "take a task out, shorten its text, or ask for fewer answer lines",
                "sheet-too-long",
            )


def has_class_tasks(kit: Kit) -> bool:
    """Whether the class has tasks of its own in a booklet, so that the full sheets aren't needed by default."""
    return any(exercise.booklet for sheet in kit.sheets for exercise in sheet.exercises)


SHEETS = Writer(
    filename="sheets.pdf",
    render=render_sheets,
    meaning="exercise sheets with all tasks, one leaf per stage (PDF)",
    whom="each person",
    needs_sheets=True,
    due=lambda kit: not has_class_tasks(kit),
    handed_out=True,
    profiled=True,
    needs_slides=False,
)
HOME = Writer(
    filename="home.pdf",
    render=partial(render_sheets, home=True),
    meaning="exercise sheets without the tasks of the class booklet, to take home (PDF)",
    whom="each person",
    needs_sheets=True,
    due=has_class_tasks,
    handed_out=True,
    profiled=True,
    needs_slides=False,
)
