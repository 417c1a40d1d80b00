"""Cards drafted from a client's documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import At, Problem, Problems, Severity
from workshop.inputs.drafted_words import people_in, places_in
from workshop.inputs.running_text import parts_of, sentences_of
from workshop.inputs.spelling import words
from workshop.inputs.text_folders import TEXT_SUFFIXES, everything_in, left_unread, read_each, shown, wrong

MOST_CARDS, FEWEST = 24, 3  # a search among fewer shows nothing
TITLE_WORDS = 5
SENTENCES = 2
SHORTEST, LONGEST = 3, 18  # words of a sentence
PUT_THERE = "put .md, .txt, .pdf or .docx files there"
# The address of a page or a person, a number of five digits, or marks of code: no use on a card, or perhaps private
_UNFIT = re.compile(r"://|www\.|\S@\S|\d(?:[ ./-]?\d){4}|[<>{}|\\]")
_OF_ITSELF = re.compile(
    r"(?:Welcome\b|(?:This|The) (?:handbook|guide|page|document|manual|leaflet|booklet|policy|section|file))\b"
)
_ENDS = re.compile(r"[.!?][”’\"')\]]*$")
_NUMBERED = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[A-Z][.)]|§)\s+")


class Card(Struct, frozen=True):
    """A card that may be used."""

    title: str
    text: str


class Drafts(Struct, frozen=True, kw_only=True):
    """The cards of a folder of documents.

    Attributes:
        kept: at most 24, taken from the documents in turn, in the order of the documents.
        spare: the others.
        documents: how many were read.
        left_out: why paragraphs gave no card, and how many.
        unread: a warning for each document that couldn't be read, and one for files of other kinds.
        people, places: whom and which places the documents speak of, the most frequent first.
    """

    kept: tuple[Card, ...]
    spare: tuple[Card, ...]
    documents: int
    left_out: Mapping[str, int]
    unread: tuple[Problem, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]


def drafted(folder: Path) -> Drafts:
    """Draft cards from all documents of a folder that can be read, no two with the same title.

    Raises:
        WorkshopError: if none can be read, or they give too few cards.
    """
    (read, unread), left_out = read_each(folder), Counter[str]()
    if not read:
        found = unread or wrong("there are no documents in this folder", At(shown(folder)), PUT_THERE).problems
        raise Problems(found)
    found_in: list[list[Card]] = []
    titles: set[str] = set()
    for _, text, _ in read:
        cards, why = cards_in(text)
        found_in.append([card for card in cards if card.title.casefold() not in titles])
        titles |= {card.title.casefold() for card in cards}
        left_out += why
    if len(every := [card for cards in found_in for card in cards]) < FEWEST:
        raise Problems((_too_few(len(every), left_out, folder), *unread))
    in_turn = [card for cards in zip_longest(*found_in) for card in cards if card is not None]
    chosen = {card.title for card in in_turn[:MOST_CARDS]}
    kept, spare = (tuple(c for c in every if (c.title in chosen) is wanted) for wanted in (True, False))
    texts = [text for _, text, _ in read]
    return Drafts(
        kept=kept,
        spare=spare,
        documents=len(read),
        left_out=dict(left_out),
        unread=(*(replace(one, severity=Severity.WARNING) for one in unread), *_others(folder)),
        people=people_in(texts),
        places=places_in(texts),
    )


def _too_few(cards: int, left_out: Mapping[str, int], folder: Path) -> Problem:
    why = "".join(f"; left out: {told}" for told in [told_left_out(left_out)] if told)
    gave = f"{_many(cards, 'card')}, and at least {FEWEST} are needed" if cards else "no cards"
    hint = f"put a heading of at most {TITLE_WORDS} words above each subject, and one or two whole sentences below it"
    return wrong(f"these documents give {gave}{why}", At(shown(folder)), hint).problem


def told_left_out(left_out: Mapping[str, int]) -> str:
    """Return in words what gave no card: "3 paragraphs without a heading"; "" if everything did."""
    return ", ".join(f"{_many(number, 'paragraph')} {why}" for why, number in left_out.items())


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _others(folder: Path) -> Iterator[Problem]:
    """Yield a warning that names files of kinds that aren't read; what a system or an editor leaves isn't named."""
    names = [
        file.relative_to(folder).as_posix()
        for file in sorted(everything_in(folder))
        if file.is_file()
        and file.suffix.lower() not in TEXT_SUFFIXES
        and not any(part.startswith((".", "~")) for part in file.relative_to(folder).parts)
    ]
    if names:
        yield left_unread(names, folder)


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
        speaking = [part for part in paragraphs if not _OF_ITSELF.match(part.lstrip())]
        left_out["about the document itself"] += len(paragraphs) - len(speaking)
        fit = [part for part in speaking if not _UNFIT.search(part)]
        left_out["with an address, a long number or code"] += len(speaking) - len(fit)
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
