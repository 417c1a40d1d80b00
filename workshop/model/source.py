"""Content as its author wrote it: slides, sections, exercises and the kit around them, references and claims unresolved.

``content`` makes these and ``plan`` resolves them; no other step sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from workshop.errors import At
from workshop.expressions import ExpressionError, roots
from workshop.model.closed import Closed
from workshop.model.kept_slide import KeptSlide
from workshop.model.markup import NO_ATTRS, Attrs, Block, Inline, Picture, Value
from workshop.model.request import bet_name
from workshop.model.theme import StagePicture

if TYPE_CHECKING:
    from workshop.model.meta import (
        AudienceMeta,
        Framework,
        KitMeta,
        Point,
        SheetMeta,
        Source,
        StageMeta,
        StyleMeta,
        Term,
    )


# ---------------------------------------------------------------- source
class SlideSource(Struct, frozen=True, kw_only=True):
    """One slide as written. ``title`` is empty for a slide opened by ``---``; ``notes`` are its ``::: notes`` divs' blocks."""

    id: str
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Block, ...]
    attrs: Attrs
    at: At

    @property
    def bet(self) -> str:
        """The name of the bet, if it asks for one: ``bet=``, else its id in words."""
        return bet_name(self.attrs.get("bet"), self.id)


class RunSpec(Struct, frozen=True):
    """A demo under another name, with other knobs: ``runs: {short: {demo: trigram, rounds: 2}}``."""

    name: str
    demo: str
    knobs: Mapping[str, str]
    at: At


class StageSource(Struct, frozen=True, kw_only=True):
    """One source file: a section with its slides.

    Attributes:
        id: ``stage:`` of the front matter, else the file's name without number and suffix.
        meta: the front matter; a single file's has no number.
        meta_at: dotted path of a front-matter key -> its place.
    """

    id: str
    meta: StageMeta
    at: At
    slides: tuple[SlideSource, ...] = ()
    runs: tuple[RunSpec, ...] = ()
    attrs: Attrs = NO_ATTRS
    meta_at: Mapping[str, At] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title of the section."""
        return self.meta.title

    @property
    def number(self) -> int | None:
        """Place among the numbered stages from 1, or ``None``: opening, closing, a single file."""
        return self.meta.number


class ExerciseSource(Struct, frozen=True, kw_only=True):
    """One exercise as written.

    Attributes:
        stage: id of the stage its file belongs to.
        task, hint, solution: blocks of the three divs; ``hint`` may be empty.
        attrs: ``minutes=``, ``level=``, ``problem=``, ``from=`` (a run whose facts the problem reads), ``calculator=``, ``for=``.
    """

    id: str
    title: tuple[Inline, ...]
    stage: str
    task: tuple[Block, ...]
    hint: tuple[Block, ...]
    solution: tuple[Block, ...]
    attrs: Attrs
    at: At


class SheetSource(Struct, frozen=True):
    """A file of exercises: its front matter and the exercises in order."""

    meta: SheetMeta
    exercises: tuple[ExerciseSource, ...]
    at: At

    @property
    def stage(self) -> str:
        """Id of the stage whose sheet it is."""
        return self.meta.stage

    @property
    def title(self) -> str:
        """The title of the sheet."""
        return self.meta.title


Place = tuple[str, bool]  # a slide, and whether another comes after it or before it


class Move(Struct, frozen=True):
    """A slide that an overlay puts next to another one, after the slides of a plan are chosen; ``attrs`` has ``for=``."""

    id: str
    anchor: str
    after: bool
    attrs: Attrs
    at: At


class AudienceSource(Struct, frozen=True):
    """One file of ``audiences/``; its name is the id.

    Attributes:
        given: the keys that it has.
        places: dotted path of a key -> its place.
    """

    id: str
    meta: AudienceMeta
    at: At
    given: frozenset[str] = frozenset()
    places: Mapping[str, At] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What the audience is called."""
        return self.meta.title


class Content(Struct, frozen=True, kw_only=True):
    """Everything in a kit or a single file, before any demo has run.

    Attributes:
        root: folder that relative names refer to.
        name: short name for the output folder of a single file; "" for a kit.
        is_kit: whether a ``kit.yaml`` is behind it (then every unknown name is an error).
        meta: ``kit.yaml``, or the file's own front matter.
        meta_at: dotted path of a key -> its place.
        data: demo name -> slot -> path of a file or folder of the kit.
        variables: name -> plain text for ``{{ var.name }}``.
        overlays: folders whose files take precedence over the kit's, the strongest first.
        worlds: folders of the world under it and of those that this is like, the nearest first.
        world: the words of the world, for ``{{ world.name }}``.
        own_slots: (demo, slot) whose data an overlay replaces or adds.
        dropped: ids of slides that an overlay drops.
        joined: id of each slide that an overlay puts next to one of the kit's -> that slide, and whether it comes after it.
        moves: the slides of the kit that overlays put elsewhere, in the order of their files.
        adopted: slides with edits that came home from PowerPoint, as "slide@audience".
        prints: ballots, cards and quiz.
        style: the words that ``check`` looks for.
        pictures: id of a section, or "cover" -> its picture.
        kept: slides that stay as they are in a PowerPoint file.
        covered: whether a title in the front matter makes a first slide.
        byline: the authors of a talk as its first slide names them; "" for those of ``meta``.
        behind: the picture behind a talk's first slide.
        notes: the notes of a talk's first slide.
    """

    root: Path
    name: str
    is_kit: bool
    meta: KitMeta
    stages: tuple[StageSource, ...]
    meta_at: Mapping[str, At] = field(default_factory=dict)
    sheets: tuple[SheetSource, ...] = ()
    audiences: tuple[AudienceSource, ...] = ()
    glossary: tuple[Term, ...] = ()
    sources: tuple[Source, ...] = ()
    data: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    style: StyleMeta | None = None
    files: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    overlays: tuple[Path, ...] = ()
    worlds: tuple[Path, ...] = ()
    world: Mapping[str, Any] = field(default_factory=dict)
    own_slots: frozenset[tuple[str, str]] = frozenset()
    dropped: frozenset[str] = frozenset()
    joined: Mapping[str, Place] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    adopted: frozenset[str] = frozenset()
    prints: tuple[PrintSource, ...] = ()
    pictures: Mapping[str, StagePicture] = field(default_factory=dict)
    kept: tuple[KeptSlide, ...] = ()
    covered: bool = True
    byline: str = ""
    behind: str = ""
    notes: tuple[str, ...] = ()

    @property
    def own(self) -> frozenset[str]:
        """The demos that got data from an overlay."""
        return frozenset(demo for demo, _ in self.own_slots)


# ---------------------------------------------------------------- print source
# Printed matter as its author wrote it: ballots, cards and the quiz.
class PartMeta(Closed):
    """The keys beside one text.

    Attributes:
        kind: for an answer on a ballot.
        right, misconception: for an option of a question.
    """

    kind: str = ""
    right: bool = False
    misconception: str = ""


class EntryMeta(Closed):
    """The keys beside the texts of a round of ballots (``round``, ``short``) or of a question (``id``, ``stage``, ``later``)."""

    round: int = 0
    short: str = ""
    id: str = ""
    stage: str = ""
    later: bool = False


class PrintMeta(Closed):
    """The keys of a whole file.

    Attributes:
        per: who gets a set of cards: "room", "group" or "person"; ``group`` is the number of people at a table.
        after, minutes: the slide after which the cards are used, and for how long.
        documents: file whose headings are cards.
    """

    title: str = ""
    stage: str = ""
    task: str = ""
    size: str = "standard"
    per: str = "group"
    group: int = 3
    after: str = ""
    minutes: int = 0
    documents: str = ""


class PrintPart(Struct, frozen=True, kw_only=True):
    """One text of an entry: a card's ``front``, an ``option`` of a question; ``attrs`` has ``for=``, as everywhere."""

    name: str
    blocks: tuple[Block, ...]
    at: At
    meta: PartMeta = field(default_factory=PartMeta)
    attrs: Attrs = NO_ATTRS


class PrintEntry(Struct, frozen=True):
    """A round, a card or a question."""

    parts: tuple[PrintPart, ...]
    at: At
    meta: EntryMeta = field(default_factory=EntryMeta)
    attrs: Attrs = NO_ATTRS


class PrintSource(Struct, frozen=True, kw_only=True):
    """One YAML file of printed matter.

    Attributes:
        kind: "ballots", "cards" or "quiz".
        name: the file's name without its suffix.
    """

    kind: str
    name: str
    entries: tuple[PrintEntry, ...]
    at: At
    meta: PrintMeta = field(default_factory=PrintMeta)
    attrs: Attrs = NO_ATTRS


# ---------------------------------------------------------------- walk
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
    framed = content.is_kit and any(number is not None for number in asked.values())
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


def runs_needed(
    content: Content, audience: str, wanted: tuple[str, ...], demos: tuple[str, ...]
) -> tuple[RunSpec, ...]:
    """Return the runs that an audience's slides and sheets refer to, each once, in order of appearance.

    A name is a stage's own run (``runs:``) or a demo. Other names are left to the plan, which
    reports them wherever they are used.
    """
    stages = seen_stages(content, audience, wanted)
    declared = {run.name: run for stage in content.stages for run in stage.runs}
    found: dict[str, RunSpec] = {}

    def need(name: str, at: At) -> None:
        if name in found:
            return
        if name in declared:
            found[name] = declared[name]
        elif name in demos:
            found[name] = RunSpec(name, name, {}, at)

    parts: list[Any] = []
    for stage in stages:
        parts.extend(seen_slides(stage, audience))
    exercises: list[ExerciseSource] = [e for sheet in seen_sheets(content, stages) for e in sheet.exercises]
    parts.extend(exercises)
    parts.extend(seen_prints(content, stages, audience))
    for part in parts:
        for name, at in names_in(part, audience):
            need(name, at)
    for exercise in exercises:
        if name := exercise.attrs.get("from"):
            need(name, exercise.at)
    return tuple(found.values())
