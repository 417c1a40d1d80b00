"""Writing finished files into the output folder, never over a user's edits."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from workshop import __version__, limits
from workshop.files.bases import spent
from workshop.files.journal import STAGING, change, digest, digest_at, is_plain, stopped, turn
from workshop.files.unchanged import MANIFEST
from workshop.inputs.door import read_text

MOST_COPIES = 1000  # of a file that was edited by hand


class Written(Struct, frozen=True):
    """One file of a build.

    Attributes:
        path: its path.
        kept: the hand-edited file beside it, or ``None``.
    """

    path: Path
    kept: Path | None = None


def write_output(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    force: bool = False,
    beside: bool = False,
    bases: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[Written, ...]:
    """Write a set of files and its manifest; files of an earlier set that aren't in this one are removed.

    Args:
        files: name in the folder -> content; names have no folders.
        force: overwrite files edited by hand.
        beside: keep the files of the earlier set, because these ones were requested by name.
        bases: what is kept of the decks among them (see ``bases``), beside that of earlier ones.

    Raises:
        WorkshopError: exit code 3 if the folder cannot be written to or a file is held open; nothing has changed then.
    """
    with turn(folder):
        before = read_manifest(folder)
        written = tuple(_place(folder, name, content, before, force) for name, content in files.items())
        new = {one.path.name: content for one, content in zip(written, files.values(), strict=True)}
        manifest = {name: value for name, value in before.items() if beside and (folder / name).is_file()}
        manifest |= {one.kept.name: before.get(one.kept.name, "") for one in written if one.kept is not None}
        manifest |= {name: digest(content) for name, content in new.items()}
        old = [name for name, value in before.items() if name not in manifest and digest_at(folder / name) == value]
        change(folder, {**new, **bases, MANIFEST: _as_text(manifest).encode()}, [*old, *spent(folder, bases)])
    return written


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files that don't belong to a set, such as one chart, replacing files with the same names; return them.

    Raises:
        WorkshopError: as for ``write_output``.
    """
    with turn(folder):
        change(folder, files)
    return tuple(folder / name for name in files)


def fill_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Fill a folder that is empty or doesn't exist; if an earlier fill was killed half-way, finish it.

    Args:
        folder: the folder.
        files: path in the folder, with forward slashes -> content.

    Raises:
        FileExistsError: if there is something else in the folder; then nothing is written.
        WorkshopError: exit code 3 if the folder cannot be written to.
    """
    staging = folder / STAGING
    whole, half = staging / "whole", staging / "half"
    new = not folder.exists()
    if not (new or whole.is_dir()) and _holds_something(folder):
        raise FileExistsError(folder)
    try:
        if not whole.is_dir():
            shutil.rmtree(half, ignore_errors=True)
            for name, content in files.items():
                (half / name).parent.mkdir(parents=True, exist_ok=True)
                (half / name).write_bytes(content)
            half.replace(whole)
        for entry in sorted(whole.iterdir()):
            entry.replace(folder / entry.name)
        shutil.rmtree(staging)
    except OSError as error:
        shutil.rmtree(folder if new else staging, ignore_errors=True)
        raise stopped(f"cannot write to {folder}: {error.strerror or error}", "name another folder") from None


def _holds_something(folder: Path) -> bool:
    return not folder.is_dir() or any(entry.name != STAGING for entry in folder.iterdir())


def recover(folder: Path) -> bool:
    """Undo what a killed build left half done; return whether there was anything.

    Raises:
        WorkshopError: exit code 3 if that can't be done.
    """
    if not (folder / STAGING).is_dir():
        return False
    with turn(folder) as healed:
        return healed


def read_manifest(folder: Path) -> dict[str, str]:
    """Return file name -> digest of the last build in a folder; empty if there is none, or it can't be read."""
    try:
        files = json.loads(read_text(folder / MANIFEST, limits.MANIFEST_BYTES))["files"]
        return {str(name): str(value) for name, value in files.items() if is_plain(name)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _as_text(manifest: Mapping[str, str]) -> str:
    return json.dumps({"engine": __version__, "files": dict(sorted(manifest.items()))}, indent=2) + "\n"


def _edited(path: Path, before: Mapping[str, str], content: bytes) -> bool:
    """Whether a file differs both from what we left and from what we are about to write."""
    now = digest_at(path)
    return now is not None and now not in (before.get(path.name), digest(content))


def _place(folder: Path, name: str, content: bytes, before: Mapping[str, str], force: bool) -> Written:
    first = folder / name
    if force or not _edited(first, before, content):
        return Written(first)
    for number in range(2, MOST_COPIES):
        candidate = first.with_stem(f"{first.stem}-{number}")
        if not _edited(candidate, before, content):
            return Written(candidate, first)
    raise stopped(f"there are a thousand edited copies of {name} in {folder}", "tidy up, or use --force")
