"""The only way from text in a stranger's file to a number: plain digits, finite, and within a range.

``float`` and ``int`` accept more than that: ``nan``, ``inf``, ``1e400``, ``1_000``.
"""

from __future__ import annotations

import re

from workshop import limits

_DECIMAL = re.compile(r"[+-]?(?:\d++(?:\.\d*+)?|\.\d++)")
_WHOLE = re.compile(r"[+-]?\d++")
INCHES = {"in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72, "pc": 1 / 6, "pi": 1 / 6, "px": 1 / 96, "em": 1 / 6}
LONGEST = 300  # characters; Python takes quadratic time for thousands of digits


def decimal(text: str, least: float = 0, most: float = limits.NUMBER) -> float | None:
    """Return a number from ``least`` to ``most``, or ``None``.

    >>> decimal("2.5"), decimal("-1"), decimal("-1", -5), decimal("nan"), decimal("1e3"), decimal("9" * 400)
    (2.5, None, -1.0, None, None, None)
    """
    found = float(text) if len(text) <= LONGEST and _DECIMAL.fullmatch(text) else None
    return found if found is not None and least <= found <= most else None


def whole(text: str, least: float = 0, most: float = limits.NUMBER) -> int | None:
    """Return a whole number from ``least`` to ``most``, or ``None``.

    >>> whole("12"), whole("١٢"), whole("2.5"), whole("1_000"), whole("100001")
    (12, 12, None, None, None)
    """
    found = int(text) if len(text) <= LONGEST and _WHOLE.fullmatch(text) else None
    return found if found is not None and least <= found <= most else None


def measure(text: str) -> tuple[float, str] | None:
    """Return a number from 0 up and the unit behind it, "" for none; ``None`` for anything else.

    >>> measure(" 50% "), measure("2.5CM"), measure("3"), measure("1e308%"), measure("auto")
    ((50.0, '%'), (2.5, 'cm'), (3.0, ''), None, None)
    """
    text = text.strip().lower()
    unit = next((unit for unit in ("%", *INCHES) if text.endswith(unit)), "")
    number = decimal(text.removesuffix(unit).rstrip())
    return None if number is None else (number, unit)
