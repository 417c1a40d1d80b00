"""Files in the cache: written whole or not at all, and not read if they are damaged."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from workshop.files.paths import private_folder


def recall(folder: Path, name: str) -> bytes | None:
    """Return what a cached file holds, or ``None`` if it is missing or damaged."""
    try:
        digest, _, payload = (folder / name).read_bytes().partition(b"\n")
    except OSError:
        return None
    return payload if hashlib.sha256(payload).hexdigest().encode() == digest else None


def keep(folder: Path, name: str, payload: bytes) -> None:
    """Write a file under a line with its SHA-256; on a full or read-only disk later builds just take longer."""
    beside = folder / f"{name}.{os.getpid()}.new"
    with contextlib.suppress(OSError):
        private_folder(folder)
        beside.write_bytes(hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload)
        beside.replace(folder / name)
