"""Font files to measure text with: regular files of limited size that begin like a font."""

from __future__ import annotations

from pathlib import Path

from workshop import limits
from workshop.inputs.door import read_bytes

_MAGIC = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")


def font_fault(path: Path) -> str:
    """Return why a file can't be used as a font for measuring, or "" if it can."""
    try:
        head = read_bytes(path, limits.FONT_BYTES)[:4]
    except OSError as error:
        return error.strerror or "it can't be opened"
    return "" if head in _MAGIC else "it isn't a TrueType or OpenType font"
