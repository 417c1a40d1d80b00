"""Changes the numbers of a native chart as a user's script would, with python-pptx."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.series import XySeries


def edit(chart: Any, change: Callable[[float], float]) -> None:
    """Replace every number of a chart's series, those along x of a scatter chart included."""
    every = [series for plot in chart.plots for series in plot.series]
    if isinstance(every[0], XySeries):
        points = XyChartData()
        for series in every:
            added = points.add_series(series.name)
            for x, y in zip(_across(series), series.values, strict=True):
                added.add_data_point(change(x), None if y is None else change(y))
        chart.replace_data(points)
        return
    data = CategoryChartData()
    data.categories = [str(name) for name in chart.plots[0].categories]
    for series in every:
        data.add_series(series.name, [None if y is None else change(y) for y in series.values])
    chart.replace_data(data)


def _across(series: XySeries) -> list[float]:
    return [float(v.text) for v in series._element.xpath("./c:xVal//c:pt/c:v")]
