"""Cards drafted from a client's documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path

from msgspec import Struct

from workshop.inputs.drafted_words import people_in, places_in
from workshop.inputs.running_text import parts_of, sentences_of
from workshop.inputs.spelling import words
from workshop.inputs.text_folders import read_all

# Types for the data that a kit gives to demos: each reads one file or folder and reports what is wrong with it, and where.
#
# A parameter of a demo with one of these types is a data slot. Blank lines and lines that begin with ``//`` are
# left out of text files.
MOST_CARDS = 24
TITLE_WORDS = 5
SENTENCES = 2
SHORTEST, LONGEST = 3, 18  # words of a sentence
# The address of a page or a person, a number of five digits, or marks of code: no use on a card, or perhaps private
_UNFIT = re.compile(r"://|www\.|\S@\S|\d(?:[ ./-]?\d){4}|[<>{}|\\]")
_ENDS = re.compile(r"[.!?][”’\"')\]]*$")
_NUMBERED = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[A-Z][.)]|§)\s+")


class Card(Struct, frozen=True):
    """A card that may be used."""

    title: str
    text: str


class Drafts(Struct, frozen=True):
    """The cards of a folder of documents.

    Attributes:
        kept: at most 24, taken from the documents in turn, in the order of the documents.
        spare: the others.
        documents: how many were read.
        left_out: why paragraphs gave no card, and how many.
        people, places: whom and which places the documents speak of, the most frequent first.
    """

    kept: tuple[Card, ...]
    spare: tuple[Card, ...]
    documents: int
    left_out: Mapping[str, int]
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def drafted(folder: Path) -> Drafts:
    """Read all documents of a folder and draft cards, no two with the same title.

    Raises:
        WorkshopError: for a file that can't be read, or a folder without any.
    """
    read, left_out = read_all(folder), Counter[str]()
    found: list[list[Card]] = []
    titles: set[str] = set()
    for _, text, _ in read:
        cards, why = cards_in(text)
        found.append([card for card in cards if card.title.casefold() not in titles])
        titles |= {card.title.casefold() for card in cards}
        left_out += why
    in_turn = [card for cards in zip_longest(*found) for card in cards if card is not None]
    chosen = {card.title for card in in_turn[:MOST_CARDS]}
    every = [card for cards in found for card in cards]
    kept, spare = (tuple(c for c in every if (c.title in chosen) is wanted) for wanted in (True, False))
    texts = [text for _, text, _ in read]
    return Drafts(kept, spare, len(read), dict(left_out), people_in(texts), places_in(texts))


def cards_in(text: str) -> tuple[list[Card], Counter[str]]:
    r"""Return the cards of one document, and why paragraphs gave none.

    Rules find cards, not questions: whether a card makes sense, and what people would ask, is for a person to say.

    >>> cards, left_out = cards_in("# Leave\n\nAsk a week ahead. Tell your team, too.\n\n## Forms\n\nSee https://forms.example.")
    >>> cards[0].title, cards[0].text, dict(left_out)
    ('Leave', 'Ask a week ahead. Tell your team, too.', {'with an address, a long number or code': 1})
    """
    cards: dict[str, Card] = {}
    left_out = Counter[str]()
    for heading, paragraphs in parts_of(text):
        title = _NUMBERED.sub("", heading).strip(" :.")
        if not heading or not 0 < len(words(title)) <= TITLE_WORDS:
            reason = f"under a heading of more than {TITLE_WORDS} words" if heading else "without a heading"
            left_out[reason] += len(paragraphs)
            continue
        fit = [part for part in paragraphs if not _UNFIT.search(part)]
        left_out["with an address, a long number or code"] += len(paragraphs) - len(fit)
        said = [
            s for part in fit for s in sentences_of(part) if _ENDS.search(s) and SHORTEST <= len(words(s)) <= LONGEST
        ]
        if said:
            cards.setdefault(title.casefold(), Card(title, " ".join(said[:SENTENCES])))
    return list(cards.values()), +left_out  # only what occurred


def id_of(card: Card) -> str:
    """Return the id of a card, made of its title.

    >>> id_of(Card("Lift & ramp", "It is on the left."))
    'lift-ramp'
    """
    return re.sub(r"[^\w-]", "", "-".join(words(card.title)))
