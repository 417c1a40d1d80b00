"""The layers around a model, in order: rate limit, moderation, system prompt, cards and tools.

It shows that the same weights behave like different products: each layer is plain code that may answer by itself, or change what the
model reads. It leaves out memory, monitoring and the search for a card, which here is a look in a dictionary. Source: layers of our
own, after the parts that providers document.

    >>> spoken(["in", "the", "hall", ",", "friend", "."])
    'In the hall, friend.'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workshop.ai_models.toys.desk import NONE, STYLES, Desk, reply
from workshop.ai_models.toys.moderation import score
from workshop.ai_models.toys.rate_limit import Bucket
from workshop.ai_models.toys.words import joined

NOTHING = "(not a single word)"
LAYERS = ("Rate limit", "Moderation", "System prompt", "Card", "Tool", "Model")


@dataclass
class Wrapper:
    """The layers around the model.

    Attributes:
        style: system prompt that it always puts first.
        cards: thing -> place, according to today's cards; empty if it has none.
        rules, threshold: moderation, the points of words; ``None`` for no moderation.
        bucket: rate limit; ``None`` for no limit.
        tools: names of tools that the model may call.
    """

    name: str
    style: str = NONE
    cards: dict[str, str] = field(default_factory=dict)
    rules: Mapping[str, int] | None = None
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
        if self.rules is not None:
            points = score(self.rules, request)
            did["Moderation"] = f"{points} points"
            if points >= self.threshold:
                return "Sorry, I can’t help with that.", did
        words = request.split()
        if words[0] == "remove":
            if "remove" in self.tools:
                did["Tool"] = "remove"
                return "Done: the card is gone.", did
            if self.rules is not None:
                return "I may not do that.", did | {"Tool": "no permission"}
        if self.style != NONE:
            did["System prompt"] = self.style
        card = next((self.cards[word] for word in words if word in self.cards), NONE)
        if self.cards:
            did["Card"] = "none" if card == NONE else card
        did["Model"] = "writes"
        written = desk.answer(words, self.style, card)
        return told(written, desk.places), did


def told(written: list[str], places: Sequence[str]) -> str:
    """Return what the model wrote; it says so if no answer in training had that form.

    >>> told(["in", "the", "hall", "."], ["hall"]), told([], ["hall"]), told(["hall", "hall"], ["hall"])
    ('In the hall.', '(not a single word)', 'Hall hall (which makes no sense)')
    """
    if not written:
        return NOTHING
    return spoken(written) + ("" if sensible(written, places) else " (which makes no sense)")


def sensible(words: list[str], places: Sequence[str]) -> bool:
    """Return whether the words are an answer of a form that occurred in training."""
    return any(words == reply(place, style) for place in places for style in (NONE, *STYLES))


def spoken(words: list[str]) -> str:
    """Join words into a sentence."""
    text = joined(words)
    return text[:1].upper() + text[1:]
