"""Runs of demos, from the references on slides and the options on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from workshop import limits
from workshop.errors import ExitCode, Problem, Problems, Severity, WorkshopError, did_you_mean
from workshop.model.exhibits import Demo
from workshop.model.request import Request
from workshop.model.source import Content, RunSpec
from workshop.plugins.registry import Registry
from workshop.runs.arguments import convert, parameters
from workshop.runs.runner import RunRequest
from workshop.wording.formats import listed


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
