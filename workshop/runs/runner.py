"""Running demos side by side: each combination of demo, knobs, data and seed once, and not again in later builds."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent import futures
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workshop import child
from workshop.errors import At, Problem, Problems, Report, WorkshopError, did_you_mean
from workshop.inputs.door import nearest
from workshop.kept import kept
from workshop.model.exhibits import About, Demo, Findings
from workshop.plugins.registry import Registry
from workshop.runs.arguments import RNG, bind, companions, parameters
from workshop.runs.cache import (
    ENGINE,
    FINDINGS,
    PATIENCE,
    Sources,
    digest_data,
    digest_run,
    keep_findings,
    load_findings,
    turns,
)
from workshop.runs.one_thread import has_one_thread, one_thread
from workshop.runs.own_code import FromFile
from workshop.side_by_side import can_copy, watch_parent

# A worker needs about 0.5 s to start and import numpy, a small demo 0.1 s: a few runs are quicker in this process
POOL_FROM = 6
MOST_WORKERS = 5  # each takes up to 60 MB; with more of them, all processes together would exceed 400 MB


class RunRequest(Struct, frozen=True, kw_only=True):
    """A demo that something refers to.

    Attributes:
        name: name of the run in references.
        demo: registered name of the demo.
        knobs: texts as written in kit.yaml or after ``--set``.
        data: slot -> file or folder.
        own: slots filled by an option, not by the kit.
        overlaid: slots filled by an overlay.
        beside: folders of the worlds that the kit's world is like, from which its files may take words.
        at: the place where it was first asked for.
    """

    name: str
    demo: str
    knobs: Mapping[str, str]
    data: Mapping[str, Path]
    at: At | None
    own: frozenset[str] = frozenset()
    overlaid: frozenset[str] = frozenset()
    beside: tuple[Path, ...] = ()


class _Job(Struct, frozen=True):
    """A request that must be run; picklable unless ``target`` is a demo. ``key`` is its cache key, "" if it is never cached."""

    key: str
    target: str | FromFile | Demo
    request: RunRequest
    seed: int


Outcome = Findings | tuple[Problem, ...]


def run_demos(
    requests: Sequence[RunRequest],
    registry: Registry,
    *,
    seed: int,
    cache: Path | None,
    jobs: int | None = None,
    tables: bool = False,
    sources: Sources | None = None,
) -> tuple[dict[str, Findings], tuple[Problem, ...]]:
    """Run every request, or use the findings kept from an earlier build.

    Args:
        requests: requests with different run names.
        registry: the registry with the demos.
        seed: the seed, 0 or more; together with a demo's name it determines the demo's random generator.
        cache: folder for findings, or ``None`` to keep none.
        jobs: most processes at once; the number of processors if ``None``.
        tables: whether findings from the cache come with their tables.
        sources: digests of modules that were read before in the same build.

    Returns:
        Findings by run name, without the runs that failed, and all problems found.
    """
    one_thread()  # before a demo is imported, here or in a worker
    sources, report = sources or sources_of(registry), Report()
    outcomes: dict[str, Outcome] = {}
    keys: dict[str, str] = {}
    waiting: dict[str, _Job] = {}
    for request in requests:
        job = _job(request, registry, seed, sources, report)
        if job is None:
            continue
        key = keys[request.name] = job.key or f"run {request.name}"
        if key in outcomes or key in waiting:
            continue
        known = _known(cache, job.key, tables=tables) if cache and job.key else None
        if known is None:
            waiting[key] = job
        else:
            outcomes[key] = known
    sources.keep()
    outcomes |= _made(waiting, cache, jobs, tables=tables)
    report.extend(problem for outcome in outcomes.values() if isinstance(outcome, tuple) for problem in outcome)
    found = {name: out for name, key in keys.items() if isinstance(out := outcomes[key], Findings)}
    return found, tuple(report.found)


def _made(waiting: Mapping[str, _Job], cache: Path | None, jobs: int | None, *, tables: bool) -> dict[str, Outcome]:
    """Run what must be run and keep the findings; for whatever another build is just running, wait."""
    done: dict[str, Outcome] = {}
    shared = {key: job for key, job in waiting.items() if cache and job.key}

    def make(keys: Iterable[str], processes: int | None) -> None:
        for key in keys:  # another build may have made it since it was looked for
            if cache and key in shared and (found := _known(cache, key, tables=tables)) is not None:
                done[key] = found
        left = [key for key in keys if key not in done]
        for key, outcome in zip(left, _run_all([waiting[key] for key in left], processes), strict=True):
            done[key] = outcome
            if cache and key in shared and isinstance(outcome, Findings):
                keep_findings(cache, key, outcome)

    with turns(cache, shared) as free:
        make([key for key in waiting if key in free or key not in shared], jobs)
    for key in shared:
        if key not in done:
            with turns(cache, (key,), PATIENCE):
                make((key,), 1)
    return {key: done[key] for key in waiting}


def _known(cache: Path, key: str, *, tables: bool) -> Findings | None:
    """Return the findings that an earlier build kept; a process that builds again and again reads each file once."""
    try:
        written = FINDINGS.path(cache, key).stat()
    except OSError:
        return None
    stamp = (written.st_mtime_ns, written.st_size)
    return kept(("findings", cache, key, stamp, tables), lambda: load_findings(cache, key, tables=tables))


def run_demo(request: RunRequest, registry: Registry, *, seed: int, cache: Path | None = None) -> Findings:
    """Run one request in this process.

    Raises:
        Problems: for everything that is wrong with it.
    """
    found, problems = run_demos([request], registry, seed=seed, cache=cache, jobs=1)
    if request.name not in found:
        raise Problems(problems)
    return found[request.name]


def kept_findings(request: RunRequest, registry: Registry, *, seed: int, cache: Path) -> Findings | None:
    """Return a run's findings from the cache, or ``None``; nothing is run or imported."""
    job = _job(request, registry, seed, sources_of(registry), Report())
    return load_findings(cache, job.key) if job is not None and job.key else None


def run_keys(
    requests: Sequence[RunRequest], registry: Registry, *, seed: int, sources: Sources | None = None
) -> tuple[str, ...]:
    """Return the cache key of each request, made from files alone; "" for one that is never kept, or can't be run."""
    sources, report = sources or sources_of(registry), Report()
    jobs = [_job(request, registry, seed, sources, report) for request in requests]
    sources.keep()
    return tuple(job.key if job is not None else "" for job in jobs)


def _job(request: RunRequest, registry: Registry, seed: int, sources: Sources, report: Report) -> _Job | None:
    """Check names and files only; return ``None`` if something is missing, after reporting it."""
    if not registry.has("demo", request.demo):
        hint = did_you_mean(request.demo, registry.names("demo"))
        report.error(f"no demo is named {request.demo!r}", request.at, hint, "unknown-demo")
        return None
    data: dict[str, bytes] = {}
    for slot, path in request.data.items():
        try:
            if not path.exists():
                where, option = (None, f"--data {request.demo}.{slot}: ") if slot in request.own else (request.at, "")
                message = f"{option}there is no file {path.as_posix()!r}"
                report.error(message, where, nearest(path), "missing-file")
                continue
            data[slot] = digest_data(path)
        except OSError as error:
            report.error(f"{path.as_posix()!r} cannot be read: {error.strerror}", request.at, code="missing-file")
    if len(data) < len(request.data):
        return None
    target = registry.targets["demo"][request.demo]
    if isinstance(target, str):
        source = sources.digest(target.partition(":")[0])
    elif isinstance(target, FromFile):
        source = sources.digest(Path(target.path).stem, Path(target.path))
    else:
        source = sources.digest(target.function.__module__, Path(target.function.__code__.co_filename))
    filled = request.own | request.overlaid
    own = {"own data in": ",".join(sorted(filled))} if filled else {}
    own |= {f"beside {place}": digest_data(folder).hex() for place, folder in enumerate(request.beside)}
    key = digest_run(request.demo, source, {**request.knobs, **own}, data, seed) if source else ""
    return _Job(key, target, request, seed)


def sources_of(registry: Registry, cache: Path | None = None) -> Sources:
    """Return the digests of the modules of all demos, none of them read yet."""
    targets = registry.targets["demo"].values()
    ours = {t.partition(":")[0].partition(".")[0] for t in targets if isinstance(t, str)}
    return Sources(own=frozenset({ENGINE, *ours}), cache=cache)


def _run_all(jobs: list[_Job], processes: int | None) -> Iterable[Outcome]:
    """Return one outcome per job, in order. A demo given as a value runs here, since a worker may not be able to import it."""
    portable = [job for job in jobs if isinstance(job.target, str | FromFile)]
    workers = min(processes or os.cpu_count() or 1, len(portable), MOST_WORKERS)
    done: dict[int, Outcome] = {}
    if workers > 1 and len(portable) >= POOL_FROM and not _is_one_of_many():
        groups = _by_demo(portable)
        try:
            with _pool(workers) as pool:
                outcomes = pool.map(_run_group, groups)
                done = {
                    id(job): out
                    for group, some in zip(groups, outcomes, strict=True)
                    for job, out in zip(group, some, strict=True)
                }
        except futures.BrokenExecutor:
            done = {}  # no memory for workers, or a script without a main guard: run them in this process
    return [done[id(job)] if id(job) in done else _run_job(job) for job in jobs]


def _by_demo(jobs: Iterable[_Job]) -> list[list[_Job]]:
    """Return the runs of each demo together, since they may share work; first those of demos with the most runs."""
    groups: dict[str, list[_Job]] = {}
    for job in jobs:
        groups.setdefault(job.request.demo, []).append(job)
    return sorted(groups.values(), key=len, reverse=True)


def _is_one_of_many() -> bool:
    """Whether this process is a worker, beside which others are building as well."""
    import multiprocessing

    return multiprocessing.parent_process() is not None


def _pool(workers: int) -> futures.ProcessPoolExecutor:
    """Return processes for demos: copies of this one where that is safe, since they start at once."""
    if can_copy() and has_one_thread():
        import multiprocessing

        copies = multiprocessing.get_context("fork")
        return futures.ProcessPoolExecutor(workers, mp_context=copies, initializer=watch_parent)
    return child.pool(workers, watch_parent)


def _run_group(jobs: list[_Job]) -> list[Outcome]:
    return [_run_job(job) for job in jobs]


def _run_job(job: _Job) -> Outcome:
    """Import and run one demo; every failure becomes problems at the request's place."""
    name, at = job.request.demo, job.request.at
    try:
        demo = _resolve(job.target)
    except WorkshopError as error:
        return tuple(replace(problem, at=problem.at or at) for problem in error.problems)
    except Exception as error:  # noqa: BLE001 - whatever a demo's module does while it is imported
        return (Problem(f"the demo {name!r} cannot be loaded: {error}", at, code="broken-demo"),)
    report, own = Report(), job.request.own
    arguments = bind(
        demo, job.request.knobs, companions(demo, job.request.data, own | job.request.overlaid), at, report, own
    )
    if report.errors:
        return tuple(report.found)
    if any(p.kind == RNG for p in parameters(demo)):
        arguments[RNG] = generator(job.seed, demo.name)
    began = time.process_time()
    try:
        findings = demo.function(**arguments)
    except WorkshopError as error:
        return tuple(replace(problem, at=problem.at or at) for problem in error.problems)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a demo is anybody's code: say where it stopped, build the rest
        return (_crash(demo, error, at),)
    if not isinstance(findings, Findings):
        returned = type(findings).__name__
        return (Problem(f"the demo {name!r} returned {returned}, not Findings", at, code="broken-demo"),)
    return replace(findings, about=About(demo.name, demo.title, demo.claims, time.process_time() - began))


def _resolve(target: str | FromFile | Demo) -> Demo:
    if isinstance(target, Demo):
        return target
    if isinstance(target, FromFile):
        demo = target.load()
    else:
        module, _, attribute = target.partition(":")
        demo = getattr(import_module(module), attribute)
    if not isinstance(demo, Demo):
        raise ImportError(f"{target} is not a demo")  # noqa: TRY004 - reported like a missing one
    return demo


def generator(seed: int, name: str) -> Any:
    """Return the ``numpy.random.Generator`` of one demo; the same on every machine and in every process."""
    import numpy as np

    own = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")
    return np.random.default_rng([seed, own])


def _crash(demo: Demo, error: BaseException, at: At | None) -> Problem:
    """Return the innermost line of the demo's own file that was running."""
    import traceback

    own = demo.function.__code__.co_filename
    frames = traceback.extract_tb(error.__traceback__)
    frame = next((f for f in reversed(frames) if f.filename == own), frames[-1])
    place = At(_short(frame.filename), frame.lineno or 0)
    message = f"the demo {demo.name!r} stopped at {place} with {type(error).__name__}: {error}"
    return Problem(message, at or place, hint="fix the demo, or leave out what refers to it", code="broken-demo")


def _short(filename: str) -> str:
    """Return a file name relative to the working folder, if the file is in there."""
    path = Path(filename)
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
