"""Cutting a kit to its slot: some of the rest waits in the appendix, and spare slides are marked for the run sheet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, pairwise, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import Problem, Report, Severity
from workshop.layouts import traits
from workshop.model.blocks import Prose
from workshop.model.kit import Sheet, Slide, Stage
from workshop.model.meta import Moment
from workshop.model.request import Request
from workshop.model.slot import MADE_ROOM, PlanReport
from workshop.model.source import Content
from workshop.plan.slot.best_choice import Section, as_sections, is_demo, only, to_choose, weight_of
from workshop.plan.slot.explain import moment_lines, plan_lines
from workshop.plan.slot.fill import (
    LARGEST_BUFFER,
    Fit,
    fit_moments,
    fit_to_slot,
    most_sheets,
    shortest_day,
    shortest_slot,
)
from workshop.plan.slot.moments import Day
from workshop.plan.slot.reword import bridge, links_of, needed_by, settle, spoken_with

# ---------------------------------------------------------------- appendix
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


# ---------------------------------------------------------------- spare
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


# ---------------------------------------------------------------- cut
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
    slot: float,
    report: Report,
    *,
    is_kit: bool,
    wanted: Wanted,
) -> Cut:
    """Return the part of a kit that fits a slot (0 for all of it); a slot that is too short is an error.

    Args:
        worked: slide id -> id of the exercise that it shows.
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
    printed = cut_sheets(sheets, stages, fit.shown, worked, most, home=home)
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


# ---------------------------------------------------------------- check
# A check of a kit's plans in all usual slots.
SLOTS = (25, 45, 60, 90, 180, 360)


def check_slots(day: Day, audience: str) -> tuple[Problem, ...]:
    """Return warnings about plans that don't fill their slot, go too long without a break, or lack a slide that is needed."""
    slides = [slide for stage in day.stages for slide in stage.slides]
    ids = {slide.id for slide in slides}
    whom = f"for audience '{audience}'"
    found = [
        Problem(
            f"this slide needs '{name}', which isn't there {whom}",
            slide.at,
            hint="show that slide to them too, or take it out of needs=",
            code="unseen-need",
            severity=Severity.WARNING,
        )
        for slide in slides
        for name in slide.needs
        if name not in ids
    ]
    least, minutes = shortest(day), minutes_of(day)
    for slot in SLOTS:
        if slot < least:
            continue
        fit = fit_day(day, slot)
        plan = fit.report if fit else None
        where = f"a slot of {slot} minutes {whom}"
        if plan is None:
            found.append(_warn(f"there is no plan for {where}", "see build --dry-run --explain"))
        elif plan.total < LEAST * slot and plan.slides < minutes:
            found.append(
                _warn(
                    f"only {plan.total:g} minutes are planned for {where}",
                    "split long slides, or make more of them core",
                )
            )
        elif plan.stretch > day.pace.sitting and not is_too_small(plan, day):
            found.append(
                _warn(f"{plan.stretch:g} minutes pass without a break in {where}", "split a long section in two")
            )
    return tuple(found)


def _warn(message: str, hint: str) -> Problem:
    return Problem(message, None, hint=hint, code="slot", severity=Severity.WARNING)
