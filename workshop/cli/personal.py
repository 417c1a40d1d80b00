"""The options for personal sheets: ``--personal``, ``--personal-ids`` and ``--variants``."""

from __future__ import annotations

from typing import Any

import click

from workshop.cli.grouped import Group, option
from workshop.cli.values import listed
from workshop.model.numbers import whole
from workshop.model.personal import MOST, VARIANTS, SheetNumber, read_code

PER_NAME = "names"

SETS = option(
    "--personal",
    group=Group.PAPER,
    once=True,
    default="",
    metavar="N|names",
    text="Print N sets of sheets with numbers of their own, their keys, and a page to look answers up; "
    "'names': one for each of --names.",
)
AGAIN = option(
    "--personal-ids",
    group=Group.PAPER,
    once=True,
    default="",
    metavar="LIST",
    text="Print single personal sheets again: numbers, or IDs as printed, such as 7,S2-12P.",
)
LETTERED = option(
    "--variants",
    group=Group.PAPER,
    once=True,
    type=click.IntRange(2, len(VARIANTS)),
    metavar="N",
    text=f"Print N variants for an exam room, A to {VARIANTS[-1]} at most.",
)
PERSONAL = (SETS, AGAIN, LETTERED)


def personal_sheets(count: str, ids: str, variants: int, *, names: bool) -> dict[str, Any]:
    """Return the fields of a request that say which personal sheets are asked for.

    Args:
        names: whether a file of names was given.

    Raises:
        click.BadParameter: for a number or an ID that can't be meant, with what to write instead.
    """
    per_name = count.strip().lower() == PER_NAME
    if per_name and not names:
        raise click.BadParameter("'names' needs a file of names: --names people.csv", param_hint="'--personal'")
    numbers = () if per_name or not count else range(1, _number(count) + 1)
    people = [SheetNumber(f"{number:02d}") for number in numbers]
    letters = [SheetNumber(letter) for letter in VARIANTS[:variants]]
    return {"personal": (*people, *letters, *_typed(ids)), "per_name": per_name}


def _number(text: str) -> int:
    number = whole(text.strip(), 1, MOST)
    if number is None:
        raise click.BadParameter(
            f"'{text}' isn't a number of sheets from 1 to {MOST}; write 30, or {PER_NAME}", param_hint="'--personal'"
        )
    return number


def _typed(ids: str) -> list[SheetNumber]:
    found = []
    wrong = []
    for text in listed(ids):
        try:
            found.append(read_code(text))
        except ValueError as error:
            wrong.append(str(error))
    if wrong:
        raise click.BadParameter("; ".join(wrong), param_hint="'--personal-ids'")
    return found
