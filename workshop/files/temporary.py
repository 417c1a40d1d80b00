"""Temporary folders, and tidying those that others left behind."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from workshop.files.lock import BusyError, lock
from workshop.files.own_files import PRIVATE

# Temporary folders that only this user can read; those that killed processes left are removed by the next command.
PREFIX = "workshop-temporary-"  # whatever has such a name is ours, and may be removed


@contextmanager
def temporary_folder(purpose: str) -> Iterator[Path]:
    """Open a folder that is removed afterwards; as long as this process lives, no other one removes it."""
    folder, held = _locked(purpose)
    try:
        yield folder
    finally:
        if held is not None:
            os.close(held)
        rmtree(folder, ignore_errors=True)


def _locked(purpose: str) -> tuple[Path, int | None]:
    """Return a new folder and its open lock; a process that tidies up may remove a folder before it is locked."""
    while True:
        folder = Path(mkdtemp(prefix=f"{PREFIX}{purpose}-"))
        with suppress(BusyError, FileNotFoundError):
            held = lock(folder, 0.0)
            if folder.exists():
                return folder, held
            if held is not None:
                os.close(held)


def tidy() -> None:
    """Remove the temporary folders of processes that were killed; a link is never followed."""
    with suppress(OSError):
        place = Path(gettempdir())
        for left in place.glob(f"{PREFIX}*") if _is_safe(place.stat()) else ():
            with suppress(OSError, BusyError):
                if _is_ours(left.lstat()) and (held := lock(left, 0.0)) is not None:
                    rmtree(left, ignore_errors=True)
                    os.close(held)
                    left.rmdir()  # Windows keeps a folder that is open


def _is_safe(found: os.stat_result) -> bool:
    """Whether nobody else can put a folder of ours under another name: in /tmp, the sticky bit prevents that."""
    if not hasattr(os, "getuid"):
        return True
    writable = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not found.st_mode & stat.S_ISVTX
    return found.st_uid in (0, os.getuid()) and not writable


def _is_ours(found: os.stat_result) -> bool:
    private = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and stat.S_IMODE(found.st_mode) == PRIVATE)
    return stat.S_ISDIR(found.st_mode) and private


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
