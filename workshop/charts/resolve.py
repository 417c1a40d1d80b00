"""Chart + box + colours -> everything decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workshop.charts.bars import resolve_bars, resolve_waterfall
from workshop.charts.canvas import Canvas, canvas, refuse
from workshop.charts.forest import resolve_forest
from workshop.charts.lines import resolve_lines
from workshop.charts.resolved import ResolvedChart
from workshop.charts.scatter import resolve_scatter
from workshop.model.exhibits import Chart, ChartKind

PRINT_SIZE = 10.0

_KINDS: Mapping[ChartKind, Callable[[Chart, Canvas], ResolvedChart]] = {
    ChartKind.LINE: resolve_lines,
    ChartKind.COLUMN: resolve_bars,
    ChartKind.BAR: resolve_bars,
    ChartKind.WATERFALL: resolve_waterfall,
    ChartKind.FOREST: resolve_forest,
    ChartKind.SCATTER: resolve_scatter,
}


def resolve_chart(
    chart: Chart,
    *,
    width_pt: float,
    height_pt: float,
    colors: Mapping[str, str],
    medium: str,
    size_pt: float = PRINT_SIZE,
) -> ResolvedChart:
    """Decide limits, ticks, looks and the place of every label of a chart in a box.

    Args:
        width_pt, height_pt: the box in points.
        colors: role -> six hex digits of the theme; a label takes its series' colour only where that can be read.
        medium: "deck" (sizes of the theme's chart layouts) or "print" (all text in ``size_pt``).
        size_pt: text size in print, in points.

    Raises:
        WorkshopError: with the fix, for a chart that cannot be read in that box: too many series, too many or
            too long names, numbers that no axis can show.
    """
    if not chart.series or all(v is None for series in chart.series for v in series.values):
        refuse(chart, "there is nothing to draw", "give it at least one value")
    return _KINDS[chart.kind](chart, canvas(width_pt, height_pt, colors, medium, size_pt))
