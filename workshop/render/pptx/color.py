"""Colour roles as slots of the Office theme, so that another theme or a dark one recolours everything."""

from __future__ import annotations

from workshop.render.pptx.xml import Element, el

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
}
# Tints that follow the theme: (slot, opacity in percent)
TINT = {"rule": ("tx1", 20), "faint": ("tx1", 12), "context": ("tx2", 70)}
# Text in one of these stands on a block of colour, where accent and link colours could not be read
ON_BLOCK = frozenset({"bg", "on_open", "on_accent"})


def color(role: str) -> Element:
    """Return ``a:schemeClr`` for a colour role.

    Raises:
        KeyError: for a role that the design does not have.
    """
    if role in TINT:
        slot, percent = TINT[role]
        return el("a:schemeClr", el("a:alpha", val=percent * 1000), val=slot)
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
