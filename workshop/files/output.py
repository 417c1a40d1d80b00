"""Writing finished files into the output folder: all or nothing, and never over a user's edits.

``manifest.json`` has a digest of each file as we left it: a file that differs was edited by hand and is kept, and the new
one gets the next free name beside it.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from msgspec import Struct

from workshop import __version__, limits
from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.files.bases import spent
from workshop.files.paths import PRIVATE
from workshop.files.unchanged import MANIFEST
from workshop.inputs.door import read_text
from workshop.inputs.inside import is_refused

# ---------------------------------------------------------------- lock
# Locks between processes: the system releases them when the process ends, however it ends.
EVERY = 0.02  # seconds between two tries


class BusyError(Exception):
    """Another process holds the lock for too long."""


def lock(folder: Path, patience: float) -> int | None:
    """Return an open file that no other process can lock until it is closed; ``None`` if the disk doesn't support locks.

    Args:
        folder: a folder that exists.
        patience: seconds to wait for another process.

    Raises:
        OSError: if the folder can't be opened.
        BusyError: if another process doesn't let go.
    """
    if sys.platform == "win32":
        import msvcrt

        held = os.open(folder / ".workshop-lock", os.O_RDWR | os.O_CREAT | os.O_TEMPORARY)

        def seize() -> None:
            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        held = os.open(folder, os.O_RDONLY)

        def seize() -> None:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)

    until = time.monotonic() + patience
    while True:
        try:
            seize()
        except (BlockingIOError, PermissionError):
            if time.monotonic() > until:
                os.close(held)
                raise BusyError from None
            time.sleep(EVERY)
        except OSError:
            os.close(held)
            return None
        else:
            return held


# ---------------------------------------------------------------- journal
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
        write: name in the folder -> content; names have no folders.
        remove: names of files; missing ones are ignored.

    Raises:
        WorkshopError: exit code 3 if a file can't be written or is held open; then nothing has changed.
    """
    staging = folder / STAGING
    for name in write:
        if not is_plain(name):
            raise stopped(f"{name!r} can't be the name of a file", "use a name without folders")
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
        (staging / "new" / name).write_bytes(content)
    for name, (before, _) in digests.items():
        if before:
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
            if is_plain(name)
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


# ---------------------------------------------------------------- output
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


# ---------------------------------------------------------------- temporary
# Temporary folders that only this user can read; those that killed processes left are removed by the next command.
PREFIX = "workshop-temporary-"  # whatever has such a name is ours, and may be removed


@contextmanager
def temporary_folder(purpose: str) -> Iterator[Path]:
    """Open a folder that is removed afterwards; as long as this process lives, no other one removes it."""
    folder, held = _locked(purpose)
    try:
        yield folder
    finally:
        if held is not None:
            os.close(held)
        rmtree(folder, ignore_errors=True)


def _locked(purpose: str) -> tuple[Path, int | None]:
    """Return a new folder and its open lock; a process that tidies up may remove a folder before it is locked."""
    while True:
        folder = Path(mkdtemp(prefix=f"{PREFIX}{purpose}-"))
        with suppress(BusyError, FileNotFoundError):
            held = lock(folder, 0.0)
            if folder.exists():
                return folder, held
            if held is not None:
                os.close(held)


def tidy() -> None:
    """Remove the temporary folders of processes that were killed; a link is never followed."""
    with suppress(OSError):
        place = Path(gettempdir())
        for left in place.glob(f"{PREFIX}*") if _is_safe(place.stat()) else ():
            with suppress(OSError, BusyError):
                if _is_ours(left.lstat()) and (held := lock(left, 0.0)) is not None:
                    rmtree(left, ignore_errors=True)
                    os.close(held)
                    left.rmdir()  # Windows keeps a folder that is open


def _is_safe(found: os.stat_result) -> bool:
    """Whether nobody else can put a folder of ours under another name: in /tmp, the sticky bit prevents that."""
    if not hasattr(os, "getuid"):
        return True
    writable = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not found.st_mode & stat.S_ISVTX
    return found.st_uid in (0, os.getuid()) and not writable


def _is_ours(found: os.stat_result) -> bool:
    private = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and stat.S_IMODE(found.st_mode) == PRIVATE)
    return stat.S_ISDIR(found.st_mode) and private


PACKED = (".pptx", ".docx", ".pdf", ".png")  # packing them again gains nothing
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a zip file can have
READABLE = 0o644 << 16
UNIX = 3


def packed(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return a zip file with some files in one folder.

    Args:
        files: name without folders -> content.
        folder: its name.
    """
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in sorted(files.items()):
            entry = ZipInfo(f"{folder}/{name}", LONG_AGO)
            entry.external_attr, entry.create_system = READABLE, UNIX
            entry.compress_type = ZIP_STORED if Path(name).suffix in PACKED else ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()
