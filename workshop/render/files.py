"""All files of a kit: which writers have something to write, and the bytes of each."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from workshop.errors import Problem, Problems, WorkshopError
from workshop.layout.laid import LaidOut
from workshop.model.request import Request
from workshop.plugins.registry import Registry
from workshop.render.writer import Writer


def render(
    laid: LaidOut, request: Request, registry: Registry, progress: Callable[[str], None] = lambda _: None
) -> dict[str, bytes]:
    """Return name -> bytes of every file asked for.

    Pages are set one document at a time, each in a process of its own; meanwhile this one draws the deck.

    Raises:
        Problems: of all writers together.
    """
    found: list[Problem] = []
    writers = _writers(laid, request, registry, found)
    keeping = replace(laid, kept=request.cache)

    def make(writer: Writer) -> bytes | tuple[Problem, ...]:
        progress(writer.name_for(laid.kit))
        try:
            return writer.render(keeping)
        except WorkshopError as error:
            return error.problems

    with ThreadPoolExecutor(1) as press:
        waiting = {writer.filename: press.submit(make, writer) for writer in writers if writer.is_typeset}
        drawn = {writer.filename: make(writer) for writer in writers if not writer.is_typeset}
        done = drawn | {name: future.result() for name, future in waiting.items()}
    files: dict[str, bytes] = {}
    for writer in writers:
        made = done[writer.filename]
        if isinstance(made, bytes):
            files[writer.name_for(laid.kit)] = made
        else:
            found.extend(made)
    if found:
        raise Problems(found)
    return files


def _writers(laid: LaidOut, request: Request, registry: Registry, found: list[Problem]) -> list[Writer]:
    """Return the writers that have something to write; one asked for that has nothing is noted."""
    writers = []
    for name in _asked_for(request, registry):
        writer: Writer = registry.get("writer", name)
        due = writer.is_due(laid.kit) if laid.kit.is_kit else name == "deck"
        wanted = request.only or request.everything or due
        if not wanted:
            continue  # a single talk is a deck; anything else is made when it is asked for
        if missing := writer.missing(laid.kit):
            if name in request.only:
                hint = "write some, or leave it out"
                found.append(Problem(f"there is nothing for '{name}': no {missing} here", hint=hint))
        else:
            writers.append(writer)
    return writers


def _asked_for(request: Request, registry: Registry) -> tuple[str, ...]:
    """Return the names of writers to look at: all of them, or those asked for and what comes with them."""
    names = tuple(registry.names("writer"))
    if not request.only:
        return names
    brought = (n for n in names if registry.get("writer", n).along_with in request.only and n not in request.only)
    return (*request.only, *brought)
