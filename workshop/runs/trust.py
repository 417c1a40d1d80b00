"""The list of trusted Python files: a JSON file with the digest and path of each, and the folders whose files are all trusted.

The digest is that of the bytes, so a changed file must be trusted again, whoever changed it; unless its kit's folder is trusted, in which
nobody else may be able to write.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Mapping, Sequence
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
        return [str(name) for name in json.loads(store.read_bytes()).get("folders", [])] if _is_ours(store) else []
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return []


def shared_with_others(folder: Path, files: Sequence[Path] = ()) -> str:
    """Return why others can change what is in a folder, in words; "" if only its owner can, who runs this program."""
    if not hasattr(os, "getuid"):  # on Windows, others can't be told apart this way
        return ""
    root = folder.resolve()
    for path in (
        root,
        *files,
        *{above for file in files for above in file.resolve().parents if above.is_relative_to(root)},
    ):
        found = path.stat()
        if found.st_uid != os.getuid():
            return f"'{path.as_posix()}' belongs to somebody else"
        if found.st_mode & stat.S_IWOTH or (found.st_mode & stat.S_IWGRP and not _is_private_group(found.st_gid)):
            return f"others can write to '{path.as_posix()}'"
    return ""


def _is_private_group(group: int) -> bool:
    """Whether a group is the user's own, of the same name, as Linux makes it for each user."""
    import grp
    import pwd

    with contextlib.suppress(KeyError):
        return grp.getgrgid(group).gr_name == pwd.getpwuid(os.getuid()).pw_name
    return False


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


def _is_ours(store: Path) -> bool:
    found = store.stat()
    return not hasattr(os, "getuid") or (found.st_uid in (0, os.getuid()) and not found.st_mode & _OTHERS_WRITE)


def _write(store: Path, trusted: Mapping[str, str], folders: Sequence[str]) -> None:
    """Write the whole list to a temporary file and move it into place, so that a stop in between trusts nothing new."""
    beside = store.with_name(f"{store.name}.{os.getpid()}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        json.dump({"trusted": trusted, **({"folders": list(folders)} if folders else {})}, file, indent=2)
        file.write("\n")
    beside.replace(store)
