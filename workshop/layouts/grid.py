"""The grid of the Beds theme: twelve columns on a slide of 13.333 x 7.5 inches. All lengths are EMU."""

from __future__ import annotations

from workshop.model.theme import Box, inches

WIDTH, HEIGHT = 12_192_000, 6_858_000
MARGIN = 609_600
GUTTER = 182_880
PITCH = 929_640  # a column and its gutter

TITLE_TOP = inches(0.5)
BODY_TOP = inches(1.92)
BODY_END = inches(6.32)
PANEL_WIDTH = inches(3.0)
PANEL_END = inches(6.66)
HANG = inches(0.14)  # a table's text is on the grid; its rules extend beyond by this much


def column(n: float) -> int:
    """Return the left edge of column ``n``, the first being 0.

    >>> column(12) - GUTTER == WIDTH - MARGIN
    True
    """
    return round(MARGIN + PITCH * n)


def span(k: float) -> int:
    """Return the width of ``k`` columns with the gutters between them."""
    return round(PITCH * k - GUTTER)


def upto(x: int, y: int, w: int, end: int) -> Box:
    """Return a rectangle whose lower edge is ``end`` from the slide's top."""
    return Box(x, y, w, end - y)


def field(top: int, end: int) -> Box:
    """Return a square at the right margin, for a share drawn as squares."""
    return Box(WIDTH - MARGIN - (end - top), top, end - top, end - top)


TURN_X, TURN_WIDTH = column(3), span(9)  # beside the marigold panel
HALF = span(5) + inches(0.4)  # width of one of two columns
