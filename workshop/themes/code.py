"""The colours of code in a theme: those of its palette that can be read on panels and on the background."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from workshop.files.presentation import contrast, stepped
from workshop.model.blocks import COMMENT, DEFINED, KEYWORD, NUMBER, STRING
from workshop.model.theme import Theme

LEAST, STRONG = 4.5, 7.0  # contrast of text; in a theme whose quiet text has that much, too
# Class of characters -> the colour roles to choose from, the best one first
ROLES: Mapping[bytes, tuple[str, ...]] = {
    KEYWORD: ("accent",),
    COMMENT: ("muted",),
    STRING: ("c3", "open", "c2", "stop"),
    NUMBER: ("stop", "c2", "open"),
    DEFINED: ("c5", "c2", "open"),
}


def with_code(theme: Theme) -> Theme:
    """Return a theme with a colour role for each class of code; none where no colour has enough contrast."""
    colors = dict(theme.colors)
    own = {"accent1": colors["accent"]}
    colors |= {r: stepped(own[p.slot], p.steps) for r, p in theme.paints.items() if r in colors and p.slot in own}

    def reading(role: str) -> float:
        return min(contrast(colors[role], colors[ground]) for ground in ("bg", "panel"))

    least = STRONG if reading("muted") >= STRONG else LEAST
    found: dict[bytes, str] = {}
    for kind, roles in ROLES.items():
        used = {colors[role] for role in (*found.values(), "ink")}
        read = [role for role in roles if reading(role) >= least]
        free = [role for role in read if colors[role] not in used]
        if read:
            found[kind] = (free or read)[0]
    return replace(theme, code=found)
