"""The only way to files: what a name refers to inside a kit, and the bytes of a regular file of limited size.

Nothing here opens a pipe, a device or a folder as a file, follows a link out of a kit, or reads beyond a limit.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from workshop import limits
from workshop.errors import did_you_mean
from workshop.limits import megabytes

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISDIR, "it is a folder"),
    (stat.S_ISFIFO, "it is a pipe"),
    (stat.S_ISSOCK, "it is a socket"),
    (stat.S_ISCHR, "it is a device"),
    (stat.S_ISBLK, "it is a device"),
)


class RefusedError(OSError):
    """A file that isn't read; ``strerror`` says why, in a clause, and ``hint`` what to do."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(0, reason)
        self.hint = hint


class TooLargeError(RefusedError):
    """A file over its limit."""


def open_regular(path: Path, most: int) -> BinaryIO:
    """Return a regular file opened for reading.

    Args:
        most: largest size in bytes.

    Raises:
        RefusedError: if it is anything but a regular file; TooLargeError, a subclass, if it is larger.
        OSError: if it can't be opened.
    """
    try:
        # Open without blocking: a pipe that nobody writes to would otherwise block forever
        handle = os.open(path, _FLAGS)
    except ValueError as error:  # a NUL in the name
        raise RefusedError("no file can have this name") from error
    except OSError as error:
        if odd := _odd(path):
            raise RefusedError(odd) from error
        raise
    found = os.fstat(handle)
    odd = _kind(found.st_mode)
    if odd or found.st_size > most:
        os.close(handle)
        raise RefusedError(odd, "name a regular file") if odd else _too_large(found.st_size, most)
    return os.fdopen(handle, "rb")


def read_bytes(path: Path, most: int) -> bytes:
    """Return the bytes of a regular file; arguments and errors as for ``open_regular``."""
    with open_regular(path, most) as stream:
        content = stream.read(most + 1)
    if len(content) > most:  # it grew, or didn't report its size
        raise _too_large(len(content), most)
    return content


def _too_large(size: int, most: int) -> TooLargeError:
    return TooLargeError(f"it has {megabytes(size)}; the limit is {megabytes(most)}")


def read_text(path: Path, most: int) -> str:
    """Return the text of a regular file in UTF-8, without a byte order mark.

    Raises:
        RefusedError: as for ``open_regular``, or if it isn't UTF-8.
        OSError: if it can't be read.
    """
    try:
        return read_bytes(path, most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(f"it isn't text in UTF-8 (byte {error.start})", "save it as UTF-8") from error


def _odd(path: Path) -> str:
    """Say what a path is if it can't be opened as a file, or return "" if that isn't the reason."""
    try:
        return _kind(path.stat().st_mode)
    except (OSError, ValueError):
        return ""


def _kind(mode: int) -> str:
    return next((what for is_kind, what in _KINDS if is_kind(mode)), "")


def find_inside(
    name: str, folders: Sequence[Path], root: Path | None, whose: str = "the kit"
) -> Path | tuple[str, str]:
    """Look for a file or folder ``name`` in ``folders``.

    Args:
        root: folder that it must be in, after following links; ``None`` if it may be anywhere.
        whose: what ``root`` is called in a message.

    Returns:
        Its path, or a message and a hint that say why not.
    """
    leaves = False
    for folder in folders:
        path = Path(os.path.normpath(folder / name))
        try:
            if not path.exists():
                leaves = leaves or (root is not None and not _whole(path).is_relative_to(_whole(root)))
                continue
            if not (path.is_file() or path.is_dir()):
                return f"{shortened(name)} isn't a regular file", "put a copy of the file itself there"
            if root is None or path.resolve().is_relative_to(root.resolve()):
                return path
        except (OSError, ValueError, RuntimeError):  # a name too long, a NUL, a link to itself
            continue
        leaves = True
    if leaves:
        return f"{shortened(name)} is outside of {whose}", f"copy it into {whose}"
    return f"there is no file {shortened(name)}", nearest(Path(os.path.normpath(folders[0] / name)))


def _whole(root: Path) -> Path:
    return Path(os.path.normpath(root.absolute()))


def shortened(name: str) -> str:
    """Return a name in quotation marks, cut if it is long."""
    return repr(name if len(name) < 80 else name[:77] + "…")


def beside(path: Path) -> list[str]:
    """Return the names in the folder of a path, for a hint, without hidden ones; none if they can't be listed."""
    try:
        return sorted(entry.name for entry in path.parent.iterdir() if entry.name[0] != ".")
    except (OSError, ValueError):
        return []


def nearest(path: Path) -> str:
    """Return a hint for a path where nothing is: what has its ending or its name beside it, or where to put it."""
    folder = "this folder" if path.parent == Path() else path.parent.as_posix()
    if not path.parent.is_dir():
        return f"the folder {folder} is missing, too: make it and put {path.name} there, or write where the file is"
    alike = [
        name
        for name in beside(path)
        if path.suffix.lower() == Path(name).suffix.lower() or path.stem == Path(name).stem
    ]
    return did_you_mean(path.name, alike) or f"put it into {folder}, or write where it is"


# Font files to measure text with: regular files of limited size that begin like a font.
_MAGIC = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")


def font_fault(path: Path) -> str:
    """Return why a file can't be used as a font for measuring, or "" if it can."""
    try:
        head = read_bytes(path, limits.FONT_BYTES)[:4]
    except OSError as error:
        return error.strerror or "it can't be opened"
    return "" if head in _MAGIC else "it isn't a TrueType or OpenType font"
