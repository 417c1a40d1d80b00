"""Charts for paper: resolved as for the slide, drawn as SVG at their final size."""

from __future__ import annotations

from workshop.model.exhibits import Chart
from workshop.model.theme import Theme
from workshop.render.print.blocks import Draw
from workshop.render.print.fonts import TEXT_FACE, chart_font_files
from workshop.render.print.palette import chart_colors

POINTS_PER_MM = 72 / 25.4
TEXT_SIZE = 10.0


def drawer(theme: Theme) -> Draw:
    """Return what draws a chart of a width and height in mm as SVG; the drawing library is loaded with the first one."""
    colors = chart_colors(theme)

    def draw(chart: Chart, width: float, height: float) -> bytes:
        from workshop.charts.draw import draw_svg
        from workshop.charts.resolve import resolve_chart

        resolved = resolve_chart(
            chart,
            width_pt=width * POINTS_PER_MM,
            height_pt=height * POINTS_PER_MM,
            colors=colors,
            medium="print",
            size_pt=TEXT_SIZE,
        )
        return draw_svg(
            resolved, width_mm=width, height_mm=height, colors=colors, font=TEXT_FACE, font_files=chart_font_files()
        )

    return draw
