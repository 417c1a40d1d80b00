"""Cut a kit to its slot: what is left out goes to the appendix, and the run sheet learns what else could go."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workshop.errors import Report
from workshop.model.kit import Sheet, Slide, Stage
from workshop.model.request import Request
from workshop.model.slot import PlanLine, PlanReport, TimeBlock
from workshop.model.source import Content
from workshop.plan.slot.reword import bridge, settle
from workshop.plan.slot.select import fit_to_slot, most_sheets, shortest_slot
from workshop.plan.slot.spare import mark_spare, promised
from workshop.plan.slot.value import FRAME, as_sections, kind_of, only, to_choose

LEAST = 0.9  # of a slot that is planned, if there are slides enough
OWN_STAGE = 4.0  # how much more a stage weighs that shows what became of own data


@dataclass(frozen=True, slots=True)
class Cut:
    """What is in, what is in the appendix, and the plan's account."""

    stages: tuple[Stage, ...]
    appendix: tuple[Slide, ...]
    sheets: tuple[Sheet, ...]
    report: PlanReport


def cut_to_slot(
    stages: tuple[Stage, ...],
    sheets: tuple[Sheet, ...],
    worked: Mapping[str, str],
    content: Content,
    request: Request,
    report: Report,
) -> Cut:
    """Return the part of a kit that fits the slot asked for; a slot that is too short is an error.

    Args:
        worked: slide id -> id of the exercise that it shows.
    """
    slot = slot_of(content, request)
    fit = fit_to_slot(stages, slot, time_blocks(content))
    if fit is None:
        report.error(
            f"{slot:g} minutes are too short",
            None,
            f"the shortest plan here takes {shortest_slot(stages)} minutes",
            "slot",
        )
        fit = fit_to_slot(stages, 0)
        assert fit is not None
    elif slot and fit.report.total < LEAST * slot and fit.report.slides >= sum(stage.minutes for stage in stages):
        report.advise(
            f"all slides together fill {fit.report.total:g} of {slot:g} minutes",
            None,
            "add blocks: to kit.yaml, or slides",
            "slot",
        )
    printed = cut_sheets(
        sheets, stages, fit.shown, worked, most_sheets(fit.report.slot) if fit.report.slot else len(sheets)
    )
    chosen = only(stages, fit.shown)
    kept = settle(bridge(stages, chosen), fit.shown)
    if content.is_kit:
        kept = mark_spare(without_sheets(kept, sheets, printed), fit.report.slot, promised(chosen))
    account = replace(fit.report, lines=plan_lines(stages, fit.shown))
    everything = frozenset(slide.id for stage in stages for slide in stage.slides)
    return Cut(kept, appendix(settle(stages, everything), fit.shown), printed, account)


def slot_of(content: Content, request: Request) -> float:
    """Return the slot in minutes, 0 for everything: a single file and chosen stages have none unless it is given."""
    if request.minutes is not None:
        return request.minutes
    return float(content.meta.get("minutes") or 0) if content.is_kit and not request.stages else 0


def time_blocks(content: Content) -> tuple[TimeBlock, ...]:
    """Return the blocks of kit.yaml."""
    return tuple(
        TimeBlock(
            str(block["title"]),
            float(block["minutes"]),
            str(block.get("after", "")),
            float(block.get("from") or 0),
            block.get("fill") == "yes",
            str(block.get("note", "")),
        )
        for block in content.meta.get("blocks") or ()
    )


def weighed(stages: tuple[Stage, ...], weights: Any, own: Collection[str] = ()) -> tuple[Stage, ...]:
    """Return the stages with the weights that an audience gives them.

    A stage whose demo runs on the user's own data weighs more, and the slides that show it are worth more: whoever
    brings data comes to see what becomes of them.

    Args:
        own: runs on such data.
    """
    given = {name: float(weight) for name, weight in (weights or {}).items()}
    found = []
    for stage in stages:
        shows = {s.id for s in to_choose(stage) if kind_of(s) == "demo" and not set(s.runs).isdisjoint(own)}
        slides = tuple(replace(slide, own=True) if slide.id in shows else slide for slide in stage.slides)
        weight = given.get(stage.id, stage.weight) * (OWN_STAGE if shows else 1)
        found.append(replace(stage, slides=slides, weight=weight))
    return tuple(found)


def tied(stages: tuple[Stage, ...], needs: Mapping[str, tuple[str, ...]]) -> tuple[Stage, ...]:
    """Return the stages with slides that know what they need."""

    def own(slide: Slide) -> Slide:
        head = slide.id.removesuffix("-more")
        return replace(slide, needs=needs.get(slide.id, (head,) if head in needs else ()))

    return tuple(replace(stage, slides=tuple(map(own, stage.slides))) for stage in stages)


def appendix(stages: Sequence[Stage], shown: frozenset[str]) -> tuple[Slide, ...]:
    """Return the slides that are not in, hidden, in order; a stage that is cut brings its divider."""
    kept = {stage.id for stage in only(stages, shown)}
    return tuple(
        replace(slide, hidden=True)
        for stage in stages
        for slide in stage.slides
        if (stage.id not in kept if slide.layout in FRAME else slide.id not in shown)
    )


def cut_sheets(
    sheets: Sequence[Sheet], stages: Sequence[Stage], shown: frozenset[str], worked: Mapping[str, str], most: int
) -> tuple[Sheet, ...]:
    """Return the sheets that are printed, with all their exercises; each knows those that are worked on in class.

    A sheet is printed if one of its exercises is worked on. One that no slide of this kit works on is printed if its
    stage is in, as far as a person may have that many.

    Args:
        worked: slide id -> id of the exercise that it shows.
        most: sheets a person.
    """
    kept = {stage.id for stage in only(stages, shown)}
    used = {exercise for slide, exercise in worked.items() if slide in shown}
    on_slides = set(worked.values())

    here = [(sheet, {exercise.id for exercise in sheet.exercises}) for sheet in sheets if sheet.stage in kept]
    working = [sheet for sheet, ids in here if ids & used]
    others = [sheet for sheet, ids in here if not ids & on_slides]
    printed = {sheet.id for sheet in (*working, *others[: max(0, most - len(working))])}
    return tuple(
        replace(sheet, in_class=tuple(exercise.id for exercise in sheet.exercises if exercise.id in used))
        for sheet in sheets
        if sheet.id in printed
    )


def without_sheets(stages: Sequence[Stage], sheets: Sequence[Sheet], printed: Sequence[Sheet]) -> tuple[Stage, ...]:
    """Return the stages with lists of material that do not name a sheet that is not printed: "sheet S2"."""
    missing = {sheet.stage for sheet in sheets} - {sheet.stage for sheet in printed}
    return tuple(
        stage
        if stage.id not in missing or stage.number is None
        else replace(stage, material=tuple(m for m in stage.material if not re.search(rf"\bS{stage.number}\b", m)))
        for stage in stages
    )


def plan_lines(stages: Sequence[Stage], shown: frozenset[str]) -> tuple[PlanLine, ...]:
    """Return every slide with the reason why it is in or not."""
    kept = {stage.id for stage in only(stages, shown)}
    spine = {name for section in as_sections(stages) for group in section.spine if len(group) == 1 for name in group}
    wanted: dict[str, str] = {}
    for slide in (slide for stage in stages for slide in stage.slides if slide.id in shown):
        for name in slide.needs:
            wanted.setdefault(name, slide.id)
    return tuple(
        PlanLine(
            slide.id,
            slide.title_text,
            stage.title,
            slide.minutes,
            slide.priority,
            slide.id in shown,
            _why(slide, stage.id in kept, shown, spine, wanted),
        )
        for stage in stages
        for slide in to_choose(stage)
    )


def _why(slide: Slide, stage_in: bool, shown: frozenset[str], spine: set[str], wanted: Mapping[str, str]) -> str:
    if slide.id in shown:
        if slide.id in spine:
            return f"{slide.priority}, its stage cannot do without it"
        return slide.priority + (f", needed by {wanted[slide.id]}" if slide.id in wanted else "")
    if not stage_in:
        return "its stage is cut"
    missing = [name for name in slide.needs if name not in shown]
    return f"{slide.priority}, needs {missing[0]}, which is not in" if missing else f"{slide.priority}, no room"
