"""One part of a demo's section: its controls, what it shows, and its data for the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from workshop.model.exhibits import Exhibit


class Part(Struct, frozen=True, kw_only=True):
    """One poke, ready for the page.

    Attributes:
        kind: "steps", "slider", "toggle", "choice", "guess", "pick", "ask", "write", "map" or "sort".
        left: markup of the controls, and of what was found in words.
        right: markup of what was found in pictures; "" for nothing.
        data: what the script needs.
        start: name in a link -> its value without one.
        numbers: every number again, as tables.
        exhibits: what it shows in the state in which the page is written; they have the mark of honesty.
        texts: number of a kit's own texts that travel with it.
    """

    kind: str
    left: str
    right: str = ""
    data: Mapping[str, Any]
    start: Mapping[str, str]
    numbers: str = ""
    exhibits: tuple[Exhibit, ...] = ()
    texts: int = 0
