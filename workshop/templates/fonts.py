"""Font files for measuring a template's typefaces: their own if they are given, else Arimo with a margin."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from workshop.errors import At, Problem, Severity
from workshop.fonts import ARIMO

CAPITALS = " in capitals"
CAPITALS_WIDER = 1.22
USUAL_PITCH = 1.2
# Typeface -> (width of English text relative to Arial, at least 1; line height relative to its size), rounded up
KNOWN: Mapping[str, tuple[float, float]] = {
    "arial": (1.0, 1.2), "helvetica": (1.0, 1.2), "helvetica neue": (1.0, 1.2), "liberation sans": (1.0, 1.2),
    "calibri": (1.0, 1.22), "calibri light": (1.0, 1.22), "carlito": (1.0, 1.22), "cambria": (1.0, 1.2),
    "times new roman": (1.0, 1.2), "georgia": (1.0, 1.2), "garamond": (1.0, 1.2), "aptos": (1.02, 1.28),
    "aptos display": (1.0, 1.28), "segoe ui": (1.02, 1.33), "tahoma": (1.0, 1.21), "verdana": (1.18, 1.22),
    "trebuchet ms": (1.0, 1.2), "century gothic": (1.1, 1.2), "franklin gothic book": (1.0, 1.2),
    "gill sans mt": (1.0, 1.2), "corbel": (1.0, 1.22), "candara": (1.0, 1.22), "open sans": (1.06, 1.37),
    "roboto": (1.0, 1.2), "lato": (1.0, 1.2), "montserrat": (1.16, 1.22), "poppins": (1.13, 1.5),
    "noto sans": (1.06, 1.37), "inter": (1.06, 1.22), "raleway": (1.05, 1.2), "source sans pro": (1.0, 1.26),
    "dejavu sans": (1.16, 1.2), "ibm plex sans": (1.02, 1.3),
}  # fmt: skip
UNKNOWN = (1.08, 1.28)


class Faces(Struct, frozen=True):
    """Fonts and factors for measuring text.

    Attributes:
        files: (family, bold) -> file.
        scale: family -> how much wider its text is than with the file.
        pitch: family -> line height relative to its size.
    """

    files: Mapping[tuple[str, bool], Path]
    scale: Mapping[str, float]
    pitch: Mapping[str, float]

    def line(self, family: str, percent: int) -> int:
        """Return the actual line pitch of this typeface, in percent of 1.2 x size; it is never less than asked for."""
        return round(percent * max(1.0, self.pitch.get(family, UNKNOWN[1]) / USUAL_PITCH))


def faces(families: tuple[str, ...], given: Mapping[tuple[str, bool], Path]) -> Faces:
    """Return the fonts and factors for measuring some families.

    Args:
        families: their names in the template.
        given: (family, bold) -> file from the user.
    """
    files: dict[tuple[str, bool], Path] = {}
    scale: dict[str, float] = {}
    pitch: dict[str, float] = {}
    named = {(family.lower(), bold): path for (family, bold), path in given.items()}
    for family in families:
        own = named.get((family.lower(), False)) or named.get((family.lower(), True))
        wide, high = KNOWN.get(family.lower(), UNKNOWN)
        for bold in (False, True):
            files[family, bold] = named.get((family.lower(), bold)) or own or ARIMO
        scale[family] = 1.0 if own else wide
        pitch[family] = _pitch(own) if own else high
        for capitals in (False, True):
            files[family + CAPITALS, capitals] = files[family, capitals]
        scale[family + CAPITALS], pitch[family + CAPITALS] = scale[family] * CAPITALS_WIDER, pitch[family]
    return Faces(files, scale, pitch)


def _pitch(path: Path) -> float:
    import uharfbuzz as hb

    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
    extents = font.get_font_extents("ltr")
    return float((extents.ascender - extents.descender + extents.line_gap) / font.face.upem)


def advice(families: tuple[str, ...], given: Mapping[tuple[str, bool], Path], at: At) -> tuple[Problem, ...]:
    """Return one piece of advice if any typeface is measured with another one's file."""
    known = {family.lower() for family, _ in given} | {"arial", "liberation sans", "helvetica"}
    missing = [family for family in families if family.lower() not in known]
    if not missing:
        return ()
    return (
        Problem(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} measured with Arimo, with room to spare",
            at,
            hint=f'--font-file "{missing[0]}=FILE.ttf" measures it exactly',
            code="font",
            severity=Severity.ADVICE,
        ),
    )
