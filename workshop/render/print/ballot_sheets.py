"""Ballots on paper."""

from __future__ import annotations

import math
from typing import Any

from workshop.layout.laid import LaidOut
from workshop.model.blocks import plain
from workshop.model.kit import Kit
from workshop.model.prints import Round
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.cards import COLUMNS, LABELS, READING_ROWS
from workshop.render.print.document import example_ticks, front, stage_place, total_line, votes_command
from workshop.render.print.figures import galley_for
from workshop.render.print.leaves import set_whole
from workshop.render.writing import Writer


# Ballots: the answers of each round on cards, one ballot per participant, and a tally in the format of the file.
def render_ballots(laid: LaidOut) -> bytes:
    """Return answers, ballots and tally as one PDF.

    Raises:
        Problems: for an answer that doesn't fit its card, or text that can't be printed.
    """
    galley = galley_for(laid, profile=laid.kit.profile)
    return set_whole("ballots", ballots_data(laid, galley), galley, laid.kept, LABELS)


def ballots_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/ballots.typ``."""
    ballots = laid.kit.ballots
    assert ballots is not None
    place = stage_place(laid, ballots.stage)
    data = front(laid, galley, galley.word("print-ballots-title"), laid.kit.profile)
    title = galley.word("print-ballots-of", number=place["label"]) if place["label"] else data["words"]["ballots-title"]
    return data | {
        "stage": place | {"title": galley.text(place["title"])},
        "title": title,
        "question": galley.text(ballots.title, ballots.at),
        "rounds": [_round(round_, galley) for round_ in ballots.rounds],
        "codes": list(ballots.codes),
        "people": len(ballots.codes),
        "command": galley.text(votes_command(laid)),
        "total": total_line(laid.kit.people),
        "example": example_ticks(ballots, galley),
    }


def _round(round_: Round, galley: Galley) -> Data:
    return {
        "number": round_.number,
        "name": galley.text(plain(round_.question), round_.at),
        "where": str(round_.at),
        "question": galley.runs(round_.question, round_.at),
        "short": galley.text(round_.short, round_.at),
        "a": galley.runs(round_.a.text, round_.at),
        "b": galley.runs(round_.b.text, round_.at),
        "kinds": [galley.text(answer.kind, round_.at) for answer in (round_.a, round_.b)],
    }


def answer_pages(kit: Kit) -> int:
    """Return the number of pages with the answers of all rounds."""
    rounds = len(kit.ballots.rounds) if kit.ballots is not None else 0
    return max(1, math.ceil(rounds / ((3 if kit.profile == "standard" else READING_ROWS) * COLUMNS)))


def ballot_pages(kit: Kit) -> int:
    """Return the number of pages with ballots, one per person."""
    return math.ceil(kit.people / ((4 if kit.profile == "standard" else READING_ROWS) * COLUMNS))


BALLOTS = Writer(
    filename="ballots.pdf",
    render=render_ballots,
    meaning="answers, ballots and tally of the room's vote (PDF)",
    whom="each table",
    profiled=True,
    has_any=lambda kit: kit.ballots is not None,
    handed_out=True,
    needs="ballots",
    needs_slides=False,
)
