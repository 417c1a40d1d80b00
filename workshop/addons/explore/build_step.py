"""The companion page as a step of a build. Each build looks whether it is due, so what it needs is imported late."""

from __future__ import annotations

from typing import Any

from workshop.errors import Problem, Report
from workshop.layout.laid import LaidOut
from workshop.model.blocks import ShownChart
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.model.walk import every_node
from workshop.plan.ready import Ready
from workshop.steps import Loaded, Step

PAGE = "explore"


def is_due(request: Request, kit: Kit) -> bool:
    """Whether a build needs the companion page: to write it, or to name its demos in the guide."""
    return bool({PAGE, "facilitator"} & {*request.only}) if request.only else kit.is_kit or request.everything


def plan(ready: Ready, kit: Kit, request: Request, _: Report) -> Any:
    """Return a page that has nothing yet but what the slides say about its demos, or ``None`` if none is due."""
    if not is_due(request, kit):
        return None
    from workshop.addons.explore.companion import Explored
    from workshop.addons.explore.slide_bets import bets_of

    return Explored(sections=(), seed=request.seed, bets=bets_of(ready, kit), in_bits=_in_bits(ready))


def _in_bits(ready: Ready) -> frozenset[str]:
    """Return the demos of which a slide for this audience shows a chart in bits, in the plan or not."""
    charts = (node for node in every_node(tuple(stage.slides for stage in ready.whole)) if isinstance(node, ShownChart))
    return frozenset(chart.name.partition(".")[0] for chart in charts if chart.chart.unit == "bits")


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
        in_bits=laid.kit.extra[PAGE].in_bits,
    )


def run_ahead(loaded: Loaded) -> None:
    """Run what can be poked before this process is copied: the page finds it in the cache."""
    from workshop.addons.explore.step import run_ahead as run

    run(loaded.content, loaded.request, loaded.registry, sources=loaded.sources)


STEP = Step(plan=plan, due=is_due, make=make, run_ahead=run_ahead)
