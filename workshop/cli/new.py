"""The commands ``new DIR``, ``new demo`` and ``new audience``."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from workshop.cli import options as opt
from workshop.cli import taken
from workshop.cli.asked import builtin_kit
from workshop.cli.values import as_started, program
from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.files.paths import trusted_file
from workshop.plugins.registry import standard_registry


class _New(click.Group):
    """A group in which a name that isn't a command is the folder of a new kit."""

    command_class = opt.GroupedCommand

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help with examples that can be pasted."""
        self.help = as_started(self.help or "")
        super().format_help_text(ctx, formatter)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``kit`` in front of a folder."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["kit", *args]
        return super().parse_args(ctx, args)


@click.group("new", cls=_New, subcommand_metavar="DIR | demo NAME | audience NAME")
def new_commands() -> None:
    """Start a kit of your own, or add a demo or an audience to one; nothing is overwritten.

    \b
      workshop new my-kit                          a small kit that builds at once
      workshop new demo long_tail --kit my-kit     a demo to fill in
      workshop new audience managers --kit my-kit  an audience
      workshop new audience nurses --like general  an overlay for the built-in kit: an audience that is like another
    """


@new_commands.command("kit")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def new_kit_command(folder: Path) -> None:
    """Write a small kit that builds and passes check."""
    from workshop.cli.scaffolding import new_kit

    for path in new_kit(folder, trusted=trusted_file()):
        click.echo(path.as_posix())
    name = shlex.quote(folder.as_posix())
    click.echo(f"next: {program()} build {name}")
    click.echo(f"      {program()} check {name}")
    click.echo("its README.md says what is where")


@new_commands.command("demo")
@click.argument("name")
@opt.takes(*taken.NEW)
def new_demo_command(name: str, kit: Path | None) -> None:
    """Write demos/NAME.py into a kit."""
    from workshop.cli.scaffolding import new_demo

    path = new_demo(name, kit or Path(), trusted=trusted_file(), taken=standard_registry().names("demo"))
    click.echo(path.as_posix())
    click.echo(f"next: add demos/{name}.py to demos: in kit.yaml, and ![](chart:{name}.faces) to a slide")


@new_commands.command("audience")
@click.argument("name")
@opt.takes(*taken.NEW, opt.LIKE)
def new_audience_command(name: str, kit: Path | None, like: str) -> None:
    """Write audiences/NAME.yaml into a kit; with --like and outside of a kit, an overlay for the built-in kit."""
    from workshop.cli.scaffolding import KIT_FILE, new_audience, new_overlay

    if like and kit is None and not Path(KIT_FILE).is_file():
        for path in new_overlay(name, builtin_kit(standard_registry()), like):
            click.echo(path.as_posix())
        click.echo(f"next: {program()} build --overlay {name} --audience {name}")
        return
    if kit is None and not Path(KIT_FILE).is_file():
        hint = "for the built-in kit write --like general, for a kit of yours --kit DIR"
        raise WorkshopError(Problem(f"there is no {KIT_FILE} in this folder", hint=hint, code="new"), ExitCode.USAGE)
    path = new_audience(name, kit or Path(), like)
    click.echo(path.as_posix())
    folder = shlex.quote(kit.as_posix()) if kit else "."
    click.echo(f"next: mark slides with for={name}, then type")
    click.echo(f"      {program()} build {folder} --audience {name}")
