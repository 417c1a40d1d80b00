"""The colours of a presentation (slots, steps of lightness, hex digits), and their contrast."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping

from msgspec import Struct

from workshop.files.package_file import NAMESPACES, Node, whole
from workshop.model.theme import Box, Paint

# ---------------------------------------------------------------- colors
RGB = tuple[float, float, float]
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


# ---------------------------------------------------------------- arithmetic
def rgb(hexed: str) -> RGB:
    """Return red, green and blue from 0 to 1."""
    r, g, b = (int(hexed[k : k + 2], 16) / 255 for k in (0, 2, 4))
    return (r, g, b)


def hexed(color: RGB) -> str:
    """Return six hex digits."""
    return "".join(f"{round(255 * min(1.0, max(0.0, c))):02X}" for c in color)


def stepped(color: str, steps: tuple[tuple[str, int], ...]) -> str:
    """Return a colour after its steps, computed in HSL as Office does.

    >>> stepped("FFFFFF", (("lumMod", 95000),))
    'F2F2F2'
    """
    r, g, b = rgb(color)
    for name, value in steps:
        share = value / 100_000
        if name == "tint":
            r, g, b = (c * share + 1 - share for c in (r, g, b))
        elif name == "shade":
            r, g, b = (c * share for c in (r, g, b))
        else:
            h, lightness, s = colorsys.rgb_to_hls(r, g, b)
            if name == "lumMod":
                lightness *= share
            elif name == "lumOff":
                lightness += share
            elif name == "satMod":
                s *= share
            r, g, b = colorsys.hls_to_rgb(h, min(1.0, max(0.0, lightness)), min(1.0, s))
    return hexed((r, g, b))


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG 2, 0 to 1."""
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(color))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio of WCAG 2.

    >>> contrast("000000", "FFFFFF")
    21.0
    """
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def hue(color: str) -> tuple[float, float]:
    """Return hue in degrees and saturation 0 to 1 (of the HSV cone, so that greys have none)."""
    h, s, _ = colorsys.rgb_to_hsv(*rgb(color))
    return h * 360, s


def apart(a: str, b: str) -> float:
    """Return the visual difference between two colours: ΔE of CIE 1976."""
    return float(sum((x - y) ** 2 for x, y in zip(_lab(a), _lab(b), strict=True)) ** 0.5)


def _lab(color: str) -> tuple[float, float, float]:
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(color))
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


# ---------------------------------------------------------------- places
# Where the shapes of a presentation are, inside their groups as well.
# Two scales and two shifts in EMU, from a group's coordinates to the slide's
Frame = tuple[float, float, float, float]
SLIDE: Frame = (1.0, 1.0, 0.0, 0.0)


def box_of(shape: Node) -> Box | None:
    """Return a shape's own box in EMU, in the coordinates of what it is in; ``None`` without a place and a size of its own."""
    form = shape.find("p:spPr/a:xfrm", NAMESPACES)
    if form is None:
        return None
    start, size = form.find("a:off", NAMESPACES), form.find("a:ext", NAMESPACES)
    if start is None or size is None:
        return None
    return Box(whole(start, "x"), whole(start, "y"), whole(size, "cx"), whole(size, "cy"))


def moved(box: Box, frame: Frame) -> Box:
    """Return a box in the coordinates of the slide.

    >>> moved(Box(10, 10, 20, 20), (0.5, 2.0, 100, 0))
    Box(x=105, y=20, w=10, h=40)
    """
    sx, sy, dx, dy = frame
    return Box(round(box.x * sx + dx), round(box.y * sy + dy), round(box.w * sx), round(box.h * sy))


def inside(group: Node, frame: Frame) -> Frame:
    """Return the frame of what is in a group; that of the group itself if it doesn't say how they differ."""
    form = group.find("p:grpSpPr/a:xfrm", NAMESPACES)
    names = ("off", "ext", "chOff", "chExt")
    off, ext, start, size = (form.find(f"a:{name}", NAMESPACES) if form is not None else None for name in names)
    if off is None or ext is None or start is None or size is None:
        return frame
    sx, sy = whole(ext, "cx") / (whole(size, "cx") or 1), whole(ext, "cy") / (whole(size, "cy") or 1)
    dx, dy = whole(off, "x") - whole(start, "x") * sx, whole(off, "y") - whole(start, "y") * sy
    return frame[0] * sx, frame[1] * sy, frame[0] * dx + frame[2], frame[1] * dy + frame[3]
