"""A plan by the clock: each slide with its minute, and how long its notes take to say."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from workshop.errors import Report
from workshop.plan.invariants.finished import Finished, Spot
from workshop.plan.invariants.hours import PACE, room_seconds, rounds_of
from workshop.plan.invariants.plan_texts import spoken_words
from workshop.plan.slot.clock import clock, parse_clock


# Prints a plan by the clock: when each slide begins, how long it is shown, and how long its speech takes.
class Reading(Struct, frozen=True, kw_only=True):
    """One line of the timetable, times in seconds.

    Attributes:
        spot: the slide, block, break or buffer.
        words: the number of words spoken.
        spoken: how long that takes.
        room: how long the room takes besides: answers, hands, talk.
    """

    spot: Spot
    words: int = 0
    spoken: float = 0.0
    room: float = 0.0

    @property
    def over(self) -> float:
        """How much longer speech and room take than the slide is shown; 0 if they fit."""
        return max(0.0, self.spoken + self.room - 60 * self.spot.minutes)


def readings(plan: Finished) -> Iterator[Reading]:
    """Yield a line for each part of the day."""
    for spot in plan.spots:
        if spot.slide is None:
            yield Reading(spot=spot)
            continue
        words = spoken_words(spot.slide)
        yield Reading(
            spot=spot,
            words=words,
            spoken=60 * words / PACE,
            room=room_seconds(spot.slide, plan.day.pace, rounds_of(plan, spot.slide)),
        )


def timetable(plan: Finished) -> str:
    """Return the timetable as text."""
    lines = list(readings(plan))
    first = plan.slides[0].id if plan.slides else ""
    start = parse_clock(plan.kit.clocks.get(first, ""), Report()) or 0
    wide = max((len(_name(line)) for line in lines), default=5)
    rows = [f"{'clock':5}  {'slide':{wide}}  {'min':>4}  {'words':>5}  {'said':>5}  {'room':>5}"]
    rows += [
        f"{clock(start + line.spot.begins)}  {_name(line):{wide}}  {line.spot.minutes:>4g}  "
        f"{line.words or '':>5}  {_seconds(line.spoken):>5}  {_seconds(line.room):>5}  "
        + (f"over by {line.over:.0f} s" if line.over else "")
        for line in lines
    ]
    end = plan.spots[-1].ends if plan.spots else 0
    said, room = sum(line.spoken for line in lines), sum(line.room for line in lines)
    over = sum(bool(line.over) for line in lines)
    fits = f"{over} slide{'s' * (over != 1)} over" if over else "every slide fits"
    share = f"{said / 60:.0f} of {plan.kit.plan.slides:g} minutes are speech, {room / 60:.0f} are the room's"
    rows.append(f"{clock(start + end)}  end: {share}; {fits}")
    return "\n".join(row.rstrip() for row in rows)


def _name(line: Reading) -> str:
    unit = line.spot.unit
    return line.spot.slide.id if line.spot.slide else f"({unit.block.title if unit.block else unit.kind})"


def _seconds(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds else ""
