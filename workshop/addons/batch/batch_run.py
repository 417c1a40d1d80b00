"""Running a batch: the rows are checked, built and reported in one output folder, and the terminal or the log says how far it is."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import click
from msgspec import Struct

from workshop.addons.batch import crew
from workshop.addons.batch.batch_engine import engine
from workshop.addons.batch.batch_report import write_report
from workshop.addons.batch.batch_rows import Reader, check_columns, folder_names, usual_words
from workshop.addons.batch.row_record import is_done
from workshop.addons.batch.row_table import Row, read_rows, twice
from workshop.addons.batch.rows import BESIDE, Outcome, State, Task
from workshop.addons.batch.run import build_rows
from workshop.cli.console import format_problems, printable
from workshop.errors import ExitCode, Problem, Problems, WorkshopError
from workshop.files.journal import stopped
from workshop.files.lock import BusyError, lock
from workshop.plugins.registry import standard_registry

HURRY = 0.1  # seconds between two changes of the line
WIDE = 100  # characters of a row's message on a terminal


class BatchProgress:
    """Counts outcomes, and says on standard error how many there are, how fast they come, and how long the rest takes.

    Args:
        rows: how many there are.
        quiet: whether only rows that failed are named.
    """

    def __init__(self, rows: int, *, quiet: bool) -> None:
        self.count: Counter[State] = Counter()
        self._rows, self._quiet = rows, quiet
        self._live = sys.stderr.isatty() and not quiet
        self._began, self._drawn, self._width = time.monotonic(), 0.0, 0

    def __call__(self, outcome: Outcome, *, shown: bool = True) -> None:
        """Count an outcome; those that were ``shown`` in another way are only counted."""
        self.count[outcome.state] += 1
        failed = outcome.state is State.FAILED
        if shown and (failed or (outcome.state is State.BUILT and not (self._live or self._quiet))):
            self.clear()
            sys.stderr.write(self._line(outcome) + "\n")
        now = time.monotonic()
        if self._live and (now > self._drawn + HURRY or failed):
            self._drawn = now
            self._draw(f"… {self._so_far()}")
        sys.stderr.flush()

    def say(self, text: str) -> None:
        """Print a line above the one that is redrawn."""
        self.clear()
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def clear(self) -> None:
        """Clear the line that is redrawn."""
        if self._width:
            self._draw("")
            sys.stderr.write("\r")
            self._width = 0

    def summary(self) -> str:
        """Return what became of all rows."""
        parts = [f"{self.count[state]:,} {state}" for state in State if self.count[state]]
        if left := self._rows - self.count.total():
            parts.append(f"{left:,} not built")
        pace = f" ({self._pace():.2g} kits a second)" if self.count[State.BUILT] else ""
        rows = f"{self._rows:,} row{'s' * (self._rows != 1)}"
        return f"{rows}: {', '.join(parts)}, in {duration(time.monotonic() - self._began)}{pace}"

    def _line(self, outcome: Outcome) -> str:
        done = f"{self.count.total():>{len(str(self._rows))}} of {self._rows}"
        took = f" in {outcome.seconds:.1f} s" if outcome.seconds else ""
        left = "" if self._live or self._quiet else f" · {self._rest()}"
        said = f": {printable(outcome.message)}" if outcome.message else ""
        return f"{done} {outcome.state} {outcome.name}{took}{said}{left}".rstrip(" ·")

    def _so_far(self) -> str:
        failed = f" · {self.count[State.FAILED]} failed" if self.count[State.FAILED] else ""
        return f"{self.count.total():,} of {self._rows:,}{failed} · {self._rest()}".rstrip(" ·")

    def _rest(self) -> str:
        """Return throughput and the time that is left, as far as they can be known."""
        pace, left = self._pace(), self._rows - self.count.total()
        if not (pace and left):
            return ""
        return f"{pace:.2g} kits a second · {duration(left / pace)} left"

    def _pace(self) -> float:
        """Return the kits built per second so far."""
        return self.count[State.BUILT] / max(time.monotonic() - self._began, 0.001)

    def _draw(self, text: str) -> None:
        sys.stderr.write("\r" + text.ljust(self._width))
        self._width = len(text)


def duration(seconds: float) -> str:
    """Return a duration in readable form.

    >>> duration(3.25), duration(75), duration(3720)
    ('3.2 s', '1 min 15 s', '1 h 2 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


REPORT_EVERY = 2.0  # seconds
ENOUGH = 1000  # problems: only the first one of each further row is looked for


class Given(Struct, frozen=True, kw_only=True):
    """What was typed, apart from the options of the rows; see ``batch --help``."""

    rows: Path
    kit: str | None
    out: Path
    zipped: bool
    workers: int | None
    cluster: str
    quiet: bool


class Batch:
    """The rows of one table, and what became of each so far."""

    def __init__(self, reader: Reader, rows: Sequence[Row], out: Path, shown: BatchProgress) -> None:
        self._reader, self._out, self._shown = reader, out, shown
        self._rows = tuple(zip(rows, folder_names(rows), strict=True))
        self._outcomes: dict[int, Outcome] = {}  # line -> outcome
        self._reported = time.monotonic()

    def check(self) -> list[Problem]:
        """Read every row once and return what is wrong with them; the rows that have problems have failed."""
        found = twice((name, row.at) for row, name in self._rows)
        for row, name in self._rows:
            try:
                self._reader.task(row, name, thorough=len(found) < ENOUGH)
            except WorkshopError as error:
                found += error.problems
        messages: dict[int, list[str]] = {}
        for problem in found:
            messages.setdefault(problem.at.line if problem.at else 0, []).append(problem.message)
        for row, name in self._rows:
            if row.at.line in messages:
                self._failed(row, name, messages[row.at.line], shown=False)
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
            if task.request.force or not is_done(task):
                yield task
            else:
                self.told(Outcome(at=row.at, name=name, state=State.UNCHANGED))

    def told(self, outcome: Outcome, *, shown: bool = True) -> None:
        """Take note of an outcome."""
        self._outcomes[outcome.at.line] = outcome
        self._shown(outcome, shown=shown)
        if shown and time.monotonic() > self._reported + REPORT_EVERY:
            self.report()

    def report(self) -> Path:
        """Write the report of all rows, also of those that aren't built yet."""
        self._reported = time.monotonic()
        waiting = partial(Outcome, state=State.NOT_BUILT)
        rows = (self._outcomes.get(row.at.line) or waiting(at=row.at, name=name) for row, name in self._rows)
        return write_report(self._out, rows)

    def _failed(self, row: Row, name: str, messages: Sequence[str], *, shown: bool = True) -> None:
        self.told(Outcome(at=row.at, name=name, state=State.FAILED, message="; ".join(messages)), shown=shown)


def run_batch(given: Given, context: click.Context) -> int:
    """Build the rows of a table, and return how many of them failed.

    Args:
        given: what was typed.
        context: has the options for all rows.

    Raises:
        WorkshopError: if the table can't be used at all, or there is nobody who could build.
    """
    rows = read_rows(given.rows)
    check_columns(rows)
    reader = Reader(
        usual=usual_words(context),
        kit=given.kit,
        folder=given.rows.parent,
        registry=standard_registry(),
        like=partial(Task, out=given.out, here=Path.cwd(), zipped=given.zipped, engine=engine()),
    )
    shown = BatchProgress(len(rows), quiet=given.quiet)
    batch = Batch(reader, rows, given.out, shown)
    problems = batch.check()
    if shown.count[State.FAILED] == len(rows):
        raise Problems(problems)
    with only_one(given.out):
        if problems:
            shown.say(format_problems(problems))
        local = crew.pool(given.workers or crew.processors())
        _run(batch, shown, crew.cluster(given.cluster, given.out, shown.say) if given.cluster else local)
    return shown.count[State.FAILED]


def _run(batch: Batch, shown: BatchProgress, builders: AbstractContextManager[crew.Crew]) -> None:
    """Build the rows that can be built, and report on all."""
    with builders as crew:
        try:
            build_rows(batch.tasks(), crew, batch.told, shown.say)
        except KeyboardInterrupt:
            shown.say("stopped; the kits that are finished are whole, and the same command goes on")
            raise SystemExit(ExitCode.MACHINE) from None
        except WorkshopError as error:  # some rows are built, so it isn't the usual end of a command
            shown.say(format_problems(error.problems))
            raise SystemExit(error.exit_code) from None
        finally:
            shown.clear()
            path, here = batch.report(), Path.cwd()
            click.echo(shown.summary())
            click.echo((path.relative_to(here) if path.is_relative_to(here) else path).as_posix())


@contextmanager
def only_one(out: Path) -> Iterator[None]:
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
