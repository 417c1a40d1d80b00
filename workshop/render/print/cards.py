"""Decks of cards: fronts and mirrored backs with cut marks, and the facilitator's list of what to print and cut."""

from __future__ import annotations

import math
from typing import Any

from workshop.layout.laid import LaidOut
from workshop.model.kit import NOWHERE
from workshop.model.prints import Card, Deck
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.document import front, stage_place
from workshop.render.print.figures import drawer
from workshop.render.print.leaves import overflows, overfull
from workshop.render.print.typesetting import typeset
from workshop.render.writer import Writer

LABELS = ("overflow", "overfull")
ROWS = {"standard": 4, "large": 3}
COLUMNS = 2


def render_cards(laid: LaidOut) -> bytes:
    """Return every deck as one PDF to be printed on both sides, fronts on odd pages, with a list at the end.

    Raises:
        Problems: a card whose text does not fit, or text that cannot be printed.
    """
    galley = Galley(laid.kit.language, drawer(laid.theme), seed=laid.kit.seed)
    data = cards_data(laid, galley)
    galley.report.raise_if_errors()
    done = typeset("cards", data, galley.files, LABELS, laid.kept)
    galley.report.extend((*overflows(done), *overfull(done)))
    galley.report.raise_if_errors()
    return done.pdf


def cards_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return what ``templates/cards.typ`` is given."""
    data = front(laid, galley, galley.word("print-cards-title"))
    data["people"] = laid.kit.people
    data["decks"] = [_deck(laid, deck, galley) for deck in laid.kit.decks]
    return data


def sheets_of_paper(deck: Deck) -> int:
    """Return how many sheets one set of a deck takes."""
    return math.ceil(len(deck.cards) / (ROWS[deck.size] * COLUMNS))


def _deck(laid: LaidOut, deck: Deck, galley: Galley) -> Data:
    rows = ROWS[deck.size]
    cards = [_card(card, galley) for card in deck.cards]
    each = rows * COLUMNS
    place = stage_place(laid, deck.stage)
    return {
        "stage": place | {"title": galley.text(place["title"])},
        "title": galley.text(deck.title, deck.at),
        "task": galley.text(deck.task, deck.at),
        "rows": rows,
        "sets": deck.sets,
        "sheets": sheets_of_paper(deck),
        "pages": [cards[start : start + each] for start in range(0, len(cards), each)],
        "told": [card for card in cards if card["note"] or card["verdict"]],
    }


def _card(card: Card, galley: Galley) -> Data:
    return {
        "number": card.number,
        "where": str(card.at) if card.at != NOWHERE else "",
        "head": galley.text(card.head, card.at),
        "title": galley.text(card.title, card.at),
        "front": galley.blocks(card.front, card.at),
        "back": galley.blocks(card.back, card.at),
        "verdict": galley.text(card.verdict, card.at),
        "note": galley.text(card.note, card.at),
    }


WRITER = Writer(
    "cards.pdf",
    render_cards,
    "decks of cards with cut marks, backs mirrored for duplex (PDF)",
    default=False,
    has_any=lambda kit: bool(kit.decks),
    needs="cards",
)
