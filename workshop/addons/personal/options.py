"""The options of ``build`` that ask for personal sheets."""

from __future__ import annotations

import click

from workshop.addons.personal.codes import MOST, PER_NAME, VARIANTS, SheetNumber, read_code
from workshop.cli.grouped import Group, option
from workshop.cli.values import listed
from workshop.model.numbers import whole


def count(text: str) -> int | str:
    """Return how many sheets are asked for, or that it is one for each name.

    Raises:
        ValueError: for a number that can't be meant, or if there are no names.
    """
    if text.strip().lower() == PER_NAME:
        if click.get_current_context().params.get("names") is None:
            raise ValueError("'names' needs a file of names: --names people.csv")
        return PER_NAME
    number = whole(text.strip(), 1, MOST) if text else 0
    if number is None:
        raise ValueError(f"'{text}' isn't a number of sheets from 1 to {MOST}; write 30, or {PER_NAME}")
    return number


def numbers(text: str) -> tuple[SheetNumber, ...]:
    """Return the sheets that IDs mean.

    Raises:
        ValueError: for each ID that can't be meant, with what to write instead.
    """
    found, wrong = [], []
    for one in listed(text):
        try:
            found.append(read_code(one))
        except ValueError as error:
            wrong.append(str(error))
    if wrong:
        raise ValueError("; ".join(wrong))
    return tuple(found)


SETS = option(
    "--personal",
    group=Group.PAPER,
    read=count,
    once=True,
    default="",
    metavar="N|names",
    text="Print N sets of sheets with numbers of their own, their keys, and a page to look answers up; "
    "'names': one for each of --names.",
)
AGAIN = option(
    "--personal-ids",
    group=Group.PAPER,
    read=numbers,
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
OPTIONS = (SETS, AGAIN, LETTERED)
