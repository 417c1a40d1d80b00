"""The files that a build opens, and whether they have changed since."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

# The files that a preview follows, looked at several times a second.
MOST = 20_000  # entries below the watched folders
SKIPPED = frozenset({"__pycache__", "dist", "node_modules"})
Stamps = dict[str, tuple[int, int]]


class Opened:
    """The files that this process opens while ``hearing`` is set, except Python's own and those of the engine.

    Args:
        aside: folders that only we write to.
    """

    def __init__(self, aside: Sequence[Path] = ()) -> None:
        self.paths: set[str] = set()
        self._aside = (sys.prefix, sys.base_prefix, "/dev", "/proc", *map(os.path.abspath, aside))

    @property
    def hearing(self) -> bool:
        """Whether files that are opened now are noted."""
        return self in _hearing()

    @hearing.setter
    def hearing(self, on: bool) -> None:
        if on:
            _hearing().append(self)
        else:
            _hearing().remove(self)

    def hear(self, path: Any) -> None:
        """Note a file."""
        with suppress(TypeError, ValueError):
            found = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - a hook has to be quick
            if not found.startswith(self._aside):
                self.paths.add(found)


@cache
def _hearing() -> list[Opened]:
    """Return those that are hearing. One hook serves them all: it can't be removed, and every event of Python calls it."""
    hearing: list[Opened] = []

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if hearing and event == "open":
            for opened in hearing:
                opened.hear(arguments[0])

    sys.addaudithook(hear)
    return hearing


def stamps(roots: Sequence[Path], opened: Sequence[str]) -> Stamps:
    """Return size and time of the last change of each file that is followed.

    Args:
        roots: folders, followed with everything below them, and files.
        opened: files that a build read, wherever they are.
    """
    found: Stamps = {}
    for place in (*(path for root in roots for path in _below(str(root))), *opened):
        with suppress(OSError):
            status = os.stat(place)  # noqa: PTH116 - there are hundreds
            found[place] = (status.st_size, status.st_mtime_ns)
    return found


def _below(root: str) -> Iterator[str]:
    """Yield the files of a folder, or the file itself; hidden ones and those of other programs are left out."""
    todo, seen = [root], 0
    while todo and seen < MOST:
        place = todo.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except NotADirectoryError:
            yield place
            continue
        except OSError:
            continue
        for entry in entries:
            seen += 1
            if entry.name.startswith(".") or entry.name in SKIPPED:
                continue
            if entry.is_dir(follow_symlinks=False):
                todo.append(entry.path)
            else:
                yield entry.path


def settled(look: Callable[[], Stamps], wait: Callable[[], None]) -> Stamps:
    """Return the stamps once two looks in a row agree: an editor may still be writing."""
    before = look()
    while True:
        wait()
        now = look()
        if now == before:
            return now
        before = now
