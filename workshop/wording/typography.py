"""Typographic apostrophes and quotes in place of straight ones: "so" is shown as “so”.

In English both quotes and apostrophes are replaced; in other languages, whose quotes may look different, only an
apostrophe between two Latin letters is.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

APOSTROPHE, OPENING, CLOSING = "’", {'"': "“", "'": "‘"}, {'"': "”", "'": "’"}
OPENS_AFTER = frozenset("([{<“‘–—-/=|")  # after one of these, a quote opens
T = TypeVar("T")
_BETWEEN = re.compile(r"(?<=[A-Za-zÀ-ɏ])'(?=[A-Za-zÀ-ɏ])")
_MARK = re.compile(r"[\"']")


def curled(text: str, language: str = "en", before: str = "", after: str = "") -> str:
    """Return ``text`` with curly apostrophes and quotes; a mark between two spaces stays as it is.

    Args:
        text: words as typed; marks that are curly already stay.
        language: of the text, such as "en-GB".
        before: the text before it in the same paragraph; "" at its beginning.
        after: the text after it.

    >>> curled("the raters' answer isn't theirs"), curled("l'eau et l''ombre", "fr")
    ('the raters’ answer isn’t theirs', "l’eau et l''ombre")
    """
    if not _MARK.search(text):
        return text
    whole = before[-1:] + text + after[:1]
    start = len(before[-1:])
    if language.partition("-")[0].lower() != "en":
        return _BETWEEN.sub(APOSTROPHE, whole)[start : start + len(text)]
    shown = list(whole)
    for found in _MARK.finditer(whole, start, start + len(text)):
        place = found.start()
        shown[place] = _curly(found.group(), shown[place - 1] if place else " ", whole[place + 1 : place + 2] or " ")
    return "".join(shown[start : start + len(text)])


def _curly(mark: str, before: str, after: str) -> str:
    """Return the mark between two characters."""
    if not (before.isspace() or before in OPENS_AFTER):
        return CLOSING[mark]
    if after.isspace():
        return mark if before.isspace() else CLOSING[mark]
    if mark == "'" and after.isdigit():
        return APOSTROPHE  # the ’90s
    return OPENING[mark]


def typeset(value: T, language: str) -> T:
    """Return a text, or a record or tuple of texts, with each text curled; anything else is returned unchanged."""
    if isinstance(value, str):
        return value if isinstance(value, Enum) else cast("T", curled(value, language))
    if isinstance(value, tuple):
        return cast("T", tuple(typeset(part, language) for part in value))
    if not isinstance(value, Struct):
        return value
    parts = {name: getattr(value, name) for name in value.__struct_fields__}
    changed = {name: new for name, part in parts.items() if (new := typeset(part, language)) != part}
    return cast("T", replace(value, **changed)) if changed else value
