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
from workshop.plan.slot.fill import PER, SHORT_TASK, TASK_MINUTES, buffer_of, long_tasks

# Rules about time: idle minutes, tasks on paper, breaks, honest minutes, the sum.
PACE = 100.0  # words per minute, to people who hear them once
SPEECH = ((60, 0.3), (0, 0.45))  # minutes of a slot, longest first -> largest share of the minutes of all slides
ASK, BET = 20.0, 40.0  # seconds: an answer is waited for; letters and hands of a bet, with its question
PAIRS, HANDS, POLL, ROUND = (
    60.0,
    15.0,
    150.0,
    30.0,
)  # seconds of talk or writing, of a count, of a poll, of a round of a vote
LONGEST_BET = 2.0
EDGE_OF = 1e-6  # seconds: less is rounding
CALM_FROM = (
    90  # minutes of a slot: from here on a slide of one minute is a bet or an answer, and a misconception has two
)
LONG_TASK, LONGEST_TASK = 4.0, 12.0  # minutes of a task on paper: from the first on it keeps apart from others like it


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


def room_seconds(slide: Slide, pace: Pace, rounds: int = 1) -> float:
    """Return how long the room takes on a slide besides speech: answers, letters and hands, talk in pairs, a poll, a vote.

    The first question is part of what the room does with it; each further one is waited for.

    Args:
        rounds: those of the vote that is held or counted.
    """
    asks = sum(note.kind == "ask" for note in slide.notes)
    doing = _doing_seconds(slide, pace, rounds)
    return max(ASK * asks, doing + ASK * max(0, asks - 1)) if doing else ASK * asks


def _doing_seconds(slide: Slide, pace: Pace, rounds: int) -> float:
    if "asks" in traits(slide.layout):
        return 60 * pace.apart if slide.twice else BET
    if "polls" in traits(slide.layout):
        return POLL
    if slide.does == "vote":
        return ROUND * rounds
    if slide.does == "hands":
        return HANDS * rounds
    pairs = (
        slide.does in ("talk", "write") and not slide.task and slide.minutes >= 2
    )  # in one minute, nobody turns around
    return PAIRS if pairs else 0.0


def rounds_of(plan: Finished, slide: Slide) -> int:
    """Return in how many rounds the room votes on a slide, or raises hands to count its votes; 1 on any other slide."""
    votes = [k for k, other in enumerate(plan.slides) if other.does == "vote"]
    counting = next((s for s in plan.slides[votes[0] :] if s.does == "hands"), None) if votes else None
    held = slide.does == "vote" or (counting is not None and slide.id == counting.id)
    return len(plan.kit.ballots.rounds) if held and plan.kit.ballots else 1


def needed_seconds(plan: Finished, slide: Slide) -> float:
    """Return how long speech and room take together on a slide."""
    return 60 * spoken_words(slide) / PACE + room_seconds(slide, plan.day.pace, rounds_of(plan, slide))


def honest_minutes(plan: Finished) -> Iterator[Breach]:
    """What is said and what the room does fit their slide; a minute is for a bet or an answer; speech is a small share of the whole."""
    for slide in (slide for slide in plan.slides if slide.minutes):
        needed = needed_seconds(plan, slide)
        if needed > 60 * slide.minutes + EDGE_OF:
            room = room_seconds(slide, plan.day.pace, rounds_of(plan, slide))
            fit = max(0, math.floor((60 * slide.minutes - room) * PACE / 60))
            what = f"has {spoken_words(slide)} words to say in {slide.minutes:g} min; at most {fit} fit"
            yield plan.breach("P12", f"{what} beside {room:g} s for the room" if room else what, slide)
        yield from _printed(plan, slide)
        yield from _short(plan, slide)
    share = speech(plan) / plan.kit.plan.slides if plan.kit.plan.slides else 0.0
    most = next(most for least, most in SPEECH if plan.slot >= least)
    if share > most:
        yield plan.breach("P12", f"speech takes {share:.0%} of the slides, not {most:.0%} at most")


def _short(plan: Finished, slide: Slide) -> Iterator[Breach]:
    """A bet and a misconception have their minutes, and only bets and answers have just one."""
    kinds = traits(slide.layout)
    if "asks" in kinds and not (
        slide.minutes == plan.day.pace.twice if slide.twice else 1 <= slide.minutes <= LONGEST_BET
    ):
        yield plan.breach("P12", f"is a bet that takes {slide.minutes:g} minutes", slide)
    if "corrects" in kinds and slide.minutes > 2:
        yield plan.breach(
            "P12", f"is a misconception slide that takes {slide.minutes:g} minutes, not two at most", slide
        )
    if plan.slot >= CALM_FROM and slide.minutes < 2:
        if "corrects" in kinds:
            yield plan.breach("P12", f"is a misconception slide that takes {slide.minutes:g} minutes, not two", slide)
        elif "asks" not in kinds and not slide.answers and not slide.continued:
            yield plan.breach("P12", f"takes {slide.minutes:g} min, and is neither a bet nor an answer", slide)


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
    long = [spot for spot in working if spot.minutes > SHORT_TASK]
    if len(long) > long_tasks(plan.slot):
        names = ", ".join(map(_name, long))
        what = f"{len(long)} tasks take more than {SHORT_TASK:g} minutes, not {long_tasks(plan.slot)} at most: {names}"
        yield plan.breach("P13", what)
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
