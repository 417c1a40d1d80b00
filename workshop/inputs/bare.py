"""Pictures with only what belongs to them: pixels, palette, colour profile, size and animation.

Camera, artist, place, comments and bytes after the end are left out; the pixels stay as they were packed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

ABOUT = "data about camera, place, author or program"
AFTER = "bytes behind the end"
_PNG = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP pHYs bKGD acTL fcTL fdAT".split())
_MARKER = re.compile(rb"\xff++([\x01-\xcf\xd8-\xfe])")  # not one inside packed data
_FRAME = frozenset([*range(0xC0, 0xD0), *range(0xDA, 0xE0)]) - {0xD8}  # what a JPEG's decoder reads
_MARKS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}  # segments that say how its pixels look
_SCAN, _END, _ALONE = 0xDA, 0xD9, (0x01, 0xD8)
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
Piece = tuple[bytes, str]  # bytes, and what they are if they are left out


def bare(blob: bytes, kind: str) -> tuple[bytes, tuple[str, ...]]:
    """Return a picture without anything else, and what was left out.

    Args:
        kind: "PNG", "JPEG", "GIF", "WMF" or "EMF".

    Raises:
        ValueError: if its parts can't be told apart.
    """
    kept, left_out = bytearray(), set()
    for piece, what in pieces_of(blob, kind):  # there can be millions
        if not what:
            kept += piece
        elif piece:
            left_out.add(what)
    return bytes(kept), tuple(sorted(left_out))


def pieces_of(blob: bytes, kind: str) -> Iterator[Piece]:
    """Yield the pieces of a picture in their order; arguments and errors as for ``bare``."""
    try:
        yield from _READERS[kind](blob)
    except IndexError as error:
        raise ValueError("its parts don't add up") from error


def _of_png(blob: bytes) -> Iterator[Piece]:
    yield blob[:8], ""
    at, name = 8, b""
    while name != b"IEND":
        name, end = blob[at + 4 : at + 8], at + 12 + int.from_bytes(blob[at : at + 4])
        if end > len(blob):
            raise IndexError
        yield blob[at:end], "" if name in _PNG else ABOUT
        at = end
    yield blob[at:], AFTER


def _of_jpeg(blob: bytes) -> Iterator[Piece]:
    yield blob[:2], ""
    at, packed = 2, False
    while found := _MARKER.search(blob, at):
        mark, start = found[1][0], found.end()
        yield blob[at : found.start()], "" if packed else AFTER
        at = start if mark in (*_ALONE, _END) else start + int.from_bytes(blob[start : start + 2])
        segment, packed = b"\xff" + blob[start - 1 : at], mark == _SCAN
        if mark == _END:
            break
        if mark == 0xE0 and segment[4:9] == _MARKS[mark]:
            segment = b"\xff\xe0\0\x10" + segment[4:16] + b"\0\0"  # without its small picture
        yield segment, "" if mark in _FRAME or segment[4:].startswith(_MARKS.get(mark, b"?")) else ABOUT
    else:
        yield blob[at:], "" if packed else AFTER
        at = len(blob)
    yield b"\xff\xd9", ""
    yield blob[at:], AFTER


def _of_gif(blob: bytes) -> Iterator[Piece]:
    at = 13 + _table(blob[10])
    yield blob[:at], ""
    while (mark := blob[at]) != 0x3B:
        end = at + 2 if mark == 0x21 else at + 11 + _table(blob[at + 9]) if mark == 0x2C else at + 1
        kept = mark == 0x2C or (mark == 0x21 and (blob[at + 1] == 0xF9 or blob[at + 3 : at + 14] in _LOOPS))
        if mark in (0x21, 0x2C):
            while blob[end]:
                end += 1 + blob[end]
            end += 1
        yield blob[at:end], "" if kept else ABOUT
        at = end
    yield b";", ""
    yield blob[at + 1 :], AFTER


def _of_emf(blob: bytes) -> Iterator[Piece]:
    end, letters, start = (int.from_bytes(blob[k : k + 4], "little") for k in (48, 60, 64))
    if blob[40:44] != b" EMF" or start > end:
        raise IndexError
    told = slice(start, start + 2 * letters)
    yield blob[: told.start], ""
    yield blob[told], ABOUT
    yield bytes(len(blob[told])), ""
    yield blob[told.stop : end], ""
    yield blob[end:], AFTER


def _of_wmf(blob: bytes) -> Iterator[Piece]:
    head = 22 if blob.startswith(b"\xd7\xcd\xc6\x9a") else 0
    end = head + 2 * int.from_bytes(blob[head + 6 : head + 10], "little")
    if end < head + 18:
        raise IndexError
    yield blob[:end], ""
    yield blob[end:], AFTER


def _table(flags: int) -> int:
    """Return the number of bytes in a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


_READERS: Mapping[str, Callable[[bytes], Iterator[Piece]]] = {
    "PNG": _of_png,
    "JPEG": _of_jpeg,
    "GIF": _of_gif,
    "WMF": _of_wmf,
    "EMF": _of_emf,
}
