"""The rule about paper: an instruction is about something that people hold then.

Each printed thing has a state. Notes and slides are walked in their order: a phrase of ``MOVES`` needs a state, and leaves one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from workshop.layouts import traits
from workshop.model.kit import Slide
from workshop.model.rooms import has_paper
from workshop.plan.invariants.finished import Breach, Finished
from workshop.plan.invariants.plan_texts import lines_in_notes, shown_on

HELD, AWAY, COLLECTED, TORN = "held", "put away", "collected", "torn off"
PILE, UNPRINTED = "not handed out", "not printed for this slot"
EVER = (HELD, AWAY, COLLECTED, TORN, PILE, UNPRINTED)
BOOKLET, TAG, QUIZ, LEAF, SLIPS, BETS = (
    "the booklet",
    "the name tag",
    "the quiz",
    "the leaf",
    "the slips",
    "the page for bets",
)


class Move(Struct, frozen=True):
    """An instruction.

    Attributes:
        phrase: a regular expression for its words.
        thing: what it is about.
        needs: the states in which people can do it.
        leaves: the state in which it leaves the thing.
    """

    phrase: str
    thing: str
    needs: tuple[str, ...] = (HELD,)
    leaves: str = HELD


BET = Move("", BETS)  # people write down its letter
MOVES = (
    Move(r"\btakes? a name tag", TAG, needs=(PILE, HELD)),
    Move(r"\bnumber of your name tag", TAG),
    Move(r"\bbooklets?\b|\bon page \d", BOOKLET),
    Move(r"\bput the (?:sheet|quiz|leaf) away", QUIZ, leaves=AWAY),
    Move(r"\bturns? (?:their|your|the) (?:quiz|sheet|leaf) over", QUIZ, needs=(HELD, AWAY)),
    Move(r"\bmarks? both of their sheets", QUIZ),
    Move(r"\bcollect the (?:sheets|quizzes|leaves)", QUIZ, needs=(HELD, AWAY), leaves=COLLECTED),
    Move(r"\ba slip of paper, for slip \w+", SLIPS, needs=EVER, leaves=TORN),
    Move(r"\btears? (?:off )?(?:it|them|the slips?|each slip)(?: off)?\b", SLIPS, leaves=TORN),
    Move(r"\byou need slip \w+|\bsign each slip|\beach slip gets|\byou need your \w+ slips", SLIPS, needs=(HELD, TORN)),
)


def at_hand(plan: Finished) -> Iterator[Breach]:
    """Each instruction about paper finds it where people can use it: held, not away, collected or never printed."""
    if not has_paper(plan.kit.room):
        return
    states, since = _at_first(leaf=plan.kit.leaf), dict[str, str]()
    for slide in plan.slides:
        for said, move in _moves(slide):
            thing = _whole(move.thing, states)
            if states[thing] not in move.needs:
                what = f"says “{said}”" if said else "is a bet"
                then = f" since '{since[thing]}'" if thing in since else ""
                yield plan.breach("P28", f"{what}, but {move.thing} {_be(move)} {states[thing]}{then}", slide)
                continue
            place = move.thing if move.leaves == TORN else thing
            if states[place] != move.leaves:
                states[place], since[place] = move.leaves, slide.id


def _be(move: Move) -> str:
    return "are" if move.thing == SLIPS else "is"


def _at_first(*, leaf: bool) -> dict[str, str]:
    """Return the states of what is printed: a leaf takes the place of booklet, quiz and name tag, and alone has slips."""
    if leaf:
        return {BOOKLET: UNPRINTED, TAG: UNPRINTED, QUIZ: UNPRINTED, LEAF: HELD, SLIPS: UNPRINTED}
    return {BOOKLET: HELD, TAG: PILE, QUIZ: HELD, LEAF: UNPRINTED, SLIPS: UNPRINTED}


def _whole(thing: str, states: dict[str, str]) -> str:
    """Return the thing that people hold if they hold this one: a leaf has bets, quiz and slips, until these are torn off."""
    leaf = states[LEAF] != UNPRINTED
    if thing == BETS:
        return LEAF if leaf else BOOKLET
    return LEAF if leaf and thing in (QUIZ, SLIPS) and states[thing] == UNPRINTED else thing


def _moves(slide: Slide) -> Iterator[tuple[str, Move]]:
    """Yield the instructions of a slide with their words: those of its notes, which come first, then those on it."""
    for text in (*(line.text for line in lines_in_notes(slide)), shown_on(slide)):
        found = [
            (match.start(), match[0], move) for move in MOVES for match in re.finditer(move.phrase, text, re.IGNORECASE)
        ]
        yield from ((said, move) for _, said, move in sorted(found, key=lambda one: one[0]))
    if "asks" in traits(slide.layout):
        yield "", BET
