"""Findings as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workshop.model.exhibits import (
    About,
    Chart,
    ChartKind,
    Code,
    Column,
    Exhibit,
    Findings,
    Honesty,
    Reference,
    Series,
    Table,
)
from workshop.model.frozen import Frozen
from workshop.model.poke_tables import Library, Lookup, Merges, Reading, Rounds, Tabled

# Findings as JSON and back: only data, so that reading the cache can't run any code.
#
# Every value that a demo may return has exactly one form here. Numbers are restored exactly.
_KINDS: dict[str, type[Exhibit]] = {"chart": Chart, "table": Table, "code": Code}
_TABLED: dict[str, type[Tabled]] = {
    "lookup": Lookup,
    "library": Library,
    "rounds": Rounds,
    "merges": Merges,
    "reading": Reading,
}
_PARTS: dict[str, type] = {"series": Series, "references": Reference, "columns": Column}


def to_json(stored: tuple[Findings, bool]) -> bytes:
    """Return findings, and whether they have tables, as JSON.

    Raises:
        TypeError: for a value that isn't plain data.
        ValueError: for an integer with thousands of digits.
    """
    findings, tables = stored
    exhibits = [
        [name, next(kind for kind, cls in _KINDS.items() if isinstance(exhibit, cls)), _record(exhibit)]
        for name, exhibit in findings.exhibits.items()
    ]
    about = None if findings.about is None else _record(findings.about)
    record = {
        "facts": _plain(findings.facts),
        "exhibits": exhibits,
        "about": about,
        "tables": tables,
        "told": findings.told,
    }
    return json.dumps(record, ensure_ascii=False).encode()


def from_json(text: bytes) -> tuple[Findings, bool]:
    """Return findings, and whether they have tables beside them."""
    stored = json.loads(text)
    exhibits = {name: _made(_KINDS[kind], record) for name, kind, record in stored["exhibits"]}
    about = None if stored["about"] is None else _made(About, stored["about"])
    return Findings(_value(stored["facts"]), exhibits, about, told=_value(stored["told"])), bool(stored.get("tables"))


def tables_to_json(tables: Mapping[str, Tabled]) -> bytes:
    """Return the tables of a run as JSON, each with its name and kind."""
    records = [
        [name, next(kind for kind, cls in _TABLED.items() if isinstance(table, cls)), _record(table)]
        for name, table in tables.items()
    ]
    return json.dumps(records, ensure_ascii=False).encode()


def tables_from_json(text: bytes) -> Mapping[str, Tabled]:
    """Return the tables that ``tables_to_json`` wrote."""
    return {name: _made(_TABLED[kind], record) for name, kind, record in json.loads(text)}


def _record(thing: Any) -> dict[str, Any]:
    return {name: _plain(getattr(thing, name)) for name in thing.__struct_fields__}


def _plain(value: Any) -> Any:
    """Return a value that JSON can represent; a mapping becomes pairs, since its keys may be numbers."""
    if isinstance(value, Mapping):
        return {"of": [[_plain(key), _plain(item)] for key, item in value.items()]}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Chart | Series | Reference | Column):
        return _record(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"{type(value).__name__} is not plain data")


def _value(stored: Any) -> Any:
    if isinstance(stored, dict):
        return Frozen({_value(key): _value(item) for key, item in stored["of"]})
    return tuple(map(_value, stored)) if isinstance(stored, list) else stored


def _made(cls: type, record: dict[str, Any]) -> Any:
    return cls(**{name: _field(name, stored) for name, stored in record.items()})


def _field(name: str, stored: Any) -> Any:
    if name in _PARTS:
        return tuple(_made(_PARTS[name], part) for part in stored)
    if name == "honesty":
        return Honesty(stored)
    if name == "key" and isinstance(stored, dict):  # of a chart; that of a look-up is a word
        return _made(Chart, stored)
    return _kind(stored) if name == "kind" else _value(stored)


def _kind(stored: str) -> str:
    """Return the name of a kind of chart; a plugin's isn't a member of our enumeration."""
    return next((kind for kind in ChartKind if kind == stored), stored)
