"""Extracts the text of a decided kit, or of any part of it, as it is read, without ids and places."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel

from workshop.model.blocks import Run, plain

UNSEEN = {"at", "id", "name", "kind", "layout", "stage", "marker", "aligns", "unit", "honesty", "style", "formula"}


def told(thing: Any) -> Iterator[str]:
    """Yield every text below a part of a kit; the runs of one line are joined, and a blank is ``___``."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple) and thing and all(isinstance(part, Run) for part in thing):
        yield plain(tuple(replace(run, text="___") if run.blank else run for run in thing))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from told(part)
    else:
        for name in parts_of(thing):
            if name not in UNSEEN:
                yield from told(getattr(thing, name))


def parts_of(thing: Any) -> tuple[str, ...]:
    """Return the names of the fields of a record or of metadata."""
    if isinstance(thing, Struct):
        return thing.__struct_fields__
    return tuple(type(thing).model_fields) if isinstance(thing, BaseModel) else ()
