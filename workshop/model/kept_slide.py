"""A slide that is kept as it is in a PowerPoint file."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from workshop.errors import At
from workshop.model.blocks import NOWHERE
from workshop.model.closed import Closed


class KeptEntry(Closed):
    """An entry of kept.yaml: the file and the page that a slide is on, for whom it is kept, why, and whether its notes are, too."""

    deck: str = ""
    page: int = 0
    for_: str = ""
    why: str = ""
    notes: bool = False


class KeptSlide(Struct, frozen=True, kw_only=True):
    """A slide of a deck that comes from a PowerPoint file.

    Attributes:
        id: that of the slide as it is laid out, which it takes the place of.
        page: its place in ``deck``, from 1.
        audience: as in ``for=``; "" for everybody.
        why: what was done to it by hand.
        notes: whether its notes come from there, too.
        by_hand: whether it shows figures that no run computed.
    """

    id: str
    deck: Path
    page: int
    audience: str = ""
    why: str = ""
    notes: bool = False
    at: At = NOWHERE
    by_hand: bool = False
