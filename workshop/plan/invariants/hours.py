"""Rules of hours: breaks, sitting, idle minutes, pencils, and whether the minutes add up."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations, groupby, pairwise

from workshop.layouts import traits
from workshop.model.blocks import Prose
from workshop.model.kit import Slide
from workshop.model.slot import Pace
from workshop.plan.invariants.finished import Breach, Finished, Spot
from workshop.plan.invariants.plan_texts import spoken_words
from workshop.plan.slot.fill import PER, TASK_MINUTES, buffer_of

# Rules about time: idle minutes, tasks on paper, breaks, honest minutes, the sum.
PACE = 130.0  # words per minute, spoken slowly
TALKING = 0.7  # largest share of a slide's minutes
SPEECH = (0.2, 0.4)  # least and largest share of the minutes of all slides
LONGEST_BET = 2.0
LONG_TASK, LONGEST_TASK = 4.0, 6.0  # minutes of a task on paper: from the first on it keeps apart from others like it
ARGUED, QUICK = 80.0, 40.0  # seconds of a bet with a reason for and one against, and of a bet without


def idle_times(plan: Finished) -> Iterator[tuple[float, str, str]]:
    """Yield the minutes between two activities of the room, and their names; breaks and the buffer don't count."""
    since, last = 0.0, "the beginning"
    for spot in plan.spots:
        if spot.active:
            yield since, last, f"'{_name(spot)}'"
            since, last = 0.0, f"'{spot.slide.id}'" if spot.slide else "a block"
        elif spot.unit.rest:
            since, last = 0.0, "a break"
        elif spot.unit.kind != "buffer":
            since += spot.minutes
    yield since, last, "the end"


def idle(plan: Finished) -> Iterator[Breach]:
    """The room does something every few minutes."""
    for minutes, last, then in idle_times(plan):
        if minutes > plan.said.idle:
            yield plan.breach("P9", f"{minutes:g} minutes pass between {last} and {then} without anything to do")


def speech(plan: Finished) -> float:
    """Return how many minutes of a plan are speech."""
    return sum(spoken_words(slide) for slide in plan.slides) / PACE


def bet_seconds(slide: Slide, pace: Pace) -> float:
    """Return how long a bet takes besides speech: letters, hands, and reasons if there is time for them; 0 without a bet."""
    if "asks" not in traits(slide.layout):
        return 0.0
    if slide.twice:
        return 60 * pace.apart
    return ARGUED if slide.minutes >= LONGEST_BET else QUICK


def honest_minutes(plan: Finished) -> Iterator[Breach]:
    """Speech fits its slide, a bet takes one or two minutes, or those of the room's pace if it is placed again, and speech is a third of the whole."""
    for slide in plan.slides:
        words = spoken_words(slide)
        most = math.floor(min(TALKING * slide.minutes, slide.minutes - bet_seconds(slide, plan.day.pace) / 60) * PACE)
        if words > most:
            yield plan.breach("P12", f"has {words} words to say in {slide.minutes:g} min; at most {most} fit", slide)
        yield from _printed(plan, slide)
        if "asks" in traits(slide.layout) and not (
            slide.minutes == plan.day.pace.twice if slide.twice else 1 <= slide.minutes <= LONGEST_BET
        ):
            yield plan.breach("P12", f"is a bet that takes {slide.minutes:g} minutes", slide)
        if "corrects" in traits(slide.layout) and slide.minutes != 1:
            yield plan.breach("P12", f"is a misconception slide that takes {slide.minutes:g} minutes, not one", slide)
    share = speech(plan) / plan.kit.plan.slides if plan.kit.plan.slides else 0.0
    if not SPEECH[0] <= share <= SPEECH[1]:
        yield plan.breach("P12", f"speech takes {share:.0%} of the slides, not {SPEECH[0]:.0%} to {SPEECH[1]:.0%}")


def _printed(plan: Finished, slide: Slide) -> Iterator[Breach]:
    """The minutes on a slide and on the sheet of its task are those that it has."""
    shown = " ".join(line.text for b in slide.slot("minutes") if isinstance(b, Prose) for line in b.lines)
    if shown not in ("", f"{slide.minutes:g}"):
        yield plan.breach("P12", f"shows {shown} min and has {slide.minutes:g}", slide)
    for exercise in (exercise for sheet in plan.kit.sheets for exercise in sheet.exercises):
        if exercise.id == slide.task and exercise.minutes != slide.minutes:
            what = f"has {slide.minutes:g} min, and its task '{exercise.id}' on the sheet {exercise.minutes:g}"
            yield plan.breach("P12", what, slide)


def at_work(plan: Finished) -> list[Spot]:
    """Return the tasks on paper."""
    return [spot for spot in plan.spots if spot.slide is not None and spot.slide.task]


def pencils(plan: Finished) -> Iterator[Breach]:
    """A stage has one task on paper, of a few minutes; long ones aren't soon after each other, and no two are of a kind."""
    working = at_work(plan)
    minutes = sum(spot.minutes for spot in working)
    if minutes > TASK_MINUTES * max(1.0, plan.slot / PER):
        yield plan.breach("P13", f"{len(working)} tasks on paper take {minutes:g} minutes")
    for spot in working:
        if spot.minutes > LONGEST_TASK:
            yield plan.breach("P13", f"is a task of {spot.minutes:g} minutes, not {LONGEST_TASK:g} at most", spot.slide)
    for before, spot in combinations(working, 2):
        if spot.unit.stage is before.unit.stage and not _goes_on(spot, before):
            yield plan.breach("P13", f"is a second task in its stage, after '{_name(before)}'", spot.slide)
    for before, spot in pairwise(spot for spot in working if spot.minutes >= LONG_TASK):
        between = spot.begins - before.ends
        if between < plan.said.apart and not _goes_on(spot, before):
            yield plan.breach("P13", f"comes {between:g} minutes after '{_name(before)}', another task", spot.slide)
    kinds = {exercise.id: exercise.kind for sheet in plan.kit.sheets for exercise in sheet.exercises}
    seen: dict[str, str] = {}
    for spot in working:
        assert spot.slide is not None
        kind = kinds.get(spot.slide.task, "")
        if kind and kind in seen:
            yield plan.breach("P13", f"asks the room to {kind} again, as '{seen[kind]}' did", spot.slide)
        seen.setdefault(kind, spot.slide.id)


def _goes_on(spot: Spot, before: Spot) -> bool:
    """Whether a task goes on with an earlier one, so that both count as one."""
    return bool(spot.slide and before.slide and before.slide.id in spot.slide.needs)


def _name(spot: Spot) -> str:
    return spot.slide.id if spot.slide else spot.unit.kind


def sittings(plan: Finished) -> Iterator[tuple[float, list[Spot]]]:
    """Yield the minutes between breaks, and the parts of the day that fill them."""
    for rest, spots in groupby(plan.spots, key=lambda spot: spot.unit.rest):
        sat = list(spots)
        if not rest:
            yield sat[-1].ends - sat[0].begins, sat


def breaks(plan: Finished) -> Iterator[Breach]:
    """Nobody sits for too long."""
    for minutes, sat in sittings(plan):
        if minutes > plan.day.pace.sitting:
            where = f"from '{_name(sat[0])}' to '{_name(sat[-1])}'"
            yield plan.breach(
                "P14", f"{minutes:g} minutes pass {where} without a break; the limit is {plan.day.pace.sitting:g}"
            )


def the_sum(plan: Finished) -> Iterator[Breach]:
    """Slides, breaks, blocks and buffer make up the slot, and the buffer is 4% to 6% of it."""
    account = plan.kit.plan
    if account.total != plan.slot:
        yield plan.breach("P18", f"the parts make up {account.total:g} minutes")
    least, most = buffer_of(plan.slot)
    own = any(slide.counts and plan.kit.own for slide in plan.slides)
    if not least - own <= account.buffer <= most:
        yield plan.breach("P18", f"the buffer is {account.buffer:g} minutes, not {least} to {most}")
