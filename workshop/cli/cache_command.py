"""The command ``cache``: where the cache is, how much is in it, and how to empty it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import click

from workshop import limits
from workshop.cli import options as opt
from workshop.cli.console import format_problems
from workshop.errors import ExitCode, Problem, Severity, WorkshopError
from workshop.files import memo
from workshop.files.paths import CACHE_VARIABLE, cache_place, shared_cache


def kept_in(*, no_cache: bool = False) -> Path | None:
    """Return the cache folder for a command; if it can't be believed, say so once and go on without one."""
    place = cache_place()
    reason = "" if place is None else shared_cache(place)
    if reason and not no_cache:
        _say(reason)
    if place is None or reason:
        os.environ.pop("MPLCONFIGDIR", None)
        return None
    os.environ["MPLCONFIGDIR"] = str(place / memo.FONTS)
    return None if no_cache else place


@cache
def _say(reason: str) -> None:
    click.echo(format_problems([_not_used(reason, Severity.WARNING)]), err=True)


def _not_used(reason: str, severity: Severity = Severity.ERROR) -> Problem:
    hint = f"set {CACHE_VARIABLE} to a folder that only you can write to"
    return Problem(f"nothing is kept from build to build: {reason}", severity=severity, hint=hint, code="cache")


@click.command("cache", cls=opt.GroupedCommand)
@click.argument("what", required=False, type=click.Choice(["clear"]), metavar="[clear]")
def cache_command(what: str | None) -> None:
    """Say where results of demos and printed pages are kept, and how much that is; 'cache clear' deletes them.

    Nothing is lost: the next build makes again what it needs. Only files that a build kept are deleted.
    """
    folder = cache_place()
    if folder is None:
        hint = f"set {CACHE_VARIABLE} to a folder"
        raise WorkshopError(Problem("there is no home folder, so nothing is kept", hint=hint), ExitCode.MACHINE)
    if reason := shared_cache(folder):
        raise WorkshopError(_not_used(reason), ExitCode.MACHINE)
    found = memo.clear(folder) if what else memo.held(folder)
    size = f"{found.files:,} file{'s' * (found.files != 1)}, {limits.megabytes(found.size)}"
    if what:
        click.echo(f"{folder}: {size} deleted" if found.files else f"{folder}: it was empty")
    else:
        click.echo(f"{folder}: {size if found.files else 'empty'}")
        click.echo(f"above {limits.megabytes(memo.MOST_BYTES)} what was unused for longest goes first")
