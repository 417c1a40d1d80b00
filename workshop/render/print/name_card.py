"""Name cards, one per person: a number, a line for the name, the code of the ballot; boxes for the bets if there is no booklet."""

from __future__ import annotations

from typing import Any

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.render.print.bets import all_bets
from workshop.render.print.blocks import Galley
from workshop.render.print.booklet import class_pages
from workshop.render.print.document import front, slide_numbers
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import overfull
from workshop.render.print.typesetting import typeset
from workshop.render.writer import Writer

PER_PAGE = 8
WITH_BETS = 4  # cards per page if they have boxes for the bets


def render_name_cards(laid: LaidOut) -> bytes:
    """Return the cards as one PDF, to be cut apart.

    Raises:
        Problems: for a name that can't be printed, or for bets that don't fit on a card.
    """
    galley = galley_for(laid)
    data = name_card_data(laid, galley)
    galley.report.raise_if_errors()
    done = typeset("name-card", data, galley.files, ("overfull",), laid.kept)
    galley.report.extend(overfull(done))
    galley.report.raise_if_errors()
    return done.pdf


def name_card_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/name-card.typ``."""
    kit = laid.kit
    codes = kit.ballots.codes if kit.ballots is not None else ()
    people = [
        {
            "number": f"{place + 1:02d}",
            "code": codes[place] if place < len(codes) else "",
            "name": galley.text(kit.names[place]) if place < len(kit.names) else "",
        }
        for place in range(max(kit.people, len(kit.names)))
    ]
    numbers = slide_numbers(laid)
    return front(laid, galley, galley.word("print-name-card-title")) | {
        "people": people,
        "rows": per_page(kit) // 2,
        "cutting": kit.printing.cutting,
        "bets": [numbers[name].partition("–")[0] for name in bets_on_cards(kit) if name in numbers],
    }


def bets_on_cards(kit: Kit) -> tuple[str, ...]:
    """Return the slides whose bets are written on the cards: all of them, or none if the class has a booklet."""
    return () if class_pages(kit) else all_bets(kit)


def per_page(kit: Kit) -> int:
    """Return the number of cards on a page."""
    return WITH_BETS if bets_on_cards(kit) else PER_PAGE


def has_cards(kit: Kit) -> bool:
    """Return whether people need a card: for the quiz, for the ballot, or for bets."""
    return kit.is_kit and bool(kit.quiz or kit.ballots is not None or bets_on_cards(kit))


WRITER = Writer(
    filename="name-card.pdf",
    render=render_name_cards,
    meaning="one card per person: number, name and ballot code (PDF)",
    default=False,
    has_any=has_cards,
    needs="bets, a quiz or ballots",
)
