"""The only way to pictures: they are inspected before anything opens them, and decoded by the format of their bytes.

Unless told which format to expect, Pillow tries every one it knows, and one of those starts another program. Nothing else
in this project opens a picture.
"""

from __future__ import annotations

import base64
import io
import re
import struct
import warnings
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from workshop import limits
from workshop.fonts import ARIMO, FIRA_SANS
from workshop.inputs.bare import ABOUT, bare
from workshop.inputs.door import read_bytes
from workshop.inputs.inside import RefusedError

if TYPE_CHECKING:
    from PIL.Image import Image
from workshop.inputs.vector_pictures import DrawingError, drawn

PNG, JPEG, GIF, WEBP, SVG = "PNG", "JPEG", "GIF", "WEBP", "SVG"
KINDS = (PNG, JPEG, GIF, WEBP, SVG)
WMF, EMF, BMP, TIFF = OLD = ("WMF", "EMF", "BMP", "TIFF")  # which only a template may have
REPACKED = (WEBP, BMP, TIFF)  # these become PNG
MEDIA = {
    PNG: ("png", "image/png"),
    JPEG: ("jpg", "image/jpeg"),
    GIF: ("gif", "image/gif"),
    SVG: ("svg", "image/svg+xml"),
    WMF: ("wmf", "image/x-wmf"),
    EMF: ("emf", "image/x-emf"),
}
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"\xd7\xcd\xc6\x9a", WMF),
    (b"\x01\x00\x09\x00", WMF),
    (b"\x01\x00\x00\x00", EMF),
    (b"BM", BMP),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_PNG_HEAD = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"  # width and height follow
_TOLD = ("exif", "xmp")
_ORIENTATION = 0x0112  # the tag in a camera's data
USUAL_SCANS = 10  # scans of a JPEG that take as long to read as a picture without
WRITTEN = 3  # how many readings writing a picture is worth
_BOX = 4  # Pillow's number for the mean of all pixels that a pixel stands for
_SCAN = b"\xff\xda"  # marker that begins a scan of a JPEG; never inside compressed data


class PictureError(ValueError):
    """A file that can't be shown; ``hint`` says what to do, ``pixels`` and ``steps`` how much work it was to find out.

    ``code`` is that of the problem: "too-large" if all pictures together are.
    """

    def __init__(
        self,
        reason: str,
        hint: str = "save it again as PNG",
        pixels: int = 0,
        steps: int = 0,
        *,
        code: str = "picture",
    ) -> None:
        super().__init__(reason)
        self.reason, self.hint, self.pixels, self.steps, self.code = reason, hint, pixels, steps, code


class Picture(Struct, frozen=True, kw_only=True):
    """A picture that may go into a deck.

    Attributes:
        kind: one of ``KINDS`` or ``OLD`` but none of ``REPACKED``, which become PNG, since some versions of PowerPoint don't show them.
        blob: its bytes, with nothing but what can be seen, upright.
        width, height: in pixels; of an SVG, in its own units.
        dropped: what was taken out of an SVG, for a warning.
        left_out: what else was in the file: ``ABOUT`` and ``AFTER`` of ``workshop.inputs.bare``.
        bitmap: only for an SVG: the same picture as PNG, for paper and older programs.
        pixels: as often as they are read: once for ten scans of a JPEG, and what is written anew counts four times.
        steps: the work of drawing an SVG.
        grey: a small grey copy, if one was asked for.
    """

    kind: str
    blob: bytes
    width: int
    height: int
    dropped: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    bitmap: bytes = b""
    pixels: int = 0
    steps: int = 0
    grey: bytes = b""

    @property
    def suffix(self) -> str:
        """File name ending without a dot."""
        return MEDIA[self.kind][0]

    @property
    def media_type(self) -> str:
        """Content type in a package."""
        return MEDIA[self.kind][1]

    def opened(self, *, whole: bool = True) -> Image:
        """Return the picture decoded by Pillow, or only its header; not for an SVG."""
        return _decoded(self.blob, self.kind, whole=whole)


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
    return checked_picture(blob, kinds, again=again or known(blob))


def checked_picture(blob: bytes, kinds: Collection[str] = KINDS, *, again: bool = False) -> Picture:
    """Return a picture given as bytes; arguments and errors as for ``read_picture``."""
    kind = kind_of(blob)
    if kind not in kinds:
        raise PictureError(f"it isn't {_listed(kinds)}", "save it as PNG")
    if kind == SVG:
        return _vector(blob)
    if kind in (WMF, EMF):
        bared, left_out = _bare(blob, kind)
        return Picture(kind=kind, blob=bared, width=0, height=0, left_out=left_out)
    known = _decoded_png(blob) if again and blob.startswith(_PNG_HEAD) else None
    return known or _bitmap(blob, kind, again=again)


def grey_copy(picture: Picture, side: int) -> bytes:
    """Return a square copy of a photo in greys, row by row, each as light as the colours that it stands for.

    Lightness is the relative luminance of WCAG 2.2, so that contrast can be computed from it. Nothing is returned for a
    picture that isn't a photo, or can't be read any more.
    """
    if picture.kind == SVG:
        return b""
    try:
        image = picture.opened(whole=False)
        image.draft("RGB", (4 * side, 4 * side))  # a JPEG is read in an eighth of its size, which is fast
        colors = image.convert("RGB").resize((side, side), _BOX).tobytes()
    except (PictureError, OSError, ValueError):
        return b""
    linear = [((k / 255 + 0.055) / 1.055) ** 2.4 if k > 10 else k / 255 / 12.92 for k in range(256)]
    greys = [
        0.2126 * linear[colors[k]] + 0.7152 * linear[colors[k + 1]] + 0.0722 * linear[colors[k + 2]]
        for k in range(0, len(colors), 3)
    ]
    return bytes(round(255 * (1.055 * one ** (1 / 2.4) - 0.055 if one > 0.0031308 else 12.92 * one)) for one in greys)


def _bare(blob: bytes, kind: str) -> tuple[bytes, tuple[str, ...]]:
    try:
        return bare(blob, kind)
    except ValueError:
        raise PictureError("it is damaged") from None


def kind_of(blob: bytes) -> str:
    """Return the one of ``KINDS`` or ``OLD`` that these bytes are, or ""."""
    for magic, kind in _MAGIC:
        if blob.startswith(magic):
            return kind
    if blob.startswith(b"RIFF") and blob[8:12] == b"WEBP":
        return WEBP
    head = blob[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return SVG if head.startswith(b"<") and b"<svg" in head else ""


def _listed(kinds: Collection[str]) -> str:
    *most, last = ("WebP" if kind == WEBP else kind for kind in kinds)
    return f"{', '.join(most)} or {last}" if most else last


def _bitmap(blob: bytes, kind: str, *, again: bool) -> Picture:
    scans = blob.count(_SCAN) if kind == JPEG else 0
    if scans > limits.PICTURE_SCANS:
        raise PictureError(f"it has more than {limits.PICTURE_SCANS}, which would take too long to draw")
    image = _decoded(blob, kind, whole=not again or kind in REPACKED)
    if kind in REPACKED:
        bared, left_out = b"", tuple({ABOUT for told in _TOLD if told in image.info})
        image = image if image.mode in ("RGB", "RGBA") else image.convert("RGBA")
    else:
        bared, left_out = _bare(blob, kind)
    turned, times = _upright(image) if left_out else None, max(1, scans // USUAL_SCANS)
    if turned is not None or kind in REPACKED:
        times += WRITTEN
        kind = PNG if kind in REPACKED else kind
        bared = _packed(turned or image, kind, image.info.get("icc_profile"))
    width, height = (turned or image).size
    return Picture(kind=kind, blob=bared, width=width, height=height, left_out=left_out, pixels=times * width * height)


def _upright(image: Image) -> Image | None:
    """Return a picture turned as its camera says; ``None`` if it is upright."""
    from PIL import ImageOps

    try:
        if image.getexif().get(_ORIENTATION, 1) == 1:
            return None
        image.load()
        return ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, struct.error):
        return None  # what it says about itself is damaged, its pixels aren't


def _packed(image: Image, kind: str, profile: bytes | None) -> bytes:
    """Return a picture packed anew, with its colour profile; a JPEG loses next to nothing."""
    out = io.BytesIO()
    if kind == JPEG:
        image.save(out, JPEG, quality=95, subsampling=0, icc_profile=profile)
    else:
        image.save(out, PNG, icc_profile=profile)
    return bare(out.getvalue(), kind)[0]


def _decoded_png(blob: bytes) -> Picture | None:
    """Return a PNG that Pillow has decoded before, without importing Pillow; ``None`` if it may have to be turned."""
    width, height = int.from_bytes(blob[16:20]), int.from_bytes(blob[20:24])
    _check_pixels(width * height, PNG)
    bared, left_out = _bare(blob, PNG)
    size = width * height
    return None if left_out else Picture(kind=PNG, blob=bared, width=width, height=height, pixels=size)


def _decoded(blob: bytes, kind: str, *, whole: bool = True) -> Image:
    from PIL import Image, UnidentifiedImageError

    image = None
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
        raise PictureError("it is damaged", pixels=image.width * image.height if image else 0) from None
    return image


def _check_pixels(pixels: int, kind: str) -> None:
    most = limits.WEBP_PIXELS if kind in REPACKED else limits.PICTURE_PIXELS
    if pixels > most:
        why = f"it has {pixels:,} pixels; the limit is {most}"
        raise PictureError(why, "save it smaller: 2,000 pixels across are enough for a slide")


def _vector(blob: bytes) -> Picture:
    from workshop.inputs.bare import VectorError, clean_vector

    left_out: list[str] = []
    pixels = 0

    def inner(content: bytes) -> str:
        nonlocal pixels
        try:
            found = checked_picture(content, (PNG, JPEG))
        except PictureError:
            return ""
        pixels += found.pixels
        if pixels > limits.PICTURE_PIXELS:
            raise VectorError(f"this SVG shows pictures of more than {limits.PICTURE_PIXELS}")
        left_out.extend(found.left_out)
        return f"data:{found.media_type};base64,{base64.b64encode(found.blob).decode()}"

    try:
        drawing = clean_vector(blob, inner)
        png = drawn(drawing.blob, (str(ARIMO.parent), str(FIRA_SANS)), upright=drawing.height > drawing.width)
    except (VectorError, DrawingError) as error:
        steps = limits.ALL_VECTORS // 2 + 1 if isinstance(error, DrawingError) else 0
        raise PictureError(str(error), pixels=pixels, steps=steps) from error
    return Picture(
        kind=SVG,
        blob=drawing.blob,
        width=drawing.width,
        height=drawing.height,
        dropped=drawing.dropped,
        left_out=tuple(dict.fromkeys(left_out)),
        bitmap=png,
        pixels=pixels,
        steps=min(drawing.steps, limits.ALL_VECTORS // 2 + 1),
    )
