"""Making a model from values that are clearly valid, without pydantic, which takes longer to import than a talk to read.

Whatever isn't clearly valid is in doubt, and pydantic decides. So this module has no messages of its own, and no
conversions that a reader of the code would have to look up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from workshop.model.rules import CLOSED, First, Rule, written

T = TypeVar("T")
PLACE = "at"  # the field of an entry that isn't a key
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}
_WHOLE, _NUMBER = re.compile(r"0|[1-9][0-9]{0,14}"), re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")


class DoubtError(ValueError):
    """A value that may not be valid."""


@cache
def fields_of(model: Any) -> Mapping[str, tuple[str, Any]]:
    """Return key -> name and type of a field, in the order of a model's fields."""
    name_of = written if getattr(model, "__pydantic_config__", None) is CLOSED else str
    hints = get_type_hints(model, include_extras=True)
    return {name_of(name): (name, hint) for name, hint in hints.items() if name[0] != "_" and name != PLACE}


def made(model: type[T], value: Any) -> T:
    """Return a mapping of texts, lists and mappings as a model.

    Raises:
        DoubtError: unless it is clearly valid.
    """
    fields = fields_of(model)  # type: ignore[arg-type]
    if not isinstance(value, dict) or not value.keys() <= fields.keys():
        raise DoubtError
    given = {fields[key][0]: _read(fields[key][1], item) for key, item in value.items()}
    try:
        return model(**given)
    except TypeError:  # a key is missing
        raise DoubtError from None


def _read(hint: Any, value: Any) -> Any:
    kind = get_origin(hint) or hint
    if kind in _READERS:
        return _READERS[kind](get_args(hint), value)
    return value if isinstance(value, kind) else made(kind, value)


def _annotated(parts: tuple[Any, ...], value: Any) -> Any:
    hint, *marks = parts
    for mark in marks:
        if isinstance(mark, First):
            try:
                value = mark.change(value)
            except ValueError:
                raise DoubtError from None
            if mark.whole:
                return value
    found = _read(hint, value)
    if all(_keeps(mark, found) for mark in marks if isinstance(mark, Rule)):
        return found
    raise DoubtError


def _keeps(rule: Rule, found: Any) -> bool:
    if rule.pattern is not None and ("\n" in found or not re.search(rule.pattern, found)):
        return False
    size = len(found) if isinstance(found, (str, tuple)) else 0
    return (
        (rule.ge is None or found >= rule.ge)
        and (rule.le is None or found <= rule.le)
        and (rule.min_length is None or size >= rule.min_length)
        and (rule.max_length is None or size <= rule.max_length)
    )


def _any(hints: tuple[Any, ...], value: Any) -> Any:
    for hint in hints:
        try:
            return _read(hint, value)
        except DoubtError:
            continue
    raise DoubtError


def _text(_: Any, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise DoubtError


def _number(form: re.Pattern[str], number: Callable[[str], Any]) -> Callable[[Any, Any], Any]:
    def read(_: Any, value: Any) -> Any:
        if isinstance(value, str) and form.fullmatch(value):
            return number(value)
        raise DoubtError

    return read


def _one_of(choices: tuple[Any, ...], value: Any) -> Any:
    if isinstance(value, str) and value in choices:
        return value
    raise DoubtError


def _list(hints: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if isinstance(value, list):
        return tuple(_read(hints[0], item) for item in value)
    raise DoubtError


def _mapping(hints: tuple[Any, ...], value: Any) -> dict[Any, Any]:
    if isinstance(value, dict):
        return {_read(hints[0], key): _read(hints[1], item) for key, item in value.items()}
    raise DoubtError


_READERS: dict[Any, Callable[[Any, Any], Any]] = {
    Annotated: _annotated,
    Union: _any,
    UnionType: _any,
    str: _text,
    bool: lambda _, value: _one_of(tuple(_YES_NO), value) and _YES_NO[value],
    int: _number(_WHOLE, int),
    float: _number(_NUMBER, float),
    Literal: _one_of,
    NoneType: _one_of,  # of nothing: no text means it
    tuple: _list,
    Mapping: _mapping,
}
