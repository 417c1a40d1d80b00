"""How long a room lasted, on a clock of the tests: begin, end and breaks to the second, and how its answers came."""

import time
from datetime import datetime

from tests.addons.live.made import deck
from workshop.addons.live.course import Course, Event
from workshop.addons.live.lasted import clock, lasted

BEGAN = datetime(2026, 12, 2, 9, 0).timestamp()  # noqa: DTZ001 - the clock in the room


def held(*events):
    course = Course(deck=deck())
    for minute, what, more in events:
        course = course.after(Event(what=what, at=BEGAN + 60 * minute, **more))
    return course


def test_a_room_that_never_left_its_lobby_took_no_time():
    assert lasted(held((0, "seat", {"seat": "07M", "device": "a"}))) is None


def test_begin_end_and_breaks_are_those_of_the_clock_whatever_was_shown_and_however_briefly():
    shown = [(0.1 * k, "next", {}) for k in range(10)]
    events = (*shown, (40, "pause", {}), (55.5, "resume", {}), (56, "back", {}), (57.25, "end", {}))
    took = lasted(held(*events))
    assert took.minutes == 57.25
    assert (clock(took.begin), clock(took.end)) == ("09:00", "09:57")
    assert [(clock(begin), clock(end)) for begin, end in took.breaks] == [("09:40", "09:55")]


def test_a_room_that_was_left_open_ended_when_the_trainer_last_did_something():
    late = {"seat": "07M", "device": "a"}
    assert lasted(held((0, "next", {}), (30, "next", {}), (900, "seat", late))).minutes == 30


def test_people_are_counted_as_phones_papers_and_hands_each_by_itself():
    bet = {"question": "crawl", "pick": "A"}
    took = lasted(
        held(
            (0, "seat", {"seat": "07M", "device": "a"}),
            (0, "go", {"question": "crawl"}),
            (1, "open", {}),
            (1, "answer", {"seat": "07M", "device": "a", "by": "phone", **bet}),
            (1, "answer", {"seat": "01E", "by": "paper", **bet}),
            (1, "answer", {"seat": "07M", "by": "paper", **bet}),  # the same person
            (2, "hands", {"count": 3, **bet}),
            (2, "hands", {"count": 2, "question": "crawl", "pick": "B"}),
        )
    )
    assert (took.phones + took.papers, took.papers, took.hands) == (2, 2, 5)


def test_the_time_of_the_clock_is_local():
    assert clock(BEGAN) == time.strftime("%H:%M", time.localtime(BEGAN))
