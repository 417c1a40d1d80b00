"""Slides that can be left out if the room is behind: nothing else needs them, and no promise depends on them alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from workshop.model.kit import Slide, Stage
from workshop.model.moments import Moment
from workshop.plan.slot.choose import Section
from workshop.plan.slot.reword import needed_by
from workshop.plan.slot.value import as_sections, kind_of, to_choose

SAVED = 10  # minutes per stage that the run sheet suggests leaving out
TENTH = 0.1  # share of a slot that it should be possible to save
LEFT = 2  # stages that always stay
ACTIVE = ("exercise", "activity")  # never left out: they are what the workshop is for


def promised(stages: Sequence[Stage]) -> frozenset[str]:
    """Return the slides that must not be left out alone: an objective needs them, or they ask and no slide answers.

    A question without an answering slide is the check at the end of a stage.

    Args:
        stages: the stages with the slides that are in; their objectives still have their conditions.
    """
    found = {name for stage in stages for text in stage.objectives for name in needed_by(text)}
    for stage in stages:
        after = {slide.id: follower.id for slide, follower in pairwise(to_choose(stage))}
        asked = (s for s in to_choose(stage) if kind_of(s) == "predict" and stage.number is not None)
        found |= {slide.id for slide in asked if after.get(slide.id) not in slide.needs}
    return frozenset(found)


def mark_spare(stages: Sequence[Stage], slot: float = 0, kept: frozenset[str] = frozenset()) -> tuple[Stage, ...]:
    """Mark the slides that can be left out if the room is behind.

    In each stage these are about ten minutes of the least important slides. If a short slot has hardly any of those, whole
    stages are marked, the ones with the least weight first and later ones before earlier ones, until a tenth of the slot
    could be saved.

    Args:
        kept: slides that must not be left out alone.
    """
    needed = {name for stage in stages for slide in stage.slides for name in slide.needs if not _own(name, stage)}
    sections = {section.id: section for section in as_sections(stages)}
    marked = [_spared(stage, sections[stage.id], needed | kept) if stage.id in sections else stage for stage in stages]
    saved = sum(slide.minutes for stage in marked for slide in stage.slides if slide.spare)
    free = [k for k, s in enumerate(marked) if s.number is not None and not any(_own(name, s) for name in needed)]
    for k in sorted(free, key=lambda k: (marked[k].weight, -k))[:-LEFT]:
        if saved >= min(SAVED, slot * TENTH):
            break
        stage = marked[k]
        saved += sum(slide.minutes for slide in stage.slides if not slide.spare)
        marked[k] = replace(stage, slides=tuple(replace(slide, spare=True) for slide in stage.slides))
    return tuple(marked)


def _own(name: str, stage: Stage) -> bool:
    return any(slide.id == name for slide in stage.slides)


def _spared(stage: Stage, section: Section, kept: set[str] | frozenset[str]) -> Stage:
    left = {slide.id: slide for slide in to_choose(stage)}
    order = sorted(
        (slide for slide in left.values() if slide.minutes and kind_of(slide) not in ACTIVE and slide.id not in kept),
        key=_loss,
    )
    saved, spare = 0.0, set[str]()
    while saved < SAVED:
        gone = next((slide for slide in order if slide.id in left and _free(slide.id, left, section)), None)
        if gone is None:
            break
        del left[gone.id]
        spare.add(gone.id)
        saved += gone.minutes
    return replace(stage, slides=tuple(replace(slide, spare=slide.id in spare) for slide in stage.slides))


def _loss(slide: Slide) -> tuple[int, int]:
    return ("deep", "optional", "core").index(slide.priority), ("source", "toy-stops").count(kind_of(slide)) == 0


def _free(name: str, left: Mapping[str, Slide], section: Section) -> bool:
    """Whether a slide can be left out: the rest doesn't need it, teaches the same points, and still has the stage's spine."""
    gone, others = left[name], [slide for slide in left.values() if slide.id != name]
    if any(name in slide.needs for slide in others):
        return False
    if not set(gone.teaches) <= {point for slide in others for point in slide.teaches}:
        return False
    if kind_of(gone) == "misconception" and not any(kind_of(slide) == "misconception" for slide in others):
        return False
    return all(any(other in left and other != name for other in group) for group in section.spine if name in group)


def mark_moments(
    stages: Sequence[Stage], moments: Mapping[str, Sequence[Moment]], kept: frozenset[str] = frozenset()
) -> tuple[Stage, ...]:
    """Mark whole moments that can be left out if the room is behind, the last of a stage first.

    Never marked are the spine, what people should remember, anything that the room makes with its hands, anything that
    another slide needs, and the only slide that teaches a point.

    Args:
        moments: stage id -> its moments.
        kept: slides that must not be left out.
    """
    needed = {name for stage in stages for slide in stage.slides for name in slide.needs} | kept
    return tuple(
        replace(stage, slides=tuple(replace(slide, spare=slide.moment in spare) for slide in stage.slides))
        for stage in stages
        for spare in (_spare_moments(stage, moments.get(stage.id, ()), needed) if stage.number is not None else (),)
    )


def _spare_moments(stage: Stage, moments: Sequence[Moment], needed: Collection[str]) -> frozenset[str]:
    left = list(to_choose(stage))
    saved, spare = 0.0, set[str]()
    for moment in reversed(moments):
        mine = [slide for slide in left if slide.moment == moment.id]
        rest = [slide for slide in left if slide.moment != moment.id]
        minutes = sum(slide.minutes for slide in mine)
        if not mine or moment.spine or moment.remember or saved + minutes > SAVED:
            continue
        names = {slide.id for slide in mine}
        free = not names & set(needed) and not any(kind_of(slide) in ACTIVE or slide.does for slide in mine)
        taught = {point for slide in rest for point in slide.teaches}
        wrong = any(kind_of(slide) == "misconception" for slide in mine)
        if free and not wrong and all(set(slide.teaches) <= taught for slide in mine):
            left, saved = rest, saved + minutes
            spare.add(moment.id)
    return frozenset(spare)
