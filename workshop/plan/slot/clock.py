"""The run sheet: clock times from the slides' minutes, with breaks."""

from __future__ import annotations

import re

from workshop.errors import At, Report
from workshop.model.kit import RunRow, Stage
from workshop.model.slot import PlanReport
from workshop.plan.slot.breaks import BREAK_AFTER, BREAK_MINUTES, Unit, fewest_breaks, line_up, place_breaks
from workshop.wording.messages import messages

__all__ = ["BREAK_AFTER", "BREAK_MINUTES", "clock", "parse_clock", "run_sheet"]
CLOCK = re.compile(r"^([01]?\d|2[0-3])[:.]([0-5]\d)$")


def parse_clock(text: str, report: Report, at: At | None = None) -> int | None:
    """Return minutes since midnight for "09:30", ``None`` for "" or after noting a problem.

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


def run_sheet(
    stages: tuple[Stage, ...], start: int | None, language: str, plan: PlanReport | None = None
) -> tuple[RunRow, ...]:
    """Return the rows of the run sheet: stages, breaks, the plan's blocks and its buffer.

    Args:
        stages: those that are in.
        start: minutes since midnight; ``None`` counts from 00:00.
        plan: how the slot is filled; without one, the fewest breaks after which nobody sits for too long.
    """
    if plan is None:
        units = line_up(stages, [stage.id for stage in stages], (), 0)
        breaks = fewest_breaks(units)
    else:
        units = line_up(stages, plan.order, plan.blocks, plan.buffer)
        breaks = place_breaks(units, round(plan.breaks / BREAK_MINUTES))
    words = messages(language)
    now = float(start or 0)
    rows: list[RunRow] = []
    for place, unit in enumerate(units):
        if place in breaks:
            rows.append(
                RunRow(
                    kind="break",
                    clock=clock(now),
                    minutes=BREAK_MINUTES,
                    what=str(words["break"]),
                    note=str(words["break-note"]),
                )
            )
            now += BREAK_MINUTES
        rows.append(_row(unit, clock(now), language))
        now += unit.minutes
    return tuple(rows)


def _row(unit: Unit, begins: str, language: str) -> RunRow:
    words = messages(language)
    if unit.block is not None:
        kind = "break" if unit.rest else "block"
        return RunRow(
            kind=kind,
            clock=begins,
            minutes=unit.minutes,
            what=unit.block.title,
            note=unit.block.note,
            who=str(words["who-all"]),
        )
    if unit.stage is None:
        return RunRow(
            kind="buffer",
            clock=begins,
            minutes=unit.minutes,
            what=str(words["buffer"]),
            note=str(words["buffer-note"]),
            who=str(words["who-all"]),
        )
    stage = unit.stage
    note = stage.question or stage.aim
    material = ", ".join(stage.material)
    return RunRow(
        kind="stage",
        clock=begins,
        minutes=unit.minutes,
        what=stage.title,
        note=note,
        material=material,
        who=str(words["who-all"]),
        number=stage.number,
    )
