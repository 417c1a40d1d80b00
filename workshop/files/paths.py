"""The cache and settings folders, which only their owner can read."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from workshop.errors import ExitCode, Problem, WorkshopError

# ---------------------------------------------------------------- own
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


# ---------------------------------------------------------------- paths
CACHE_VARIABLE = "WORKSHOP_CACHE"
CONFIG_VARIABLE = "WORKSHOP_CONFIG"


def default_cache() -> Path | None:
    """Return the cache folder; ``None`` if there is none, or others could have changed what is in it.

    Raises:
        WorkshopError: if ``WORKSHOP_CACHE`` is relative.
    """
    return believed(cache_place())


def believed(folder: Path | None) -> Path | None:
    """Return a cache folder if nobody else can have changed what is in it."""
    return None if folder is None or shared_cache(folder) else folder


def shared_cache(folder: Path) -> str:
    """Return why a cache folder can't be believed, in words; "" if it can, or if it is yet to be made."""
    try:
        return shared(folder)
    except OSError:
        return ""


def cache_place() -> Path | None:
    """Return the place of the cache folder: ``WORKSHOP_CACHE``, else the system's usual place.

    Returns:
        An absolute path; ``None`` for a user without a home folder.

    Raises:
        WorkshopError: if ``WORKSHOP_CACHE`` is relative.
    """
    return _named(CACHE_VARIABLE) or _system_cache()


def default_config() -> Path | None:
    """Return the settings folder: ``WORKSHOP_CONFIG``, else the system's usual place.

    Returns:
        An absolute path; ``None`` for a user without a home folder.

    Raises:
        WorkshopError: if ``WORKSHOP_CONFIG`` is relative.
    """
    return _named(CONFIG_VARIABLE) or _system_config()


def trusted_file() -> Path | None:
    """Return the file that lists the kits' Python files that were trusted with ``--trust``."""
    folder = default_config()
    return None if folder is None else folder / "trusted-demos.json"


def private_folder(folder: Path) -> None:
    """Create a folder that only its owner can read; our folder in the system's usual place is made private too.

    Raises:
        OSError: if it can't be made.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=PRIVATE)
    except FileExistsError:
        if folder in (_system_cache(), _system_config()):  # but not one that the user named, which others may read
            folder.chmod(PRIVATE)


def _system_cache() -> Path | None:
    if sys.platform == "win32":
        return _below("LOCALAPPDATA", "AppData/Local", "workshop/cache")
    if sys.platform == "darwin":
        return _below("", "Library/Caches", "workshop")
    return _below("XDG_CACHE_HOME", ".cache", "workshop")


def _system_config() -> Path | None:
    if sys.platform == "win32":
        return _below("APPDATA", "AppData/Roaming", "workshop")
    if sys.platform == "darwin":
        return _below("", "Library/Application Support", "workshop")
    return _below("XDG_CONFIG_HOME", ".config", "workshop")


def _named(variable: str) -> Path | None:
    """Return the folder in one of our own environment variables.

    A relative path would mean a different folder in every working folder, and a kit there could supply it.
    """
    if not (named := os.environ.get(variable)):
        return None
    if not Path(named).is_absolute():
        hint = "write the whole path, or leave the variable out"
        raise WorkshopError(
            Problem(f"{variable} is {named!r}, which isn't an absolute path", hint=hint), ExitCode.USAGE
        )
    return Path(named)


def _below(variable: str, usual: str, name: str) -> Path | None:
    """Return a folder below the path in one of the system's variables if that is absolute, else below the home folder."""
    named = Path(os.environ.get(variable, "") if variable else "")
    if named.is_absolute():
        return named / name
    try:
        home = Path.home()
    except RuntimeError:  # a user without an entry in the user database
        return None
    return home / usual / name if home.is_absolute() else None
