"""Checks of a package's pictures: are they what they are called, and what do they say besides their pixels?"""

from __future__ import annotations

import re
import struct
from collections.abc import Generator, Iterator, Mapping

from workshop.check.package_parts import content_types
from workshop.errors import Report
from workshop.files.package_file import PackageFile

MOST_PIECES = 200_000  # pieces of all pictures together that are looked at
# content type of a picture -> how its bytes begin
_BEGINS: Mapping[str, tuple[bytes, ...]] = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/jpg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/bmp": (b"BM",),
    "image/tiff": (b"II*\0", b"MM\0*"),
    "image/x-emf": (b"\x01\0\0\0", b"\x1f\x8b"),
    "image/x-wmf": (b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0", b"\x02\0\x09\0", b"\x1f\x8b"),
}
_TEXTS = {b"tEXt": "text", b"zTXt": "text", b"iTXt": "text", b"eXIf": "EXIF data of a camera"}
_SEGMENTS = {
    0xFE: ((b"", "a comment"),),
    0xED: ((b"", "names and captions of a photo program (IPTC)"),),
    0xE1: ((b"Exif", "EXIF data of a camera"), (b"http", "data of a photo program (XMP)")),
}
_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")


def check_pictures(package: PackageFile, report: Report) -> None:
    """Report pictures of another format than they are called, and those that say more than they show."""
    steps = iter(range(MOST_PIECES))
    for name, kind in content_types(package).items():
        begins = _BEGINS.get(kind.lower())
        if begins is None or name.startswith("docProps/"):  # a thumbnail of the first slide, made by the program
            continue
        blob = package.blobs[name]
        if not blob.startswith(begins):
            report.warn(f"{name} is not the {kind} that it is called", package.at, "save the picture again in that format", "picture-format")  # fmt: skip
        elif said := ", ".join(dict.fromkeys(_besides(blob, steps))):
            report.warn(f"{name} contains more than its picture: {said}", package.at, "save the picture again without it; EXIF data can name a place", "picture-data")  # fmt: skip


def _besides(blob: bytes, steps: Iterator[int]) -> Iterator[str]:
    """Yield what a PNG or JPEG contains that isn't shown."""
    end = len(blob)
    if blob.startswith(_BEGINS["image/png"]):
        end = yield from _of_png(blob, steps)
    elif blob.startswith(_BEGINS["image/jpeg"]):
        end = yield from _of_jpeg(blob, steps)
    if blob[end:].strip(b"\0"):
        yield "bytes after its end"


def _of_png(blob: bytes, steps: Iterator[int]) -> Generator[str, None, int]:
    place: int = 8
    while place + 12 <= len(blob) and next(steps, None) is not None:
        length, kind = struct.unpack_from(">I4s", blob, place)
        place += 12 + length
        if kind == b"IEND":
            return place
        if kind in _TEXTS:
            yield _TEXTS[kind]
    return len(blob)


def _of_jpeg(blob: bytes, steps: Iterator[int]) -> Generator[str, None, int]:
    place = 2
    while (found := _MARKER.search(blob, place)) and next(steps, None) is not None:
        kind, place = blob[found.end() - 1], found.end()
        if kind == 0xD9:
            return place
        yield from (what for start, what in _SEGMENTS.get(kind, ()) if blob.startswith(start, place + 2))
        place += int.from_bytes(blob[place : place + 2])
    return len(blob)
