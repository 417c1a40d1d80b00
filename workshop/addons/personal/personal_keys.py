"""Keys of personal sheets: the answers of each ID, and a table to look them up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from workshop.addons.personal.asked_for import PersonalSet, sets_of
from workshop.addons.personal.personal_papers import NEEDS, batched, has_personal, ids_of
from workshop.constructs.answer_divs import Wrong
from workshop.layout.laid import LaidOut
from workshop.model.blocks import Run
from workshop.model.kit import Exercise, Kit, Sheet
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import set_whole
from workshop.render.print.run_mark import run_mark
from workshop.render.print.sheets import solution, tasks_of
from workshop.render.writing import Writer

# Keys of personal sheets: a page per stage to look answers up while walking the room, and the full keys with working, by ID.
KEYS_AT_MOST = 600  # keys of sheets in one document
HERE = Path(__file__).resolve().parent
KeyPart = Callable[[Exercise, str, Galley], Data]
Rows = list[tuple[PersonalSet, Sheet]]


def render_lookup(laid: LaidOut) -> bytes:
    """Return the look-up as one PDF: for each stage, one row per ID and one column per task that differs."""
    return _render(laid, "lookup", "print-lookup-title", "print-lookup-of", _answers)


def render_key(laid: LaidOut) -> bytes | dict[str, bytes]:
    """Return the keys with working, stage by stage and ID by ID: as one PDF, or if they are many, one for each stage or part of it."""
    words = ("personal-key", "print-personal-key-title", "print-personal-key-of")
    stages = list(_by_stage(laid.kit))
    if sum(map(len, stages)) <= KEYS_AT_MOST:
        return _render(laid, *words, solution)
    made = {}
    for rows in stages:
        stage = rows[0][1].id.partition("-")[0]
        for number, few in enumerate(batched(rows, KEYS_AT_MOST // 2), start=1):
            part = f"-{number}" if len(rows) > KEYS_AT_MOST // 2 else ""
            made[f"personal-key-{stage}{part}.pdf"] = _render(laid, *words, solution, [list(few)])
    return made


def _render(
    laid: LaidOut, template: str, title: str, heading: str, part: KeyPart, stages: Sequence[Rows] = ()
) -> bytes:
    galley = galley_for(laid, key=True)
    data = front(laid, galley, galley.word(title))
    data["stages"] = [
        _stage(laid, rows, galley, heading, part, marked=template == "personal-key")
        for rows in stages or _by_stage(laid.kit)
    ]
    return set_whole(template, data, galley, laid.kept, ("overflow",), own=HERE / f"{template}.typ")


def _by_stage(kit: Kit) -> Iterator[Rows]:
    """Yield all personal sheets of each stage that has any."""
    for standard in kit.sheets:
        rows = [(one, sheet) for one in sets_of(kit) for sheet in one.sheets if sheet.stage == standard.stage]
        if rows:
            yield rows


def _stage(laid: LaidOut, rows: Rows, galley: Galley, heading: str, part: KeyPart, *, marked: bool) -> Data:
    """Return one stage: its heading, what differs from sheet to sheet, and what is the same on all of them."""
    first = rows[0][1]
    place = stage_place(laid, first.stage)
    numbered = tasks_of(laid, first, galley)
    return {
        "stage": place | {"title": galley.text(place["title"])},
        "kicker": galley.text(" · ".join(text for text in (laid.kit.title, place["title"]) if text)),
        "title": galley.text(galley.word(heading, title=first.title), first.at),
        "range": galley.text(ids_of([sheet for _, sheet in rows])),
        "heads": [{"number": number, "title": galley.text(e.title)} for number, e in numbered if not e.shared],
        "rows": [
            {
                "id": sheet.id,
                "name": galley.text(one.name),
                "run": run_mark(sheet) if marked else "",
                "tasks": [part(e, number, galley) for number, e in tasks_of(laid, sheet, galley) if not e.shared],
            }
            for one, sheet in rows
        ],
        "shared": [part(e, number, galley) for number, e in numbered if e.shared],
    }


def _answers(exercise: Exercise, number: str, galley: Galley) -> Data:
    found = answers_of(exercise)
    return {
        "number": number,
        "title": galley.text(exercise.title),
        "answers": galley.texts_of(found, exercise.at) or [galley.word("print-no-solution")],
    }


def answers_of(exercise: Exercise) -> list[str]:
    """Return the answers of an exercise: what belongs in its blanks, or what its key marks, if that is more."""
    kept = tuple(block for block in exercise.solution if not isinstance(block, Wrong))
    written = [run.answer for run in _runs(exercise.task) if run.blank and run.answer]
    marked = [run.text for run in _runs(kept) if run.accent and run.text.strip()]
    return marked if len(marked) > len(written) else written


def _runs(thing: Any) -> Iterator[Run]:
    """Yield every run below a block, in reading order."""
    if isinstance(thing, Run):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _runs(part)
    elif isinstance(thing, Struct):
        for name in thing.__struct_fields__:
            yield from _runs(getattr(thing, name))


LOOKUP = Writer(
    filename="lookup.pdf",
    render=render_lookup,
    meaning="the answers of the personal sheets by ID, one page per stage (PDF)",
    whom="you",
    needs_sheets=True,
    has_any=has_personal,
    needs=NEEDS,
    along_with="personal",
    needs_slides=False,
)
KEY = Writer(
    filename="personal-key.pdf",
    render=render_key,
    meaning="the keys of the personal sheets with working, by ID (PDF)",
    whom="you",
    needs_sheets=True,
    has_any=has_personal,
    needs=NEEDS,
    along_with="personal",
    needs_slides=False,
)
