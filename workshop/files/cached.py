"""Files in the cache: written whole or not at all, not read if they are damaged, and the oldest deleted if there are too many.

Several builds may use one cache at the same time. Every file begins with a line with the digest of the rest, by which a
file of ours can be told from any other that lies in the same folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from workshop.files.paths import private_folder, read_own, write_own

UNCHANGED = "unchanged"  # the folder of the records by which a build sees that nothing has changed
LOCKS = "locks"
FONTS = "matplotlib"  # the folder of its list of typefaces
MOST_BYTES = 500_000_000  # a whole kit in one language takes about 5 MB
TRIMMED_TO = 0.8  # of the limit, so that not every build has to delete something
LOOK_EVERY = 200  # files written by one process
DAY, HOUR = 86_400, 3_600  # seconds
_HEAD = re.compile(rb"[0-9a-f]{64}\n")
_written = 0


class Held(Struct, frozen=True):
    """What is in a cache: the number of our files, and their size in bytes."""

    files: int
    size: int


def recall(folder: Path, name: str) -> bytes | None:
    """Return what a cached file holds, or ``None`` if it is missing or damaged, or others could have written it."""
    path = folder / name
    try:
        digest, _, payload = read_own(path).partition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(payload).hexdigest().encode() != digest:
        return None
    _used(path)
    return payload


def keep(folder: Path, name: str, payload: bytes) -> None:
    """Write a file under a line with its SHA-256; on a full or read-only disk later builds just take longer."""
    global _written  # noqa: PLW0603 - it is per process
    with contextlib.suppress(OSError):
        private_folder(folder)
        write_own(folder / name, hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload)
        if _written % LOOK_EVERY == 0:
            trim(folder)
        _written += 1


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
    for below in (*(folder / LOCKS).glob("*"), folder / LOCKS, folder / UNCHANGED, folder / FONTS):
        with contextlib.suppress(OSError):
            below.rmdir()
    return Held(len(gone), sum(gone))


def _used(path: Path) -> None:
    """Note that a file was used, at most once a day."""
    with contextlib.suppress(OSError):
        if path.stat().st_mtime < time.time() - DAY:
            os.utime(path)


def _all(folder: Path) -> list[tuple[float, int, Path]]:
    return [*_files(folder), *_files(folder / UNCHANGED), *_files(folder / FONTS)]


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
    """Whether we wrote a file: it begins with a digest, is one of our records or lists, or one of ours that was never finished."""
    if path.parent.name in (UNCHANGED, FONTS):
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
