"""A digest of our own code: whatever is kept from one build to the next depends on the code that made it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
SOURCES = (".py", ".yaml", ".typ")


@cache
def code_digest(*rooms: str) -> str:
    """Return a digest of the source files of some rooms and of all folders in them; a process reads them once.

    Args:
        rooms: names of folders or modules of the package, such as "content" or "errors".
    """
    total = hashlib.sha256()
    for room in rooms:
        path = PACKAGE / room
        for file in sorted(_below(str(path))) if path.is_dir() else [f"{path}.py"]:
            total.update(file.removeprefix(str(PACKAGE)).encode() + b"\0")
            total.update(hashlib.sha256(Path(file).read_bytes()).digest())
    return total.hexdigest()


def _below(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _below(entry.path)
            elif entry.name.endswith(SOURCES):
                yield entry.path
