"""What a record needs to know of the law, as a step of the plan. Each build looks whether a record is asked for, so what it needs is imported late."""

from __future__ import annotations

from typing import Any

from workshop.errors import Report
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.plan.plan_kit import tell_out_of_date
from workshop.plan.ready import Ready
from workshop.steps import Step

MADE_FROM = frozenset({"record", "record-docx", "record-json", "manager"})


def plan(ready: Ready, kit: Kit, request: Request, report: Report) -> Any:
    """Return what a record needs to know of the law and of its sources; a law whose source is out of date is a warning."""
    if not (MADE_FROM & {*request.only} or request.everything) or not kit.is_kit:
        return None
    from workshop.addons.record.held import Held, laws_of

    laws = laws_of(ready, report)
    used = [law.source for law in laws]
    tell_out_of_date(used, {source.key for source in used} - {*ready.cited}, report)
    cited = [source for key, source in ready.scope.sources.items() if key in ready.cited]
    until = [source.valid_until for source in (*cited, *used) if source.valid_until]
    return Held(laws=laws, check_again=min(until, default=None))


STEP = Step(plan=plan)
