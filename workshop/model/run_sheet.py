"""Rows of the run sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    pass


# The run sheet as data: its rows, and what to leave out if one of them begins late.
class RunRow(Struct, frozen=True, kw_only=True):
    """A line of the run sheet.

    Attributes:
        kind: "stage", "break", "block" or "buffer".
        clock: "09:30", "" without a start.
        slides: ids of the slides that are shown in it.
    """

    kind: str
    clock: str
    minutes: float
    what: str
    note: str = ""
    material: str = ""
    who: str = ""
    number: int | None = None
    slides: tuple[str, ...] = ()


class Piece(Struct, frozen=True):
    """Slides that are left out together if the room is behind, the minutes that they save, and the cost of losing them."""

    slides: tuple[str, ...]
    minutes: float
    cost: float


class Shortcut(Struct, frozen=True, kw_only=True):
    """What to leave out if a row of the run sheet begins late.

    Attributes:
        row: its place in the run sheet.
        late: minutes.
        slides: ids, in order.
        saves: minutes that they would have taken.
    """

    row: int
    late: int
    slides: tuple[str, ...]
    saves: float
