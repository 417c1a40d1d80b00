"""What a room said: how many people placed each letter of a bet, and what each letter of a poll got."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from msgspec import Struct

from workshop.errors import At


class Placed(Struct, frozen=True):
    """How many placed each letter of one bet.

    Attributes:
        first: in the order of the letters.
        again: after talk; empty if it wasn't placed again.
    """

    first: tuple[int, ...]
    again: tuple[int, ...] = ()


class Counted(Struct, frozen=True):
    """How many each letter of one poll got, in the order of the letters, and the line that says so."""

    letters: tuple[int, ...]
    at: At = At("")


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
