"""Scales to read off, and tables of values, on paper."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct


# Scales on paper that participants read values off: a ruler, or a table of values. Plugins register them as ``scale``.
class Mark(NamedTuple):
    """A named place on a ruler."""

    at: float
    text: str


class RulerScale(Struct, frozen=True, kw_only=True):
    """Two scales on one line: below it units and tenths, from 0 to ``length``; above it what they stand for.

    Attributes:
        named, fine: long strokes with a name and short ones without, at places in units.
        caption: one line under it.
        alt: the ruler in words, for readers who don't see it.
    """

    length: int
    named: tuple[Mark, ...]
    fine: tuple[float, ...]
    caption: str
    alt: str


class ValueRow(NamedTuple):
    """A row of a table of values."""

    head: str
    cells: tuple[str, ...]


class ValueTable(Struct, frozen=True, kw_only=True):
    """A table to look values up in.

    Attributes:
        corner: heading above the row headings.
        caption: how to read it, with an example.
    """

    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[ValueRow, ...]
    caption: str
