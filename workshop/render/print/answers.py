"""Answer keys: every page of booklet and sheets, small and filled in, with wrong answers and the working beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workshop.layout.laid import LaidOut
from workshop.model.kit import Sheet
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.booklet import class_pages, page_data, set_booklet
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import overflows
from workshop.render.print.run_mark import run_mark
from workshop.render.print.sheets import has_class_tasks, home_sheets, set_sheets, sheet_data
from workshop.render.print.solved import beside
from workshop.render.print.typesetting import typeset
from workshop.render.writer import Writer


def render_answers(laid: LaidOut) -> bytes:
    """Return the keys as one PDF: the pages of the booklet, then both sides of every sheet.

    They are set like the pages themselves, whose settings are read from the sheets as set.

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
    data["keys"] = [*_booklet_keys(laid, galley), *_sheet_keys(laid, galley)]
    return data


def solutions_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the keys of all sheets without their pages: every task with its working, and the wrong answers."""
    data = front(laid, galley, galley.word("print-answers-title"))
    data["keys"] = [_solved(laid, sheet, galley) for sheet in laid.kit.sheets]
    return data


def _solved(laid: LaidOut, sheet: Sheet, galley: Galley) -> Data:
    place = stage_place(laid, sheet.stage)
    return {
        "id": sheet.id,
        "run": galley.word("print-run", mark=run_mark(sheet)),
        "kicker": galley.text(" · ".join(part for part in (laid.kit.title, place["title"]) if part)),
        "title": galley.text(galley.word("print-key-of", title=sheet.title), sheet.at),
        "stage": place | {"title": galley.text(place["title"])},
    } | beside(sheet.numbered, galley)


def _booklet_keys(laid: LaidOut, galley: Galley) -> Iterator[Data]:
    pages = class_pages(laid.kit)
    if not pages:
        return
    done, _ = set_booklet(laid, profile="standard")
    for page, step in zip(pages, done.marks["steps"], strict=True):
        shown = page_data(laid, page, galley) | {"step": step}
        tasks = (page.task,) if page.task else ()
        heading = " · ".join((shown["tag"], shown["stage"]["title"]))
        yield {
            "kind": "booklet",
            "page": shown,
            "id": shown["tag"],
            "run": shown["run"],
            "heading": galley.text(galley.word("print-key-of", title=heading)),
            "stage": shown["stage"],
            "voted": page.vote is not None,
        } | beside(tasks, galley)


def _sheet_keys(laid: LaidOut, galley: Galley) -> Iterator[Data]:
    """Yield each side of the sheets as handed out: those for home, or all tasks if the class has no booklet."""
    home = has_class_tasks(laid.kit)
    sheets = home_sheets(laid.kit) if home else laid.kit.sheets
    if not sheets:
        return
    done, _ = set_sheets(laid, home=home, profile="standard")
    for sheet, step, turn in zip(sheets, done.marks["steps"][0], done.marks["turns"][0], strict=True):
        page = sheet_data(laid, sheet, galley, home=home) | {"step": step, "turn": turn}
        tasks = sheet.for_home if home else sheet.numbered
        sides = [[t for t in tasks if not turn or t[0] < turn], [t for t in tasks if turn and t[0] >= turn]]
        for side, here in enumerate(sides):
            if here or not side:
                yield {
                    "kind": "sheet",
                    "side": side,
                    "last": not turn,
                    "page": page,
                    "id": page["id"],
                    "run": page["run"],
                    "heading": "" if side else galley.text(galley.word("print-key-of", title=sheet.title), sheet.at),
                    "stage": page["stage"],
                } | beside(here, galley)


WRITER = Writer(
    filename="answers.pdf",
    render=render_answers,
    meaning="the key: every page filled in, with wrong answers and working (PDF)",
    needs_sheets=True,
    needs_slides=False,
)
