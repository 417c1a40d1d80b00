"""SVG pictures drawn as pixels."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from workshop import limits
from workshop.inputs.apart import ApartError, apart

if TYPE_CHECKING:
    pass


# SVG to PNG with Typst, in a separate process.
POINTS, DOTS = 960, 144  # the longer side: 1,920 pixels stay sharp on a projector
SOURCE = '#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("picture.svg", {}: {}pt)\n'
# Neither Arial nor the machine's typefaces are used: Arimo is as wide as Arial, and the same everywhere
_FAMILY = re.compile(rb"(font-family\s*[:=]\s*[\"']?)([^;\"'<>]+)")
_MONO = re.compile(rb"mono|courier|consolas|menlo", re.IGNORECASE)
SANS, MONO = b"Arimo", b"DejaVu Sans Mono"  # the second comes with Typst


class DrawingError(ValueError):
    """An SVG that Typst can't draw, or not in time."""


@lru_cache(maxsize=128)
def drawn(svg: bytes, fonts: tuple[str, ...], *, upright: bool) -> bytes:
    """Return an SVG as PNG.

    Args:
        svg: only what can be seen; see ``bare``.
        fonts: folders of typefaces for its text.
        upright: whether it is taller than wide.

    Raises:
        DrawingError: if it can't be drawn.
    """
    source = SOURCE.format("height" if upright else "width", POINTS)
    own = _FAMILY.sub(lambda m: m[1] + (MONO if _MONO.search(m[2]) else SANS), svg)
    if b"font-family" not in own:
        own = own.replace(b"<svg ", b'<svg font-family="%s" ' % SANS, 1)
    try:
        seconds, memory = limits.VECTOR_SECONDS, limits.VECTOR_MEMORY
        return apart(
            "workshop.inputs.vector_pictures:draw", own, seconds=seconds, memory=memory, source=source, fonts=fonts
        )
    except ApartError as error:
        why = f"can't be drawn: {error}" if str(error) else "takes too long, or too much memory, to draw"
        raise DrawingError(f"this SVG {why}") from error


def draw(svg: bytes, source: str, fonts: list[str]) -> bytes:
    """Return Typst's drawing of a source that shows ``picture.svg``."""
    import typst

    files: Any = {"main.typ": source.encode(), "picture.svg": svg}
    try:
        png = typst.compile(files, format="png", ppi=DOTS, font_paths=list(fonts), ignore_system_fonts=True)
    except RuntimeError as error:
        raise ApartError(str(getattr(error, "message", error)).partition("\n")[0][:200]) from error
    return png if isinstance(png, bytes) else png[0]
