"""Temporary folders that only this user can read; those that killed processes left are removed by the next command."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

from workshop.files.lock import BusyError, lock
from workshop.files.own import PRIVATE

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
