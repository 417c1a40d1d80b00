"""Leave out the slides and exercises that are for another case than this one: ``when=``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from workshop.model.source import Content, ExerciseSource, SlideSource
from workshop.plan.expressions import roots
from workshop.plan.scope import Scope
from workshop.plan.walk import visible


def for_case(content: Content, scope: Scope, own: Collection[str]) -> Content:
    """Return the content without the slides and exercises whose ``when`` does not hold.

    A slide left out for the user's own data is noted; with the kit's own it is always so and nobody's news.

    Args:
        own: runs with data of the user's own.
    """

    def wanted(part: SlideSource | ExerciseSource) -> bool:
        condition = part.attrs.get("when")
        if not condition or not visible(part.attrs, scope.audience) or scope.holds(condition, part.at):
            return True
        if isinstance(part, SlideSource) and any(name in own for name in roots(condition)):
            message = f"slide '{part.id}' is left out: it is for when {condition}"
            scope.report.advise(message, part.at, code="left-out")
        return False

    return replace(
        content,
        stages=tuple(replace(stage, slides=tuple(filter(wanted, stage.slides))) for stage in content.stages),
        sheets=tuple(replace(sheet, exercises=tuple(filter(wanted, sheet.exercises))) for sheet in content.sheets),
    )
