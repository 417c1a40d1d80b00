"""Who may take a seat from which address. Addresses are in memory alone: nothing of them is written anywhere.

A phone that drops its cookie is a new one each time, so seats are counted by address. An address has one seat freely; for more, the
trainer is asked once. The letter on a tag is no way around this: whoever has one tag can work out the letters of all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from workshop.addons.live.course import Course
from workshop.addons.live.deck import Deck
from workshop.addons.live.seats import guests, is_guest

ADDRESS, GUESTS = "address", "guests"  # why a phone has to wait
FEWEST = 10  # guests, however few people are expected


class Knock(Struct, frozen=True):
    """A phone that waits for a seat: its address, the code that it typed, "" for a guest, and why it waits."""

    device: str
    address: str
    code: str
    why: str


def most_guests(deck: Deck) -> int:
    """Return how many seats without a tag there may be before the trainer is asked.

    >>> most_guests(Deck(slides=(), people=20)), most_guests(Deck(slides=(), people=4))
    (30, 10)
    """
    return max(FEWEST, 3 * deck.people // 2)


class Entrance:
    """The entrance of a room that is open.

    Args:
        course: the state in which it opens; its seats have no address yet.

    Attributes:
        most: guests that may sit.
    """

    def __init__(self, course: Course) -> None:
        self.most = self._step = most_guests(course.deck)
        self._homes: dict[str, str] = {}  # device -> the address at which it sat down, or was seen first
        self._coming: dict[str, str] = {}  # device -> code, until its seat is written
        self._knocks: dict[str, Knock] = {}
        self._let_in: set[str] = set()
        self._strict: set[str] = set()  # addresses without a free seat, since the trainer said no
        self._silent: set[str] = set()  # questions that the trainer has answered with no
        self._names: dict[str, str] = {}  # address -> what the remote calls it

    # ------------------------------------------------------------ phones
    def seen(self, device: str, address: str) -> None:
        """Note where a phone is that has had its seat since before this room was opened; later moves don't count."""
        self._homes.setdefault(device, address)

    def why(self, device: str, address: str, code: str, course: Course) -> str:
        """Return why a phone can't sit down now; "" if it can."""
        if address not in self._let_in and (address in self._strict or self.holds(address, course, device)):
            return ADDRESS
        if (not code or is_guest(code, course.deck)) and self._guests(course) >= self.most:
            return GUESTS
        return ""

    def holds(self, address: str, course: Course, but: str = "") -> int:
        """Return how many seats an address has, or is about to get or asks for."""
        there = {*course.seats.values(), *course.asking.values(), *self._coming} - {but}
        return sum(self._homes.get(device) == address for device in there)

    def _guests(self, course: Course) -> int:
        coming = (code for device, code in self._coming.items() if not course.seat_of(device))
        return len(guests(course)) + sum(not code or is_guest(code, course.deck) for code in coming)

    def comes(self, device: str, address: str, code: str) -> None:
        """Keep a place for a phone, until ``came``: many may ask at the same moment."""
        self._knocks.pop(device, None)
        self._homes[device] = address
        self._coming[device] = code

    def came(self, device: str) -> None:
        """Its seat is written, or was refused."""
        self._coming.pop(device, None)

    def knock(self, knock: Knock) -> bool:
        """Let a phone wait; return whether there is room for it."""
        others = sum(one.address == knock.address for one in self._knocks.values())
        if knock.device not in self._knocks and (others >= self._step or len(self._knocks) >= 4 * self._step):
            return False
        self._knocks[knock.device] = knock
        return True

    def waits(self, device: str) -> str:
        """Return why a phone waits; "" if it doesn't."""
        knock = self._knocks.get(device)
        return knock.why if knock else ""

    # ------------------------------------------------------------ the trainer
    def questions(self, course: Course) -> list[dict[str, Any]]:
        """Return what the remote asks: what for, how many wait, the seats that an address holds, and whether it was answered with no."""
        waiting: dict[str, int] = {}
        for knock in self._knocks.values():
            asked = GUESTS if knock.why == GUESTS else knock.address
            waiting[asked] = waiting.get(asked, 0) + 1
        return [
            {
                "id": self._name(asked),
                "why": GUESTS if asked == GUESTS else ADDRESS,
                "wait": count,
                "holds": len(guests(course)) if asked == GUESTS else self.holds(asked, course),
                "people": course.deck.people,
                "no": asked in self._silent,
            }
            for asked, count in waiting.items()
        ]

    def _name(self, asked: str) -> str:
        """Return the name of a question; the remote needs no address."""
        return GUESTS if asked == GUESTS else self._names.setdefault(asked, f"{ADDRESS}-{len(self._names) + 1}")

    def _of(self, name: str) -> str:
        by_name: Mapping[str, str] = {given: address for address, given in self._names.items()}
        return GUESTS if name == GUESTS else by_name.get(name, "")

    def yes(self, name: str) -> list[Knock]:
        """Let in those who wait for this, and those who come later; return those who wait, in their order."""
        asked = self._of(name)
        self._silent.discard(asked)
        if asked == GUESTS:
            self.most += max(FEWEST, self._step // 3)
            return [knock for knock in self._knocks.values() if knock.why == GUESTS]
        if asked:
            self._let_in.add(asked)
        return [knock for knock in self._knocks.values() if knock.address == asked]

    def no(self, name: str) -> None:
        """Ask no more; those who wait go on waiting, and can still be let in."""
        if asked := self._of(name):
            self._silent.add(asked)

    def leaves(self, device: str) -> None:
        """Forget a phone that waits: its tag belongs to somebody else."""
        self._knocks.pop(device, None)

    def turned_away(self, device: str) -> None:
        """Ask before an address gets another seat: the trainer has said no to a phone that came from there."""
        if address := self._homes.get(device, ""):
            self._strict.add(address)
            self._let_in.discard(address)

    def begin_guests(self, course: Course) -> None:
        """Count guests anew, after their seats were taken back; no address keeps a yes that was given for them."""
        self.most = most_guests(course.deck)
        self._let_in.clear()
        self._silent.discard(GUESTS)
