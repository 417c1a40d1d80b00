"""How a workshop fills its slot: what is in, what is not and why."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

REST = 5  # minutes from which a block without work counts as a break


@dataclass(frozen=True, slots=True)
class TimeBlock:
    """Time that no slide fills.

    Attributes:
        after: id of the section or moment that it follows; "" is before the last section.
        least: the shortest slot, in minutes, that has it.
        fill: whether it is only for time that the slides leave.
        before: id of the section or moment that it comes before, in place of ``after``.
        most: the longest slot, in minutes, that has it.
    """

    title: str
    minutes: float
    after: str = ""
    least: float = 0
    fill: bool = False
    note: str = ""
    before: str = ""
    most: float = math.inf

    def due(self, slot: float) -> bool:
        """Whether a slot has it."""
        return self.least <= slot <= self.most

    @property
    def rest(self) -> bool:
        """Whether it is as good as a break: nobody works, for five minutes or more."""
        return not self.fill and self.minutes >= REST


def blocks_of(entries: Any) -> tuple[TimeBlock, ...]:
    """Return the blocks that kit.yaml or an audience's file lists; the schema has reported what is wrong with them."""
    return tuple(
        TimeBlock(
            str(entry.get("title", "")),
            minutes_of(entry.get("minutes")),
            str(entry.get("after", "")),
            minutes_of(entry.get("from")),
            entry.get("fill") == "yes",
            str(entry.get("note", "")),
            str(entry.get("before", "")),
            minutes_of(entry.get("to")) or math.inf,
        )
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict)
    )


def minutes_of(value: Any) -> float:
    """Return a number as YAML has it, 0 for what is not one.

    >>> minutes_of("2.5"), minutes_of(""), minutes_of("soon")
    (2.5, 0.0, 0.0)
    """
    try:
        number = float(value or 0)
    except (TypeError, ValueError):
        return 0.0
    return number if math.isfinite(number) else 0.0


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One slide of the plan.

    Attributes:
        shown: whether it is in; else it is in the appendix.
        why: the reason, in a few words.
    """

    slide: str
    title: str
    stage: str
    minutes: float
    priority: str
    shown: bool
    why: str


@dataclass(frozen=True, slots=True)
class PlanReport:
    """The plan of a slot, all times in minutes.

    Attributes:
        slot: what was asked for; 0 for everything.
        slides, breaks, buffer: what the slot is made of, beside ``blocks``.
        blocks: the blocks that are in.
        stretch: the longest time without a break.
        order: ids of all stages, cut ones too.
        cut: titles of the stages that are left out.
        lines: every slide that could be in, in order.
    """

    slot: float = 0
    slides: float = 0
    breaks: float = 0
    buffer: float = 0
    blocks: tuple[TimeBlock, ...] = ()
    stretch: float = 0
    order: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    lines: tuple[PlanLine, ...] = ()

    @property
    def total(self) -> float:
        """All minutes planned."""
        return self.slides + self.breaks + self.buffer + sum(block.minutes for block in self.blocks)


WHOLE = PlanReport()  # no slot, nothing cut
