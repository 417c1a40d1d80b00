"""Rules for a value of a metadata key: marks in ``Annotated``, which a direct reader checks and which pydantic understands.

This module imports nothing of pydantic: it is needed only to say what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

# names of fields that are written differently, since Python has a use for the word, or a different one says more in code
WRITTEN = {
    "asks": "quiz",
    "for_": "for",
    "least": "from",
    "most": "to",
    "pause": "break",
    "person_verbs": "person-verbs",
}


def written(name: str) -> str:
    """Return the key of a field of a closed model."""
    return WRITTEN.get(name, name)


CLOSED = {
    "extra": "forbid",
    "alias_generator": written,
    "arbitrary_types_allowed": True,
}  # pydantic's settings: keys that aren't fields are errors


class Rule(Struct, frozen=True, kw_only=True):
    """What a valid text, number or list is like; ``None`` is no limit.

    Attributes:
        pattern: a regular expression for texts.
        ge, le: the least and the largest number.
        min_length, max_length: characters of a text, or entries of a list.
        allow_inf_nan: whether a number may be infinite, or none at all.
    """

    pattern: str | None = None
    ge: float | None = None
    le: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    allow_inf_nan: bool | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """Return pydantic's own schema of the type with these limits."""
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        return handler(source) | {name: limit for name, limit in given.items() if limit is not None}


class First(Struct, frozen=True):
    """A function that a value goes through before it is read.

    Attributes:
        change: raises ``ValueError`` for what it doesn't accept.
        whole: whether nothing is left to be read afterwards.
    """

    change: Callable[[Any], Any]
    whole: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """Return pydantic's schema of the function, and of the type after it."""
        function = {"type": "no-info", "function": self.change}
        if self.whole:
            return {"type": "function-plain", "function": function}
        return {"type": "function-before", "function": function, "schema": handler(source)}
