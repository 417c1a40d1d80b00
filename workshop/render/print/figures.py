"""Charts for paper: the same resolved chart as on the slide, drawn as SVG at its final size."""

from __future__ import annotations

from workshop.model.exhibits import Chart
from workshop.model.theme import Theme
from workshop.render.print.blocks import Draw


def drawer(theme: Theme) -> Draw:
    """Return what draws a chart for ``theme`` as SVG; the drawing library is loaded with the first chart."""

    def draw(chart: Chart, width: float, height: float) -> bytes:
        from workshop.charts.draw import draw_svg

        return draw_svg(chart, theme, width, height)

    return draw
