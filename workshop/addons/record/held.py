"""What is known of a workshop after it took place."""

from __future__ import annotations

from msgspec import Struct

from workshop.addons.room.item_analysis import HeldQuestion
from workshop.model.kit import Kit


class Held(Struct, frozen=True, kw_only=True):
    """What is known of a workshop after it took place.

    Attributes:
        date: when it was, as it is printed.
        people: how many were there.
        led_by: who led it; "" for a line to write on.
        quiz: what the quiz showed; empty without one.
        basis: how many people the shares are of.
    """

    date: str
    people: int
    led_by: str = ""
    quiz: tuple[HeldQuestion, ...] = ()
    basis: str = ""


def held_of(kit: Kit) -> Held | None:
    """Return what is known of a kit's workshop; ``None`` before it took place."""
    found: Held | None = kit.extra.get("record")
    return found
