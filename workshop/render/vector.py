"""Pictures of stages as SVG, for paper and for whatever else shows it."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from workshop.model.stage_pictures import GROUND, INKS, OPEN, SOFT, Outline, StagePicture

EDGE = 3.0  # units that the edge of what is open reaches beyond it


def on_paper(ink: str, paper: str, soft: str) -> Mapping[str, str]:
    """Return inks for one colour on another.

    On paper what is open is as white as the paper, with an edge around it: white is what is the reader's to fill.

    Args:
        ink: colour of what is drawn.
        paper: of what it is on.
        soft: of what steps back.
    """
    return dict.fromkeys(INKS, ink) | {SOFT: soft, GROUND: paper, OPEN: paper}


def svg(picture: StagePicture, inks: Mapping[str, str], edge: str = "") -> str:
    """Return a picture as SVG.

    Args:
        picture: what to draw.
        inks: colour of each ink.
        edge: colour of an edge around what is open; "" for none.
    """
    parts = []
    for ink, width, outlines in picture.runs():
        data = "".join(f"<path d='{_data(outline)}'/>" for outline in outlines)
        if ink == OPEN and edge and not width:  # under the areas, so that those that touch become one
            parts.append(f"<g fill='{edge}' stroke='{edge}' stroke-width='{2 * EDGE:g}'>{data}</g>")
        look = f"fill='none' stroke='{inks[ink]}' stroke-width='{width:g}'" if width else f"fill='{inks[ink]}'"
        parts.append(f"<g {look}>{data}</g>")
    box = f"viewBox='0 0 {picture.width:g} {picture.height:g}'"
    title = f"<title>{escape(picture.alt)}</title>"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {box} role='img'>{title}{''.join(parts)}</svg>"


def _data(outline: Outline) -> str:
    return " ".join(
        " ".join((letter, *(f"{round(value, 3):g}" for value in numbers))) for letter, numbers in outline.path
    )
