"""Answer keys: the numbers of each sheet with the working, and wrong answers with what to say."""

from __future__ import annotations

from typing import Any

from workshop.constructs.answers import Wrong, wrong_data
from workshop.layout.laid import LaidOut
from workshop.model.kit import Exercise, Sheet
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import overflows
from workshop.render.print.run_mark import run_mark
from workshop.render.print.typesetting import typeset
from workshop.render.writer import Writer


def render_answers(laid: LaidOut) -> bytes:
    """Return the keys of all sheets as one PDF, each on separate pages.

    Raises:
        Problems: for text that can't be printed, or a table that is too wide.
    """
    galley = galley_for(laid, key=True)
    data = answers_data(laid, galley)
    galley.report.raise_if_errors()
    done = typeset("answers", data, galley.files, ("overflow",), laid.kept)
    galley.report.extend(overflows(done))
    galley.report.raise_if_errors()
    return done.pdf


def answers_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/answers.typ``."""
    data = front(laid, galley, galley.word("print-answers-title"))
    data["keys"] = [_key(laid, sheet, galley) for sheet in laid.kit.sheets]
    return data


def _key(laid: LaidOut, sheet: Sheet, galley: Galley) -> Data:
    place = stage_place(laid, sheet.stage)
    wrong = [
        wrong_data(panel, galley) | {"number": number}
        for number, exercise in enumerate(sheet.exercises, start=1)
        for panel in exercise.solution
        if isinstance(panel, Wrong)
    ]
    return {
        "id": sheet.id,
        "run": galley.word("print-run", mark=run_mark(sheet)),
        "stage": place | {"title": galley.text(place["title"])},
        "kicker": galley.text(" · ".join(part for part in (laid.kit.title, place["title"]) if part)),
        "title": galley.text(galley.word("print-key-of", title=sheet.title), sheet.at),
        "tasks": [_solution(number, e, galley) for number, e in enumerate(sheet.exercises, start=1)],
        "wrong": wrong,
    }


def _solution(number: int, exercise: Exercise, galley: Galley) -> Data:
    kept = tuple(block for block in exercise.solution if not isinstance(block, Wrong))
    return {
        "number": number,
        "title": galley.text(exercise.title, exercise.at),
        "blocks": galley.blocks(kept, exercise.at),
    }


WRITER = Writer(
    filename="answers.pdf",
    render=render_answers,
    meaning="the key of every sheet, with working (PDF)",
    needs_sheets=True,
)
