"""A lock on a folder, so that one process at a time writes to it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

# Locks between processes: the system releases them when the process ends, however it ends.
EVERY = 0.02  # seconds between two tries


class BusyError(Exception):
    """Another process holds the lock for too long."""


def lock(folder: Path, patience: float) -> int | None:
    """Return an open file that no other process can lock until it is closed; ``None`` if the disk doesn't support locks.

    Args:
        folder: a folder that exists.
        patience: seconds to wait for another process.

    Raises:
        OSError: if the folder can't be opened.
        BusyError: if another process doesn't let go.
    """
    if sys.platform == "win32":
        import msvcrt

        held = os.open(folder / ".workshop-lock", os.O_RDWR | os.O_CREAT | os.O_TEMPORARY)

        def seize() -> None:
            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        held = os.open(folder, os.O_RDONLY)

        def seize() -> None:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)

    until = time.monotonic() + patience
    while True:
        try:
            seize()
        except (BlockingIOError, PermissionError):
            if time.monotonic() > until:
                os.close(held)
                raise BusyError from None
            time.sleep(EVERY)
        except OSError:
            os.close(held)
            return None
        else:
            return held
