"""The versions of installed packages, for caches of what was made with them."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def version_of(package: str) -> str:
    """Return the version of an installed package, from the name of the folder with its metadata.

    The standard library parses the metadata as an e-mail, and what it imports for that takes as long as planning some stages of
    a kit. It is asked only if no folder is found.

    Raises:
        importlib.metadata.PackageNotFoundError: if it isn't installed.
    """
    folder = package.lower().replace("-", "_")
    for place in sys.path:
        for info in Path(place).glob(f"{folder}-*.dist-info"):
            return info.stem.removeprefix(f"{folder}-")
    from importlib.metadata import version

    return version(package)
