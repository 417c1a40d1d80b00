"""The run sheet as data: its rows, and what to leave out if one of them begins late."""

from __future__ import annotations

from msgspec import Struct


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
