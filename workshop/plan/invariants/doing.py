"""Rules about what the room does in each stage: work, for how long, with no talk in its place; and no stage is cut."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby

from workshop.layouts import traits
from workshop.model.blocks import Diagram, Map, ShownChart, ShownCode, ShownPicture, ShownTable
from workshop.model.kit import Slide, Stage
from workshop.model.meta import Moment
from workshop.plan.invariants.finished import Breach, Finished, said_on
from workshop.plan.slot.cut import keeping, mark_moments
from workshop.plan.slot.moments import CORE, WHOLE, active

BY_HAND = ("pencil", "vote", "talk", "slip", "walk", "thumbs", "write")  # more than a letter or a hand
TOLD = "finish"  # a block in which a sentence is finished and told; it isn't work yet
SHORT_WORK = 6.0  # minutes: longer work on a slide doesn't count
ALL_AT_WORK = 180  # from so many minutes, the room works in all stages, or in as many as ``works:`` says
AT_WORK = ((90, 4), (60, 2))  # minutes of a shorter slot, longest first -> stages in which the room works
EXHIBITS = (Diagram, ShownChart, ShownCode, ShownPicture, ShownTable)
TOLD_FROM = 25  # from so many minutes on, the map tells of the stages that are out
MEASURED, SHARE_DONE = (45, 240), 0.45  # slots in which the share is measured, and the least share


def stages_at_work(plan: Finished) -> list[str]:
    """Return the stages in which the room writes, votes, talks, stands up or walks."""
    blocks = (spot.unit.block for spot in plan.spots)
    named = {name for b in blocks if b and b.does not in ("", TOLD) for name in (b.before, b.after)}
    return [
        stage.id
        for stage in plan.stages
        if named & {stage.id, *(moment.id for moment in plan.moments(stage))} or any(map(_by_hand, _of(plan, stage)))
    ]


def _by_hand(slide: Slide) -> bool:
    return (bool(slide.task) or slide.does in BY_HAND or slide.twice) and slide.minutes <= SHORT_WORK


def _of(plan: Finished, stage: Stage) -> list[Slide]:
    return [slide for slide in stage.slides if slide.id in plan.shown]


def at_work_everywhere(plan: Finished) -> Iterator[Breach]:
    """The longer the slot, the more stages in which the room works; in all but short ones each has a bet or an exhibit."""
    most = (plan.said.works or math.inf) if plan.slot >= ALL_AT_WORK else 0
    wanted = min(most or next((many for slot, many in AT_WORK if plan.slot >= slot), 0), len(plan.stages))
    working = stages_at_work(plan)
    if len(working) < wanted:
        idle_ = [stage.id for stage in plan.stages if stage.id not in working]
        what = f"the room works in {len(working)} stages, not in {wanted:g}; in these it doesn't: {', '.join(idle_)}"
        yield plan.breach("P19", what)
    for stage in plan.stages if plan.slot >= WHOLE else ():
        if not any(map(_shows, _of(plan, stage))):
            yield plan.breach("P19", f"stage '{stage.id}' has neither a bet nor an exhibit")


def _shows(slide: Slide) -> bool:
    return "asks" in traits(slide.layout) or any(isinstance(b, EXHIBITS) for _, blocks in slide.slots for b in blocks)


def whole_stages(plan: Finished) -> Iterator[Breach]:
    """No stage is left out, or shown for a single minute; in short slots, the map tells of those for which there is no time."""
    maps = (s for s in plan.slides if any(isinstance(block, Map) for _, blocks in s.slots for block in blocks))
    told = " ".join(said_on(slide, ("say",)) for slide in maps)
    minutes = {stage.id: sum(slide.minutes for slide in _of(plan, stage)) for stage in plan.stages}
    for stage in (stage for stage in plan.day.stages if stage.number is not None):
        if plan.slot >= WHOLE and minutes.get(stage.id, 0) < CORE:
            shown = minutes.get(stage.id, 0)
            yield plan.breach("P25", f"stage '{stage.id}' is shown for {shown:g} minutes; at least {CORE:g}")
        elif TOLD_FROM <= plan.slot < WHOLE and stage.id not in minutes and stage.short not in told:
            yield plan.breach("P25", f"stage '{stage.id}' is left out, and no slide with the map says what it is")


def done(plan: Finished) -> tuple[float, float]:
    """Return the minutes in which the room does something, and those of all slides and blocks; rests don't count."""
    spots = [spot for spot in plan.spots if spot.slide or (spot.unit.kind == "block" and not spot.unit.rest)]
    return sum(spot.minutes for spot in spots if spot.does), sum(spot.minutes for spot in spots)


def doing_first(plan: Finished) -> Iterator[Breach]:
    """The room does something for much of the time, and no such moment is out while talk is in that could go."""
    if not MEASURED[0] <= plan.slot <= MEASURED[1]:
        return
    doing, whole = done(plan)
    if doing < SHARE_DONE * whole:
        what = f"the room does something for {doing:g} of {whole:g} minutes ({doing / whole:.0%}), not {SHARE_DONE:.0%}"
        yield plan.breach("P21", what)
    talk = sum(slide.minutes for moment in talk_that_can_go(plan) for slide in moment)
    for moment, slides in moments_out(plan):
        minutes = sum(slide.minutes for slide in slides)
        if any(map(active, slides)) and minutes <= talk:
            what = (
                f"moment '{moment.id}', in which the room does something, is out, and {talk:g} minutes of talk are in"
            )
            yield plan.breach("P21", what)


def talk_that_can_go(plan: Finished) -> Iterator[tuple[Slide, ...]]:
    """Yield the slides of each moment that is only talk and could be left out by itself."""
    answering = {name for question in plan.kit.quiz for name in plan.day.questions.get(question.id, ())}
    marked = mark_moments(plan.kit.stages, plan.day.moments, keeping(plan.kit.stages) | answering)
    spare = sorted((s for stage in marked for s in stage.slides if s.spare), key=lambda s: (s.stage, s.moment))
    for _, slides in groupby(spare, key=lambda s: (s.stage, s.moment)):
        own = tuple(slides)
        if not any(map(active, own)):
            yield own


def moments_out(plan: Finished) -> Iterator[tuple[Moment, tuple[Slide, ...]]]:
    """Yield the moments that are meant for the slot and have none of their slides in it, with these slides."""
    timed = plan.day.timed(plan.slot, len(plan.kit.quiz))
    for stage in timed.stages:
        there = {slide.id: slide for slide in stage.slides}
        for moment in plan.day.moments.get(stage.id, ()):
            slides = tuple(there[name] for name in moment.names(plan.slot) if name in there)
            if moment.due(plan.slot) and slides and not plan.shown & {slide.id for slide in slides}:
                yield moment, slides
