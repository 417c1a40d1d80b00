"""The rule about the subject: the plan that claims to show all of it has every statement."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.plan.invariants.finished import Breach, Finished
from workshop.plan.invariants.texts import said_on


def complete(plan: Finished) -> Iterator[Breach]:
    """Every statement of the subject has its phrase on the slides that should show it."""
    whole = plan.day.written.whole
    if whole.get(plan.kit.audience) != plan.slot:
        return
    there = {slide.id: slide for slide in plan.slides}
    for point in plan.day.points:
        for statement in point.shown:
            lost = [name for name in statement.slides if name not in there]
            if lost:
                yield plan.breach("P15", f"point {point.id} needs the slide '{lost[0]}': {statement.says}")
                continue
            text = _plain(" ".join(said_on(there[name]) for name in statement.slides))
            for phrase in statement.phrases:
                if _plain(phrase) not in text:
                    where = ", ".join(statement.slides)
                    yield plan.breach("P15", f"point {point.id}: “{phrase}” is not on {where}")


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())
