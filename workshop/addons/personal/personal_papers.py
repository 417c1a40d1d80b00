"""Personal sheets on paper: the ordinary sheets with other numbers for each ID, set after the same template; their keys."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from msgspec import Struct

from workshop.addons.personal.asked_for import PersonalSet, sets_of
from workshop.addons.personal.codes import VARIANTS
from workshop.constructs.answer_divs import Wrong
from workshop.errors import Problem, Report
from workshop.layout.laid import LaidOut
from workshop.model.blocks import Run
from workshop.model.kit import Exercise, Kit, Sheet, Stage
from workshop.render.print.added import Job, Paper
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import front, run_mark, stage_place
from workshop.render.print.on_paper import galley_for
from workshop.render.print.print_list import leaves_in, list_row
from workshop.render.print.sheets import LABELS, SIDES, set_sheets, sheet_data, solution, tasks_of, with_logo
from workshop.render.print.typesetting import overflows, set_whole, typeset
from workshop.render.writing import Writer

# ---------------------------------------------------------------- personal
AT_ONCE = 3  # documents that are made at the same time; one or two of them are set
AT_MOST = 100  # sheets in one document
KEYS_AT_MOST = 600  # keys of sheets in one document
NEEDS = "personal sheets (add --personal 30)"

Setting = dict[str, int]


class Part(Struct, frozen=True, kw_only=True):
    """The sheets of one document: those of one stage, or some of them if they are many."""

    name: str
    title: str
    rows: tuple[tuple[PersonalSet, Sheet], ...]


def render_personal(laid: LaidOut) -> dict[str, bytes]:
    """Return name -> PDF with the personal sheets of a stage; each sheet begins on an odd page.

    A stage's sheets are set in the way in which its standard sheet fits its leaf, so that all of them look alike. A version that
    needs more room is set closer, whatever other sheets are printed with it. A document has at most ``AT_MOST`` sheets, so memory
    is bounded; while Typst sets some, the data of the next one is made. Typst begins with the settings, so nothing else is made before.

    Raises:
        Problems: for a sheet that doesn't fit its leaf, or text that can't be printed.
    """
    with ThreadPoolExecutor(1 + AT_ONCE) as at_work:
        settings = at_work.submit(settings_of, laid)
        waiting = [(part, at_work.submit(_set_part, laid, part, settings)) for part in parts_of(laid.kit)]
    made: dict[str, bytes] = {}
    report = Report()
    for part, future in waiting:
        pdf, found = future.result()
        made[part.name] = pdf
        report.extend(found)
    report.raise_if_errors()
    return made


def parts_of(kit: Kit) -> Iterator[Part]:
    """Yield the documents in the order of the stages."""
    suffix = "" if kit.profile == "standard" else f"-{kit.profile}"
    for standard in kit.sheets:
        rows = [(one, sheet) for one in sets_of(kit) for sheet in one.sheets if sheet.stage == standard.stage]
        stage = standard.id.partition("-")[0]
        for number, few in enumerate(batched(rows, AT_MOST), start=1):
            part = f"-{number}" if len(rows) > AT_MOST else ""
            yield Part(name=f"personal-{stage}{part}{suffix}.pdf", title=standard.title, rows=tuple(few))


def copies_of(kit: Kit) -> int:
    """Return how often each file is printed: once, or if there are only variants, until there are enough for everybody."""
    lettered = bool(sets_of(kit)) and all(one.label in VARIANTS for one in sets_of(kit))
    return math.ceil(kit.people / len(sets_of(kit))) if lettered else 1


def ids_of(sheets: Sequence[Sheet]) -> str:
    """Return the first and the last ID."""
    first, last = sheets[0].id, sheets[-1].id
    return first if first == last else f"{first} – {last}"


def handed_out(kit: Kit, stage: Stage, galley: Galley) -> tuple[str, ...]:
    """Return what is handed out for a stage, such as "personal sheets S2-01R – S2-30X", if there is anything."""
    own = [sheet for one in sets_of(kit) for sheet in one.sheets if sheet.stage == stage.id]
    return (galley.word("print-personal-out", ids=ids_of(own)),) if own else ()


def batched(rows: Sequence[tuple[PersonalSet, Sheet]], most: int) -> Iterator[Sequence[tuple[PersonalSet, Sheet]]]:
    """Yield rows in groups of at most ``most``."""
    for start in range(0, len(rows), most):
        yield rows[start : start + most]


def settings_of(laid: LaidOut) -> dict[str, Setting]:
    """Return stage id -> the setting of its standard sheet, and the number of the task that begins its second page."""
    done, _ = set_sheets(laid, home=False, profile=laid.kit.profile)
    found = zip(laid.kit.sheets, done.marks["steps"][0], done.marks["turns"][0], strict=True)
    return {sheet.stage: {"step": step, "turn": turn} for sheet, step, turn in found}


def personal_data(laid: LaidOut, galley: Galley, part: Part) -> dict[str, Any]:
    """Return the data for ``templates/sheets.typ``."""
    data = front(laid, galley, f"{galley.word('print-personal-title')}: {part.title}", laid.kit.profile)
    data |= with_logo(laid, galley)
    data["sheets"] = [sheet_data(laid, sheet, galley) | {"name": galley.text(one.name)} for one, sheet in part.rows]
    return data


def _set_part(laid: LaidOut, part: Part, settings: Future[dict[str, Setting]]) -> tuple[bytes, list[Problem]]:
    setting = settings.result()[part.rows[0][1].stage]
    galley = galley_for(laid, profile=laid.kit.profile)
    data = personal_data(laid, galley, part)
    if galley.report.errors:
        return b"", galley.report.found
    data["sheets"] = [sheet | setting for sheet in data["sheets"]]
    done = typeset("sheets", data, galley.files, LABELS, laid.kept, parts="sheets")
    longest = max(done.marks["leaf"], key=lambda leaf: leaf["pages"])
    if longest["pages"] > SIDES and laid.kit.profile == "standard":
        galley.report.error(
            f"the personal sheet {part.rows[longest['place']][1].id} needs {longest['pages']} pages, and a leaf has {SIDES}",
            None,
            "take a task out, shorten its text, or ask for fewer answer lines",
            "sheet-too-long",
        )
    return done.pdf, [*galley.report.found, *overflows(done)]


def has_personal(kit: Kit) -> bool:
    """Whether personal sheets were asked for."""
    return bool(sets_of(kit))


WRITER = Writer(
    filename="personal.pdf",
    render=render_personal,
    meaning="sheets with numbers of their own, one set per ID, with --personal or --variants (PDF)",
    needs_sheets=True,
    profiled=True,
    has_any=has_personal,
    needs=NEEDS,
    needs_slides=False,
)


# ---------------------------------------------------------------- personal key
# Keys of personal sheets: a page per stage to look answers up while walking the room, and the full keys with working, by ID.
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
    needs_sheets=True,
    has_any=has_personal,
    needs=NEEDS,
    along_with="personal",
    needs_slides=False,
)


# ---------------------------------------------------------------- print list
def print_rows(laid: LaidOut, galley: Galley) -> Iterator[Data]:
    """Yield the personal sheets of all stages in one row, and what the facilitator looks answers up in."""
    kit = laid.kit
    parts = tuple(parts_of(kit))
    if parts:
        copies, leaves = copies_of(kit), sum(len(part.rows) for part in parts)
        if kit.profile != "standard":  # then a sheet has as many pages as it needs
            leaves = sum(map(leaves_in, render_personal(laid).values()))
        line = list_row(galley, "personal", copies, leaves)
        if len(parts) > 1:
            line["file"] = galley.word("print-files", first=parts[0].name, last=parts[-1].name)
        people = len(sets_of(kit))
        yield line | {"person": leaves // people if copies * people >= kit.people else 0}
        yield list_row(galley, "lookup", 1, 0)
        yield list_row(galley, "personal-key", 1, 0)


def jobs(kit: Kit) -> Iterator[Job]:
    """Yield the personal sheets of each stage."""
    for part in parts_of(kit):
        yield Job(writer=WRITER, part=part.name, copies=copies_of(kit))


PAPER = Paper(handed_out=handed_out, always=print_rows, jobs=jobs)
