"""Drawings as SVG, for paper and for white grounds."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from workshop.model.stage_picture import GROUND, INKS, OPEN, SOFT, Outline, StagePicture

# Pictures of stages as SVG, for paper and other uses.
EDGE = 3.0  # units by which the edge of open areas extends beyond them


def on_paper(ink: str, paper: str, soft: str) -> Mapping[str, str]:
    """Return the inks for one colour on another.

    On paper, open areas are white with an edge around them, since the reader is to fill them.

    Args:
        ink: colour of the drawing.
        paper: colour of the background.
        soft: colour of less important parts.
    """
    return dict.fromkeys(INKS, ink) | {SOFT: soft, GROUND: paper, OPEN: paper}


def on_white(picture: StagePicture, ink: str = "#000000") -> str:
    """Return a picture as SVG in one ink on white paper."""
    return svg(picture, on_paper(ink, "#ffffff", soft="#9e9e9e"), edge=ink)


def svg(picture: StagePicture, inks: Mapping[str, str], edge: str = "") -> str:
    """Return a picture as SVG.

    Args:
        picture: the picture.
        inks: colour of each ink.
        edge: colour of an edge around open areas; "" for none.
    """
    parts = []
    for ink, width, outlines in picture.runs():
        data = "".join(f"<path d='{_path_data(outline)}'/>" for outline in outlines)
        if ink == OPEN and edge and not width:  # below the areas, so that touching ones merge
            parts.append(f"<g fill='{edge}' stroke='{edge}' stroke-width='{2 * EDGE:g}'>{data}</g>")
        look = f"fill='none' stroke='{inks[ink]}' stroke-width='{width:g}'" if width else f"fill='{inks[ink]}'"
        parts.append(f"<g {look}>{data}</g>")
    box = f"viewBox='0 0 {picture.width:g} {picture.height:g}'"
    title = f"<title>{escape(picture.alt)}</title>"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {box} role='img'>{title}{''.join(parts)}</svg>"


def _path_data(outline: Outline) -> str:
    return " ".join(
        " ".join((letter, *(f"{round(value, 3):g}" for value in numbers))) for letter, numbers in outline.path
    )
