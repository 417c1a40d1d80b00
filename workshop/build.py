"""Build a kit: load, run, plan, lay out, check, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from workshop import steps
from workshop.errors import Problem, Problems, WorkshopError, errors_in
from workshop.files.output import Written, write_output
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.plugins.registry import Registry
from workshop.render.files import render

__all__ = ["Built", "build", "check", "plan", "prepare", "render", "stop"]

Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build leaves behind.

    Attributes:
        problems: warnings and advice; errors would have been raised.
    """

    written: tuple[Written, ...]
    problems: tuple[Problem, ...]
    laid: LaidOut


def build(
    path: Path,
    request: Request,
    registry: Registry,
    *,
    base: Path | None,
    out: Path | Callable[[Kit], Path],
    progress: Progress = silent,
) -> Built:
    """Build a kit or a single file and return what was written.

    Args:
        base: the built-in kit, whose data and glossary a single file inherits.
        out: output folder, or what names it for a kit.

    Raises:
        Problems: everything that is wrong, at once; then nothing was written.
        WorkshopError: exit code 3 if the folder cannot be written.
    """
    laid, problems = prepare(path, request, registry, base=base, progress=progress)
    stop(problems)
    files = render(laid, request, registry, progress)
    progress("write")
    folder = out if isinstance(out, Path) else out(laid.kit)
    return Built(write_output(folder, files, force=request.force, beside=bool(request.only)), problems, laid)


def prepare(
    path: Path, request: Request, registry: Registry, *, base: Path | None, progress: Progress = silent
) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Do everything up to the writers and return the deck laid out, with every problem found."""
    loaded, kit, problems = _planned(path, request, registry, base, progress)
    progress("lay out")
    return steps.lay_out(loaded, kit, problems)


def plan(
    path: Path, request: Request, registry: Registry, *, base: Path | None, progress: Progress = silent
) -> tuple[Kit, tuple[Problem, ...]]:
    """Return the kit planned, without a layout, and every problem found."""
    return _planned(path, request, registry, base, progress)[1:]


def _planned(
    path: Path, request: Request, registry: Registry, base: Path | None, progress: Progress
) -> tuple[steps.Loaded, Kit, tuple[Problem, ...]]:
    progress("read")
    loaded = steps.load(path, request, registry, base)
    progress("run demos")
    ran = steps.run(loaded)
    progress("plan")
    kit, problems = steps.plan(loaded, ran, loaded.audiences[0])
    return loaded, kit, problems


def check(
    path: Path, request: Request, registry: Registry, *, base: Path | None, progress: Progress = silent
) -> Iterator[Problem]:
    """Yield every problem of a kit for each of its audiences, or of the one asked for.

    It is read once, each demo runs once for all, and all slides are planned, whatever the slot.

    Raises:
        WorkshopError: if it cannot be read at all, or if what was asked for is not there.
    """
    progress("read")
    loaded = steps.load(path, replace(request, minutes=0), registry, base, everybody=True)
    progress("run demos")
    ran = steps.run(loaded)
    for audience in loaded.audiences:
        try:
            yield from steps.check(loaded, ran, audience, partial(_of, progress, audience.id))
        except WorkshopError as error:
            yield from error.problems


def _of(progress: Progress, audience: str, step: str) -> None:
    progress(f"{audience}: {step}")


def stop(problems: Iterable[Problem]) -> None:
    """Raise if any problem is an error."""
    found = tuple(problems)
    if errors_in(found):
        raise Problems(found)
