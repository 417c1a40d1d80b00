"""The run sheet: one line a stage with its clock time, and what to leave out where."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.layout.laid import LaidOut
from workshop.model.kit import RunRow, Stage
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.document import own_id, stage_place
from workshop.wording import formats


def run_sheet_data(laid: LaidOut, galley: Galley) -> Data:
    """Return the rows of the run sheet; none for a kit without one."""
    rows = laid.kit.run_sheet
    timed = [row for row in rows if row.clock]
    return {
        "rows": [_row(laid, row, galley) for row in rows],
        "start": _first(timed),
        "end": clock_after(timed[-1].clock, timed[-1].minutes) if timed else "",
        "people": laid.kit.people,
        "minutes": formats.number(sum(row.minutes for row in rows if row.kind != "setup"), 0),
        "cuts": formats.number(sum(_saved(stage) for stage in laid.kit.stages), 0),
    }


def _first(timed: list[RunRow]) -> str:
    """Return when the room begins: setting up comes before."""
    return next((row.clock for row in timed if row.kind != "setup"), timed[0].clock if timed else "")


def _row(laid: LaidOut, row: RunRow, galley: Galley) -> Data:
    stage = stage_of(laid, row)
    dropped = ranges(_spare_numbers(laid, stage)) if stage else []
    return {
        "kind": row.kind,
        "clock": row.clock,
        "minutes": row.minutes,
        "shown": formats.number(row.minutes),
        "what": galley.text(row.what),
        "note": galley.text(row.note),
        "material": galley.text(row.material),
        "who": galley.text(row.who),
        "stage": stage_place(laid, stage.id) if stage else {"place": 0, "label": "", "title": ""},
        "cut": formats.listed(galley.texts_of(dropped)),
        "leave": galley.word(
            "print-leave-out-one" if _is_one(dropped) else "print-leave-out", what=formats.listed(dropped)
        ),
        "saves": formats.number(_saved(stage)) if stage else "",
    }


def _is_one(numbers: list[str]) -> bool:
    return len(numbers) == 1 and numbers[0].isdigit()


def stage_of(laid: LaidOut, row: RunRow) -> Stage | None:
    """Return the stage that a row stands for: by its number, or by its title if it has none."""
    if row.kind != "stage":
        return None
    for stage in laid.kit.stages:
        if stage.number == row.number if row.number is not None else stage.title == row.what:
            return stage
    return None


def stage_clock(laid: LaidOut, stage: Stage) -> str:
    """Return when a stage begins, "" if that is not known."""
    return next((row.clock for row in laid.kit.run_sheet if stage_of(laid, row) is stage), "")


def clock_after(clock: str, minutes: float) -> str:
    """Return the clock time some minutes after another; "" after an unknown one.

    >>> clock_after("09:50", 12.5), clock_after("23:55", 10), clock_after("", 5)
    ('10:02', '00:05', '')
    """
    hours, colon, rest = clock.partition(":")
    if not colon:
        return ""
    hour, minute = divmod(int(int(hours) * 60 + int(rest) + minutes), 60)
    return f"{hour % 24:02d}:{minute:02d}"


def ranges(numbers: Sequence[int]) -> list[str]:
    """Return ascending numbers with three or more in a row as one.

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


def _spare_numbers(laid: LaidOut, stage: Stage) -> list[int]:
    spare = {slide.id for slide in stage.slides if slide.spare}
    ids = {slide.id for slide in laid.kit.slides}
    return [slide.number for slide in laid.slides if own_id(slide, ids) in spare]


def _saved(stage: Stage) -> float:
    return sum(slide.minutes for slide in stage.slides if slide.spare)
