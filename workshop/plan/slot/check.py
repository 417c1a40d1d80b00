"""Try a kit's plan in every usual slot."""

from __future__ import annotations

from workshop.errors import Problem, Severity
from workshop.model.kit import Kit
from workshop.model.source import Content
from workshop.plan.slot.breaks import BREAK_AFTER
from workshop.plan.slot.cut import LEAST
from workshop.plan.slot.select import fit_to_slot, shortest_slot

SLOTS = (25, 45, 60, 90, 180, 360)


def check_slots(kit: Kit, content: Content) -> tuple[Problem, ...]:
    """Return warnings on plans that do not fill their slot, have no break for too long, or lack a slide that is needed.

    Args:
        kit: planned without a slot, so that all slides are in.
    """
    if not content.is_kit:
        return ()
    ids = {slide.id for slide in kit.slides}
    audience = f"for audience '{kit.audience}'"
    found = [
        Problem(
            f"this slide needs '{name}', which is not there {audience}",
            slide.at,
            "show that slide to them too, or take it out of needs=",
            "unseen-need",
            Severity.WARNING,
        )
        for slide in kit.slides
        for name in slide.needs
        if name not in ids
    ]
    shortest = shortest_slot(kit.stages)
    for slot in SLOTS:
        if slot < shortest:
            continue
        fit = fit_to_slot(kit.stages, slot, content.meta.blocks)
        plan = fit.report if fit else None
        where = f"in {slot} minutes {audience}"
        if plan is None:
            found.append(_warn(f"there is no plan {where}", "see build --dry-run --explain"))
        elif plan.total < LEAST * slot and plan.slides < kit.minutes:
            found.append(_warn(f"{plan.total:g} are planned {where}", "split long slides, or make more of them core"))
        elif plan.stretch > BREAK_AFTER:
            found.append(_warn(f"{plan.stretch:g} pass without a break {where}", "split a long section in two"))
    return tuple(found)


def _warn(message: str, hint: str) -> Problem:
    return Problem(message, None, hint, "slot", Severity.WARNING)
