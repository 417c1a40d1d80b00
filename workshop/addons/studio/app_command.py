"""The command ``app``: the page on which a workshop is made."""

from __future__ import annotations

import shlex
import sys
from contextlib import suppress
from pathlib import Path

import click

from workshop.addons.preview.preview_command import NO_OPEN, PORT
from workshop.cli import options as opt
from workshop.cli.values import SCRIPT, Group, Place, option, program

HOME = Path("Documents", "Workshops")
FOLDER = option(
    "--folder",
    group=Group.PAPER,
    type=Place(path_type=Path, file_okay=False),
    metavar="DIR",
    text="Where workshops are kept, each in a folder of its own; default: Documents/Workshops in your home folder.",
)


@click.command("app", cls=opt.GroupedCommand)
@click.argument("kit", required=False, metavar="[KIT or FILE]", type=Place(path_type=Path, exists=True))
@opt.takes(FOLDER, PORT, NO_OPEN)
def app_command(kit: Path | None, folder: Path | None, port: int | None, no_open: bool) -> None:
    """Put a workshop together in your browser, and make its files: audience, minutes, a client's template.

    The page is for this computer alone. It shows the plan by the clock as you choose, and the command that makes the same
    files in a terminal. Quit on the page, or Ctrl-C, ends it.
    """
    from workshop.addons.studio.make import Studio

    home = (folder or Path.home() / HOME).absolute()
    studio = Studio(home, str(kit.resolve()) if kit else "", typed_program(), port or 0, click.echo)
    own = studio.own
    click.echo(f"app: {own.address}")
    click.echo(f"Ctrl-C ends it. {own.otherwise} Workshops are kept in {home}.")
    with suppress(KeyboardInterrupt):
        studio.serving.run(browser=not no_open)
    click.echo("\nthe app has ended")


def typed_program() -> str:
    """Return how this program is started from any folder."""
    script = Path(sys.argv[0])
    return shlex.join(["python3", str(script.resolve())]) if script.name == SCRIPT else program()
