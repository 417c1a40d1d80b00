"""The files of a kit: the writers that have something to write, and the bytes of each file."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, nullcontext, suppress
from dataclasses import replace
from types import TracebackType
from typing import Self

from workshop.errors import Problem, Problems, WorkshopError
from workshop.layout.laid import LaidOut
from workshop.model.request import Request
from workshop.plugins.registry import Registry
from workshop.render.typst_process import PRESSES
from workshop.render.writer import Writer

Made = bytes | Mapping[str, bytes] | tuple[Problem, ...]  # a file, several, or what is wrong

AT_ONCE = 2  # printed documents that are made at the same time if nothing else is made


def render(
    laid: LaidOut, request: Request, registry: Registry, progress: Callable[[str], None] = lambda _: None
) -> dict[str, bytes]:
    """Return name -> bytes of every requested file.

    Raises:
        Problems: the problems of all writers.
    """
    with Making(request, registry, progress) as making:
        return making.files(laid)


class Making:
    """The files of one build while they are made; documents that need no slides can begin before the others.

    Printed documents are set in processes of their own, one at a time while this process draws the deck, and then up to two.
    An error that leaves this context stops them.
    """

    def __init__(self, request: Request, registry: Registry, progress: Callable[[str], None] = lambda _: None) -> None:
        """Nothing has begun yet."""
        self._request, self._registry, self._progress = request, registry, progress
        self._press: ThreadPoolExecutor | None = None
        self._begun: dict[str, Future[Made]] = {}
        self._drawing = ExitStack()

    def __enter__(self) -> Self:
        """Begin nothing yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for what has begun; after an error, stop it."""
        with self._drawing, PRESSES.stopped() if kind else nullcontext():
            if self._press is not None:
                self._press.shutdown(cancel_futures=kind is not None)

    def begin(self, bare: LaidOut) -> None:
        """Begin the documents that need no slides; ``bare`` is a deck without any."""
        writers = _writers(bare, self._request, self._registry, [])
        self._submit([writer for writer in writers if not writer.needs_slides], bare, writers)

    def files(self, laid: LaidOut) -> dict[str, bytes]:
        """Return name -> bytes of every requested file, for a deck that is laid out.

        Raises:
            Problems: the problems of all writers.
        """
        found: list[Problem] = []
        writers = _writers(laid, self._request, self._registry, found)
        self._submit(writers, laid, writers)
        keeping = replace(laid, kept=self._request.cache)
        drawn = {writer.filename: self._make(writer, keeping) for writer in writers if not writer.is_typeset}
        self._drawing.close()
        if not all(future.done() for future in self._begun.values()):
            _give_back()
        done = drawn | {name: future.result() for name, future in self._begun.items()}
        files: dict[str, bytes] = {}
        for writer in writers:
            made = done[writer.filename]
            if isinstance(made, bytes):
                files[writer.name_for(laid.kit)] = made
            elif isinstance(made, Mapping):
                files |= made
            else:
                found.extend(made)
        if found:
            raise Problems(found)
        return files

    def _submit(self, writers: Iterable[Writer], laid: LaidOut, wanted: Iterable[Writer]) -> None:
        """Begin documents; ``wanted`` are all writers of this build, which decide how much room there is."""
        if self._press is None:
            drawing = not all(writer.is_typeset for writer in wanted)
            self._press = ThreadPoolExecutor(1 if drawing else AT_ONCE)
            self._drawing.enter_context(PRESSES.drawing() if drawing else nullcontext())
        keeping = replace(laid, kept=self._request.cache)
        for writer in writers:
            if writer.is_typeset and writer.filename not in self._begun:
                self._begun[writer.filename] = self._press.submit(self._make, writer, keeping)

    def _make(self, writer: Writer, laid: LaidOut) -> Made:
        self._progress(writer.name_for(laid.kit))
        try:
            return writer.render(laid)
        except WorkshopError as error:
            return error.problems
        finally:
            self._progress("")  # it has ended


def _give_back() -> None:
    """Return to the system what drawing took: documents are still being set, in a process that needs much memory."""
    gc.collect()  # packages are full of cycles, and nobody else looks for any during a build
    with suppress(AttributeError, OSError, TypeError):  # only glibc can do it
        ctypes.CDLL(None).malloc_trim(0)


def _writers(laid: LaidOut, request: Request, registry: Registry, found: list[Problem]) -> list[Writer]:
    """Return the writers that have something to write; a requested one that has nothing is reported."""
    writers = []
    asks = request.only or request.everything or request.editable
    for name in _asked_for(request, registry) if laid.kit.is_kit or asks else ("deck",):
        writer: Writer = registry.get("writer", name)
        due = writer.is_due(laid.kit) if laid.kit.is_kit else name == "deck"
        everything = request.everything and not writer.twin_of
        wanted = request.only or everything or due or (request.editable and writer.twin_of)
        if not wanted:
            continue  # for a single file only the deck is made, unless something else is requested
        if missing := writer.missing(laid.kit):
            if name in request.only:
                hint = "write some, or leave it out"
                found.append(Problem(f"there is nothing for '{name}': no {missing} here", hint=hint))
        else:
            writers.append(writer)
    return writers


def _asked_for(request: Request, registry: Registry) -> tuple[str, ...]:
    """Return the names of the writers to consider: all, or the requested ones and those that come with them."""
    names = tuple(registry.names("writer"))
    if not request.only:
        return names
    asked = request.only
    if request.editable:
        asked += tuple(n for n in names if registry.get("writer", n).twin_of in asked and n not in asked)
    brought = (n for n in names if registry.get("writer", n).along_with in asked and n not in asked)
    return (*asked, *brought)
