"""A kit with everything decided: no reference, no claim, no audience left; every number is text.

``plan`` makes these; ``layout``, ``check`` and the writers read them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workshop.errors import At
from workshop.model.exhibits import Chart, Honesty
from workshop.model.slot import WHOLE, PlanReport

if TYPE_CHECKING:
    from workshop.model.prints import Ballots, Deck, Question

NOWHERE = At("", 0, 0)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters with one look.

    Attributes:
        mark: highlighted (marigold behind ink); never carries meaning alone.
        link: URL, or ``#slide-id`` for a slide of the same deck; "" for none.
        blank: a place to write in; ``text`` is then "" on sheets and "?" on slides.
        accent: the one thing that matters, in the accent colour (on sheets: bold).
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    mark: bool = False
    strike: bool = False
    accent: bool = False
    blank: bool = False
    link: str = ""


Runs = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """Return the characters of ``runs`` without their look."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of text.

    Attributes:
        level: 0 for the first level of a list or plain text, 1 for the next.
        marker: "none", "bullet" or "number".
        number: the number, where ``marker`` is "number".
        step: 0 if visible at once, else the click on which it appears.
    """

    runs: Runs
    level: int = 0
    marker: str = "none"
    number: int = 0
    step: int = 0
    at: At = NOWHERE

    @property
    def text(self) -> str:
        """The characters alone."""
        return plain(self.runs)


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs and list items, in order."""

    lines: tuple[Line, ...]

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(line.text.split()) for line in self.lines)


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A chart with the name it was referred to by, its alternative text and its place in the source."""

    name: str
    chart: Chart
    alt: str
    at: At = NOWHERE


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table of text.

    Attributes:
        header: one tuple of runs a column; never empty.
        aligns: "left", "right" or "center" a column.
        highlight: index of the one row that matters, or -1.
        name: reference it came from ("trigram.votes"), "" for a table written in Markdown.
    """

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    aligns: tuple[str, ...]
    alt: str
    name: str = ""
    caption: str = ""
    highlight: int = -1
    at: At = NOWHERE


@dataclass(frozen=True, slots=True)
class ShownCode:
    """Lines of code in a fixed-width face."""

    text: str
    language: str
    alt: str
    at: At = NOWHERE


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture file, checked to exist and to be PNG, JPEG, GIF or SVG; ``alt`` is "" only if decorative."""

    path: Path
    alt: str
    caption: str = ""
    width_px: int = 0
    height_px: int = 0
    at: At = NOWHERE


@dataclass(frozen=True, slots=True)
class Choices:
    """Boxes to tick; ``right`` holds the indices that the key marks."""

    options: tuple[Runs, ...]
    right: tuple[int, ...] = ()
    at: At = NOWHERE


@dataclass(frozen=True, slots=True)
class AnswerLines:
    """``count`` ruled lines to write on (sheets only)."""

    count: int


@dataclass(frozen=True, slots=True)
class Panel:
    """A titled box.

    Attributes:
        kind: "given" (tinted, printed matter to work on), "hint", "toy" (where the toy stops), "wrong"
            (a wrong answer and its reply), "materials", "exit-ticket", "ruler" (the surprise ruler, no blocks),
            "lookup" (a table of logarithms or powers, no blocks).
    """

    kind: str
    title: str
    blocks: tuple[Block, ...]
    at: At = NOWHERE


@dataclass(frozen=True, slots=True)
class Step:
    """One box of a diagram: its name and a gloss; ``role`` is "", "open", "accent" or "panel"."""

    name: str
    gloss: str = ""
    role: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes in a row joined by arrows; ``back`` names an arrow from the last to the first, "" for none."""

    steps: tuple[Step, ...]
    alt: str
    back: str = ""
    figures: tuple[str, ...] = ()
    at: At = NOWHERE


@dataclass(frozen=True, slots=True)
class Phase:
    """A run of map tiles under one heading."""

    title: str
    tiles: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """The stages as tiles that link to their sections, phase by phase."""

    phases: tuple[Phase, ...]
    alt: str


Block = Prose | ShownChart | ShownTable | ShownCode | ShownPicture | Choices | AnswerLines | Panel | Diagram | Map


@dataclass(frozen=True, slots=True)
class Note:
    """A part of the speaker notes.

    Attributes:
        kind: "say", "do", "ask", "expect", "wrong", "reply", "skip", "next" or "" for unlabelled text.
        prose: without the label.
    """

    kind: str
    prose: Prose


@dataclass(frozen=True, slots=True)
class SourceLine:
    """The mark of honesty at the foot of a slide.

    ``honesty`` is None where only ``text`` is to be shown (a citation).
    """

    honesty: Honesty | None
    text: str
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide, decided.

    Attributes:
        layout: role name of the layout: cover, section, content, two-content, statement, big-number, chart,
            chart-and-text, table, table-and-text, diagram, predict, activity, exercise, misconception, toy-stops,
            code, picture, map, source, closing.
        slots: role name of the placeholder -> blocks for it, in reading order. Never holds "title", "source".
        continued: it goes on from the slide before (same title plus a mark).
        minutes: as authored; 0 for dividers.
        teaches: ids of the subject's points that it teaches or checks.
        needs: ids of the slides without which it makes no sense.
        spare: whether the run sheet names it to whoever is behind.
        runs: names of the runs that its title and blocks speak of.
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
    hidden: bool = False
    continued: bool = False
    background: Path | None = None
    at: At = NOWHERE
    teaches: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    spare: bool = False
    runs: tuple[str, ...] = ()

    def slot(self, name: str) -> tuple[Block, ...]:
        """Return the blocks of a slot; empty if it is not used."""
        return dict(self.slots).get(name, ())

    @property
    def title_text(self) -> str:
        """The title's characters."""
        return plain(self.title)


@dataclass(frozen=True, slots=True)
class Stage:
    """A section of the deck.

    Attributes:
        number: place among the numbered stages, or ``None`` for opening, closing and single files.
        short: the name on the rail, at most 14 characters.
        weight: how much it counts where time is short.
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


@dataclass(frozen=True, slots=True)
class Exercise:
    """One paper exercise with its key."""

    id: str
    title: str
    minutes: int
    level: int
    calculator: bool
    task: tuple[Block, ...]
    hint: tuple[Block, ...]
    solution: tuple[Block, ...]
    at: At = NOWHERE
    teaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One stage's leaf: two sides that stand alone.

    Attributes:
        id: "S2-00K": stage, sheet number, check letter.
        needs_lookup: whether a table of logarithms must be printed on it.
    """

    id: str
    stage: str
    number: int
    title: str
    aim: str
    exercises: tuple[Exercise, ...]
    toy: str = ""
    needs_lookup: bool = False
    at: At = NOWHERE


@dataclass(frozen=True, slots=True)
class RunRow:
    """A line of the run sheet. ``kind`` is "setup", "stage" or "break"; clock times are "09:30" or "" without a start."""

    kind: str
    clock: str
    minutes: float
    what: str
    note: str = ""
    material: str = ""
    who: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class StageMark:
    """A numbered stage as rail, strip and map show it, whether or not it is in this cut."""

    id: str
    number: int
    title: str
    short: str
    question: str


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term and its plain definition."""

    term: str
    definition: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A published work that this kit's slides cite."""

    who: str
    work: str
    version: str
    scope: str
    caveat: str


@dataclass(frozen=True, slots=True)
class Kit:
    """One audience's workshop, decided: the only thing the writers are given beside a theme.

    Attributes:
        own: names of the runs that got data of the user's own.
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
    glossary: tuple[GlossaryEntry, ...] = ()
    references: tuple[Reference, ...] = ()
    is_kit: bool = True
    appendix: tuple[Slide, ...] = ()
    plan: PlanReport = WHOLE
    profile: str = "standard"
    ballots: Ballots | None = None
    decks: tuple[Deck, ...] = ()
    quiz: tuple[Question, ...] = ()
    names: tuple[str, ...] = ()
    certificate: str = ""
    own: tuple[str, ...] = ()

    @property
    def slides(self) -> Iterator[Slide]:
        """All slides in order, the hidden ones of the appendix last."""
        for stage in self.stages:
            yield from stage.slides
        yield from self.appendix

    @property
    def minutes(self) -> float:
        """The sum of all stages."""
        return sum(stage.minutes for stage in self.stages)
