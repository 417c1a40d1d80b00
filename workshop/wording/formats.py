"""Number formats, in one place, so that slide, chart, table, sheet and key can't differ.

A unit is the name of a filter in this module. Numbers below one have a leading zero (0.47), and a minus is a minus sign.
A share or a surprise above 0 is never printed as 0, but as "<0.01".
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

MINUS = "\N{MINUS SIGN}"  # after an en dash a line may break, which would part it from its number
MOST_DECIMALS = 30
NOISE = 1e-9  # rounding error in a computed 0
_WIDE = Context(prec=400)  # room for any float written out
_LAST = tuple(Decimal(1).scaleb(-digits) for digits in range(MOST_DECIMALS + 1))  # digits -> 1 in the last one


def _fixed(value: float, digits: int) -> str:
    # halves are rounded away from zero, as on paper and in spreadsheets; str() keeps 2.675 from becoming 2.67499…
    if not 0 <= digits <= MOST_DECIMALS:
        raise ValueError(f"decimals go from 0 to {MOST_DECIMALS}")
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that can be printed")
    rounded = Decimal(str(abs(value))).quantize(_LAST[digits], ROUND_HALF_UP, _WIDE)
    text = f"{rounded:,.{digits}f}"
    return (MINUS if value < 0 and float(text.replace(",", "")) != 0 else "") + text


def _seen(value: float, digits: int) -> str:
    """Return a number that is printed as 0 only if it is 0; a smaller number is "less than" the smallest that can be printed."""
    text = _fixed(value, digits)
    return "<" + _fixed(10.0**-digits, digits) if value > NOISE and float(text.replace(",", "")) == 0 else text


def _hundredfold(value: float) -> float:
    return float(Decimal(str(value)) * 100)  # 100 * 0.285 is 28.499…


def bits(value: float, digits: int = 2) -> str:
    """Return a surprise or an entropy in bits.

    >>> bits(4), bits(0.976)
    ('4.00', '0.98')
    """
    return _seen(value, digits)


def ratio(value: float, digits: int = 2) -> str:
    """Return a probability, share or score between 0 and 1.

    >>> ratio(0.4125), ratio(1), ratio(0.4125, 4), ratio(0), ratio(0.0042)
    ('0.41', '1.00', '0.4125', '0.00', '<0.01')
    """
    return _seen(value, digits)


def percent(value: float, digits: int = 0) -> str:
    """Return a share as percent.

    >>> percent(0.625, 1), percent(0.625), percent(0.97)
    ('62.5%', '63%', '97%')
    >>> percent(0.002, 1)
    '0.2%'
    """
    return _seen(_hundredfold(value), digits) + "%"


def points(value: float, digits: int = 0) -> str:
    """Return a signed difference of shares in percentage points.

    >>> points(0.126), points(-.333), points(0)
    ('+13', '−33', '0')
    >>> points(-.002, 1)
    '−0.2'
    """
    text = _fixed(_hundredfold(value), digits)
    return text if text.startswith(MINUS) or float(text.replace(",", "")) == 0 else "+" + text


def count(value: float, noun: str = "", several: str = "") -> str:
    """Return a whole number with thousands separated, and the noun that it counts, if there is one.

    Args:
        several: the plural, where it isn't made with s, es or ies.

    >>> count(3823), count(-1, "point"), count(300, "dialogue"), count(2, "person", "people")
    ('3,823', '−1 point', '300 dialogues', '2 people')
    """
    text = _fixed(value, 0)
    if not noun:
        return text
    return f"{text} {noun if text.removeprefix(MINUS) == '1' else several or _plural(noun)}"


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun[-1:] == "y" and noun[-2:-1] not in "aeiou" else f"{noun}s"


def number(value: float, digits: int | None = None) -> str:
    """Return a number with ``digits`` decimals, or as few as it needs (at most four).

    >>> number(1.5), number(2.0), number(2, 2)
    ('1.5', '2', '2.00')
    """
    if digits is not None:
        return _fixed(value, digits)
    for places in range(5):
        if round(value, places) == round(value, 4):
            return _fixed(value, places)
    return _fixed(value, 4)


def fraction(value: float) -> str:
    """Return a simple fraction with a denominator up to 1,000.

    >>> fraction(0.65625)
    '21/32'
    """
    if isinstance(value, str):  # Fraction accepts "1e999999999" too, and computes every digit of it
        raise TypeError("it is text, not a number")
    return str(Fraction(value).limit_denominator(1000)).replace("-", MINUS)


def text(value: Any) -> str:
    """Return words as they are, and numbers as ``number`` does."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value)
    return str(value)


def listed(value: Any) -> str:
    """Return several words as "a, b and c".

    >>> listed(("mat", "rug", "roof"))
    'mat, rug and roof'
    >>> listed(5)
    '5'
    """
    items = [text(value)] if isinstance(value, str | int | float) else [text(item) for item in value]
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""


FILTERS: dict[str, Callable[..., str]] = {
    "bits": bits,
    "ratio": ratio,
    "percent": percent,
    "points": points,
    "count": count,
    "number": number,
    "fraction": fraction,
    "text": text,
    "listed": listed,
}


WITH_DECIMALS = ("bits", "ratio", "percent", "points", "number")


def show(value: Any, unit: str, decimals: int | None = None) -> str:
    """Return ``value`` in ``unit``; ``None`` is a dash, and words stay words in any unit.

    >>> show(0.4125, "percent"), show(0.4125, "percent", 1)
    ('41%', '41.3%')
    """
    if value is None:
        return "–"
    if isinstance(value, str | bool):
        return text(value)
    return FILTERS[unit](value) if decimals is None or unit not in WITH_DECIMALS else FILTERS[unit](value, decimals)
