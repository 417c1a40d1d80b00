"""The surface that the steps of a chart draw on: matplotlib's figure on paper, or SVG on a slide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from workshop.charts.geometry import Point, Rect


class Surface(Protocol):
    """Lines, bars, marks and words by colour role; lengths are in points, and y grows downwards.

    A higher ``order`` is in front; bars have 1.5, marks 4 and words 5.
    """

    def line(self, points: Sequence[Point], role: str, weight: float, dash: str = "", *, order: float = 2) -> None:
        """Draw a line through points; ``dash`` is a name of DrawingML's dashes, or ""."""

    def mark(self, at: Point, symbol: str, size: float, role: str, *, hollow: bool = False) -> None:
        """Draw a "circle", "square", "triangle", "diamond" or "none" of ``size`` points across."""

    def bar(self, rect: Rect, pattern: str, role: str) -> None:
        """Draw a bar, solid for "", else with one of DrawingML's patterns or as a tint."""

    def words(self, text: str, box: Rect, size: float, role: str, *, bold: bool = False, align: str = "center") -> None:
        """Set text in an estimated box, line by line."""
