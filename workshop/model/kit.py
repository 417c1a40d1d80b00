"""A kit with everything decided: ``plan`` makes it; ``layout``, ``check`` and the writers read it. Every number is text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from workshop.errors import At
from workshop.model.bets import Bets
from workshop.model.blocks import (
    NOWHERE,
    AnswerLines,
    Block,
    Choices,
    Diagram,
    Drawn,
    Line,
    Map,
    Panel,
    Phase,
    Prose,
    Run,
    Runs,
    ShownChart,
    ShownCode,
    ShownPicture,
    ShownTable,
    Step,
    plain,
)
from workshop.model.exhibits import Honesty
from workshop.model.meta import Framework, Point
from workshop.model.policy import KIT, Policy
from workshop.model.printing import USUAL, Printing
from workshop.model.request import CHECKOUT
from workshop.model.rooms import PAPER, names_of, size_of
from workshop.model.run_sheet import Piece, RunRow, Shortcut
from workshop.model.slide_edit import SlideEdit
from workshop.model.slot import WHOLE, PlanReport
from workshop.model.stage_picture import StagePicture

if TYPE_CHECKING:
    from workshop.model.prints import Ballots, Deck, Question

__all__ = [
    "NOWHERE",
    "AnswerLines",
    "Block",
    "Choices",
    "Diagram",
    "Drawn",
    "Exercise",
    "GlossaryEntry",
    "Kit",
    "Line",
    "Map",
    "Note",
    "Panel",
    "Phase",
    "Prose",
    "Reference",
    "Run",
    "RunRow",
    "Runs",
    "Sheet",
    "Shortcut",
    "ShownChart",
    "ShownCode",
    "ShownPicture",
    "ShownTable",
    "Slide",
    "SourceLine",
    "Stage",
    "StageMark",
    "Step",
    "plain",
]


# Kinds of notes, in the order of their labels ("note-labels" of the messages)
NOTE_KINDS = ("say", "do", "show", "ask", "hint", "expect", "wrong", "reply", "asked", "skip", "next")


class Note(Struct, frozen=True):
    """A part of the speaker notes.

    Attributes:
        kind: one of ``NOTE_KINDS``, or "" for unlabelled text.
        prose: without the label.
    """

    kind: str
    prose: Prose


class SourceLine(Struct, frozen=True):
    """The mark of honesty at the foot of a slide.

    ``honesty`` is None if only ``text`` is shown (a citation). ``full`` is what the notes say, if that is more.
    """

    honesty: Honesty | None
    text: str
    seed: int = 0
    full: str = ""


class Slide(Struct, frozen=True, kw_only=True):
    """One slide, decided.

    Attributes:
        layout: role name of the layout: cover, section, content, two-content, statement, big-number, chart,
            chart-and-text, table, table-and-text, diagram, predict, poll, activity, exercise, misconception, toy-stops,
            code, picture, map, source, closing.
        slots: role name of the placeholder -> blocks for it, in reading order. Never holds "title", "source".
        continued: it goes on from the slide before (same title plus a mark).
        untitled: its author gave it no title: the title is hidden, for those who hear the slides.
        minutes: as authored; 0 for dividers.
        teaches: ids of the subject's points that it teaches or checks.
        needs: ids of the slides that it depends on.
        spare: whether the run sheet suggests leaving it out if the room is behind.
        runs: names of the runs that its title and blocks refer to.
        own: whether it shows results from the user's own data.
        cites: keys of the works that its title and blocks cite.
        answers: ids of the slides and quiz questions that it answers.
        counts: what it counts: "votes".
        does: what the room does on it, in addition to what its layout implies: "hands", "talk" …
        bet: the name of the bet that it asks for; "" if it asks for none.
        again: minutes of the slot from which on this bet is placed again after talk; infinite for never.
        twice: whether it is, in this plan.
        quiz: "before", "after" or "answers" on the slides of the quiz.
        task: id of the exercise that it works on.
        moment: id of the moment that it is shown in; "" outside of one.
        rest: whether a break may come before it, in the middle of its stage.
        promise: whether it says what the room will do, get or see.
        opened: the companion page and the section of it that it opens, in words; ``None`` if it opens none.
        works: whether it lists the works that are cited, so that nobody says anything on it.
        toy: where the toy stops, in one line: on the last slide of its stage.
        strip: id of the exercise that is done instead of a poll without a phone; "" for none.
        each: how many things each pair sorts by the letters of a poll; 0 if it raises one letter.
        placed: how many each letter of a poll got, in the order of the letters; empty if nobody counted.
        counted: the sentence that says so; "" if nobody counted.
        chosen: whether its author wrote layout=.
        section: of a slide that begins a section of a talk, which one it is and how many there are.
    """

    id: str
    layout: str
    title: Runs
    slots: tuple[tuple[str, tuple[Block, ...]], ...]
    notes: tuple[Note, ...] = ()
    source: SourceLine | None = None
    stage: str = ""
    minutes: float = 0
    priority: str = "core"
    must: bool = False
    hidden: bool = False
    continued: bool = False
    untitled: bool = False
    background: Path | None = None
    at: At = NOWHERE
    teaches: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    spare: bool = False
    runs: tuple[str, ...] = ()
    own: bool = False
    cites: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    counts: str = ""
    does: str = ""
    bet: str = ""
    again: float = math.inf
    twice: bool = False
    quiz: str = ""
    task: str = ""
    moment: str = ""
    rest: bool = False
    promise: bool = False
    opened: Line | None = None
    works: bool = False
    toy: str = ""
    strip: str = ""
    each: int = 0
    placed: tuple[int, ...] = ()
    counted: str = ""
    section: tuple[int, int] = (0, 0)
    chosen: bool = False

    def slot(self, name: str) -> tuple[Block, ...]:
        """Return the blocks of a slot; empty if it is not used."""
        return dict(self.slots).get(name, ())

    def told(self, label: str) -> tuple[Note, ...]:
        """Return its notes; the last one, after a label, is the source if its line has no room for all of it."""
        if self.source is None or not self.source.full or self.continued:
            return self.notes
        return (*self.notes, Note("", Prose((Line((Run(f"{label}  ", strong=True), Run(self.source.full))),))))

    @property
    def title_text(self) -> str:
        """The title's characters."""
        return plain(self.title)

    @property
    def address(self) -> str:
        """Where the section of the companion page that it opens is published; "" if it isn't, or it opens none."""
        return self.opened.runs[0].link if self.opened else ""


class Stage(Struct, frozen=True, kw_only=True):
    """A section of the deck.

    Attributes:
        number: place among the numbered stages, or ``None`` for opening, closing and single files.
        short: the name on the rail, at most 14 characters.
        weight: how much it counts when time is short.
    """

    id: str
    title: str
    slides: tuple[Slide, ...]
    number: int | None = None
    short: str = ""
    question: str = ""
    objectives: tuple[str, ...] = ()
    aim: str = ""
    material: tuple[str, ...] = ()
    room: str = ""
    learnt: str = ""
    remember: tuple[str, ...] = ()
    weight: float = 1

    @property
    def minutes(self) -> float:
        """The sum of its slides."""
        return sum(slide.minutes for slide in self.slides if not slide.hidden)


class Exercise(Struct, frozen=True, kw_only=True):
    """One paper exercise with its key.

    Attributes:
        kind: what it asks for, such as "count" or "judge".
        shared: whether it is the same on all personal sheets.
        booklet: whether the class does it in its booklet, if a slide of the plan works on it.
        page: number of the stage on whose page it is printed there; 0 for its own.
        strip: whether a poll of the plan has it for people without a phone: it is in the booklet, and on no sheet.
    """

    id: str
    title: str
    minutes: float
    level: int
    calculator: bool
    task: tuple[Block, ...]
    hint: tuple[Block, ...]
    solution: tuple[Block, ...]
    at: At = NOWHERE
    teaches: tuple[str, ...] = ()
    kind: str = ""
    shared: bool = False
    booklet: bool = False
    page: int = 0
    strip: bool = False


class Sheet(Struct, frozen=True, kw_only=True):
    """One stage's leaf: two sides that stand alone.

    Attributes:
        id: such as "S2-00K": stage, sheet number, check letter.
        in_class: ids of its exercises that a slide of this kit works on.
        gap: the beginning of a sentence that people finish when the stage ends; "" for none.
        finish: how the sentence could go on.
    """

    id: str
    stage: str
    number: int
    title: str
    aim: str
    exercises: tuple[Exercise, ...]
    toy: str = ""
    at: At = NOWHERE
    in_class: tuple[str, ...] = ()
    gap: str = ""
    finish: str = ""

    @property
    def numbered(self) -> tuple[tuple[int, Exercise], ...]:
        """Its exercises with their numbers, which are the same in every file; 0 for those in the booklet of the class."""
        home = count(1)
        return tuple((0 if e.booklet and e.id in self.in_class else next(home), e) for e in self.exercises)

    @property
    def for_home(self) -> tuple[tuple[int, Exercise], ...]:
        """Those that are not in the booklet of the class, numbered from 1."""
        return tuple(task for task in self.numbered if task[0])

    @property
    def on_sheet(self) -> tuple[tuple[int, Exercise], ...]:
        """All but the strips of polls, which are in the booklet alone."""
        return tuple((number, exercise) for number, exercise in self.numbered if not exercise.strip)

    @property
    def for_class(self) -> tuple[Exercise, ...]:
        """Those that are: a slide of this kit works on them."""
        return tuple(exercise for number, exercise in self.numbered if not number)


class StageMark(Struct, frozen=True, kw_only=True):
    """A numbered stage as rail, strip and map show it, whether or not it is in this plan."""

    id: str
    number: int
    title: str
    short: str
    question: str
    picture: StagePicture | None = None


class GlossaryEntry(Struct, frozen=True):
    """A term and its plain definition."""

    term: str
    definition: str


class Reference(Struct, frozen=True, kw_only=True):
    """A published work that this kit's slides cite, by its ``key``."""

    who: str
    work: str
    version: str
    scope: str
    caveat: str
    key: str = ""

    @property
    def title(self) -> str:
        """The title of the work as a sentence: it ends with one punctuation mark."""
        return f"{self.work[:1].upper()}{self.work[1:]}{'' if self.work.endswith(('?', '!', '.')) else '.'}"


class Kit(Struct, frozen=True, kw_only=True):
    """One audience's workshop, decided: the only thing that writers get, apart from a theme.

    Attributes:
        later: the questions that are asked weeks after.
        own: names of the runs on the user's own data.
        votes: name of the run that shows the room's votes; "" if none does.
        pieces: what can be left out if the room is behind.
        again: the options that build the same kit again, as one types them, after ``program``.
        clocks: slide -> the clock time at which it begins.
        cover: the picture of the cover.
        policy: whether mistakes stop it, and a slide without room: a kit's, or a talk's.
        leaf: whether a leaf takes the place of booklet, quiz and name tag.
        room: where it is held, one of ``ROOMS``.
        motion: whether bets turn into their answers, and results grow.
        bets: what the room's bets got, by the key of a bet's name.
        edits: slide as it is laid out -> the edits made in PowerPoint that are repeated on it.
        extra: add-on -> what its step made.
        footer: words at the foot of every slide, in place of the stage's name; "" for none.
    """

    title: str
    subtitle: str
    occasion: str
    author: str
    licence: str
    language: str
    audience: str
    audience_title: str
    seed: int
    people: int
    paper: str
    stages: tuple[Stage, ...]
    marks: tuple[StageMark, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    run_sheet: tuple[RunRow, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    pieces: tuple[Piece, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    references: tuple[Reference, ...] = ()
    policy: Policy = KIT
    appendix: tuple[Slide, ...] = ()
    plan: PlanReport = WHOLE
    profile: str = "standard"
    printing: Printing = USUAL
    ballots: Ballots | None = None
    decks: tuple[Deck, ...] = ()
    quiz: tuple[Question, ...] = ()
    later: tuple[Question, ...] = ()
    names: tuple[str, ...] = ()
    certificate: str = ""
    record: str = ""
    points: tuple[Point, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    own: tuple[str, ...] = ()
    votes: str = ""
    again: str = ""
    program: str = CHECKOUT
    clocks: Mapping[str, str] = field(default_factory=dict)
    cover: StagePicture | None = None
    leaf: bool = False
    room: str = PAPER
    motion: bool = False
    bets: Bets = field(default_factory=dict)
    edits: Mapping[str, tuple[SlideEdit, ...]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    footer: str = ""

    @property
    def is_kit(self) -> bool:
        """Whether a ``kit.yaml`` is behind it."""
        return self.policy == KIT

    @property
    def duration(self) -> float:
        """Minutes from the first row of its run sheet to the end of the last; without one, the slot."""
        return sum(row.minutes for row in self.run_sheet) or self.plan.slot

    @property
    def here(self) -> tuple[str, ...]:
        """The names of the kind of room, and its size."""
        return *names_of(self.room), size_of(self.people)

    @property
    def works(self) -> tuple[Reference, ...]:
        """The works that the slides that are shown cite, each once, in the order of the kit's list."""
        shown = (slide for stage in self.stages for slide in stage.slides if not slide.hidden)
        cited = {key for slide in shown for key in slide.cites}
        found = {(work.who, work.work): work for work in reversed(self.references) if work.key in cited}
        return tuple(reversed(found.values()))

    @property
    def slides(self) -> Iterator[Slide]:
        """All slides in order, the hidden ones of the appendix last."""
        for stage in self.stages:
            yield from stage.slides
        yield from self.appendix
