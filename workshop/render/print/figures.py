"""Charts for paper: resolved as for the slide, drawn as SVG at their final size."""

from __future__ import annotations

from workshop.model.exhibits import Chart
from workshop.model.theme import Theme
from workshop.render.print.blocks import Draw
from workshop.render.print.fonts import READING_FACE, TEXT_FACE, chart_font_files, reading_font_files
from workshop.render.print.palette import chart_colors

POINTS_PER_MM = 72 / 25.4
SIZES = {"standard": 10.0, "large": 16.0, "dyslexia": 12.5}  # points
AREAS = {"standard": (160.0, 62.0), "large": (170.0, 105.0), "dyslexia": (145.0, 72.0)}  # mm; never scaled afterwards


def drawer(theme: Theme, profile: str = "standard") -> Draw:
    """Return what draws a chart of a width and height in mm as SVG; the drawing library is loaded with the first one."""
    colors = chart_colors(theme)
    face, files = (TEXT_FACE, chart_font_files()) if profile == "standard" else (READING_FACE, reading_font_files())

    def draw(chart: Chart, width: float, height: float) -> bytes:
        from workshop.charts.draw import draw_svg
        from workshop.charts.resolve import resolve_chart

        resolved = resolve_chart(
            chart,
            width_pt=width * POINTS_PER_MM,
            height_pt=height * POINTS_PER_MM,
            colors=colors,
            medium="print",
            size_pt=SIZES[profile],
        )
        return draw_svg(resolved, width_mm=width, height_mm=height, colors=colors, font=face, font_files=files)

    return draw
