"""Where kept results and a user's decisions are stored."""

from __future__ import annotations

import os
import sys
from pathlib import Path

CACHE_VARIABLE = "WORKSHOP_CACHE"
CONFIG_VARIABLE = "WORKSHOP_CONFIG"


def default_cache() -> Path:
    """Return the folder for kept results: ``WORKSHOP_CACHE``, else the system's own place for caches."""
    if named := os.environ.get(CACHE_VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "workshop" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "workshop"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "workshop"


def default_config() -> Path:
    """Return the folder for what a user decided: ``WORKSHOP_CONFIG``, else the system's own place for settings."""
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming")) / "workshop"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "workshop"
    return Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config")) / "workshop"


def trusted_file() -> Path:
    """Return the file that lists the Python files of kits that were trusted with ``--trust``."""
    return default_config() / "trusted-demos.txt"
