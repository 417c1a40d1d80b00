"""Personal data in a text, such as addresses and long numbers: how many, and of which kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from workshop.errors import At, Problem, Severity, WorkshopError
from workshop.inputs.text_folders import read_text_file as read_text

# Look for personal data in a user's files, before any of it reaches a slide.
#
# It finds anything that looks like a mail address, a telephone number or an account number (IBAN). It can't find names.
MOST_FINDS = 20  # warnings; a list of members doesn't need a thousand of them
KINDS = (
    ("a mail address", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("an account number (IBAN)", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")),
    ("a telephone number", re.compile(r"(?<![\w.,/-])(?:\+|00|0|\(0)[\d()][\d ()/.-]{6,}\d(?![\w-])")),
)
FEWEST_DIGITS, MOST_DIGITS = 8, 15
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_GAP = re.compile(r"[ /()-]+")
HINT = "take it out if it should not be shown: whatever is in this file may reach a slide"


def find_personal(paths: Iterable[Path]) -> tuple[Problem, ...]:
    """Return a warning for each line that seems to hold personal data; unreadable files are left to the demos that need them.

    Args:
        paths: files and folders of the user's own.

    Raises:
        WorkshopError: for a file that takes so long to read that it shouldn't be tried again.
    """
    from workshop.inputs.documents import SLOW
    from workshop.inputs.text_folders import text_files

    found: list[Problem] = []
    for path in dict.fromkeys(paths):
        try:
            files = text_files(path) if path.is_dir() else [path]
        except WorkshopError:
            continue  # too large: the demo that needs it says so
        for file in files:
            try:
                text, name = read_text(file)
            except (WorkshopError, OSError) as error:
                if isinstance(error, WorkshopError) and error.problem.code == SLOW:
                    raise  # every demo that needs it would wait as long
                continue
            found.extend(_in_text(text, name))
    if len(found) > MOST_FINDS:
        found = [
            *found[:MOST_FINDS],
            _warning(f"{len(found) - MOST_FINDS} more lines seem to hold personal data", None),
        ]
    return tuple(found)


def _in_text(text: str, name: str) -> Iterable[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        kinds = [kind for kind, pattern in KINDS if any(_counts(kind, m[0]) for m in pattern.finditer(line))]
        if kinds:
            yield _warning(f"this looks like {' and '.join(kinds)}", At(name, number))


def _counts(kind: str, found: str) -> bool:
    """Whether a match is real: it has as many digits as a telephone number, or is the first of several side by side."""
    if kind != KINDS[2][0]:
        return True
    parts = _GAP.split(_DATE.sub(" ", found))
    digits = 0
    for part in parts:
        more = sum(character.isdigit() for character in part)
        if digits + more > MOST_DIGITS:
            break
        digits += more
    return digits >= FEWEST_DIGITS


def _warning(message: str, at: At | None) -> Problem:
    return Problem(message, at, hint=HINT, code="personal-data", severity=Severity.WARNING)
