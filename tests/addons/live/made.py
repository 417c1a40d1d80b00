"""A small deck, and rooms in which anything may happen."""

from __future__ import annotations

import random
from collections.abc import Iterator

from workshop.addons.live.course import HAPPENS, Course, Event, Refused
from workshop.addons.live.deck import BALLOT, BET, QUIZ, Deck, Item, Poll, Spot

PEOPLE, CHECK = 24, 4
RIGHT = {"crawl": "A", "unseen": "D"}
CODES = ("01E", "02F", "03H", "07M")


def bet(name: str, slide: str, options: int, *, again: bool = False) -> Poll:
    """Return a bet on a slide."""
    item = Item(id=slide, text=f"{name}?", options=tuple(f"option {k}" for k in range(options)))
    return Poll(id=slide, kind=BET, slide=slide, name=name, items=(item,), again=again)


def quiz(when: str) -> Poll:
    """Return a quiz of two questions."""
    items = tuple(Item(id=f"{when}-{k}", text=f"{k}?", options=("a", "b", "c", "d")) for k in (1, 2))
    return Poll(id=f"quiz-{when}", kind=QUIZ, slide=f"quiz-{when}", name="Quiz", items=items, sure=True)


def vote() -> Poll:
    """Return a vote in three rounds."""
    items = tuple(Item(id=f"round-{k}", text=f"{k}?", options=("this", "that")) for k in (1, 2, 3))
    return Poll(id="vote", kind=BALLOT, slide="vote", name="Vote", items=items)


POLLS = (
    quiz("before"),
    bet("The crawl", "crawl", 3),
    bet("Unseen tools", "unseen", 4, again=True),
    vote(),
    quiz("after"),
)
ORDER = ("welcome", "quiz-before", "crawl", "kept", "unseen", "answers", "vote", "signal", "quiz-after", "thanks")


def deck(order: tuple[str, ...] = ORDER) -> Deck:
    """Return a deck of ten slides, two minutes each."""
    slides = tuple(
        Spot(id=name, label=str(k + 1), source=name, title=name, minutes=2, begins=2 * k, clicks=int(name == "kept"))
        for k, name in enumerate(order)
    )
    return Deck(slides=slides, polls=POLLS, people=PEOPLE, check=CHECK)


def random_event(rng: random.Random, course: Course) -> Event:
    """Return anything that could be sent, sensible or not, and more often what is possible now."""
    what = rng.choice(
        (
            *(name for name in HAPPENS if name != "take back"),
            *["next", "open", "close", "show", "again"] * 3,
            *["answer"] * 30,
            *["hands"] * 4,
        )
    )
    seats = {code: course.seats[code] for code in sorted(course.seats)}
    seat = rng.choice((*seats, *CODES))
    poll = course.current or rng.choice(course.deck.polls)
    item = rng.choice(poll.items)
    by = rng.choice(("phone", "phone", "paper"))
    pick = rng.choice("ABCD") if item.options else rng.choice(("7", "warm", "41.5"))
    if what == "end" and rng.random() < 0.8:
        what = "next"
    if what == "skip":
        pick = rng.choice(course.ahead() or ("welcome",))
    question = {
        "open": rng.choice(("", "", f"number:{course.slide}", f"word:{course.slide}", "crawl")),
        "go": rng.choice([spot.id for spot in course.deck.slides]),
    }.get(what, item.id)
    device = seats.get(seat, "") if what == "answer" else f"device {rng.randrange(8)}"
    return Event(
        what=what,
        seat="" if what == "seat" and rng.random() < 0.2 else seat,
        device=device,
        question=question,
        round=rng.choice((course.round or 1, 1, 2)),
        pick=pick,
        sure=rng.random() < 0.5,
        count=rng.randrange(6),
        by=by,
        at=0,
        deck=course.deck if what == "deck" else None,
    )


def anything(seed: int, length: int = 40) -> Iterator[tuple[Course, Event, Course]]:
    """Yield what happened in a random room: the state before, the event, the state after. Refused events aren't yielded."""
    rng = random.Random(seed)
    course = Course(deck=deck())
    for second in range(length):
        event = random_event(rng, course)
        event = Event(**{**{f: getattr(event, f) for f in event.__struct_fields__}, "at": 1000.0 + second})
        try:
            after = course.after(event)
        except Refused:
            continue
        yield course, event, after
        course = after
