"""Personal sheets as part of a plan. Each build looks whether they are asked for, so what makes them is imported late."""

from __future__ import annotations

from typing import Any

from workshop.errors import Report
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.plan.ready import Ready
from workshop.steps import Step


def plan(ready: Ready, kit: Kit, request: Request, report: Report) -> Any:
    """Return the personal sheets that are asked for."""
    if not request.of("personal"):
        return None
    from workshop.addons.personal.sets import personal_sets

    return personal_sets(ready, kit, request, report)


STEP = Step(plan=plan)
