"""The reason why each slide is in a plan or not, in a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop.model.kit import Slide, Stage
from workshop.model.moments import Moment
from workshop.model.slot import PlanLine
from workshop.model.source import Place
from workshop.plan.slot.moments import Day
from workshop.plan.slot.select import Fit
from workshop.plan.slot.value import as_sections, only, to_choose


def plan_lines(stages: Sequence[Stage], shown: frozenset[str]) -> tuple[PlanLine, ...]:
    """Return every slide with the reason why it is in or out."""
    kept = {stage.id for stage in only(stages, shown)}
    spine = {name for section in as_sections(stages) for group in section.spine if len(group) == 1 for name in group}
    wanted: dict[str, str] = {}
    for slide in (slide for stage in stages for slide in stage.slides if slide.id in shown):
        for name in slide.needs:
            wanted.setdefault(name, slide.id)
    return tuple(
        PlanLine(
            slide=slide.id,
            title=slide.title_text,
            stage=stage.title,
            minutes=slide.minutes,
            priority=slide.priority,
            shown=slide.id in shown,
            why=_why(slide, stage.id in kept, shown, spine, wanted),
        )
        for stage in stages
        for slide in to_choose(stage)
    )


def _why(slide: Slide, stage_in: bool, shown: frozenset[str], spine: set[str], wanted: Mapping[str, str]) -> str:
    if slide.id in shown:
        if slide.must:
            return f"{slide.priority}, must be in"
        if slide.id in spine:
            return f"{slide.priority}, its stage cannot do without it"
        return slide.priority + (f", needed by {wanted[slide.id]}" if slide.id in wanted else "")
    if not stage_in:
        return "its stage is cut"
    missing = [name for name in slide.needs if name not in shown]
    return f"{slide.priority}, needs {missing[0]}, which is not in" if missing else f"{slide.priority}, no room"


def moment_lines(day: Day, fit: Fit, slot: float) -> tuple[PlanLine, ...]:
    """Return every slide of a kit with moments; within each stage, first those that are in, in their order."""
    shown = {slide.id: slide for stage in fit.stages for slide in stage.slides}
    kept = {stage.id: stage for stage in fit.stages}
    lines = []
    for stage in day.stages:
        inside = to_choose(kept[stage.id]) if stage.id in kept else ()
        others = tuple(slide for slide in to_choose(stage) if slide.id not in fit.shown)
        moments = day.moments.get(stage.id, ())
        for slide in (*inside, *others):
            why = _moment(slide, moments, shown.get(slide.id), slot, day.joined)
            here = slide.id in fit.shown
            lines.append(
                PlanLine(
                    slide=slide.id,
                    title=slide.title_text,
                    stage=stage.title,
                    minutes=slide.minutes,
                    priority=slide.priority,
                    shown=here,
                    why=why,
                )
            )
    return tuple(lines)


def _moment(
    slide: Slide, moments: Sequence[Moment], shown: Slide | None, slot: float, joined: Mapping[str, Place]
) -> str:
    """Return the moment that a slide is in, and the shortest slot of that moment; or why it is in without one."""
    name = slide.id
    if shown is not None and shown.moment:
        moment = next(moment for moment in moments if moment.id == shown.moment)
        marks = [word for word, said in (("spine", moment.spine), ("to remember", moment.remember)) if said]
        early = "" if moment.due(slot) else ", for which there was time"
        since = f"from {moment.least:g} minutes on" if moment.least else "in every slot"
        return ", ".join((f"{moment.id}, {since}{early}", *marks))
    if name in joined:
        anchor, after = joined[name]
        out = "" if shown else ", no room"
        return f"added {'after' if after else 'before'} {anchor}{', must be in' if slide.must else out}"
    if shown is not None and slide.must:
        return "must be in"
    for moment in moments:
        for own in moment.slides:
            if own.id == name:
                least = max(own.least, moment.least)
                if slot > moment.most:
                    return f"{moment.id}, up to {moment.most:g} minutes"
                reason = "no room" if least <= slot else f"from {least:g} minutes on"
                return f"{moment.id}, {reason}"
    return "in no moment" if moments else "no room"
