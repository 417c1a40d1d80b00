"""Parts that all bar charts share: labels at the ends, an invisible value axis, and the places of the bars."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from workshop.charts.axis import Axis
from workshop.charts.canvas import Canvas, Names, show, value_range
from workshop.charts.frame import BarFrame
from workshop.charts.geometry import Rect
from workshop.charts.labels import label_box
from workshop.charts.resolved import PointLabel, ResolvedChart, ResolvedReference, ResolvedSeries
from workshop.charts.ticks import Wish, axis
from workshop.model.exhibits import Chart


def bar_texts(chart: Chart, index: int) -> list[str]:
    """Return the value label of each bar of a series, "" for a gap."""
    values = chart.series[index].values
    words = chart.series[index].labels or ("",) * len(values)
    return ["" if v is None else f"{show(chart, v)} {word}".strip() for v, word in zip(values, words, strict=True)]


class Style(Struct, frozen=True, kw_only=True):
    """The frame and the labels of one kind of bars.

    Attributes:
        frame_type: type that turns data into bars.
        gap: space between the bars of one series, in percent of their width.
        label_at: place of a bar's label: "end" (below a negative bar), or always "above".
        texts: returns the value labels of a series, given its index.
        reached: returns all values that the axis must reach.
    """

    frame_type: type[BarFrame]
    gap: int
    label_at: str = "end"
    texts: Callable[[Chart, int], list[str]] = bar_texts
    reached: Callable[[Chart], list[float]] = value_range


class Plan(Struct, frozen=True):
    """Bars and their labels in a frame."""

    frame: BarFrame
    names: Names
    series: tuple[ResolvedSeries, ...]
    size: float

    def boxes(self) -> list[Rect]:
        """Return the boxes of all labels."""
        return [label_box(self.frame, s, label, self.size) for s in self.series for label in s.labels]

    def bars(self) -> list[Rect]:
        """Return all bars."""
        places = product(range(len(self.frame.chart.series)), range(len(self.frame.chart.categories)))
        return [bar for bar in (self.frame.bar(s, i) for s, i in places) if bar]


def bar_labels(
    chart: Chart, canvas: Canvas, series: ResolvedSeries, style: Style, *, name_at: int = -1, name: str = ""
) -> tuple[PointLabel, ...]:
    """Return labels at the bars' ends; with several series, the one at the index ``name_at`` also has the ``name``."""
    several = len(chart.series) > 1
    grey = {i for i, _ in series.point_colors}
    found = []
    for index, text in enumerate(style.texts(chart, series.index)):
        if not text:
            continue
        color = canvas.legible(series.color) if several else "ink"
        bold = series.color != "context" if several else index not in grey
        shown = f"{text}{name}" if several and index == name_at else text
        found.append(PointLabel(index, shown, style.label_at, color, bold=bold))
    return tuple(found)


def past_interval(frame: BarFrame, series: ResolvedSeries) -> ResolvedSeries:
    """Return a series with its labels past the ends of its error bars."""
    return replace(series, labels=tuple(_beyond(frame, series, label) for label in series.labels))


def _beyond(frame: BarFrame, series: ResolvedSeries, label: PointLabel) -> PointLabel:
    """Move a label past the end of an error bar."""
    data = frame.chart.series[series.index]
    value = data.values[label.index]
    if not data.low or value is None:
        return label
    far = data.low[label.index] if value < 0 else data.high[label.index]
    reach = frame.along_value(far) - frame.along_value(value)
    return replace(label, dx=round(reach, 2)) if frame.lying else replace(label, dy=round(reach, 2))


def hidden_axis(chart: Chart, style: Style, length: float, before: float, after: float) -> Axis:
    """Return the invisible value axis, with room in points before its minimum and after its maximum.

    Room for labels before the minimum is needed only if one is below a negative bar.
    """
    values = style.reached(chart)
    low = min(0.0, *values) if chart.y_min is None else chart.y_min
    high = max(0.0, *values) if chart.y_max is None else chart.y_max
    if low >= high:
        nice = axis([low, high], Wish(unit=chart.unit, minimum=chart.y_min, maximum=chart.y_max, zero=True))
        low, high = nice.minimum, nice.maximum
    room_low = before if low < 0 and style.label_at == "end" else 0.0
    room_high = after if any(v >= 0 for v in values) or not room_low else 0.0
    unit = (high - low) / max(length - room_low - room_high, length * 0.2)
    minimum, maximum = _round(low - room_low * unit), _round(high + room_high * unit)
    return Axis(minimum, maximum, maximum - minimum, (), visible=False)


def _round(value: float) -> float:
    return float(f"{value:.9g}")


def resolved_bars(chart: Chart, canvas: Canvas, plan: Plan, references: tuple[ResolvedReference, ...]) -> ResolvedChart:
    """Return the chart that follows from a plan, with its references."""
    return ResolvedChart(
        chart=chart,
        frame_type=type(plan.frame),
        value_axis=plan.frame.value,
        series=plan.series,
        references=references,
        plot=canvas.shares(plan.frame.plot),
        size=(canvas.width, canvas.height),
        tick_size=canvas.sizes.tick,
        label_size=plan.size,
        reference_size=canvas.sizes.labels[-1],
        gap=plan.frame.gap,
        categories=plan.names.texts,
        category_size=plan.names.size,
        every=plan.names.every,
    )
