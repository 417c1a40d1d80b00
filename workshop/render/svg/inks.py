"""Inks of pictures of slides: for a screen and for paper."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from workshop.charts.geometry import mixed
from workshop.files.color_arithmetic import contrast, stepped
from workshop.model.theme import FIELDS_ON_DARK, TINT, Theme

# Colour roles as colours of an SVG: on the screen those of the deck, on paper those for a white ground.
Ink = tuple[str, float]  # six hex digits and opacity
CODE, TEXT = (
    "/code",
    4.5,
)  # suffix of the roles of code, which on paper is in ink if its colour is too pale; contrast of text
_OPAQUE = 1.0
_MARK_ON_DARK = (("lumMod", 50_000),)


class Inks(Struct, frozen=True):
    """The colours of one theme.

    Attributes:
        roles: colour role -> colour and opacity; an unknown role is drawn in ink, and "#" with six hex digits is itself.
    """

    roles: Mapping[str, Ink]

    def fill(self, role: str) -> str:
        """Return the attributes of an area or of text; no area for ""."""
        return self._painted("fill", role)

    def stroke(self, role: str) -> str:
        """Return the attributes of a line."""
        return self._painted("stroke", role)

    def solid(self, role: str, ground: str) -> str:
        """Return a colour as it looks on another one: "#" and six hex digits."""
        color, opacity = self._ink(role)
        return "#" + mixed(color, self._ink(ground)[0], opacity)

    def _ink(self, role: str) -> Ink:
        if role.startswith("#"):  # a template's own colour
            return role[1:], _OPAQUE
        return self.roles.get(role) or self.roles.get(role.removesuffix(CODE)) or self.roles["ink"]

    def _painted(self, what: str, role: str) -> str:
        if not role:
            return f'{what}="none"'
        color, opacity = self._ink(role)
        return f'{what}="#{color}"' + (f' {what}-opacity="{opacity:g}"' if opacity < _OPAQUE else "")


def screen_inks(theme: Theme) -> Inks:
    """Return the colours that the deck has."""
    found = _own(theme.colors, dark=theme.dark)
    own = {"accent1": found["accent"][0], "lt1": found["on_field"][0], "dk1": found["on_open"][0]}
    for role, paint in theme.paints.items():
        found[role] = (stepped(own[paint.slot], paint.steps), found.get(role, found["ink"])[1])
    source = theme.template or theme.dress
    if source is None:
        return Inks(found)
    for role, paint in source.paints.items():
        alpha = next((value for step, value in paint.steps if step == "alpha"), 100_000)
        if role in theme.colors:
            found[role] = (theme.colors[role], alpha / 100_000)
    return Inks(found)


def paper_inks(colors: Mapping[str, str]) -> Inks:
    """Return colours for white paper; ``colors`` has the ten roles of a theme, adapted to it."""
    found = _own(colors, dark=False)
    ground = found["panel"][0]
    pale = {role + CODE: found["ink"] for role in colors if contrast(found[role][0], ground) < TEXT}
    return Inks(found | pale)


def _own(given: Mapping[str, str], *, dark: bool) -> dict[str, Ink]:
    """Return all roles as our own theme part defines them: "dk1" is the darker of ink and background."""
    colors = {role: color.lstrip("#") for role, color in given.items()}
    light, deep = ("ink", "bg") if dark else ("bg", "ink")
    found: dict[str, Ink] = {role: (color, _OPAQUE) for role, color in colors.items()}
    found |= {"on_open": found[deep], "on_accent": found["bg"], "on_stop": found["bg"], "on_field": found[light]}
    found |= {"field": found["accent"], "block": found["ink"], "mark": found["open"]}
    found |= {role: (found[of][0], percent / 100) for role, (of, percent) in TINT.items()}
    if dark:
        found["field"] = (stepped(colors["accent"], FIELDS_ON_DARK["field"].steps), _OPAQUE)
        found["block"] = (colors[light], FIELDS_ON_DARK["block"].steps[0][1] / 100_000)
        found["mark"] = (stepped(colors["open"], _MARK_ON_DARK), _OPAQUE)
    return found
