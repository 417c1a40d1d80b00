"""The companion page as a step of a build. Each build looks whether it is due, so what it needs is imported late."""

from __future__ import annotations

from typing import Any

from workshop.errors import Problem, Report
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.plan.ready import Ready
from workshop.steps import Loaded, Step

PAGE = "explore"


def is_due(request: Request, kit: Kit) -> bool:
    """Whether a build needs the companion page: to write it, or to name its demos in the guide."""
    return bool({PAGE, "facilitator"} & {*request.only}) if request.only else kit.is_kit or request.everything


def plan(ready: Ready, kit: Kit, request: Request, _: Report) -> Any:
    """Return a page that has nothing yet but the bets of the slides, or ``None`` if none is due."""
    if not is_due(request, kit):
        return None
    from workshop.addons.explore.companion import Explored
    from workshop.addons.explore.slide_bets import bets_of

    return Explored(sections=(), seed=request.seed, bets=bets_of(ready, kit))


def make(loaded: Loaded, laid: LaidOut) -> tuple[Any, tuple[Problem, ...]]:
    """Return the sections of the page, or ``None`` if nothing can be poked, and their problems."""
    from workshop.addons.explore.step import explore
    from workshop.themes.choose import page_colors

    return explore(
        loaded.content,
        laid.kit,
        loaded.request,
        loaded.registry,
        kinds=laid.kinds,
        colors=page_colors(laid.theme),
        sources=loaded.sources,
        bets=laid.kit.extra[PAGE].bets,
    )


def run_ahead(loaded: Loaded) -> None:
    """Run what can be poked before this process is copied: the page finds it in the cache."""
    from workshop.addons.explore.step import run_ahead as run

    run(loaded.content, loaded.request, loaded.registry, sources=loaded.sources)


STEP = Step(plan=plan, due=is_due, make=make, run_ahead=run_ahead)
