"""The colours of a theme for white paper."""

from __future__ import annotations

from workshop.model.theme import Theme

# The theme's colours for white paper, whatever the deck's background.
RGB = tuple[float, float, float]
# Contrast with white of a dark theme's chart colours: deep and pale alternate; captions, for the grey of context
LEVELS = {"accent": 9.4, "c2": 3.05, "c5": 9.4, "c3": 3.05, "stop": 5.6, "muted": 7.1}


def paper_colors(theme: Theme) -> dict[str, str]:
    """Return hex colours by role: ink, accent, muted, line, tint, tint2.

    Text has a contrast of at least 4.5:1 even on the darkest tint; a colour that is too light, as in a dark theme, is
    darkened within its hue.
    """
    ground = _rgb("FFFFFF")
    ink = min((_rgb(theme.colors["ink"]), _rgb(theme.colors["bg"])), key=luminance)
    tint = _mix(ink, ground, 0.07) if theme.dark else _rgb(theme.colors["panel"])
    tint2 = _mix(ink, tint, 0.10)
    return {
        "ink": _hex(ink),
        "accent": _hex(_darkened(_rgb(theme.colors["accent"]), tint2, 4.5)),
        "muted": _hex(_darkened(_rgb(theme.colors["muted"]), tint2, 4.5)),
        "line": _hex(_mix(ink, ground, 0.48)),
        "tint": _hex(tint),
        "tint2": _hex(tint2),
    }


def chart_colors(theme: Theme) -> dict[str, str]:
    """Return the theme's chart colours for a white background, as six hex digits.

    Those of a dark theme keep their hue, at two levels of lightness, so that neighbours have a contrast of 3:1 in grey.
    """
    if not theme.dark:
        return dict(theme.colors)
    paper = {role: color.lstrip("#").upper() for role, color in paper_colors(theme).items()}
    white = _rgb("FFFFFF")
    series = {
        role: _hex(_at_ratio(_rgb(color), LEVELS[role]) if role in LEVELS else _darkened(_rgb(color), white, 3.0))
        for role, color in theme.colors.items()
    }
    found = {role: color.lstrip("#").upper() for role, color in series.items()}
    return found | {"bg": "FFFFFF", "panel": paper["tint"], "ink": paper["ink"]}


def luminance(color: RGB) -> float:
    """Return the relative luminance of WCAG 2, 0 to 1."""
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: RGB, b: RGB) -> float:
    """Return the contrast ratio of WCAG 2, 1 to 21."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def _darkened(color: RGB, ground: RGB, ratio: float) -> RGB:
    black: RGB = (0.0, 0.0, 0.0)
    for share in range(101):
        candidate = _mix(black, color, share / 100)
        if contrast(candidate, ground) >= ratio:
            return candidate
    return black


def _at_ratio(color: RGB, ratio: float) -> RGB:
    """Return a colour of the same hue with a contrast of ``ratio``, or slightly more, with white."""
    white: RGB = (1.0, 1.0, 1.0)
    lighter = [_mix(white, color, share / 200) for share in range(201)]
    readable = [candidate for candidate in lighter if contrast(candidate, white) >= ratio]
    return readable[-1] if readable else _darkened(color, white, ratio)


def _mix(over: RGB, under: RGB, share: float) -> RGB:
    r, g, b = (share * o + (1 - share) * u for o, u in zip(over, under, strict=True))
    return (r, g, b)


def _rgb(hexed: str) -> RGB:
    r, g, b = (int(hexed.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return (r, g, b)


def _hex(color: RGB) -> str:
    return "#" + "".join(f"{round(255 * c):02x}" for c in color)
