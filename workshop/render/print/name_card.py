"""Name cards, one per person: a number, the code of the ballot, a line for the name, and a box for each bet."""

from __future__ import annotations

from typing import Any

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.render.print.blocks import Galley
from workshop.render.print.document import front, slide_numbers
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import overfull
from workshop.render.print.typesetting import typeset
from workshop.render.writer import Writer

PER_PAGE = 4


def render_name_cards(laid: LaidOut) -> bytes:
    """Return the cards as one PDF, four per page, to be cut apart.

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
        "bets": [numbers[name].partition("–")[0] for name in bets(kit) if name in numbers],
    }


def bets(kit: Kit) -> tuple[str, ...]:
    """Return the slides on which the room bets, in order."""
    shown = (slide for stage in kit.stages for slide in stage.slides if not slide.hidden)
    return tuple(slide.id for slide in shown if slide.layout == "predict" and not slide.quiz and not slide.continued)


def has_cards(kit: Kit) -> bool:
    """Return whether people need a card: for the quiz, for the ballot, or for bets."""
    return kit.is_kit and bool(kit.quiz or kit.ballots is not None or bets(kit))


WRITER = Writer(
    filename="name-card.pdf",
    render=render_name_cards,
    meaning="one card per person: number, ballot code and boxes for the bets (PDF)",
    default=False,
    has_any=has_cards,
    needs="bets, a quiz or ballots",
)
