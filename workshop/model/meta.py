"""Metadata: the keys of kit.yaml, front matter and the other YAML files of a kit, with their types and defaults.

Each field is a YAML key; its type says which texts are valid, and its default is defined nowhere else. ``content.schema.read_meta``
reads YAML into these models; a new key is just a new field here. ``at`` isn't a key: it is the place where an entry begins.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator

from workshop import limits
from workshop.errors import At
from workshop.model.closed import Closed
from workshop.model.moment import Moment
from workshop.model.numbers import decimal

NOWHERE = At("")
EVERYBODY = "general"  # the audience of a kit that names none
MAX_SHORT = 14
HOUR = 60  # minutes: shorter slots may be about some stages only
REST = 5  # minutes: a block without work that is at least this long counts as a break


def date_of(text: Any) -> date:
    """Return the day that a text such as 2026-05-31 names."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ValueError("must be a date such as 2026-05-31") from None


Name = Annotated[str, Field(pattern=r"^\w[\w.-]*$")]
Number = Annotated[float, Field(ge=0, le=float(limits.NUMBER), allow_inf_nan=False)]
Whole = Annotated[int, Field(ge=1, le=int(limits.NUMBER))]
ADDRESS = rf"^(https?://[^\s\"'<>]{{3,{int(limits.ADDRESS)}}})?$"
CLOCK = r"^([01]?\d|2[0-3])[:.][0-5]\d$"
LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,5}$"  # a tag, BCP 47
Address = Annotated[str, Field(pattern=ADDRESS)]
People = Annotated[int, Field(ge=1, le=int(limits.PEOPLE))]
Clock = Annotated[str, Field(pattern=CLOCK)]
Language = Annotated[str, Field(pattern=LANGUAGE)]
Texts = tuple[str, ...]
TextOrTexts = Annotated[
    Texts,
    BeforeValidator(lambda given: (given,) if isinstance(given, str) else given, json_schema_input_type=str | Texts),
]
Day = Annotated[date, PlainValidator(date_of, json_schema_input_type=date)]
Slot = Annotated[float, Field(ge=1, le=float(limits.NUMBER), allow_inf_nan=False)]


class Phase(Closed):
    """A heading of the map and the stages under it.

    Attributes:
        title: the heading.
        stages: their numbers.
    """

    title: str
    stages: tuple[Whole, ...]


class TimeBlock(Closed):
    """Time without slides, such as lunch.

    Attributes:
        title: what it is.
        minutes: how long it is.
        after: id of the section or moment that it follows; "" is before the last section.
        least: the shortest slot, in minutes, that has it. Written ``from``.
        most: the longest slot that has it. Written ``to``.
        fill: whether it only fills time that the slides leave.
        note: a line for the run sheet.
        before: id of the section or moment that it comes before, instead of ``after``.
        does: what the room does.
    """

    title: str
    minutes: Number
    after: str = ""
    least: Number = 0.0
    fill: bool = False
    note: str = ""
    before: str = ""
    most: Number = math.inf
    does: Literal["", "talk", "write"] = ""

    def due(self, slot: float) -> bool:
        """Whether a slot has it."""
        return self.least <= slot <= self.most

    @property
    def rest(self) -> bool:
        """Whether it counts as a break: nobody works, for five minutes or more."""
        return not self.fill and self.minutes >= REST


class KitMeta(Closed):
    """``kit.yaml``, or the keys for the whole kit in the front matter of a single file.

    Attributes:
        title, subtitle: what the cover says.
        occasion: a line for the cover, such as "Workshop for everyone".
        author: who wrote it.
        date: when it is held, as it should be read.
        licence: the licence under which others may use it.
        certificate: the line under the name on a certificate.
        language: a tag such as en-GB; fixed words of the deck and the sheets follow it.
        audience: the default audience, a file of ``audiences/``.
        minutes: the slot; 0 for everything.
        start: clock time of the first slide.
        people: number of participants to print for.
        paper: the size of the paper.
        theme: a theme, or a theme file beside kit.yaml.
        sections: names of the sections' files, in order, without ``.md``.
        exercises: folder of the sheets; "" for ``exercises``, which may be missing.
        phases: headings of the map.
        blocks: time without slides.
        data: demo -> slot -> name of a file or folder.
        demos: the kit's own Python files; they run after ``--trust``.
        ballots: file with two answers per round, to be voted on.
        cards: files of sorting cards, one per deck.
        quiz: file of the quiz.
        abbreviations: abbreviations that every reader knows.
        style: name of the file with the words that ``check`` looks for; "" for none.
        pictures: name of the file with a picture of each section; "" for none.
        world: name of the folder of ``worlds`` that is laid under the kit; "" for none.
        votes: the slot that ``--votes`` fills, as "demo.slot"; that demo's run shows the room's votes.
        record: title of the record of a training; "" for "Record of a training".
        name_tag: whether name tags are tents, two to a sheet, or flat. Written ``name-tag``.
        vars: texts for ``{{ var.name }}``.
        dividers: whether each stage begins with a slide that asks its question.
        motion: whether bets turn into their answers and results grow; unless it is said, in a kit they do, in a talk they don't.
        explore_url: address at which the companion page is published; "" if it isn't.
        whole: audience -> the slot that is meant to show every statement of points.yaml.
        bibliography: names of .bib files.
        references: works as pandoc has them in YAML.
        csl: name of a .csl file, or of a style that Typst knows.
        nocite: keys of works that are listed although nothing cites them; ``@*`` for all.
        reference_section_title: title of the list of works. Written ``reference-section-title``.
    """

    title: str = ""
    subtitle: str = ""
    occasion: str = ""
    author: str = ""
    date: str = ""
    licence: str = ""
    certificate: str = ""
    record: str = ""
    language: Language = "en-GB"
    audience: str = EVERYBODY
    minutes: Number = 0.0
    start: Clock = "09:00"
    people: People = 20
    paper: Literal["a4", "letter"] = "a4"
    theme: str = "light"
    sections: Annotated[Texts, Field(min_length=1)] = ()
    exercises: str = ""
    phases: tuple[Phase, ...] = ()
    blocks: tuple[TimeBlock, ...] = ()
    data: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    demos: Texts = ()
    ballots: str = ""
    votes: Annotated[str, Field(pattern=r"^\w+\.\w+$")] = ""
    cards: Texts = ()
    quiz: str = ""
    name_tag: Literal["tent", "flat"] = "tent"
    abbreviations: Texts = ()
    style: str = ""
    world: str = ""
    pictures: str = ""
    vars: Mapping[str, str] = Field(default_factory=dict)
    dividers: bool = True
    motion: bool | None = None
    explore_url: Address = ""
    whole: Mapping[str, Slot] = Field(default_factory=dict)
    bibliography: TextOrTexts = ()
    references: tuple[Mapping[str, Any], ...] = ()
    csl: str = ""
    nocite: TextOrTexts = ()
    reference_section_title: str = "References"


def _slot_or_lengths(value: object) -> object:
    """Accept a slot, or a mapping from slides to minutes."""
    if value is None:
        return None
    texts = value if isinstance(value, dict) else {"": value}
    minutes = {name: _minutes(text) for name, text in texts.items()}
    return minutes if isinstance(value, dict) else minutes[""]


def _minutes(text: object) -> float:
    minutes = decimal(str(text))
    if minutes is None:
        raise ValueError("must be a number of minutes, or {slide: minutes}")
    return minutes


class BookletMeta(Closed):
    """The class booklet of an audience.

    Attributes:
        leaf: the longest slot in which a leaf takes its place; 0 for none.
        cover: whether it has a cover even if that takes one more sheet of paper.
    """

    leaf: Number = 0.0
    cover: bool = False


class AudienceMeta(Closed):
    """A file in ``audiences/``; for keys that it doesn't have, those of the audience that it is like apply, then kit.yaml.

    Attributes:
        title: its name.
        like: the audience whose slides, words and keys it takes, unless it has its own; "" for none.
        reading_grade: the school year whose texts they read with ease; 0 to skip the check.
        weights: stage id -> how much it counts, instead of the section's own weight.
        subtitle, occasion, certificate, start, people, paper, theme, motion: instead of what kit.yaml says.
        minutes: the slot, or slide -> minutes instead of those on its heading; both, if the slot's name is "".
        moments: stage id -> moments instead of the section's own.
        longer: slot -> slides that take one minute more in this slot and longer ones.
        blocks: time without slides, in addition to that of kit.yaml.
        idle: most minutes that may pass without anything for the room to do.
        apart: least minutes of something else between two tasks on paper.
        works: in how many stages the room works in a plan of 180 minutes or more; 0 for all.
        world: name of the ready world that this audience's kit speaks of, instead of the kit's; ``--world`` goes before it.
        about: ids of the stages that slots under an hour are about; the others are named on a slide. Empty for all.
        doing: least share of the minutes in which the room does something, in slots of 90 to 240 minutes.
        breadth: the slot holds at most one slide for each so many minutes, and one more.
        dividers: whether each stage begins with a slide that asks its question.
        asks: slot -> ids of the quiz questions asked from it on, up to the next slot of the list; "any" for whatever the
            slides answer, as in shorter slots; an empty list for no quiz. Written ``quiz``.
        booklet: what is printed for the class.
    """

    title: str = ""
    like: Name = ""
    reading_grade: Number = 0.0
    weights: Mapping[str, Number] = Field(default_factory=dict)
    subtitle: str | None = None
    occasion: str | None = None
    certificate: str | None = None
    minutes: Annotated[
        float | Mapping[str, float] | None,
        PlainValidator(_slot_or_lengths, json_schema_input_type=float | dict[str, float]),
    ] = None
    start: Clock | None = None
    people: People | None = None
    paper: Literal["a4", "letter"] | None = None
    theme: str | None = None
    motion: bool | None = None
    moments: Mapping[str, tuple[Moment, ...]] = Field(default_factory=dict)
    idle: Number = 8.0
    apart: Number = 8.0
    works: Number = 0
    about: Texts = ()
    doing: Annotated[float, Field(ge=0, le=1)] = 0.6
    breadth: Annotated[float, Field(ge=1, le=60)] = 2.9
    dividers: bool | None = None
    world: str = ""
    longer: Mapping[Slot, Texts] = Field(default_factory=dict)
    blocks: tuple[TimeBlock, ...] = ()
    asks: Mapping[Slot, Literal["any"] | Texts] = Field(default_factory=dict)
    booklet: BookletMeta = BookletMeta()

    def asked_in(self, slot: float) -> tuple[str, ...]:
        """Return the quiz questions that the audience's list has for a slot; none for whatever the slides answer."""
        asks = self._asks(slot)
        return () if asks == "any" else tuple(asks)

    def no_quiz(self, slot: float) -> bool:
        """Whether the audience's list says that there is no quiz in a slot."""
        return not self._asks(slot)

    def _asks(self, slot: float) -> Texts | Literal["any"]:
        least = max((least for least in self.asks if least <= slot), default=None)
        return "any" if least is None else self.asks[least]

    def is_about(self, stage: str, slot: float) -> bool:
        """Whether a slot is built on a stage: all are, unless a slot under an hour is about some of them only."""
        return not self.about or slot >= HOUR or stage in self.about

    @property
    def lengths(self) -> Mapping[str, float]:
        """Slide -> minutes instead of those on its heading."""
        found = self.minutes if isinstance(self.minutes, Mapping) else {}
        return {slide: minutes for slide, minutes in found.items() if slide}

    @property
    def slot(self) -> float | None:
        """The slot, if there is one."""
        return self.minutes.get("") if isinstance(self.minutes, Mapping) else self.minutes


class StageMeta(Closed):
    """Front matter of a section.

    Attributes:
        stage: its id; "" for the file's name without number and suffix.
        title: its name.
        number: place among the numbered stages; ``None`` for opening and closing.
        short: the name on the rail; "" for the title.
        question: what the section asks, for its divider.
        objectives: what people can do afterwards.
        aim: what participants can do afterwards, in one sentence for the guide.
        material: what is needed, and which files are printed.
        room: how people sit or stand.
        remember: sentences that a nervous facilitator keeps in mind.
        map: a few words for the map's tile; "" for the question.
        learnt: one line for the closing map.
        flow: what goes in, what happens and what comes out: three texts for the companion page.
        runs: name -> ``demo`` and knobs of a run.
        facts: name -> the condition or value that it stands for on the section's slides.
        weight: how much it counts when time is short.
        moments: slides that are chosen together; without moments, slides are chosen one by one.
        toy: where the toy stops, in one line.
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
    flow: Annotated[Texts, Field(max_length=3)] = ()
    runs: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    facts: Mapping[str, str] = Field(default_factory=dict)
    weight: Number = 1.0
    moments: tuple[Moment, ...] = ()
    toy: str = ""
    for_: str = ""


class SheetMeta(Closed):
    """Front matter of a file of exercises.

    Attributes:
        stage: the section whose sheet it is.
        title: the heading of the sheet.
        aim: what it is for, in one sentence.
        toy: where the toy stops, in one or two sentences.
        gap: a sentence for the booklet; people finish what is in square brackets.
    """

    stage: Name = ""
    title: str = ""
    aim: str = ""
    toy: str = ""
    gap: str = ""


class PersonVerb(Closed):
    """A verb that only persons are the subject of.

    Attributes:
        forms: all its forms, the base form first.
        instead: what to write about a thing.
    """

    forms: Annotated[Texts, Field(min_length=1)]
    instead: str


Look = Literal[
    "alike",
    "no-picture",
    "small-plot",
    "hidden-interval",
    "crossing",
    "small-type",
    "empty",
    "stranded",
    "long",
]


class StyleMeta(Closed):
    """The words that ``check`` looks for: things that aren't persons, and verbs that only persons do.

    Attributes:
        things: nouns in the singular.
        called: what a warning calls such a thing.
        person_verbs: verbs that only persons are the subject of. Written ``person-verbs``.
        allowed: words of a ready world that texts may use all the same.
        looks: kinds of advice on how slides look that this kit doesn't want, each with "off".
    """

    things: Texts = ()
    called: str = "a thing"
    person_verbs: tuple[PersonVerb, ...] = ()
    allowed: Texts = ()
    looks: Mapping[Look, Literal["off"]] = {}


class Term(Closed):
    """A glossary entry: plain definition first.

    Attributes:
        id: its name in other files.
        term: the word.
        definition: what it means, in plain words.
        stage: the section that it belongs to.
        explained: id of the slide that explains it; "" for the whole of its section.
        everyday: whether it is also a common word that may be used before.
    """

    id: Name = ""
    term: str = ""
    definition: str = ""
    stage: str = ""
    explained: str = ""
    everyday: bool = False
    at: At = NOWHERE


class Statement(Closed):
    """A statement of the subject, the slides that show it, and the phrases that must be on them or be said with them.

    Attributes:
        says: what was shown, for the record.
        slides: ids; at least one of them shows it.
        phrases: each stands on such a slide, or in its notes.
        seen: each stands on such a slide itself, where people read it.
        whole: audience -> the slot whose plan must show it; empty for those that the kit names.
    """

    says: str
    slides: Annotated[Texts, Field(min_length=1)]
    phrases: Texts = ()
    seen: Texts = ()
    whole: Mapping[str, Slot] = Field(default_factory=dict)


class Point(Closed):
    """A numbered point of the subject that the kit claims to teach, an entry of ``points.yaml``.

    Attributes:
        id: its number, such as 2.1; slides and exercises name it in ``teaches=``.
        text: what is taught.
        stage: the section that teaches it.
        shown: what of it is shown where.
    """

    id: Name = ""
    text: str = ""
    stage: str = ""
    shown: tuple[Statement, ...] = ()
    at: At = NOWHERE


class Framework(Closed):
    """A framework of competences, an entry of ``frameworks.yaml``, and which points of the kit address which of them.

    Attributes:
        id: its name in other files.
        name: printed in full.
        short: heading of its column; "" for the name.
        source, year, licence: printed wherever a code of it is.
        note: printed after them.
        competences: code -> title; "" for a title that isn't printed, because of its licence or because nobody checked it.
        points: id of a point -> codes.
    """

    id: Name = ""
    name: str = ""
    short: str = ""
    source: str = ""
    year: Annotated[int, Field(ge=1900, le=2200)] = 1900
    licence: str = ""
    note: str = ""
    competences: Mapping[str, str] = Field(default_factory=dict)
    points: Mapping[str, Texts] = Field(default_factory=dict)
    at: At = NOWHERE

    @property
    def label(self) -> str:
        """The heading of its column."""
        return self.short or self.name


class Source(Closed):
    """A published work, an entry of ``sources.yaml``.

    Attributes:
        key: its name in ``[@key]``.
        who: its authors, such as "Lee et al. 2021".
        work: title of the work.
        version: which version was read, such as "arXiv 2107.06499 v2; ACL 2022".
        scope: what the figure was measured on.
        caveat: what must be said with it.
        verified: how far the figure was checked ("paper text read", "abstract read", "quoted in …").
        as_of: the day for which the figure holds; its month is printed with the scope.
        valid_until: the day after which somebody should look whether there is a newer figure.
    """

    key: Annotated[str, Field(pattern=r"^\w[\w:.#$%&+?<>~/-]*$")] = ""
    who: str = ""
    work: str = ""
    version: str = ""
    scope: str = ""
    caveat: str = ""
    verified: str = ""
    as_of: Day | None = None
    valid_until: Day | None = None
    at: At = NOWHERE

    @property
    def measured_on(self) -> str:
        """What the figure was measured on, and when."""
        return "; ".join(filter(None, (self.scope, f"as of {self.as_of:%B %Y}" if self.as_of else "")))
