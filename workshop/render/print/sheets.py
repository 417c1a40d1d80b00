"""Exercise sheets: each is one self-contained leaf with two sides; all tasks, or those for home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from workshop.constructs.answer_divs import Home, Wrong, wrong_data
from workshop.constructs.table import text_of
from workshop.errors import Report
from workshop.layout.laid import LaidOut
from workshop.layouts import traits
from workshop.model.blocks import NOWHERE, Block, Choices
from workshop.model.kit import Exercise, Kit, Sheet, Slide, Stage
from workshop.model.prints import LETTERS, Ballots
from workshop.render.formulas import on_white
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import front, paper_colors, run_mark, stage_place, words_of
from workshop.render.print.on_paper import NAME, galley_for, grey_logo
from workshop.render.print.typesetting import Typeset, overflows, overfull, set_whole, typeset
from workshop.render.writing import Writer
from workshop.wording import formats


# ---------------------------------------------------------------- bets
# The bets of a stage: on paper they are boxes for a letter, or the question of the slide itself.
def bets_of(stage: Stage) -> tuple[Slide, ...]:
    """Return the slides of a stage on which the room bets, in order; those of the quiz aren't bets."""
    return tuple(
        slide
        for slide in stage.slides
        if "asks" in traits(slide.layout) and not (slide.hidden or slide.quiz or slide.continued)
    )


def all_bets(kit: Kit) -> tuple[str, ...]:
    """Return the names of all bets, in order."""
    return tuple(slide.bet for stage in kit.stages for slide in bets_of(stage))


def bet_data(kit: Kit, stage_id: str, galley: Galley) -> Data | None:
    """Return the first bet of a stage, word for word; for a key the right option, and the title of the slide that answers it.

    ``None`` if the plan has no bet there, or if the slide's options aren't a list.
    """
    stage = next((stage for stage in kit.stages if stage.id == stage_id), None)
    bet = next(iter(bets_of(stage)), None) if stage else None
    options = text_of(bet.slot("options")) if bet else ()
    if bet is None or len(options) < 2:
        return None
    shown = next((slide for slide in kit.slides if bet.id in slide.answers and not slide.hidden), None)
    return {
        "question": galley.runs(bet.title, bet.at),
        "options": [
            {"letter": letter, "runs": galley.runs(line.runs, bet.at), "right": galley.key and bool(line.right)}
            for letter, line in zip(LETTERS, options, strict=False)
        ],
        "now": galley.runs(shown.title, shown.at) if shown and galley.key else [],
    }


# ---------------------------------------------------------------- solved
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


# ---------------------------------------------------------------- sheets
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
    shown = sheet.for_home if home else sheet.numbered
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
    needs_sheets=True,
    due=has_class_tasks,
    handed_out=True,
    profiled=True,
    needs_slides=False,
)


# ---------------------------------------------------------------- booklet
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
    needs_sheets=True,
    due=has_class_tasks,
    handed_out=True,
    has_any=lambda kit: bool(class_pages(kit)) and not kit.leaf,
    needs="tasks for the class",
    profiled=True,
)


# ---------------------------------------------------------------- answers
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
    needs_sheets=True,
    needs_slides=False,
)
