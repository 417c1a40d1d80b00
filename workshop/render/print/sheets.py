"""The exercise sheets: each one leaf of two sides that stands alone."""

from __future__ import annotations

from typing import Any

from workshop.errors import Problem, Problems, Report, Severity
from workshop.layout.laid import LaidOut
from workshop.model.kit import NOWHERE, Exercise, Sheet
from workshop.render.print.blocks import Data, Galley, has
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import drawer
from workshop.render.print.scales import lookup
from workshop.render.print.typesetting import Typeset, typeset
from workshop.render.writer import Writer

SIDES = 2
LABELS = ("leaf", "overflow")


def render_sheets(laid: LaidOut) -> bytes:
    """Return all sheets as one PDF; each begins on an odd page.

    A sheet that needs more than two pages is set closer once before it counts as too long.

    Raises:
        Problems: a sheet that does not fit its leaf, or text that cannot be printed.
    """
    galley = Galley(laid.kit.language, drawer(laid.theme), seed=laid.kit.seed)
    data = sheets_data(laid, galley)
    galley.report.raise_if_errors()
    done = typeset("sheets", data, galley.files, LABELS)
    long = [leaf["place"] for leaf in done.marks["leaf"] if leaf["pages"] > SIDES]
    if long:
        for place in long:
            data["sheets"][place]["close"] = True
        done = typeset("sheets", data, galley.files, LABELS)
    _complain(laid.kit.sheets, done, galley.report)
    return done.pdf


def sheets_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return what ``templates/sheets.typ`` is given."""
    data = front(laid, galley, galley.word("print-sheets-title"))
    data["sheets"] = [sheet_data(laid, sheet, galley) for sheet in laid.kit.sheets]
    return data


def sheet_data(laid: LaidOut, sheet: Sheet, galley: Galley) -> Data:
    """Return one sheet: its head, its tasks, and where the toy stops."""
    place = stage_place(laid, sheet.stage, sheet.number)
    kicker = " · ".join(part for part in (laid.kit.title, place["title"]) if part)
    helped = any(has((*e.task, *e.hint), "lookup") for e in sheet.exercises)
    allowed = {exercise.calculator for exercise in sheet.exercises}
    mixed = len(allowed) > 1
    return {
        "id": sheet.id,
        "stage": place | {"title": galley.text(place["title"])},
        "kicker": galley.text(kicker),
        "title": galley.text(sheet.title, sheet.at),
        "aim": galley.text(sheet.aim, sheet.at),
        "minutes": sum(exercise.minutes for exercise in sheet.exercises),
        "calculator": _calculator(True in allowed, galley) if allowed and not mixed else "",
        "tasks": [_task(n, e, galley, mixed=mixed) for n, e in enumerate(sheet.exercises, start=1)],
        "toy": galley.text(sheet.toy, sheet.at),
        "lookup": lookup(galley.language) if sheet.needs_lookup and not helped else None,
        "close": False,
    }


def _task(number: int, exercise: Exercise, galley: Galley, *, mixed: bool) -> Data:
    return {
        "number": number,
        "title": galley.text(exercise.title, exercise.at),
        "minutes": exercise.minutes,
        "calculator": _calculator(exercise.calculator, galley) if mixed else "",
        "blocks": galley.blocks(exercise.task, exercise.at),
        "hint": galley.blocks(exercise.hint, exercise.at),
    }


def _calculator(allowed: bool, galley: Galley) -> str:
    return galley.word("print-calculator-allowed" if allowed else "print-calculator-not-needed")


def _complain(sheets: tuple[Sheet, ...], done: Typeset, report: Report) -> None:
    for leaf in done.marks["leaf"]:
        sheet = sheets[leaf["place"]]
        if leaf["pages"] > SIDES:
            report.error(
                f"the sheet {sheet.id} ({sheet.title}) needs {leaf['pages']} pages, and a leaf has {SIDES}",
                sheet.at if sheet.at != NOWHERE else None,
                "take a task out, shorten its text, or ask for fewer answer lines",
                "sheet-too-long",
            )
    report.found.extend(overflows(done))
    report.raise_if_errors()


def overflows(done: Typeset) -> list[Problem]:
    """Return a problem for everything that the templates found too wide for its place."""
    return [
        Problem(
            f"{mark['what']} is {mark['over']} mm too wide for the page{' (' + mark['where'] + ')' if mark['where'] else ''}",
            hint="use fewer columns or shorter words",
            code="print-overflow",
            severity=Severity.ERROR,
        )
        for mark in done.marks["overflow"]
    ]


WRITER = Writer("sheets.pdf", render_sheets, "exercise sheets, one leaf a stage (PDF)", needs_sheets=True)
