"""Files and folders that only their owner can read."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

# Files that nobody else can have written: results and settings are read from, and written to, folders of this user alone.
PRIVATE = 0o700
_FILE = 0o600


def shared(path: Path) -> str:
    """Return why others could change a file or folder, in words; "" if only this user or the system's administrator can.

    Raises:
        OSError: if it is missing or can't be reached.
    """
    return _shared(path, path.stat())


def _shared(path: Path, found: os.stat_result) -> str:
    if not hasattr(os, "getuid"):  # on Windows, others can't be told apart this way
        return ""
    if found.st_uid not in (0, os.getuid()):
        return f"'{path.as_posix()}' belongs to somebody else"
    if found.st_mode & stat.S_IWOTH or (found.st_mode & stat.S_IWGRP and not _is_private_group(found.st_gid)):
        return f"others can write to '{path.as_posix()}'"
    return ""


@cache
def _is_private_group(group: int) -> bool:
    """Whether a group is the user's own, of the same name and without other members, as Linux makes it for each user."""
    import grp
    import pwd

    with suppress(KeyError):
        found, user = grp.getgrgid(group), pwd.getpwuid(os.getuid()).pw_name
        return found.gr_name == user and set(found.gr_mem) <= {user}
    return False


def read_own(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        OSError: if it can't be read, or others could have written it, or put it into its folder.
    """
    with path.open("rb") as file:
        if reason := shared(path.parent) or _shared(path, os.fstat(file.fileno())):
            raise PermissionError(reason)
        return file.read()


def write_own(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all.

    Raises:
        OSError: if that isn't possible.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE), "wb") as file:
        file.write(content)
    beside.replace(path)
