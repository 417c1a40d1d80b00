"""Put finished files into the output folder: all or nothing, and never over somebody's own edits.

Everything is written beside (``.workshop-new``) and then moved. ``manifest.json`` holds a digest of each file as we
left it: a file that differs from it was edited by hand and is kept, ours gets the next free name beside it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop import __version__
from workshop.errors import ExitCode, Problem, WorkshopError

MANIFEST = "manifest.json"
STAGING = ".workshop-new"
OPENED_BY = {".pptx": "PowerPoint", ".docx": "Word", ".pdf": "the PDF viewer"}


@dataclass(frozen=True, slots=True)
class Written:
    """One file of a build.

    Attributes:
        path: where it is now.
        kept: the file edited by hand that it stands beside, or ``None``.
    """

    path: Path
    kept: Path | None = None


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def write_output(
    folder: Path, files: Mapping[str, bytes], *, force: bool = False, beside: bool = False
) -> tuple[Written, ...]:
    """Write a set of files and its manifest; files of an earlier set that are not in this one are removed.

    Args:
        files: name in the folder -> content; names have no folders.
        force: overwrite files edited by hand.
        beside: keep the files of the earlier set: these were asked for one by one.

    Raises:
        WorkshopError: exit code 3 if the folder cannot be written to or a file is held open; nothing has changed then,
            but for files moved before the one that was held.
    """
    before = read_manifest(folder)
    staging = folder / STAGING
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        for name, content in files.items():
            (staging / name).write_bytes(content)
    except OSError as error:
        raise _machine(
            f"cannot write to {folder}: {error.strerror or error}", "choose another folder with --out"
        ) from None
    written = []
    manifest = {name: value for name, value in before.items() if beside and (folder / name).is_file()}
    try:
        for name, content in files.items():
            target, kept = _target(folder, name, content, before, force)
            _move(staging / name, target)
            manifest[target.name] = digest(content)
            if kept is not None:
                manifest[kept.name] = before.get(kept.name, "")
            written.append(Written(target, kept))
        _remove_old(folder, before, set(manifest))
    except WorkshopError:
        _write_manifest(folder, {**before, **manifest})  # what was moved is ours, and what was not still is
        shutil.rmtree(staging, ignore_errors=True)
        raise
    _write_manifest(folder, manifest)
    shutil.rmtree(staging, ignore_errors=True)
    return tuple(written)


def _write_manifest(folder: Path, manifest: Mapping[str, str]) -> None:
    text = json.dumps({"engine": __version__, "files": dict(sorted(manifest.items()))}, indent=2) + "\n"
    try:
        (folder / STAGING / MANIFEST).write_text(text, "utf-8")
    except OSError as error:
        raise _machine(f"cannot write to {folder}: {error.strerror or error}", "make room, then build again") from None
    _move(folder / STAGING / MANIFEST, folder / MANIFEST)


def read_manifest(folder: Path) -> dict[str, str]:
    """Return file name -> digest of the last build in a folder; empty if there is none or it cannot be read."""
    try:
        files = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
        return {str(name): str(value) for name, value in files.items() if Path(name).name == name}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _edited(path: Path, before: Mapping[str, str], content: bytes) -> bool:
    """Whether a file is neither as we left it nor what we are about to write."""
    if not path.is_file():
        return False
    now = digest(path.read_bytes())
    return now not in (before.get(path.name), digest(content))


def _target(
    folder: Path, name: str, content: bytes, before: Mapping[str, str], force: bool
) -> tuple[Path, Path | None]:
    first = folder / name
    if force or not _edited(first, before, content):
        return first, None
    for number in range(2, 1000):
        candidate = first.with_stem(f"{first.stem}-{number}")
        if not _edited(candidate, before, content):
            return candidate, first
    raise _machine(f"there are a thousand edited copies of {name} in {folder}", "tidy up, or use --force")


def _remove_old(folder: Path, before: Mapping[str, str], now: set[str]) -> None:
    for name, value in before.items():
        path = folder / name
        if name not in now and path.is_file() and digest(path.read_bytes()) == value:
            try:
                path.unlink()
            except OSError:
                raise _held(path) from None


def _move(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except PermissionError:
        raise _held(target) from None
    except OSError as error:
        raise _machine(f"cannot write {target}: {error.strerror or error}", "") from None


def _held(path: Path) -> WorkshopError:
    program = OPENED_BY.get(path.suffix, "the program that holds it open")
    return _machine(f"{path.name} is open in another program", f"close {path.name} in {program}, then build again")


def _machine(message: str, hint: str) -> WorkshopError:
    return WorkshopError(Problem(message, hint=hint, code="output"), ExitCode.MACHINE)
