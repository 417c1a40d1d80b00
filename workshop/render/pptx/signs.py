"""How the numbers of a talk's lists are written, for whoever draws them without PowerPoint."""

from __future__ import annotations

ROMAN_END, LETTERS = 40, 26  # numbers from which, and up to which, a list has figures instead


def numbered(style: str, number: int) -> str:
    """Return a number of a list as a talk writes it: "1)", "(a)", "iv.".

    >>> numbered("(a)", 3), numbered("i.", 4), numbered("I)", 9), numbered("1)", 12)
    ('(c)', 'iv.', 'IX)', '12)')
    """
    sign = style.strip("().")
    if sign in ("i", "I"):
        units = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
        text = "x" * (number // 10) + units[number % 10] if number < ROMAN_END else str(number)
    elif sign in ("a", "A"):
        text = chr(96 + number) if 1 <= number <= LETTERS else str(number)
    else:
        text = str(number)
    return style.replace(sign, text.upper() if sign.isupper() else text)
