"""The course of a room: from one state to the next by what happens, without input or output.

    lobby  -- next ------------> shown
    shown  -- next, back, go --> shown     -- open ---> open
    open   -- close -----------> shut
    shut   -- show ------------> told      -- again --> open, second round
    told   -- next, back, go --> shown
    any    -- pause, resume;  end --> ended

Anything else is refused with the present state, so that two remotes can't run apart. Nothing closes by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.addons.live.deck import BALLOT, BET, NUMBER, OWN, POLL, Deck, Item, Poll, Spot
from workshop.errors import ExitCode, Problem, WorkshopError

LOBBY, SHOWN, OPEN, SHUT, TOLD, ENDED = ("lobby", "shown", "open", "shut", "told", "ended")
PHONE, PAPER = "phone", "paper"
LONGEST = 20  # characters of a word
MOST_HANDS = 10_000
LONGEST_COUNT = 3  # digits of how many things somebody counted
A_NUMBER = re.compile(r"-?\d{1,9}([.,]\d{1,6})?")
ROUNDS = 2
FEWEST_ANSWERS, MOST_ANSWERS = 2, 4  # of a question of the trainer's own
LONGEST_QUESTION, LONGEST_ANSWER = 160, 60  # characters


class Event(Struct, frozen=True, kw_only=True):
    """One thing that happened.

    Attributes:
        what: a name of ``HAPPENS``.
        at: when, in seconds since 1970.
        seat: the code of a person, such as "07M"; "" if everybody or nobody is meant.
        device: the secret by which a phone is known again.
        question: an item that is answered, a poll that is opened, or a slide that is shown.
        pick: a letter, a number, a word; the slides that are skipped; a question of the trainer's own and its answers, one a line.
        count: how many hands.
        by: how an answer came: phone or paper.
        deck: the deck from now on.
    """

    what: str
    at: float = 0
    seat: str = ""
    device: str = ""
    question: str = ""
    round: int = 1
    pick: str = ""
    sure: bool = False
    count: int = 0
    by: str = ""
    deck: Deck | None = None


class Pick(Struct, frozen=True):
    """What somebody answered, how it came, and whether a phone with the same code said something else."""

    pick: str
    sure: bool = False
    by: str = PHONE
    clash: bool = False


class Refused(WorkshopError):  # noqa: N818 - reads as what it is
    """Something that can't happen now.

    Attributes:
        present: the state in which it was refused.
    """

    def __init__(self, message: str, course: Course) -> None:
        super().__init__(Problem(message), ExitCode.USAGE)
        self.present = course.present


Asked = tuple[str, int]  # item and round


class Course(Struct, frozen=True, kw_only=True):
    """The state of a room.

    Attributes:
        slide: the one that is shown; "" in the lobby.
        click: how many of its clicks were made.
        coded: whether the way in stands in a corner of the wall.
        large: whether the lobby is on the wall instead of the slide.
        poll, round: what is open, shut or told; "" if nothing is.
        told: polls whose answers were shown.
        seats: code -> the device that has it.
        asking: code -> another device that wants it, the first one that asked.
        changes: code -> how often another device got it.
        gone: codes of guests whose seats were taken back; nobody gets them again.
        picks: what each seat answered.
        hands: how many hands each letter had.
        words: those that may be shown.
        skipped: slides that are left out.
        began: when the lobby ended.
        latest: when the trainer last did something.
        breaks: from when until when the room was paused; until 0 for a break that goes on.
        since: from when on the present slide is counted; 0 while nothing is.
        spent: slide as it was written -> seconds that it was shown.
    """

    deck: Deck
    phase: str = LOBBY
    slide: str = ""
    click: int = 0
    poll: str = ""
    round: int = 0
    paused: bool = False
    blank: bool = False
    coded: bool = True
    large: bool = False
    told: frozenset[str] = frozenset()
    seats: Mapping[str, str] = field(default_factory=dict)
    asking: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, int] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    picks: Mapping[Asked, Mapping[str, Pick]] = field(default_factory=dict)
    hands: Mapping[Asked, Mapping[str, int]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    began: float = 0
    latest: float = 0
    breaks: tuple[tuple[float, float], ...] = ()
    since: float = 0
    spent: Mapping[str, float] = field(default_factory=dict)

    @property
    def present(self) -> dict[str, Any]:
        """The state in short, for whoever was refused."""
        return {
            "phase": "paused" if self.paused else self.phase,
            "slide": self.slide,
            "poll": self.poll,
            "round": self.round,
        }

    @property
    def current(self) -> Poll | None:
        """What is open, shut or told."""
        return self.deck.poll(self.poll) if self.poll else None

    @property
    def spot(self) -> Spot:
        """The slide that is shown; there is none in the lobby."""
        return self.deck.slides[self.deck.places[self.slide]]

    def given(self, item: str, round_: int) -> Mapping[str, Pick]:
        """Return what each seat answered to a question in one round."""
        return self.picks.get((item, round_), {})

    def raised(self, item: str, round_: int) -> Mapping[str, int]:
        """Return how many hands each letter of a question had in one round."""
        return self.hands.get((item, round_), {})

    def after(self, event: Event) -> Course:
        """Return the state after something happened.

        Raises:
            Refused: if it can't happen now.
        """
        happen = HAPPENS.get(event.what)
        if happen is None:
            raise Refused(f"nothing in a room is called '{event.what}'", self)
        if self.phase == ENDED:
            raise Refused("the room has ended", self)
        if self.paused and event.what in MOVES:
            raise Refused("the room is paused", self)
        after = happen(self, event)
        return replace(after, latest=event.at) if event.what in BY_TRAINER else after

    def seat_of(self, device: str) -> str:
        """Return the seat of a phone; "" if it has none."""
        return next((code for code, holder in self.seats.items() if device and holder == device), "")

    def waits(self, device: str) -> str:
        """Return the seat that a phone waits for; "" if it waits for none."""
        return next((code for code, other in self.asking.items() if device and other == device), "")

    def ahead(self) -> tuple[str, ...]:
        """Return the slides after the present one that aren't left out."""
        place = self.deck.places.get(self.slide, -1)
        return tuple(spot.id for spot in self.deck.slides[place + 1 :] if spot.id not in self.skipped)


def _in(course: Course, *phases: str) -> None:
    if course.phase not in phases:
        raise Refused(f"this can't be done now: the room is at '{course.phase}'", course)


def _at(course: Course, slide: str, at: float, click: int = 0) -> Course:
    """Return the state in which a slide is shown."""
    begun = replace(_counted(course, at), since=at, slide=slide, click=click, blank=False, large=False)
    return replace(begun, phase=SHOWN, poll="", round=0, began=course.began or at)


def _counted(course: Course, at: float) -> Course:
    """Return the state with the time of the present slide added up."""
    if not course.since:
        return course
    source = course.spot.source
    spent = course.spent.get(source, 0) + max(0.0, at - course.since)
    return replace(course, since=0, spent={**course.spent, source: spent})


def _next(course: Course, event: Event) -> Course:
    _in(course, LOBBY, SHOWN, TOLD)
    if course.phase == SHOWN and course.click < course.spot.clicks:
        return replace(course, click=course.click + 1, blank=False)
    ahead = course.ahead()
    if not ahead:
        raise Refused("this is the last slide", course)
    return _at(course, ahead[0], event.at)


def _back(course: Course, event: Event) -> Course:
    _in(course, SHOWN, TOLD)
    if course.phase == SHOWN and course.click:
        return replace(course, click=course.click - 1, blank=False)
    before = course.deck.slides[: course.deck.places[course.slide]]
    spot = next((spot for spot in reversed(before) if spot.id not in course.skipped), None)
    if spot is None:
        raise Refused("this is the first slide", course)
    return _at(course, spot.id, event.at, spot.clicks)


def _go(course: Course, event: Event) -> Course:
    _in(course, LOBBY, SHOWN, TOLD)
    if event.question not in course.deck.places:
        raise Refused(f"no slide is named '{event.question}'", course)
    return _at(course, event.question, event.at)


def _skip(course: Course, event: Event) -> Course:
    slides = frozenset(event.pick.split())
    if not slides or not slides <= set(course.ahead()):
        raise Refused("only slides that are still to come can be left out", course)
    return replace(course, skipped=course.skipped | slides)


def _pause(course: Course, event: Event) -> Course:
    return replace(_counted(course, event.at), paused=True, breaks=(*course.breaks, (event.at, 0)))


def _resume(course: Course, event: Event) -> Course:
    if not course.paused:
        raise Refused("the room isn't paused", course)
    begun, _ = course.breaks[-1]
    breaks = (*course.breaks[:-1], (begun, event.at))
    return replace(course, paused=False, breaks=breaks, since=event.at if course.slide else 0)


def _blank(course: Course, _: Event) -> Course:
    return replace(course, blank=not course.blank)


def _code(course: Course, _: Event) -> Course:
    return replace(course, coded=not course.coded)


def _large(course: Course, _: Event) -> Course:
    return replace(course, large=not course.large, blank=False)


def _end(course: Course, event: Event) -> Course:
    return replace(_counted(course, event.at), phase=ENDED, poll="", round=0, paused=False)


def _open(course: Course, event: Event) -> Course:
    _in(course, SHOWN)
    own = course.deck.on(course.slide)
    poll = course.deck.poll(event.question) if event.question else own
    if poll is None or poll.slide != course.slide:
        raise Refused("this slide doesn't ask that", course)
    if poll.id in course.told:
        raise Refused("its answer has been shown", course)
    return replace(course, phase=OPEN, poll=poll.id, round=1, blank=False, large=False)


def _own(course: Course, event: Event) -> Course:
    """A question that the trainer typed is asked on the present slide, at once."""
    _in(course, SHOWN)
    text, *answers = [" ".join(line.split()) for line in event.pick.split("\n")]
    fits = bool(text) and all(answers) and FEWEST_ANSWERS <= len(answers) <= MOST_ANSWERS
    if not fits or not " ".join((text, *answers)).isprintable():
        raise Refused(f"a question needs {FEWEST_ANSWERS} to {MOST_ANSWERS} answers", course)
    if len(text) > LONGEST_QUESTION or max(map(len, answers)) > LONGEST_ANSWER:
        raise Refused(f"a question has at most {LONGEST_QUESTION} characters, an answer {LONGEST_ANSWER}", course)
    number = 1 + sum(poll.kind == OWN for poll in course.deck.polls)
    item = Item(id=f"own-{number}", text=text, options=tuple(answers))
    poll = Poll(id=f"own:{number}", kind=OWN, slide=course.slide, name=text, items=(item,))
    deck = replace(course.deck, polls=(*course.deck.polls, poll))
    return replace(course, deck=deck, phase=OPEN, poll=poll.id, round=1, blank=False, large=False)


def _close(course: Course, _: Event) -> Course:
    _in(course, OPEN)
    return replace(course, phase=SHUT)


def _again(course: Course, _: Event) -> Course:
    _in(course, SHUT)
    poll = course.current
    if poll is None or poll.kind != BET or course.round >= ROUNDS:
        raise Refused("this isn't asked again", course)
    return replace(course, phase=OPEN, round=course.round + 1)


def _show(course: Course, _: Event) -> Course:
    _in(course, SHUT)
    return replace(course, phase=TOLD, told=course.told | {course.poll})


def _asked(course: Course, event: Event) -> tuple[Poll, Item]:
    found = course.deck.asked(event.question)
    if found is None or not 1 <= event.round <= ROUNDS:
        raise Refused(f"nobody asked '{event.question}'", course)
    return found


def _answer(course: Course, event: Event) -> Course:
    poll, item = _asked(course, event)
    if not event.seat or event.by not in (PHONE, PAPER):
        raise Refused("an answer needs the code of a tag", course)
    if event.by == PHONE:
        if course.paused:
            raise Refused("the room is paused", course)
        if course.seats.get(event.seat) != event.device:
            raise Refused("type the number on your tag first", course)
        if course.phase != OPEN or (course.poll, course.round) != (poll.id, event.round):
            raise Refused("too late: it's closed", course)
    pick = _pick(poll, item, event, course)
    given = course.given(item.id, event.round)
    before = given.get(event.seat)
    kept = _both(before, pick) if before and before.by != pick.by else pick
    return replace(course, picks={**course.picks, (item.id, event.round): {**given, event.seat: kept}})


def _pick(poll: Poll, item: Item, event: Event, course: Course) -> Pick:
    """Return what was answered, in its one form."""
    typed = " ".join(event.pick.split())
    if poll.each:
        fits = are_counts(typed, poll)
    elif item.options:
        fits = len(typed) == 1 and typed in item.letters
    elif poll.kind == NUMBER:
        fits, typed = bool(A_NUMBER.fullmatch(typed)), typed.replace(",", ".")
    else:
        fits = 0 < len(typed) <= LONGEST and typed.isprintable()
    if not fits:
        raise Refused(f"'{typed[:LONGEST]}' isn't an answer to this", course)
    return Pick(typed, sure=event.sure and poll.sure, by=event.by)


def are_counts(typed: str, poll: Poll) -> bool:
    """Return whether somebody sorted at most as many things as a poll asks for by its letters: "2-3-0"."""
    parts = typed.split("-")
    numbers = [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) <= LONGEST_COUNT]
    return len(numbers) == len(parts) == len(poll.items[0].options) and sum(numbers) <= poll.each


def _both(before: Pick, new: Pick) -> Pick:
    """Return the one that counts of an answer on paper and one from a phone: paper."""
    paper, phone = (before, new) if before.by == PAPER else (new, before)
    return replace(paper, clash=paper.pick != phone.pick)


def _hands(course: Course, event: Event) -> Course:
    poll, item = _asked(course, event)
    if poll.kind not in (BET, BALLOT, POLL, OWN):
        raise Refused(f"hands can't be counted for '{event.question}'", course)
    if len(event.pick) != 1 or event.pick not in item.letters or not 0 <= event.count <= MOST_HANDS:
        raise Refused("count hands for one letter", course)
    raised = {**course.raised(item.id, event.round), event.pick: event.count}
    return replace(course, hands={**course.hands, (item.id, event.round): raised})


def _word(course: Course, event: Event) -> Course:
    return replace(course, words=course.words | {event.pick})


def _seat(course: Course, event: Event) -> Course:
    """A device takes a seat; if another one has it, it asks for it. Without a code it gets one that no tag has."""
    if not event.device:
        raise Refused("a seat needs a device", course)
    code = event.seat or course.seat_of(event.device) or _guest(course)
    holder = course.seats.get(code)
    if holder == event.device:
        return course
    if holder is not None:
        return _ask(course, replace(event, seat=code))
    asking = {other: device for other, device in course.asking.items() if device != event.device}
    return replace(course, seats={**_without(course, event.device), code: event.device}, asking=asking)


def _ask(course: Course, event: Event) -> Course:
    """A device asks for a seat, one at a time; the first one that asks stays the one that the trainer is asked about."""
    if not event.device or not event.seat:
        raise Refused("a seat needs a device", course)
    if course.asking.get(event.seat, event.device) != event.device:
        raise Refused(f"another phone already asks for {event.seat}: tell your trainer", course)
    others = {code: device for code, device in course.asking.items() if device != event.device}
    return replace(course, asking={**others, event.seat: event.device})


def _yes(course: Course, event: Event) -> Course:
    device = course.asking.get(event.seat)
    if device is None:
        raise Refused(f"nobody asks for {event.seat}", course)
    changes = course.changes
    if event.seat in course.seats:
        changes = {**changes, event.seat: changes.get(event.seat, 0) + 1}
    return replace(_no(course, event), seats={**_without(course, device), event.seat: device}, changes=changes)


def _no(course: Course, event: Event) -> Course:
    return replace(course, asking={code: other for code, other in course.asking.items() if code != event.seat})


def _without(course: Course, device: str) -> dict[str, str]:
    return {code: holder for code, holder in course.seats.items() if holder != device}


def _guest(course: Course) -> str:
    number = 100 * (course.deck.people // 100 + 1) + 1
    while course.deck.code(number) in course.seats or course.deck.code(number) in course.gone:
        number += 1
    return course.deck.code(number)


def _take_back(course: Course, event: Event) -> Course:
    """Seats are taken back, and what they answered to a question whose answer wasn't shown doesn't count."""
    seats = frozenset(event.pick.split()) & set(course.seats)
    picks = dict(course.picks)
    for item in course.current.items if course.current and course.phase in (OPEN, SHUT) else ():
        for round_ in range(1, ROUNDS + 1):
            if given := course.given(item.id, round_):
                picks[item.id, round_] = {seat: pick for seat, pick in given.items() if seat not in seats}
    return replace(
        course,
        picks=picks,
        gone=course.gone | seats,
        seats={code: device for code, device in course.seats.items() if code not in seats},
        asking={code: device for code, device in course.asking.items() if code not in seats},
    )


def _deck(course: Course, event: Event) -> Course:
    """The deck was drawn again; the slide that is shown is still in it."""
    deck = event.deck
    if deck is None or (course.slide and course.slide not in deck.places):
        raise Refused("the slide that is shown must stay in the deck", course)
    return replace(course, deck=deck)


HAPPENS: Mapping[str, Callable[[Course, Event], Course]] = {
    "deck": _deck,
    "seat": _seat,
    "ask": _ask,
    "take back": _take_back,
    "yes": _yes,
    "no": _no,
    "next": _next,
    "back": _back,
    "go": _go,
    "skip": _skip,
    "open": _open,
    "own": _own,
    "close": _close,
    "again": _again,
    "show": _show,
    "answer": _answer,
    "hands": _hands,
    "word": _word,
    "pause": _pause,
    "resume": _resume,
    "blank": _blank,
    "code": _code,
    "large": _large,
    "end": _end,
}
BY_TRAINER = frozenset(HAPPENS) - {"deck", "seat", "ask", "answer"}
MOVES = frozenset({"next", "back", "go", "open", "own", "close", "again", "show", "pause", "blank"})
