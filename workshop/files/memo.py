"""What is kept from build to build: one file for each thing, under a name that is a digest of all that it depends on.

A file is written whole or not at all, not read if it is damaged, and the oldest go if there are too many. Several builds
may use one cache at the same time. Every file begins with a line with the digest of the rest, by which a file of ours can
be told from any other that lies in the same folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import MsgspecError, Struct

from workshop.files.paths import private_folder, read_own, write_own

T = TypeVar("T")
LOCKS = "locks"
FONTS = "matplotlib"  # the folder of its list of typefaces
MOST_BYTES = 500_000_000  # a whole kit in one language takes about 5 MB
TRIMMED_TO = 0.8  # of the limit, so that not every build has to delete something
LOOK_EVERY = 200  # files written by one process
DAY, HOUR = 86_400, 3_600  # seconds
DAMAGED = (ValueError, TypeError, KeyError, AttributeError, RecursionError, MsgspecError)
PACKAGE = Path(__file__).resolve().parents[1]
SOURCES = (".py", ".yaml", ".typ")
_HEAD = re.compile(rb"[0-9a-f]{64}\n")
_written = 0


class Held(Struct, frozen=True):
    """What is in a cache: the number of our files, and their size in bytes."""

    files: int
    size: int


class Memo(Struct, Generic[T], frozen=True):
    """One sort of thing that is kept; nothing is kept without a folder or a name.

    Attributes:
        ending: the end of the names of its files, such as ".findings".
        read: makes a thing from bytes, as data alone, so that no file can run any code.
        write: makes bytes from a thing; ``TypeError`` or ``ValueError`` means that it can't be kept.
    """

    ending: str
    read: Callable[[bytes], T]
    write: Callable[[T], bytes]

    def once(self, folder: Path | None, name: str, make: Callable[[], T]) -> T:
        """Return what was kept under a name, or else make and keep it."""
        found = self.recall(folder, name)
        if found is None:
            found = make()
            self.keep(folder, name, found)
        return found

    def recall(self, folder: Path | None, name: str) -> T | None:
        """Return what was kept, or ``None`` if it is missing or damaged, or others could have written it."""
        if folder is None or not name:
            return None
        path = self.path(folder, name)
        try:
            digest, _, payload = read_own(path).partition(b"\n")
            if hashlib.sha256(payload).hexdigest().encode() != digest:
                return None
            _used(path)
            return self.read(payload)
        except (OSError, *DAMAGED):
            return None

    def keep(self, folder: Path | None, name: str, thing: T) -> None:
        """Write a thing under a line with the SHA-256 of its bytes; on a full or read-only disk later builds just take longer."""
        global _written  # noqa: PLW0603 - it is per process
        if folder is None or not name:
            return
        with contextlib.suppress(OSError, TypeError, ValueError):
            payload = self.write(thing)
            private_folder(folder)
            write_own(self.path(folder, name), hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload)
            if _written % LOOK_EVERY == 0:
                trim(folder)
            _written += 1

    def path(self, folder: Path, name: str) -> Path:
        """Return the file of a thing."""
        return folder / f"{name}{self.ending}"


def digest(*parts: Any) -> str:
    """Return a name made from all that a thing depends on: bytes, and whatever JSON can represent.

    >>> digest("guide", {"size": 10}) == digest("guide", {"size": 11})
    False
    """
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part if isinstance(part, bytes) else json.dumps(part).encode()).digest())
    return total.hexdigest()[:32]


@cache
def code_digest(*rooms: str) -> str:
    """Return a digest of the source files of some rooms and of all folders in them; a process reads them once.

    Args:
        rooms: names of folders or modules of the package, such as "content" or "errors".
    """
    paths = [PACKAGE / room for room in rooms]
    found = [file for path in paths for file in (sorted(_below(str(path))) if path.is_dir() else [f"{path}.py"])]
    return digest(*(part for file in found for part in (file.removeprefix(str(PACKAGE)), Path(file).read_bytes())))


def trim(folder: Path, most: int = MOST_BYTES) -> None:
    """Delete the files that were not used for the longest time, if all together are larger than ``most`` bytes.

    Another build may be doing the same; a file that it needed is then made again.
    """
    found = sorted(_files(folder))
    size = sum(bytes_ for _, bytes_, _ in found)
    wanted = most * TRIMMED_TO if size > most else size
    for used, bytes_, path in found:
        half = path.suffix == ".new" and used < time.time() - HOUR  # its process was killed
        if (size > wanted or half) and _delete(path):
            size -= bytes_


def held(folder: Path) -> Held:
    """Return how much is in a cache."""
    sizes = [size for _, size, path in _all(folder) if _is_ours(path)]
    return Held(len(sizes), sum(sizes))


def clear(folder: Path) -> Held:
    """Delete whatever we wrote into a cache, and nothing else; return what was deleted."""
    gone = [size for _, size, path in _all(folder) if _is_ours(path) and _delete(path)]
    for below in (*(folder / LOCKS).glob("*"), folder / LOCKS, folder / FONTS):
        with contextlib.suppress(OSError):
            below.rmdir()
    return Held(len(gone), sum(gone))


def _used(path: Path) -> None:
    """Note that a file was used, at most once a day."""
    with contextlib.suppress(OSError):
        if path.stat().st_mtime < time.time() - DAY:
            os.utime(path)


def _all(folder: Path) -> list[tuple[float, int, Path]]:
    return [*_files(folder), *_files(folder / FONTS)]


def _files(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """Yield the time of last use, the size and the path of each regular file in a folder."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        with contextlib.suppress(OSError):
            if entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                yield status.st_mtime, status.st_size, Path(entry.path)


def _is_ours(path: Path) -> bool:
    """Whether we wrote a file: it begins with a digest, or is the list of typefaces."""
    if path.parent.name == FONTS:
        return True
    with contextlib.suppress(OSError), path.open("rb") as file:
        return _HEAD.fullmatch(file.read(65)) is not None
    return False


def _delete(path: Path) -> bool:
    """Delete a file if it is ours; return whether it is gone."""
    if not _is_ours(path):
        return False
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _below(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _below(entry.path)
            elif entry.name.endswith(SOURCES):
                yield entry.path
