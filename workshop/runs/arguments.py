"""Arguments of a demo: what was typed or given in a kit becomes values of its parameters."""

from __future__ import annotations

import inspect
import math
import types
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from workshop.errors import At, Report, WorkshopError, did_you_mean
from workshop.model.exhibits import Demo, Knob
from workshop.wording.formats import number

# A demo's keyword arguments: knobs are converted from text and checked, data are loaded from paths.
RNG = "rng"
_TRUTH = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}
_WORDS = {int: "a whole number", float: "a number", bool: "yes or no", str: "text"}


class Parameter(Struct, frozen=True):
    """One keyword parameter of a demo.

    Attributes:
        kind: "rng", "data" (a slot) or "knob".
        type: the annotated type without ``| None``.
        optional: whether it may be left out.
    """

    name: str
    kind: str
    type: Any
    optional: bool
    default: Any


def parameters(demo: Demo) -> tuple[Parameter, ...]:
    """Return the keyword parameters of a demo's function, in order."""
    hints = get_type_hints(demo.function)
    found = []
    for name, parameter in inspect.signature(demo.function).parameters.items():
        default = parameter.default
        given = default is not inspect.Parameter.empty
        kind = _bare(hints.get(name, type(default) if given else str))
        role = RNG if name == RNG else "data" if callable(getattr(kind, "load", None)) else "knob"
        found.append(
            Parameter(name, role, type=kind, optional=given or role == RNG, default=default if given else None)
        )
    return tuple(found)


def _bare(kind: Any) -> Any:
    """Return a type without its ``None``."""
    if get_origin(kind) in (Union, types.UnionType):
        rest = [part for part in get_args(kind) if part is not type(None)]
        return rest[0] if len(rest) == 1 else kind
    return kind


def companions(demo: Demo, data: Mapping[str, Path], own: frozenset[str]) -> dict[str, Path]:
    """Return the data of a run without files that belong only to the kit's data.

    Users with their own library have no use for the kit's questions about another one: if the user fills a slot that must be
    filled, the kit's files for optional slots are left out.

    Args:
        data: slot -> file, the kit's and the user's.
        own: the user's slots.
    """
    slots = {p.name: p.optional for p in parameters(demo) if p.kind == "data"}
    elsewhere = any(not slots.get(slot, True) for slot in own)
    return {slot: path for slot, path in data.items() if slot in own or not (elsewhere and slots.get(slot, False))}


def bind(
    demo: Demo,
    knobs: Mapping[str, str],
    data: Mapping[str, Path],
    at: At | None,
    report: Report,
    own: Collection[str] = (),
) -> dict[str, Any]:
    """Return the keyword arguments for one run, without ``rng``; problems go into ``report``.

    Args:
        at: the place where the run was asked for.
        own: slots that came from an option instead of that place.
    """
    known = parameters(demo)
    slots = {p.name: p for p in known if p.kind == "data"}
    turnable = {p.name: p for p in known if p.kind == "knob"}
    arguments: dict[str, Any] = {}
    for name, text in sorted(knobs.items()):
        if name not in turnable:
            hint = did_you_mean(name, turnable) or f"the demo {demo.name!r} has no knobs"
            report.error(f"the demo {demo.name!r} has no knob named {name!r}", at, hint, "unknown-knob")
            continue
        try:
            arguments[name] = convert(text, turnable[name].type, demo.knobs.get(name))
        except ValueError as error:
            report.error(f"{demo.name}.{name} cannot be {text!r}", at, str(error), "bad-knob")
    for name, path in sorted(data.items()):
        if name not in slots:
            hint = did_you_mean(name, slots) or f"the demo {demo.name!r} takes no data"
            where, option = (None, f"--data {demo.name}.{name}: ") if name in own else (at, "")
            report.error(f"{option}the demo {demo.name!r} has no data slot named {name!r}", where, hint, "unknown-slot")
        elif path.exists():  # a missing file was reported earlier
            try:
                arguments[name] = slots[name].type.load(path)
            except WorkshopError as error:
                report.extend(error.problems)
            except Exception as error:  # noqa: BLE001 - a data type is anybody's code: say what it stopped with
                what = f"{demo.name}.{name} cannot be read from {path.name}: {type(error).__name__}: {error}"
                report.error(what, at, "check the file against what the demo expects", "bad-data")
    for name, slot in slots.items():
        if name not in data and not slot.optional:
            hint = f"write data: {{{demo.name}: {{{name}: FILE}}}} in kit.yaml"
            report.error(f"the demo {demo.name!r} needs data for {name!r}", at, hint, "missing-data")
    return arguments


def convert(text: str, kind: Any, knob: Knob | None = None) -> Any:
    """Return a knob's text as a value of its type, checked against the knob's range.

    Raises:
        ValueError: with a clause that says what is allowed.

    >>> convert("2", int), convert("yes", bool), convert("0.1, 0.3", tuple[float, ...])
    (2, True, (0.1, 0.3))
    """
    if get_origin(kind) is tuple:
        return tuple(convert(part, get_args(kind)[0], knob) for part in text.split(","))
    if get_origin(kind) is Literal:
        options = {str(option): option for option in get_args(kind)}
        if text.strip() not in options:
            raise ValueError(f"it must be one of: {', '.join(options)}")
        return options[text.strip()]
    if kind is bool:
        if text.strip().lower() not in _TRUTH:
            raise ValueError(_allowed(kind, None))
        return _TRUTH[text.strip().lower()]
    if kind not in (int, float):
        return text
    try:
        value = kind(text.strip())
    except ValueError as error:
        raise ValueError(_allowed(kind, knob)) from error
    if (kind is float and not math.isfinite(value)) or (knob and not knob.low <= value <= knob.high):
        raise ValueError(_allowed(kind, knob))
    return value


def _allowed(kind: Any, knob: Knob | None) -> str:
    between = f" from {number(knob.low)} to {number(knob.high)}" if knob else ""
    return f"it must be {_WORDS[kind]}{between}"
