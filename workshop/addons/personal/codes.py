"""Personal sheets: how their IDs are written and read."""

from __future__ import annotations

import re

from msgspec import Struct

from workshop.model.check_letters import CHECK_LETTERS, checked

PER_NAME = "names"  # as many as there are names
VARIANTS = "ABCDEFGH"  # of an exam room; they have places of their own, so that no personal sheet equals one
MOST = 999  # the highest number of a personal sheet
_SHEET = re.compile(
    r"(?:S(?P<stage>\d+)-?)?(?P<number>\d{1,3})(?P<letter>[A-Z])?|(?:S(?P<of>\d+)-?)?(?P<variant>[A-H])"
)


class SheetNumber(Struct, frozen=True):
    """A personal sheet that is asked for.

    Attributes:
        label: "07", the number of a person, or "A", a variant.
        stage: the only stage whose sheet is wanted, or 0 for all.
    """

    label: str
    stage: int = 0

    @property
    def place(self) -> int:
        """Its place among the versions of a task; 0 is the standard sheet."""
        return 1 + VARIANTS.index(self.label) if self.label in VARIANTS else len(VARIANTS) + int(self.label)


def sheet_code(stage: int, label: str) -> str:
    """Return the ID that is printed on a sheet.

    >>> sheet_code(2, "07"), sheet_code(2, "A")
    ('S2-07Y', 'S2-A')
    """
    return f"S{stage}-{label if label in VARIANTS else checked(stage, int(label))}"


def read_code(text: str) -> SheetNumber:
    """Return the sheet that a typed ID means: a number, a variant, or the ID as it is printed.

    >>> read_code("7"), read_code("s2-07y"), read_code("B")
    (SheetNumber(label='07', stage=0), SheetNumber(label='07', stage=2), SheetNumber(label='B', stage=0))

    Raises:
        ValueError: if it is none of them, or if its check letter doesn't fit.
    """
    found = _SHEET.fullmatch(text.strip().upper())
    if found is None or (found["number"] and not 1 <= int(found["number"]) <= MOST):
        raise ValueError(f"'{text}' isn't an ID; write a number (7), a variant (B), or the ID on the sheet (S2-07Y)")
    if found["variant"]:
        return SheetNumber(found["variant"], int(found["of"] or 0))
    number, stage, letter = int(found["number"]), int(found["stage"] or 0), found["letter"]
    if letter and stage and checked(stage, number)[-1] != letter:
        raise ValueError(
            f"'{text}' can't be right: its letter doesn't fit. Number {number} of stage {stage} is {sheet_code(stage, str(number))}"
        )
    if letter and not stage and letter not in CHECK_LETTERS:
        raise ValueError(
            f"'{text}' isn't an ID; write the number alone ({number}), or the whole ID, such as {sheet_code(2, str(number))}"
        )
    return SheetNumber(f"{number:02d}", stage)
