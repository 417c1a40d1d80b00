"""Cutting a kit to its slot: what stays in, with its sheets, and what is left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import Report
from workshop.model.kit import Sheet, Slide, Stage
from workshop.model.request import Request
from workshop.model.slot import MADE_ROOM, PlanReport
from workshop.model.source import Content
from workshop.plan.slot.appendix import Wanted, left_out, with_appendix
from workshop.plan.slot.explain import moment_lines, plan_lines
from workshop.plan.slot.fill import fit_moments, shortest_day
from workshop.plan.slot.fit_to_slot import LARGEST_BUFFER, Fit, fit_to_slot, most_sheets, shortest_slot
from workshop.plan.slot.moments import Day
from workshop.plan.slot.reword import bridge, settle
from workshop.plan.slot.spare import keeping, mark_moments, mark_spare, promised
from workshop.plan.slot.worth import is_demo, only, to_choose

LEAST = 0.9  # share of a slot that must be planned, if there are enough slides
OWN_STAGE = 4.0  # factor for the weight of a stage that shows the user's own data


class Cut(Struct, frozen=True):
    """The slides that are in, the appendix, the report on the plan, and the quiz questions that it answers.

    Attributes:
        kept: slides on which a promise or a question of the quiz depends.
        aims: slides on which an objective depends.
    """

    stages: tuple[Stage, ...]
    appendix: tuple[Slide, ...]
    sheets: tuple[Sheet, ...]
    report: PlanReport
    asked: tuple[str, ...] | None = None
    kept: frozenset[str] = frozenset()
    aims: frozenset[str] = frozenset()


def cut_to_slot(
    day: Day,
    sheets: tuple[Sheet, ...],
    worked: Mapping[str, str],
    strips: Mapping[str, str],
    slot: float,
    report: Report,
    *,
    is_kit: bool,
    wanted: Wanted,
) -> Cut:
    """Return the part of a kit that fits a slot (0 for all of it); a slot that is too short is an error.

    Args:
        worked: slide id -> id of the exercise that is printed for it.
        strips: those of polls among them.
        wanted: which of the slides that are left out the deck has.
    """
    fit = fit_day(day, slot)
    if fit is None:
        message = f"{slot:g} minutes is too short"
        report.error(message, None, f"the shortest plan here takes {shortest(day)} minutes", "slot")
        fit = fit_day(day, 0)
        assert fit is not None
    elif slot and is_too_small(fit.report, day):
        message = f"all slides together fill {fit.report.slides:g} of {slot:g} minutes"
        report.advise(message, None, "add blocks: to kit.yaml, or slides", "slot")
    stages = day.timed(slot, len(fit.asked or ())).stages
    home = bool(day.moments)
    most = len(sheets) if home or not fit.report.slot else most_sheets(fit.report.slot)
    marked = mark_strips(sheets, strips, fit.shown)
    printed = cut_sheets(marked, stages, fit.shown, worked, most, home=home)
    chosen = fit.stages or only(stages, fit.shown)
    kept = settle(bridge(stages, chosen, is_kit=is_kit), fit.shown)
    musts = frozenset(slide.id for stage in chosen for slide in stage.slides if slide.must)
    fixed = keeping(kept) | answering(day, fit) | musts
    if is_kit:
        at_hand = [sheet for sheet in printed if sheet.in_class] if home else printed
        kept = without_sheets(kept, sheets, at_hand)
        kept = mark_moments(kept, day.moments, fixed) if home else mark_spare(kept, promised(chosen) | musts)
    added, gone = made_room(day, fit, slot)
    lines = moment_lines(day, fit, slot) if day.moments and slot else plan_lines(stages, fit.shown)
    lines = tuple(line.out(MADE_ROOM) if line.slide in gone else line for line in lines)
    kept, hidden = with_appendix(kept, left_out(stages, fit.shown), wanted)
    return Cut(
        kept,
        hidden,
        printed,
        report=replace(fit.report, lines=lines, added=added, gone=gone),
        asked=fit.asked,
        kept=fixed,
        aims=promised(chosen),
    )


def is_too_small(plan: PlanReport, day: Day) -> bool:
    """Whether all slides that can be in a plan leave more than a buffer of its slot."""
    surplus = max(0.0, plan.buffer - plan.slot * LARGEST_BUFFER)
    return plan.total - surplus < LEAST * plan.slot and plan.slides >= minutes_of(day)


def minutes_of(day: Day) -> float:
    """Return the minutes of all slides that can be in a plan: where a section has moments, of theirs alone."""
    named = {name: {slide.id for moment in own for slide in moment.slides} for name, own in day.moments.items()}
    return sum(
        slide.minutes for stage in day.stages for slide in stage.slides if slide.id in named.get(stage.id, {slide.id})
    )


def fit_day(day: Day, slot: float) -> Fit | None:
    """Return the plan of a slot: by moments if the kit has them, else slide by slide."""
    return (
        fit_moments(day, slot)
        if day.moments
        else fit_to_slot(day.timed(slot, 0).stages, slot, day.blocks, day.pace, day.moves)
    )


def made_room(day: Day, fit: Fit, slot: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the slides of an overlay that a plan has because they must be in, and those that had to go for them."""
    slides = [slide for stage in day.stages for slide in stage.slides]
    added = tuple(slide.id for slide in slides if slide.must and slide.id in day.joined and slide.id in fit.shown)
    if not (added and slot):
        return added, ()
    stages = tuple(replace(s, slides=tuple(x for x in s.slides if x.id not in added)) for s in day.stages)
    before = fit_day(replace(day, stages=stages), slot)
    lost = before.shown - fit.shown if before else frozenset()
    return added, tuple(slide.id for slide in slides if slide.id in lost)


def answering(day: Day, fit: Fit) -> frozenset[str]:
    """Return the slides that answer a quiz question of the plan."""
    return frozenset(slide for name in fit.asked or () for slide in day.questions.get(name, ()))


def shortest(day: Day) -> int:
    """Return the shortest slot, in whole minutes, for which there is a plan."""
    return shortest_day(day) if day.moments else shortest_slot(day.stages)


def slot_of(content: Content, request: Request) -> float:
    """Return the slot in minutes, or 0 for everything, which is the default for a single file and for chosen stages."""
    if request.minutes is not None:
        return request.minutes
    return content.meta.minutes if content.is_kit and not request.stages else 0


def weighed(stages: tuple[Stage, ...], weights: Mapping[str, float], own: Collection[str] = ()) -> tuple[Stage, ...]:
    """Return the stages with the weights that an audience gives them.

    A stage whose demo runs on the user's own data has a greater weight, and the slides that show these data a greater value,
    since that is what the user wants to see.

    Args:
        own: runs on the user's own data.
    """
    found = []
    for stage in stages:
        shows = {s.id for s in to_choose(stage) if is_demo(s) and not set(s.runs).isdisjoint(own)}
        slides = tuple(replace(slide, own=True) if slide.id in shows else slide for slide in stage.slides)
        weight = weights.get(stage.id, stage.weight) * (OWN_STAGE if shows else 1)
        found.append(replace(stage, slides=slides, weight=weight))
    return tuple(found)


def mark_strips(sheets: Sequence[Sheet], strips: Mapping[str, str], shown: frozenset[str]) -> tuple[Sheet, ...]:
    """Return the sheets without the strips of polls that aren't shown; the others are marked.

    Args:
        strips: slide id -> id of the exercise that is done instead of its poll.
    """
    used = {exercise for slide, exercise in strips.items() if slide in shown}
    every = set(strips.values())
    return tuple(
        replace(
            sheet,
            exercises=tuple(
                replace(e, strip=True) if e.id in used else e
                for e in sheet.exercises
                if e.id in used or e.id not in every
            ),
        )
        for sheet in sheets
    )


def cut_sheets(
    sheets: Sequence[Sheet],
    stages: Sequence[Stage],
    shown: frozenset[str],
    worked: Mapping[str, str],
    most: int,
    *,
    home: bool = False,
) -> tuple[Sheet, ...]:
    """Return the sheets that are printed, with all their exercises; each lists those that are worked on in class.

    An exercise that is worked on in class has the minutes of the slide that shows it: the room may do a part of it only.

    A sheet is printed if one of its exercises is worked on. A sheet that no slide of the kit works on is printed if its
    stage is in, up to the limit per person.

    Args:
        worked: slide id -> id of the exercise that it shows.
        most: sheets per person.
        home: whether sheets that nobody works on in class are printed to take home.
    """
    kept = {stage.id for stage in only(stages, shown)}
    minutes = {slide.id: slide.minutes for stage in stages for slide in stage.slides if slide.id in shown}
    used = {exercise: minutes[slide] for slide, exercise in worked.items() if slide in shown}
    on_slides = set(worked.values())

    here = [(sheet, {exercise.id for exercise in sheet.exercises}) for sheet in sheets if sheet.stage in kept]
    working = [sheet for sheet, ids in here if ids & used.keys()]
    others = [sheet for sheet, ids in here if not ids & (used.keys() if home else on_slides)]
    printed = {sheet.id for sheet in (*working, *others[: max(0, most - len(working))])}
    pages = {stage.number for stage in stages if stage.id in kept}
    return tuple(_timed(sheet, used, pages) for sheet in sheets if sheet.id in printed)


def _timed(sheet: Sheet, used: Mapping[str, float], pages: Collection[int | None]) -> Sheet:
    """Return a sheet that knows which of its exercises are worked on in class, for how many minutes, and on which of the pages."""
    exercises = tuple(
        replace(e, minutes=used.get(e.id) or e.minutes, page=e.page if e.page in pages else 0) for e in sheet.exercises
    )
    return replace(sheet, exercises=exercises, in_class=tuple(e.id for e in exercises if e.id in used))


def without_sheets(stages: Sequence[Stage], sheets: Sequence[Sheet], printed: Sequence[Sheet]) -> tuple[Stage, ...]:
    """Return the stages with lists of material that name only sheets that are printed (as in "sheet S2")."""
    missing = {sheet.stage for sheet in sheets} - {sheet.stage for sheet in printed}
    return tuple(
        stage
        if stage.id not in missing or stage.number is None
        else replace(stage, material=tuple(m for m in stage.material if not re.search(rf"\bS{stage.number}\b", m)))
        for stage in stages
    )
