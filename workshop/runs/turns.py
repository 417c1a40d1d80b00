"""Turns between builds that share a cache: of those that need the same run, one makes it and the others wait for it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workshop.files.cached import LOCKS
from workshop.files.lock import BusyError, lock
from workshop.files.paths import private_folder

PATIENCE = 600.0  # seconds; after that, the run is made twice


@contextmanager
def turns(cache: Path | None, keys: Iterable[str], patience: float = 0.0) -> Iterator[frozenset[str]]:
    """Keep other builds from making the same runs until the block ends, which gets the keys of the runs that it may make.

    Keys share 256 locks, so that the cache isn't littered. Of all locks but the first, none is waited for while another
    one is held, so two builds never wait for each other.

    Args:
        cache: folder of the cache; if there is none, or it can't be written to, every run may be made.
        keys: cache keys of runs.
        patience: seconds to wait for the first of them.
    """
    held: dict[str, int | None] = {}
    free = set()
    try:
        for key in keys:
            slot = hashlib.sha256(key.encode()).hexdigest()[:2]
            if slot not in held:
                try:
                    held[slot] = _locked(cache, slot, patience if not held else 0.0)
                except BusyError:
                    continue
            free.add(key)
        yield frozenset(free)
    finally:
        for handle in held.values():
            if handle is not None:
                os.close(handle)


def _locked(cache: Path | None, slot: str, patience: float) -> int | None:
    """Return the open lock of a slot, or ``None`` if there can't be one."""
    if cache is None:
        return None
    folder = cache / LOCKS / slot
    try:
        private_folder(cache)
        private_folder(folder.parent)  # whoever can open a lock can keep others waiting
        folder.mkdir(exist_ok=True)
        return lock(folder, patience)
    except OSError:
        return None
