"""Answers as they are typed from paper, or pasted from a chat: ``07M B``, ``07M the-crawl=B first-guess=AC ABBABA``.

A line may begin with the time and the name of whoever sent it; both are dropped here, and never kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from workshop.addons.live.course import PAPER, Course, Event, are_counts
from workshop.addons.live.deck import BALLOT, BET, POLL, Deck, Poll
from workshop.addons.live.seats import read_code
from workshop.inputs.ballot_codes import without_sender
from workshop.model.bets import bet_key

MOST = 1_000  # lines at once
EMPTY = "-–_"


class Line(Struct, frozen=True):
    """One line: the code on it ("" without one), the answers, and what is told of it."""

    code: str
    events: tuple[Event, ...]
    told: str


def read_typed(text: str, course: Course) -> list[Line]:
    """Return what was typed, line by line."""
    lines = [(number, without_sender(line)) for number, line in enumerate(text.splitlines()[:MOST], 1)]
    return [_read(number, line.strip(), course) for number, line in lines if line.strip()]


def _read(number: int, line: str, course: Course) -> Line:
    words = line.replace("\t", " ").split()
    code, rest = read_code(words[0], course.deck), words[1:]
    if not code and len(words) > 1 and (code := read_code("".join(words[:2]), course.deck)):
        rest = words[2:]
    if not code:
        return Line("", (), f"line {number}: no tag has its code; write {course.deck.code(7)} B")
    events: list[Event] = []
    left = []
    for asked, letters, text in _answers(rest, course):
        if asked is None:
            left.append(text)
            continue
        events += (
            Event(what="answer", seat=code, question=item, round=round_, pick=letter, by=PAPER)
            for (item, round_), letter in zip(asked, letters, strict=True)
            if letter not in EMPTY
        )
    if left or not events:
        return Line(code, (), f"{code}: {' '.join(left) or 'nothing'} isn't an answer to what was asked")
    return Line(code, tuple(events), f"{code}: {' '.join(rest).upper()}")


def _sorted(name: str, counts: str, deck: Deck) -> Poll | None:
    """Return the poll of this name in which things are sorted by letters: ``ask-facts=2-3-0``."""
    found = (poll for poll in deck.polls if poll.each and bet_key(name) in (bet_key(poll.name), poll.id))
    return next((poll for poll in found if are_counts(counts, poll)), None)


Places = Sequence[tuple[str, int]]  # item and round of each letter


def _answers(words: Sequence[str], course: Course) -> Iterator[tuple[Places | None, Sequence[str], str]]:
    """Yield for each answer the questions that its letters belong to, the letters, and how it was typed."""
    plain = "".join(word for word in words if "=" not in word)
    for word in (*(word for word in words if "=" in word), *([plain] if plain else [])):
        name, _, letters = word.rpartition("=")
        letters = letters.upper()
        if name and (poll := _sorted(name, letters, course.deck)):
            yield [(poll.items[0].id, 1)], [letters], word
            continue
        asked = _named(name, letters, course.deck) if name else _in_order(letters, course)
        yield asked, letters, word


def _named(name: str, letters: str, deck: Deck) -> Places | None:
    """Return the bet of this name, with as many rounds as there are letters."""
    for poll in deck.polls:
        if poll.kind in (BET, POLL) and not poll.each and bet_key(name) in (bet_key(poll.name), poll.id):
            item = poll.items[0]
            rounds = len(letters)
            fits = 1 <= rounds <= 1 + poll.again and set(letters) <= set(item.letters + EMPTY)
            return [(item.id, place) for place in range(1, rounds + 1)] if fits else None
    return None


def _in_order(letters: str, course: Course) -> Places | None:
    """Return the questions of what is asked now, or else the rounds of the vote, if there are as many letters."""
    votes = [poll for poll in course.deck.polls if poll.kind == BALLOT]
    for poll in (*([course.current] if course.current else []), *votes):
        if not poll.each and len(letters) == len(poll.items) and _fits(letters, poll):
            round_ = course.round if poll.id == course.poll else 1
            return [(item.id, round_) for item in poll.items]
    return None


def _fits(letters: str, poll: Poll) -> bool:
    return all(letter in item.letters + EMPTY for letter, item in zip(letters, poll.items, strict=True))
