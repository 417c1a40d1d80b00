"""The appendix: which of the slides that a slot has no time for wait at its end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from workshop.layouts import traits
from workshop.model.kit import Slide, Stage
from workshop.plan.slot.reword import links_of, spoken_with
from workshop.plan.slot.worth import only, to_choose

# Chooses the hidden slides at the end of a deck: all that didn't fit, those that people are likely to ask for, or none.
ALL, NEEDED = "all", "needed"
SHARE = 3  # shown slides for each hidden one, at least


class Wanted(Struct, frozen=True, kw_only=True):
    """Which of a slot's hidden slides a deck has: ``ALL``, ``NEEDED`` or "none".

    Attributes:
        own: the runs on the user's data.
        edited: slides with edits that came home from PowerPoint, which a deck always has.
    """

    which: str = ALL
    own: Collection[str] = ()
    edited: Collection[str] = ()


def left_out(stages: Sequence[Stage], shown: frozenset[str]) -> tuple[Slide, ...]:
    """Return the slides that are out, hidden, in order; a stage that is out includes its divider."""
    kept = {stage.id for stage in only(stages, shown)}
    return tuple(
        replace(slide, hidden=True)
        for stage in stages
        for slide in stage.slides
        if (stage.id not in kept if "frames" in traits(slide.layout) else slide.id not in shown)
    )


def with_appendix(
    stages: Sequence[Stage], hidden: Sequence[Slide], wanted: Wanted
) -> tuple[tuple[Stage, ...], tuple[Slide, ...]]:
    """Return the stages that are in and the appendix, both with notes that name only hidden slides of this deck.

    Args:
        stages: the stages that are in, with their final slides.
        hidden: every slide that is out, as written.
    """
    asked = _needed(stages, hidden, wanted.own) if wanted.which == NEEDED else hidden if wanted.which == ALL else ()
    waiting = (
        tuple(slide for slide in hidden if slide in asked or slide.id in wanted.edited) if wanted.edited else asked
    )
    names = frozenset(slide.id for slide in waiting)
    there = names | {slide.id for stage in stages for slide in stage.slides}
    kept = tuple(
        replace(stage, slides=tuple(spoken_with(slide, there, names) for slide in stage.slides)) for stage in stages
    )
    return kept, tuple(_alone(spoken_with(slide, there, names)) for slide in waiting)


def _alone(slide: Slide) -> Slide:
    """Return a hidden slide without the note on what comes next: after the answer you go back to where you were."""
    return replace(slide, notes=tuple(note for note in slide.notes if note.kind != "next"))


def _needed(stages: Sequence[Stage], hidden: Sequence[Slide], own: Collection[str]) -> tuple[Slide, ...]:
    """Return the hidden slides that people are likely to ask for, at most one for every three slides that are shown.

    Results from the user's data come first, then the limits of the toy in each stage that is in, then the
    slides that shown slides name: the first of each stage, then the second of each.
    """
    inside = {stage.id for stage in stages}
    data = [s.id for s in hidden if s.priority == "core" and not set(s.runs).isdisjoint(own)]
    toys = [s.id for s in hidden if "stops" in traits(s.layout) and s.stage in inside]
    linked = [[name for slide in stage.slides for name in links_of(slide)] for stage in stages]
    named = [name for names in zip_longest(*linked) for name in names if name]
    room = sum(len(to_choose(stage)) for stage in stages) // SHARE
    with_rest = _with_continuations(hidden)
    chosen: set[str] = set()
    for name in chain(data, toys, named):
        more = with_rest.get(name, frozenset()) - chosen
        if len(chosen) + len(more) <= room:
            chosen |= more
    return tuple(slide for slide in hidden if slide.id in chosen)


def _with_continuations(hidden: Sequence[Slide]) -> dict[str, frozenset[str]]:
    """Return hidden slide -> itself and the slides that continue it."""
    found: dict[str, frozenset[str]] = {}
    head = ""
    for slide in hidden:
        head = head if slide.continued and head else slide.id
        found[head] = found.get(head, frozenset()) | {slide.id}
    return found
