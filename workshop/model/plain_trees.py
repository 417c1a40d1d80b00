"""Trees of frozen records as lists that JSON can hold, and back: only data, so that reading them can't run any code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from workshop.errors import At

TUPLE, PLACE, FIRST = 0, 1, 2  # what the first item of a list says; from ``FIRST`` on, the place of a class


class Trees:
    """Writes and reads trees of some classes; a value of any other class isn't written.

    A tuple becomes ``[0, …]``, a place ``[1, line]``, ``[1, line, column]`` or, in another file, ``[1, line, column,
    path]``, and a record a list of its class's number and its fields. Most nodes of a tree are on few lines, so equal
    places are made once.

    Args:
        classes: dataclasses whose fields all belong to ``__init__``; their order is part of the form.
    """

    def __init__(self, classes: Sequence[type]) -> None:
        self._names = {cls: _names(cls) for cls in classes}
        self._numbers = {cls: number for number, cls in enumerate(classes, FIRST)}
        self._makers = [_maker(cls) for cls in classes]

    def plain(self, value: Any, path: str) -> Any:
        """Return a value as plain data.

        Args:
            path: the file in which most places are.

        Raises:
            KeyError: if there is a value of a class that isn't one of ours.
        """
        if value is None or value.__class__ in (str, int, float, bool):
            return value
        if value.__class__ is tuple:
            return [TUPLE, *(self.plain(item, path) for item in value)]
        if value.__class__ is At:
            if value.path != path:
                return [PLACE, value.line, value.column, value.path]
            return [PLACE, value.line, value.column] if value.column else [PLACE, value.line]
        if value.__class__ is dict:
            return {key: self.plain(item, path) for key, item in value.items()}
        number, names = self._numbers[value.__class__], self._names[value.__class__]
        return [number, *(self.plain(getattr(value, name), path) for name in names)]

    def made(self, stored: Any, path: str) -> Any:
        """Return the value that was written; arguments as for ``plain``.

        Raises:
            TypeError: for what ``plain`` doesn't write; so are ``IndexError`` and ``ValueError``.
        """
        places: dict[tuple[Any, ...], At] = {}
        makers = self._makers

        def made(part: Any) -> Any:
            if part.__class__ is list:
                first = part[0]
                if first == PLACE:
                    key = tuple(part[1:])
                    if key not in places:
                        places[key] = _place(key, path)
                    return places[key]
                items = [made(item) for item in part[1:]]
                return tuple(items) if first == TUPLE else makers[first - FIRST](items)
            if part.__class__ is dict:
                return {key: made(item) for key, item in part.items()}
            return part

        return made(stored)


def _place(key: tuple[Any, ...], path: str) -> At:
    line, column, own = (*key, 0, path)[:3] if len(key) < 2 else (*key, path)[:3]
    return At(str(own), int(line), int(column))


def _maker(cls: type) -> Callable[[list[Any]], Any]:
    """Return what makes a record from its fields."""
    named = _names(cls)
    return lambda values: cls(**dict(zip(named, values, strict=True)))


def _names(cls: Any) -> Sequence[str]:
    return getattr(cls, "__struct_fields__", None) or [field.name for field in fields(cls)]
