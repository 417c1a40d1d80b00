"""Where the breaks of a training are: as few as possible, and no stretch too long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from workshop.model.kit import Slide, Stage
from workshop.model.meta import TimeBlock
from workshop.model.slot import IN_ROOM, Pace

# The order of a day: stages, blocks, the buffer, and breaks where they divide the time most evenly.
SHORTEST_BREAK = 5.0
TOO_LONG = 1e6  # cost of a stretch that is too long; other stretches cost the square of their minutes
NAMED = 1e5  # gain of a break at a place that the kit names


class Unit(Struct, frozen=True, kw_only=True):
    """A piece of the day that no break interrupts: a stage or a part of one, a block, or the buffer.

    Attributes:
        slides: the slides of the stage or part.
        rest: whether it counts as a break.
        tied: whether no break may come before it.
        here: whether it is a preferred place for a break.
    """

    kind: str
    minutes: float
    stage: Stage | None = None
    block: TimeBlock | None = None
    slides: tuple[Slide, ...] = ()
    rest: bool = False
    tied: bool = False
    here: bool = False


def line_up(
    stages: Sequence[Stage], order: Sequence[str], blocks: Sequence[TimeBlock], buffer: float
) -> tuple[Unit, ...]:
    """Return the day's pieces in order, without breaks.

    Args:
        stages: the stages that are in.
        order: ids of all stages: a block whose stage is out comes after the last stage before it that is in.
        blocks: blocks; at the same place they keep this order.
        buffer: minutes of the buffer, which comes before the last section.
    """
    timed = [stage for stage in stages if stage.minutes]
    moments = {slide.moment for stage in timed for slide in stage.slides if slide.moment}
    inner = [block for block in blocks if {block.before, block.after} & moments]
    outer = [block for block in blocks if block not in inner]
    has_end = len(timed) > 1 and timed[-1].number is None
    last = len(timed) - has_end  # number of stages before the closing section
    places = {name: place for place, name in enumerate(order)}
    extra: dict[int, list[Unit]] = {}
    for block in outer:
        where = _place(block, timed[:last], places)
        if where is not None:
            extra.setdefault(where, []).append(_block(block))
    if buffer:
        extra.setdefault(last, []).append(Unit(kind="buffer", minutes=buffer))
    units: list[Unit] = []
    for place, stage in enumerate(timed):
        units += extra.get(place, [])
        units += _parts(stage, inner)
    return (*units, *extra.get(len(timed), []))


def _place(block: TimeBlock, stages: Sequence[Stage], places: Mapping[str, int]) -> int | None:
    """Return the index of the stage that a block comes before; ``None`` if its moment is out."""
    name = block.before or block.after
    if not name:
        return len(stages)
    if name not in places:
        return None
    limit = places[name] - bool(block.before)
    return sum(places.get(stage.id, 0) <= limit for stage in stages)


def _block(block: TimeBlock, *, tied: bool = False) -> Unit:
    return Unit(kind="block", minutes=block.minutes, block=block, rest=block.rest, tied=tied)


def _parts(stage: Stage, blocks: Sequence[TimeBlock]) -> list[Unit]:
    """Return a stage in parts, divided where a break may come and around the blocks of its moments."""
    units: list[Unit] = []
    part: list[Slide] = []
    tied = False

    def close() -> None:
        nonlocal tied
        if part:
            minutes = sum(slide.minutes for slide in part if not slide.hidden)
            here = part[0].rest and bool(units)
            joined = tied or (bool(units) and not here)
            unit = Unit(kind="stage", minutes=minutes, stage=stage, slides=tuple(part), tied=joined, here=here)
            units.append(unit)
            part.clear()
        tied = False

    for place, slide in enumerate(stage.slides):
        moment = slide.moment
        if moment and (place == 0 or stage.slides[place - 1].moment != moment):
            ahead = [block for block in blocks if block.before == moment]
            if (slide.rest or ahead) and any(other.minutes for other in part):
                close()
            for block in ahead:
                units.append(_block(block, tied=bool(units)))
                tied = True
        part.append(slide)
        ends = place + 1 == len(stage.slides) or stage.slides[place + 1].moment != moment
        if moment and ends and (behind := [block for block in blocks if block.after == moment]):
            close()
            units += [_block(block, tied=True) for block in behind]
    close()
    return units


def break_lengths(slot: float, count: int, blocks: Iterable[TimeBlock] = (), pace: Pace = IN_ROOM) -> tuple[float, ...]:
    """Return the minutes of a slot's breaks: one that has just become necessary is short, so that it costs the room little.

    Args:
        blocks: those of the slot; one that is a longer rest, such as lunch, divides it in two.

    >>> break_lengths(93, 1), break_lengths(180, 1), break_lengths(205, 2)
    ((5.0,), (15,), (15, 10))
    """
    if not slot:
        return (pace.pause,) * count
    rests = (block.minutes for block in blocks if block.rest and block.minutes > pace.pause)
    over = slot - pace.sitting - sum(minutes + pace.sitting for minutes in rests)
    longer = (over - k * (pace.sitting + pace.pause) for k in range(count))
    return tuple(max(SHORTEST_BREAK, min(pace.pause, minutes)) for minutes in longer)


def place_breaks(units: Sequence[Unit], count: int, pace: Pace = IN_ROOM) -> tuple[int, ...]:
    """Return the indices of the units before which breaks come: at most ``count``, so that the longest stretches are shortest.

    A place that the kit names for a break is preferred to any other, as long as nobody sits for too long.
    """

    def cost(begin: int, end: int) -> float:
        return sum(minutes**2 + TOO_LONG * (minutes > pace.sitting) for minutes in _stretches(units[begin:end]))

    @cache
    def best(begin: int, left: int) -> tuple[float, tuple[int, ...]]:
        whole: tuple[float, tuple[int, ...]] = (cost(begin, len(units)), ())
        if not left:
            return whole
        options = [whole]
        for end in range(begin + 1, len(units)):
            if not (units[end - 1].rest or units[end].rest or units[end].tied):
                later, places = best(end, left - 1)
                options.append((cost(begin, end) + later - NAMED * units[end].here, (end, *places)))
        return min(options)

    return best(0, count)[1] if units else ()


def fewest_breaks(units: Sequence[Unit], pace: Pace = IN_ROOM) -> tuple[int, ...]:
    """Return the smallest number of breaks with which nobody sits for too long, or as many as help."""
    found: tuple[int, ...] = ()
    for count in range(len(units)):
        found = place_breaks(units, count, pace)
        if longest(units, found) <= pace.sitting:
            break
    return found


def longest(units: Sequence[Unit], breaks: Sequence[int]) -> float:
    """Return the minutes of the longest stretch without a break."""
    edges = [0, *breaks, len(units)]
    parts = (_stretches(units[begin:end]) for begin, end in pairwise(edges))
    return max((minutes for part in parts for minutes in part), default=0.0)


def _stretches(units: Sequence[Unit]) -> list[float]:
    """Return the lengths of the stretches between rests."""
    lengths = [0.0]
    for unit in units:
        if unit.rest:
            lengths.append(0.0)
        else:
            lengths[-1] += unit.minutes
    return lengths
