"""A resolved chart drawn on paper, as SVG or PNG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from workshop.charts.kind import BUILT_IN, Kinds
from workshop.charts.paint import painted
from workshop.charts.paper import Face, Paper
from workshop.charts.resolved import ResolvedChart

POINTS_PER_MM = 72 / 25.4


def draw_svg(
    resolved: ResolvedChart,
    *,
    width_mm: float,
    height_mm: float,
    colors: Mapping[str, str],
    font: str = "",
    font_files: Sequence[Path] = (),
    kinds: Kinds = BUILT_IN,
) -> bytes:
    """Draw a chart as SVG with its words as text; the same chart gives the same bytes.

    Args:
        resolved: resolved for a box of the same proportions.
        width_mm, height_mm: size of the drawing; a chart resolved for another size is scaled to the width.
        colors: role -> six hex digits.
        font, font_files: the family and its files, for measuring; they are also needed where the drawing is shown.
        kinds: the kinds of chart that exist.
    """
    face = Face(font, tuple(font_files))
    return _drawn(resolved, kinds, (width_mm, height_mm), colors, face).save("svg")


def draw_png(
    resolved: ResolvedChart,
    *,
    width_mm: float,
    height_mm: float,
    colors: Mapping[str, str],
    font: str = "",
    font_files: Sequence[Path] = (),
    kinds: Kinds = BUILT_IN,
) -> bytes:
    """Draw a chart as PNG at 200 dots per inch; arguments as in ``draw_svg``."""
    face = Face(font, tuple(font_files))
    return _drawn(resolved, kinds, (width_mm, height_mm), colors, face).save("png")


def _drawn(
    resolved: ResolvedChart,
    kinds: Kinds,
    size_mm: tuple[float, float],
    colors: Mapping[str, str],
    face: Face,
) -> Paper:
    width, height = resolved.size
    scale = size_mm[0] * POINTS_PER_MM / width
    tall = size_mm[1] * POINTS_PER_MM / scale
    return painted(resolved, kinds.get(resolved.chart.kind), Paper(width, max(height, tall), colors, face, scale))
