"""Which Python files of kits a person has trusted: a text file with one digest and path a line.

A digest stands for the bytes, so that a file that was changed by anybody asks again.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def read_trusted(store: Path | None) -> dict[str, str]:
    """Return digest -> path of what was trusted; nothing if the file cannot be read."""
    found: dict[str, str] = {}
    if store is None:
        return found
    with contextlib.suppress(OSError, UnicodeDecodeError):
        for line in store.read_text("utf-8").splitlines():
            digest, _, path = line.partition("  ")
            if len(digest) == hashlib.sha256().digest_size * 2:
                found[digest] = path
    return found


def remember(store: Path | None, files: Iterable[tuple[str, Path]]) -> None:
    """Add (digest, path) pairs to the file; where it cannot be written the next build asks again."""
    if store is None:
        return
    known = read_trusted(store)
    lines = [f"{digest}  {path.resolve().as_posix()}\n" for digest, path in files if digest not in known]
    if lines:
        with contextlib.suppress(OSError):
            store.parent.mkdir(parents=True, exist_ok=True)
            with store.open("a", encoding="utf-8", newline="\n") as file:
                file.write("".join(lines))
