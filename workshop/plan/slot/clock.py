"""The run sheet: clock times from the slides' minutes."""

from __future__ import annotations

import re

from msgspec.structs import replace

from workshop.errors import At, Report
from workshop.layouts import traits
from workshop.model.kit import Stage
from workshop.model.run_sheet import RunRow
from workshop.model.slot import PlanReport
from workshop.plan.slot.breaks import Unit, break_lengths, fewest_breaks, line_up, place_breaks
from workshop.wording.messages import messages, say

CLOCK = re.compile(r"^([01]?\d|2[0-3])[:.]([0-5]\d)$")


def parse_clock(text: str, report: Report, at: At | None = None) -> int | None:
    """Return minutes since midnight for "09:30"; ``None`` for "", or after reporting a problem.

    >>> parse_clock("09:30", Report())
    570
    """
    if not text:
        return None
    match = CLOCK.match(text.strip())
    if match is None:
        report.error(f"'{text}' isn't a clock time", at, "write it like 09:30", "clock")
        return None
    return int(match[1]) * 60 + int(match[2])


def clock(minutes: float) -> str:
    """Return minutes since midnight as a clock time.

    >>> clock(570), clock(24 * 60 + 5)
    ('09:30', '00:05')
    """
    hours, rest = divmod(round(minutes), 60)
    return f"{hours % 24:02d}:{rest:02d}"


def the_day(stages: tuple[Stage, ...], plan: PlanReport | None = None) -> tuple[Unit, ...]:
    """Return the pieces of a day in order, including breaks.

    Args:
        stages: the stages that are in.
        plan: the filled slot; without it, there are as few breaks as possible with which nobody sits for too long.
    """
    if plan is None:
        units = line_up(stages, [stage.id for stage in stages], (), 0)
        breaks = fewest_breaks(units)
        pauses = break_lengths(0, len(breaks))
    else:
        units = line_up(stages, plan.order, plan.blocks, plan.buffer)
        breaks, pauses = place_breaks(units, len(plan.pauses), plan.pace), plan.pauses
    rests = {
        place: Unit(kind="break", minutes=minutes, rest=True) for place, minutes in zip(breaks, pauses, strict=False)
    }
    return tuple(
        part for place, unit in enumerate(units) for part in ((rests[place], unit) if place in rests else (unit,))
    )


def run_sheet(
    stages: tuple[Stage, ...], start: int | None, language: str, plan: PlanReport | None = None
) -> tuple[RunRow, ...]:
    """Return the rows of the run sheet: stages, breaks, the plan's blocks and its buffer.

    A stage that is interrupted by a break or a block has one row for each part.

    Args:
        stages: those that are in.
        start: minutes since midnight; ``None`` counts from 00:00.
        plan: as for ``the_day``.
    """
    now = float(start or 0)
    rows: list[RunRow] = []
    begun: Stage | None = None
    for unit in the_day(stages, plan):
        if unit.kind == "stage" and rows and rows[-1].kind == "stage" and unit.stage is begun:
            joined = (*rows[-1].slides, *_shown(unit))
            rows[-1] = replace(rows[-1], minutes=rows[-1].minutes + unit.minutes, slides=joined)
        else:
            rows.append(_row(unit, clock(now), language, again=unit.stage is not None and unit.stage is begun))
        begun = unit.stage or begun
        now += unit.minutes
    return tuple(rows)


def slide_clocks(stages: tuple[Stage, ...], start: int | None, plan: PlanReport | None = None) -> dict[str, str]:
    """Return slide -> the clock time at which it begins, without dividers; arguments as for ``run_sheet``."""
    now, clocks = float(start or 0), dict[str, str]()
    for unit in the_day(stages, plan):
        begins = now
        for slide in unit.slides:
            if not slide.hidden:
                clocks[slide.id] = clock(begins)
                begins += slide.minutes
        now += unit.minutes
    return clocks


def _shown(unit: Unit) -> tuple[str, ...]:
    return tuple(slide.id for slide in unit.slides if not slide.hidden and "frames" not in traits(slide.layout))


def _row(unit: Unit, begins: str, language: str, *, again: bool = False) -> RunRow:
    words = messages(language)
    everybody = str(words["who-all"])
    if unit.kind == "break":
        return RunRow(
            kind="break", clock=begins, minutes=unit.minutes, what=str(words["break"]), note=str(words["break-note"])
        )
    if unit.block is not None:
        kind = "break" if unit.rest else "block"
        return RunRow(
            kind=kind,
            clock=begins,
            minutes=unit.minutes,
            what=unit.block.title,
            note=unit.block.note,
            who=everybody,
        )
    if unit.stage is None:
        return RunRow(
            kind="buffer",
            clock=begins,
            minutes=unit.minutes,
            what=str(words["buffer"]),
            note=str(words["buffer-note"]),
            who=everybody,
        )
    stage = unit.stage
    first = RunRow(
        kind="stage", clock=begins, minutes=unit.minutes, what=stage.title, who=everybody, slides=_shown(unit)
    )
    if again:
        return replace(first, what=say(language, "goes-on", title=stage.title))
    note = stage.question or stage.aim
    return replace(first, note=note, material=", ".join(stage.material), number=stage.number)
