"""The options about what is printed, and how."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

PROFILES = ("standard", "large", "dyslexia")
NAME_COLUMN = "name"
MOST_NAMES = 2000
NO_NAME = re.compile(r"[@;\t]|://")  # an address, or a row that was not parted


def read_names(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> tuple[str, ...]:
    """Return the names of a file: a line each, or the column ``name`` of a CSV file.

    Raises:
        click.BadParameter: for a file that cannot be read, or that holds no name.
    """
    if value is None:
        return ()
    from workshop.inputs.csv_text import read_cells

    try:
        rows = [row for _, row in read_cells(value.read_text("utf-8-sig"))]
    except (OSError, ValueError):
        raise click.BadParameter(f"{value} cannot be read; save it as CSV in UTF-8") from None
    head = [cell.lower() for cell in rows[0]] if rows else []
    place = head.index(NAME_COLUMN) if NAME_COLUMN in head else 0
    if NAME_COLUMN in head:
        rows = rows[1:]
    elif any(len(row) > 1 for row in rows):
        raise click.BadParameter(f"{value} has no column '{NAME_COLUMN}'; name it in the first line")
    names = tuple(name for row in rows if len(row) > place and (name := " ".join(row[place].split())))
    if odd := next((name for name in names if NO_NAME.search(name)), ""):
        raise click.BadParameter(f"{value}: {odd!r} is no name to print; is 'name' the right column?")
    if not names or len(names) > MOST_NAMES:
        raise click.BadParameter(f"{value} holds {len(names)} names; from 1 to {MOST_NAMES} can be printed")
    return names


def paper_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that choose files, paper, reading profile and names."""
    for option in reversed(
        (
            click.option("--only", default="", metavar="LIST", help="Only these files: see 'list writers'."),
            click.option("--all", "everything", is_flag=True, help="Every file there is, cards and quiz included."),
            click.option(
                "--paper",
                type=click.Choice(["a4", "letter"], case_sensitive=False),
                help="Paper of sheets and guide; default: a4, or what kit.yaml says (paper: letter).",
            ),
            click.option(
                "--people", default=0, type=click.IntRange(0, 10_000), metavar="N", help="How many participants."
            ),
            click.option(
                "--profile",
                type=click.Choice(PROFILES),
                default="standard",
                show_default=True,
                help="How sheets are set: large print, or for readers with dyslexia.",
            ),
            click.option(
                "--names",
                type=click.Path(path_type=Path, exists=True, dir_okay=False),
                callback=read_names,
                metavar="FILE",
                help="Whom certificates are for: a name a line.",
            ),
        )
    ):
        command = option(command)
    return command
