"""Tables of plans that were tried: which rules each slot keeps, and the shortest slot of each audience."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from msgspec import Struct

from workshop.errors import Report
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.model.slot import PlanLine
from workshop.plan.invariants.finished import Breach, Finished, finished
from workshop.plan.invariants.rules import RULES, breaches
from workshop.plan.plan_kit import decide
from workshop.plan.ready import Ready

# Tables over many plans of a kit: which rules each keeps, what it hides, and where each point is shown.
KEPT, BROKEN = "+", "x"


class Tried(Struct, frozen=True, kw_only=True):
    """One plan and its breaches."""

    plan: Finished
    breaches: tuple[Breach, ...]

    @property
    def audience(self) -> str:
        """The id of its audience."""
        return self.plan.kit.audience

    @property
    def lines(self) -> tuple[PlanLine, ...]:
        """Every slide that could be in, with the reason why it is or isn't."""
        return self.plan.kit.plan.lines


def try_plan(
    ready: Ready, request: Request, report: Report, files: Callable[[Kit], Collection[str]] | None = None
) -> Tried:
    """Return the plan of the requested slot, and its breaches; ``files`` returns the names of what a build makes."""
    kit = decide(ready, request, report)
    plan = finished(ready.day, kit, files(kit) if files else None)
    return Tried(plan=plan, breaches=tuple(breaches(plan)))


def rules_table(tried: Sequence[Tried]) -> str:
    """Return a table of rules by audience and slot, followed by what each rule says."""
    wide = max(len(plan.audience) for plan in tried)
    rows = [f"{'audience':{wide}}  {'slot':>4}  {'slides':>6}  {'buffer':>6}  {' '.join(f'{r:>3}' for r in RULES)}"]
    for plan in tried:
        broken = {breach.rule for breach in plan.breaches}
        marks = " ".join(f"{BROKEN if rule in broken else KEPT:>3}" for rule in RULES)
        count = len(plan.plan.slides)
        rows.append(
            f"{plan.audience:{wide}}  {plan.plan.slot:>4g}  {count:>6}  {plan.plan.kit.plan.buffer:>6g}  {marks}"
        )
    rows += ["", *(f"{rule:>3}  {says}" for rule, (says, _) in RULES.items())]
    return "\n".join(rows)


def hidden_core(tried: Sequence[Tried]) -> str:
    """Return each audience's core slides that the plans hide, with the slot that first shows each and the reason."""
    rows = ["core slides that are hidden, and the slot from which each is shown"]
    for audience in dict.fromkeys(plan.audience for plan in tried):
        mine = [plan for plan in tried if plan.audience == audience]
        longest = max(mine, key=lambda plan: plan.plan.slot)
        for line in longest.lines:
            if line.priority != "core":
                continue
            slots = [p.plan.slot for p in mine if any(other.slide == line.slide and other.shown for other in p.lines)]
            hidden = [plan.plan.slot for plan in mine if plan.plan.slot not in slots]
            if hidden:
                first = f"shown from {min(slots):g} minutes on" if slots else "never shown"
                rows.append(f"  {audience}: {line.slide}, {first} ({line.because})")
    return "\n".join(rows)


def shortest_slots(tried: Sequence[Tried]) -> str:
    """Return the shortest slot that shows each numbered point of the subject, for each audience."""
    audiences = list(dict.fromkeys(plan.audience for plan in tried))
    points = tried[0].plan.day.points
    rows = [f"{'point':5}  {'  '.join(f'{name:>10}' for name in audiences)}"]
    for point in points:
        cells = []
        for audience in audiences:
            slots = [
                plan.plan.slot
                for plan in tried
                if plan.audience == audience and any(point.id in slide.teaches for slide in plan.plan.slides)
            ]
            cells.append(f"{min(slots):g}" if slots else "–")
        rows.append(f"{point.id:5}  {'  '.join(f'{cell:>10}' for cell in cells)}")
    return "\n".join(rows)
