"""Printed matter decided for one audience: ballots, cards and the quiz."""

from __future__ import annotations

from msgspec import Struct

from workshop.errors import At
from workshop.model.blocks import NOWHERE, Block, Runs

LETTERS = "ABCDEFGH"


class Answer(Struct, frozen=True):
    """One of the two answers of a round; ``kind`` is kept secret until the votes are in."""

    kind: str
    text: Runs


class Round(Struct, frozen=True, kw_only=True):
    """Two answers to one question; ``short`` heads its column on the ballot."""

    number: int
    question: Runs
    short: str
    a: Answer
    b: Answer
    at: At = NOWHERE


class Ballots(Struct, frozen=True, kw_only=True):
    """A vote in rounds.

    Attributes:
        stage: id of the stage in which it is held.
        codes: one per participant: number and check letter, such as "07M".
    """

    stage: str
    title: str
    rounds: tuple[Round, ...]
    codes: tuple[str, ...]
    at: At = NOWHERE


class Card(Struct, frozen=True, kw_only=True):
    """One card.

    Attributes:
        head: a line on a tint above the title, such as where a page was found or what kind of document it is.
        front, back: the texts of its sides; the back may be empty.
        note: for the facilitator's list only.
    """

    number: int
    head: str
    title: str
    front: tuple[Block, ...]
    back: tuple[Block, ...] = ()
    verdict: str = ""
    note: str = ""
    at: At = NOWHERE


class Deck(Struct, frozen=True, kw_only=True):
    """Cards that are cut and handed out together.

    Attributes:
        stage: id of the stage in which they are used.
        size: "standard" (eight per page) or "large" (six per page).
        sets: the number of decks that the room needs.
        task: what participants do with them: one sentence for the list.
        after: id of the slide after which they are used; "" if their file names none.
        minutes: how long that takes; 0 if it does not say.
    """

    id: str
    title: str
    stage: str
    cards: tuple[Card, ...]
    sets: int
    size: str = "standard"
    task: str = ""
    at: At = NOWHERE
    after: str = ""
    minutes: int = 0


class Option(Struct, frozen=True):
    """An answer of the quiz; a wrong one has the ``misconception`` behind it."""

    text: Runs
    right: bool = False
    misconception: str = ""


class Question(Struct, frozen=True, kw_only=True):
    """A question of the quiz.

    Attributes:
        number: its place in the whole quiz, even if only some questions are asked, so that sheets of two slots can be typed into one file.
        closing: the sentence to read out with the right letter.
    """

    id: str
    stage: str
    text: Runs
    options: tuple[Option, ...]
    at: At = NOWHERE
    number: int = 1
    closing: Runs = ()

    @property
    def again(self) -> tuple[int, ...]:
        """The order of its options on the sheet afterwards, in which none keeps its place."""
        count = len(self.options)
        shift = 1 + self.number % (count - 1) if count > 1 else 0
        return tuple((place + shift) % count for place in range(count))

    def printed(self, *, after: bool = False) -> tuple[Option, ...]:
        """Return the options in the order of the sheet before, or of the one after."""
        return tuple(self.options[place] for place in self.again) if after else self.options

    def letters(self, *, after: bool = False) -> str:
        """Return the letters of the right options on the sheet before, or on the one after."""
        return "".join(LETTERS[place] for place, option in enumerate(self.printed(after=after)) if option.right)


class Planned(Struct, frozen=True):
    """All printed matter of a kit that isn't on slides."""

    ballots: Ballots | None = None
    decks: tuple[Deck, ...] = ()
    quiz: tuple[Question, ...] = ()
    later: tuple[Question, ...] = ()
