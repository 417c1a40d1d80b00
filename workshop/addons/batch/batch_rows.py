"""The rows of a batch as requests: each column is an option of ``build``, read by the same declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import replace

from workshop.addons.batch.rows import Row, Task, fault_of
from workshop.cli import options as opt
from workshop.cli.asked import BUILT_IN, kit_path, request_of
from workshop.cli.command_line import program_on_paper, typed_again, typed_words
from workshop.cli.grouped import Option
from workshop.errors import At, Problem, Problems, did_you_mean
from workshop.inputs.door import find_inside
from workshop.model.request import Request
from workshop.plugins.registry import Registry

KIT, OUT = "kit", "out"
YES, NO = ("yes", "y", "true", "1", "x", "on"), ("no", "n", "false", "0", "off")
PAIRED = (opt.DATA, opt.FONT_FILE)  # NAME=PATH
NAMED = (*PAIRED, opt.SET, opt.VAR)  # NAME=SOMETHING, so that a column may be called set.trigram.rounds
FOR_ALL = (opt.TRUST, opt.TRUST_FOLDER, opt.FORCE, opt.NO_CACHE)  # a table must not decide about these
COLUMNS = tuple(option for option in opt.ROW if option not in FOR_ALL)


def typed_name(option: Option) -> str:
    """Return an option's name as it is typed."""
    return next(name for name in option.names if name.startswith("--"))


def column_name(option: Option) -> str:
    """Return an option's column: its name without the dashes in front."""
    return typed_name(option)[2:]


OPTIONS: Mapping[str, Option] = {column_name(option): option for option in COLUMNS}


@click.command("build")
@click.argument("kit", required=False)
@opt.takes(*opt.ROW)
def row_command(kit: str | None, **options: Any) -> tuple[str | None, dict[str, Any]]:
    """Return what was typed; ``typed_again`` then prints it as a ``build``."""
    return kit, options


class Reader(Struct, frozen=True, kw_only=True):
    """Turns rows into tasks.

    Attributes:
        usual: the options of the command line, for each row that doesn't have them itself.
        kit: the kit of the rows that name none.
        folder: the folder of the table, in which the files of its rows are.
        like: a task with everything that all rows share.
    """

    usual: Mapping[str, tuple[str, ...]]
    kit: str | None
    folder: Path
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
            again, typed = typed_again(context), typed_words(context)
        request = replace(request_of(**options), again=again, typed=typed, program=program_on_paper())
        named = kit or BUILT_IN
        if not self.registry.has("kit", named):
            named = str(kit_path(named, self.registry))
        self._check_audience(request, kit_path(named, self.registry), at)
        return self.like(name=name, at=at, kit=named, request=request)

    def _check_audience(self, request: Request, root: Path, at: At) -> None:
        """Report an audience that the kit doesn't have, before any row is built."""
        folders = (root if root.is_dir() else root.parent, *request.overlays)
        known = {path.stem for folder in folders for path in (folder / "audiences").glob("*.yaml")}
        if request.audience and known and request.audience not in known:
            hint = did_you_mean(request.audience, known)
            raise Problems((Problem(f"audience: there is no audience {request.audience!r}", at, hint, "batch"),))

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
    for option in opt.ROW:
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
