"""Check attributes against the vocabulary, and the form of their values."""

from __future__ import annotations

import math
from collections.abc import Callable

from workshop import limits
from workshop.content.reading import Reading
from workshop.content.vocabulary import CLASSES, DOES, KEYS, QUIZ, TASKS
from workshop.errors import At, did_you_mean
from workshop.layouts import NAMES
from workshop.model.markup import Attrs
from workshop.model.numbers import decimal, measure, whole


def check_attributes(reading: Reading, kind: str, attrs: Attrs, at: At, keys: tuple[str, ...] = ()) -> None:
    """Report unknown keys and classes of an element, and impossible values.

    Args:
        keys: the keys that this element may have, if they are fewer than its kind may have.
    """
    keys, classes = keys or KEYS[kind], CLASSES[kind]
    for key, value in attrs.pairs:
        if key not in keys:
            reading.unknown("attribute", key, f"{key}=", keys, at)
            continue
        if "{{" in value and "}}" not in value:
            reading.fault(f"the value {{{{ in {key}= is not closed", at, "add }}", "value")
        if check := _CHECKS.get(f"{kind}.{key}") or _CHECKS.get(key):
            check(reading, key, value, at)
    for name in attrs.classes:
        if name not in classes:
            reading.unknown("class", name, f".{name}", classes, at)
    if "else" in attrs and "claim" not in attrs:
        reading.fault("else= has no claim=", at, "add the claim that it is the neutral wording of", "claim")


def _minutes(reading: Reading, key: str, value: str, at: At) -> None:
    what = "is not a number of minutes", "write a number, such as minutes=3"
    _number(reading, key, value, at, decimal(value, 0, math.inf), what)


def _whole(reading: Reading, key: str, value: str, at: At) -> None:
    _number(reading, key, value, at, whole(value, 0, math.inf), ("is not a whole number", f"write {key}=2"))


def _number(reading: Reading, key: str, value: str, at: At, number: float | None, wrong: tuple[str, str]) -> None:
    most = limits.WRITING_LINES if key == "count" else limits.ATTRIBUTE
    if number is None:
        reading.fault(f"{key}={value} {wrong[0]}", at, wrong[1], "number")
    elif number > most:
        reading.fault(f"{key}={value} is more than {most}", at, f"write {key}=2", "number")


def _length(reading: Reading, key: str, value: str, at: At) -> None:
    if measure(value) is None and value != "auto":
        reading.fault(f"{key}={value} is not a {key}", at, f"write {key}=50% or {key}=8cm", "number")


def _layout(reading: Reading, _key: str, value: str, at: At) -> None:
    if value not in NAMES:
        reading.fault(f"there is no layout {value!r}", at, did_you_mean(value, NAMES), "unknown-layout")


def _yes_no(reading: Reading, key: str, value: str, at: At) -> None:
    if value not in {"yes", "no"}:
        reading.fault(f"{key}={value} is neither yes nor no", at, f"write {key}=yes or {key}=no", "value")


def _one_of(*allowed: str) -> Callable[[Reading, str, str, At], None]:
    def check(reading: Reading, key: str, value: str, at: At) -> None:
        if value not in allowed:
            hint = did_you_mean(value, allowed) or f"write one of {', '.join(allowed)}"
            reading.fault(f"{key}={value} is unknown", at, hint, "value")

    return check


def _for(reading: Reading, _key: str, value: str, at: At) -> None:
    check_for(reading, value, at)


def check_for(reading: Reading, value: str, at: At) -> None:
    """Report unknown audiences in ``for=``, and lists that both choose and exclude."""
    names = [name.strip() for name in value.split(",")]
    if not any(names) or not all(name.removeprefix("-") for name in names):
        reading.fault(f"for={value!r} names no audience", at, "write for=general or for=-general", "audience")
        return
    out = [name[1:] for name in names if name.startswith("-")]
    if any(name not in reading.scope.likes for name in out) and len(out) < len(names):
        hint = "name those who see it, or those who don't, each with a minus"
        reading.fault(f"for={value!r} both chooses and excludes", at, hint, "audience")
    known = reading.scope.audiences
    for name in names:
        bare = name.removeprefix("-")
        if known is not None and bare not in known:
            reading.fault(f"there is no audience {bare!r}", at, did_you_mean(bare, known), "unknown-audience")


_CHECKS: dict[str, Callable[[Reading, str, str, At], None]] = {
    "minutes": _minutes,
    "level": _whole,
    "count": _whole,
    "highlight": _whole,
    "layout-ncol": _whole,
    "width": _length,
    "height": _length,
    "layout": _layout,
    "calculator": _yes_no,
    "does": _one_of(*DOES),
    "quiz": _one_of(*QUIZ),
    "exercise.kind": _one_of(*TASKS),
    "for": _for,
}
