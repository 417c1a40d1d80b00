"""The only way to pictures: they are inspected before anything opens them, and decoded by the format of their bytes.

Unless told which format to expect, Pillow tries every one it knows, and one of those starts another program. Nothing else
in this project opens a picture.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from workshop import limits
from workshop.fonts import ARIMO, FIRA_SANS
from workshop.inputs.door import RefusedError, read_bytes
from workshop.model.records import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

PNG, JPEG, GIF, WEBP, SVG = "PNG", "JPEG", "GIF", "WEBP", "SVG"
KINDS = (PNG, JPEG, GIF, WEBP, SVG)
MEDIA = {
    PNG: ("png", "image/png"),
    JPEG: ("jpg", "image/jpeg"),
    GIF: ("gif", "image/gif"),
    SVG: ("svg", "image/svg+xml"),
}
_MAGIC = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"GIF87a", GIF), (b"GIF89a", GIF))
_PNG_HEAD = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"  # width and height follow
_SCAN = b"\xff\xda"  # marker that begins a scan of a JPEG; never inside compressed data


class PictureError(ValueError):
    """A file that can't be shown; ``hint`` says what to do."""

    def __init__(self, reason: str, hint: str = "save it again as PNG") -> None:
        super().__init__(reason)
        self.reason, self.hint = reason, hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that may go into a deck.

    Attributes:
        kind: one of ``KINDS`` except WEBP, which becomes PNG, since older versions of PowerPoint don't show it.
        blob: its bytes; of an SVG, only what can be seen.
        width, height: in pixels; of an SVG, in its own units.
        dropped: what was taken out of an SVG, for a warning.
        bitmap: only for an SVG: the same picture as PNG, for paper and older programs.
    """

    kind: str
    blob: bytes
    width: int
    height: int
    dropped: tuple[str, ...] = ()
    bitmap: bytes = b""

    @property
    def suffix(self) -> str:
        """File name ending without a dot."""
        return MEDIA[self.kind][0]

    @property
    def media_type(self) -> str:
        """Content type in a package."""
        return MEDIA[self.kind][1]

    def opened(self) -> Image:
        """Return the picture decoded by Pillow; not for an SVG."""
        return _decoded(self.blob, self.kind)


def read_picture(
    path: Path,
    kinds: Collection[str] = KINDS,
    most: int = limits.PICTURE_BYTES,
    *,
    again: bool = False,
    known: Callable[[bytes], bool] = lambda _: False,
) -> Picture:
    """Return a picture file after decoding it once.

    Args:
        kinds: formats that are accepted.
        most: largest size in bytes.
        again: whether the file was decoded before, so that reading its header is enough.
        known: tells the same from the bytes of the file.

    Raises:
        PictureError: for anything that isn't a whole picture of one of ``kinds`` within the limits, or can't be read.
    """
    try:
        blob = read_bytes(path, most)
    except RefusedError as error:
        hint = error.hint or "save it smaller: 2,000 pixels across are enough for a slide"
        raise PictureError(str(error.strerror), hint) from error
    except OSError as error:
        raise PictureError(error.strerror or "it can't be opened") from error
    again = again or known(blob)
    if again and PNG in kinds and blob.startswith(_PNG_HEAD):
        return _decoded_png(blob)
    return checked_picture(blob, kinds, again=again)


def checked_picture(blob: bytes, kinds: Collection[str] = KINDS, *, again: bool = False) -> Picture:
    """Return a picture given as bytes; arguments and errors as for ``read_picture``."""
    kind = kind_of(blob)
    if kind not in kinds:
        raise PictureError(f"it isn't {_listed(kinds)}", "save it as PNG")
    return _vector(blob) if kind == SVG else _bitmap(blob, kind, again=again)


def kind_of(blob: bytes) -> str:
    """Return the one of ``KINDS`` that these bytes are, or ""."""
    for magic, kind in _MAGIC:
        if blob.startswith(magic):
            return kind
    if blob.startswith(b"RIFF") and blob[8:12] == b"WEBP":
        return WEBP
    head = blob[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return SVG if head.startswith(b"<") and b"<svg" in head else ""


def _is_bitmap(blob: bytes) -> bool:
    """Whether bytes are a PNG or JPEG that may be shown."""
    kind = kind_of(blob)
    try:
        return kind in (PNG, JPEG) and bool(_bitmap(blob, kind))
    except PictureError:
        return False


def _listed(kinds: Collection[str]) -> str:
    *most, last = ("WebP" if kind == WEBP else kind for kind in kinds)
    return f"{', '.join(most)} or {last}" if most else last


def _bitmap(blob: bytes, kind: str, *, again: bool = False) -> Picture:
    if kind == JPEG and blob.count(_SCAN) > limits.PICTURE_SCANS:
        raise PictureError(f"it has more than {limits.PICTURE_SCANS}, which would take too long to draw")
    image = _decoded(blob, kind, whole=not again)
    width, height = image.size
    if kind == WEBP:
        out = io.BytesIO()
        (image if image.mode in ("RGB", "RGBA") else image.convert("RGBA")).save(out, PNG)
        kind, blob = PNG, out.getvalue()
    return Picture(kind=kind, blob=blob, width=width, height=height)


def _decoded_png(blob: bytes) -> Picture:
    """Return a PNG that Pillow has decoded before, so that it needn't be imported to read two numbers."""
    width, height = int.from_bytes(blob[16:20]), int.from_bytes(blob[20:24])
    _check_pixels(width * height, PNG)
    return Picture(kind=PNG, blob=blob, width=width, height=height)


def _decoded(blob: bytes, kind: str, *, whole: bool = True) -> Image:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(blob), formats=(kind,))
            _check_pixels(image.width * image.height, kind)
            if whole:
                image.load()  # a truncated picture has a size as well
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        _check_pixels(int(re.sub(r"\D.*", "", str(error).partition("(")[2]) or 0), kind)
        raise PictureError("it has too many pixels") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, ArithmeticError, LookupError):
        raise PictureError("it is damaged") from None
    return image


def _check_pixels(pixels: int, kind: str) -> None:
    most = limits.WEBP_PIXELS if kind == WEBP else limits.PICTURE_PIXELS
    if pixels > most:
        why = f"it has {pixels:,} pixels; the limit is {most}"
        raise PictureError(why, "save it smaller: 2,000 pixels across are enough for a slide")


def _vector(blob: bytes) -> Picture:
    from workshop.inputs.drawing import DrawingError, drawn
    from workshop.inputs.vector import VectorError, clean_vector

    try:
        drawing = clean_vector(blob, _is_bitmap)
        png = drawn(drawing.blob, (str(ARIMO.parent), str(FIRA_SANS)), upright=drawing.height > drawing.width)
    except (VectorError, DrawingError) as error:
        raise PictureError(str(error)) from error
    return Picture(
        kind=SVG, blob=drawing.blob, width=drawing.width, height=drawing.height, dropped=drawing.dropped, bitmap=png
    )
