"""Colours of shapes, as slots of the theme or as digits."""

from __future__ import annotations

from workshop.model.theme import TINT
from workshop.render.office_xml import Element, el

# Colour roles as slots of the Office theme, so that a different theme recolours everything.
SLOT = {
    "bg": "bg1",
    "ink": "tx1",
    "panel": "bg2",
    "muted": "tx2",
    "accent": "accent1",
    "c2": "accent2",
    "c3": "accent3",
    "stop": "accent4",
    "c5": "accent5",
    "open": "accent6",
    "on_open": "dk1",
    "on_accent": "bg1",
    "field": "accent1",
    "on_field": "lt1",
    "block": "tx1",
    "link": "hlink",
}
AREA, CHART = "/area", "/chart"  # suffixes of roles: areas need less contrast than text
MARKED = frozenset({"on_accent", "field", "block"})


def color(role: str) -> Element:
    """Return ``a:schemeClr`` for a colour role.

    Raises:
        KeyError: for a role that the design doesn't have.
    """
    if role in MARKED:  # shares its slot with another role: an opacity of 100% distinguishes them
        return el("a:schemeClr", el("a:alpha", val=100_000), val=SLOT[role])
    if role in TINT:
        of, percent = TINT[role]
        return el("a:schemeClr", el("a:alpha", val=percent * 1000), val=SLOT[of])
    return el("a:schemeClr", val=SLOT[role])


def fill(role: str) -> Element:
    """Return ``a:solidFill`` of a role, or ``a:noFill`` for ""."""
    return el("a:solidFill", color(role)) if role else el("a:noFill")


def line(role: str, points: float = 1, dash: str = "", arrow: bool = False) -> Element:
    """Return ``a:ln``; no line for the role ""."""
    if not role:
        return el("a:ln", el("a:noFill"))
    return el(
        "a:ln",
        fill(role),
        el("a:prstDash", val=dash) if dash else None,
        el("a:tailEnd", type="triangle", w="lg", len="med") if arrow else None,
        w=round(points * 12700),
    )


def highlight(dark: bool) -> Element:
    """Return ``a:highlight``: marigold behind ink, darker in a dark theme so that light ink can be read on it."""
    share = el("a:lumMod", val=50_000) if dark else None
    return el("a:highlight", el("a:schemeClr", share, val="accent6"))
