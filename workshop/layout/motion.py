"""Decides what moves in a deck, and says what each click does: slides that turn into the next, charts that grow, scenes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from msgspec.structs import replace

from workshop.charts.resolved import ResolvedChart
from workshop.layout.laid import LaidChart, LaidSlide
from workshop.model.blocks import Diagram
from workshop.model.exhibits import ChartKind

BARS = (ChartKind.BAR, ChartKind.COLUMN, ChartKind.STACKED, ChartKind.WATERFALL)
MOST_CATEGORIES, MOST_SERIES = 8, 4
CATEGORY, SERIES = "category", "series"


def with_moves(slides: Iterable[LaidSlide], revealing: Container[str]) -> Iterator[LaidSlide]:
    """Yield slides that know what moves on them: on one that reveals something charts grow, and it grows out of what asked for it.

    Args:
        revealing: ids of slides that show what was asked before.
    """
    before = ""
    for one in slides:
        grows = one.id in revealing and not one.slide.hidden
        turns = grows and before in one.slide.answers
        yield one if (one.grows, one.turns) == (grows, turns) else replace(one, grows=grows, turns=turns)
        before = before if one.slide.hidden else one.id


def grows_by(resolved: ResolvedChart) -> str:
    """Return the parts by which a chart grows: "category", "series", or "" if it has too many or is of another kind."""
    chart = resolved.chart
    if chart.kind in BARS and len(chart.categories) <= MOST_CATEGORIES:
        return CATEGORY
    return SERIES if chart.kind is ChartKind.LINE and len(resolved.series) <= MOST_SERIES else ""


def clicks_told(laid: LaidSlide) -> Iterator[tuple[str, str]]:
    """Yield what the clicks of a slide do: the key of a fixed text and "", or "" and the name of the step that appears."""
    for item in laid.items if laid.grows else ():
        if isinstance(item, LaidChart) and not item.shown.step and (by := grows_by(item.resolved)):
            way = "down" if item.resolved.frame.lying else "right"
            yield "print-click-lines" if by == SERIES else f"print-click-bars-{way}", ""
    for block in laid.slide.slot("main"):
        if isinstance(block, Diagram) and block.stepwise:
            yield from (("", f"{k} · {step.name}") for k, step in enumerate(block.steps, 1) if k > 1)
