"""Decides what moves in a deck, and says what each click does: slides that turn into the next, charts that grow, scenes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workshop.charts.resolved import ResolvedChart
from workshop.layout.laid import LaidChart, LaidOut, LaidSlide
from workshop.model.blocks import Diagram
from workshop.model.exhibits import ChartKind

BARS = (ChartKind.BAR, ChartKind.COLUMN, ChartKind.STACKED, ChartKind.WATERFALL)
MOST_CATEGORIES, MOST_SERIES = 8, 4
CATEGORY, SERIES = "category", "series"


def answers_in(laid: LaidOut) -> Mapping[str, bool]:
    """Return the shown slides that reveal what was asked, each with whether that was right before; none without motion."""
    if not laid.kit.motion:
        return {}
    found = dict[str, bool]()
    shown = [slide for slide in laid.slides if not slide.slide.hidden]
    for before, slide in zip((None, *shown), shown, strict=False):
        if slide.reveals:
            found[slide.id] = before is not None and before.id in slide.slide.answers
    return found


def grows_by(resolved: ResolvedChart) -> str:
    """Return the parts by which a chart grows: "category", "series", or "" if it has too many or is of another kind."""
    chart = resolved.chart
    if chart.kind in BARS and len(chart.categories) <= MOST_CATEGORIES:
        return CATEGORY
    return SERIES if chart.kind is ChartKind.LINE and len(resolved.series) <= MOST_SERIES else ""


def clicks_told(laid: LaidSlide, *, answers: bool) -> Iterator[tuple[str, str]]:
    """Yield what the clicks of a slide do: the key of a fixed text and "", or "" and the name of the step that appears.

    Args:
        answers: whether it reveals what was asked, in a deck that moves.
    """
    for item in laid.items if answers else ():
        if isinstance(item, LaidChart) and not item.shown.step and (by := grows_by(item.resolved)):
            way = "down" if item.resolved.frame.lying else "right"
            yield "print-click-lines" if by == SERIES else f"print-click-bars-{way}", ""
    for block in laid.slide.slot("main"):
        if isinstance(block, Diagram) and block.stepwise:
            yield from (("", f"{k} · {step.name}") for k, step in enumerate(block.steps, 1) if k > 1)
