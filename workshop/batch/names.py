"""The names of the folders that rows ask for: one plain name each, on every system, and never the same one twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from workshop.batch.task import REPORT
from workshop.errors import At, Problem

MOST_BYTES = 200  # a file system takes 255, and a suffix has to fit
_PLAIN = re.compile(r"[^\W_][\w .,()+&'-]*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # names of devices on Windows


def fault_of(name: str) -> str:
    """Return why a name can't be a folder's, in a clause; "" if it can.

    >>> fault_of("ACME, Ulm (2)"), fault_of("../acme")
    ('', 'begins with something other than a letter or a digit')
    """
    if not re.match(r"[^\W_]", name):
        return "begins with something other than a letter or a digit"
    if not _PLAIN.fullmatch(name):
        return "has characters other than letters, digits, spaces and _ . , ( ) + & ' -"
    if name.endswith((".", " ")) or _RESERVED.fullmatch(name):
        return "can't be used on Windows"
    if same(name) == REPORT:
        return "is the name of the report"
    if len(name.encode()) > MOST_BYTES:
        return "is too long"
    return ""


def same(name: str) -> str:
    """Return a name as file systems compare it that don't tell capitals or forms of accents apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def twice(named: Iterable[tuple[str, At]]) -> list[Problem]:
    """Return a problem for each name that an earlier row has, too."""
    first: dict[str, At] = {}
    found = []
    for name, at in named:
        if (key := same(name)) in first:
            hint = "each row needs a folder of its own"
            found.append(Problem(f"out: {first[key]} has the folder {name!r}, too", at, hint=hint, code="batch"))
        else:
            first[key] = at
    return found
