"""The list of trusted Python files: a JSON file with the digest and path of each, and the folders whose files are all trusted."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from workshop.files.own_files import read_own, shared, write_own
from workshop.files.paths import private_folder

_DIGEST = re.compile("[0-9a-f]{64}")


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def read_trusted(store: Path | None) -> dict[str, str]:
    """Return digest -> path of trusted files; empty if the list can't be read, or others could have written it."""
    if store is None:
        return {}
    try:
        listed = json.loads(read_own(store))["trusted"]
        return {digest: str(path) for digest, path in listed.items() if _DIGEST.fullmatch(digest)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def is_trusted_folder(store: Path | None, folder: Path, files: Sequence[Path]) -> bool:
    """Whether a kit's folder is on the list, and still nobody else can write into it or to these files."""
    return folder.resolve().as_posix() in _folders(store) and not shared_with_others(folder, files)


def remember_folder(store: Path | None, folder: Path) -> None:
    """Add a kit's folder to the list; if it can't be written, the next build asks again."""
    name = folder.resolve().as_posix()
    if store is not None and name not in (known := _folders(store)):
        with contextlib.suppress(OSError):
            private_folder(store.parent)
            _write(store, read_trusted(store), [*known, name])


def _folders(store: Path | None) -> list[str]:
    """Return the trusted folders; none if the list can't be read, or others could have written it."""
    if store is None:
        return []
    try:
        return [str(name) for name in json.loads(read_own(store)).get("folders", [])]
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return []


def shared_with_others(folder: Path, files: Sequence[Path] = ()) -> str:
    """Return why others can change what is in a folder, in words; "" if only this user can."""
    root = folder.resolve()
    above = {parent for file in files for parent in file.resolve().parents if parent.is_relative_to(root)}
    return next(filter(None, map(shared, (root, *files, *above))), "")


def remember(store: Path | None, files: Iterable[tuple[str, Path]]) -> None:
    """Add (digest, path) pairs to the list; if it can't be written, the next build asks again."""
    if store is None:
        return
    known = read_trusted(store)
    new = {digest: path.resolve().as_posix() for digest, path in files if digest not in known}
    if new:
        with contextlib.suppress(OSError):
            private_folder(store.parent)
            _write(store, known | new, _folders(store))


def _write(store: Path, trusted: Mapping[str, str], folders: Sequence[str]) -> None:
    """Write the list as a whole, so that a stop in between trusts nothing new."""
    listed = {"trusted": trusted, **({"folders": list(folders)} if folders else {})}
    write_own(store, json.dumps(listed, indent=2).encode() + b"\n")
