"""People and places that documents speak of, found by the words around them: a beginning for whoever writes a world's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

MOST = 12  # of each kind
_PLACE = re.compile(
    r"\b(?:at|in|into|behind|beside|by|near|under|above|to|from|through) (?:the|our) ([a-z]{3,14})(?= ?[.,;:)]|\s+(?:and|or|for|at|on|from|until|of|is|are|as|when|before|after|by|within|every|again|in)\b)"
)
_PERSON = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Oo]ur|[Aa]sk (?:the|an?)|[Tt]ell (?:the|an?)) ([a-z]{3,14}) (?:(?:who|will|may|must|can|also|then) )?([a-z]+s|will|may|must|can|who)\b"
)
_NO_DEED = frozenset(
    "is was has does costs lasts takes opens closes starts begins ends runs stops stays comes goes serves holds needs includes covers follows rings contains lets".split()  # noqa: SIM905
)
_DOER = re.compile(r"(?:er|or|ist|ian|ant|ent|man|ess|eer|ary|urse|vet|chef|ief|oach|uide|elper|erk|ost)$")
_NO_DOER = frozenset(
    [
        "counter",
        "shower",
        "computer",
        "number",
        "letter",
        "paper",
        "member-card",
        "order",
        "corner",
        "water",
        "winter",
        "summer",
        "whichever",
        "other",
        "another",
        "printer",
        "copier",
        "locker",
        "appointment",
        "document",
        "moment",
        "parent-card",
        "office-paper",
        "floor",
        "door",
        "motor",
        "mirror",
        "elevator",
        "escalator",
        "order",
        "offer",
        "calendar",
        "diary",
        "library",
        "dictionary",
        "trailer",
        "heater",
        "boiler",
        "charger",
        "corridor",
        "cost",
        "rest",
        "part",
    ]
)
_NO_PLACE = frozenset(
    [
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "year",
        "years",
        "time",
        "evening",
        "morning",
        "afternoon",
        "night",
        "weekend",
        "end",
        "start",
        "beginning",
        "first",
        "second",
        "third",
        "last",
        "next",
        "same",
        "other",
        "way",
        "case",
        "rest",
        "left",
        "right",
        "phone",
        "telephone",
        "post",
        "front",
        "back",
        "age",
        "hour",
        "hours",
        "date",
        "price",
        "event",
        "form",
        "number",
        "left",
    ]
)


def people_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the people who do something in some texts, the most frequent first.

    >>> people_in(["The vet calls you after noon. Ask a trainer who knows. The sauna closes at ten."])
    ('vet', 'trainer')
    """
    found = Counter(
        noun
        for text in texts
        for noun, deed in _PERSON.findall(text)
        if deed not in _NO_DEED and _DOER.search(noun) and noun not in _NO_DOER
    )
    return tuple(noun for noun, _ in found.most_common(MOST))


def places_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the places where something is in some texts, the most frequent first.

    >>> places_in(["Bikes are in the cellar. Pay at the desk. Come in the evening, to the desk, please."])
    ('desk', 'cellar')
    """
    found = Counter(noun for text in texts for noun in _PLACE.findall(text) if noun not in _NO_PLACE)
    return tuple(noun for noun, _ in found.most_common(MOST))
