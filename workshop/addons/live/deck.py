"""A deck as the room knows it: its slides in order, and what can be asked. It never holds which answers are right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from workshop.model.check_letters import checked
from workshop.model.prints import LETTERS

BET, BALLOT, QUIZ, POLL, NUMBER, WORD, OWN = ("bet", "ballot", "quiz", "poll", "number", "word", "own")
FREE = {NUMBER: "A number, please", WORD: "One word, please"}  # what can be asked on any slide


class Item(Struct, frozen=True, kw_only=True):
    """One question of a poll.

    Attributes:
        id: of a bet its slide; else "round-2", "before-3", "after-3", "number:SLIDE" or "word:SLIDE"; "own-1" for the trainer's first.
        options: their words, in the order of the letters; none if people write a number or a word.
    """

    id: str
    text: str
    options: tuple[str, ...] = ()

    @property
    def letters(self) -> str:
        """The letters of its options."""
        return LETTERS[: len(self.options)]


class Poll(Struct, frozen=True, kw_only=True):
    """What is opened and closed together: a bet, the rounds of a vote, a quiz, a poll without a right answer.

    Attributes:
        kind: bet, ballot, quiz, poll, number or word; own for a question that the trainer typed.
        name: what people call it, such as the name of the bet.
        again: whether it is meant to be asked again after talk.
        sure: whether people say how sure they are.
        each: how many things each sorts by the letters of a poll; 0 if they choose one letter.
        toy: of a poll, the share that each letter has of what the toy did; below 0 for one of which nothing is known.
    """

    id: str
    kind: str
    slide: str
    name: str
    items: tuple[Item, ...]
    again: bool = False
    sure: bool = False
    each: int = 0
    toy: tuple[float, ...] = ()


class Spot(Struct, frozen=True, kw_only=True):
    """A slide in the order of the deck.

    Attributes:
        label: its number, such as "41", or "41a" if it came while the room was running.
        source: id of the slide as it was written; several slides can come from one.
        begins: minutes after the start at which it is planned.
        clicks: how many clicks it takes until all of it is seen.
    """

    id: str
    label: str
    source: str
    title: str = ""
    minutes: float = 0
    begins: float = 0
    clicks: int = 0


class Deck(Struct, frozen=True, kw_only=True, dict=True):
    """What can be shown and asked.

    Attributes:
        people: how many are expected.
        check: the stage from which the letters of the codes come; 0 if there are only numbers.
    """

    slides: tuple[Spot, ...]
    polls: tuple[Poll, ...] = ()
    people: int = 0
    check: int = 0

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Slide -> its place."""
        return {spot.id: place for place, spot in enumerate(self.slides)}

    @cached_property
    def by_id(self) -> Mapping[str, Poll]:
        """Poll -> what it is."""
        return {poll.id: poll for poll in self.polls}

    @cached_property
    def by_item(self) -> Mapping[str, tuple[Poll, Item]]:
        """Question -> its poll and what it is."""
        return {item.id: (poll, item) for poll in self.polls for item in poll.items}

    def poll(self, name: str) -> Poll | None:
        """Return a poll, or one that can be opened on any slide: "number:SLIDE" and "word:SLIDE"."""
        kind, _, slide = name.partition(":")
        if kind in FREE and slide in self.places:
            return Poll(id=name, kind=kind, slide=slide, name=FREE[kind], items=(Item(id=name, text=FREE[kind]),))
        return self.by_id.get(name)

    def asked(self, name: str) -> tuple[Poll, Item] | None:
        """Return a question, and its poll before it."""
        poll = self.poll(name)
        return self.by_item.get(name) or ((poll, poll.items[0]) if poll and poll.kind in FREE else None)

    def on(self, slide: str) -> Poll | None:
        """Return the poll of a slide, if it asks one; what a trainer asked there isn't its own."""
        return next((poll for poll in self.polls if poll.slide == slide and poll.kind != OWN), None)

    def code(self, number: int) -> str:
        """Return the code of a number, as it is printed on tags."""
        return checked(self.check, number) if self.check else f"{number:02d}"
