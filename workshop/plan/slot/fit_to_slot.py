"""Fitting a kit to a slot with the exact solver: the slides, breaks and buffer for its minutes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from workshop.model.kit import Stage
from workshop.model.meta import TimeBlock
from workshop.model.slot import IN_ROOM, Pace, PlanReport
from workshop.model.source import Move
from workshop.plan.slot.best_choice import Limits, choose, shortest
from workshop.plan.slot.breaks import break_lengths, fewest_breaks, line_up, longest, place_breaks
from workshop.plan.slot.moments import moved
from workshop.plan.slot.worth import as_items, as_sections, only

# Filling a slot slide by slide: which slides, how many breaks, which blocks, how much buffer.
RESERVE = 0.05  # share of the slot that is kept free when slides are chosen
LARGEST_BUFFER = 0.1  # largest share of the slot and of the plan
SHEETS, MINUTES_PER_SHEETS = 4, 90  # most sheets per person, per so many minutes
HANDS_ON = 0.25  # share of the time in which participants do something, if possible
MOST_BREAKS = 12


class Fit(Struct, frozen=True):
    """A filled slot.

    Attributes:
        shown: ids of the slides that are in, without dividers.
        report: the report on the plan.
        stages: those that are in, their slides in the order of their moments and moves; empty for a kit without either.
        asked: ids of the quiz questions that the plan answers; ``None`` for a kit without moments.
    """

    shown: frozenset[str]
    report: PlanReport
    stages: tuple[Stage, ...] = ()
    asked: tuple[str, ...] | None = None


def fit_to_slot(
    stages: Sequence[Stage],
    slot: float,
    blocks: Sequence[TimeBlock] = (),
    pace: Pace = IN_ROOM,
    moves: Sequence[Move] = (),
) -> Fit | None:
    """Return the best plan for a slot in minutes (0 for everything); ``None`` if nothing sensible fits.

    It has as few breaks as possible with which nobody sits for too long. ``moves`` are made once its slides are chosen.
    """
    items, sections = as_items(stages), as_sections(stages)
    if not slot:
        breaks = len(fewest_breaks(line_up(stages, (), (), 0), pace))
        return _fit(stages, 0, frozenset(item.id for item in items), (), breaks, pace, moves)
    fixed = tuple(block for block in blocks if not block.fill and block.least <= slot)
    spare = tuple(block for block in blocks if block.fill and block.least <= slot)
    rest = sum(block.minutes for block in fixed)
    work = min(slot - rest, sum(item.minutes for item in items))
    fewest = max(0, math.ceil(work / (pace.sitting + pace.pause)) - 1 - len(fixed))
    found: Fit | None = None
    for breaks in range(fewest, fewest + MOST_BREAKS):
        minutes = slot - rest - sum(break_lengths(slot, breaks, fixed, pace)) - math.floor(slot * RESERVE)
        chosen = choose(items, sections, _limits(minutes, slot)) if minutes > 0 else None
        if chosen is None:
            break
        time = minutes + rest - sum(item.minutes for item in items if item.id in chosen)
        now = _fit(stages, slot, chosen, _filled(blocks, fixed, spare, time), breaks, pace, moves)
        if found is None or now.report.stretch < found.report.stretch:
            found = now
        if found.report.stretch <= pace.sitting or len(now.report.pauses) < breaks:
            break  # nobody sits for too long, or another break would not help
    return found


def shortest_slot(stages: Sequence[Stage]) -> int:
    """Return the shortest slot, in whole minutes, for which there is a plan."""
    least = shortest(as_items(stages), as_sections(stages))
    slot = math.ceil(least)
    while slot - math.floor(slot * RESERVE) < least:
        slot += 1
    return slot


def most_sheets(slot: float) -> int:
    """Return the number of sheets that a person may work on in a slot.

    >>> most_sheets(25), most_sheets(90)
    (1, 4)
    """
    return max(1, math.floor(slot * SHEETS / MINUTES_PER_SHEETS))


def _limits(minutes: float, slot: float) -> Limits:
    return Limits(minutes, most_sheets(slot), HANDS_ON)


def _filled(
    blocks: Sequence[TimeBlock], fixed: Sequence[TimeBlock], spare: Sequence[TimeBlock], time: float
) -> tuple[TimeBlock, ...]:
    """Return the fixed blocks, and the optional ones for which there is time, in the kit's order."""
    left = time - sum(block.minutes for block in fixed)
    taken = set(fixed)
    for block in spare:
        if block.minutes <= left:
            taken.add(block)
            left -= block.minutes
    return tuple(block for block in blocks if block in taken)


def _fit(
    stages: Sequence[Stage],
    slot: float,
    shown: frozenset[str],
    blocks: tuple[TimeBlock, ...],
    count: int,
    pace: Pace,
    moves: Sequence[Move] = (),
) -> Fit:
    """Return the plan of a choice, with its buffer and breaks."""
    kept = moved(only(stages, shown), moves)
    slides = sum(stage.minutes for stage in kept)
    pauses = break_lengths(slot, count, blocks, pace)
    used = slides + sum(pauses) + sum(block.minutes for block in blocks)
    most = min(slot * LARGEST_BUFFER, used * LARGEST_BUFFER / (1 - LARGEST_BUFFER), slot - used)
    buffer = float(max(0, math.floor(most)))
    units = line_up(kept, [stage.id for stage in stages], blocks, buffer)
    breaks = place_breaks(units, count, pace)
    ids = {stage.id for stage in kept}
    report = PlanReport(
        slot=slot,
        slides=slides,
        pauses=pauses[: len(breaks)],
        pace=pace,
        buffer=buffer,
        blocks=blocks,
        stretch=longest(units, breaks),
        order=tuple(stage.id for stage in stages),
        cut=tuple(stage.title for stage in stages if stage.id not in ids),
    )
    return Fit(shown, report, kept if moves else ())
