"""The mark by which the sheets of one build belong together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from msgspec import Struct

from workshop.constructs.table import BY_BLOCK
from workshop.errors import At
from workshop.model.blocks import Panel, Run, ShownCode
from workshop.model.kit import Sheet
from workshop.model.rulers import RulerScale, ValueTable

# Run marks: four letters on a sheet and its key that change with their numbers.
SHADES = ("color", "classes")  # how words look
LETTERS = "CDFHJKLMNPRTVWXZ"  # sixteen letters without a vowel, so that a mark is never a word


def run_mark(sheet: Sheet) -> str:
    """Return the mark for everything on a sheet and its key.

    >>> from msgspec.structs import replace
    >>> sheet = Sheet(id="S1-00J", stage="a", number=0, title="A", aim="", exercises=())
    >>> [run_mark(sheet) == run_mark(replace(sheet, **change)) for change in ({"id": "S1-01K"}, {"title": "B"})]
    [True, False]
    """
    total = hashlib.sha256("\n".join(words_of((sheet.title, sheet.exercises))).encode())
    return "".join(LETTERS[byte % len(LETTERS)] for byte in total.digest()[:4])


def words_of(thing: Any) -> list[str]:
    """Return every word and number below ``thing``, except places in files and scales."""
    found: list[str] = []
    _add((thing,), found)
    return found


def _add(parts: tuple[Any, ...], found: list[str]) -> None:
    for part in parts:
        kind = part.__class__
        if kind is str:
            found.append(part)
        elif kind is bool:  # most fields are
            found.append("True" if part else "False")
        elif kind is tuple:
            found.append(f"({len(part)}")
            _add(part, found)
        elif (shape := _shape(kind)) is None:
            found.append(str(part))
        else:
            heads, fields_of = shape
            found += heads
            _add(fields_of(part), found)


@cache
def _shape(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]] | None:
    """Return the words for a kind of node, and what returns its fields; ``None`` for what isn't a node."""
    if issubclass(kind, At | RulerScale | ValueTable):
        return (), lambda _: ()
    if not issubclass(kind, Struct):
        return None
    named = (
        (Panel.__name__, BY_BLOCK[kind].name) if issubclass(kind, Panel) else (kind.__name__,)
    )  # as its author named it
    looks = SHADES if issubclass(kind, Run | ShownCode) else ()
    names = [name for name in kind.__struct_fields__ if name not in looks]
    return named, attrgetter(*names) if len(names) > 1 else lambda node: tuple(getattr(node, name) for name in names)
