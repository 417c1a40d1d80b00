"""The command ``batch``: one kit per row of a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from workshop.cli import options as opt
from workshop.cli.grouped import Group, option
from workshop.errors import ExitCode

DIST = Path("dist")


ZIPPED = option(
    *("--zip", "zipped"),
    group=Group.PAPER,
    once=True,
    is_flag=True,
    text="Write one zip file per row instead of a folder.",
)
WORKERS = option(
    "--workers",
    group=Group.SAFETY,
    once=True,
    type=click.IntRange(1, 1000),
    metavar="N",
    text="How many kits are built at the same time; default: one per processor.",
)
CLUSTER = option(
    "--cluster",
    group=Group.SAFETY,
    once=True,
    default="",
    metavar="tcp://HOST:PORT",
    text="Build on the workers of this Dask scheduler instead.",
)
OPTIONS = (
    opt.KIT.but(
        "The kit, or Markdown file, of the rows that name none; default: the built-in kit.", metavar="KIT or FILE"
    ),
    *opt.ROW,
    opt.OUT.but("Folder for the rows' folders and report.csv; default dist/<table>/."),
    *(ZIPPED, WORKERS, CLUSTER, opt.QUIET),
)


@click.command("batch", cls=opt.GroupedCommand)
@click.argument("rows", type=opt.ANY_PATH, metavar="ROWS")
@opt.takes(*OPTIONS)
def batch_command(
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
    from workshop.addons.batch.batch_run import Given, run_batch

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
    sys.exit(ExitCode.CONTENT if run_batch(given, click.get_current_context()) else ExitCode.DONE)
