"""Typographic apostrophes and quotes in place of straight ones: "so" is shown as “so”, in German as „so“.

In a language that isn't in the table, only an apostrophe between two Latin letters is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import Enum
from itertools import accumulate, pairwise
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from workshop.wording.languages import ENGLISH, base_of

APOSTROPHE = "’"
NARROW = "\N{NARROW NO-BREAK SPACE}"
# Quotation marks and those inside of them: opening and closing, from the delimiters of CLDR 48 (of es, fr, pt, da, cs: 45; of
# it, nl, sv: 44). In French a narrow space goes between « » and the words, which CLDR leaves to whoever sets them.
QUOTES: dict[str, tuple[str, str, str, str]] = {
    "ar": ("”", "“", "’", "‘"),
    "cs": ("„", "“", "‚", "‘"),
    "da": ("“", "”", "‘", "’"),
    "de": ("„", "“", "‚", "‘"),
    "en": ("“", "”", "‘", "’"),
    "es": ("“", "”", "‘", "’"),
    "fr": (f"«{NARROW}", f"{NARROW}»", f"«{NARROW}", f"{NARROW}»"),
    "fr-ch": ("«", "»", "‹", "›"),
    "he": ("”", "”", "’", "’"),
    "it": ("«", "»", "“", "”"),
    "ja": ("「", "」", "『", "』"),
    "nl": ("‘", "’", "‘", "’"),
    "pl": ("„", "”", "«", "»"),
    "pt": ("“", "”", "‘", "’"),
    "ru": ("«", "»", "„", "“"),
    "sv": ("”", "”", "’", "’"),
}
UNSPACED = frozenset({"ja"})  # no space tells where a quote begins: the first mark opens, the next one closes
GERESH, GERSHAYIM = "\N{HEBREW PUNCTUATION GERESH}", "\N{HEBREW PUNCTUATION GERSHAYIM}"  # of abbreviations
OPENS_AFTER = frozenset("([{<“‘„‚«‹–—-/=|" + NARROW)  # after one of these, a quote opens
T = TypeVar("T")
_BETWEEN = re.compile(r"(?<=[A-Za-zÀ-ɏ])'(?=[A-Za-zÀ-ɏ])")
_MARK = re.compile(r"[\"']")


def opening_of(language: str) -> str:
    """Return the mark with which a quote begins, without space; of a language that isn't in the table, the English one.

    >>> opening_of("de-CH"), opening_of("fr"), opening_of("tlh")
    ('„', '«', '“')
    """
    return (QUOTES.get(language.lower()) or QUOTES.get(base_of(language)) or QUOTES[ENGLISH])[0].strip()


def curled(text: str, language: str = "en") -> str:
    """Return ``text`` with curly apostrophes and quotes; a mark between two spaces stays as it is, and so does a curly one.

    >>> curled("the raters' answer isn't theirs"), curled("l'eau", "fr"), curled('il dit "oui"', "fr-CH")
    ('the raters’ answer isn’t theirs', 'l’eau', 'il dit «oui»')
    """
    return curled_parts([text], language)[0]


def curled_parts(texts: Sequence[str], language: str, kept: Collection[int] = ()) -> list[str]:
    """Return the parts of one paragraph with curly apostrophes and quotes, each according to what is beside it.

    Args:
        texts: words as typed, such as those of a paragraph's runs.
        language: of the text, such as "en-GB".
        kept: indices of parts that stay as they are, such as code.
    """
    if not any(_MARK.search(text) for k, text in enumerate(texts) if k not in kept):
        return list(texts)
    quotes = QUOTES.get(language.lower()) or QUOTES.get(base_of(language))
    whole = "".join(texts)
    ends = list(accumulate(map(len, texts), initial=0))
    shown = list(whole)
    inside = {place for k in kept for place in range(ends[k], ends[k + 1])}
    is_open = {'"': False, "'": False}
    for found in _MARK.finditer(whole):
        place, mark = found.start(), found.group()
        if place in inside:
            continue
        before, after = shown[place - 1][-1] if place else " ", whole[place + 1 : place + 2] or " "
        if quotes is None:
            shown[place] = APOSTROPHE if _BETWEEN.match(whole, place) else mark
        else:
            shown[place], is_open[mark] = _curly(mark, before, after, quotes, base_of(language), is_open=is_open[mark])
    return ["".join(shown[start:end]) for start, end in pairwise(ends)]


def _curly(
    mark: str, before: str, after: str, quotes: tuple[str, str, str, str], language: str, *, is_open: bool
) -> tuple[str, bool]:
    """Return the mark between two characters, and whether a quote of its kind is open after it."""
    opening, closing = quotes[:2] if mark == '"' else quotes[2:]
    if language == "he" and _is_hebrew(before) and (mark == "'" or _is_hebrew(after)) and not is_open:
        return (GERSHAYIM if mark == '"' else GERESH), False
    if mark == "'" and before.isalpha() and after.isalpha() and language not in UNSPACED:
        return APOSTROPHE, is_open
    if language in UNSPACED:
        return (closing if is_open else opening), not is_open
    if not (before.isspace() or before in OPENS_AFTER):
        return (closing if mark == '"' or is_open else APOSTROPHE), False
    if after.isspace():
        return (mark, is_open) if before.isspace() else (closing, False)
    if mark == "'" and after.isdigit():
        return APOSTROPHE, is_open  # the ’90s
    return opening, True


def _is_hebrew(letter: str) -> bool:
    return "\u05d0" <= letter <= "\u05ea"


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
