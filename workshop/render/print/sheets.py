"""Exercise sheets: each is one self-contained leaf with two sides."""

from __future__ import annotations

from typing import Any

from workshop.errors import Report
from workshop.layout.laid import LaidOut
from workshop.model.kit import NOWHERE, Exercise, Sheet
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import overflows
from workshop.render.print.logo import NAME, grey_logo
from workshop.render.print.run_mark import run_mark
from workshop.render.print.typesetting import Typeset, typeset_to_fit
from workshop.render.writer import Writer
from workshop.wording import formats

SIDES = 2
LABELS = ("leaf", "overflow", "turns")


def render_sheets(laid: LaidOut) -> bytes:
    """Return all sheets as one PDF; each begins on an odd page.

    A sheet is set with as much room to write as its leaf allows, and with every task on one page; the template tries all its
    settings, the roomiest first, before a sheet counts as too long. The rest of a page becomes room to work in.
    In a reading profile nothing is squeezed: a sheet has as many pages as it needs.

    Raises:
        Problems: for a sheet that doesn't fit its leaf, or text that can't be printed.
    """
    profile = laid.kit.profile
    galley, done = set_sheets(laid)
    if profile == "standard":
        _complain_of_length(laid.kit.sheets, done, galley.report)
    galley.report.extend(overflows(done))
    galley.report.raise_if_errors()
    return done.pdf


def set_sheets(laid: LaidOut) -> tuple[Galley, Typeset]:
    """Return the standard sheets as they are set, with the setting of each (``steps``) and the task that turns its page.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid, profile=laid.kit.profile)
    data = sheets_data(laid, galley)
    galley.report.raise_if_errors()
    return galley, typeset_to_fit("sheets", data, data["sheets"], galley.files, LABELS, laid.kept)


def sheets_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/sheets.typ``."""
    data = sheets_front(laid, galley, galley.word("print-sheets-title"))
    data["sheets"] = [sheet_data(laid, sheet, galley) for sheet in laid.kit.sheets]
    return data


def sheets_front(laid: LaidOut, galley: Galley, title: str) -> dict[str, Any]:
    """Return the data of ``templates/sheets.typ`` without its sheets."""
    data = front(laid, galley, title, laid.kit.profile)
    if laid.theme.logo is not None:
        galley.files[NAME] = grey_logo(laid.theme.logo.path)
        data["logo"] = NAME
    return data


def sheet_data(laid: LaidOut, sheet: Sheet, galley: Galley) -> Data:
    """Return one sheet: its head, its tasks, and the text on where the toy stops."""
    place = stage_place(laid, sheet.stage)
    kicker = " · ".join(part for part in (laid.kit.title, place["title"]) if part)
    allowed = {exercise.calculator for exercise in sheet.exercises}
    mixed = len(allowed) > 1
    return {
        "id": sheet.id,
        "run": galley.word("print-run", mark=run_mark(sheet)),
        "stage": place | {"title": galley.text(place["title"])},
        "kicker": galley.text(kicker),
        "title": galley.text(sheet.title, sheet.at),
        "aim": galley.text(sheet.aim, sheet.at),
        "time": galley.text(_time(sheet, galley)),
        "calculator": _calculator(True in allowed, galley) if allowed and not mixed else "",
        "tasks": [_task(n, e, galley, mixed=mixed) for n, e in enumerate(sheet.exercises, start=1)],
        "toy": galley.text(sheet.toy, sheet.at),
        "step": 0,
    }


def _time(sheet: Sheet, galley: Galley) -> str:
    """Return the time for the sheet, or for the part of it that is done in class."""
    tasks = list(enumerate(sheet.exercises, start=1))
    here = [(number, exercise) for number, exercise in tasks if exercise.id in sheet.in_class]
    minutes = sum(exercise.minutes for _, exercise in here or tasks)
    if not minutes:
        return ""
    if not here or len(here) == len(tasks):
        return galley.word("print-whole-minutes", minutes=formats.number(minutes))
    key = "print-in-class-one" if len(here) == 1 else "print-in-class"
    return galley.word(key, tasks=formats.listed([str(number) for number, _ in here]), minutes=formats.number(minutes))


def _task(number: int, exercise: Exercise, galley: Galley, *, mixed: bool) -> Data:
    return {
        "number": number,
        "title": galley.text(exercise.title, exercise.at),
        "minutes": formats.number(exercise.minutes) if exercise.minutes else "",
        "calculator": _calculator(exercise.calculator, galley) if mixed else "",
        "blocks": galley.blocks(exercise.task, exercise.at),
        "hint": galley.blocks(exercise.hint, exercise.at),
        "shared": exercise.shared,
    }


def _calculator(allowed: bool, galley: Galley) -> str:
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


WRITER = Writer(
    filename="sheets.pdf",
    render=render_sheets,
    meaning="exercise sheets, one leaf per stage (PDF)",
    needs_sheets=True,
    profiled=True,
)
