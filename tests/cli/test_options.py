"""Options of the command line: all of them declared in one place, grouped in --help."""

import ast
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from workshop.cli import options
from workshop.cli.app import commands
from workshop.cli.grouped import Group, GroupedOption, Option

CLI = Path(options.__file__).parent
DECLARED = {name: value for name, value in vars(options).items() if isinstance(value, Option)}


def every_command(group=commands, before=()):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, (*before, name))
        else:
            yield pytest.param((*before, name), command, id=" ".join((*before, name)))


def full_help(*path):
    """Return the help of a command with all its options."""
    short = CliRunner().invoke(commands, [*path, "--help"]).output
    return CliRunner().invoke(commands, [*path, "--help-all"]).output if "--help-all" in short else short


def headings(text):
    return re.findall(r"^(\w[\w ]*):$", text, re.MULTILINE)


@pytest.mark.parametrize(("path", "command"), list(every_command()))
def test_help_lists_every_option_under_the_heading_of_its_group(path, command):
    shown = full_help(*path)
    sections = dict(zip(headings(shown), re.split(r"^\w[\w ]*:$", shown, flags=re.MULTILINE)[1:], strict=True))
    assert list(sections) == [group.value for group in Group if group.value in sections]
    for option in command.params:
        if isinstance(option, click.Option):
            assert isinstance(option, GroupedOption)
            assert option.opts[0] in sections[option.group.value]


def test_the_build_has_an_option_in_every_group():
    assert headings(full_help("build")) == [group.value for group in Group]


def test_the_help_of_the_build_is_one_screen_with_twelve_options_and_the_way_to_the_others():
    shown = CliRunner().invoke(commands, ["build", "--help"]).output
    assert len(shown.splitlines()) <= 32
    named = re.findall(r"^  (--[\w-]+)", shown, re.MULTILINE)
    assert len(named) == 13
    assert named[-1] == "--help-all"
    assert {"--audience", "--minutes", "--template", "--data"} <= set(named)


@pytest.mark.parametrize("path", sorted(CLI.glob("*.py")), ids=lambda path: path.stem)
def test_options_are_declared_in_one_module(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    declared = [node.lineno for node in calls if ast.unparse(node.func) in ("click.option", "click.Option")]
    assert declared == []


def test_every_declared_option_is_taken_by_a_command():
    taken = {name for each in every_command() for p in each.values[1].params for name in p.opts}
    assert {name for declared in DECLARED.values() for name in declared.names if name.startswith("--")} <= taken


def test_a_value_that_cannot_be_read_is_reported_with_its_option():
    @click.command(cls=options.GroupedCommand)
    @options.takes(options.MINUTES, options.VAR)
    def command(minutes, variables):
        click.echo(f"{minutes} {variables}")

    assert CliRunner().invoke(command, ["--minutes", "45", "--var", "a=b"]).output == "45.0 {'a': 'b'}\n"
    refused = CliRunner().invoke(command, ["--minutes", "soon"])
    assert refused.exit_code == 2
    assert "'--minutes'" in refused.output
    assert "'soon' isn't a number of minutes" in refused.output


@pytest.mark.parametrize("typed", ["garden.example", "ftp://garden.example", "https://x", "https://a b.example/"])
def test_what_is_no_address_of_a_page_is_refused(typed):
    with pytest.raises(ValueError, match="isn't the address of a page"):
        options.EXPLORE_URL.read(typed)


def test_an_address_that_makes_an_unreadable_code_is_refused():
    with pytest.raises(ValueError, match="at most 200"):
        options.EXPLORE_URL.read("https://garden.example/" + "a" * 200)


def test_a_variant_keeps_all_but_its_help_and_settings():
    variant = options.OUT.but("Somewhere else.", metavar="DIR")
    assert (variant.names, variant.group, variant.once) == (options.OUT.names, options.OUT.group, options.OUT.once)
    assert variant.made().help == "Somewhere else."
    assert variant.made().metavar == "DIR"
    assert options.OUT.made().metavar is None
