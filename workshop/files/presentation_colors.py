"""The colours of a presentation: slots, steps of lightness, hex digits."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from workshop.files.color_arithmetic import stepped
from workshop.files.package_file import NAMESPACES, Node, whole
from workshop.model.theme import Paint

SLOTS = ("dk1", "lt1", "dk2", "lt2", *(f"accent{k}" for k in range(1, 7)), "hlink", "folHlink")
MAPPED = ("bg1", "tx1", "bg2", "tx2")
STEPS = ("lumMod", "lumOff", "tint", "shade", "satMod")
USUAL = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4", "accent2": "ED7D31",
    "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1",
    "folHlink": "954F72",
}  # fmt: skip
HEX = re.compile("[0-9A-Fa-f]{6}")
NAMED = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "blue": "0000FF", "green": "008000", "gray": "808080"}


class Scheme(Struct, frozen=True):
    """The colours of one master, or of a layout that maps them differently.

    Attributes:
        hexes: slot of the theme part ("dk1" … "folHlink") -> six hex digits.
        mapping: "bg1", "tx1", "bg2", "tx2" and the rest -> slot of the theme part.
    """

    hexes: Mapping[str, str]
    mapping: Mapping[str, str]

    def hex(self, paint: Paint) -> str:
        """Return the six hex digits of a paint; anything that isn't a slot is taken as hex digits."""
        slot = self.mapping.get(paint.slot, paint.slot)
        return stepped(self.hexes.get(slot, slot if HEX.fullmatch(slot) else "000000"), paint.steps)


def scheme_of(theme: Node | None, mapping: Node | None) -> Scheme:
    """Return the scheme of a theme part, or of a layout's override of it, with a ``p:clrMap``."""
    hexes = dict(USUAL)
    colors = theme.find(".//a:clrScheme", NAMESPACES) if theme is not None else None
    for node in colors if colors is not None else ():
        name = str(node.tag).rpartition("}")[2]
        for child in node:
            value = str(child.get("lastClr") or child.get("val") or "")
            if name in hexes and HEX.fullmatch(value):
                hexes[name] = value.upper()
    named = {key: str(mapping.get(key)) for key in (*MAPPED, *SLOTS[4:]) if mapping is not None and mapping.get(key)}
    usual = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
    return Scheme(hexes, {**usual, **named})


def paint_of(fill: Node | None) -> Paint | None:
    """Return the paint of an ``a:solidFill`` or another element with a colour; ``None`` if it has none."""
    for node in fill if fill is not None else ():
        kind = str(node.tag).rpartition("}")[2]
        steps = tuple(
            (name, whole(child, "val", 100_000))
            for child in node
            if (name := str(child.tag).rpartition("}")[2]) in STEPS and child.get("val", "").isdecimal()
        )
        value = str(node.get("lastClr") or node.get("val") or "")
        if kind == "schemeClr":
            return Paint(value, steps)
        if kind in ("srgbClr", "sysClr") and HEX.fullmatch(value):
            return Paint(value.upper(), steps)
        if kind == "prstClr":
            return Paint(NAMED.get(value, "808080"), steps)
    return None
