"""Resolving a chart: from chart, box and colours to all its decided details."""

from __future__ import annotations

from collections.abc import Mapping

from workshop.charts.canvas import canvas, refuse
from workshop.charts.kind import BUILT_IN, Kinds
from workshop.charts.resolved import ResolvedChart
from workshop.model.exhibits import Chart

PRINT_SIZE = 10.0


def resolve_chart(
    chart: Chart,
    *,
    width_pt: float,
    height_pt: float,
    colors: Mapping[str, str],
    medium: str,
    size_pt: float = PRINT_SIZE,
    kinds: Kinds = BUILT_IN,
) -> ResolvedChart:
    """Decide limits, ticks, looks and the place of every label of a chart in a box.

    Args:
        width_pt, height_pt: the box in points.
        colors: role -> six hex digits of the theme; a label has its series' colour only if it can be read.
        medium: "deck" (sizes of the theme's chart layouts) or "print" (all text at ``size_pt``).
        size_pt: text size in print, in points.
        kinds: the kinds of chart that exist.

    Raises:
        WorkshopError: with the fix, for a chart that couldn't be read in that box (too many series, too many or too long
        names, numbers that no axis can show), and for an unknown kind of chart.
    """
    kind = kinds.get(chart.kind)
    if not chart.series or all(v is None for series in chart.series for v in series.values):
        refuse(chart, "there is nothing to draw", "give it at least one value")
    return kind.resolve(chart, canvas(width_pt, height_pt, colors, medium, size_pt))
