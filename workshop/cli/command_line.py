"""The command line as it was typed: the program's name, and the command to type again."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from workshop.cli.system import SCRIPT
from workshop.model.request import CHECKOUT

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
