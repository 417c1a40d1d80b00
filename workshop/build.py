"""Build one audience's kit: load, run, plan, lay out, check, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from workshop.charts.kind import Kinds
from workshop.check.coverage import check_points
from workshop.cli.look_options import chosen_theme, with_look
from workshop.content import read
from workshop.errors import At, ExitCode, Problem, Problems, Report, Severity, WorkshopError, did_you_mean
from workshop.files.output import Written, recover, write_output
from workshop.inputs.personal_data import find_personal
from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.model.request import Request
from workshop.model.source import Content, RunSpec
from workshop.model.walk import runs_needed
from workshop.plan.kit import decide
from workshop.plan.ready import Ready, for_audience, get_ready, pick_audience
from workshop.plugins.registry import Registry
from workshop.render.writer import Writer
from workshop.runs.owners import with_owners
from workshop.runs.runner import RunRequest, run_demos

Progress = Callable[[str], None]
MOST_NAMED = 3  # files that one warning names


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
    path: Path, request: Request, registry: Registry, *, base: Path | None, out: Path, progress: Progress = silent
) -> Built:
    """Build a kit or a single file and return what was written.

    Args:
        base: the built-in kit, whose data and glossary a single file inherits.
        out: output folder.

    Raises:
        Problems: everything that is wrong, at once; then nothing was written.
        WorkshopError: exit code 3 if the folder cannot be written.
    """
    recovered = (_recovered(out),) if recover(out) else ()
    laid, problems = prepare(path, request, registry, base=base, progress=progress)
    stop(problems)
    files = render(laid, request, registry, progress)
    progress("write")
    written = write_output(out, files, force=request.force, beside=bool(request.only))
    return Built(written, (*recovered, *problems), laid)


def _recovered(out: Path) -> Problem:
    message = f"the last build into {out.as_posix()} was stopped while it wrote; what was there before it is back"
    return Problem(message, code="output", severity=Severity.ADVICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A kit read, run and resolved for one audience: any slot can be planned from it.

    Attributes:
        request: as it was, with what the kit and its demos make of it.
        kinds: the kinds of chart there are.
        problems: everything found so far.
    """

    content: Content
    ready: Ready
    request: Request
    registry: Registry
    kinds: Kinds
    problems: tuple[Problem, ...]

    def planned(self, minutes: float | None = None) -> tuple[Kit, tuple[Problem, ...]]:
        """Return the kit of a slot, by default the one that was asked for, and what is wrong with its plan."""
        report = Report()
        asked = self.request if minutes is None else replace(self.request, minutes=minutes)
        return decide(self.ready, asked, report), tuple(report.found)


def prepare(
    path: Path, request: Request, registry: Registry, *, base: Path | None, progress: Progress = silent
) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Do everything up to the writers and return the deck laid out, with every problem found."""
    return lay_out_kit(resolve(path, request, registry, base=base, progress=progress), progress)


def lay_out_kit(resolved: Resolved, progress: Progress = silent) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Return the deck of the slot that was asked for, laid out, with every problem found."""
    from workshop.check.kit import check_kit
    from workshop.layout import lay_out
    from workshop.templates.logo import without_logo

    kit, problems = resolved.planned()
    report = Report([*resolved.problems, *problems])
    if any(problem.severity is Severity.ERROR for problem in problems):
        report.raise_if_errors()
    progress("lay out")
    theme, problems = chosen_theme(resolved.request, resolved.registry)
    report.extend(problems)
    laid, problems = lay_out(kit, theme, resolved.kinds)
    report.extend(problems)
    report.extend(without_logo(laid))
    report.extend(check_kit(laid, resolved.content))
    report.extend(check_points(resolved.content))
    return laid, tuple(report.found)


def resolve(
    path: Path, request: Request, registry: Registry, *, base: Path | None, progress: Progress = silent
) -> Resolved:
    """Read a kit or a single file, run its demos and resolve it for one audience.

    Raises:
        Problems: if anything is wrong that no plan can be made of; runs that failed cost their slides only.
    """
    progress("read")
    content, found = read(path, base, request.overlays, request.variables)
    try:
        return _resolved(content, found, request, registry, progress)
    except WorkshopError:
        raise
    except Exception as error:
        if any(problem.severity is Severity.ERROR for problem in found):
            raise Problems(list(found)) from error  # a plan of what could not be read may stop anywhere
        raise


def _resolved(
    content: Content, found: tuple[Problem, ...], request: Request, registry: Registry, progress: Progress
) -> Resolved:
    report = Report(list(found))
    registry = _with_own_code(registry, content, request, report)
    audience = pick_audience(content, request, report)
    if any(problem.code == "unknown-audience" for problem in report.found):
        report.raise_if_errors()  # for nobody there is nothing to plan
    content = for_audience(content, audience)
    request = with_look(request, content, registry, report)
    request = with_owners(request, content, registry)
    progress("run demos")
    specs = runs_needed(content, audience.id, request.stages, registry.names("demo"))
    requests = tuple(_run_request(spec, content, request) for spec in specs)
    _check_options(request, requests, registry)
    overlaid = (content.data[demo][slot] for demo, slot in sorted(content.own_slots))
    report.extend(find_personal((*request.data.values(), *overlaid)))
    report.extend(_unread(request.data.values()))
    findings, problems = run_demos(requests, registry, seed=request.seed, cache=request.cache)
    report.extend(problems)
    crashes = frozenset(problems)
    progress("plan")
    failed = frozenset(r.name for r in requests if r.name not in findings)
    demos = {name: found.about for name, found in findings.items() if found.about is not None}
    kinds = Kinds(registry.names("chart"), partial(registry.get, "chart"))
    find_problem, known = partial(registry.get, "problem"), registry.names("demo")
    own = Report()
    ready = get_ready(content, findings, failed, demos, request, find_problem, own, known=known, kinds=kinds)
    said = {(p.at, p.code) for p in report.found}
    report.extend(p for p in own.found if (p.at, p.code) not in said)
    if any(p not in crashes for p in report.errors):
        report.raise_if_errors()  # a run that failed costs its slides; whatever else is wrong cannot be laid out
    return Resolved(
        content=content,
        ready=ready,
        request=request,
        registry=registry,
        kinds=kinds,
        problems=tuple(report.found),
    )


def _unread(paths: Iterable[Path]) -> Iterator[Problem]:
    """Yield a warning for each folder of the user's own with documents in it that nothing here reads."""
    from workshop.inputs.files import shown
    from workshop.inputs.folders import unread_files

    for folder in (path for path in paths if path.is_dir()):
        if left := [file.relative_to(folder).as_posix() for file in unread_files(folder)]:
            names = ", ".join(left[:MOST_NAMED]) + (
                f" and {len(left) - MOST_NAMED} more" if len(left) > MOST_NAMED else ""
            )
            hint = "save it as PDF or as text" if len(left) == 1 else "save them as PDF or as text"
            what = "is" if len(left) == 1 else "are"
            yield Problem(f"{names} {what} not read", At(shown(folder)), hint, "unread", Severity.WARNING)


def _with_own_code(registry: Registry, content: Content, request: Request, report: Report) -> Registry:
    """Return a registry with the kit's own demos; where they may not run, nothing that follows is worth reporting."""
    from workshop.runs.own_code import with_own_code

    try:
        return with_own_code(registry, content, trust=request.trust, trusted=request.trusted)
    except WorkshopError as error:
        raise Problems([*report.found, *error.problems], error.exit_code) from error


def render(laid: LaidOut, request: Request, registry: Registry, progress: Progress = silent) -> dict[str, bytes]:
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


def stop(problems: Iterable[Problem]) -> None:
    """Raise if any problem is an error."""
    found = tuple(problems)
    if any(p.severity is Severity.ERROR for p in found):
        raise Problems(found)


def _run_request(spec: RunSpec, content: Content, request: Request) -> RunRequest:
    """Return a run with the kit's data bound and ``--set`` and ``--data`` on top, of the demo first, then of the run."""
    knobs = dict(spec.knobs)
    data = dict(content.data.get(spec.demo, {}))
    own: dict[str, Path] = {}
    for owner in dict.fromkeys((spec.demo, spec.name)):
        knobs |= {knob: value for (name, knob), value in request.sets.items() if name == owner}
        own |= {slot: file for (name, slot), file in request.data.items() if name == owner}
    overlaid = frozenset(slot for demo, slot in content.own_slots if demo == spec.demo)
    return RunRequest(spec.name, spec.demo, knobs, data | own, spec.at, frozenset(own), overlaid)


def _check_options(request: Request, requests: tuple[RunRequest, ...], registry: Registry) -> None:
    """Refuse a ``--set`` or ``--data`` for something that is not in this kit: it would change nothing."""
    here = {name for r in requests for name in (r.name, r.demo)}
    options: tuple[tuple[str, Mapping[tuple[str, str], Any]], ...] = (("--set", request.sets), ("--data", request.data))
    for option, given in options:
        for name, what in given:
            if name in here:
                continue
            known = registry.has("demo", name)
            raise WorkshopError(
                Problem(
                    f"{option} {name}.{what}: "
                    + ("no slide here uses that demo" if known else f"there is no demo or run '{name}'"),
                    hint=did_you_mean(name, here),
                    code="unknown-demo",
                ),
                ExitCode.USAGE,
            )
