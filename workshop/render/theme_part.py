"""The theme part of an Office file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop.model.theme import Theme

if TYPE_CHECKING:
    pass
from workshop.render.office_xml import Element, el

# The theme part: the design's colours in Office's twelve slots, its fonts, and plain fills without effects.
LIGHT_SLOTS = {
    "dk1": "ink",
    "lt1": "bg",
    "dk2": "muted",
    "lt2": "panel",
    "accent1": "accent",
    "accent2": "c2",
    "accent3": "c3",
    "accent4": "stop",
    "accent5": "c5",
    "accent6": "open",
    "hlink": "accent",
    "folHlink": "muted",
}
# dk1 is the dark colour in both themes; the master's colour map swaps background and ink
DARK_SLOTS = LIGHT_SLOTS | {"dk1": "bg", "lt1": "ink", "dk2": "panel", "lt2": "muted"}


def theme_xml(theme: Theme) -> Element:
    """Return ``a:theme``."""
    slots = DARK_SLOTS if theme.dark else LIGHT_SLOTS
    hexes = {slot: theme.colors[role].upper() for slot, role in slots.items()}
    hexes["hlink"] = theme.colors.get("link", hexes["hlink"]).upper()
    colors = [el(f"a:{slot}", el("a:srgbClr", val=digits)) for slot, digits in hexes.items()]
    return el(
        "a:theme",
        el(
            "a:themeElements",
            el("a:clrScheme", *colors, name=theme.name),
            el(
                "a:fontScheme",
                _fonts("a:majorFont", theme.heading or theme.font),
                _fonts("a:minorFont", theme.font),
                name=theme.name,
            ),
            _formats(theme.name),
        ),
        el("a:objectDefaults"),
        el("a:extraClrSchemeLst"),
        name=theme.name,
    )


def _fonts(tag: str, family: str) -> Element:
    return el(tag, el("a:latin", typeface=family), el("a:ea", typeface=""), el("a:cs", typeface=""))


def _formats(name: str) -> Element:
    """Return three flat styles of each kind, which the schema requires."""
    return el(
        "a:fmtScheme",
        el("a:fillStyleLst", *(_flat() for _ in range(3))),
        el("a:lnStyleLst", *(el("a:ln", _flat(), w=width) for width in (9525, 19050, 28575))),
        el("a:effectStyleLst", *(el("a:effectStyle", el("a:effectLst")) for _ in range(3))),
        el("a:bgFillStyleLst", *(_flat() for _ in range(3))),
        name=name,
    )


def _flat() -> Element:
    return el("a:solidFill", el("a:schemeClr", val="phClr"))
