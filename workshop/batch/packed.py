"""A kit as one zip file; the same files give the same bytes."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from workshop.files.journal import stopped

PACKED = (".pptx", ".docx", ".pdf", ".png")  # packing them again gains nothing
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a zip file can have
READABLE = 0o644 << 16
UNIX = 3


def packed(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return a zip file with some files in one folder.

    Args:
        files: name without folders -> content.
        folder: its name.
    """
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in sorted(files.items()):
            entry = ZipInfo(f"{folder}/{name}", LONG_AGO)
            entry.external_attr, entry.create_system = READABLE, UNIX
            entry.compress_type = ZIP_STORED if Path(name).suffix in PACKED else ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


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
