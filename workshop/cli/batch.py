"""The command ``batch``: one kit per row of a table."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import replace

from workshop.batch import rows as names
from workshop.batch import rows as record
from workshop.batch import rows as report
from workshop.batch import rows as table
from workshop.batch import run as crews
from workshop.batch.rows import BESIDE, Outcome, Row, State, Task, fault_of
from workshop.batch.run import build_rows, engine
from workshop.cli import options as opt
from workshop.cli import taken
from workshop.cli.console import format_problems, printable
from workshop.cli.taken import BUILT_IN, kit_path
from workshop.cli.values import Option, program_on_paper, typed_again
from workshop.errors import At, ExitCode, Problem, Problems, WorkshopError, did_you_mean
from workshop.files.output import BusyError, lock, stopped
from workshop.inputs.door import find_inside
from workshop.model.request import Request
from workshop.plugins.registry import Registry, standard_registry

# ---------------------------------------------------------------- batch
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


# ---------------------------------------------------------------- batch rows
# The rows of a batch as requests: each column is an option of ``build``, read by the same declaration.
KIT, OUT = "kit", "out"
YES, NO = ("yes", "y", "true", "1", "x", "on"), ("no", "n", "false", "0", "off")
PAIRED = (opt.DATA, opt.FONT_FILE)  # NAME=PATH
NAMED = (*PAIRED, opt.SET, opt.VAR)  # NAME=SOMETHING, so that a column may be called set.trigram.rounds
FOR_ALL = (opt.TRUST, opt.TRUST_FOLDER, opt.FORCE, opt.NO_CACHE)  # a table must not decide about these
COLUMNS = tuple(option for option in taken.ROW if option not in FOR_ALL)


def typed_name(option: Option) -> str:
    """Return an option's name as it is typed."""
    return next(name for name in option.names if name.startswith("--"))


def column_name(option: Option) -> str:
    """Return an option's column: its name without the dashes in front."""
    return typed_name(option)[2:]


OPTIONS: Mapping[str, Option] = {column_name(option): option for option in COLUMNS}


@click.command("build")
@click.argument("kit", required=False)
@opt.takes(*taken.ROW)
def row_command(kit: str | None, **options: Any) -> tuple[str | None, dict[str, Any]]:
    """Return what was typed; ``typed_again`` then prints it as a ``build``."""
    return kit, options


class Reader(Struct, frozen=True, kw_only=True):
    """Turns rows into tasks.

    Attributes:
        usual: the options of the command line, for each row that doesn't have them itself.
        kit: the kit of the rows that name none.
        folder: the folder of the table, in which the files of its rows are.
        request: makes a request of the values of options.
        like: a task with everything that all rows share.
    """

    usual: Mapping[str, tuple[str, ...]]
    kit: str | None
    folder: Path
    request: Callable[..., Request]
    registry: Registry
    like: Callable[..., Task]

    def task(self, row: Row, name: str, *, thorough: bool = True) -> Task:
        """Return the task of a row.

        Args:
            row: as it is written.
            name: of its folder.
            thorough: whether to try each option by itself if something is wrong, which takes longer.

        Raises:
            Problems: for everything that is wrong with the row.
        """
        wrong: list[str] = [row.fault] if row.fault else []
        cells, kit = self._cells(row, wrong)
        if fault := fault_of(name):
            wrong.append(f"out: {name!r} {fault}")
        try:
            if not wrong:
                return self._read(cells, kit, name, row.at)
            wrong += self._each(cells) if thorough else ()
        except click.ClickException as error:
            wrong += (self._each(cells) if thorough else []) or [_in_words(error)]
        raise Problems(Problem(message, row.at, code="batch") for message in wrong)

    def _cells(self, row: Row, wrong: list[str]) -> tuple[dict[str, tuple[str, ...]], str | None]:
        """Return what the row types for each option, and its kit; add what is wrong with it."""
        cells: dict[str, tuple[str, ...]] = {}
        kit = self.kit
        for written, text in row.cells:
            column, key = split(written)
            try:
                if column == KIT:
                    kit = text if self.registry.has("kit", text) else self._inside(text)
                elif column != OUT:
                    many = cells.get(column, ()) if OPTIONS[column].settings.get("multiple") else ()
                    cells[column] = (*many, *self._typed(column, key, text))
            except ValueError as error:
                wrong.append(f"{written}: {error}")
        return cells, kit

    def _typed(self, column: str, key: str, text: str) -> tuple[str, ...]:
        """Return the words that one would type for a cell."""
        option = OPTIONS[column]
        name = typed_name(option)
        if option.settings.get("is_flag"):
            if text.lower() not in (*YES, *NO):
                raise ValueError(f"{text!r} is neither yes nor no")
            return (name,) if text.lower() in YES else ()
        if option in NAMED:
            if key:
                text = f"{key}={text}"
            owner, equals, path = text.partition("=")
            if option in PAIRED and equals and path:
                text = f"{owner}={self._inside(path.strip())}"
        elif isinstance(option.settings.get("type"), click.Path) or (
            option is opt.THEME and Path(text).suffix.lower() in (".yaml", ".yml")
        ):
            text = self._inside(text)
        return (f"{name}={text}",)

    def _inside(self, text: str) -> str:
        """Return the path of a file that a row names; it must be in the folder of the table."""
        found = find_inside(text, (self.folder,), self.folder, "the folder of the table")
        if isinstance(found, Path):
            return str(found)
        raise ValueError("; ".join(part for part in found if part))

    def _read(self, cells: Mapping[str, tuple[str, ...]], kit: str | None, name: str, at: At) -> Task:
        """Return the task of words that were checked so far only for what concerns the table."""
        words = [word for typed in self._with_usual(cells).values() for word in typed]
        with row_command.make_context("build", [*words, *(("--", kit) if kit else ())]) as context:
            _, options = row_command.invoke(context)
            again = typed_again(context)
        request = replace(self.request(**options), again=again, program=program_on_paper())
        named = kit or BUILT_IN
        if not self.registry.has("kit", named):
            named = str(kit_path(named, self.registry))
        return self.like(name=name, at=at, kit=named, request=request)

    def _with_usual(self, cells: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Return the words of all options: the row's own instead of the usual ones, or after them if there may be several."""
        words = dict(self.usual)
        for column, typed in cells.items():
            several = OPTIONS[column].settings.get("multiple")
            words[column] = (*words.get(column, ()), *typed) if several else typed
        return words

    def _each(self, cells: Mapping[str, tuple[str, ...]]) -> list[str]:
        """Return what is wrong with each option by itself."""
        wrong = []
        for column, typed in cells.items():
            for word in typed:
                try:
                    with row_command.make_context("build", [word]) as context:
                        row_command.invoke(context)
                except click.ClickException as error:
                    wrong.append(_in_words(error, column))
        return wrong


def split(written: str) -> tuple[str, str]:
    """Return the column that is meant, and what follows its first dot: ``data.retrieval.library`` gives both.

    >>> split("Explore URL"), split("data.retrieval.library")
    (('explore-url', ''), ('data', 'retrieval.library'))
    """
    column, _, key = written.strip().partition(".")
    return "-".join(column.lower().replace("_", " ").replace("-", " ").split()), key.strip()


def check_columns(rows: Sequence[Row]) -> None:
    """Refuse a table with columns that no option has.

    Raises:
        Problems: for each such column, at the first row that uses it.
    """
    known = (KIT, OUT, *OPTIONS)
    seen: dict[str, At] = {}
    for row in rows:
        for written, _ in row.cells:
            seen.setdefault(written, row.at)
    wrong = []
    for written, at in seen.items():
        column, key = split(written)
        if column in (column_name(option) for option in FOR_ALL):
            hint = f"give --{column} on the command line"
            wrong.append(
                Problem(f"the column {written!r} isn't allowed: a table can't decide that", at, hint=hint, code="batch")
            )
        elif column not in known or (key and OPTIONS.get(column) not in NAMED):
            hint = did_you_mean(column, known)
            wrong.append(Problem(f"no option of build is named {written!r}", at, hint=hint, code="batch"))
    if wrong:
        raise Problems(wrong)


def usual_words(context: click.Context) -> dict[str, tuple[str, ...]]:
    """Return the options that were typed for all rows, as words to type: column -> words."""
    words: dict[str, tuple[str, ...]] = {}
    for option in taken.ROW:
        made = option.made()
        name = str(made.name)
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            value, typed = context.params[name], typed_name(option)
            each = value if made.multiple else (value,)
            words[column_name(option)] = (typed,) if made.is_flag else tuple(f"{typed}={one}" for one in each)
    return words


def folder_names(rows: Iterable[Row]) -> list[str]:
    """Return the name of each row's folder: what it says under ``out``, else the number of the row."""
    listed = list(rows)
    wide = max(3, len(str(len(listed))))
    own = ([text for column, text in row.cells if split(column)[0] == OUT] for row in listed)
    return [texts[-1] if texts else f"{number:0{wide}}" for number, texts in enumerate(own, 1)]


def _in_words(error: click.ClickException, column: str = "") -> str:
    """Return an error of an option, with the name of its column."""
    named = column or (error.param.name if isinstance(error, click.BadParameter) and error.param else "") or ""
    return f"{named}: {error.message}" if named else error.message


# ---------------------------------------------------------------- batch progress
# Says how far a batch is: one line redrawn on a terminal, a line per row in a log.
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


# ---------------------------------------------------------------- batch run
# Running a batch: the rows are checked, built and reported, in one output folder.
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
            if task.request.force or not record.is_done(task):
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
        return report.write_report(self._out, rows)

    def _failed(self, row: table.Row, name: str, messages: Sequence[str], *, shown: bool = True) -> None:
        self.told(Outcome(at=row.at, name=name, state=State.FAILED, message="; ".join(messages)), shown=shown)


def run_batch(given: Given, context: click.Context, request: Callable[..., Request]) -> int:
    """Build the rows of a table, and return how many of them failed.

    Args:
        given: what was typed.
        context: has the options for all rows.
        request: makes a request of the values of options.

    Raises:
        WorkshopError: if the table can't be used at all, or there is nobody who could build.
    """
    rows = table.read_rows(given.rows)
    check_columns(rows)
    reader = Reader(
        usual=usual_words(context),
        kit=given.kit,
        folder=given.rows.parent,
        request=request,
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
        local = crews.pool(given.workers or crews.processors())
        _run(batch, shown, crews.cluster(given.cluster, given.out, shown.say) if given.cluster else local)
    return shown.count[State.FAILED]


def _run(batch: Batch, shown: BatchProgress, builders: AbstractContextManager[crews.Crew]) -> None:
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
