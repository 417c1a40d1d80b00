"""The order of a day: stages, blocks, the buffer, and breaks where they part the time most evenly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from workshop.model.kit import Stage
from workshop.model.slot import TimeBlock

BREAK_AFTER = 90  # minutes without a break at the most (standards: every 60 to 90)
BREAK_MINUTES = 15
TOO_LONG = 1e6  # what a stretch without a break that is too long costs, against the square of its minutes


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the day that no break goes into: a stage, a block or the buffer; ``rest`` is as good as a break."""

    kind: str
    minutes: float
    stage: Stage | None = None
    block: TimeBlock | None = None

    @property
    def rest(self) -> bool:
        """Whether nobody has to sit and listen."""
        return self.block is not None and not self.block.fill


def line_up(
    stages: Sequence[Stage], order: Sequence[str], blocks: Sequence[TimeBlock], buffer: float
) -> tuple[Unit, ...]:
    """Return the day's pieces in order, breaks left out.

    Args:
        stages: those that are in.
        order: ids of all stages: a block whose stage is not in comes after the last one before it that is.
        blocks: in the order that they have after one stage.
        buffer: minutes; it comes before the last section.
    """
    timed = [stage for stage in stages if stage.minutes]
    places = {name: place for place, name in enumerate(order)}
    has_end = len(timed) > 1 and timed[-1].number is None
    last = len(timed) - has_end  # how many stages come before the closing section
    units: list[Unit] = [Unit("stage", stage.minutes, stage) for stage in timed]
    extra: list[tuple[int, Unit]] = []
    for block in blocks:
        where = last
        if block.after:
            where = sum(places.get(stage.id, 0) <= places.get(block.after, 0) for stage in timed[:last])
        extra.append((where, Unit("block", block.minutes, block=block)))
    if buffer:
        extra.append((last, Unit("buffer", buffer)))
    for where in sorted({place for place, _ in extra}, reverse=True):
        units[where:where] = [unit for place, unit in extra if place == where]
    return tuple(units)


def place_breaks(units: Sequence[Unit], count: int) -> tuple[int, ...]:
    """Return before which units the breaks stand: at most ``count``, the longest stretches made as short as can be."""

    def cost(begin: int, end: int) -> float:
        return sum(minutes**2 + TOO_LONG * (minutes > BREAK_AFTER) for minutes in _stretches(units[begin:end]))

    @cache
    def best(begin: int, left: int) -> tuple[float, tuple[int, ...]]:
        whole: tuple[float, tuple[int, ...]] = (cost(begin, len(units)), ())
        if not left:
            return whole
        options = [whole]
        for end in range(begin + 1, len(units)):
            if not (units[end - 1].rest or units[end].rest):
                later, places = best(end, left - 1)
                options.append((cost(begin, end) + later, (end, *places)))
        return min(options)

    return best(0, count)[1] if units else ()


def fewest_breaks(units: Sequence[Unit]) -> tuple[int, ...]:
    """Return the fewest breaks after which nobody sits for too long, or as many as help."""
    found: tuple[int, ...] = ()
    for count in range(len(units)):
        found = place_breaks(units, count)
        if longest(units, found) <= BREAK_AFTER:
            break
    return found


def longest(units: Sequence[Unit], breaks: Sequence[int]) -> float:
    """Return the minutes of the longest stretch without a break."""
    edges = [0, *breaks, len(units)]
    parts = (_stretches(units[begin:end]) for begin, end in pairwise(edges))
    return max((minutes for part in parts for minutes in part), default=0.0)


def _stretches(units: Sequence[Unit]) -> list[float]:
    """Return the lengths of what lies between rests."""
    lengths = [0.0]
    for unit in units:
        if unit.rest:
            lengths.append(0.0)
        else:
            lengths[-1] += unit.minutes
    return lengths
