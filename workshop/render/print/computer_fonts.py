"""Typefaces of this computer, for names in letters that ours don't have."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from workshop.inputs.door import read_bytes
from workshop.render.print.block_data import Galley
from workshop.render.print.print_texts import lacking

SUFFIXES = (".ttf", ".otf", ".ttc")
MOST_BYTES, MOST_FILES = 150_000_000, 5_000  # of a font file, and files that are looked at


class Borrowed(Struct, frozen=True):
    """A font file of this computer, and the code points that it has."""

    path: Path
    covered: frozenset[int]


def folders() -> tuple[Path, ...]:
    """Return the folders in which this system keeps typefaces, the user's own last."""
    home = Path.home()
    if sys.platform == "win32":
        own = Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft" / "Windows" / "Fonts"
        return Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", own
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"
    own = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "fonts"
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts", own


def borrowed_for(text: str) -> Borrowed | None:
    """Return a typeface of this computer with all letters of a text that ours lack; ``None`` if none is needed, or none has them."""
    return _with_all(lacking(text))


@cache
def _with_all(letters: frozenset[str]) -> Borrowed | None:
    needed = {ord(letter) for letter in letters}
    return next((face for path in _files() if needed <= (face := _face(path)).covered), None) if needed else None


@cache
def _files() -> tuple[Path, ...]:
    """Return the font files, those with "Regular" in their names before others."""
    found = [path for folder in folders() for path in _below(folder)][:MOST_FILES]
    return tuple(sorted(found, key=lambda path: ("regular" not in path.name.lower(), path.as_posix())))


def _below(folder: Path) -> Iterator[Path]:
    for inside, _, names in os.walk(folder):
        yield from (Path(inside, name) for name in names if name.lower().endswith(SUFFIXES))


@cache
def _face(path: Path) -> Borrowed:
    """Return what a font file has; nothing if it can't be read."""
    import uharfbuzz

    try:
        face = uharfbuzz.Face(uharfbuzz.Blob(read_bytes(path, MOST_BYTES)))
        return Borrowed(path, frozenset(face.unicodes))
    except Exception:  # noqa: BLE001 - a damaged file of the system is no reason to stop: another one is looked at
        return Borrowed(path, frozenset())


def borrow(galley: Galley, names: Iterable[str]) -> None:
    """Let a document set names in letters that our typefaces lack, in those of this computer that have them."""
    for number, face in enumerate(dict.fromkeys(filter(None, map(borrowed_for, names))), 1):
        galley.files[f"fonts/borrowed-{number}{face.path.suffix}"] = read_bytes(face.path, MOST_BYTES)
        galley.texts.covered |= face.covered
