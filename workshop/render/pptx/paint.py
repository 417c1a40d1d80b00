"""The colours of our roles in a finished package, replaced by a theme's or a template's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workshop.model.theme import Paint
from workshop.render.pptx.package import CHART_TYPE, SLIDE_TYPE, Package, Part
from workshop.render.pptx.shapes import recolor


def painted(package: Package) -> Iterator[Part]:
    """Yield the slides and charts."""
    return (part for part in package.parts() if part.kind in (SLIDE_TYPE, CHART_TYPE))


def repaint(package: Package, paints: Mapping[str, Paint]) -> None:
    """Replace the colours of our roles on all slides and charts."""
    for part in painted(package):
        recolor(part.root, paints, chart=part.kind == CHART_TYPE)
