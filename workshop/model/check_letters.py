"""Check letters, by which a code that was copied wrongly is noticed."""

from __future__ import annotations

# Numbers on paper with a check letter, so that a typing mistake is found.
CHECK_LETTERS = "CDEFHJKLMNPRTUVWXYZ"  # 19, a prime; no letter that looks like a digit, and no A or B


def checked(stage: int, number: int) -> str:
    """Return a number with its check letter.

    The letter finds every single wrong digit and every swap of two digits: (5 x stage + ones + 3 x tens + 9 x hundreds
    + …) mod 19.

    >>> checked(4, 7), checked(4, 8), checked(4, 120)
    ('07M', '08N', '120X')
    """
    weighted = sum(int(digit) * 3**place for place, digit in enumerate(reversed(str(number))))
    return f"{number:02d}{CHECK_LETTERS[(5 * stage + weighted) % 19]}"
