"""A chart with limits, ticks, colours, markers and labels decided; both renderers draw exactly this."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.model.exhibits import Chart


@dataclass(frozen=True, slots=True)
class Axis:
    """A value axis.

    Attributes:
        ticks: value and its text, in order, inside the limits.
        visible: whether ticks and gridlines are drawn (bars with value labels need none).
    """

    minimum: float
    maximum: float
    step: float
    ticks: tuple[tuple[float, str], ...]
    visible: bool = True
    log: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class PointLabel:
    """Text at one point: ``position`` is "above", "below", "right", "left", "end" (of a bar) or "center"."""

    index: int
    text: str
    position: str
    color: str = "ink"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class ResolvedSeries:
    """One series with its look; ``index`` is its place in ``chart.series``.

    Attributes:
        color: colour role of line, marker and bar.
        marker: "circle", "square", "triangle", "diamond" or "none".
        dash: "solid", "sysDash", "lgDashDot".
        pattern: "" (solid) or a preset pattern name ("wdUpDiag", "dkHorz") for bars.
        weight: line width in points.
        point_colors: (index, role) of points painted otherwise.
    """

    index: int
    name: str
    color: str
    marker: str = "none"
    marker_size: int = 11
    dash: str = "solid"
    pattern: str = ""
    weight: float = 4.0
    labels: tuple[PointLabel, ...] = ()
    point_colors: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedReference:
    """A dashed line with its name and value already in ``label``."""

    axis: str
    value: float
    label: str


@dataclass(frozen=True, slots=True)
class ResolvedChart:
    """Everything a renderer needs.

    Attributes:
        value_axis: y of lines and columns, x of lying bars and forest plots.
        other_axis: x where it is a number (LINE over x, SCATTER), else ``None`` (categories).
        plot: left, top, width, height of the inner plot area as shares of the whole, leaving room for labels.
        tick_size, label_size: points.
        gap, overlap: of bars, in percent.
    """

    chart: Chart
    value_axis: Axis
    other_axis: Axis | None
    series: tuple[ResolvedSeries, ...]
    references: tuple[ResolvedReference, ...]
    plot: tuple[float, float, float, float]
    tick_size: float
    label_size: float
    gap: int = 50
    overlap: int = 0
