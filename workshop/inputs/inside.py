"""A folder that travels: each part of a path in it is opened in turn, without following links, so nothing leads out of it.

``Inside`` is for whoever works in such a folder. ``keep_inside`` is for everything else in this process and in those that it
starts: from then on ``door.open_regular`` takes the same way for every path below that folder.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, NamedTuple

from msgspec import Struct

from workshop import limits
from workshop.errors import Problem, Severity

VARIABLE = "WORKSHOP_INSIDE"  # the folder that this process, and those that it starts, keep to
BY_HANDLE = {os.open, os.stat, os.mkdir, os.unlink, os.rename} <= os.supports_dir_fd and os.scandir in os.supports_fd
PRIVATE, FOLDERS = 0o600, 0o700
_ALWAYS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | _ALWAYS
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | _ALWAYS
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _ALWAYS
_KINDS = (
    (stat.S_ISDIR, "it is a folder"),
    (stat.S_ISFIFO, "it is a pipe"),
    (stat.S_ISSOCK, "it is a socket"),
    (stat.S_ISCHR, "it is a device"),
    (stat.S_ISBLK, "it is a device"),
)
OUT_OF_IT = "it leads out of this workshop's folder"
MOST_TOLD = 10  # sentences about what isn't used
UNFINISHED = (".half", ".new")  # endings of files that are being written


class RefusedError(OSError):
    """A file that isn't read; ``strerror`` says why, in a clause, and ``hint`` what to do."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(0, reason)
        self.hint = hint


class TooLargeError(RefusedError):
    """A file over its limit."""


class LeadsOutError(RefusedError):
    """A link in a folder that travels, or a name that leaves it."""

    def __init__(self, name: str) -> None:
        super().__init__(OUT_OF_IT, "put a copy of the file itself there")
        self.filename = name


class Identity(NamedTuple):
    """What the system knows a folder by, wherever it is moved on its disk."""

    device: int
    number: int


class _At(NamedTuple):
    """An open folder: its handle, or its path where a system opens nothing by handles."""

    handle: int
    path: str

    def to(self, name: str) -> dict[str, Any]:
        """Return the arguments with which the system finds a name in it."""
        return {"path": name, "dir_fd": self.handle} if BY_HANDLE else {"path": os.path.join(self.path, name)}  # noqa: PTH118


def kind_of(mode: int) -> str:
    """Say what a thing is if it isn't a regular file; "" if it is one."""
    return next((what for is_kind, what in _KINDS if is_kind(mode)), "")


def too_large(size: int, most: int) -> TooLargeError:
    """Return the error of a file over its limit."""
    return TooLargeError(f"it has {limits.megabytes(size)}; the limit is {limits.megabytes(most)}")


def regular(handle: int, most: int) -> BinaryIO:
    """Return an open handle as a file to read; it is closed if it is anything but a regular file of limited size.

    Raises:
        RefusedError: if it is; TooLargeError, a subclass, if it is larger than ``most`` bytes.
    """
    found = os.fstat(handle)
    odd = kind_of(found.st_mode)
    if odd or found.st_size > most:
        os.close(handle)
        raise RefusedError(odd, "name a regular file") if odd else too_large(found.st_size, most)
    return os.fdopen(handle, "rb")


class Inside(Struct, frozen=True):
    """The way to everything in one folder. A name is a path in it, with forward slashes; an error is an ``OSError``.

    Attributes:
        root: the folder, which isn't a link itself.
        known: what the system knew it by; ``None`` if any folder of that path will do.
    """

    root: Path
    known: Identity | None = None

    @classmethod
    def at(cls, root: Path) -> Inside:
        """Return the way into a folder, which is refused later if another one takes its place.

        Raises:
            OSError: if it isn't there; LeadsOutError, a subclass, if it is a link.
        """
        found = os.lstat(root)
        if _is_link(found):
            raise LeadsOutError(root.name)
        return cls(root, Identity(found.st_dev, found.st_ino))

    # ------------------------------------------------------------ files
    def open(self, name: str, most: int) -> BinaryIO:
        """Return a regular file of at most so many bytes, opened for reading."""
        with self._folder_of(name) as (at, last):
            try:
                before = None if BY_HANDLE else _looked_at(at, last)
                handle = os.open(**at.to(last), flags=_READ)
            except OSError as error:
                raise _clearer(error, at, last, name) from None
        if before is not None and not os.path.samestat(before, os.fstat(handle)):
            os.close(handle)
            raise LeadsOutError(name)
        sys.audit("open", str(self.root / name), None, _READ)  # whoever notes what is read hears the whole path
        return regular(handle, most)

    def read(self, name: str, most: int) -> bytes:
        """Return the bytes of a regular file."""
        with self.open(name, most) as stream:
            content = stream.read(most + 1)
        if len(content) > most:  # it grew
            raise too_large(len(content), most)
        return content

    def write(self, name: str, content: bytes) -> None:
        """Write a file that only its owner can read, whole or not at all; its folders are made."""
        with self._folder_of(name, make=True) as (at, last):
            half = f"{last}.{os.getpid()}{UNFINISHED[1]}"
            with suppress(FileNotFoundError):
                os.unlink(**at.to(half))
            try:
                with os.fdopen(os.open(**at.to(half), flags=_NEW, mode=PRIVATE), "wb") as file:
                    file.write(content)
                _move(at, half, last)
            except BaseException:
                with suppress(OSError):
                    os.unlink(**at.to(half))
                raise

    def new(self, name: str) -> BinaryIO:
        """Return a new file opened for writing, in place of whatever had its name; its folders are made."""
        with self._folder_of(name, make=True) as (at, last):
            with suppress(FileNotFoundError):
                os.unlink(**at.to(last))
            return os.fdopen(os.open(**at.to(last), flags=_NEW, mode=PRIVATE), "wb")

    def rename(self, name: str, other: str) -> None:
        """Give a file another name in its folder, in place of whatever had that name."""
        with self._folder_of(name) as (at, last):
            _move(at, last, PurePosixPath(other).name)

    def delete(self, name: str) -> None:
        """Delete a file, or a link, but never what it leads to; one that is missing is fine."""
        with suppress(FileNotFoundError), self._folder_of(name) as (at, last):
            os.unlink(**at.to(last))

    def make(self, name: str) -> None:
        """Make a folder, and those that it is in."""
        with self._folder_of(f"{name}/x", make=True):
            pass

    def is_file(self, name: str) -> bool:
        """Whether there is a regular file of this name."""
        try:
            with self._folder_of(name) as (at, last):
                return stat.S_ISREG(os.stat(**at.to(last), follow_symlinks=False).st_mode)
        except OSError:
            return False

    def path(self, name: str) -> Path:
        """Return the path of a regular file for what opens paths itself; at this moment it leads nowhere else."""
        with self.open(name, sys.maxsize):
            return self.root / name

    # ------------------------------------------------------------ folders
    def names(self, folder: str, most: int = limits.DATA_FILES) -> list[str]:
        """Return the names of the regular files in a folder, in order; none if it is missing, or holds too much, or isn't used."""
        with suppress(OSError):
            found = self._entries(folder, most)
            return [name for name, mode, _ in found if stat.S_ISREG(mode) and not name.endswith(UNFINISHED)]
        return []

    def folders(self, most: int = limits.DATA_FILES) -> list[str]:
        """Return the names of the folders in this folder, in order, without hidden ones; none if it holds too much."""
        with suppress(OSError):
            return [
                name for name, mode, _ in self._entries("", most) if stat.S_ISDIR(mode) and not name.startswith(".")
            ]
        return []

    def below(self, folder: str, most: int = limits.DATA_FILES) -> list[str]:
        """Return the paths of all regular files in a folder and its subfolders, as seen from that folder; at most so many."""
        return sorted(
            path for path, mode, _ in self._walk(folder, most) if stat.S_ISREG(mode) and not path.endswith(UNFINISHED)
        )

    def changed(self, name: str, most: int = limits.DATA_FILES) -> float:
        """Return when a file, or anything in a folder, changed last, in seconds since 1970; 0 if there is nothing."""
        with suppress(OSError), self._folder_of(name) as (at, last):
            found = os.stat(**at.to(last), follow_symlinks=False)
            return max([found.st_mtime, *(time for *_, time in self._walk(name, most))])
        return 0.0

    def is_link(self, name: str) -> bool:
        """Whether a name, or a folder on the way to it, is a link."""
        try:
            with self._folder_of(name) as (at, last):
                _looked_at(at, last)
        except LeadsOutError:
            return True
        except OSError:
            return False
        return False

    def refused(self, names: Sequence[str]) -> list[Problem]:
        """Return a sentence for each of some names, and of what is in those that are folders, that isn't used."""
        found: dict[str, str] = {}
        for name in names:
            try:
                with self._folder_of(name) as (at, last):
                    mode = os.stat(**at.to(last), follow_symlinks=False).st_mode
                inside = self._entries(name, limits.DATA_FILES) if stat.S_ISDIR(mode) else []
            except FileNotFoundError:
                continue
            except RefusedError as error:
                found.setdefault(str(error.filename or name), str(error.strerror))
                continue
            except OSError as error:
                found.setdefault(name, f"it can't be read ({error.strerror})")
                continue
            for path, its in [(name, mode), *((f"{name}/{one}", its) for one, its, _ in inside)]:
                if not (stat.S_ISDIR(its) or stat.S_ISREG(its)):
                    found.setdefault(
                        path, OUT_OF_IT if stat.S_ISLNK(its) else kind_of(its) or "it isn't a regular file"
                    )
        return [
            Problem(f"'{name}' {why.removeprefix('it ')}, so it isn't used", code="not-used", severity=Severity.WARNING)
            for name, why in islice(found.items(), MOST_TOLD)
        ]

    # ------------------------------------------------------------ part by part
    def _entries(self, folder: str, most: int) -> list[tuple[str, int, float]]:
        """Return name, mode and time of the last change of everything in a folder, by name; a link is told as one."""
        with (
            self._folder_of(f"{folder}/x" if folder else "x") as (at, _),
            os.scandir(at.handle if BY_HANDLE else at.path) as entries,
        ):
            found = list(islice(entries, most + 1))
            if len(found) > most:
                raise RefusedError(f"it holds more than {most:,} names", "take out what isn't needed")
            return sorted((entry.name, *_mode_and_time(entry)) for entry in found)

    def _walk(self, folder: str, most: int) -> Iterator[tuple[str, int, float]]:
        """Yield path, mode and time of everything in a folder and its subfolders, at most so many of them."""
        todo, left = [""], most
        while todo and left > 0:
            within = todo.pop()
            with suppress(OSError):
                entries = self._entries(f"{folder}/{within}" if within else folder, left)
                left -= len(entries)
                for name, mode, time in entries:
                    path = f"{within}/{name}" if within else name
                    if stat.S_ISDIR(mode):
                        todo.append(path)
                    yield path, mode, time

    @contextmanager
    def _folder_of(self, name: str, *, make: bool = False) -> Iterator[tuple[_At, str]]:
        """Open the folder that a name is in; yield it and the last part of the name."""
        *folders, last = _parts(name)
        at = self._top()
        try:
            for place, part in enumerate(folders):
                if make:
                    with suppress(FileExistsError):
                        os.mkdir(**at.to(part), mode=FOLDERS)  # noqa: PTH102 - by handle
                below = _step(at, part, "/".join(folders[: place + 1]))
                _close(at)
                at = below
            yield at, last
        finally:
            _close(at)

    def _top(self) -> _At:
        found = os.lstat(self.root)
        if _is_link(found):
            raise LeadsOutError(self.root.name)
        handle = os.open(self.root, _FOLDER) if BY_HANDLE else -1
        at = _At(handle, str(self.root))
        if BY_HANDLE:
            found = os.fstat(handle)
        if self.known is not None and self.known != (found.st_dev, found.st_ino):
            _close(at)
            raise RefusedError("another folder has taken its place", "open this workshop again")
        return at


def _parts(name: str) -> list[str]:
    parts = PurePosixPath(name).parts
    odd = {"..", "/"} | ({part for part in parts if set(part) & set('\\:*?"<>|')} if os.name == "nt" else set())
    if not parts or odd & set(parts) or "\0" in name:
        raise LeadsOutError(name)
    return list(parts)


def _step(at: _At, part: str, name: str) -> _At:
    """Open a folder in an open one."""
    try:
        if BY_HANDLE:
            return _At(os.open(**at.to(part), flags=_FOLDER), "")
        if not stat.S_ISDIR(_looked_at(at, part).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), name)
        return _At(-1, str(at.to(part)["path"]))
    except OSError as error:
        raise _clearer(error, at, part, name) from None


def _close(at: _At) -> None:
    if at.handle >= 0:
        os.close(at.handle)


def _looked_at(at: _At, name: str) -> os.stat_result:
    found = os.stat(**at.to(name), follow_symlinks=False)
    if _is_link(found):
        raise LeadsOutError(name)
    return found


def _is_link(found: os.stat_result) -> bool:
    """Whether something is a link, or on Windows a junction or another name for a place elsewhere."""
    return stat.S_ISLNK(found.st_mode) or bool(getattr(found, "st_reparse_tag", 0))


def _mode_and_time(entry: os.DirEntry[str]) -> tuple[int, float]:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:  # it has gone meanwhile
        return 0, 0.0
    return stat.S_IFLNK if _is_link(found) else found.st_mode, found.st_mtime


def _clearer(error: OSError, at: _At, part: str, name: str) -> OSError:
    """Return the error of a part that can't be opened: what the system says of a link depends on the system."""
    with suppress(OSError):
        found = os.stat(**at.to(part), follow_symlinks=False)
        if _is_link(found):
            return LeadsOutError(name)
        if odd := kind_of(found.st_mode):
            return error if stat.S_ISDIR(found.st_mode) else RefusedError(odd, "name a regular file")
    error.filename = name
    return error


def _move(at: _At, name: str, other: str) -> None:
    if BY_HANDLE:
        os.replace(name, other, src_dir_fd=at.handle, dst_dir_fd=at.handle)
    else:
        Path(at.path, name).replace(Path(at.path, other))


def keep_inside(folder: Path) -> None:
    """Let this process, and those that it starts, follow no link in a folder from now on."""
    os.environ[VARIABLE] = kept_inside(folder)


def kept_inside(folder: Path) -> str:
    """Return the value of the variable that lets another process follow no link in a folder, which is its current one."""
    found = os.lstat(folder)
    return f"{found.st_dev}:{found.st_ino}:{folder.parent.resolve() / folder.name}"


def inside_of(path: Path) -> tuple[Inside, str] | None:
    """Return the folder that this process keeps to and the name that a path has in it; ``None`` for a path elsewhere."""
    if not (kept := os.environ.get(VARIABLE)):
        return None
    device, number, root = kept.split(":", 2)
    whole = os.path.normpath(os.path.join(root, path))  # noqa: PTH118 - asked for each file of a build
    if not whole.startswith(root + os.sep):
        return None
    return Inside(Path(root), Identity(int(device), int(number))), Path(whole).relative_to(root).as_posix()


def is_refused(path: Path) -> bool:
    """Whether a path, which may be missing, leads out of the folder that this process keeps to."""
    if (found := inside_of(path)) is None:
        return False
    return found[0].is_link(found[1])
