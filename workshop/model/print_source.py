"""What is only printed, as its author wrote it: ballots, cards and the quiz."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.errors import At
from workshop.model.source import NO_ATTRS, Attrs, Block


@dataclass(frozen=True, slots=True)
class PrintPart:
    """One text of an entry: a card's ``front``, an ``option`` of a question.

    Attributes:
        meta: what else stands beside the text, as text.
        attrs: ``for=``, as everywhere.
    """

    name: str
    blocks: tuple[Block, ...]
    at: At
    meta: Mapping[str, str] = field(default_factory=dict)
    attrs: Attrs = NO_ATTRS


@dataclass(frozen=True, slots=True)
class PrintEntry:
    """A round, a card or a question."""

    parts: tuple[PrintPart, ...]
    at: At
    meta: Mapping[str, str] = field(default_factory=dict)
    attrs: Attrs = NO_ATTRS


@dataclass(frozen=True, slots=True)
class PrintSource:
    """One YAML file of something that is only printed.

    Attributes:
        kind: "ballots", "cards" or "quiz".
        name: the file's name without its suffix.
        meta: its own keys, as text.
    """

    kind: str
    name: str
    entries: tuple[PrintEntry, ...]
    at: At
    meta: Mapping[str, str] = field(default_factory=dict)
    attrs: Attrs = NO_ATTRS
