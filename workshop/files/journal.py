"""The journal of a change of files: all are put in place, or none."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from workshop import limits
from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.files.lock import BusyError, lock
from workshop.inputs.door import read_text
from workshop.inputs.inside import is_refused

# Changing several files of one folder: all of them or none, even if the process is stopped.
#
# New content, and a second name for the old content, go into ``.workshop-new``; then comes a journal with the digests of
# both, and only then is anything moved. While the journal exists, the change is incomplete: an error rolls it back at once,
# and if the process was killed, ``heal`` does the same at the next start. Removing the journal completes the change.
STAGING = ".workshop-new"
JOURNAL = "journal.json"
PATIENCE = 60.0  # seconds: the longest wait for another process that writes here
OPENED_BY = {".pptx": "PowerPoint", ".docx": "Word", ".pdf": "the PDF viewer"}
Digests = tuple[str | None, str | None]  # digests of a file before and after the change; None if there is no file


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def digest_at(path: Path) -> str | None:
    """Return the digest of the file at a path, or ``None`` if there is no file."""
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_plain(name: str) -> bool:
    """Whether a name is a plain file name, without folders."""
    return Path(name).name == name not in ("", "..")


def is_below(name: str) -> bool:
    """Whether a name is that of a file in a folder, or in one of its folders."""
    return bool(name) and all(map(is_plain, name.split("/")))


@contextlib.contextmanager
def turn(folder: Path, patience: float = PATIENCE) -> Iterator[bool]:
    """Wait until no other process writes into a folder, and keep others out until the block ends.

    First, anything that an earlier process left half done is rolled back; the block gets whether there was anything. The
    folder is created if necessary.

    Args:
        folder: any folder.
        patience: seconds to wait.

    Raises:
        WorkshopError: exit code 3 if the folder can't be written to, or another process doesn't finish.
    """
    _stay_inside(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = lock(folder, patience)
    except OSError as error:
        raise _no_folder(folder, error) from None
    except BusyError:
        raise stopped(
            f"another build is writing into {folder}", "wait until it has finished, or choose another --out"
        ) from None
    try:
        _stay_inside(folder)
        yield heal(folder)
    finally:
        if held is not None:
            os.close(held)


def _stay_inside(folder: Path) -> None:
    """Refuse a folder that is a link, or lies behind one, in the folder that this process keeps to."""
    if is_refused(folder):
        raise stopped(
            f"'{folder.as_posix()}' leads out of this workshop's folder, so nothing is written there",
            "delete this link",
        )


def change(folder: Path, write: Mapping[str, bytes], remove: Iterable[str] = ()) -> None:
    """Write and remove files of a folder; call it inside ``turn``.

    A file that already has its new content isn't touched.

    Args:
        write: name in the folder -> content; a name may begin with folders in it, which are made.
        remove: names of files; missing ones are ignored.

    Raises:
        WorkshopError: exit code 3 if a file can't be written or is held open; then nothing has changed.
    """
    staging = folder / STAGING
    for name in write:
        if not is_below(name):
            raise stopped(f"{name!r} can't be the name of a file", "use a name inside the folder")
        _stay_inside((folder / name).parent)
    try:
        digests = _digests(folder, write, remove)
        if not digests:
            return
        _lay_out(folder, {name: content for name, content in write.items() if name in digests}, digests)
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise _no_folder(folder, error) from None
    try:
        for name, (_, after) in digests.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            _swap(staging / "new" / name if after else None, folder / name)
        _swap(None, staging / JOURNAL)
    except BaseException:
        with contextlib.suppress(OSError, WorkshopError):  # the journal stays, and the next start tries again
            heal(folder)
        raise
    shutil.rmtree(staging, ignore_errors=True)


def heal(folder: Path) -> bool:
    """Roll back an incomplete change; return whether there was one.

    A file that was edited since then isn't touched.

    Raises:
        WorkshopError: exit code 3 if a file can't be put back.
    """
    staging = folder / STAGING
    if staging.is_symlink() or not staging.is_dir():
        return False
    is_ours = not any(
        path.is_symlink() for path in (staging / "old", staging / JOURNAL)
    )  # what a folder brought may lead out
    digests = _read(staging / JOURNAL) if is_ours else {}
    for name, (before, after) in digests.items():
        path, old = folder / name, staging / "old" / name
        now = digest_at(path)
        if now == before or now not in (None, after):
            continue
        if before is None:
            _swap(None, path)
        elif digest_at(old) == before:
            _swap(old, path)
    with contextlib.suppress(OSError):
        (staging / JOURNAL).unlink(missing_ok=True)  # first of all: without the journal, the rest is just litter
        shutil.rmtree(staging, ignore_errors=True)
    return bool(digests)


def _digests(folder: Path, write: Mapping[str, bytes], remove: Iterable[str]) -> dict[str, Digests]:
    """Return the changes: name -> digests before and after."""
    wanted: dict[str, str | None] = {name: digest(content) for name, content in write.items()}
    wanted |= dict.fromkeys(remove)
    found = {name: (digest_at(folder / name), after) for name, after in wanted.items()}
    return {name: (before, after) for name, (before, after) in found.items() if before != after}


def _lay_out(folder: Path, write: Mapping[str, bytes], digests: Mapping[str, Digests]) -> None:
    """Put the new files, second names for the old ones, and finally the journal into the staging folder."""
    staging = folder / STAGING
    if staging.is_symlink():
        staging.unlink()
    shutil.rmtree(staging, ignore_errors=True)
    for part in ("", "new", "old"):
        (staging / part).mkdir()
    for name, content in write.items():
        (staging / "new" / name).parent.mkdir(parents=True, exist_ok=True)
        (staging / "new" / name).write_bytes(content)
    for name, (before, _) in digests.items():
        if before:
            (staging / "old" / name).parent.mkdir(parents=True, exist_ok=True)
            _second_name(folder / name, staging / "old" / name)
    half = staging / f"{JOURNAL}.half"
    half.write_text(json.dumps(digests), "utf-8")
    half.replace(staging / JOURNAL)


def _second_name(file: Path, other: Path) -> None:
    """Make a file's content available under another name; it is copied only if the disk doesn't support links."""
    try:
        other.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, other)


def _read(journal: Path) -> dict[str, Digests]:
    """Return the content of a journal; empty if there is none, or if it isn't one of ours."""
    try:
        return {
            name: (before, after)
            for name, (before, after) in json.loads(read_text(journal, limits.MANIFEST_BYTES)).items()
            if is_below(name)
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _swap(source: Path | None, target: Path) -> None:
    """Move a file to a path, or remove what is there."""
    try:
        if source is not None:
            source.replace(target)
        else:
            target.unlink(missing_ok=True)
    except PermissionError:
        program = OPENED_BY.get(target.suffix, "the program that holds it open")
        raise stopped(
            f"{target.name} is open in another program", f"close {target.name} in {program}, then build again"
        ) from None
    except OSError as error:
        raise stopped(f"cannot write {target}: {error.strerror or error}", "") from None


def stopped(message: str, hint: str) -> WorkshopError:
    """Return the error of a folder or a file that can't be written."""
    return WorkshopError(Problem(message, hint=hint, code="output"), ExitCode.MACHINE)


def _no_folder(folder: Path, error: OSError) -> WorkshopError:
    return stopped(f"cannot write to {folder}: {error.strerror or error}", "choose another folder with --out")
