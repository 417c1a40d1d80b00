"""What a laid-out deck can ask, as plain data: the deck as a room knows it, and apart from it the letters that are right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from workshop.addons.live.deck import BALLOT, BET, POLL, QUIZ, Deck, Item, Poll, Spot
from workshop.constructs.table import text_of
from workshop.inputs.ballot_codes import stage_of
from workshop.layout.laid import LaidOut, LaidSlide
from workshop.layouts import traits
from workshop.model.bets import bet_name
from workshop.model.blocks import Runs, plain
from workshop.model.kit import Kit, Slide
from workshop.model.prints import LETTERS, Question

BEFORE, AFTER, VOTE = "before", "after", "vote"
OPTIONS = "options"


def told_deck(laid: LaidOut) -> dict[str, Any]:
    """Return the deck and the right letters as plain data."""
    found: dict[str, Any] = msgspec.to_builtins({"deck": deck_of(laid), "right": right_of(laid)})
    return found


def deck_of(laid: LaidOut) -> Deck:
    """Return the deck as the room knows it, without hidden slides; its pictures tell the clicks."""
    shown = [slide for slide in laid.slides if not slide.slide.hidden]
    codes = laid.kit.ballots.codes if laid.kit.ballots else ()
    return Deck(
        slides=tuple(_spots(laid, shown)),
        polls=tuple(_polls(laid.kit, shown)),
        people=laid.kit.people,
        check=stage_of(codes[:20]) if codes else 0,
    )


def _spots(laid: LaidOut, shown: Sequence[LaidSlide]) -> Iterator[Spot]:
    clocks = laid.kit.clocks
    first = next((_minutes(clocks[one.slide.id]) for one in shown if one.slide.id in clocks), 0.0)
    begins, planned = 0.0, set[str]()
    for one in shown:
        source = one.slide.id
        if source in clocks:
            begins = _minutes(clocks[source]) - first
        yield Spot(
            id=one.id,
            label=str(one.number),
            source=source,
            title=_text(one.slide.title),
            minutes=one.slide.minutes if source not in planned else 0,
            begins=begins,
        )
        planned.add(source)


def _minutes(clock: str) -> float:
    hours, _, minutes = clock.partition(":")
    return 60 * float(hours) + float(minutes)


def _text(runs: Runs) -> str:
    return " ".join(plain(runs).replace("\v", " ").split())


def _polls(kit: Kit, shown: Sequence[LaidSlide]) -> Iterator[Poll]:
    """Yield what the slides ask, in their order."""
    asked = set[str]()
    for one in shown:
        slide = one.slide
        if slide.id in asked:
            continue
        if "asks" in traits(slide.layout):
            yield _bet(one)
        elif "polls" in traits(slide.layout):
            yield _poll(one)
        elif slide.quiz in (BEFORE, AFTER) and kit.quiz:
            yield _quiz(one, kit.quiz)
        elif slide.does == VOTE and kit.ballots is not None and BALLOT not in asked:
            yield _vote(one, kit)
            asked.add(BALLOT)
        asked.add(slide.id)


def _bet(one: LaidSlide) -> Poll:
    slide = one.slide
    name = bet_name(slide.bet, slide.id)
    return Poll(id=slide.id, kind=BET, slide=one.id, name=name, items=(_item(slide),), again=slide.twice)


def _poll(one: LaidSlide) -> Poll:
    slide = one.slide
    toy = tuple(-1.0 if line.toy is None else line.toy for line in text_of(slide.slot(OPTIONS)))
    name = bet_name("", slide.id)
    return Poll(id=slide.id, kind=POLL, slide=one.id, name=name, items=(_item(slide),), each=slide.each, toy=toy)


def _item(slide: Slide) -> Item:
    """Return a slide's title and options as one question."""
    options = tuple(line.text.replace("\v", " ") for line in text_of(slide.slot(OPTIONS)))
    return Item(id=slide.id, text=_text(slide.title), options=options)


def _quiz(one: LaidSlide, questions: Sequence[Question]) -> Poll:
    when = one.slide.quiz
    items = tuple(
        Item(
            id=f"{when}-{question.number}",
            text=_text(question.text),
            options=tuple(_text(option.text) for option in question.printed(after=when == AFTER)),
        )
        for question in questions
    )
    return Poll(id=one.slide.id, kind=QUIZ, slide=one.id, name=_text(one.slide.title), items=items, sure=True)


def _vote(one: LaidSlide, kit: Kit) -> Poll:
    assert kit.ballots is not None
    items = tuple(
        Item(
            id=f"round-{round_.number}",
            text=_text(round_.question),
            options=(_text(round_.a.text), _text(round_.b.text)),
        )
        for round_ in kit.ballots.rounds
    )
    return Poll(id=one.slide.id, kind=BALLOT, slide=one.id, name=kit.ballots.title, items=items)


def right_of(laid: LaidOut) -> Mapping[str, str]:
    """Return question -> its right letter, for bets with one right option."""
    bets: list[Slide] = [one.slide for one in laid.slides if "asks" in traits(one.slide.layout)]
    found = {}
    for slide in bets:
        right = [letter for letter, line in zip(LETTERS, text_of(slide.slot(OPTIONS)), strict=False) if line.right]
        if len(right) == 1:
            found[slide.id] = right[0]
    return found
