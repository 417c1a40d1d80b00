"""The command ``batch``: one kit per row of a table."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from workshop.cli import options as opt
from workshop.cli import taken
from workshop.errors import ExitCode
from workshop.model.request import Request

DIST = Path("dist")


def batch_command(request: Callable[..., Request]) -> click.Command:
    """Return the command.

    Args:
        request: makes a request of the values of options.
    """

    @click.command("batch", cls=opt.GroupedCommand)
    @click.argument("rows", type=opt.ANY_PATH, metavar="ROWS")
    @opt.takes(*taken.BATCH)
    def command(
        rows: Path,
        kit: str | None,
        out: Path | None,
        zipped: bool,
        workers: int | None,
        cluster: str,
        quiet: bool,
        **_: Any,
    ) -> None:
        """Build one kit per row of a table, side by side.

        ROWS is a CSV file whose columns are options of 'build' (audience, minutes, template, names, data.text …), or a file
        of JSON lines. 'kit' names a row's kit or Markdown file, 'out' its folder. Options given here are for all rows that
        don't have them. Files that a row names are in the folder of the table. A row that fails doesn't stop the others;
        rows that are finished and unchanged are skipped the next time.
        """
        from workshop.cli.batch_run import Given, run_batch

        if workers and cluster:
            raise click.UsageError("--workers is for this machine; a cluster has its own")
        given = Given(
            rows=rows,
            kit=kit,
            out=(out or DIST / rows.stem).absolute(),
            zipped=zipped,
            workers=workers,
            cluster=cluster,
            quiet=quiet,
        )
        sys.exit(ExitCode.CONTENT if run_batch(given, click.get_current_context(), request) else ExitCode.DONE)

    return command
