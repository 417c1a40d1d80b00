"""Decks of cards: fronts and mirrored backs with cut marks, and the facilitator's list for printing and cutting."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from workshop.layout.laid import LaidOut
from workshop.model.blocks import NOWHERE, Choices, Runs, plain
from workshop.model.prints import Card, Deck
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import front, slide_numbers, stage_place
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import set_whole
from workshop.render.writing import Writer

LABELS = ("overflow", "overfull")
ROWS = {"standard": 4, "large": 3}
READING_ROWS = 2  # in large print, or for dyslexia: four cards, answers or ballots to a page
COLUMNS = 2
FEW = 5  # cards of a deck among which nobody takes a 6 for a 9
SUITS = 7  # patterns of bands in templates/cards.typ


def render_cards(laid: LaidOut) -> bytes:
    """Return all decks as one PDF to print on both sides, with fronts on odd pages and a list at the end.

    Raises:
        Problems: for a card whose text doesn't fit, or text that can't be printed.
    """
    galley = galley_for(laid, profile=laid.kit.profile)
    return set_whole("cards", cards_data(laid, galley), galley, laid.kept, LABELS)


def cards_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/cards.typ``."""
    data = front(laid, galley, galley.word("print-cards-title"), laid.kit.profile)
    printing = laid.kit.printing
    data |= {"people": laid.kit.people, "flip": printing.flip, "cutting": printing.cutting}
    firsts = list(accumulate((2 * sheets_of_paper(deck, laid.kit.profile) for deck in laid.kit.decks), initial=1))
    shown = {slide.id for slide in laid.kit.slides if not slide.hidden}
    numbers = {name: number for name, number in slide_numbers(laid).items() if name in shown}
    data["decks"] = [
        _deck(laid, deck, suit, galley)
        | {"print": _how_often(deck, first, galley, laid.kit.profile), "when": _when(deck, numbers, galley)}
        for suit, (deck, first) in enumerate(zip(laid.kit.decks, firsts, strict=False))
    ]
    data["how"] = galley.word("print-cards-how", first=1, last=firsts[-1] - 1, list=firsts[-1])
    return data


def sheets_of_paper(deck: Deck, profile: str = "standard") -> int:
    """Return the number of sheets for one set of a deck, with a title card for each pile that it is sorted into."""
    return math.ceil((len(deck.cards) + len(piles_of(deck))) / (_rows(deck, profile) * COLUMNS))


def _rows(deck: Deck, profile: str) -> int:
    return ROWS[deck.size] if profile == "standard" else READING_ROWS


def piles_of(deck: Deck) -> tuple[Runs, ...]:
    """Return the piles that a deck is sorted into: the options that all its cards with options share."""
    asked = {tuple(block.options for block in card.front if isinstance(block, Choices)) for card in deck.cards} - {()}
    return tuple(option for options in next(iter(asked)) for option in options) if len(asked) == 1 else ()


def _how_often(deck: Deck, first: int, galley: Galley, profile: str) -> str:
    """Return the pages of the file that a deck is on, and how many times to print them."""
    last = first + 2 * sheets_of_paper(deck, profile) - 1
    return galley.word(
        "print-cards-once" if deck.sets == 1 else "print-cards-times", first=first, last=last, sets=deck.sets
    )


def _when(deck: Deck, numbers: Mapping[str, str], galley: Galley) -> str:
    """Return after which slide a deck is used and for how long, if its file says so and the slide is shown."""
    parts = []
    if number := numbers.get(deck.after, ""):
        parts.append(galley.word("print-cards-after", number=number))
    if deck.minutes:
        parts.append(galley.word("print-minutes", minutes=deck.minutes))
    return " · ".join(parts)


def _deck(laid: LaidOut, deck: Deck, suit: int, galley: Galley) -> Data:
    rows = _rows(deck, laid.kit.profile)
    piles = piles_of(deck)
    many = len(deck.cards) > FEW
    cards = [
        _card(card, galley, sorted_=bool(piles), turns=many and reads_both_ways(card.number)) for card in deck.cards
    ]
    cards += [_pile(name, deck, galley) for name in piles]
    each = rows * COLUMNS
    place = stage_place(laid, deck.stage)
    return {
        "stage": place | {"title": galley.text(place["title"])},
        "title": galley.text(deck.title, deck.at),
        "task": galley.text(deck.task, deck.at),
        "rows": rows,
        "suit": suit % SUITS,
        "piles": [galley.text(plain(name), deck.at) for name in piles],
        "sets": deck.sets,
        "sheets": sheets_of_paper(deck, laid.kit.profile),
        "pages": [cards[start : start + each] for start in range(0, len(cards), each)],
        "told": [card for card in cards if card["note"] or card["verdict"]],
    }


def _pile(name: Runs, deck: Deck, galley: Galley) -> Data:
    """Return the title card of a pile: no number, so that it isn't taken for a card to sort."""
    title = [{"type": "para", "runs": galley.runs(name, deck.at)}]
    return {
        "number": "",
        "turns": False,
        "where": "",
        "head": "",
        "title": "",
        "front": title,
        "back": [],
        "verdict": "",
        "note": "",
    }


def reads_both_ways(number: int) -> bool:
    """Whether a number upside down is one, too.

    >>> [reads_both_ways(number) for number in (6, 9, 16, 66, 69, 8, 11, 26)]
    [True, True, True, True, True, False, False, False]
    """
    digits = set(str(number))
    return digits <= set("01689") and bool(digits & {"6", "9"})


def _card(card: Card, galley: Galley, *, sorted_: bool, turns: bool) -> Data:
    """Return a card; one that is laid on a pile has no options to tick."""
    front = tuple(block for block in card.front if not (sorted_ and isinstance(block, Choices)))
    return {
        "number": str(card.number),
        "turns": turns,
        "where": str(card.at) if card.at != NOWHERE else "",
        "head": galley.text(card.head, card.at),
        "title": galley.text(card.title, card.at),
        "front": galley.blocks(front, card.at),
        "back": galley.blocks(card.back, card.at),
        "verdict": galley.text(card.verdict, card.at),
        "note": galley.text(card.note, card.at),
    }


CARDS = Writer(
    filename="cards.pdf",
    render=render_cards,
    meaning="decks of sorting cards with cut marks, backs mirrored for duplex (PDF)",
    whom="each table",
    default=False,
    profiled=True,
    has_any=lambda kit: bool(kit.decks),
    needs="cards",
)
