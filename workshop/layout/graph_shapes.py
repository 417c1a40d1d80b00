"""Boxes, words and arrows of diagrams in Mermaid: how large their letters are, and arrows along right angles that stay glued."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from workshop.layout.context import one
from workshop.layout.laid import Bend, Shape
from workshop.model.theme import EMU_PER_POINT, Box

LABELS = 0.85  # size of the words at an arrow, of those in a box
LEAST = 12.0
SLACK = 0.8  # of the space beside words in a box, in their size, what they may take
AIR = 1.03  # programs don't agree to a hair how wide a word is
Point = tuple[float, float]


class NotDrawnError(ValueError):
    """Why a diagram is shown as code."""


def small(size: float) -> float:
    """Return the size of the words at an arrow."""
    return max(LEAST, size * LABELS)


def simplified(points: Sequence[Point]) -> list[Point]:
    """Return a way without corners that are none."""
    found: list[Point] = import_module("mermaid2pptx.slide.connectors").simplify(points)
    return found


def placed(origin: tuple[int, int], *area: float) -> Box:
    """Return a rectangle of mermaid2pptx on the slide, given by its place and size in points from ``origin``."""
    x, y, w, h = (round(value * EMU_PER_POINT) for value in area)
    return Box(origin[0] + x, origin[1] + y, w, h)


def box(kind: str, place: Box, lines: Sequence[str], size: float) -> Shape:
    """Return a box with words in its middle."""
    words = tuple(map(one, lines))
    sizes = (size,) * len(words)
    return Shape(kind=kind, box=place, fill="panel", outline="muted", weight=1, lines=words, sizes=sizes, align="ctr")


def label(place: Box, lines: Sequence[str], size: float) -> Shape:
    """Return the words at an arrow, on a ground that parts it."""
    words = tuple(map(one, lines))
    return Shape(kind="rect", box=place, fill="bg", color="muted", lines=words, sizes=(size,) * len(words), align="ctr")


def arrow(
    way: Sequence[Point],
    ends: tuple[int, int],
    sites: tuple[int, int],
    origin: tuple[int, int],
    *,
    line: str,
    head: str,
) -> Shape:
    """Return an arrow along right angles that is glued to two shapes.

    Args:
        way: its corners in points, from ``origin``.
        ends, sites: the shapes in the list of all, and the connection site of each.
        line, head: as mermaid2pptx names them.
    """
    points = simplified(way)
    whole = import_module("mermaid2pptx.slide.connectors").connector_geometry(points)
    path = tuple((origin[0] + round(x * EMU_PER_POINT), origin[1] + round(y * EMU_PER_POINT)) for x, y in points)
    bend = Bend(
        preset=whole["prst"], rotated=whole["rot"], flipped=whole["flipV"], adjusted=tuple(whole["adj"]), path=path,
        sites=sites, pointed=head == "arrow",
    )  # fmt: skip
    area = placed(origin, *(whole[side] for side in "xywh"))
    heavy = 2.25 if line == "thick" else 1.5
    return Shape(kind="elbow", box=area, fill="ink", weight=heavy, dash=line == "dotted", ends=ends, bend=bend)
