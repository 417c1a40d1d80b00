"""A file written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from workshop.files.journal import stopped


def write_whole(path: Path, content: bytes, beside: Path) -> None:
    """Write a file that is there as a whole or not at all; until then it is in the folder ``beside``, on the same disk.

    Raises:
        WorkshopError: exit code 3 if it can't be written.
    """
    half = beside / f"{path.name}.{os.getpid()}"
    try:
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise stopped(f"cannot write {path}: {error.strerror or error}", "") from None
