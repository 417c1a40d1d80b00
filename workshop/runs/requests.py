"""Runs of demos, from the references on slides and the options on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from workshop.errors import ExitCode, Problem, Problems, did_you_mean
from workshop.model.exhibits import Demo
from workshop.model.request import Request
from workshop.model.source import Content, RunSpec
from workshop.plugins.registry import Registry
from workshop.runs.arguments import convert, parameters
from workshop.runs.runner import RunRequest


def run_requests(
    specs: Iterable[RunSpec], content: Content, request: Request, registry: Registry
) -> tuple[RunRequest, ...]:
    """Return runs with the kit's data, overridden by ``--set`` and ``--data``.

    Raises:
        WorkshopError: for a ``--set`` or ``--data`` that would have no effect.
    """
    requests = tuple(_run_request(spec, content, request) for spec in specs)
    _check_options(request, requests, registry)
    return requests


def _run_request(spec: RunSpec, content: Content, request: Request) -> RunRequest:
    """Return a run with the kit's data, overridden by ``--set`` and ``--data`` for the demo, then by those for the run."""
    knobs = dict(spec.knobs)
    data = dict(content.data.get(spec.demo, {}))
    own: dict[str, Path] = {}
    for owner in dict.fromkeys((spec.demo, spec.name)):
        knobs |= {knob: value for (name, knob), value in request.sets.items() if name == owner}
        own |= {slot: file for (name, slot), file in request.data.items() if name == owner}
    overlaid = frozenset(slot for demo, slot in content.own_slots if demo == spec.demo)
    return RunRequest(
        name=spec.name, demo=spec.demo, knobs=knobs, data=data | own, at=spec.at, own=frozenset(own), overlaid=overlaid
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
