"""The program that builds the rows of a batch, by its digest: Python, packages and our files."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from pathlib import Path

import workshop
from workshop.plugins.registry import standard_registry

# The digest of this program with all that it brings, by which two computers, or two days, can be told apart.
PACKAGE = Path(workshop.__file__).parent
DISTRIBUTION, PLUGINS = "workshop-kit", "workshop.plugins"
SHEETS_FOLDER = "exercises"  # the built-in kit's sheets lie beside its slides


@cache
def engine() -> str:
    """Return a digest of Python, the packages that are used, this package's files and the registered kits."""
    total = hashlib.sha256("\0".join((sys.version, workshop.__version__, *_packages())).encode())
    for root in (PACKAGE, *kit_folders()):
        for file in sorted(root.rglob("*")):
            if "__pycache__" not in file.parts and file.is_file():
                total.update(file.relative_to(root).as_posix().encode() + b"\0")
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def kit_folders() -> tuple[Path, ...]:
    """Return the folders of the registered kits, with those of their sheets."""
    registry = standard_registry()
    folders = [Path(registry.get("kit", name)()) for name in sorted(registry.names("kit"))]
    return tuple(folder for root in folders for folder in (root, root.parent / SHEETS_FOLDER) if folder.is_dir())


def _packages() -> Iterator[str]:
    """Yield the names and versions of the packages on which a build depends."""
    try:
        needed = [line for line in requires(DISTRIBUTION) or () if "extra ==" not in line]
    except PackageNotFoundError:  # a checkout without installation
        needed = []
    for line in sorted(needed):
        name = next(line[:end] for end in range(len(line) + 1) if end == len(line) or line[end] in " <>=!~;[(")
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} missing"
    for point in sorted(entry_points(group=PLUGINS), key=lambda point: point.value):
        yield f"{point.value} {point.dist.version if point.dist else ''}"
