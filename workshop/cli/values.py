"""Readers of option values; each raises ``ValueError`` with what is wrong."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, wraps
from pathlib import Path
from typing import Any

import click
from msgspec import Struct, field
from msgspec.structs import replace

from workshop import limits
from workshop.cli.console import SCRIPT
from workshop.errors import did_you_mean
from workshop.inputs.door import font_fault, nearest
from workshop.model.numbers import decimal
from workshop.model.request import CHECKOUT
from workshop.plugins.registry import standard_registry

# ---------------------------------------------------------------- values
ALL = "all"
A_DAY = 24 * 60
HOURS = re.compile(r"(\d+(?:\.\d+)?) ?(?:h|hours?|:) ?(\d\d?)?(?: ?min)?")
MINUTES = re.compile(r" ?(min|minutes?)$")
NAME_COLUMN = "name"
NAME_COLUMNS = (
    NAME_COLUMN,
    "names",
    "full name",
    "fullname",
    "participant",
    "person",
    "student",
    "pupil",
    "first name",
    "firstname",
)
LAST_NAMES = ("last name", "lastname", "surname", "family name")
MOST_NAMES = 2000
NO_NAME = re.compile(r"[@;\t]|://")  # an address, or a row that wasn't split into columns
THEME_FILES = (".yaml", ".yml")
TEMPLATES = (".pptx", ".potx", ".ppsx")
BOLD = " bold"
ADDRESS = re.compile(r"https?://[^\s\"'<>]{3,}")

Pairs = dict[tuple[str, str], str]


def listed(text: str) -> tuple[str, ...]:
    """Split names at commas.

    >>> listed("2, 7,")
    ('2', '7')
    """
    return tuple(name for part in text.split(",") if (name := part.strip()))


def address(text: str) -> str:
    """Return the address of a web page.

    >>> address("https://garden.example/7")
    'https://garden.example/7'
    """
    if text and not ADDRESS.fullmatch(text):
        raise ValueError(f"'{text}' isn't the address of a page; write one such as https://garden.example/7")
    if len(text) > limits.ADDRESS:
        raise ValueError(
            f"the address has {len(text)} characters; at most {int(limits.ADDRESS)} fit into a code that can be read"
        )
    return text


def knobs(values: Sequence[str]) -> Pairs:
    """Return ``DEMO.KNOB=VALUE`` as (demo, knob) -> value; the demo is "" if none is named."""
    return _pairs(values, "trigram.rounds=2")


def own_data(values: Sequence[str]) -> dict[tuple[str, str], Path]:
    """Return ``DEMO.SLOT=PATH`` as (demo, slot) -> path; the demo is "" if none is named."""
    return {key: Path(value) for key, value in _pairs(values, "retrieval.library=my-notes/").items()}


def _pairs(values: Sequence[str], example: str) -> Pairs:
    found: Pairs = {}
    for text in values:
        name, equals, value = text.partition("=")
        owner, _, key = name.strip().rpartition(".")
        if not (equals and key and value) or name.strip().startswith("."):
            raise ValueError(f"'{text}' is not of the form DEMO.WHAT=VALUE, e.g. {example}")
        found[owner, key] = value.strip()
    return found


def variables(values: Sequence[str]) -> dict[str, str]:
    """Return ``NAME=TEXT`` as name -> text."""
    found: dict[str, str] = {}
    for text in values:
        name, equals, value = text.partition("=")
        if not equals or not name.strip().isidentifier():
            raise ValueError(f"'{text}' is not of the form NAME=TEXT, e.g. client=\"ACME\"")
        found[name.strip()] = value.strip()
    return found


def overlays(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Return the folders of overlays, if all of them exist."""
    for path in folders:
        if path.is_file():
            raise ValueError(f"'{path}' is a file; name its folder: --overlay {path.parent}")
        if not path.is_dir():
            raise ValueError(f"there is no folder '{path}'; {nearest(path)}")
    return tuple(folders)


def slot(text: str | None) -> float | None:
    """Return a slot in minutes, 0 for "all" and ``None`` if nothing is given.

    >>> slot("45"), slot("3h"), slot("1h30"), slot("1:30"), slot("90 min")
    (45.0, 180.0, 90.0, 90.0, 90.0)
    """
    if text is None or text in (ALL, "0"):
        return None if text is None else 0
    hours = HOURS.fullmatch(text.strip().lower())
    said = (hours[1], hours[2] or "0") if hours else ("0", MINUTES.sub("", text))
    whole, rest = (decimal(part) for part in said)
    minutes = 60 * whole + rest if whole is not None and rest is not None else 0
    if not 1 <= minutes <= A_DAY:
        raise ValueError(f"'{text}' isn't a number of minutes; write 45, 3h, or {ALL}")
    return minutes


def writers(text: str) -> tuple[str, ...]:
    """Return the names of writers, split at commas."""
    names = listed(text)
    for name in names:
        if name not in _known("writer"):
            raise ValueError(f"'{name}'; {did_you_mean(name, _known('writer'))}")
    return names


def theme(name: str) -> str:
    """Return the name of a theme or theme file, if it exists."""
    if name and name not in _known("theme"):
        kind = Path(name).suffix.lower()
        if kind in TEMPLATES:
            raise ValueError(f"'{name}' is a presentation; use --template {name}")
        if kind not in THEME_FILES:
            raise ValueError(f"'{name}'; {did_you_mean(name, _known('theme'))}")
        if not Path(name).is_file():
            raise ValueError(f"there is no file '{name}'")
    return name


@cache
def _known(kind: str) -> tuple[str, ...]:
    """Return the registered names of a kind; looking for plugins takes milliseconds, and a table has thousands of rows."""
    return tuple(standard_registry().names(kind))


def font_files(values: Sequence[str]) -> dict[tuple[str, bool], Path]:
    """Return ``NAME=FILE`` as (family, bold) -> file."""
    found: dict[tuple[str, bool], Path] = {}
    for text in values:
        name, equals, file = text.partition("=")
        reason = font_fault(Path(file)) if equals else 'write NAME=FILE, e.g. "Corporate Sans=corporate.ttf"'
        if reason or not name.strip():
            raise ValueError(f"'{text}': {reason}")
        family = name.strip()
        bold = family.lower().endswith(BOLD)
        found[family[: -len(BOLD)] if bold else family, bold] = Path(file)
    return found


def names(file: Path | None) -> tuple[str, ...]:
    """Return the names in a file: one per line, or the column ``name`` of a CSV file."""
    if file is None:
        return ()
    from workshop import limits
    from workshop.inputs.door import read_text
    from workshop.inputs.structured import TableError, read_cells

    try:
        rows = [row for _, row in read_cells(read_text(file, limits.CSV_BYTES))]
    except (OSError, TableError) as error:
        why = getattr(error, "strerror", None) or error
        raise ValueError(f"{file} cannot be read: {why}; save it as CSV in UTF-8") from None
    found = tuple(name for cells in _name_cells(rows, file) if (name := " ".join(" ".join(cells).split())))
    if odd := next((name for name in found if NO_NAME.search(name)), ""):
        raise ValueError(f"{file}: {odd!r} isn't a name to print; is '{NAME_COLUMN}' the right column?")
    if not found or len(found) > MOST_NAMES:
        raise ValueError(f"{file} holds {len(found)} names; from 1 to {MOST_NAMES} can be printed")
    return found


def day(text: str) -> str:
    """Return a date as it is printed, today's if none is given.

    >>> day("2026-03-09")
    '2026-03-09'
    """
    if not text:
        return datetime.now().astimezone().date().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is not a date; write it as 2026-03-09") from None


def _name_cells(rows: Sequence[list[str]], file: Path) -> Iterator[list[str]]:
    """Yield the cells of each row that make up a name: one column, or a first and a last name."""
    head = [" ".join(cell.lower().replace("_", " ").replace("-", " ").split()) for cell in rows[0]] if rows else []
    place = next((head.index(name) for name in NAME_COLUMNS if name in head), -1)
    last = next((head.index(name) for name in LAST_NAMES if name in head), -1)
    if place < 0 and any(len(row) > 1 for row in rows):
        raise ValueError(f"{file} has no column '{NAME_COLUMN}'; name it in the first line")
    both = head[place] in ("first name", "firstname") and last >= 0 if place >= 0 else False
    for row in rows[1:] if place >= 0 else rows:
        cells = [*row, *[""] * len(head)]
        yield [cells[max(place, 0)], cells[last] if both else ""]


# ---------------------------------------------------------------- command line
# The options of a build, as text: what it prints can then say how to build the same kit again with one change.
PACKAGE = "workshop-kit"


def program() -> str:
    """Return how this program was started, so that what is printed can be pasted: by one of its names, or the script of a checkout."""
    started = Path(sys.argv[0])
    if started.name != SCRIPT:
        return PACKAGE if started.stem == PACKAGE else "workshop"
    path = _short(started.as_posix()) if started.is_absolute() else started.as_posix()
    return (
        f"{'py' if sys.platform == 'win32' else 'python3'} {shlex.quote(path if Path(path).exists() else str(started))}"
    )


def program_on_paper() -> str:
    """Return the same for files that others get, without a path of this computer."""
    return CHECKOUT if Path(sys.argv[0]).name == SCRIPT else "workshop"


def typed_again(context: click.Context) -> str:
    """Return the argument and the options that were given to ``build``, ready to be typed: "build my-kit --seed 3".

    They are printed, so absolute paths are shortened: see ``_short``.
    """
    argument, words = _given(context)
    shown = [str(context.info_name), *map(_short, argument)] if argument else []
    return shlex.join([*shown, *(_as_typed(word) if is_value else word for word, is_value in words)])


def typed_words(context: click.Context) -> tuple[str, ...]:
    """Return the same as words, the paths as they were typed."""
    argument, words = _given(context)
    return (*argument, *(word for word, _ in words))


def _given(context: click.Context) -> tuple[list[str], list[tuple[str, bool]]]:
    """Return what was given on the command line: the argument; and each word of the options, and whether it is a value."""
    argument: list[str] = []
    words: list[tuple[str, bool]] = []
    for parameter in context.command.params:
        name = str(parameter.name)
        if (
            getattr(parameter, "once", False)
            or context.get_parameter_source(name) is not click.core.ParameterSource.COMMANDLINE
        ):
            continue
        value = context.params[name]
        if isinstance(parameter, click.Argument):
            argument = [str(value)]
        elif isinstance(parameter, click.Option) and parameter.is_flag:
            words.append((parameter.opts[-1], False))
        else:
            for one in value if parameter.multiple else (value,):
                words += [(parameter.opts[0], False), (str(one), True)]
    return argument, words


def _as_typed(text: str) -> str:
    """Return a value as it was typed, with a shortened path."""
    name, equals, path = text.partition("=")
    return f"{name}={_short(path)}" if equals else _short(name)


def _short(text: str) -> str:
    """Return an absolute path as seen from the working folder, or its last part if it lies elsewhere; other text as it is.

    >>> _short("/home/ann/notes/"), _short("notes/today"), _short("45")
    ('notes', 'notes/today', '45')
    """
    path, here = Path(text), Path.cwd()
    if not path.is_absolute():
        return text
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name


# ---------------------------------------------------------------- grouped
# What an option of the command line is: its declaration, its heading in ``--help``, the value that a command gets.
EXAMPLE = re.compile(r"^( *)workshop ", re.MULTILINE)
LONGEST = 255  # bytes of the name of a file or folder


class Place(click.Path):
    """A path that the system could give to a file or folder, whether or not there is one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse an empty path, and one that is too long, before any work is done for it."""
        if not os.fspath(value):
            self.fail("it is empty.", param, ctx)
        if any(len(os.fsencode(name)) > LONGEST for name in Path(value).parts):
            self.fail("a name in it is too long; choose a shorter one.", param, ctx)
        return super().convert(value, param, ctx)


class Group(StrEnum):
    """The headings of ``--help``, in their order."""

    CONTENT = "Content"
    TIME = "Time"
    PAPER = "Paper and files"
    LOOK = "Look"
    SAFETY = "Safety and messages"


class GroupedOption(click.Option):
    """An option that knows its heading, and whether ``command_line.typed_again`` leaves it out."""

    group = Group.SAFETY
    once = True
    often = False


class GroupedCommand(click.Command):
    """A command whose ``--help`` lists its options under headings, and names the program as it was started.

    If it has many options, ``--help`` shows those that are often used, and ``--help-all`` all of them by topic.
    """

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options, and ``--help-all`` if it shows more than ``--help``."""
        found = super().get_params(ctx)
        if len(found) <= ONE_SCREEN or not any(map(_is_often, found)):
            return found
        every = GroupedOption(
            ["--help-all"], is_flag=True, is_eager=True, expose_value=False, callback=_print_all, help="Show all options by topic."
        )  # fmt: skip
        return [*found, every]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; one that doesn't exist is compared without its dashes, with which any two look alike."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            names = [name.removeprefix("--") for param in self.get_params(ctx) for name in param.opts]
            near = get_close_matches(error.option_name.removeprefix("--"), names, 2)
            raise click.NoSuchOption(error.option_name, None, [f"--{name}" for name in near], ctx) from None

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        self.help = as_started(self.help or "")
        super().format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, group by group; those that are often used in one list."""
        params = self.get_params(ctx)
        often = [p for p in params if _is_often(p) or p.name == "help_all"]
        if any(p.name == "help_all" for p in often) and not ctx.meta.get(_ALL):
            with formatter.section("Options that people often use"):
                formatter.write_dl([record for p in often if (record := p.get_help_record(ctx)) is not None])
            return
        for group in Group:
            own = [p for p in params if isinstance(p, click.Option) and _group_of(p) is group]
            if records := [record for p in own if (record := p.get_help_record(ctx)) is not None]:
                with formatter.section(group.value):
                    formatter.write_dl(records)


def as_started(text: str) -> str:
    """Return a help whose examples can be pasted, whichever way the program was started."""
    return EXAMPLE.sub(lambda match: f"{match[1]}{program()} ", text)


_ALL = "workshop.cli.help-all"
ONE_SCREEN = 20  # options


def _is_often(option: click.Parameter) -> bool:
    return isinstance(option, GroupedOption) and option.often


def _print_all(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        ctx.meta[_ALL] = True
        click.echo(ctx.get_help())
        ctx.exit()


def _group_of(option: click.Option) -> Group:
    return option.group if isinstance(option, GroupedOption) else Group.SAFETY  # --help is click's own


class Option(Struct, frozen=True, kw_only=True):
    """An option as it is declared.

    Attributes:
        names: as ``click.option`` takes them.
        read: turns what was typed into a value; a ``ValueError`` is shown with the option's name.
        once: whether another build of the same kit would not repeat it.
        often: whether a short help shows it.
        settings: whatever else ``click.option`` takes.
    """

    names: tuple[str, ...]
    group: Group
    help: str
    read: Callable[[Any], Any] | None = None
    once: bool = False
    often: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)

    def but(self, text: str, **settings: Any) -> Option:
        """Return the option as another command takes it, with a help of its own."""
        return replace(self, help=text, settings={**self.settings, **settings})

    def made(self) -> GroupedOption:
        """Return it for click."""
        option = GroupedOption(self.names, help=self.help, **self.settings)
        option.group, option.once, option.often = self.group, self.once, self.often
        return option


def option(
    *names: str,
    group: Group,
    text: str,
    read: Callable[[Any], Any] | None = None,
    once: bool = False,
    often: bool = False,
    **settings: Any,
) -> Option:
    """Declare an option; ``text`` is its help."""
    return Option(names=names, group=group, help=text, read=read, once=once, often=often, settings=settings)


def takes(*options: Option) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command its options, in the order of ``--help``, and hand it their values."""

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        made = {str((own := declared.made()).name): (own, declared.read) for declared in options}

        @wraps(command)
        def run(**typed: Any) -> Any:
            for name, (own, read) in made.items():
                if read is not None:
                    try:
                        typed[name] = read(typed[name])
                    except ValueError as error:
                        raise click.BadParameter(str(error), click.get_current_context(), own) from None
            return command(**typed)

        run.__click_params__ = [  # type: ignore[attr-defined]
            *getattr(command, "__click_params__", ()),
            *(own for own, _ in reversed(made.values())),
        ]
        return run

    return decorated


# ---------------------------------------------------------------- print options
# Options that change how things are printed, apart from paper and reading profile.
GREY = option("--grey", group=Group.PAPER, once=True, is_flag=True, text="Print everything in greys, without colour.")
CUTTING = option(
    *("--no-cutting", "cutting"),
    group=Group.PAPER,
    once=True,
    is_flag=True,
    flag_value=False,
    default=True,
    text="Sorting cards and name tags become lists, so that nothing has to be cut.",
)
HINTS = option(
    *("--no-hints", "hints"),
    group=Group.PAPER,
    once=True,
    is_flag=True,
    flag_value=False,
    default=True,
    text="Leave the hints of tasks out.",
)
SOLUTIONS = option(
    "--solutions",
    group=Group.PAPER,
    once=True,
    is_flag=True,
    text="Put its key after each sheet, for people who work alone.",
)
FLIP = option(
    "--flip",
    group=Group.PAPER,
    once=True,
    type=click.Choice(["long", "short"]),
    default="long",
    show_default=True,
    text="The edge on which your printer turns a sheet: the backs of sorting cards follow it.",
)
PRINTER = option(
    "--printer",
    group=Group.PAPER,
    once=True,
    is_flag=True,
    text="Write printer.pdf, too: a page for whoever prints print-all.pdf.",
)

PRINTING = (GREY, CUTTING, HINTS, SOLUTIONS, FLIP, PRINTER)
