"""How long a room lasted by the clock, and how its answers came; all of it from what happened in it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from workshop.addons.live.course import PAPER, Course


class Lasted(Struct, frozen=True, kw_only=True):
    """When a room began and ended.

    Attributes:
        begin, end: in seconds since 1970; the end is when it was ended, or what the trainer did last.
        breaks: from when until when it was paused.
        phones, papers: tags and guests that answered anything on a phone; those that answered on paper alone.
        hands: the most hands that were counted for one question.
    """

    begin: float
    end: float
    breaks: tuple[tuple[float, float], ...] = ()
    phones: int = 0
    papers: int = 0
    hands: int = 0

    @property
    def minutes(self) -> float:
        """Minutes by the clock, breaks included."""
        return (self.end - self.begin) / 60


def lasted(course: Course) -> Lasted | None:
    """Return when a room began and ended; ``None`` for one that never left its lobby."""
    if not course.began:
        return None
    how: dict[str, set[str]] = {}
    for given in course.picks.values():
        for seat, pick in given.items():
            how.setdefault(seat, set()).add(pick.by)
    papers = sum(by == {PAPER} for by in how.values())
    return Lasted(
        begin=course.began,
        end=max(course.began, course.latest),
        breaks=tuple((begin, end or course.latest) for begin, end in course.breaks),
        phones=len(how) - papers,
        papers=papers,
        hands=max((sum(raised.values()) for raised in course.hands.values()), default=0),
    )


def clock(at: float) -> str:
    """Return a time as the clock in the room shows it: "09:05"."""
    return f"{datetime.fromtimestamp(at).astimezone():%H:%M}"
