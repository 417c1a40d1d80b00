"""Plain immutable data: what facts are made of, and what passes between processes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

SIGNIFICANT = 9


class Frozen(Mapping[str, Any]):
    """An immutable, picklable mapping; nested mappings are frozen, lists become tuples.

    >>> facts = Frozen({"bits": {"first": 4.0}, "rounds": [1, 2]})
    >>> facts["bits"]["first"], facts["rounds"]
    (4.0, (1, 2))
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[Any, Any] = MappingProxyType({})) -> None:
        self._items = {key: freeze(value) for key, value in items.items()}

    def __getitem__(self, key: Any) -> Any:
        return self._items[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"Frozen({self._items!r})"

    def __reduce__(self) -> tuple[type[Frozen], tuple[dict[Any, Any]]]:
        return (Frozen, (self._items,))

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))


def freeze(value: Any) -> Any:
    """Return ``value`` as plain immutable data, floats rounded to nine significant digits.

    numpy scalars and arrays become Python numbers and tuples.

    Raises:
        TypeError: for anything that is not a number, text, truth value, sequence or mapping.
    """
    kind = value.__class__
    if kind is int or kind is str or kind is bool or kind is Frozen:  # nearly everything
        return value
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Frozen | bool | int | str) or value is None:
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise TypeError(f"{value} is not a number that can be printed")
        return float(f"{value:.{SIGNIFICANT}g}")
    if isinstance(value, Mapping):
        return Frozen(value)
    if isinstance(value, list | tuple):
        return tuple(freeze(item) for item in value)
    raise TypeError(f"a fact must be plain data, not {type(value).__name__}")


def thaw(value: Any) -> Any:
    """Return frozen data as dicts and lists, ready for JSON."""
    if isinstance(value, Mapping):
        return {str(key): thaw(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [thaw(item) for item in value]
    return value


def with_parts(node: Any, change: Callable[[Any], Any]) -> Any:
    """Return a tuple or record with each of its parts changed; what stays the same isn't copied, and anything else is returned as it is.

    >>> with_parts(("a", "b"), str.upper), with_parts(1, str.upper)
    (('A', 'B'), 1)
    """
    if isinstance(node, tuple):
        parts = tuple(change(part) for part in node)
        return node if all(new is old for new, old in zip(parts, node, strict=True)) else parts
    if not isinstance(node, Struct):
        return node
    values = {name: getattr(node, name) for name in node.__struct_fields__}
    changed = {name: new for name, old in values.items() if (new := change(old)) is not old}
    return replace(node, **changed) if changed else node
