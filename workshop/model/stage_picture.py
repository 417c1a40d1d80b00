"""Stage pictures: outlines in the colours of a theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from msgspec import Struct

# Pictures of stages as display lists: flat outlines in order, each in one of seven inks, for deck, SVG and paper.
COVER = "cover"  # the name of the picture that fills the cover; any other is that of a section
# The meaning of each ink; the colour is chosen where it is drawn, since it depends on the background
FIGURE, SOFT, GROUND, OPEN, MARK, BED, PLANT = INKS = ("figure", "soft", "ground", "open", "mark", "bed", "plant")
CODE = "code"  # the ground of a QR code, which is light in every theme
Command = tuple[str, tuple[float, ...]]


class Outline(Struct, frozen=True):
    """A closed area, or with ``width`` a stroke with square ends.

    Attributes:
        ink: one of ``INKS``.
        path: "M" (x, y), "L" (x, y), "C" (x1, y1, x2, y2, x, y), "Z" (), in units of the picture's box, y downwards.
        width: width of the stroke, in the same units; 0 for an area.
    """

    ink: str
    path: tuple[Command, ...]
    width: float = 0


class StagePicture(Struct, frozen=True, kw_only=True):
    """A picture of a section, or of the cover.

    Attributes:
        name: id of its section, or "cover".
        alt: the alternative text.
        width, height: size of its box, in units.
        outlines: outlines from the lowest to the highest.
    """

    name: str
    alt: str
    width: float
    height: float
    outlines: tuple[Outline, ...]

    def runs(self) -> Iterator[tuple[str, float, tuple[Outline, ...]]]:
        """Yield the ink, stroke width and outlines of neighbours that look the same and can be drawn as one shape."""
        for (ink, width), same in groupby(self.outlines, key=lambda outline: (outline.ink, outline.width)):
            yield ink, width, tuple(same)


_ON_BG = {
    FIGURE: "accent", SOFT: "context", GROUND: "bg", OPEN: "open", MARK: "on_open", BED: "field", PLANT: "accent"
}  # fmt: skip
_ON_FIELD = {
    FIGURE: "on_field", SOFT: "field_soft", GROUND: "field", OPEN: "open", MARK: "on_open", BED: "on_field",
    PLANT: "on_field",
}  # fmt: skip
# Colour role of the background -> ink -> colour role
ROLES: Mapping[str, Mapping[str, str]] = {
    "bg": _ON_BG,
    "panel": _ON_BG | {GROUND: "panel"},
    "field": _ON_FIELD,
    "open": dict.fromkeys(INKS, "on_open") | {SOFT: "open_soft", GROUND: "open", OPEN: "on_field"},
    CODE: dict.fromkeys(INKS, "on_open"),
}
