"""Metadata: what kit.yaml, front matter and the files of audiences may say, and what holds where they say nothing.

A field is a key of YAML; its type says which texts are right, and its default is the only one there is. The classes are
read by ``content.schema.read_meta``; a new key is a new field here and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

EVERYBODY = "general"  # the audience of a kit that names none
MAX_SHORT = 14

Name = Annotated[str, Field(pattern=r"^\w[\w.-]*$")]
Number = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Whole = Annotated[int, Field(ge=1)]
Clock = Annotated[str, Field(pattern=r"^([01]?\d|2[0-3])[:.][0-5]\d$")]
Texts = tuple[str, ...]


class _Closed:
    """Keys that are not fields are errors."""

    __slots__ = ()
    __pydantic_config__ = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(_Closed):
    """A heading of the map and the numbers of the stages under it."""

    title: str
    stages: tuple[Whole, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeBlock(_Closed):
    """Time in a slot that no slide fills, such as lunch.

    Attributes:
        after: id of the stage that it follows; "" is before the last section.
        least: the shortest slot, in minutes, that has it; written ``from``.
        fill: whether it is only for time that the slides leave.
    """

    title: str
    minutes: Number
    after: str = ""
    least: Annotated[Number, Field(alias="from")] = 0.0
    fill: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitMeta(_Closed):
    """``kit.yaml``, or what the front matter of a single file says of the whole.

    Attributes:
        minutes: the slot; 0 for everything.
        start: clock time of the first slide.
        people: how many are printed for.
        exercises: folder of the sheets; "" for ``exercises``, which may be missing.
        data: demo -> slot -> name of a file or folder.
        style: name of the file with the words that ``check`` looks for; "" for none.
        votes: the slot that ``--votes`` fills, as "demo.slot"; that demo's run shows the room's votes.
        vars: what ``{{ var.name }}`` stands for.
    """

    title: str = ""
    subtitle: str = ""
    occasion: str = ""
    author: str = ""
    date: str = ""
    licence: str = ""
    certificate: str = ""
    language: str = "en-GB"
    audience: str = EVERYBODY
    minutes: Number = 0.0
    start: Clock = "09:00"
    people: Whole = 20
    paper: Literal["a4", "letter"] = "a4"
    theme: str = "light"
    sections: Annotated[Texts, Field(min_length=1)] = ()
    exercises: str = ""
    phases: tuple[Phase, ...] = ()
    blocks: tuple[TimeBlock, ...] = ()
    data: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    demos: Texts = ()
    ballots: str = ""
    votes: Annotated[str, Field(pattern=r"^\w+\.\w+$")] = ""
    cards: Texts = ()
    quiz: str = ""
    abbreviations: Texts = ()
    style: str = ""
    vars: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceMeta(_Closed):
    """A file of ``audiences/``; what it leaves out of the keys below ``weights`` is as kit.yaml has it.

    Attributes:
        reading_grade: the school year whose texts they read with ease; 0 if that is not measured.
        weights: stage id -> how much it counts, in place of the section's own weight.
    """

    title: str = ""
    reading_grade: Number = 0.0
    weights: Mapping[str, Number] = field(default_factory=dict)
    subtitle: str | None = None
    occasion: str | None = None
    certificate: str | None = None
    minutes: Number | None = None
    start: Clock | None = None
    people: Whole | None = None
    paper: Literal["a4", "letter"] | None = None
    theme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageMeta(_Closed):
    """Front matter of a section.

    Attributes:
        stage: its id; "" for the file's name without number and suffix.
        number: place among the numbered stages; ``None`` for opening and closing.
        short: the name on the rail; "" for the title.
        map: a few words for the map's tile; "" for the question.
        learnt: one line for the closing map.
        runs: name -> ``demo`` and knobs of a run.
        weight: how much it counts where time is short.
        for_: audiences that see it, as in ``for=``.
    """

    stage: Name = ""
    title: str = ""
    number: Whole | None = None
    short: Annotated[str, Field(max_length=MAX_SHORT)] = ""
    question: str = ""
    map: str = ""
    objectives: Texts = ()
    aim: str = ""
    material: Texts = ()
    room: str = ""
    remember: Texts = ()
    learnt: str = ""
    runs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    weight: Number = 1.0
    for_: Annotated[str, Field(alias="for")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMeta(_Closed):
    """Front matter of a file of exercises; ``stage`` is the section whose sheet it is."""

    stage: Name = ""
    title: str = ""
    aim: str = ""
    toy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonVerb(_Closed):
    """A verb that only persons are the subject of.

    Attributes:
        forms: all its forms, the plain one first.
        instead: what to write of a thing.
    """

    forms: Annotated[Texts, Field(min_length=1)]
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleMeta(_Closed):
    """The file that kit.yaml names under ``style:``: what isn't a person in this kit, and what only persons do.

    Attributes:
        things: nouns in the singular.
        called: what a warning calls such a thing.
    """

    things: Texts = ()
    called: str = "a thing"
    person_verbs: Annotated[tuple[PersonVerb, ...], Field(alias="person-verbs")] = ()
