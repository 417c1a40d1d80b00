"""Variables of a kit: their names, where they are used, and the values given for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from workshop.content.reading import Reading
from workshop.errors import At, Problem, Report, did_you_mean
from workshop.model.closed import Closed

# Variables: names for plain texts that change from one occasion to the next, as in ``{{ var.client }}``.
MAX_LENGTH = 300
_USE = re.compile(r"\bvar\.(\w+)")
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def gather(
    declared: Mapping[str, str], places: Mapping[str, At], given: Mapping[str, str], used: Iterable[str], report: Report
) -> dict[str, str]:
    """Return name -> text: what ``vars:`` declares, overridden by the command line.

    Args:
        declared: ``vars`` of kit.yaml or of a single file's front matter.
        given: ``--var``; a name that is neither declared nor used would have no effect, so it is an error.
        used: names that the sources use.
    """
    found = {name: text for name, text in declared.items() if _is_fit(name, text, places.get(f"vars.{name}"), report)}
    known = {*found, *used}
    for name, text in given.items():
        if name not in known:
            hint = did_you_mean(name, known) or f"write {{{{ var.{name} }}}} where it should be"
            report.error(f"--var {name}: nothing here uses that variable", None, hint, "unknown-variable")
        elif _is_fit(name, text, None, report):
            found[name] = text
    return found


def names_in(value: Any) -> set[str]:
    """Return the variables that texts use, lists, mappings and metadata included."""
    if isinstance(value, str):
        return set(_USE.findall(value)) if "var." in value else set()
    if isinstance(value, Struct):
        value = [getattr(value, name) for name in value.__struct_fields__]
    elif isinstance(value, Closed):
        value = dict(value)
    if isinstance(value, Mapping):
        value = value.values()
    return {name for part in value for name in names_in(part)} if isinstance(value, Iterable) else set()


def names_used(reading: Reading) -> set[str]:
    """Return the variables that a Markdown file uses in its values."""
    return names_in(tuple(reading.masked.raw.values())) | names_in(reading.masked.text)


def _is_fit(name: str, text: str, at: At | None, report: Report) -> bool:
    where = "" if at else f"--var {name}: "
    if not name.isidentifier():
        report.found.append(
            Problem(
                f"{where}a variable cannot be named {name!r}", at, hint="use letters, digits and _", code="variable"
            )
        )
    elif len(text) > MAX_LENGTH or _UNFIT.search(text):
        report.found.append(
            Problem(
                f"{where}a variable is one line of at most {MAX_LENGTH} characters",
                at,
                hint="shorten it",
                code="variable",
            )
        )
    else:
        return True
    return False
