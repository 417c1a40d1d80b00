"""Run marks: four letters on a sheet and its key that change with their numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
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


def words_of(thing: Any) -> Iterator[str]:
    """Yield every word and number below ``thing``, except places in files and scales."""
    if isinstance(thing, At | RulerScale | ValueTable):
        return
    if isinstance(thing, tuple):
        yield f"({len(thing)}"
        for part in thing:
            yield from words_of(part)
    elif is_dataclass(thing):
        if isinstance(thing, Panel):  # by the name that its author wrote
            yield Panel.__name__
            yield BY_BLOCK[type(thing)].name
        else:
            yield type(thing).__name__
        for field in fields(thing):
            if not (isinstance(thing, Run | ShownCode) and field.name in SHADES):
                yield from words_of(getattr(thing, field.name))
    else:
        yield str(thing)
