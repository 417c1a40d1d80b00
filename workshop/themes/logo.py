"""A logo: a picture file that is looked at before anything is made of it, and its place in our own layouts."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

from workshop.errors import At, ExitCode, Problem, WorkshopError, did_you_mean
from workshop.model.theme import Box, Logo, Theme, inches

BOTTOM = Box(inches(11.75), inches(6.71), inches(0.92), inches(0.32))  # over the slide's number
TOP = Box(inches(11.83), inches(0.5), inches(0.84), inches(0.5))
COVER = Box(inches(10.27), inches(5.3), inches(2.4), inches(0.85))  # over the lowest beds
MOST_BYTES = 5 << 20
MOST_PIXELS = 25_000_000  # a few kilobytes can unpack to gigabytes
NARROWEST = 15  # times as long as it is high: anything beyond is a line


def read_logo(path: Path) -> tuple[int, int]:
    """Return width and height of a picture that can be a logo.

    Raises:
        WorkshopError: one sentence for a file that is missing, too large, damaged or neither PNG nor JPEG.
    """
    at = At(path.as_posix())
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refused(f"it has more than {MOST_BYTES >> 20} MB", at, "save it smaller, 1,000 pixels wide")
        blob = path.read_bytes()
    except FileNotFoundError as error:
        near = sorted(p.name for p in path.parent.iterdir()) if path.parent.is_dir() else []
        problem = Problem(f"there is no picture {path.as_posix()}", hint=did_you_mean(path.name, near), code="logo")
        raise WorkshopError(problem, ExitCode.USAGE) from error
    except OSError as error:
        raise _refused(error.strerror or "it cannot be opened", at, "give a PNG or JPEG") from error
    size = pixels(blob)
    if size is None:
        raise _refused("it is neither PNG nor JPEG", at, "save it as PNG")
    if size[0] * size[1] > MOST_PIXELS:
        raise _refused(f"it has {size[0]:,} by {size[1]:,} pixels", at, "save it smaller, 1,000 pixels wide")
    if max(size) > NARROWEST * min(size):
        raise _refused(f"its {size[0]:,} by {size[1]:,} pixels are a line", at, "give the whole logo")
    if not _unpacks(path):
        raise _refused("it is damaged", at, "save it again as PNG")
    return size


def _refused(reason: str, at: At, hint: str) -> WorkshopError:
    return WorkshopError(Problem(f"this file cannot be a logo: {reason}", at, hint=hint, code="logo"), ExitCode.USAGE)


def _unpacks(path: Path) -> bool:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path, formats=("PNG", "JPEG")) as image:
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def with_logo(theme: Theme, path: Path, size: tuple[int, int], *, corner: Box = BOTTOM, alt: str = "") -> Theme:
    """Return a theme of our own with a logo in a corner of every slide, larger on the cover."""
    return replace(
        theme,
        logo=Logo(path, right_aligned(corner, size), alt),
        cover_logo=Logo(path, right_aligned(COVER, size), alt),
    )


def right_aligned(box: Box, size: tuple[int, int]) -> Box:
    """Return the largest box of a picture's proportions at the lower right of ``box``."""
    scale = min(box.w / size[0], box.h / size[1])
    w, h = round(size[0] * scale), round(size[1] * scale)
    return Box(box.right - w, box.bottom - h, w, h)


def pixels(blob: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG or JPEG, or ``None`` for anything else."""
    if blob.startswith(b"\x89PNG\r\n\x1a\n") and len(blob) >= 24:
        width, height = struct.unpack(">II", blob[16:24])
        return (width, height) if width and height else None
    if not blob.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 < len(blob) and blob[at] == 0xFF:
        marker, length = blob[at + 1], struct.unpack(">H", blob[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", blob[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + length
    return None
