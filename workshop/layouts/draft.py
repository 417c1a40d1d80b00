"""A slide about to be arranged, what its layout may ask of the plan, and the slots that several layouts fill alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from workshop.constructs.table import CONSTRUCTS, text_of
from workshop.errors import At, Report
from workshop.model import blocks as model_blocks
from workshop.model import kit, markup
from workshop.model.meta import Source
from workshop.wording.messages import messages, unit_of_minutes

P = TypeVar("P")
Exhibit = model_blocks.ShownChart | model_blocks.ShownTable | model_blocks.ShownCode | model_blocks.ShownPicture
Slots = Sequence[tuple[str, Sequence[model_blocks.Block]]]


class Draft(Struct, frozen=True, kw_only=True):
    """A slide about to be arranged.

    Attributes:
        measure: the line under the title, which comes from its exhibit.
        marks, learnt: the stages for a map or a closing slide.
        cut: ids of the stages on the map that are not in.
        opened: the first line of a slide that opens the companion page; ``None`` on any other.
        given: the text that an exercise works on, if the slide has the task in short.
        talk: whether it is one of a single file, where nothing is refused.
        untitled: whether nobody gave it a title.
    """

    attrs: markup.Attrs
    title: model_blocks.Runs
    blocks: tuple[model_blocks.Block, ...]
    measure: str
    at: At
    language: str
    marks: tuple[kit.StageMark, ...]
    learnt: tuple[str, ...]
    phases: tuple[tuple[str, tuple[int, ...]], ...]
    cut: frozenset[str] = frozenset()
    opened: model_blocks.Line | None = None
    given: tuple[model_blocks.Block, ...] = ()
    talk: bool = False
    untitled: bool = False

    def word(self, key: str) -> str:
        """Return a fixed word of the engine in the deck's language."""
        return str(messages(self.language)[key])

    def line(self, text: str) -> model_blocks.Prose:
        """Return text as ``Prose`` of one line at the slide's place."""
        return model_blocks.Prose((model_blocks.Line((model_blocks.Run(text),), at=self.at),))

    @property
    def text(self) -> tuple[model_blocks.Line, ...]:
        """The text of all blocks, in order."""
        return text_of(self.blocks)

    @property
    def prose(self) -> tuple[model_blocks.Line, ...]:
        """All lines of running text, in order."""
        return tuple(line for b in self.blocks if isinstance(b, model_blocks.Prose) for line in b.lines)

    def of(self, *kinds: type) -> list[model_blocks.Block]:
        """Return the blocks of some types."""
        return [b for b in self.blocks if isinstance(b, kinds)]

    def first(self, kind: type[P]) -> P | None:
        """Return the first block of a type."""
        return next((block for block in self.blocks if isinstance(block, kind)), None)


class Arranging(Protocol):
    """What a layout may ask of the plan: to report a problem, and what the slide cites."""

    @property
    def report(self) -> Report:
        """Where problems go."""

    @property
    def cited(self) -> Sequence[str]:
        """Keys of the sources that the slide cites."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """All sources of the kit."""

    @property
    def varied(self) -> str:
        """How the runs differ from those that the kit was written for; "" if they don't."""


def prose(lines: Iterable[model_blocks.Line]) -> tuple[model_blocks.Block, ...]:
    """Return lines as one block, or none."""
    lines = tuple(lines)
    return (model_blocks.Prose(lines),) if lines else ()


def measured(draft: Draft) -> tuple[str, Sequence[model_blocks.Block]]:
    """Return the slot of the line under the title."""
    return "measure", (draft.line(draft.measure),) if draft.measure else ()


def turn(draft: Draft, key: str) -> Slots:
    """Return the slots of a panel that says what participants do now, and for how long."""
    minutes = draft.attrs.get("minutes")
    unit = draft.attrs.get("unit") or unit_of_minutes(draft.language, minutes or "")
    mode = ("mode", (draft.line(draft.attrs.get("mode") or draft.word(key)),))
    if not minutes or minutes == "0":
        return [mode]
    return [mode, ("minutes", (draft.line(minutes),)), ("unit", (draft.line(unit),))]


def apart(draft: Draft, layout: str) -> tuple[list[model_blocks.Block], Slots]:
    """Return the blocks of a slide's running text, and the slots of those for which its layout has a place."""
    places = {construct.block: construct.slot for construct in CONSTRUCTS if construct.slot}
    mine = {block: slot for block, slot in places.items() if slot.layout == layout}
    rest = [block for block in draft.blocks if type(block) not in mine]
    made: list[tuple[str, Sequence[model_blocks.Block]]] = []
    for kind, slot in mine.items():
        panels = [block for block in draft.blocks if type(block) is kind and isinstance(block, model_blocks.Panel)]
        lines = [line for panel in panels for line in text_of(panel.blocks)]
        made.append((slot.name, _labelled(draft.word(slot.label), lines) if slot.label else prose(lines)))
    return rest, made


def _labelled(label: str, lines: Sequence[model_blocks.Line]) -> tuple[model_blocks.Block, ...]:
    if not lines:
        return ()
    first = replace(lines[0], marker="none", runs=(model_blocks.Run(f"{label} ", strong=True), *lines[0].runs))
    return (model_blocks.Prose((first, *lines[1:])),)
