"""The cache and settings folders."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.files.own_files import PRIVATE, shared

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
