"""A slide's charts in words, for facilitators without a projector who draw them on the board."""

from __future__ import annotations

from workshop.model.blocks import ShownChart
from workshop.model.exhibits import Chart, Series
from workshop.model.kit import Slide
from workshop.render.print.block_data import Galley
from workshop.wording import formats

MOST = 6  # values of a series that are all listed


def on_slide(slide: Slide, galley: Galley) -> str:
    """Return in words what a slide's charts show; "" for a slide without charts."""
    charts = [block.chart for _, blocks in slide.slots for block in blocks if isinstance(block, ShownChart)]
    return galley.text("; ".join(filter(None, (_said(chart, galley) for chart in charts))), slide.at)


def _said(chart: Chart, galley: Galley) -> str:
    parts = [text for series in chart.series if (text := _series(chart, series, galley))]
    values = "; ".join(parts)
    return f"{chart.measure}: {values}" if chart.measure and values else values


def _series(chart: Chart, series: Series, galley: Galley) -> str:
    """Return a row of numbers in words: all values if they are few, else the first and the last."""
    show = formats.FILTERS[chart.unit]
    places = [formats.number(x) for x in series.x] if series.x else list(chart.categories)
    pairs = zip(places, series.values, strict=False)
    known = [_at(place, show(value), galley) for place, value in pairs if value is not None]
    if not known or not galley.kinds.get(chart.kind).readable:
        return ""
    text = galley.word("print-from-to", first=known[0], last=known[-1]) if len(known) > MOST else ", ".join(known)
    return f"{series.name}: {text}" if len(chart.series) > 1 else text


def _at(place: str, value: str, galley: Galley) -> str:
    """Return "counting +55", or "1.79 at 150" if the place is a number itself."""
    return galley.word("print-value-at", value=value, place=place) if place[:1].isdigit() else f"{place} {value}"
