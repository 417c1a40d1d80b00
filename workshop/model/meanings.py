"""What the facts of a demo mean: declared in its function's docstring, under ``Facts:``, beside where they are computed.

An entry is ``names (unit): meaning``, with its names between commas; braces list parts of a name, and a star is any part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from inspect import cleandoc
from itertools import product
from typing import Any

from msgspec import Struct

from workshop.model.exhibits import Demo

_ENTRY = re.compile(r"([^(]+) \(([^)]+)\): (.+)")


class Meaning(Struct, frozen=True):
    """The unit and the meaning of a fact, or of all facts whose names have any part where this one has a star."""

    name: str
    unit: str
    text: str

    def fits(self, name: str) -> bool:
        """Whether it is about the fact of this name.

        >>> [Meaning("suites.*.n", "count", "items").fits(name) for name in ("suites.tags.n", "suites.n")]
        [True, False]
        """
        return re.fullmatch(re.escape(self.name).replace(r"\*", "[^.]+"), name) is not None


def meanings(demo: Demo) -> tuple[Meaning, ...]:
    """Return the meanings that a demo declares, in order."""
    section = cleandoc(demo.function.__doc__ or "").partition("\nFacts:\n")[2].partition("\n\n")[0]
    entries = re.sub(r"\n {8}", " ", section).split("\n")
    found = [match.groups() for entry in entries if (match := _ENTRY.fullmatch(entry.strip()))]
    return tuple(Meaning(name, unit, text) for names, unit, text in found for name in listed(names))


def listed(names: str) -> list[str]:
    """Return single names.

    >>> listed("runs, {first,last}.done")
    ['runs', 'first.done', 'last.done']
    """
    choices = (
        [part.split(",") if place % 2 else [part] for place, part in enumerate(re.split("[{}]", name))]
        for name in names.split(", ")
    )
    return ["".join(parts) for choice in choices for parts in product(*choice)]


def named(facts: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the name and value of every fact, with dots between the parts of a name."""
    for key, value in facts.items():
        if isinstance(value, Mapping):
            yield from named(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value
