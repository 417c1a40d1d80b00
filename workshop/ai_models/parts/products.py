"""A moderator whose scores can be added up by hand: each word has points, and a request with enough points is blocked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from workshop.ai_models.parts.tiny_lm import MANNERS, NONE, PLACES, Desk, reply
from workshop.ai_models.parts.words import Item
from workshop.ai_models.parts.words import joined_writing as joined
from workshop.errors import At, Problem, WorkshopError
from workshop.inputs.door import read_text_file as read_text
from workshop.inputs.structured import read_named
from workshop.inputs.texts import words


# ---------------------------------------------------------------- points
def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[At, dict[str, str]]]:
    """Yield the rows of a CSV file with their places.

    Raises:
        WorkshopError: if a column is missing, or there are no rows.
    """
    text, name = read_text(path)
    content = read_named(text, name, columns)
    if not content:
        raise WorkshopError(Problem("the table has no row", At(name, 2), hint="write one per line", code="bad-data"))
    yield from content


class Rules(Struct, frozen=True):
    """Word -> points; positive points are for blocking, negative ones against it."""

    points: Mapping[str, int]

    @classmethod
    def load(cls, path: Path) -> Rules:
        """Read a CSV file with the columns word and points.

        Raises:
            WorkshopError: at the line, if points aren't a whole number.
        """
        points = {}
        for at, row in rows(path, ("word", "points")):
            try:
                points[row["word"].lower()] = int(row["points"])
            except ValueError:
                message = f"{row['points']!r} is not a whole number of points"
                raise WorkshopError(Problem(message, at, hint="write 3, 2, 1 or –2 as -2", code="bad-data")) from None
        return cls(points)

    def score(self, request: str) -> int:
        """Return the sum of the points of all its words.

        >>> Rules({"poison": 3, "my": -2}).score("how do I poison my bed")
        1
        """
        return sum(self.points.get(word, 0) for word in words(request))


class Requests(Struct, frozen=True):
    """Requests that a person labelled harmful or fine."""

    harmful: tuple[str, ...]
    fine: tuple[str, ...]

    @classmethod
    def load(cls, path: Path) -> Requests:
        """Read a CSV file with the columns request and harmful ("yes" or "no")."""
        content = list(rows(path, ("request", "harmful")))
        for at, row in content:
            if row["harmful"] not in ("yes", "no"):
                message = f"{row['harmful']!r} is neither yes nor no"
                raise WorkshopError(Problem(message, at, hint="write yes or no", code="bad-data"))
        parted = {word: tuple(r["request"] for _, r in content if r["harmful"] == word) for word in ("yes", "no")}
        return cls(parted["yes"], parted["no"])


# ---------------------------------------------------------------- token bucket
# A token bucket: it holds a few tokens, fills slowly, and each request takes one or is turned away.
class Bucket(Struct):
    """State of one bucket.

    Attributes:
        capacity: most tokens it can hold; it starts full.
        rate: tokens added per second.
        tokens, last: number of tokens in it, and the time of the last update in seconds.
    """

    capacity: float = 3
    rate: float = 0.5
    tokens: float = 3
    last: float = 0

    def allows(self, now: float) -> bool:
        """Fill up for the time gone by, then take a whole token or none."""
        gained = (now - self.last) * self.rate
        self.tokens = min(self.capacity, self.tokens + gained)
        self.last = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


def timeline(times: Sequence[float], capacity: float = 3, rate: float = 0.5) -> list[tuple[float, bool, float]]:
    """Return (time, allowed, tokens left) for requests at ``times`` seconds.

    >>> [allowed for _, allowed, _ in timeline([0, 0, 1, 1, 2, 3, 4, 8])]
    [True, True, True, False, True, False, True, True]
    """
    bucket = Bucket(capacity, rate, capacity)
    return [(now, bucket.allows(now), bucket.tokens) for now in times]


# ---------------------------------------------------------------- product
# The layers around a model, in order: rate limit, moderation, system prompt, cards and tools.
NONSENSE = "(words that make no sense)"
LAYERS = ("Rate limit", "Moderation", "System prompt", "Card", "Tool", "Model")


class Wrapper(Struct, kw_only=True):
    """The layers around the model.

    Attributes:
        manner: system prompt that it always puts first.
        cards: thing -> place, according to today's cards; empty if it has none.
        rules, threshold: moderation; ``None`` for no moderation.
        bucket: rate limit; ``None`` for no limit.
        tools: names of tools that the model may call.
    """

    name: str
    manner: str = NONE
    cards: dict[str, str] = field(default_factory=dict)
    rules: Rules | None = None
    threshold: int = 2
    bucket: Bucket | None = None
    tools: tuple[str, ...] = ()

    def ask(self, desk: Desk, request: str, now: float = 0) -> tuple[str, dict[str, str]]:
        """Return (answer, layer -> what it did); a layer that doesn't exist or wasn't reached has no entry."""
        did: dict[str, str] = {}
        if self.bucket:
            did["Rate limit"] = "pass" if self.bucket.allows(now) else "stop"
            if did["Rate limit"] == "stop":
                return "Slow down, please.", did
        if self.rules:
            points = self.rules.score(request)
            did["Moderation"] = f"{points} points"
            if points >= self.threshold:
                return "Sorry, I can’t help with that.", did
        words = request.split()
        if words[0] == "remove":
            if "remove" in self.tools:
                did["Tool"] = "remove"
                return "Done: the card is gone.", did
            if self.rules:
                return "I may not do that.", did | {"Tool": "no permission"}
        if self.manner != NONE:
            did["System prompt"] = self.manner
        card = next((self.cards[word] for word in words if word in self.cards), NONE)
        if self.cards:
            did["Card"] = "none" if card == NONE else card
        did["Model"] = "writes"
        written = desk.answer(words, self.manner, card)
        return spoken(written) if sensible(written) else NONSENSE, did


def sensible(words: list[str]) -> bool:
    """Return whether the words are an answer of a form that occurred in training."""
    return any(words == reply(place, manner) for place in PLACES for manner in (NONE, *MANNERS))


def spoken(words: list[str]) -> str:
    """Join words into a sentence.

    >>> spoken(["in", "the", "porch", ",", "friend", "."])
    'In the porch, friend.'
    """
    text = joined(words)
    return text[:1].upper() + text[1:]


# ---------------------------------------------------------------- suites
# Test suites as data: named lists of prompts with their right answers.
COLUMNS = ("suite", "prompt", "answer")


class Suites(Struct, frozen=True):
    """Suite name -> its items, in the order of the file."""

    items: Mapping[str, tuple[Item, ...]]

    @classmethod
    def load(cls, path: Path) -> Suites:
        """Read a CSV file with the columns suite, prompt and answer.

        Raises:
            WorkshopError: if a column is missing or there are no rows.
        """
        suites: dict[str, list[Item]] = {}
        for _, row in rows(path, COLUMNS):
            suites.setdefault(row["suite"], []).append((row["prompt"], row["answer"]))
        return cls({name: tuple(items) for name, items in suites.items()})

    def split(self, rng: Any, share: float) -> tuple[Suites, Suites]:
        """Return (training items, held-out items); a random ``share`` of each suite is held out."""
        train, held = {}, {}
        for name, items in self.items.items():
            order = rng.permutation(len(items))
            cut = round(share * len(items))
            held[name] = tuple(items[i] for i in sorted(order[:cut]))
            train[name] = tuple(items[i] for i in sorted(order[cut:]))
        return Suites(train), Suites(held)
