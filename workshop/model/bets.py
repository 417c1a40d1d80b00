"""The bets of a room: how many people chose each answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from msgspec import Struct


class Placed(Struct, frozen=True):
    """How many placed each letter of one bet.

    Attributes:
        first: in the order of the letters.
        again: after talk; empty if it wasn't placed again.
    """

    first: tuple[int, ...]
    again: tuple[int, ...] = ()


Bets = Mapping[str, Placed]  # the key of a bet's name -> its counts


def bet_name(name: str, slide: str) -> str:
    """Return the name of a bet: its own, or else the id of its slide in words."""
    return name or slide.replace("-", " ").capitalize()


def bet_key(name: str) -> str:
    """Return the form in which the name of a bet is typed in one word.

    >>> bet_key("The crawl"), bet_key("“Good”")
    ('the-crawl', 'good')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or name
