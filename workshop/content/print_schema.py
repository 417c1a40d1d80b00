"""The schema of the YAML files for ballots, cards and the quiz."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from workshop.model.closed import Closed
from workshop.model.meta import Name, Whole


class _ForSome(Closed):
    for_: str = ""


class BallotsSchema(_ForSome):
    """The file that ``ballots:`` of kit.yaml names."""

    stage: str
    title: str
    rounds: list[dict[str, Any]]


class RoundSchema(_ForSome):
    """One round of it."""

    round: Whole
    question: str
    short: Annotated[str, Field(max_length=8)] = ""
    a: dict[str, str]
    b: dict[str, str]


class AnswerSchema(Closed):
    """One answer of a round."""

    kind: str
    text: str


class CardsSchema(_ForSome):
    """A file that ``cards:`` of kit.yaml names."""

    title: str
    stage: str
    task: str = ""
    size: Literal["standard", "large"] = "standard"
    per: Literal["room", "group", "person"] = "group"
    group: Whole = 3
    after: str = ""
    minutes: Whole = 0
    cards: list[dict[str, str]] = Field(default_factory=list)
    documents: str = ""


class CardSchema(_ForSome):
    """One card of it."""

    front: str
    back: str = ""
    head: str = ""
    title: str = ""
    verdict: str = ""
    note: str = ""


class QuestionSchema(_ForSome):
    """An entry of the file that ``quiz:`` of kit.yaml names."""

    id: Name
    stage: str
    question: str
    options: Annotated[list[dict[str, str]], Field(min_length=2)]
    closing: str = ""


class OptionSchema(_ForSome):
    """An answer to choose from."""

    text: str
    right: bool = False
    misconception: str = ""
