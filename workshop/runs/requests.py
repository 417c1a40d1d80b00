"""Runs of demos, from the references on slides and the options on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from workshop import limits
from workshop.errors import ExitCode, Problem, Problems, Severity, WorkshopError, did_you_mean
from workshop.model.exhibits import Demo
from workshop.model.request import Request
from workshop.model.source import Content, ExerciseSource, RunSpec, SlideSource, names_in
from workshop.plugins.registry import Registry
from workshop.runs.runner import RunRequest, convert, parameters
from workshop.wording.formats import listed


# ---------------------------------------------------------------- requests
def run_requests(
    specs: Iterable[RunSpec], content: Content, request: Request, registry: Registry
) -> tuple[RunRequest, ...]:
    """Return runs with the kit's data, overridden by ``--set`` and ``--data``.

    Raises:
        WorkshopError: for a ``--set`` or ``--data`` that would have no effect, or too many runs.
    """
    specs = tuple(specs)
    if len(specs) > limits.RUNS:
        what = f"slides and sheets show {len(specs):,} runs of demos; the limit is {limits.RUNS}"
        raise WorkshopError(Problem(what, specs[limits.RUNS].at, hint="make two kits of it", code="too-large"))
    requests = tuple(_run_request(spec, content, request) for spec in specs)
    _check_options(request, requests, registry)
    return requests


def _run_request(spec: RunSpec, content: Content, request: Request) -> RunRequest:
    """Return a run with the kit's data, overridden by ``--set`` and ``--data`` for the demo, then by those for the run.

    A knob that ``runs:`` writes down stays as it is unless the run itself is named: its slides are about that value.
    """
    sets = request.sets
    knobs = {knob: value for (name, knob), value in sets.items() if name == spec.demo} | dict(spec.knobs)
    knobs |= {knob: value for (name, knob), value in sets.items() if name == spec.name}
    data = dict(content.data.get(spec.demo, {}))
    own: dict[str, Path] = {}
    for owner in dict.fromkeys((spec.demo, spec.name)):
        own |= {slot: file for (name, slot), file in request.data.items() if name == owner}
    overlaid = frozenset(slot for demo, slot in content.own_slots if demo == spec.demo)
    return RunRequest(
        name=spec.name,
        demo=spec.demo,
        knobs=knobs,
        data=data | own,
        at=spec.at,
        own=frozenset(own),
        overlaid=overlaid,
        beside=content.worlds[1:],
    )


def pinned(specs: Iterable[RunSpec], request: Request) -> Iterator[Problem]:
    """Yield a warning for each ``--set`` of a demo's knob that some of its runs write down, and so keep."""
    kept: dict[tuple[str, str], list[RunSpec]] = {}
    for spec in specs:
        for knob in spec.knobs:
            if spec.name != spec.demo and (spec.demo, knob) in request.sets and (spec.name, knob) not in request.sets:
                kept.setdefault((spec.demo, knob), []).append(spec)
    for (demo, knob), runs in kept.items():
        names = listed(f"'{run.name}'" for run in runs)
        yield Problem(
            f"--set {demo}.{knob} changes nothing in {'the run' if len(runs) == 1 else 'the runs'} {names}, where {knob} is set",
            runs[0].at,
            hint=f"--set {runs[0].name}.{knob}=… changes {'it' if len(runs) == 1 else 'the first of them'}",
            code="pinned-knob",
            severity=Severity.WARNING,
        )


def _check_options(request: Request, requests: tuple[RunRequest, ...], registry: Registry) -> None:
    """Refuse a ``--set`` or ``--data`` that names nothing in this kit, or gives what can't be given, at the option itself."""
    here = {name: r.demo for r in requests for name in (r.name, r.demo)}
    found: list[Problem] = []
    options: tuple[tuple[str, Mapping[tuple[str, str], Any]], ...] = (("--set", request.sets), ("--data", request.data))
    for option, given in options:
        for (name, what), value in given.items():
            typed = f"{option} {name}.{what}"
            if name not in here:
                known = registry.has("demo", name)
                why = "no slide here uses that demo" if known else f"there is no demo or run '{name}'"
                found.append(Problem(f"{typed}: {why}", hint=did_you_mean(name, here), code="unknown-demo"))
            else:
                found += _faults(option, typed, what, value, registry.get("demo", here[name]))
    if found:
        raise Problems(found, ExitCode.USAGE)


def _faults(option: str, typed: str, what: str, value: Any, demo: Demo) -> Iterator[Problem]:
    """Yield what is wrong with the name or the value of an option for a demo."""
    kind, called = ("knob", "knob") if option == "--set" else ("data", "slot for data")
    known = {parameter.name: parameter for parameter in parameters(demo) if parameter.kind == kind}
    if what not in known:
        hint = did_you_mean(what, known) or f"the demo has no {called} at all"
        yield Problem(f"{typed}: the demo '{demo.name}' has no {called} named '{what}'", hint=hint, code="unknown-slot")
    elif option == "--set":
        try:
            convert(value, known[what].type, demo.knobs.get(what))
        except ValueError as error:
            yield Problem(f"{typed}={value}: {error}", code="bad-knob")


# ---------------------------------------------------------------- owners
# Options without a demo's name: ``--data text=chapter.md`` fills that slot of every demo, ``--set k=5`` the kit's only knob.
T = TypeVar("T")
KINDS = {"--data": "data", "--set": "knob"}
CALLED = {"--data": "slot for data", "--set": "knob"}


def with_owners(request: Request, content: Content, registry: Registry) -> Request:
    """Return a request in which every slot and knob belongs to a demo, including ``--votes``.

    Raises:
        WorkshopError: for a name that no demo of the kit has, or a knob that several demos have, with the candidates.
    """
    if request.votes is not None:
        request = replace(request, votes=None, data={**request.data, _votes_slot(content): request.votes})
    if all(owner for owner, _ in (*request.data, *request.sets)):
        return request
    demos = [name for name in used_by(content) if registry.has("demo", name)]
    known: dict[str, dict[str, list[str]]] = {option: {} for option in KINDS}
    for name in sorted(demos):
        for parameter in parameters(registry.get("demo", name)):
            for option, kind in KINDS.items():
                if parameter.kind == kind:
                    known[option].setdefault(parameter.name, []).append(name)
    data = _owned(request.data, lambda name: _owners(name, "--data", known["--data"]))
    sets = _owned(request.sets, lambda name: _only(name, _owners(name, "--set", known["--set"])))
    return replace(request, data=data, sets=sets)


def used_by(content: Content) -> Mapping[str, tuple[str, ...]]:
    """Return demo -> numbers (or ids) of the stages whose slides or sheet refer to it, for any audience."""
    runs = {run.name: run.demo for stage in content.stages for run in stage.runs}
    sheets = {sheet.stage: sheet for sheet in content.sheets}
    found: dict[str, dict[str, None]] = {}
    for stage in content.stages:
        parts: list[SlideSource | ExerciseSource] = [*stage.slides]
        parts += sheets[stage.id].exercises if stage.id in sheets else ()
        names = {name for name, _ in names_in(tuple(parts), None)}
        names |= {part.attrs.get("from") for part in parts}
        for name in names:
            found.setdefault(runs.get(name, name), {})[str(stage.number or stage.id)] = None
    return {name: tuple(stages) for name, stages in found.items()}


def _votes_slot(content: Content) -> tuple[str, str]:
    demo, _, slot = content.meta.votes.partition(".")
    if not slot:
        hint = "write votes: demo.slot in kit.yaml, or --data demo.slot=FILE"
        raise WorkshopError(Problem("--votes: this kit names no demo that counts votes", hint=hint), ExitCode.USAGE)
    return demo, slot


def _owned(given: Mapping[tuple[str, str], T], owners: Callable[[str], Sequence[str]]) -> dict[tuple[str, str], T]:
    """Return every value under its demo's name; a value given for one demo counts more than one given for all."""
    whole = {(name, what): value for (name, what), value in given.items() if name}
    shared = {(owner, what): value for (name, what), value in given.items() if not name for owner in owners(what)}
    return shared | whole


def _owners(what: str, option: str, known: Mapping[str, list[str]]) -> Sequence[str]:
    owners = known.get(what, [])
    if not owners:
        message = f"{option} {what}: no demo of this kit has a {CALLED[option]} of this name"
        raise WorkshopError(Problem(message, hint=did_you_mean(what, known), code="unknown-slot"), ExitCode.USAGE)
    return owners


def _only(knob: str, owners: Sequence[str]) -> Sequence[str]:
    if len(owners) > 1:
        message = f"--set {knob}: {len(owners)} demos of this kit have a {CALLED['--set']} of this name"
        hint = f"write {', '.join(f'{owner}.{knob}' for owner in owners[:-1])} or {owners[-1]}.{knob}"
        raise WorkshopError(Problem(message, hint=hint, code="unknown-slot"), ExitCode.USAGE)
    return owners
