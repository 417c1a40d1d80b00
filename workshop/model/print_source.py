"""Printed matter as its author wrote it: ballots, cards and the quiz."""

from __future__ import annotations

from dataclasses import dataclass, field

from workshop.errors import At
from workshop.model.markup import NO_ATTRS, Attrs, Block


@dataclass(frozen=True, slots=True, kw_only=True)
class PartMeta:
    """What is beside one text.

    Attributes:
        kind: of an answer on a ballot.
        right, misconception: of an option of a question.
    """

    kind: str = ""
    right: bool = False
    misconception: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryMeta:
    """What is beside the texts of a round of ballots (``round``, ``short``) or of a question (``id``, ``stage``)."""

    round: int = 0
    short: str = ""
    id: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintMeta:
    """A file's own keys.

    Attributes:
        per: whom a set of cards is for: "room", "group" or "person"; ``group`` is how many people are at a table.
        after, minutes: the slide after which the cards are played, and for how long.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPart:
    """One text of an entry: a card's ``front``, an ``option`` of a question; ``attrs`` has ``for=``, as everywhere."""

    name: str
    blocks: tuple[Block, ...]
    at: At
    meta: PartMeta = field(default_factory=PartMeta)
    attrs: Attrs = NO_ATTRS


@dataclass(frozen=True, slots=True)
class PrintEntry:
    """A round, a card or a question."""

    parts: tuple[PrintPart, ...]
    at: At
    meta: EntryMeta = field(default_factory=EntryMeta)
    attrs: Attrs = NO_ATTRS


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintSource:
    """One YAML file of something that is only printed.

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
