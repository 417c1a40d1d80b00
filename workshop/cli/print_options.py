"""The options of printing, which several commands take."""

from __future__ import annotations

import click

from workshop.cli.grouped import Group, option

# Options that change how things are printed, apart from paper and reading profile.
GREY = option("--grey", group=Group.PAPER, once=True, is_flag=True, text="Print everything in greys, without colour.")
CUTTING = option(
    *("--no-cutting", "cutting"),
    group=Group.PAPER,
    once=True,
    is_flag=True,
    flag_value=False,
    default=True,
    text="Sorting cards and name tags become lists, so that nothing has to be cut.",
)
HINTS = option(
    *("--no-hints", "hints"),
    group=Group.PAPER,
    once=True,
    is_flag=True,
    flag_value=False,
    default=True,
    text="Leave the hints of tasks out.",
)
SOLUTIONS = option(
    "--solutions",
    group=Group.PAPER,
    once=True,
    is_flag=True,
    text="Put its key after each sheet, for people who work alone.",
)
FLIP = option(
    "--flip",
    group=Group.PAPER,
    once=True,
    type=click.Choice(["long", "short"]),
    default="long",
    show_default=True,
    text="The edge on which your printer turns a sheet: the backs of sorting cards follow it.",
)
PRINTER = option(
    "--printer",
    group=Group.PAPER,
    once=True,
    is_flag=True,
    text="Write printer.pdf, too: a page for whoever prints print-all.pdf.",
)
PRINTING = (GREY, CUTTING, HINTS, SOLUTIONS, FLIP, PRINTER)
