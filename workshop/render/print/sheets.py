"""Exercise sheets: each is one self-contained leaf with two sides; all tasks, or those for home."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from workshop.errors import Report
from workshop.layout.laid import LaidOut
from workshop.model.kit import NOWHERE, Block, Choices, Exercise, Kit, Sheet
from workshop.render.print.bets import bet_data
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import overflows
from workshop.render.print.logo import NAME, grey_logo
from workshop.render.print.run_mark import run_mark
from workshop.render.print.solved import beside
from workshop.render.print.typesetting import Typeset, typeset
from workshop.render.writer import Writer
from workshop.wording import formats

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
        data["solutions"] = _solutions(sheets, galley, home=home)
    return data


def _solutions(sheets: tuple[Sheet, ...], galley: Galley, *, home: bool) -> list[Data]:
    """Return the key of each sheet, for people who work alone."""
    keys = []
    for sheet in sheets:
        title = galley.text(galley.word("print-key-of", title=sheet.title), sheet.at)
        keys.append({"title": title} | beside(sheet.for_home if home else sheet.numbered, galley))
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
    shown = sheet.for_home if home else sheet.numbered
    return {
        "id": sheet.id,
        "run": galley.word("print-run", mark=run_mark(sheet)),
        "stage": place | {"title": galley.text(place["title"])},
        "kicker": galley.text(kicker),
        "title": galley.text(sheet.title, sheet.at),
        "aim": galley.text(sheet.aim, sheet.at),
        "time": galley.text(_time(exercise for _, exercise in shown)),
        "bet": bet_data(laid.kit, sheet.stage, galley),
        "tasks": [
            task_data(number, exercise, galley, where=_where(sheet, exercise, galley)) for number, exercise in shown
        ],
        "toy": galley.text(sheet.toy, sheet.at),
        "step": 0,
        "turn": 0,
    }


def _time(exercises: Iterable[Exercise]) -> str:
    minutes = sum(exercise.minutes for exercise in exercises)
    return f"{formats.number(minutes)} min" if minutes else ""


def _where(sheet: Sheet, exercise: Exercise, galley: Galley) -> str:
    """Return whether a task is done in class, if only some of the sheet's are."""
    return galley.word("print-in-class-here") if exercise.id in sheet.in_class else ""


def task_data(number: int, exercise: Exercise, galley: Galley, *, where: str = "", brief: bool = False) -> Data:
    """Return one task; ``brief`` leaves out its parts for home."""
    return {
        "number": number,
        "title": galley.text(exercise.title, exercise.at),
        "minutes": formats.number(exercise.minutes) if exercise.minutes else "",
        "calculator": calculator(exercise.calculator, galley),
        "where": where,
        "blocks": galley.blocks(
            _ticked(exercise, brief=brief) if galley.key else _asked(exercise, brief=brief), exercise.at
        ),
        "hint": galley.blocks(exercise.hint, exercise.at) if galley.hints else [],
        "shared": exercise.shared,
    }


def _asked(exercise: Exercise, *, brief: bool) -> tuple[Block, ...]:
    return exercise.brief if brief else exercise.task


def _ticked(exercise: Exercise, *, brief: bool) -> tuple[Block, ...]:
    """Return a task in which options have the right ones marked, as they are in its key."""
    marked = [block for block in exercise.solution if isinstance(block, Choices)]
    found: list[Block] = []
    for block in _asked(exercise, brief=brief):
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


WRITER = Writer(
    filename="sheets.pdf",
    render=render_sheets,
    meaning="exercise sheets with all tasks, one leaf per stage (PDF)",
    needs_sheets=True,
    due=lambda kit: not has_class_tasks(kit),
    profiled=True,
    needs_slides=False,
)
HOME = Writer(
    filename="home.pdf",
    render=partial(render_sheets, home=True),
    meaning="exercise sheets without the tasks of the class booklet, to take home (PDF)",
    needs_sheets=True,
    due=has_class_tasks,
    profiled=True,
    needs_slides=False,
)
