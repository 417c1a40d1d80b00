"""A slide's charts in a line of words, for whoever has no projector and draws them on the board."""

from __future__ import annotations

from workshop import formats
from workshop.model.exhibits import Chart, ChartKind, Series
from workshop.model.kit import ShownChart, Slide
from workshop.render.print.blocks import Galley

MOST = 6  # values of a series


def on_slide(slide: Slide, galley: Galley) -> str:
    """Return what its charts show, "" for a slide without one."""
    charts = [block.chart for _, blocks in slide.slots for block in blocks if isinstance(block, ShownChart)]
    return galley.text("; ".join(filter(None, (_said(chart, galley) for chart in charts))), slide.at)


def _said(chart: Chart, galley: Galley) -> str:
    parts = [text for series in chart.series if (text := _series(chart, series, galley))]
    values = "; ".join(parts)
    return f"{chart.measure}: {values}" if chart.measure and values else values


def _series(chart: Chart, series: Series, galley: Galley) -> str:
    """Return a row of numbers: every value of few, else the first and the last."""
    show = formats.FILTERS[chart.unit]
    places = [formats.number(x) for x in series.x] if series.x else list(chart.categories)
    known = [(place, show(value)) for place, value in zip(places, series.values, strict=False) if value is not None]
    if not known or chart.kind is ChartKind.SCATTER:
        return ""
    if len(known) > MOST:
        (first, begins), (last, ends) = known[0], known[-1]
        text = galley.word("print-from-to", first=f"{first} {begins}", last=f"{last} {ends}")
    else:
        text = ", ".join(f"{place} {value}" for place, value in known)
    return f"{series.name}: {text}" if len(chart.series) > 1 else text
