"""Keys of sheets and booklets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workshop.layout.laid import LaidOut
from workshop.model.kit import Sheet
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.booklet import class_pages, page_data, set_booklet
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import set_whole
from workshop.render.print.run_mark import run_mark
from workshop.render.print.sheets import beside, has_class_tasks, home_sheets, set_sheets, sheet_data, tasks_of
from workshop.render.writing import Writer


# Answer keys: every page of booklet and sheets, small and filled in, with wrong answers and the working beside it.
def render_answers(laid: LaidOut) -> bytes:
    """Return the keys as one PDF: the pages of the booklet, then both sides of every sheet.

    They are set like the pages themselves, whose settings are read from the sheets as set.

    Raises:
        Problems: for text that can't be printed, or a table that is too wide.
    """
    galley = galley_for(laid, key=True)
    return set_whole("answers", answers_data(laid, galley), galley, laid.kept, ("overflow",))


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
    } | beside(tasks_of(laid, sheet, galley), galley)


def _booklet_keys(laid: LaidOut, galley: Galley) -> Iterator[Data]:
    pages = class_pages(laid.kit)
    if not pages:
        return
    done, _ = set_booklet(laid, profile="standard")
    for page, step in zip(pages, done.marks["steps"], strict=True):
        shown = page_data(laid, page, galley) | {"step": step}
        tasks = ((str(place), task.exercise) for place, task in enumerate(page.tasks, start=1))
        heading = " · ".join((shown["tag"], shown["stage"]["title"]))
        yield {
            "kind": "booklet",
            "page": shown,
            "id": shown["tag"],
            "run": shown["run"],
            "heading": galley.text(galley.word("print-key-of", title=heading)),
            "stage": shown["stage"],
            "voted": page.vote is not None,
        } | beside(tasks, galley, brief=True)


def _sheet_keys(laid: LaidOut, galley: Galley) -> Iterator[Data]:
    """Yield the sheets as handed out: those for home, or with all tasks if the class has no booklet."""
    home = has_class_tasks(laid.kit)
    sheets = home_sheets(laid.kit) if home else laid.kit.sheets
    if not sheets:
        return
    done, _ = set_sheets(laid, home=home, profile="standard")
    for sheet, step, turn in zip(sheets, done.marks["steps"][0], done.marks["turns"][0], strict=True):
        page = sheet_data(laid, sheet, galley, home=home) | {"step": step, "turn": turn}
        yield {
            "kind": "sheet",
            "page": page,
            "id": page["id"],
            "run": page["run"],
            "heading": galley.text(galley.word("print-key-of", title=sheet.title), sheet.at),
            "stage": page["stage"],
        } | beside(tasks_of(laid, sheet, galley, home=home), galley)


KEY = Writer(
    filename="answers.pdf",
    render=render_answers,
    meaning="the key: every page filled in, with wrong answers and working (PDF)",
    whom="you",
    needs_sheets=True,
    needs_slides=False,
)
