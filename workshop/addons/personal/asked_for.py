"""Which personal sheets are asked for, and those that a kit has."""

from __future__ import annotations

from msgspec import Struct

from workshop.addons.personal.codes import PER_NAME, VARIANTS, SheetNumber
from workshop.model.kit import Kit, Sheet
from workshop.model.request import Request


class PersonalSet(Struct, frozen=True, kw_only=True):
    """One person's sheets, with numbers of their own.

    Attributes:
        label: "07", or "A" for a variant of an exam room.
    """

    label: str
    name: str
    sheets: tuple[Sheet, ...]


def wanted_sheets(request: Request) -> tuple[SheetNumber, ...]:
    """Return the sheets that are asked for, one for each name among them, each once."""
    own = request.of("personal")
    count = own.get("personal", 0)
    people = len(request.names) if count == PER_NAME else count
    numbered = [SheetNumber(f"{number:02d}") for number in range(1, people + 1)]
    letters = [SheetNumber(letter) for letter in VARIANTS[: own.get("variants", 0)]]
    return tuple(dict.fromkeys([*numbered, *letters, *own.get("personal_ids", ())]))


def sets_of(kit: Kit) -> tuple[PersonalSet, ...]:
    """Return the personal sheets of a kit, person by person."""
    found: tuple[PersonalSet, ...] = kit.extra.get("personal", ())
    return found
