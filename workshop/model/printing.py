"""How a kit is printed."""

from __future__ import annotations

from msgspec import Struct


class Printing(Struct, frozen=True, kw_only=True):
    """How things are printed, apart from paper and profile; see ``Request`` for the meaning."""

    grey: bool = False
    cutting: bool = True
    hints: bool = True
    solutions: bool = False
    flip: str = "long"
    notes: bool = False


USUAL = Printing()
