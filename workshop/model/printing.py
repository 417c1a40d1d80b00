"""How sheets are printed."""

from __future__ import annotations

from msgspec import Struct


# How a kit is printed.
class Printing(Struct, frozen=True, kw_only=True):
    """How things are printed, apart from paper and profile; see ``Request``, ``BookletMeta`` and ``KitMeta.name_tag`` for the meaning."""

    grey: bool = False
    cutting: bool = True
    hints: bool = True
    solutions: bool = False
    flip: str = "long"
    notes: bool = False
    cover: bool = False
    flat: bool = False


USUAL = Printing()
