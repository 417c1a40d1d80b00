"""What a plan can say about itself: why each slide is in it or not, and what to leave out if the room is behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from workshop.model.kit import Slide, Stage
from workshop.model.meta import Moment
from workshop.model.slot import EARLIER, LATER, NEEDS, NEVER, NO_ROOM, STAGE, PlanLine
from workshop.model.source import Place
from workshop.plan.slot.best_choice import as_sections, only, to_choose
from workshop.plan.slot.fill import Fit
from workshop.plan.slot.moments import Day


# ---------------------------------------------------------------- explain
# The reason why each slide is in a plan or not, in a few words.
def plan_lines(stages: Sequence[Stage], shown: frozenset[str]) -> tuple[PlanLine, ...]:
    """Return every slide with the reason why it is in or out."""
    kept = {stage.id for stage in only(stages, shown)}
    spine = {name for section in as_sections(stages) for group in section.spine if len(group) == 1 for name in group}
    wanted: dict[str, str] = {}
    for slide in (slide for stage in stages for slide in stage.slides if slide.id in shown):
        for name in slide.needs:
            wanted.setdefault(name, slide.id)
    titles = {slide.id: spoken(slide) for stage in stages for slide in stage.slides}
    lines = []
    for stage in stages:
        for slide in to_choose(stage):
            line = _line(slide, stage, here=slide.id in shown)
            if line.shown:
                lines.append(replace(line, why=_why(slide, spine, wanted)))
            elif stage.id not in kept:
                lines.append(line.out(STAGE))
            else:
                missing = [titles.get(name, name) for name in slide.needs if name not in shown]
                lines.append(line.out(NEEDS, missing[0]) if missing else line.out(NO_ROOM))
    return tuple(lines)


def spoken(slide: Slide) -> str:
    """Return a slide's title in one line."""
    return slide.title_text.replace("\v", " ")


def _line(slide: Slide, stage: Stage, *, here: bool) -> PlanLine:
    return PlanLine(
        slide=slide.id,
        title=spoken(slide),
        stage=stage.title,
        minutes=slide.minutes,
        priority=slide.priority,
        shown=here,
        why="",
    )


def _why(slide: Slide, spine: set[str], wanted: Mapping[str, str]) -> str:
    if slide.must:
        return f"{slide.priority}, must be in"
    if slide.id in spine:
        return f"{slide.priority}, its stage cannot do without it"
    return slide.priority + (f", needed by {wanted[slide.id]}" if slide.id in wanted else "")


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
            line = _line(slide, stage, here=slide.id in fit.shown)
            if line.shown:
                lines.append(replace(line, why=_inside(shown.get(slide.id, slide), moments, slot, day.joined)))
            else:
                lines.append(_outside(line, slide, moments, slot, day.joined))
    return tuple(lines)


def _inside(slide: Slide, moments: Sequence[Moment], slot: float, joined: Mapping[str, Place]) -> str:
    """Return the moment that a slide is in, and the shortest slot of that moment; or why it is in without one."""
    if slide.moment:
        moment = next(moment for moment in moments if moment.id == slide.moment)
        marks = [word for word, said in (("spine", moment.spine), ("to remember", moment.remember)) if said]
        early = "" if moment.due(slot) else ", for which there was time"
        since = f"from {moment.least:g} minutes on" if moment.least else "in every slot"
        return ", ".join((f"{moment.id}, {since}{early}", *marks))
    if slide.id in joined:
        return f"{_beside(slide.id, joined)}{', must be in' if slide.must else ''}"
    return "must be in" if slide.must else ""


def _beside(name: str, joined: Mapping[str, Place]) -> str:
    anchor, after = joined[name]
    return f"added {'after' if after else 'before'} {anchor}"


def _outside(
    line: PlanLine, slide: Slide, moments: Sequence[Moment], slot: float, joined: Mapping[str, Place]
) -> PlanLine:
    """Return the line of a slide that isn't in, with its moment and the reason."""
    if slide.id in joined:
        return replace(line, why=_beside(slide.id, joined)).out(NO_ROOM)
    for moment in moments:
        for own in moment.slides:
            if own.id == slide.id:
                least, line = max(own.least, moment.least), replace(line, why=moment.id)
                if slot > moment.most:
                    return line.out(EARLIER, f"{moment.most:g}")
                return line.out(NO_ROOM) if least <= slot else line.out(LATER, f"{least:g}")
    return line.out(NEVER if moments else NO_ROOM)
