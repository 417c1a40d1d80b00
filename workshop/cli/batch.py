"""The command ``batch``: one kit per row of a table."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from workshop.batch import names, record, report, table
from workshop.batch.task import BESIDE, Outcome, State, Task
from workshop.cli import options as opt
from workshop.cli import taken
from workshop.cli.batch_progress import BatchProgress
from workshop.cli.batch_rows import Reader, check_columns, folder_names, usual_words
from workshop.cli.console import format_problems
from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.files.journal import stopped
from workshop.files.lock import BusyError, lock
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

REPORT_EVERY = 2.0  # seconds
DIST = Path("dist")


class Batch:
    """The rows of one table, and what became of each so far."""

    def __init__(self, reader: Reader, rows: Sequence[table.Row], out: Path, shown: BatchProgress) -> None:
        self._reader, self._out, self._shown = reader, out, shown
        self._rows = tuple(zip(rows, folder_names(rows), strict=True))
        self._outcomes: dict[int, Outcome] = {}  # line -> outcome
        self._reported = time.monotonic()

    def check(self) -> list[Problem]:
        """Read every row once and return what is wrong with them; the rows that have problems have failed."""
        found = names.twice((name, row.at) for row, name in self._rows)
        for row, name in self._rows:
            try:
                self._reader.task(row, name)
            except WorkshopError as error:
                found += error.problems
        for row, name in self._rows:
            if messages := [problem.message for problem in found if problem.at == row.at]:
                self._failed(row, name, messages, shown=False)
        return found

    def tasks(self) -> Iterator[Task]:
        """Yield what must be built, one row after the other."""
        for row, name in self._rows:
            if row.at.line in self._outcomes:
                continue
            try:
                task = self._reader.task(row, name)
            except WorkshopError as error:  # a file that was there at first is gone
                self._failed(row, name, [problem.message for problem in error.problems])
                continue
            if task.request.force or not record.is_done(task):
                yield task
            else:
                self.told(Outcome(at=row.at, name=name, state=State.UNCHANGED))

    def told(self, outcome: Outcome, *, shown: bool = True) -> None:
        """Take note of an outcome."""
        self._outcomes[outcome.at.line] = outcome
        self._shown(outcome, shown=shown)
        if time.monotonic() > self._reported + REPORT_EVERY:
            self.report()

    def report(self) -> Path:
        """Write the report of all rows, also of those that aren't built yet."""
        self._reported = time.monotonic()
        waiting = partial(Outcome, state=State.NOT_BUILT)
        rows = (self._outcomes.get(row.at.line) or waiting(at=row.at, name=name) for row, name in self._rows)
        return report.write_report(self._out, rows)

    def _failed(self, row: table.Row, name: str, messages: Sequence[str], *, shown: bool = True) -> None:
        self.told(Outcome(at=row.at, name=name, state=State.FAILED, message="; ".join(messages)), shown=shown)


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
        from workshop.batch.engine import engine

        written = table.read_rows(rows)
        check_columns(written)
        folder = (out or DIST / rows.stem).absolute()
        context = click.get_current_context()
        reader = Reader(
            usual=usual_words(context),
            kit=kit,
            folder=rows.parent,
            request=request,
            registry=standard_registry(),
            like=partial(Task, out=folder, here=Path.cwd(), zipped=zipped, engine=engine()),
        )
        shown = BatchProgress(len(written), quiet=quiet)
        with _only_one(folder):
            _run(Batch(reader, written, folder, shown), shown, cluster and (cluster, folder), workers)
        sys.exit(ExitCode.CONTENT if shown.count[State.FAILED] else ExitCode.DONE)

    return command


def _run(batch: Batch, shown: BatchProgress, cluster: tuple[str, Path] | str, workers: int | None) -> None:
    """Check the rows, build those that can be built, and report on all."""
    from workshop.batch import crew
    from workshop.batch.run import build_rows

    if problems := batch.check():
        shown.say(format_problems(problems))
    try:
        with crew.cluster(*cluster) if cluster else crew.pool(workers or crew.processors()) as builders:
            build_rows(batch.tasks(), builders, batch.told, shown.say)
    except KeyboardInterrupt:
        shown.say("stopped; the kits that are finished are whole, and the same command goes on")
        raise click.exceptions.Exit(ExitCode.MACHINE) from None
    finally:
        shown.clear()
        path = batch.report()
        click.echo(shown.summary())
        here = Path.cwd()
        click.echo((path.relative_to(here) if path.is_relative_to(here) else path).as_posix())


@contextmanager
def _only_one(out: Path) -> Iterator[None]:
    """Keep other batches out of an output folder, and delete what a killed one left there.

    Raises:
        WorkshopError: exit code 3 if the folder can't be written to, or another batch is at work in it.
    """
    beside = out / BESIDE
    try:
        if beside.is_symlink():
            raise stopped(f"{beside} is a link, which may lead out of the output folder", "delete it")
        beside.mkdir(parents=True, exist_ok=True)
        held = lock(beside, 0.0)
    except OSError as error:
        raise stopped(f"cannot write to {out}: {error.strerror or error}", "choose another folder with --out") from None
    except BusyError:
        raise stopped(
            f"another batch is writing into {out}", "wait until it has finished, or choose another --out"
        ) from None
    try:
        for left in beside.iterdir():
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            elif left.suffix != ".json":
                left.unlink(missing_ok=True)
        yield
    finally:
        if held is not None:
            os.close(held)
