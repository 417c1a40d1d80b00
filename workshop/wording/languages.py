"""What is written differently from language to language: dates, numbers, lists, and the direction. It comes from CLDR, through Babel.

Babel is imported when a language other than English is met, so that an English deck doesn't wait for it.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

    from babel import Locale

ENGLISH = "en"
ARABIC, FRENCH = "ar", "fr"
_NUMBER = re.compile(
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?(?P<percent>%)?"
)  # as formats.py writes one


class Language(str):
    """A language tag such as "de-CH", with the words that a kit gives in place of ours: it is passed wherever a tag is.

    Attributes:
        own: what the kit and its overlays have in ``locale/``, as JSON, the strongest last.
    """

    own: tuple[str, ...]
    __slots__ = ("own",)

    def __new__(cls, tag: str, own: tuple[str, ...] = ()) -> Self:  # noqa: D102 - as above
        made = super().__new__(cls, tag)
        made.own = own
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, tuple[str, ...]]]:
        return type(self), (str(self), self.own)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and str(self) == str(other) and self.own == getattr(other, "own", ())

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return super().__hash__()


def base_of(tag: str) -> str:
    """Return the language without its country: "de" of "de-CH"."""
    return tag.partition("-")[0].lower()


@cache
def locale_of(tag: str) -> Locale | None:
    """Return what CLDR knows of a language tag, or of its language; ``None`` for one that it doesn't know."""
    from babel import Locale, UnknownLocaleError

    for name in (tag, base_of(tag)):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return None


def is_known(tag: str) -> bool:
    """Whether CLDR has the language of a tag."""
    return locale_of(str(tag)) is not None


def is_rtl(tag: str) -> bool:
    """Whether a language is written from right to left.

    >>> is_rtl("ar-EG"), is_rtl("en-GB"), is_rtl("tlh")
    (True, False, False)
    """
    if base_of(tag) == ENGLISH:
        return False
    locale = locale_of(str(tag))
    return locale is not None and locale.text_direction == "rtl"


def dated(text: str, tag: str) -> str:
    """Return a date such as 2026-12-02 as it is written in a language; any other text is returned unchanged.

    >>> dated("2026-12-02", "de"), dated("2026-12-01", "fr"), dated("next Monday", "de")
    ('2. Dezember 2026', '1er décembre 2026', 'next Monday')
    """
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return text
    if "-" not in text or (locale := locale_of(str(tag))) is None:
        return text
    from babel.dates import format_date

    long = str(format_date(day, "long", locale=locale))
    return f"1er{long[1:]}" if base_of(tag) == FRENCH and day.day == 1 else long  # which CLDR leaves to whoever prints


def printed(text: str, tag: str) -> str:
    r"""Return a text of ours, such as "<0.01" or "1,234 of 2,000", with its numbers as they are written in a language.

    The digits stay 0 to 9, which are read in every language.

    >>> printed("1,234.5", "de"), printed("62.5%", "fr"), printed("1,234.5", "en")
    ('1.234,5', '62,5\xa0%', '1,234.5')
    """
    if base_of(tag) == ENGLISH:
        return text
    marks = _marks(str(tag))
    return text if marks is None else _NUMBER.sub(lambda found: _number(found, *marks), text)


@cache
def _marks(tag: str) -> tuple[str, str, str] | None:
    """Return the marks between thousands and before decimals, and what follows a percentage."""
    locale = locale_of(tag)
    if locale is None:
        return None
    from babel.numbers import get_decimal_symbol, get_group_symbol

    before, after = locale.percent_formats[None].suffix
    latin: dict[str, Any] = {"numbering_system": "latn"}
    return get_group_symbol(locale, **latin), get_decimal_symbol(locale, **latin), after or before or "%"


def _number(found: re.Match[str], group: str, decimal: str, percent: str) -> str:
    part = f"{decimal}{found['part']}" if found["part"] else ""
    return found["whole"].replace(",", group) + part + (percent if found["percent"] else "")


def is_singular(number: str, tag: str) -> bool:
    """Whether a noun behind a number is in the singular: in Arabic behind all but 3 to 10, in French behind 1.5, too.

    >>> [is_singular(n, "en") for n in ("1", "1.5", "3")], [is_singular(n, "ar") for n in ("1", "5", "45", "100")]
    ([True, False, False], [True, False, True, True])
    """
    locale = locale_of(str(tag))
    if locale is None or base_of(tag) == ENGLISH or not re.fullmatch(r"\d+(\.\d+)?", number):
        return number == "1"
    form = locale.plural_form(Decimal(number))
    return form != "few" if base_of(tag) == ARABIC else form == "one"


def listed_in(items: Sequence[str], tag: str) -> str:
    """Return several words as a language lists them; English has no comma before the last "and", as in ``formats.listed``.

    >>> listed_in(["a", "b", "c"], "de"), listed_in(["a", "b", "c"], "ja"), listed_in([], "de")
    ('a, b und c', 'a、b、c', '')
    """
    items = list(items)
    if len(items) < 2:
        return "".join(items)
    if base_of(tag) == ENGLISH or (locale := locale_of(str(tag))) is None:
        return ", ".join(items[:-1]) + " and " + items[-1]
    from babel.lists import format_list

    return str(format_list(items, locale=locale))
