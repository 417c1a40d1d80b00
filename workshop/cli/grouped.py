"""Commands whose ``--help`` lists options under headings, with examples."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Any

import click
from msgspec import Struct, field
from msgspec.structs import replace

from workshop.cli.command_line import program

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
