"""Checking whether anything has changed since the last build: what it read, its options, and what it wrote.

This happens before anything else is imported, so it needs little besides the standard library. Python reports each opened
file and each listed folder to an audit hook, so no part of the engine has to say what it used. In a
kit the folder of each file counts too, since a new file beside it might be read the next time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from types import MappingProxyType
from typing import Any, NamedTuple

from msgspec import Struct

from workshop.files.memo import PACKAGE, Memo, digest

MANIFEST = "manifest.json"

SAME_TICK = 2_000_000_000  # ns: file systems round modification times by up to two seconds
VARIABLES = ("WORKSHOP_", "XDG_", "LC_", "LANG", "HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PYTHON")
KIT = "kit.yaml"
COMPILED = "__pycache__"
NO_STAMPS: Mapping[str, Stamp | None] = MappingProxyType({})


class Stamp(NamedTuple):
    """Data that shows whether a file or folder has changed.

    Attributes:
        size: bytes of a file, or number of names in a folder.
        changed: time of the last change in ns; see ``_changed``.
        digest: digest of the content, or of the names; "" of an old module, for which another time is a change.
    """

    size: int
    changed: int
    digest: str
    folder: bool = False


class Answer(Struct, frozen=True, kw_only=True):
    """The output of a build, to print again if nothing has changed."""

    problems: str
    text: str


class Record(Struct, frozen=True):
    """A finished build: when it was recorded, in ns, each file and folder that it read or wrote, and its output."""

    kept: int
    files: Mapping[str, Stamp | None]
    answer: Answer


class Seen(NamedTuple):
    """What a build read.

    Attributes:
        stamps: the stamp of each file and folder, ``None`` if it is missing.
        late: files that were written during the build and may have been read with another content.
    """

    stamps: dict[str, Stamp | None]
    late: tuple[str, ...]


class Reads:
    """Everything that this process reads from now on, except Python itself and files below given folders."""

    def __init__(self) -> None:
        self._began = time.time_ns()
        self._opened: dict[str, int] = {}  # path -> when it had last been changed as it was first opened
        self._listed: set[str] = set()
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        with suppress(TypeError, ValueError):  # a file may be named by a number, too
            if event == "open" and (path := os.fsdecode(arguments[0])) not in self._opened:
                self._opened[path] = _time_of(path)
            elif event in ("os.listdir", "os.scandir"):
                self._listed.add(os.fsdecode(arguments[0]))

    def inputs(self, made: Iterable[str], cache: Path, before: Mapping[str, Stamp | None] = NO_STAMPS) -> Seen:
        """Return what was read.

        All our own files count: a copy of this process, which draws, may have read others than this one. What is installed
        counts by the list of its files that an installation leaves.

        Args:
            made: files that this process wrote.
            cache: the cache folder, into which only we write.
            before: the stamps of the last build of the same.
        """
        import sysconfig

        paths = sysconfig.get_paths()
        installed = {paths[name] for name in ("purelib", "platlib")}
        aside = {*made, *installed, paths["stdlib"], paths["platstdlib"], "/dev", "/proc", str(cache)}
        modules = {getattr(module, "__file__", None) or "" for module in tuple(sys.modules.values())}
        seen = self.seen(aside, modules.union(_own_files()), before)
        records = (str(path) for folder in sorted(installed) for path in Path(folder).glob("*.dist-info/RECORD"))
        anew = {
            path: stamp_of(path, self._began - SAME_TICK) for path in records
        }  # a plugin of the same version, mended
        return seen._replace(stamps=seen.stamps | anew | {path: stamp_of(path) for path in sorted(installed)})

    def below(self, folder: Path) -> list[Path]:
        """Return the files of a folder that were opened."""
        return [Path(path) for path in sorted(_absolute(self._opened, ())) if _below(path, {str(folder)})]

    def again(self) -> None:
        """Forget what was read so far."""
        self._began = time.time_ns()
        self._opened, self._listed = {}, set()

    def seen(
        self, aside: Collection[str], more: Iterable[str] = (), before: Mapping[str, Stamp | None] = NO_STAMPS
    ) -> Seen:
        """Return what was read.

        A file that was written meanwhile is as it was read if the last build recorded it, and it hadn't been changed
        after that when it was first opened, and it has the same content now: an editor saved it again, or ``touch`` did.
        The content now wouldn't be enough, since a file may be changed, read, and changed back.

        Args:
            aside: absolute paths; what is there or below is left out.
            more: modules, which were read as well.
            before: the stamps of the last build of the same.
        """
        modules = set(_absolute(more, aside))
        files = modules.union(_absolute(self._opened, aside))
        kits = {str(Path(path).parent) for path in files if path.endswith(KIT) and Path(path).name == KIT}
        inside = [path for path in files if _below(path, kits)]
        beside = {str(folder) for path in inside for folder in Path(path).parents if _below(str(folder), kits)}
        found = sorted({*files, *_absolute(self._listed, aside), *beside})
        old = self._began - SAME_TICK
        stamps = {path: stamp_of(path, old if path in modules else 0) for path in found}
        written = [path for path in found if (now := stamps[path]) and not now.folder and now.changed >= self._began]
        opened = {os.path.abspath(path): when for path, when in reversed(list(self._opened.items()))}  # noqa: PTH100
        late = (
            path
            for path in written
            if path in modules or not _was_the_same(stamps[path], before.get(path), opened.get(path, 0))
        )
        return Seen(stamps, tuple(late))


def _was_the_same(now: Stamp | None, before: Stamp | None, opened: int) -> bool:
    """Whether a file had the content of the build before when it was first opened, and has it now."""
    return bool(now and before and opened == before.changed and (now.size, now.digest) == (before.size, before.digest))


def _time_of(path: str) -> int:
    """Return the time of the last change of a file in ns; 0 if it is missing."""
    try:
        return _changed(os.stat(path))  # noqa: PTH116 - there are hundreds
    except OSError:
        return 0


def _own_files() -> Iterator[str]:
    for path in Path(PACKAGE).rglob("*"):
        if COMPILED not in path.parts and path.is_file():
            yield str(path)


def _absolute(paths: Iterable[str], aside: Collection[str]) -> Iterator[str]:
    """Yield absolute paths, without following links, except those below any of some folders."""
    now = tuple(paths)  # at once: another thread, such as one of a cluster's worker, may open a file meanwhile
    whole = {os.path.abspath(path) for path in now if path}  # noqa: PTH100 - pathlib would leave ".." in
    return (path for path in whole if not _below(path, aside) and COMPILED not in path)


def _below(path: str, folders: Collection[str]) -> bool:
    return path in folders or path.startswith(tuple([folder + os.sep for folder in folders]))


def _changed(status: os.stat_result) -> int:
    """Return the time of the last change in ns: of the content, or of the file itself if that is later.

    Programs can set the time of the content: two versions of a kit unpacked from archives may have the same one.
    """
    return max(status.st_mtime_ns, status.st_ctime_ns)


def stamp_of(place: str, old: int = 0) -> Stamp | None:
    """Return the stamp of a file, or of the names in a folder; ``None`` if it is missing or can't be read.

    Args:
        old: a file that was changed before this time, in ns, gets no digest.
    """
    try:
        known = os.stat(place)  # noqa: PTH116 - there are hundreds
        if S_ISDIR(known.st_mode):
            names = sorted(entry.name for entry in Path(place).iterdir() if entry.name != COMPILED)
            digest = hashlib.sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()
            return Stamp(len(names), _changed(known), digest, folder=True)
        if not S_ISREG(known.st_mode):
            return None
        if _changed(known) < old:
            return Stamp(known.st_size, _changed(known), "")
        with open(place, "rb") as file:  # noqa: PTH123 - likewise
            return Stamp(known.st_size, _changed(known), hashlib.file_digest(file, "sha256").hexdigest())
    except OSError:
        return None


def is_as_it_was(place: str, stamp: Stamp | None, kept: int) -> bool:
    """Whether a file or folder is unchanged: by its modification time, or by its digest if the time isn't conclusive."""
    try:
        now = _changed(os.stat(place))  # noqa: PTH116 - there are hundreds
    except OSError:
        return stamp is None
    if stamp is None:
        return False
    if now == stamp.changed and now < kept - SAME_TICK:
        return True
    found = stamp_of(place)
    return found is not None and (found.size, found.digest) == (stamp.size, stamp.digest)


def _read(stored: bytes) -> Record:
    told = json.loads(stored)
    files = {path: stamp and Stamp(*stamp) for path, stamp in told["files"].items()}
    return Record(int(told["kept"]), files, Answer(problems=str(told["problems"]), text=str(told["text"])))


def _write(record: Record) -> bytes:
    told = {"kept": record.kept, "files": record.files}
    return json.dumps(told | {"problems": record.answer.problems, "text": record.answer.text}).encode()


RECORDS = Memo(".unchanged", _read, _write)


def _name(arguments: Sequence[str]) -> str:
    """Return the name of the record of one command in one folder, with the environment variables that affect it."""
    told = {name: value for name, value in os.environ.items() if name.upper().startswith(VARIABLES)}
    return digest(list(arguments), str(Path.cwd()), sys.version, sys.executable, sorted(told.items()))


def last_answer(cache: Path, arguments: Sequence[str]) -> Answer | None:
    """Return the output of the same command if nothing that it read or wrote has changed since, else ``None``."""
    with suppress(OSError):  # the current folder may be gone
        record = RECORDS.recall(cache, _name(arguments))
        if record and all(is_as_it_was(path, stamp, record.kept) for path, stamp in record.files.items()):
            return record.answer
    return None


def keep_answer(
    cache: Path, arguments: Sequence[str], reads: Reads, written: Iterable[Path], answer: Answer
) -> tuple[str, ...]:
    """Record what a build read, wrote and printed; if that isn't possible, the next build just runs again.

    Args:
        written: the files of the build.

    Returns:
        The files because of which nothing was recorded: they were changed during the build.
    """
    from workshop.files.bases import BASE  # here, since this module is imported before anything else

    outputs = {str(path.absolute()) for path in written}
    folders = {str(Path(path).parent) for path in outputs}
    outputs |= {str(Path(folder, MANIFEST)) for folder in folders}
    outputs |= {str(path) for folder in folders for path in Path(folder).iterdir() if BASE.fullmatch(path.name)}
    name = _name(arguments)
    last = RECORDS.recall(cache, name)
    seen = reads.inputs(outputs, cache, last.files if last else NO_STAMPS)
    if not seen.late:
        made = {path: stamp_of(path) for path in (*outputs, *folders)}
        RECORDS.keep(cache, name, Record(time.time_ns(), seen.stamps | made, answer))
    return seen.late
