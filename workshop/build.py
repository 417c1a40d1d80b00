"""Build a kit: load, run, plan, lay out, check, write."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from workshop import steps
from workshop.errors import Problem, Problems, Severity, WorkshopError, errors_in
from workshop.files.bases import base_files
from workshop.files.output import Written, read_manifest, recover, write_output
from workshop.files.temporary import temporary_folder
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.model.source import AudienceSource
from workshop.plugins.registry import Registry
from workshop.render.writing import Making, Writer, nothing_for, render
from workshop.side_by_side import side_by_side

__all__ = ["Built", "build", "check", "plan", "prepare", "render", "stop"]

Progress = Callable[[str], None]  # gets the name of each step that begins; "" if the last one of its thread has ended
DECK = "deck.pptx"
FROM_FILES = frozenset({"ballots", "cards", "quiz"})  # what a plan has only if kit.yaml names a file of it
AT_ONCE = 2  # number of audiences that are checked at the same time


def silent(_: str) -> None:
    """Report no progress."""


class Built(Struct, frozen=True):
    """The result of a build.

    Attributes:
        problems: warnings and advice; errors would have been raised.
        removed: names of an earlier build's files that this one doesn't make, and which are gone.
    """

    written: tuple[Written, ...]
    problems: tuple[Problem, ...]
    laid: LaidOut
    removed: tuple[str, ...] = ()


@contextmanager
def _collector_off() -> Iterator[None]:
    """Turn off Python's cycle collector: a build creates many objects that live until its end, and hardly any cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _cache_for_now(request: Request) -> Iterator[Request]:
    """Yield the request with an empty cache that is deleted afterwards: the companion page needs the same runs as the slides."""
    with temporary_folder("findings") as kept:
        yield replace(request, cache=kept)


@_collector_off()
def build(
    path: Path,
    request: Request,
    registry: Registry,
    *,
    base: Path | None,
    out: Path | Callable[[str], Path],
    progress: Progress = silent,
) -> Built:
    """Build a kit or a single file, and return what was written.

    Args:
        base: the built-in kit, whose data and glossary a single file inherits.
        out: output folder, or a function that returns it for an audience's id.

    Raises:
        Problems: for everything that is wrong; then nothing is written.
        WorkshopError: exit code 3 if the folder can't be written to.
    """
    if request.cache is None and path.is_dir():
        with _cache_for_now(request) as keeping:
            return build(path, keeping, registry, base=base, out=out, progress=progress)
    progress("read")
    loaded = steps.load(path, request, registry, base)
    folder = out if isinstance(out, Path) else out(loaded.audiences[0].id)
    recovered = (_recovered(folder),) if recover(folder) else ()
    absent = FROM_FILES - {source.kind for source in loaded.content.prints}
    _refuse_empty(loaded, loaded.problems, lambda writer: writer.needs if writer.needs in absent else "")
    bare, problems = _dressed(loaded, progress)
    _refuse_empty(loaded, problems, lambda writer: writer.missing(bare.kit))
    with Making(request, registry, progress) as making:
        more = any(step.due(request, bare.kit) for step in steps.added().values())
        # a step may run demos, in copies of this process, which must have one thread then
        if not more and not errors_in(problems) and making.begin(bare):
            laid, problems = bare, steps.judge(loaded, bare, problems)
        else:
            progress("lay out")
            laid, problems = _looked_at(loaded, *steps.lay_out(loaded, bare, problems))
        stop(problems)
        laid, problems = steps.add(loaded, laid, problems, progress)
        stop(problems, strict=request.strict)
        files = making.files(laid)
    if request.pdf:
        files, told = _with_pdf(files, progress)
        problems = (*problems, *told)
        stop(problems, strict=request.strict)
    stop(steps.unsound(laid, files))
    progress("write")
    bases = base_files(files, partial(steps.recorded, loaded, laid, folder, problems))
    earlier = read_manifest(folder)
    written = write_output(folder, files, force=request.force, beside=bool(request.only), bases=bases)
    removed = tuple(name for name in earlier if not (folder / name).exists())
    return Built(written, (*recovered, *problems), laid, removed)


def _looked_at(
    loaded: steps.Loaded, laid: LaidOut, problems: tuple[Problem, ...]
) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Return a laid-out deck that knows what of its edited slides has to be told, and the problems so far."""
    looks = loaded.registry.get("writer", "deck").looks if laid.kit.edits and not errors_in(problems) else None
    if looks is None:
        return laid, problems
    laid, told = looks(laid)
    return laid, (*problems, *told)


def _refuse_empty(loaded: steps.Loaded, problems: tuple[Problem, ...], missing: Callable[[Writer], str]) -> None:
    """Stop, before more work is done, if it is known that a requested file would have nothing in it."""
    known = [name for name in loaded.request.only if not loaded.registry.get("writer", name).from_step]
    if empty := nothing_for(known, loaded.registry, missing):
        stop((*problems, *empty))


def _with_pdf(files: dict[str, bytes], progress: Callable[[str], None]) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return the files with the deck as a PDF after it, or a warning that says why it is missing."""
    from workshop.render.office import PDF, pdf_of

    if DECK not in files:
        hint = "--pdf needs the deck: leave out --only, or add deck to it"
        return files, (
            Problem(f"{PDF} isn't made: this build writes no {DECK}", hint=hint, code="pdf", severity=Severity.WARNING),
        )
    progress(PDF)
    try:
        made = {PDF: pdf_of(files[DECK])}
    except WorkshopError as error:
        return files, tuple(replace(problem, severity=Severity.WARNING) for problem in error.problems)
    return {
        name: content
        for one, own in files.items()
        for name, content in ({one: own} | (made if one == DECK else {})).items()
    }, ()


def _recovered(out: Path) -> Problem:
    message = (
        f"the last build into {out.as_posix()} was stopped while it was writing; the files from before it are restored"
    )
    return Problem(message, code="output", severity=Severity.ADVICE)


def prepare(
    path: Path, request: Request, registry: Registry, *, base: Path | None, progress: Progress = silent
) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Run all steps up to the layout; return the laid-out deck and every problem found."""
    progress("read")
    return laid_out(steps.load(path, request, registry, base), progress)


def plan(
    path: Path, request: Request, registry: Registry, *, base: Path | None, progress: Progress = silent
) -> tuple[Kit, tuple[Problem, ...]]:
    """Run all steps up to the plan; return the kit and every problem found."""
    progress("read")
    return _planned(steps.load(path, request, registry, base), progress)


def _planned(loaded: steps.Loaded, progress: Progress) -> tuple[Kit, tuple[Problem, ...]]:
    progress("run demos")
    ran = steps.run(loaded)
    progress("plan")
    return steps.plan(loaded, ran, loaded.audiences[0])


def _dressed(loaded: steps.Loaded, progress: Progress) -> tuple[LaidOut, tuple[Problem, ...]]:
    kit, problems = _planned(loaded, progress)
    return steps.dress(loaded, kit, problems)


def laid_out(loaded: steps.Loaded, progress: Progress = silent) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Run all steps from the demos to the layout; return the laid-out deck and every problem found."""
    bare, problems = _dressed(loaded, progress)
    progress("lay out")
    return steps.lay_out(loaded, bare, problems)


@_collector_off()
def check(
    path: Path,
    request: Request,
    registry: Registry,
    *,
    base: Path | None,
    printed: bool = False,
    progress: Progress = silent,
) -> tuple[Problem, ...]:
    """Return every problem of a kit for each of its audiences, or for the requested one.

    The kit is read once, each demo runs once for all audiences, and all slides are planned, whatever the slot.

    Args:
        printed: whether all files that could still have a problem are made, too, which finds what doesn't fit on its page.

    Raises:
        WorkshopError: if the kit can't be read at all, or if the request names something that doesn't exist.
    """
    if request.cache is None:
        with _cache_for_now(request) as keeping:
            return check(path, keeping, registry, base=base, printed=printed, progress=progress)
    progress("read")
    loaded = steps.load(path, replace(request, minutes=0), registry, base, everybody=True)
    progress("run demos")
    ran = steps.run(loaded)
    if loaded.content.is_kit and len(loaded.audiences) > 1:
        for step in steps.added().values():
            step.run_ahead(loaded)
    progress(", ".join(audience.id for audience in loaded.audiences) or "slides")
    look = partial(_problems_of, loaded, ran, printed=printed)
    found = side_by_side(look, loaded.audiences, AT_ONCE)
    return tuple(dict.fromkeys(problem for problems in found for problem in problems))


def _problems_of(
    loaded: steps.Loaded, ran: steps.Ran, audience: AudienceSource, *, printed: bool
) -> tuple[Problem, ...]:
    """Return every problem of a kit for one audience."""
    try:
        laid, problems = steps.inspect(loaded, ran, audience)
        if audience is loaded.audiences[0]:  # what add-ons make of the other audiences' demos is the same
            laid, problems = steps.add(loaded, laid, problems)
    except WorkshopError as error:
        return error.problems
    if printed and not errors_in(problems):
        try:
            render(laid, loaded.request, loaded.registry, checking=True)
        except WorkshopError as error:
            return (*problems, *error.problems)
    return problems


def as_error(problem: Problem) -> Problem:
    """Return a warning as an error, and any other problem as it is."""
    return replace(problem, severity=Severity.ERROR) if problem.severity is Severity.WARNING else problem


def stop(problems: Iterable[Problem], *, strict: bool = False) -> None:
    """Raise if any problem is an error; with ``strict``, warnings are errors, too."""
    found = tuple(as_error(problem) if strict else problem for problem in problems)
    if errors_in(found):
        raise Problems(found)
