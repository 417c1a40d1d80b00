"""Personal sheets on paper: the ordinary sheets with other numbers for each ID, set after the same template."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from msgspec import Struct

from workshop.addons.personal.asked_for import PersonalSet, sets_of
from workshop.addons.personal.codes import VARIANTS
from workshop.errors import Problem, Report
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit, Sheet, Stage
from workshop.render.print.block_data import Galley
from workshop.render.print.document import front
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import overflows
from workshop.render.print.sheets import LABELS, SIDES, set_sheets, sheet_data, with_logo
from workshop.render.print.typesetting import typeset
from workshop.render.writing import Writer

AT_ONCE = 3  # documents that are made at the same time; one or two of them are set
AT_MOST = 100  # sheets in one document
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
    whom="each person",
    needs_sheets=True,
    profiled=True,
    has_any=has_personal,
    needs=NEEDS,
    needs_slides=False,
)
