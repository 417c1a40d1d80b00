"""The list of trusted Python files: a JSON file with the digest and path of each.

The digest is that of the bytes, so a changed file must be trusted again, whoever changed it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from workshop.files.paths import private_folder

_DIGEST = re.compile("[0-9a-f]{64}")
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def read_trusted(store: Path | None) -> dict[str, str]:
    """Return digest -> path of trusted files; empty if the list can't be read, or others could have written it."""
    if store is None:
        return {}
    try:
        if not _is_ours(store):
            return {}
        listed = json.loads(store.read_bytes())["trusted"]
        return {digest: str(path) for digest, path in listed.items() if _DIGEST.fullmatch(digest)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def remember(store: Path | None, files: Iterable[tuple[str, Path]]) -> None:
    """Add (digest, path) pairs to the list; if it can't be written, the next build asks again."""
    if store is None:
        return
    known = read_trusted(store)
    new = {digest: path.resolve().as_posix() for digest, path in files if digest not in known}
    if new:
        with contextlib.suppress(OSError):
            private_folder(store.parent)
            _write(store, known | new)


def _is_ours(store: Path) -> bool:
    found = store.stat()
    return not hasattr(os, "getuid") or (found.st_uid in (0, os.getuid()) and not found.st_mode & _OTHERS_WRITE)


def _write(store: Path, trusted: Mapping[str, str]) -> None:
    """Write the whole list to a temporary file and move it into place, so that a stop in between trusts nothing new."""
    beside = store.with_name(f"{store.name}.{os.getpid()}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        json.dump({"trusted": trusted}, file, indent=2)
        file.write("\n")
    beside.replace(store)
