"""Spare slides: those that a facilitator who runs late may leave out, and the minutes that each saves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from workshop.layouts import traits
from workshop.model.blocks import Prose
from workshop.model.kit import Slide, Stage
from workshop.model.meta import Moment
from workshop.plan.slot.best_choice import Section
from workshop.plan.slot.reword import needed_by
from workshop.plan.slot.worth import as_sections, to_choose, weight_of

# Slides that can be left out if the room is behind: nothing else needs them, and no promise depends on them alone.
SAVED = 10  # minutes per stage that the run sheet suggests leaving out


def promised(stages: Sequence[Stage]) -> frozenset[str]:
    """Return the slides that must not be left out alone: an objective needs them, or they ask and no slide answers.

    A question without an answering slide is the check at the end of a stage.

    Args:
        stages: the stages with the slides that are in; their objectives still have their conditions.
    """
    found = {name for stage in stages for text in stage.objectives for name in needed_by(text)}
    for stage in stages:
        after = {slide.id: follower.id for slide, follower in pairwise(to_choose(stage))}
        asked = (s for s in to_choose(stage) if "asks" in traits(s.layout) and stage.number is not None)
        found |= {slide.id for slide in asked if after.get(slide.id) not in slide.needs}
    return frozenset(found)


def mark_spare(stages: Sequence[Stage], kept: frozenset[str] = frozenset()) -> tuple[Stage, ...]:
    """Mark the slides that can be left out if the room is behind.

    In each stage these are about ten minutes of the least important slides.

    Args:
        kept: slides that must not be left out alone.
    """
    needed = {name for stage in stages for slide in stage.slides for name in slide.needs if not _own(name, stage)}
    sections = {section.id: section for section in as_sections(stages)}
    return tuple(
        _spared(stage, sections[stage.id], needed | kept) if stage.id in sections else stage for stage in stages
    )


def _own(name: str, stage: Stage) -> bool:
    return any(slide.id == name for slide in stage.slides)


def _spared(stage: Stage, section: Section, kept: set[str] | frozenset[str]) -> Stage:
    left = {slide.id: slide for slide in to_choose(stage)}
    order = sorted(
        (
            slide
            for slide in left.values()
            if slide.minutes and not {"acts", "works"} & traits(slide.layout) and slide.id not in kept
        ),
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
    return ("deep", "optional", "core").index(slide.priority), weight_of(slide) >= 100


def _free(name: str, left: Mapping[str, Slide], section: Section) -> bool:
    """Whether a slide can be left out: the rest doesn't need it, teaches the same points, and still has the stage's spine."""
    gone, others = left[name], [slide for slide in left.values() if slide.id != name]
    if any(name in slide.needs for slide in others):
        return False
    if not set(gone.teaches) <= {point for slide in others for point in slide.teaches}:
        return False
    if "corrects" in traits(gone.layout) and not any("corrects" in traits(slide.layout) for slide in others):
        return False
    return all(any(other in left and other != name for other in group) for group in section.spine if name in group)


def mark_moments(
    stages: Sequence[Stage], moments: Mapping[str, Sequence[Moment]], kept: frozenset[str] = frozenset()
) -> tuple[Stage, ...]:
    """Mark the moments that can be left out, as a whole, if the room is behind.

    Never marked are the spine, what people should remember, misconceptions, and anything that another moment needs.

    Args:
        moments: stage id -> its moments.
        kept: slides that must not be left out, since a promise or a question of the quiz depends on them.
    """
    shown = [slide for stage in stages for slide in to_choose(stage)]
    owner = {slide.id: slide.moment or slide.id for slide in shown}
    fixed = {name for slide in shown for name in _elsewhere(slide, owner)} | kept
    offered = {
        (stage.id, moment.id)
        for stage in stages
        if stage.number is not None
        for moment in moments.get(stage.id, ())
        if not (moment.spine or moment.remember)
    }
    for slide in shown:
        if slide.id in fixed or slide.must or "corrects" in traits(slide.layout):
            offered.discard((slide.stage, slide.moment))
    return tuple(
        replace(
            stage, slides=tuple(replace(slide, spare=(stage.id, slide.moment) in offered) for slide in stage.slides)
        )
        for stage in stages
    )


def _elsewhere(slide: Slide, owner: Mapping[str, str]) -> Iterator[str]:
    """Yield the slides of other moments that one needs."""
    yield from (name for name in slide.needs if owner.get(name) != owner[slide.id])


def keeping(stages: Sequence[Stage]) -> frozenset[str]:
    """Return the slides that keep what the slides with promises say."""
    promises = [slide for stage in stages for slide in stage.slides if slide.promise]
    texts = [
        line.runs
        for slide in promises
        for _, blocks in slide.slots
        for block in blocks
        if isinstance(block, Prose)
        for line in block.lines
    ]
    return frozenset(name for runs in (*texts, *(s.title for s in promises)) for run in runs for name in run.kept_by)
