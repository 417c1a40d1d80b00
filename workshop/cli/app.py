"""The command line: options in, problems and exit codes out; no logic of its own."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from workshop import __version__
from workshop.cli.command_line import typed_again
from workshop.cli.console import FORMATS, Progress, format_problems
from workshop.cli.kit_path import builtin_kit, kit_path
from workshop.cli.look_options import check_theme_name, font_files, look_options
from workshop.cli.new import new_commands
from workshop.cli.paper import paper_options
from workshop.cli.room import quiz_command, tally_command
from workshop.cli.slot import explained, plan_text, print_built, slot_options
from workshop.errors import ExitCode, Problem, Severity, WorkshopError, did_you_mean
from workshop.model.request import Request
from workshop.plugins.registry import Registry, standard_registry
from workshop.room.actual_minutes import read_actual

LISTS = ("stages", "demos", "audiences", "themes", "writers", "charts", "points", "layouts")
DEFAULT_OUT = Path("dist")
VOTES = ("votes", "ballots")  # the slot that --votes fills


class Commands(click.Group):
    """A group whose default command is ``build``: options alone, or a path, mean it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``build`` in front where no command is named."""
        own = {"--help", "-h", "--version"}
        if not args or (args[0] not in self.commands and args[0] not in own and self._means_build(args[0])):
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def _means_build(self, first: str) -> bool:
        return first.startswith("-") or Path(first).exists() or Path(first).suffix == ".md"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command where there is none of that name."""
        if args and args[0] not in self.commands:
            hint = did_you_mean(args[0], self.commands)
            raise click.UsageError(f"There is no command or file '{args[0]}'; {hint}", ctx)
        return super().resolve_command(ctx, args)


def _pairs(values: Sequence[str], option: str) -> dict[tuple[str, str], str]:
    """Return ``demo.knob=value`` options as a mapping; a name without a demo has the owner ""."""
    found: dict[tuple[str, str], str] = {}
    for text in values:
        name, equals, value = text.partition("=")
        owner, _, key = name.strip().rpartition(".")
        if not (equals and key and value) or name.strip().startswith("."):
            example = "trigram.rounds=2" if option == "--set" else "retrieval.library=my-notes/"
            raise click.BadParameter(f"'{text}' is not of the form DEMO.WHAT=VALUE, e.g. {example}", param_hint=option)
        found[owner, key] = value.strip()
    return found


def _variables(values: Sequence[str]) -> dict[str, str]:
    """Return ``name=text`` options as a mapping."""
    found: dict[str, str] = {}
    for text in values:
        name, equals, value = text.partition("=")
        if not equals or not name.strip().isidentifier():
            raise click.BadParameter(f"'{text}' is not of the form NAME=TEXT, e.g. client=\"ACME\"", param_hint="--var")
        found[name.strip()] = value.strip()
    return found


TRUST = click.option(
    "--trust", is_flag=True, help="Run the Python files that the kit brings; remembered until a byte of them changes."
)


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that both ``build`` and ``check`` take."""
    for option in reversed(
        (
            click.option("--audience", default="", metavar="NAME", help="For whom: see 'list audiences'."),
            click.option(
                "--stage",
                "stages",
                default="",
                metavar="LIST",
                help="Only these stages: numbers or names, with commas.",
            ),
            click.option("--set", "sets", multiple=True, metavar="[DEMO.]KNOB=VALUE", help="Turn a demo's knob."),
            click.option(
                "--data", multiple=True, metavar="[DEMO.]SLOT=PATH", help="Give a demo your own text, folder or CSV."
            ),
            click.option(
                "--votes",
                type=click.Path(path_type=Path),
                help="The room's ballots: a table, tallies, or a code and its ticks a line.",
            ),
            click.option(
                "--seed", default=0, show_default=True, type=click.IntRange(0, 2**32 - 1), help="Seed of every demo."
            ),
            click.option("--no-cache", is_flag=True, help="Run every demo anew."),
            click.option(
                "--overlay",
                "overlays",
                multiple=True,
                metavar="DIR",
                type=click.Path(path_type=Path, exists=True, file_okay=False),
                help="Lay own slides and files over the kit's; may be given again.",
            ),
            click.option("--var", "variables", multiple=True, metavar="NAME=TEXT", help="Text for {{ var.NAME }}."),
            TRUST,
        )
    ):
        command = option(command)
    return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="workshop")
def commands() -> None:
    """Turn demos that are really run, and plain Markdown, into a deck, sheets with keys, and a facilitator's guide.

    \b
    With no command, or only options, the built-in kit is built:
      python3 build_deck.py                        everything, into dist/general/
      python3 build_deck.py --audience students    for another audience
      python3 build_deck.py --stage 2,7            two stages only
      python3 build_deck.py --minutes 45           what fits 45 minutes
      python3 build_deck.py build talk.md          a deck from one Markdown file, into dist/talk/
      python3 build_deck.py demo trigram           one demo, in the terminal
      python3 build_deck.py check                  every problem of the kit
      python3 build_deck.py new my-kit             a kit of your own that builds at once
      python3 build_deck.py --overlay client       own slides over the kit's
    """


@commands.command("build")
@click.argument("kit", required=False, metavar="[KIT or FILE]")
@shared_options
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Output folder; default dist/<audience>/ or dist/<file>/.",
)
@slot_options
@paper_options
@look_options
@click.option("--start", default="", metavar="HH:MM", help="Clock time of the first slide, for the run sheet.")
@click.option("--force", is_flag=True, help="Overwrite files that were edited by hand.")
@click.option("--quiet", is_flag=True, help="Print nothing but problems.")
@click.option("--verbose", is_flag=True, help="Print each step, and a traceback where something is our fault.")
def build_command(
    kit: str | None,
    out: Path | None,
    quiet: bool,
    verbose: bool,
    dry_run: bool,
    as_json: bool,
    explain: bool,
    **options: Any,
) -> None:
    """Build a kit, or a deck from one Markdown file.

    KIT is a folder with kit.yaml, FILE a Markdown file; without either the built-in kit is built.
    """
    from workshop.build import build, prepare, stop

    if as_json and not dry_run:
        raise click.UsageError("--json goes with --dry-run")
    registry = standard_registry()
    request = replace(_request(registry, **options), again=typed_again(click.get_current_context()))
    path = kit_path(kit, registry)
    if dry_run:
        laid, problems = prepare(path, request, registry, base=builtin_kit(registry))
        stop(problems)
        _print_problems(problems, quiet=as_json)
        click.echo(plan_text(laid.kit, as_json=as_json, explain=explain))
        return
    progress = Progress(quiet=quiet, verbose=verbose)
    began = time.perf_counter()
    try:
        folder = out or (lambda audience: DEFAULT_OUT / _folder(path, kit, request, audience))
        built = build(path, request, registry, base=builtin_kit(registry), out=folder, progress=progress)
    finally:
        progress.done()
    _print_problems(built.problems, quiet=quiet)
    if explain:
        click.echo(explained(built.laid.kit))
    if not quiet:
        print_built(built, time.perf_counter() - began)


@commands.command("check")
@click.argument("kit", required=False, metavar="[KIT, FILE or DECK]")
@shared_options
@look_options
@click.option(
    "--format", "style", type=click.Choice(FORMATS), default="text", show_default=True, help="How problems are printed."
)
def check_command(kit: str | None, style: str, **options: Any) -> None:
    """Print every problem of a kit, a Markdown file or a finished deck; exit 1 if there is any that counts.

    A kit is checked for each of its audiences, or only for --audience. In a kit warnings count; in a single file or
    a deck only errors do.
    """
    registry = standard_registry()
    if kit and Path(kit).suffix.lower() in (".pptx", ".potx"):
        problems, strict = _check_deck(Path(kit)), False
    else:
        path = kit_path(kit, registry)
        problems, strict = _check_sources(path, registry, options), path.is_dir()
    text = format_problems(problems, style)
    if text and (problems or style != "text"):
        click.echo(text)
    worst = Severity.WARNING if strict else Severity.ERROR
    counted = sum(p.severity >= worst for p in problems)
    if style == "text":
        click.echo(f"{counted} problem{'s' * (counted != 1)}" if counted else "no problems", err=bool(counted))
    sys.exit(ExitCode.CONTENT if counted else ExitCode.DONE)


def _check_deck(path: Path) -> tuple[Problem, ...]:
    from workshop.check.package import check_package

    return check_package(path)


def _check_sources(path: Path, registry: Registry, options: dict[str, Any]) -> tuple[Problem, ...]:
    from workshop.build import check

    progress = Progress(quiet=False, verbose=False)
    found: dict[Problem, None] = {}
    try:
        for problem in check(
            path, _request(registry, **options), registry, base=builtin_kit(registry), progress=progress
        ):
            found.setdefault(problem)
    except WorkshopError as error:
        found |= dict.fromkeys(error.problems)
    finally:
        progress.done()
    return tuple(found)


@commands.command("demo")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print facts and exhibits as JSON and nothing else.")
@click.option("--set", "sets", multiple=True, metavar="KNOB=VALUE", help="Turn a knob: see 'list demos'.")
@click.option("--data", multiple=True, metavar="SLOT=PATH", help="Give the demo your own text, folder or CSV.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0, 2**32 - 1))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Draw the charts into this folder (SVG and PNG)."
)
@click.option("--kit", metavar="KIT", help="The kit whose data it runs on; default: the built-in kit.")
@click.option("--no-cache", is_flag=True, help="Run it anew.")
@TRUST
def demo_command(name: str | None, as_json: bool, out: Path | None, kit: str | None, **options: Any) -> None:
    """Run one demo: its tables in the terminal, its charts to files, its facts as JSON."""
    from workshop.cli import listings as show

    registry = standard_registry()
    if not name:
        raise click.UsageError("Which demo? " + ", ".join(registry.names("demo")))
    prefix = [f"{name}.{pair}" for pair in options.pop("sets")], [f"{name}.{pair}" for pair in options.pop("data")]
    request = _request(registry, sets=prefix[0], data=prefix[1], **options)
    findings, demo = show.run_one(name, request, registry, kit_path(kit, registry), builtin_kit(registry))
    if as_json:
        click.echo(show.as_json(name, request.seed, findings))
        return
    show.print_findings(name, demo, request.seed, findings)
    if out is not None:
        for path in show.draw_charts(findings, out, registry):
            click.echo(path.as_posix())


@commands.command("list")
@click.argument("what", type=click.Choice(LISTS))
@click.argument("kit", required=False)
def list_command(what: str, kit: str | None) -> None:
    """List what there is: stages and audiences of a kit, demos with their knobs, themes, writers, charts; points taught.

    'list layouts corp.pptx' shows which layout of a template each of ours was matched to, and why.
    """
    from workshop.cli import listings as show

    registry = standard_registry()
    if what == "layouts":
        if not kit:
            raise click.UsageError("Which template? list layouts corp.pptx")
        show.print_layouts(Path(kit))
        return
    show.print_list(what, kit_path(kit, registry), builtin_kit(registry), registry)


commands.add_command(new_commands)
commands.add_command(quiz_command)
commands.add_command(tally_command)


def _folder(path: Path, kit: str | None, request: Request, audience: str) -> str:
    if path.is_file():
        return path.stem
    names = [*([path.resolve().name] if kit else ()), *(folder.resolve().name for folder in request.overlays), audience]
    names += [f"stages-{'-'.join(request.stages)}"] if request.stages else []
    names += [f"{request.minutes:g}-min"] if request.minutes else ["all"] if request.minutes == 0 else []
    return "-".join(names)


def _request(registry: Registry, **options: Any) -> Request:
    """Return the options as a request; wrong names are refused before anything is read."""
    from workshop.files.paths import default_cache, trusted_file

    only = tuple(x.strip() for x in options.pop("only", "").split(",") if x.strip())
    for name in only:
        if not registry.has("writer", name):
            raise click.BadParameter(f"'{name}'; {did_you_mean(name, registry.names('writer'))}", param_hint="--only")
    check_theme_name(options.get("theme", ""), registry)
    options["paper"] = options.get("paper") or ""
    stages = tuple(x.strip() for x in options.pop("stages", "").split(",") if x.strip())
    data = {key: Path(value) for key, value in _pairs(options.pop("data", ()), "--data").items()}
    if votes := options.pop("votes", None):
        data[VOTES] = votes
    cache = None if options.pop("no_cache", False) else default_cache()
    variables = _variables(options.pop("variables", ()))
    return Request(
        only=only,
        stages=stages,
        sets=_pairs(options.pop("sets", ()), "--set"),
        data=data,
        cache=cache,
        actual=read_actual(path) if (path := options.pop("actual", None)) else {},
        variables=variables,
        font_files=font_files(options.pop("font_files", ())),
        trusted=trusted_file(),
        **options,
    )


def _print_problems(problems: Sequence[Problem], *, quiet: bool) -> None:
    shown = [p for p in problems if p.severity > Severity.ADVICE or not quiet]
    if shown:
        click.echo(format_problems(shown), err=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with a code that means something; never with a traceback."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    try:
        commands.main(args=args, prog_name="workshop", standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.Abort:
        click.echo("stopped; nothing was written", err=True)
        sys.exit(ExitCode.MACHINE)
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except WorkshopError as error:
        click.echo(format_problems(error.problems), err=True)
        count = sum(p.severity is Severity.ERROR for p in error.problems)
        click.echo(f"{count} problem{'s' * (count != 1)}; nothing was written", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(ExitCode.DONE)
    except Exception as error:  # the last line of defence: a person gets one sentence, --verbose gets the rest
        if "--verbose" in args:
            raise
        click.echo(f"this is our fault: {type(error).__name__}: {error}; --verbose shows where", err=True)
        sys.exit(ExitCode.MACHINE)
