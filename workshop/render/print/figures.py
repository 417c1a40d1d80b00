"""Figures of charts on paper."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from workshop.charts.kind import BUILT_IN, Kinds
from workshop.files.memo import Memo, code_digest, digest
from workshop.fonts import fingerprint
from workshop.layout.laid import LaidOut
from workshop.model.exhibits import Chart
from workshop.model.theme import Theme
from workshop.render.print.block_data import Draw, Galley
from workshop.render.print.paper_colors import chart_colors
from workshop.render.print.print_fonts import READING_FACE, TEXT_FACE, chart_font_files, reading_font_files

# Charts for paper, resolved as for slides and drawn as SVG at their final size; and the galley of a document with them.
POINTS_PER_MM = 72 / 25.4
FIGURES = Memo(".figure", bytes, bytes)
SIZES = {"standard": 10.0, "large": 16.0, "dyslexia": 12.5}  # points
AREAS = {"standard": (160.0, 62.0), "large": (170.0, 105.0), "dyslexia": (145.0, 72.0)}  # mm; never scaled afterwards


def galley_for(laid: LaidOut, *, key: bool = False, profile: str = "standard") -> Galley:
    """Return an empty galley for a document of a deck; ``key`` shows answers."""
    kit = laid.kit
    draw = drawer(laid.theme, profile, laid.kinds, laid.kept)
    return Galley(
        language=kit.language,
        draw=draw,
        key=key,
        hints=kit.printing.hints,
        seed=kit.seed,
        area=AREAS[profile],
        kinds=laid.kinds,
        here=kit.here,
    )


def drawer(theme: Theme, profile: str = "standard", kinds: Kinds = BUILT_IN, cache: Path | None = None) -> Draw:
    """Return a function that draws a chart, with a width and height in mm, as SVG; the first one loads the drawing library.

    Args:
        cache: folder in which drawings are kept, under a digest of all that they depend on.
    """
    colors = chart_colors(theme)
    face, files = (TEXT_FACE, chart_font_files()) if profile == "standard" else (READING_FACE, reading_font_files())

    def draw(chart: Chart, width: float, height: float) -> bytes:
        from workshop.charts.figure import Face, figure, saved
        from workshop.charts.kind import resolve_chart

        resolved = resolve_chart(
            chart,
            width_pt=width * POINTS_PER_MM,
            height_pt=height * POINTS_PER_MM,
            colors=colors,
            medium="print",
            size_pt=SIZES[profile],
            kinds=kinds,
        )
        return saved(figure(resolved, colors, Face(face, *files), kinds), "svg")

    def kept(chart: Chart, width: float, height: float) -> bytes:
        if cache is None or chart.kind not in BUILT_IN.names:  # the code of a plugin's kind isn't in the digest
            return draw(chart, width, height)
        made_by = (code_digest("charts", "wording"), version("matplotlib"), fingerprint())
        name = digest(repr(chart), width, height, profile, sorted(colors.items()), made_by)
        return FIGURES.once(cache, name, lambda: draw(chart, width, height))

    return kept
