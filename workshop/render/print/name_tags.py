"""Name tags with the letters of bets."""

from __future__ import annotations

from typing import Any

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit
from workshop.render.print.bets_on_paper import all_bets
from workshop.render.print.block_data import Galley
from workshop.render.print.booklet import class_pages
from workshop.render.print.document import front
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import set_whole
from workshop.render.writing import Writer

# Name tags, one per person: a number, the name or a line for it, the code of the ballot; boxes for the bets if there is no booklet.
TENTS = 2  # per page
PER_PAGE = 8  # flat ones
WITH_BETS = 4  # flat ones per page if they have boxes for the bets


def render_name_tags(laid: LaidOut) -> bytes:
    """Return the tags as one PDF, to be cut apart.

    Raises:
        Problems: for a name that can't be printed, or for bets that don't fit on a tag.
    """
    galley = galley_for(laid)
    return set_whole("name-tag", name_tag_data(laid, galley), galley, laid.kept, ("overfull",))


def name_tag_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/name-tag.typ``."""
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
    return front(laid, galley, galley.word("print-name-tag-title")) | {
        "people": people,
        "tent": not kit.printing.flat,
        "rows": per_page(kit) // 2,
        "cutting": kit.printing.cutting,
        "boxes": bool(bets_on_tags(kit)),
        "bets": galley.texts_of(bets_on_tags(kit) if kit.printing.flat else all_bets(kit)),
    }


def bets_on_tags(kit: Kit) -> tuple[str, ...]:
    """Return the names of the bets whose letters are written on the tags: all of them, or none if the class has a booklet."""
    return () if class_pages(kit) else all_bets(kit)


def per_page(kit: Kit) -> int:
    """Return the number of tags on a page."""
    if not kit.printing.flat:
        return TENTS
    return WITH_BETS if bets_on_tags(kit) else PER_PAGE


def has_tags(kit: Kit) -> bool:
    """Return whether people need a tag: for the quiz, for the ballot, or for bets."""
    return kit.is_kit and not kit.leaf and bool(kit.quiz or kit.ballots is not None or bets_on_tags(kit))


NAME_TAG = Writer(
    filename="name-tag.pdf",
    render=render_name_tags,
    meaning="one tag per person: number, name and ballot code (PDF)",
    whom="each person",
    default=False,
    has_any=has_tags,
    needs="bets, a quiz or ballots",
)
