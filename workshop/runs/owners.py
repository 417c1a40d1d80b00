"""Options without a demo's name, such as ``--data library=docs/``: they mean the kit's only demo with such a slot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from workshop.errors import ExitCode, Problem, WorkshopError, did_you_mean
from workshop.model.request import Request
from workshop.model.source import Content, ExerciseSource, SlideSource
from workshop.model.walk import names_in
from workshop.plugins.registry import Registry
from workshop.runs.arguments import parameters

T = TypeVar("T")
KINDS = {"--data": "data", "--set": "knob"}
CALLED = {"--data": "slot for data", "--set": "knob"}


def with_owners(request: Request, content: Content, registry: Registry) -> Request:
    """Return a request in which every slot and knob belongs to a demo, including ``--votes``.

    Raises:
        WorkshopError: for a name that no demo of the kit has, or several demos have, with the candidates.
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
    data = _owned(request.data, lambda name: _owner(name, "--data", known["--data"]))
    sets = _owned(request.sets, lambda name: _owner(name, "--set", known["--set"]))
    return replace(request, data=data, sets=sets)


def used_by(content: Content) -> Mapping[str, tuple[str, ...]]:
    """Return demo -> numbers (or ids) of the stages whose slides or sheet refer to it, for any audience."""
    runs = {run.name: run.demo for stage in content.stages for run in stage.runs}
    audiences = [audience.id for audience in content.audiences] or [""]
    sheets = {sheet.stage: sheet for sheet in content.sheets}
    found: dict[str, dict[str, None]] = {}
    for stage in content.stages:
        parts: list[SlideSource | ExerciseSource] = [*stage.slides]
        parts += sheets[stage.id].exercises if stage.id in sheets else ()
        names = {name for audience in audiences for name, _ in names_in(tuple(parts), audience)}
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


def _owned(given: Mapping[tuple[str, str], T], owner: Callable[[str], str]) -> dict[tuple[str, str], T]:
    return {(name or owner(what), what): value for (name, what), value in given.items()}


def _owner(what: str, option: str, known: Mapping[str, list[str]]) -> str:
    owners = known.get(what, [])
    if len(owners) == 1:
        return owners[0]
    if owners:
        message = f"{option} {what}: {len(owners)} demos of this kit have a {CALLED[option]} of this name"
        hint = f"write {', '.join(f'{owner}.{what}' for owner in owners[:-1])} or {owners[-1]}.{what}"
    else:
        message = f"{option} {what}: no demo of this kit has a {CALLED[option]} of this name"
        hint = did_you_mean(what, known)
    raise WorkshopError(Problem(message, hint=hint, code="unknown-slot"), ExitCode.USAGE)
