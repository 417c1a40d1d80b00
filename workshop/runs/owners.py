"""The demo to which each slot and knob of a request belongs, and the stages that refer to each demo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from workshop.errors import ExitCode, Problem, WorkshopError, did_you_mean
from workshop.model.request import Request
from workshop.model.source import Content, ExerciseSource, SlideSource
from workshop.model.walk import names_in
from workshop.plugins.registry import Registry
from workshop.runs.arguments import parameters

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
