"""What a kit has for paper, as its author wrote it: ballots, cards and the quiz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from workshop.errors import At
from workshop.model.closed import Closed
from workshop.model.markup import NO_ATTRS, Attrs, Block

if TYPE_CHECKING:
    pass


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
