"""Codes and devices: what people type for the code on their tag, and by what their phones are known again."""

from __future__ import annotations

import re
import secrets
from string import ascii_uppercase

from workshop.addons.live.course import Course, Refused
from workshop.addons.live.deck import Deck

TYPED = re.compile(r"\s*(?P<number>[\dOI|]{1,4})\s*(?P<letter>[A-Z]?)\s*")
DIGITS = str.maketrans("OI|", "011")


def new_device() -> str:
    """Return a secret by which a phone is known again."""
    return secrets.token_urlsafe(16)


def read_code(typed: str, deck: Deck) -> str:
    """Return the code that somebody typed, as it is printed; "" for one that can't be.

    >>> deck = Deck(slides=(), people=24, check=4)
    >>> read_code(" o7m", deck), read_code("7 M", deck), read_code("07N", deck), read_code("7", deck)
    ('07M', '07M', '', '')
    """
    match = TYPED.fullmatch(typed.upper())
    if match is None or not match["number"].translate(DIGITS).isdecimal():
        return ""
    if not (number := int(match["number"].translate(DIGITS))):
        return ""
    code = deck.code(number)
    return code if match["letter"] == code[-1] or (not deck.check and not match["letter"]) else ""


def seat_code(typed: str, course: Course, *, first: bool = False) -> str:
    """Return the code of a tag that somebody typed; "" for somebody without one.

    Args:
        first: whether this is the first seat of an address; then the number of a free tag is enough, without its letter.

    Raises:
        Refused: for a code that no tag has, or a number alone that isn't enough.
    """
    if not typed.strip():
        return ""
    deck = course.deck
    if code := read_code(typed, deck):
        return code
    match = TYPED.fullmatch(typed.upper())
    number = 0 if match is None or match["letter"] else number_of(match["number"].translate(DIGITS))
    if not 1 <= number <= deck.people:
        raise Refused("no tag has this code; it looks like " + deck.code(7), course)
    if first and deck.code(number) not in course.seats:
        return deck.code(number)
    raise Refused(f"type the letter on your tag, too; a code looks like {deck.code(7)}", course)


def number_of(code: str) -> int:
    """Return the number of a code; 0 for one that has none.

    >>> number_of("07M"), number_of("120")
    (7, 120)
    """
    digits = code.rstrip(ascii_uppercase)
    return int(digits) if digits.isdecimal() else 0


def is_guest(code: str, deck: Deck) -> bool:
    """Whether a seat belongs to nobody's tag: as many tags are printed as people are expected."""
    return not 1 <= number_of(code) <= deck.people


def guests(course: Course) -> frozenset[str]:
    """Return the seats without a tag."""
    return frozenset(code for code in course.seats if is_guest(code, course.deck))
