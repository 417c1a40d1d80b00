"""A check of a kit's slots: each can be filled, and none is too small."""

from __future__ import annotations

from workshop.errors import Problem, Severity
from workshop.plan.slot.cut import LEAST, fit_day, is_too_small, minutes_of, shortest
from workshop.plan.slot.moments import Day

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
