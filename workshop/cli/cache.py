"""The command ``cache``: where the cache is, how much is in it, and how to empty it."""

from __future__ import annotations

import click

from workshop import limits
from workshop.cli import options as opt
from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.files import cached
from workshop.files.paths import CACHE_VARIABLE, default_cache


@click.command("cache", cls=opt.GroupedCommand)
@click.argument("what", required=False, type=click.Choice(["clear"]), metavar="[clear]")
def cache_command(what: str | None) -> None:
    """Say where results of demos and printed pages are kept, and how much that is; 'cache clear' deletes them.

    Nothing is lost: the next build makes again what it needs. Only files that a build kept are deleted.
    """
    folder = default_cache()
    if folder is None:
        hint = f"set {CACHE_VARIABLE} to a folder"
        raise WorkshopError(Problem("there is no home folder, so nothing is kept", hint=hint), ExitCode.MACHINE)
    found = cached.clear(folder) if what else cached.held(folder)
    size = f"{found.files:,} file{'s' * (found.files != 1)}, {limits.megabytes(found.size)}"
    if what:
        click.echo(f"{folder}: {size} deleted" if found.files else f"{folder}: it was empty")
    else:
        click.echo(f"{folder}: {size if found.files else 'empty'}")
        click.echo(f"above {limits.megabytes(cached.MOST_BYTES)} what was unused for longest goes first")
