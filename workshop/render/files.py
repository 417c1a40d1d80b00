"""The files of a kit: the writers that have something to write, and the bytes of each file."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import replace

from workshop.errors import Problem, Problems, WorkshopError
from workshop.layout.laid import LaidOut
from workshop.model.request import Request
from workshop.plugins.registry import Registry
from workshop.render.typst_process import PRESSES
from workshop.render.writer import Writer
from workshop.side_by_side import in_copy

Made = bytes | Mapping[str, bytes] | tuple[Problem, ...]
AT_ONCE = 2  # printed documents that are prepared at the same time; ``PRESSES`` decides how many of them are set


def render(
    laid: LaidOut, request: Request, registry: Registry, progress: Callable[[str], None] = lambda _: None
) -> dict[str, bytes]:
    """Return name -> bytes of every requested file.

    If there are documents, the rest is drawn in a copy of this process. Documents are set in processes of their own, one at a
    time while the deck is drawn, and then up to two.

    Raises:
        Problems: the problems of all writers.
    """
    found: list[Problem] = []
    writers = _writers(laid, request, registry, found)
    keeping = replace(laid, kept=request.cache)
    drawing = [writer for writer in writers if not writer.is_typeset]
    typeset = [writer for writer in writers if writer.is_typeset]

    def draw() -> dict[str, Made]:
        return {writer.filename: _made(writer, keeping) for writer in drawing}

    def make(writer: Writer) -> Made:
        progress(writer.name_for(laid.kit))
        try:
            return _made(writer, keeping)
        finally:
            progress("")  # it has ended

    with in_copy(draw) if typeset and drawing else nullcontext(draw) as drawn, ThreadPoolExecutor(AT_ONCE) as press:
        waiting = {writer.filename: press.submit(make, writer) for writer in typeset}
        with PRESSES.drawing() if drawing else nullcontext():
            for writer in reversed(drawing):  # the first of them takes the time
                progress(writer.name_for(laid.kit))
            done = drawn()
        if not all(future.done() for future in waiting.values()):
            _give_back()
        done |= {name: future.result() for name, future in waiting.items()}
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


def _made(writer: Writer, laid: LaidOut) -> Made:
    """Return a file, several, or what is wrong."""
    try:
        return writer.render(laid)
    except WorkshopError as error:
        return error.problems


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
