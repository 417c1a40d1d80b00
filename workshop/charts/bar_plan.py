"""What all bars share: labels at their ends, a value axis that is not drawn, a plan of where they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from workshop.charts.canvas import Canvas, Names, show, value_range
from workshop.charts.geometry import Frame, Rect, label_box
from workshop.charts.resolved import Axis, PointLabel, ResolvedChart, ResolvedReference, ResolvedSeries
from workshop.charts.ticks import Wish, axis
from workshop.model.exhibits import Chart, ChartKind

GAPS = {ChartKind.COLUMN: 45, ChartKind.BAR: 55, ChartKind.WATERFALL: 30}


def bar_texts(chart: Chart, index: int) -> list[str]:
    """Return the value label of each bar of a series, "" for a gap."""
    values = chart.series[index].values
    words = chart.series[index].labels or ("",) * len(values)
    texts = ["" if v is None else f"{show(chart, v)} {word}".strip() for v, word in zip(values, words, strict=True)]
    if chart.kind is ChartKind.WATERFALL:
        for i, value in enumerate(values[1:-1], start=1):
            texts[i] = ("+" if (value or 0) > 0 and not texts[i].startswith("+") else "") + texts[i]
    return texts


def bar_labels(chart: Chart, canvas: Canvas, series: ResolvedSeries, name_at: int, name: str) -> tuple[PointLabel, ...]:
    """Return labels at the bars' ends; with several series one of them also bears the ``name``."""
    several = len(chart.series) > 1
    grey = {i for i, _ in series.point_colors}
    found = []
    for index, text in enumerate(bar_texts(chart, series.index)):
        if not text:
            continue
        color = canvas.legible(series.color) if several else "ink"
        bold = series.color != "context" if several else index not in grey
        shown = f"{text}{name}" if several and index == name_at else text
        position = "above" if chart.kind is ChartKind.WATERFALL else "end"
        found.append(PointLabel(index, shown, position, color, bold))
    return tuple(found)


def whole_categories(chart: Chart) -> list[int]:
    """Return the categories in which every series has a value: in one of them the series are named."""
    return [i for i in range(len(chart.categories)) if all(s.values[i] is not None for s in chart.series)] or [0]


def _beyond(chart: Chart, frame: Frame, series: ResolvedSeries, label: PointLabel) -> PointLabel:
    """Move a label past the end of an error bar."""
    data = chart.series[series.index]
    value = data.values[label.index]
    if not data.low or value is None:
        return label
    far = data.low[label.index] if value < 0 else data.high[label.index]
    reach = frame.along_value(far) - frame.along_value(value)
    return replace(label, dx=round(reach, 2)) if frame.lying else replace(label, dy=round(reach, 2))


def hidden_axis(chart: Chart, length: float, before: float, after: float) -> Axis:
    """Return the value axis that is not drawn, with room in points before its minimum and after its maximum.

    Room for labels before the minimum is only needed where a bar is negative.
    """
    values = value_range(chart)
    if chart.kind is ChartKind.WATERFALL:
        levels = accumulate(v or 0.0 for v in chart.series[0].values[:-1])
        values = [*levels, *(r.value for r in chart.references)]
    low = min(0.0, *values) if chart.y_min is None else chart.y_min
    high = max(0.0, *values) if chart.y_max is None else chart.y_max
    if low >= high:
        nice = axis([low, high], Wish(chart.unit, chart.y_min, chart.y_max, zero=True))
        low, high = nice.minimum, nice.maximum
    room_low = before if low < 0 and chart.kind is not ChartKind.WATERFALL else 0.0
    room_high = after if any(v > 0 for v in values) or not room_low else 0.0
    unit = (high - low) / max(length - room_low - room_high, length * 0.2)
    minimum, maximum = _round(low - room_low * unit), _round(high + room_high * unit)
    return Axis(minimum, maximum, maximum - minimum, (), visible=False)


def _round(value: float) -> float:
    return float(f"{value:.9g}")


def resolved_bars(chart: Chart, canvas: Canvas, plan: Plan, references: tuple[ResolvedReference, ...]) -> ResolvedChart:
    """Return the chart that a plan makes, with its references."""
    return ResolvedChart(
        chart,
        plan.frame.value,
        None,
        plan.series,
        references,
        canvas.shares(plan.frame.plot),
        canvas.sizes.tick,
        plan.size,
        gap=plan.frame.gap,
        overlap=100 if chart.kind is ChartKind.WATERFALL else 0,
        size=(canvas.width, canvas.height),
        reference_size=canvas.sizes.labels[-1],
        categories=plan.names.texts,
        category_size=plan.names.size,
        every=plan.names.every,
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """Bars and their labels in a frame."""

    frame: Frame
    names: Names
    series: tuple[ResolvedSeries, ...]
    size: float

    def boxes(self) -> list[Rect]:
        """Return the boxes of all labels."""
        return [label_box(self.frame, s, label, self.size) for s in self.series for label in s.labels]

    def bars(self) -> list[Rect]:
        """Return all bars."""
        places = ((s.index, i) for s in self.series for i in range(len(self.frame.chart.categories)))
        return [bar for bar in (self.frame.bar(s, i) for s, i in places) if bar]


def past_interval(chart: Chart, frame: Frame, series: ResolvedSeries) -> ResolvedSeries:
    """Return a series with its labels past the ends of its error bars."""
    return replace(series, labels=tuple(_beyond(chart, frame, series, label) for label in series.labels))
