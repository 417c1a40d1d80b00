"""A kit as one zip file; the same files give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

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
