"""Stops this process at any write, rename or removal: an audit hook sees each of them before it happens."""

import contextlib
import errno
import os
import shutil
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from workshop.errors import WorkshopError

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# event -> which of its arguments is the path that changes
CHANGES = {
    "os.chmod": 0,
    "os.link": 1,
    "os.mkdir": 0,
    "os.remove": 0,
    "os.rename": 1,
    "os.rmdir": 0,
    "os.symlink": 1,
    "os.truncate": 0,
}
HALF = b"half of what was to be wri"


class Killed(BaseException):
    """The process ends here: nothing that comes after it may change a file."""


@dataclass(frozen=True, order=True)
class Point:
    """One change of the disk: what, where, and its number among changes of its kind."""

    event: str
    path: str
    turn: int = 0


@dataclass
class Watch:
    """Notes each change below some folders; at one of them it stops the process or lets the disk fail.

    Attributes:
        roots: folders; what changes elsewhere isn't noted.
        at: where to stop, or ``None``.
        how: "before" the change, "half" through a write (half the file is there), or "error": the disk fails once.
    """

    roots: tuple[Path, ...]
    at: Point | None = None
    how: str = "before"
    points: list[Point] = field(default_factory=list)
    killed: bool = False
    _seen: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __call__(self, event: str, path: str) -> None:
        """Look at one change."""
        place = next((f"{root.name}{path[len(str(root)) :]}" for root in self.roots if path.startswith(str(root))), "")
        if not place and Path(path).is_absolute():
            return
        if self.killed:
            raise Killed
        key = (event, place or path)
        point = Point(*key, self._seen[key])
        self._seen[key] += 1
        self.points.append(point)
        if point != self.at:
            return
        if self.how == "error":
            raise OSError(errno.EIO, "Input/output error", path)
        if self.how == "half":
            Path(path).write_bytes(HALF)
        self.killed = True
        raise Killed


class _Hook:
    """The audit hook: installed for the lifetime of the process, but without effect unless something is being watched."""

    def __init__(self) -> None:
        self.watch: Watch | None = None
        self._inside = threading.local()
        sys.addaudithook(self._see)

    def _see(self, event: str, arguments: tuple) -> None:
        watch = self.watch
        if watch is None or getattr(self._inside, "now", False):
            return
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, int) or not flags & WRITING:
                return
        elif event in CHANGES:
            path = arguments[CHANGES[event]]
        else:
            return
        self._inside.now = True  # the watch's own changes aren't watched
        try:
            watch(event, os.fsdecode(path))
        finally:
            self._inside.now = False


_hook = cache(_Hook)  # one per process


@contextlib.contextmanager
def watched(watch: Watch) -> Iterator[Watch]:
    """Watch the changes made by a block; being killed ends only the block."""
    _hook().watch = watch
    try:
        with contextlib.suppress(Killed):
            yield watch
    finally:
        _hook().watch = None


def stops(folder, act, hows=("before", "half")) -> Iterator[tuple[Point, str]]:
    """Yield each point at which ``act`` changes the disk, with the folder in the state in which ``act`` leaves it if stopped there."""
    start = folder.with_name("start")
    shutil.copytree(folder, start)

    def again(watch):
        shutil.rmtree(folder)
        shutil.copytree(start, folder)
        with watched(watch), contextlib.suppress(WorkshopError):
            act()

    points = Watch((folder,))
    again(points)
    assert points.points
    for point in points.points:
        for how in hows:
            if how != "half" or point.event == "open":
                again(Watch((folder,), point, how))
                yield point, how
