"""The kinds of room: on paper, without a printer, remote, with phones, with both; and how large."""

from __future__ import annotations

# Where a workshop is held, and how many are there: both decide what people use and what is said.
PAPER, NO_PRINTER, REMOTE, PHONES, BOTH = ROOMS = ("paper", "no-printer", "remote", "phones", "paper-and-phones")
SMALL, LARGE = SIZES = ("small", "large")
FEW, MANY = 12, 40  # a small room has at most so many people, a large one more than that


def has_paper(room: str) -> bool:
    """Whether people have paper that was printed for them.

    >>> [room for room in ROOMS if has_paper(room)]
    ['paper', 'paper-and-phones']
    """
    return room in (PAPER, BOTH)


def names_of(room: str) -> tuple[str, ...]:
    """Return the names by which ``room=`` means a room: one with paper and phones is one with paper, too.

    >>> names_of("phones"), names_of("paper-and-phones")
    (('phones',), ('paper', 'paper-and-phones'))
    """
    return (PAPER, BOTH) if room == BOTH else (room,)


def size_of(people: int) -> str:
    """Return the size of a room, as ``room=`` names it; "" for one in between.

    >>> [size_of(people) for people in (8, 20, 120)]
    ['small', '', 'large']
    """
    return SMALL if people <= FEW else LARGE if people > MANY else ""
