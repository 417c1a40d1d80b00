"""Walking through a kit's content: its nodes, expressions, runs and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from workshop.errors import At
from workshop.expressions import ExpressionError, roots
from workshop.model.markup import Attrs, Picture, Value

if TYPE_CHECKING:
    pass
from workshop.model.print_source import PrintEntry, PrintSource
from workshop.model.source import Content, ExerciseSource, RunSpec, SheetSource, SlideSource, StageSource

# Walk over content as written: who sees what, and which runs and files it refers to.
EXHIBIT = re.compile(r"^(chart|table|code):(?P<name>.+)$")
CSV_SUFFIXES = (".csv", ".tsv")
CONDITIONS = ("claim", "when", "right")  # attributes that are expressions as a whole
LEAVES = frozenset(
    {"str", "int", "bool", "float", "At", "Attrs"}
)  # types of fields that hold no nodes, as they are written
VALUE = re.compile(r"\{\{((?:(?!\{\{|\}\}).)++)\}\}")


def visible(attrs: Attrs, audience: str) -> bool:
    """Whether an audience sees something: ``for=a,b`` only those, ``for=-a`` all but a."""
    return visible_to(attrs.get("for"), audience)


def visible_to(wanted: str, audience: str) -> bool:
    """Whether an audience is covered by the text of a ``for`` list; an empty list is for everybody.

    >>> visible_to("", "general"), visible_to("students,general", "general"), visible_to("-general", "general")
    (True, True, False)
    """
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    if not names:
        return True
    if f"-{audience}" in names:
        return False
    allowed = [name for name in names if not name.startswith("-")]
    return not allowed or audience in allowed


def taught(attrs: Attrs) -> tuple[str, ...]:
    """Return the ids of the points that a slide or exercise names: ``teaches=2.1,2.2``."""
    return attrs.names("teaches")


def every_node(thing: Any) -> Iterator[Any]:
    """Yield every node below ``thing``, whoever sees it, depth first, ``thing`` included."""
    return nodes(thing, None)


def nodes(thing: Any, audience: str | None) -> Iterator[Any]:
    """Yield every node below ``thing`` that the audience sees, depth first, ``thing`` included; ``None`` sees everything."""
    waiting = [thing]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(reversed(node))
            continue
        names = _children(node.__class__)
        if names is None:
            continue
        if audience is not None:
            attrs = getattr(node, "attrs", None)
            if isinstance(attrs, Attrs) and not visible(attrs, audience):
                continue
        yield node
        waiting.extend([getattr(node, name) for name in names])


@cache
def _children(kind: type) -> tuple[str, ...] | None:
    """Return the fields of a kind of node that may hold nodes, the last one first; ``None`` for anything that isn't a node."""
    if not issubclass(kind, Struct) or issubclass(kind, At | Attrs):
        return None
    types = {name: type_ for base in kind.__mro__ for name, type_ in vars(base).get("__annotations__", {}).items()}
    return tuple(name for name in reversed(kind.__struct_fields__) if types[name] not in LEAVES)


def seen_stages(content: Content, audience: str, wanted: tuple[str, ...] = ()) -> tuple[StageSource, ...]:
    """Return the stages that an audience sees, or only the wanted ones (ids, or numbers as text).

    If some of those are numbered, a kit's opening and closing come with them.
    """
    seen = tuple(stage for stage in content.stages if visible(stage.attrs, audience))
    if not wanted:
        return seen
    asked = {stage.id: stage.number for stage in seen if {stage.id, str(stage.number)} & {*wanted}}
    framed = content.policy.plan == "slot" and any(number is not None for number in asked.values())
    return tuple(stage for stage in seen if stage.id in asked or (framed and stage.number is None))


def seen_slides(stage: StageSource, audience: str) -> tuple[SlideSource, ...]:
    """Return a stage's slides for an audience."""
    return tuple(slide for slide in stage.slides if visible(slide.attrs, audience))


def seen_sheets(content: Content, stages: tuple[StageSource, ...]) -> tuple[SheetSource, ...]:
    """Return the sheets of the stages that are in, in the stages' order."""
    by_stage = {sheet.stage: sheet for sheet in content.sheets}
    return tuple(by_stage[stage.id] for stage in stages if stage.id in by_stage)


def seen_prints(
    content: Content, stages: tuple[StageSource, ...], audience: str
) -> tuple[tuple[PrintSource, tuple[PrintEntry, ...]], ...]:
    """Return an audience's ballots, cards and quiz, each with the entries of the stages that are in."""
    ids = {stage.id for stage in stages}
    found = []
    for source in content.prints:
        if visible(source.attrs, audience) and source.meta.stage in {"", *ids}:
            entries = tuple(
                entry for entry in source.entries if visible(entry.attrs, audience) and entry.meta.stage in {"", *ids}
            )
            found.append((source, entries))
    return tuple(found)


def expressions_in(thing: Any, audience: str | None) -> Iterator[tuple[str, At]]:
    """Yield every value and claim that an audience sees, with its place; ``None`` sees everything."""
    yield from _expressions(nodes(thing, audience))


def _expressions(seen: Iterable[Any]) -> Iterator[tuple[str, At]]:
    for node in seen:
        if isinstance(node, Value):
            yield node.expr, node.at
        attrs = getattr(node, "attrs", None)
        if isinstance(attrs, Attrs):
            for key, text in attrs.pairs:
                if key in CONDITIONS:
                    yield text, node.at
                else:
                    for match in VALUE.finditer(text):
                        yield match[1].strip(), node.at


def exhibit_runs(thing: Any, audience: str) -> Iterator[tuple[str, At]]:
    """Yield the run that each picture refers to; pictures of files are skipped."""
    yield from _pictures(nodes(thing, audience))


def _pictures(seen: Iterable[Any]) -> Iterator[tuple[str, At]]:
    for node in seen:
        if isinstance(node, Picture) and (match := EXHIBIT.match(node.target)):
            name = match["name"]
            if not name.endswith(CSV_SUFFIXES):
                yield name.partition(".")[0], node.at


def names_in(thing: Any, audience: str | None) -> Iterator[tuple[str, At]]:
    """Yield every name that a part's values, claims and exhibits begin with, for an audience or for all; what can't be read is left to the plan."""
    seen = tuple(nodes(thing, audience))  # one walk for both
    for expression, at in _expressions(seen):
        try:
            names = roots(expression)
        except ExpressionError:
            continue  # the plan reports it with its place
        yield from ((name, at) for name in names)
    yield from _pictures(seen)


def parts_of(content: Content, audience: str, wanted: tuple[str, ...]) -> tuple[Any, ...]:
    """Return an audience's slides, exercises and printed entries, in the stages that are wanted."""
    stages = seen_stages(content, audience, wanted)
    parts: list[Any] = []
    for stage in stages:
        parts.extend(seen_slides(stage, audience))
    parts.extend(e for sheet in seen_sheets(content, stages) for e in sheet.exercises)
    parts.extend(seen_prints(content, stages, audience))
    return tuple(parts)


def runs_needed(
    content: Content, audience: str, wanted: tuple[str, ...], demos: tuple[str, ...]
) -> tuple[RunSpec, ...]:
    """Return the runs that an audience's slides and sheets refer to, each once, in order of appearance.

    A name is a stage's own run (``runs:``) or a demo. Other names are left to the plan, which
    reports them wherever they are used.
    """
    declared = {run.name: run for stage in content.stages for run in stage.runs}
    found: dict[str, RunSpec] = {}

    def need(name: str, at: At) -> None:
        if name in found:
            return
        if name in declared:
            found[name] = declared[name]
        elif name in demos:
            found[name] = RunSpec(name, name, {}, at)

    parts = parts_of(content, audience, wanted)
    for part in parts:
        for name, at in names_in(part, audience):
            need(name, at)
    for exercise in parts:
        if isinstance(exercise, ExerciseSource) and (name := exercise.attrs.get("from")):
            need(name, exercise.at)
    return tuple(found.values())
