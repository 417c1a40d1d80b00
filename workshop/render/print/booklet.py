"""The class booklet: a page per stage with its bets, one task, and one sentence to finish."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from workshop.errors import Report
from workshop.layout.laid import LaidOut
from workshop.model.kit import Exercise, Kit, Sheet, Slide, Stage
from workshop.model.prints import Ballots
from workshop.render.print.bets import bets_of
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.document import front, slide_numbers, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import overflows
from workshop.render.print.run_mark import run_mark
from workshop.render.print.sheets import has_class_tasks, task_data, with_logo
from workshop.render.print.typesetting import Typeset, typeset
from workshop.render.writer import Writer
from workshop.wording import formats

LABELS = ("overflow", "starts", "steps")


class ClassPage(Struct, frozen=True, kw_only=True):
    """What stands on a page of the booklet.

    Attributes:
        stage: the stage, which is in the plan.
        bets: the slides on which the room bets.
        task: number on its sheet, and exercise; ``None`` for a stage without a task.
        vote: the ballots, if the room votes in this stage instead.
    """

    stage: Stage
    sheet: Sheet | None
    bets: tuple[Slide, ...]
    task: tuple[int, Exercise] | None
    vote: Ballots | None


def class_pages(kit: Kit) -> tuple[ClassPage, ...]:
    """Return the pages: one for each numbered stage of the plan in which people write something."""
    return tuple(_pages(kit)) if has_class_tasks(kit) else ()


def _pages(kit: Kit) -> Iterator[ClassPage]:
    sheets = {sheet.stage: sheet for sheet in kit.sheets}
    for stage in kit.stages:
        if stage.number is None:
            continue
        sheet = sheets.get(stage.id)
        task = next(iter(sheet.for_class), None) if sheet else None
        votes = kit.ballots if task is None and kit.ballots is not None and kit.ballots.stage == stage.id else None
        bets = bets_of(stage)
        if bets or task or votes or (sheet and sheet.gap):
            yield ClassPage(stage=stage, sheet=sheet, bets=bets, task=task, vote=votes)


def render_booklet(laid: LaidOut) -> bytes:
    """Return the booklet as one PDF to be printed on both sides.

    Raises:
        Problems: for text that can't be printed.
    """
    done, report = set_booklet(laid, profile=laid.kit.profile)
    report.extend(overflows(done))
    report.raise_if_errors()
    return done.pdf


def set_booklet(laid: LaidOut, *, profile: str) -> tuple[Typeset, Report]:
    """Return the booklet as set; the marks under "steps" say how large each page is."""
    galley = galley_for(laid, profile=profile)
    data = booklet_data(laid, galley, profile=profile)
    galley.report.raise_if_errors()
    return typeset("booklet", data, galley.files, LABELS, laid.kept), galley.report


def booklet_data(laid: LaidOut, galley: Galley, *, profile: str = "standard") -> dict[str, Any]:
    """Return the data for ``templates/booklet.typ``."""
    data = front(laid, galley, galley.word("print-booklet-title"), profile) | with_logo(laid, galley)
    return data | {"pages": [page_data(laid, page, galley) for page in class_pages(laid.kit)]}


def page_data(laid: LaidOut, page: ClassPage, galley: Galley) -> Data:
    """Return one page."""
    numbers = slide_numbers(laid)
    stage, sheet = page.stage, page.sheet
    place = stage_place(laid, stage.id)
    return {
        "stage": place | {"title": galley.text(stage.title)},
        "kicker": galley.text(" · ".join((laid.kit.title, galley.word("print-booklet-title")))),
        "question": galley.text(stage.question),
        "tag": galley.word("print-booklet-tag", number=place["label"]),
        "run": galley.word("print-run", mark=run_mark(sheet)) if sheet else "",
        "bets": [{"number": numbers[bet.id].partition("–")[0]} for bet in page.bets if bet.id in numbers],
        "tasks": [_task(laid.kit, *page.task, galley)] if page.task else [],
        "vote": _vote(laid.kit, page.vote, galley) if page.vote else None,
        "gap": galley.text(sheet.gap, sheet.at) if sheet else "",
        "finish": galley.text(sheet.finish, sheet.at) if sheet else "",
    }


def _task(kit: Kit, number: int, exercise: Exercise, galley: Galley) -> Data:
    """Return the task in short, with the minutes that the class has for it."""
    slide = next((slide for slide in kit.slides if slide.task == exercise.id and not slide.hidden), None)
    where = galley.word("print-in-class-here" if slide else "print-at-home")
    data = task_data(number, exercise, galley, where=where, brief=True)
    return data | ({"minutes": formats.number(slide.minutes)} if slide and slide.minutes else {})


def _vote(kit: Kit, ballots: Ballots, galley: Galley) -> Data:
    held = any(slide.counts or slide.stage == ballots.stage for slide in kit.slides if not slide.hidden)
    return {
        "where": galley.word("print-in-class-here" if held else "print-at-home"),
        "rounds": [
            {"number": round_.number, "question": galley.runs(round_.question, round_.at)} for round_ in ballots.rounds
        ],
    }


WRITER = Writer(
    filename="booklet.pdf",
    render=render_booklet,
    meaning="the class booklet: a page per stage with its bets and one task (PDF)",
    needs_sheets=True,
    due=has_class_tasks,
    has_any=lambda kit: bool(class_pages(kit)),
    needs="tasks for the class",
    profiled=True,
)
