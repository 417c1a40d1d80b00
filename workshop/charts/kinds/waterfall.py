"""WATERFALL: a start, signed changes, and the total that they add up to; each bar begins where the one before ended."""

from __future__ import annotations

import math
from itertools import accumulate

from msgspec.structs import replace

from workshop.charts import draw
from workshop.charts.canvas import Canvas, looks, refuse
from workshop.charts.kind import Kind
from workshop.charts.kinds.bars import Style, bar_texts, upright
from workshop.charts.resolved import BarFrame, ResolvedChart
from workshop.model.exhibits import Chart, ChartKind

TOLERANCE = 1e-6


class StepFrame(BarFrame, frozen=True):
    """Bars between the level before a change and the level after it; labels are always above them."""

    def bar_span(self, series: int, index: int) -> tuple[float, float] | None:
        """Return the levels before and after a change; the first and the last bar begin at the foot."""
        values = self.chart.series[series].values
        value = values[index]
        if value is None or index in (0, len(values) - 1):
            return BarFrame.bar_span(self, series, index)
        before = math.fsum(v or 0.0 for v in values[:index])
        return before, before + value

    def ends_below(self, series: int, index: int) -> bool:  # noqa: ARG002 - it is so for each bar
        """Return ``False``: no bar has its label below."""
        return False


def _texts(chart: Chart, index: int) -> list[str]:
    """Return the value labels; increases have a plus sign."""
    values, texts = chart.series[index].values, bar_texts(chart, index)
    for i, value in enumerate(values[1:-1], start=1):
        texts[i] = ("+" if (value or 0) > 0 and not texts[i].startswith("+") else "") + texts[i]
    return texts


def _reached(chart: Chart) -> list[float]:
    """Return the levels after each change, and the references."""
    levels = accumulate(v or 0.0 for v in chart.series[0].values[:-1])
    return [*levels, *(r.value for r in chart.references)]


STEPS = Style(frame_type=StepFrame, gap=30, label_at="above", texts=_texts, reached=_reached)


def resolve_waterfall(chart: Chart, canvas: Canvas) -> ResolvedChart:
    """Resolve a waterfall: a start, signed changes, and the total that they add up to.

    Raises:
        WorkshopError: for any other data, or names that don't fit.
    """
    if len(chart.series) != 1 or len(chart.categories) < 2:
        refuse(
            chart, "a waterfall is one series: a start, changes, a total", "give one series with at least two values"
        )
    values = chart.series[0].values
    if any(v is None for v in values):
        refuse(chart, "a waterfall has no gaps", "use 0 for a step without change")
    numbers = [v for v in values if v is not None]
    total, largest = math.fsum(numbers[:-1]), max(map(abs, numbers))
    if abs(total - numbers[-1]) > TOLERANCE * max(largest, 1e-300):
        refuse(
            chart,
            f"the steps add up to {total:g}, but the last value is {numbers[-1]:g}",
            "give a start, signed changes, and their sum last",
        )
    series = looks(chart, canvas, 1)
    marked = set(chart.highlight) or {chart.categories[0], chart.categories[-1]}
    context = tuple((i, "context") for i, name in enumerate(chart.categories) if name not in marked)
    screen = canvas.context_pattern([series[0].color])
    look = replace(series[0], marker="none", pattern="", point_colors=context, point_pattern=screen)
    done = upright(chart, canvas, [look], STEPS)
    return done or refuse(chart, "the values do not fit over the columns", "take fewer steps")


WATERFALL = Kind(
    name=ChartKind.WATERFALL,
    meaning="one series: a start, signed changes, and last the total they add up to",
    resolve=resolve_waterfall,
    paint=(draw.value_axis, draw.category_axis, draw.references_over_bars, draw.bars, draw.labels),
    native="workshop.render.pptx.plots.waterfall:waterfall_plot",
)
