"""The booklet: the tasks of each stage on pages of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from workshop.constructs.table import text_of
from workshop.errors import Report
from workshop.layout.laid import LaidOut
from workshop.layouts import traits
from workshop.model.kit import Exercise, Kit, Sheet, Slide, Stage
from workshop.model.prints import LETTERS, Ballots
from workshop.render.print.bets_on_paper import bets_of
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import overflows, overfull
from workshop.render.print.opened_demo import opened_demo
from workshop.render.print.paper_colors import paper_colors
from workshop.render.print.run_mark import run_mark
from workshop.render.print.sheets import has_class_tasks, task_data, with_logo
from workshop.render.print.typesetting import Typeset, typeset
from workshop.render.vector_paths import on_white
from workshop.render.writing import Writer

# The class booklet: a page per stage with its bets, its task, and one sentence to finish.
LABELS_OF_BOOKLET = ("overflow", "overfull", "starts", "steps")


class ClassTask(Struct, frozen=True):
    """A task that the class does in its booklet, and the stage whose sheet it belongs to."""

    stage: Stage
    exercise: Exercise


class ClassPage(Struct, frozen=True, kw_only=True):
    """What stands on a page of the booklet.

    Attributes:
        stage: the stage, which is in the plan.
        before: tasks of other stages, above everything of this one.
        bets: the slides on which the room bets.
        task: its own task; ``None`` for a stage without one.
        vote: the ballots, if the room votes in this stage.
        polls: the slides on which the room tries its own assistants.
        strips: what is done instead of these without a phone.
        finishes: whether there is time to finish the stage's sentence.
    """

    stage: Stage
    sheet: Sheet | None
    before: tuple[ClassTask, ...] = ()
    bets: tuple[Slide, ...] = ()
    task: ClassTask | None = None
    vote: Ballots | None = None
    polls: tuple[Slide, ...] = ()
    strips: tuple[ClassTask, ...] = ()
    finishes: bool = False

    @property
    def tasks(self) -> tuple[ClassTask, ...]:
        """Its tasks from top to bottom."""
        return (*self.before, *([self.task] if self.task else ()), *self.strips)


def class_pages(kit: Kit) -> tuple[ClassPage, ...]:
    """Return the pages: one for each numbered stage of the plan in which people write something."""
    return tuple(_pages(kit)) if has_class_tasks(kit) else ()


def has_cover(kit: Kit) -> bool:
    """Whether the booklet has a cover: if that takes no more paper, since its pages are odd, or if it is asked for."""
    odd = kit.profile == "standard" and len(class_pages(kit)) % 2 == 1
    return bool(class_pages(kit)) and (odd or kit.printing.cover)


def _pages(kit: Kit) -> Iterator[ClassPage]:
    sheets = {sheet.stage: sheet for sheet in kit.sheets}
    numbered = [stage for stage in kit.stages if stage.number is not None]
    tasks = [ClassTask(stage, task) for stage in numbered if stage.id in sheets for task in sheets[stage.id].for_class]
    for stage in numbered:
        sheet = sheets.get(stage.id)
        polls = tuple(s for s in stage.slides if "polls" in traits(s.layout) and not (s.hidden or s.continued))
        stripped = {slide.strip for slide in polls}
        strips = tuple(t for t in tasks if t.stage is stage and t.exercise.id in stripped)
        own = [t for t in tasks if t.stage is stage and not t.exercise.page and t not in strips]
        together = not own and not any(slide.each for slide in polls)  # else they have a page of their own
        page = ClassPage(
            stage=stage,
            sheet=sheet,
            before=tuple(t for t in tasks if t.exercise.page == stage.number and t not in strips),
            bets=bets_of(stage),
            task=own[0] if own else None,
            vote=kit.ballots if any(slide.does == "vote" and not slide.hidden for slide in stage.slides) else None,
            polls=() if own else polls,
            strips=strips if together else (),
            finishes=bool(sheet and sheet.gap) and _finishes(kit, stage),
        )
        if page.bets or page.tasks or page.vote or page.polls or page.finishes:
            yield page
        yield from (ClassPage(stage=stage, sheet=sheet, task=other) for other in own[1:])
        if polls and not together:
            yield ClassPage(stage=stage, sheet=sheet, polls=polls if own else (), strips=strips)


def _finishes(kit: Kit, stage: Stage) -> bool:
    """Whether pairs talk about a wrong claim of a stage, and finish its sentence; a kit without moments has no plan, and always does."""
    moments = any(slide.moment for slide in kit.slides)
    talked = (s for s in stage.slides if s.does == "talk" and "corrects" in traits(s.layout) and not s.hidden)
    return not moments or any(talked)


def render_booklet(laid: LaidOut) -> bytes:
    """Return the booklet as one PDF to be printed on both sides.

    Raises:
        Problems: for a page that holds too much, or text that can't be printed.
    """
    done, report = set_booklet(laid, profile=laid.kit.profile)
    report.extend((*overflows(done), *overfull(done)))
    report.raise_if_errors()
    return done.pdf


def set_booklet(laid: LaidOut, *, profile: str) -> tuple[Typeset, Report]:
    """Return the booklet as set; the marks under "steps" say how large each page is."""
    galley = galley_for(laid, profile=profile)
    data = booklet_data(laid, galley, profile=profile)
    galley.report.raise_if_errors()
    return typeset("booklet", data, galley.files, LABELS_OF_BOOKLET, laid.kept), galley.report


def booklet_data(laid: LaidOut, galley: Galley, *, profile: str = "standard") -> dict[str, Any]:
    """Return the data for ``templates/booklet.typ``."""
    data = front(laid, galley, galley.word("print-booklet-title"), profile) | with_logo(laid, galley)
    picture = on_white(laid.kit.cover, paper_colors(laid.theme)["accent"]) if laid.kit.cover else ""
    cover = {"picture": picture} if has_cover(laid.kit) else None
    return data | {"cover": cover, "pages": [page_data(laid, page, galley) for page in class_pages(laid.kit)]}


def page_data(laid: LaidOut, page: ClassPage, galley: Galley) -> Data:
    """Return one page."""
    stage, sheet = page.stage, page.sheet
    place = stage_place(laid, stage.id)
    return {
        "stage": place | {"title": galley.text(stage.title)},
        "kicker": galley.text(" · ".join((laid.kit.title, galley.word("print-booklet-title")))),
        "question": galley.text(stage.question),
        "tag": galley.word("print-booklet-tag", number=place["label"]),
        "demo": opened_demo(laid.kit, stage.id, galley),
        "run": galley.word("print-run", mark=run_mark(sheet)) if sheet else "",
        "before": [_task(laid, task, galley) for task in page.before],
        "bets": [_box(bet, galley) for bet in page.bets],
        "tasks": [_task(laid, page.task, galley)] if page.task else [],
        "polls": [_poll(slide, galley) for slide in page.polls],
        "strips": [_task(laid, task, galley) for task in page.strips],
        "vote": _vote(page.vote, galley) if page.vote else None,
        "gap": galley.text(sheet.gap, sheet.at) if sheet and page.finishes else "",
        "finish": galley.text(sheet.finish, sheet.at) if sheet else "",
    }


def _box(bet: Slide, galley: Galley) -> Data:
    """Return the box for the letter of a bet, which a key fills in."""
    options = zip(LETTERS, text_of(bet.slot("options")), strict=False)
    right = next((letter for letter, line in options if line.right), "") if galley.key else ""
    return {"name": galley.text(bet.bet, bet.at), "right": right, "again": bet.twice}


def _poll(poll: Slide, galley: Galley) -> Data:
    """Return what to type and the letters to tally; of a poll in which things are sorted, as many lines for these."""
    options = zip(LETTERS, text_of(poll.slot("options")), strict=False)
    return {
        "name": galley.runs(poll.title, poll.at),
        "steps": [galley.runs(line.runs, poll.at) for line in text_of(poll.slot("main"))],
        "options": [{"letter": letter, "runs": galley.runs(line.runs, poll.at)} for letter, line in options],
        "each": poll.each,
    }


def _task(laid: LaidOut, task: ClassTask, galley: Galley) -> Data:
    """Return a task in short, and the stage that it goes on with if it isn't on the page of its own."""
    place = stage_place(laid, task.stage.id)
    data = task_data("", task.exercise, galley, where=galley.word("print-in-class-here"), brief=True)
    return data | {"stage": galley.word("print-booklet-before", number=place["label"])}


def _vote(ballots: Ballots, galley: Galley) -> Data:
    return {
        "where": galley.word("print-in-class-here"),
        "rounds": [
            {"number": round_.number, "question": galley.runs(round_.question, round_.at)} for round_ in ballots.rounds
        ],
    }


BOOKLET = Writer(
    filename="booklet.pdf",
    render=render_booklet,
    meaning="the class booklet: a page per stage with its bets and one task (PDF)",
    whom="each person",
    needs_sheets=True,
    due=has_class_tasks,
    handed_out=True,
    has_any=lambda kit: bool(class_pages(kit)) and not kit.leaf,
    needs="tasks for the class",
    profiled=True,
)
