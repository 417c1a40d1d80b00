"""The command ``app``: the page on which a workshop is made."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from workshop import child
from workshop.addons.preview.preview_command import NO_OPEN, PORT
from workshop.cli import options as opt
from workshop.cli.command_line import program
from workshop.cli.grouped import Group, Place, option
from workshop.cli.system import SCRIPT, tell

SHORTCUT = option(
    "--shortcut",
    group=Group.PAPER,
    once=True,
    is_flag=True,
    text="Write a file to the desktop that starts the app with a double click, and open nothing.",
)
HOME = Path("Documents", "Workshops")
FOLDER = option(
    "--folder",
    group=Group.PAPER,
    type=Place(path_type=Path, file_okay=False),
    metavar="DIR",
    text="Where workshops are kept, each in a folder of its own; default: Documents/Workshops in your home folder.",
)


LISTEN = option(
    "--listen",
    group=Group.SAFETY,
    once=True,
    default="",
    metavar="ADDRESS",
    text="The address of this computer at which a live room opens; default: the page asks. The page itself stays on this computer.",
)


@click.command("app", cls=opt.GroupedCommand)
@click.argument("kit", required=False, metavar="[KIT or FILE]", type=Place(path_type=Path, exists=True))
@opt.takes(FOLDER, SHORTCUT, PORT, LISTEN, NO_OPEN)
def app_command(
    kit: Path | None, folder: Path | None, shortcut: bool, port: int | None, listen: str, no_open: bool
) -> None:
    """Put a workshop together in your browser: choose audience, minutes and a client's template, make its files, and teach it.

    The page is for this computer alone. It shows the plan by the clock as you choose, and the command that makes the same
    files in a terminal. Quit on the page, or Ctrl-C, ends it. If it is already running, it shows the same page again.
    """
    from workshop.addons.studio.running import Running

    if shortcut:
        from workshop.addons.studio.shortcut import write_shortcut

        chosen = ["--folder", str(folder.absolute())] if folder else []
        click.echo(f"{write_shortcut([*started(), 'app', *chosen])}: a double click starts the app")
        return
    home, first = (folder or Path.home() / HOME).absolute(), str(kit.resolve()) if kit else ""
    running = Running(home)
    if address := running.shown(first, browser=not no_open):
        click.echo(f"app: {address}\nIt is already running{'.' if no_open else ', and shows its page again.'}")
        return
    from workshop.addons.studio.make import Studio

    studio = Studio(home, first, typed_program(), port or 0, tell, listen)
    own = studio.own
    running.begin(own.address)
    tell(f"app: {own.address}")
    tell(f"Ctrl-C ends it. {own.otherwise} Workshops are kept in {home}.")
    try:
        studio.serving.run(browser=not no_open)
    except KeyboardInterrupt:
        pass
    finally:
        running.end(own.address)
    tell("\nthe app has ended")


def started() -> list[str]:
    """Return how this program is started from any folder, without a shell."""
    script = Path(sys.executable if child.is_frozen() else sys.argv[0]).resolve()
    return [sys.executable, str(script)] if script.name == SCRIPT else [str(script)]


def typed_program() -> str:
    """Return how this program is started from any folder."""
    if child.is_frozen():
        return shlex.join(started())
    return shlex.join(["python3", *started()[1:]]) if Path(sys.argv[0]).name == SCRIPT else program()
