"""Drawing slides for a browser, with the typefaces that the layout measured them in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workshop.errors import At
from workshop.fonts import ARIMO
from workshop.inputs.pictures import PictureError, read_picture
from workshop.layout.laid import LaidOut
from workshop.layout.measure import Ruler
from workshop.model.theme import Box, Theme
from workshop.render.formulas import Drawings
from workshop.render.svg.grounds import Grounds
from workshop.render.svg.inks import screen_inks
from workshop.render.svg.pen import Pen
from workshop.render.xml import clean
from workshop.wording.messages import is_rtl

TEXT = "Arimo"  # has Arial's widths
MONO = "'Liberation Mono', 'Courier New', 'DejaVu Sans Mono', monospace"


def screen_pen(laid: LaidOut, blob: Callable[[bytes, str], str]) -> Pen:
    """Return the means of drawing a deck in its own colours.

    Args:
        blob: bytes of a picture and their media type -> the address under which the browser finds it.
    """

    def picture(path: Path, _at: At, _box: Box) -> str:
        try:
            found = read_picture(path, again=True)
        except PictureError:  # reported by the build
            return ""
        return blob(found.blob, found.media_type)

    inks = screen_inks(laid.theme)
    return Pen(
        ruler=Ruler(laid.theme),
        inks=inks,
        drawings=Drawings(laid, lambda role: inks.solid(role, "bg")),
        picture=picture,
        blob=blob,
        clean=lambda words, _at: clean(words),
        grounds=Grounds(laid.theme.template.package) if laid.theme.template is not None else None,
        rtl=is_rtl(laid.kit.language),
        faces=lambda family: _faces(laid.theme, family),
    )


def font_files(theme: Theme) -> dict[tuple[str, bool], Path]:
    """Return the font files that a page needs, by family and boldness: Arimo, and those that the user gave."""
    own = {key: path for key, path in theme.measure_fonts.items() if path != ARIMO}
    return {(TEXT, False): ARIMO, **own}


def _faces(theme: Theme, family: str) -> str:
    """Return the list of typefaces for one of the deck's, its own first."""
    if family == "mono":
        return MONO
    if family == "symbols":
        return f"{TEXT}, sans-serif"
    own = family.removesuffix(" in capitals")
    given = theme.measure_fonts.get((own, False), ARIMO) != ARIMO
    clean = "".join(c for c in own if c.isalnum() or c in " -_")
    plain = clean in ("", "Arial")
    return f"{TEXT}, sans-serif" if plain else f"'{clean}', {TEXT}, sans-serif" if given or clean else TEXT
