"""Run marks: four letters on a sheet and its key that change with their numbers."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from workshop.constructs.table import BY_BLOCK
from workshop.errors import At
from workshop.model.kit import Panel, Run, Sheet, ShownCode
from workshop.model.scales import RulerScale, ValueTable

SHADES = ("color", "classes")  # how words look
LETTERS = "CDFHJKLMNPRTVWXZ"  # sixteen letters without a vowel, so that a mark is never a word


def run_mark(sheet: Sheet) -> str:
    """Return the mark for everything on a sheet and its key.

    >>> from dataclasses import replace
    >>> sheet = Sheet(id="S1-00J", stage="a", number=0, title="A", aim="", exercises=())
    >>> [run_mark(sheet) == run_mark(replace(sheet, **change)) for change in ({"id": "S1-01K"}, {"title": "B"})]
    [True, False]
    """
    total = hashlib.sha256("\n".join(words_of((sheet.title, sheet.exercises))).encode())
    return "".join(LETTERS[byte % len(LETTERS)] for byte in total.digest()[:4])


def words_of(thing: Any) -> list[str]:
    """Return every word and number below ``thing``, except places in files and scales."""
    found: list[str] = []
    waiting = [thing]
    while waiting:
        part = waiting.pop()
        kind = part.__class__
        if kind is tuple:
            found.append(f"({len(part)}")
            waiting.extend(reversed(part))
        elif (shape := _shape(kind)) is None:
            found.append(str(part))
        else:
            heads, names = shape
            found += heads
            waiting.extend([getattr(part, name) for name in names])
    return found


@cache
def _shape(kind: type) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the words for a kind of node and its fields, the last one first; ``None`` for what isn't a node."""
    if issubclass(kind, At | RulerScale | ValueTable):
        return (), ()
    if not is_dataclass(kind):
        return None
    named = (
        (Panel.__name__, BY_BLOCK[kind].name) if issubclass(kind, Panel) else (kind.__name__,)
    )  # as its author named it
    looks = SHADES if issubclass(kind, Run | ShownCode) else ()
    return named, tuple(field.name for field in reversed(fields(kind)) if field.name not in looks)
