"""The kinds of room: on paper, without a printer, remote; and how large."""

from __future__ import annotations

# Where a workshop is held, and how many are there: both decide what people use and what is said.
PAPER, NO_PRINTER, REMOTE = ROOMS = ("paper", "no-printer", "remote")
SMALL, LARGE = SIZES = ("small", "large")
FEW, MANY = 12, 40  # a small room has at most so many people, a large one more than that


def size_of(people: int) -> str:
    """Return the size of a room, as ``room=`` names it; "" for one in between.

    >>> [size_of(people) for people in (8, 20, 120)]
    ['small', '', 'large']
    """
    return SMALL if people <= FEW else LARGE if people > MANY else ""
