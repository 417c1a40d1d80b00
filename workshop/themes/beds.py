"""Beds, the default deck theme: everything is a square-cornered block, like a garden bed.

Evergreen stands for what is known, marigold for what is open, vermilion only for what is blocked or wrong. Series that
are side by side in a chart (accent and c2, c2 and c5, c5 and c3, accent and the grey of context) have a contrast of 3:1,
so that they stay distinct when printed in grey.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workshop.fonts import ARIMO
from workshop.layouts.grid import HEIGHT, WIDTH
from workshop.layouts.own import own_layouts
from workshop.model.theme import Theme

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "bg": "FFFFFF",
        "ink": "10211C",
        "muted": "4D5B56",
        "panel": "EDF3F0",
        "accent": "0B5144",
        "c2": "CA8510",
        "c3": "266DBB",
        "stop": "A62C18",
        "c5": "3A0932",
        "open": "F6B92F",
    }
)
DARK: Mapping[str, str] = MappingProxyType(
    {
        "bg": "0E1B17",
        "ink": "F1F5F3",
        "muted": "9AA9A2",
        "panel": "1D2F29",
        "accent": "7DE3C4",
        "c2": "A46700",
        "c3": "3873CC",
        "stop": "F4622A",
        "c5": "E7C8E8",
        "open": "F6B92F",
    }
)


def light() -> Theme:
    """Return the theme for a bright room."""
    return _theme("Beds light", LIGHT, dark=False)


def dark() -> Theme:
    """Return the same layouts on a dark background."""
    return _theme("Beds dark", DARK, dark=True)


def _theme(name: str, colors: Mapping[str, str], *, dark: bool) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        colors=dict(colors),
        font="Arial",
        mono="Courier New",
        measure_fonts={("Arial", False): ARIMO, ("Arial", True): ARIMO},
        width=WIDTH,
        height=HEIGHT,
        layouts=own_layouts(),
    )
