"""The run sheet on paper: when each slide is, what to do, what to hand out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from workshop.layout.laid import LaidOut
from workshop.layouts import traits
from workshop.model.kit import Kit, Slide, Stage
from workshop.model.run_sheet import RunRow
from workshop.render.print.added import papers
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import part_numbers, stage_place
from workshop.wording import formats
from workshop.wording.messages import messages

# The run sheet: one row per stage with its clock time and what happens in it, and what to leave out if it is late.
SETUP = 30  # minutes before the beginning


def run_sheet_data(laid: LaidOut, galley: Galley) -> Data:
    """Return the rows of the run sheet, setting up first; none for a kit without one."""
    rows = laid.kit.run_sheet
    timed = [row for row in rows if row.clock]
    spare = {name for shortcut in laid.kit.shortcuts for name in shortcut.slides}
    buffer = next((row for row in rows if row.kind == "buffer"), None)
    shown = [_run_sheet_row(laid, row, galley) for row in with_helper(laid, galley)]
    return {
        "rows": [*_setup(laid, timed, galley), *shown],
        "start": timed[0].clock if timed else "",
        "end": clock_after(timed[-1].clock, timed[-1].minutes) if timed else "",
        "people": laid.kit.people,
        "minutes": formats.number(laid.kit.duration),
        "cuts": formats.number(sum(s.minutes for s in laid.kit.slides if s.id in spare), 0),
        "behind": _behind(laid, galley),
        "buffer": galley.word("print-behind-buffer", minutes=formats.number(buffer.minutes), clock=buffer.clock)
        if buffer
        else "",
    }


def _setup(laid: LaidOut, timed: Sequence[RunRow], galley: Galley) -> Iterator[Data]:
    """Yield the row before the first one: the room, the projector, the tables."""
    if timed and laid.kit.is_kit:
        room = laid.kit.stages[0].room if laid.kit.stages else ""
        row = RunRow(
            kind="setup",
            clock=clock_after(timed[0].clock, -SETUP),
            minutes=SETUP,
            what=galley.word("print-setup"),
            note=galley.word("print-setup-note"),
            material=room,
            who=timed[0].who,
        )
        yield _run_sheet_row(laid, row, galley)


def typing_row(kit: Kit) -> int | None:
    """Return the place of the row in which the totals are typed: the first one after the vote that isn't a stage."""
    voting = {slide.id for slide in kit.slides if slide.does == "vote"}
    voted = next((place for place, row in enumerate(kit.run_sheet) if voting & set(row.slides)), None)
    if voted is None or kit.ballots is None:
        return None
    later = kit.run_sheet[voted + 1 : voted + 2]
    return voted + 1 if later and later[0].kind in ("break", "block") else None


def with_helper(laid: LaidOut, galley: Galley) -> Iterator[RunRow]:
    """Yield the rows, with the helper's task in the break after the vote."""
    place = typing_row(laid.kit)
    for k, row in enumerate(laid.kit.run_sheet):
        if k == place and laid.kit.ballots is not None:
            number = stage_place(laid, laid.kit.ballots.stage)["label"]
            note = galley.word("print-type-totals", number=number)
            stop = "" if row.note.endswith((".", "?", "!")) else "."
            yield replace(row, note=f"{row.note}{stop} {note}" if row.note else note)
        else:
            yield row


def _run_sheet_row(laid: LaidOut, row: RunRow, galley: Galley) -> Data:
    return {
        "kind": row.kind,
        "clock": row.clock,
        "minutes": row.minutes,
        "shown": formats.number(row.minutes),
        "what": galley.text(row.what),
        "note": galley.text(row.note),
        "happens": galley.text(happens(laid, row)),
        "material": galley.text(_material(laid, row, galley)),
        "who": galley.text(row.who),
        "stage": _mark(laid, row),
    }


def _material(laid: LaidOut, row: RunRow, galley: Galley) -> str:
    """Return a row's material, and what add-ons hand out when its stage begins."""
    stage = stage_of(laid, row)
    own = also_out(laid.kit, stage, galley) if stage else ()
    return ", ".join(filter(None, (row.material, *own)))


def also_out(kit: Kit, stage: Stage, galley: Galley) -> list[str]:
    """Return what add-ons hand out in a stage."""
    return [text for paper in papers() for text in paper.handed_out(kit, stage, galley)]


def _mark(laid: LaidOut, row: RunRow) -> Data:
    """Return the stage whose slides a row shows, also if it only goes on with them."""
    shown = set(row.slides)
    stage = next((s for s in laid.kit.stages if {slide.id for slide in s.slides} & shown), stage_of(laid, row))
    return stage_place(laid, stage.id) if stage else {"place": 0, "label": "", "title": ""}


def happens(laid: LaidOut, row: RunRow) -> str:
    """Return what the room does in a row, with names of bets and numbers of slides: "Bets: The crawl; Pencils on 14 (6 min)"."""
    words = messages(laid.kit.language, laid.kit.here)["print-happens"]
    slides = {slide.id: slide for slide in laid.kit.slides}
    numbers = part_numbers(laid)
    found: dict[str, list[Slide]] = {}
    for slide in (slides[name] for name in row.slides if name in slides):
        if (what := doing(slide)) in words and not slide.continued:
            found.setdefault(what, []).append(slide)
    texts = []
    for what, acts in found.items():
        named = [slide.bet for slide in acts if slide.bet]
        where = named or ranges([numbers[slide.id][0] for slide in acts if slide.id in numbers])
        timed = f" ({formats.number(acts[0].minutes)} min)" if what in ("task", "vote") and len(acts) == 1 else ""
        texts.append(f"{words[what]} {formats.listed(where)}{timed}")
    return "; ".join(texts)


def doing(slide: Slide) -> str:
    """Return what the room does on a slide; "" if it listens."""
    if slide.quiz:
        return "quiz"
    if "asks" in traits(slide.layout):
        return "predict"
    return "task" if slide.task else slide.does


def _behind(laid: LaidOut, galley: Galley) -> Data:
    """Return the delays, and one row per look at the clock, with the slides to leave out for each delay, or the way to the end."""
    parts = part_numbers(laid)
    late_by = sorted({shortcut.late for shortcut in laid.kit.shortcuts})
    last = laid.kit.run_sheet[-1] if late_by else None
    end = galley.word("print-behind-end", title=last.what, clock=last.clock) if last else ""
    rows = []
    for place, mine in groupby(laid.kit.shortcuts, key=lambda shortcut: shortcut.row):
        row = laid.kit.run_sheet[place]
        cells = {
            shortcut.late: formats.listed(ranges([n for name in shortcut.slides for n in parts.get(name, ())])) or end
            for shortcut in mine
        }
        rows.append(
            {
                "clock": row.clock,
                "what": galley.text(row.what),
                "stage": _mark(laid, row),
                "cells": [cells.get(late, "") for late in late_by],
            }
        )
    return {"late": late_by, "rows": rows}


def stage_of(laid: LaidOut, row: RunRow) -> Stage | None:
    """Return a row's stage: its number, or its title if it has none."""
    if row.kind != "stage":
        return None
    for stage in laid.kit.stages:
        if stage.number == row.number if row.number is not None else stage.title == row.what:
            return stage
    return None


def stage_clock(laid: LaidOut, stage: Stage) -> str:
    """Return the time when a stage begins; "" if it isn't known."""
    return next((row.clock for row in laid.kit.run_sheet if stage_of(laid, row) is stage), "")


def clock_after(clock: str, minutes: float) -> str:
    """Return the clock time some minutes after another one; "" if that is unknown.

    >>> clock_after("09:50", 12.5), clock_after("23:55", 10), clock_after("", 5), clock_after("00:10", -30)
    ('10:02', '00:05', '', '23:40')
    """
    hours, colon, rest = clock.partition(":")
    if not colon:
        return ""
    hour, minute = divmod(int(int(hours) * 60 + int(rest) + minutes), 60)
    return f"{hour % 24:02d}:{minute:02d}"


def ranges(numbers: Sequence[int]) -> list[str]:
    """Return ascending numbers, with three or more consecutive ones as a range.

    >>> ranges([3, 4, 7, 8, 9])
    ['3', '4', '7–9']
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [text for run in runs for text in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run))]
