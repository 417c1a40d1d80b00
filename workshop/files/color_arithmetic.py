"""Arithmetic of colours: lightness, steps and contrast."""

from __future__ import annotations

import colorsys

RGB = tuple[float, float, float]


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
