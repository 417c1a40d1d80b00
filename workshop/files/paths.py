"""Folders for kept results and for a user's decisions, which only their owner can read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from workshop.errors import ExitCode, Problem, WorkshopError

CACHE_VARIABLE = "WORKSHOP_CACHE"
CONFIG_VARIABLE = "WORKSHOP_CONFIG"
PRIVATE = 0o700


def default_cache() -> Path | None:
    """Return the folder for kept results: ``WORKSHOP_CACHE``, else the system's own place for caches.

    Returns:
        An absolute path; ``None`` for a user without a home.

    Raises:
        WorkshopError: if ``WORKSHOP_CACHE`` is relative.
    """
    return _named(CACHE_VARIABLE) or _system_cache()


def default_config() -> Path | None:
    """Return the folder for what a user decided: ``WORKSHOP_CONFIG``, else the system's own place for settings.

    Returns:
        An absolute path; ``None`` for a user without a home.

    Raises:
        WorkshopError: if ``WORKSHOP_CONFIG`` is relative.
    """
    return _named(CONFIG_VARIABLE) or _system_config()


def trusted_file() -> Path | None:
    """Return the file that lists the Python files of kits that were trusted with ``--trust``."""
    folder = default_config()
    return None if folder is None else folder / "trusted-demos.json"


def private_folder(folder: Path) -> None:
    """Make a folder that nobody but its owner can look into; the system's own place for ours is kept like that too.

    Raises:
        OSError: if it can't be made.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=PRIVATE)
    except FileExistsError:
        if folder in (_system_cache(), _system_config()):  # not one that a user named: others may share it
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
    """Return the folder that one of our own variables names.

    A relative one would mean another folder in every working folder, and one that a kit in it could bring along.
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
    """Return a folder below what a variable of the system names, which counts only if it is absolute, or below home."""
    named = Path(os.environ.get(variable, "") if variable else "")
    if named.is_absolute():
        return named / name
    try:
        home = Path.home()
    except RuntimeError:  # a user without an entry among the users
        return None
    return home / usual / name if home.is_absolute() else None
