"""The options of a build, as text: what it prints can then say how to build the same kit again with one change."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from workshop.model.request import CHECKOUT

SCRIPT = "build_deck.py"


def program() -> str:
    """Return how this program was started, so that what is printed can be pasted: "workshop", or the script of a checkout."""
    started = Path(sys.argv[0])
    if started.name != SCRIPT:
        return "workshop"
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
    words: list[str] = []
    for parameter in context.command.params:
        name = str(parameter.name)
        if (
            getattr(parameter, "once", False)
            or context.get_parameter_source(name) is not click.core.ParameterSource.COMMANDLINE
        ):
            continue
        value = context.params[name]
        if isinstance(parameter, click.Argument):
            words[:0] = [str(context.info_name), _short(str(value))]
        elif isinstance(parameter, click.Option) and parameter.is_flag:
            words.append(parameter.opts[-1])
        else:
            for one in value if parameter.multiple else (value,):
                words += [parameter.opts[0], _as_typed(str(one))]
    return shlex.join(words)


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
