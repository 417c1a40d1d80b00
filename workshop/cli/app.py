"""The command line: options in, problems and exit codes out; no logic of its own."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from workshop import __version__
from workshop.cli import options as opt
from workshop.cli.asked import base_kit, builtin_kit, default_folder, kit_path, request_of
from workshop.cli.command_line import program, program_on_paper, typed_again, typed_words
from workshop.cli.console import Progress, format_problems
from workshop.cli.entry import Remember
from workshop.cli.grouped import as_started
from workshop.cli.plan_text import explained, plan_text, print_built
from workshop.cli.system import at_a_screen, end
from workshop.cli.time_spent import Timing
from workshop.errors import ExitCode, Problem, Severity, WorkshopError, did_you_mean
from workshop.files.journal import change
from workshop.inputs.worlds import FILE, FOLDER
from workshop.plugins.addons import addons, load
from workshop.plugins.registry import Registry, standard_registry


def world_named(name: str, registry: Registry) -> Path | None:
    """Return the folder of a world: any folder with a world.yaml, or a ready one by its name; ``None`` for other things."""
    folders = (Path(name), builtin_kit(registry) / FOLDER / name)
    return next((folder for folder in folders if (folder / FILE).is_file()), None)


def check_world(folder: Path, registry: Registry, proof: Path | None) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Write the proof, if there is to be one, and return the problems, and lines that say what each moment shows."""
    from workshop.render.print.proof import proof_sheet

    try:
        found = registry.get("world_check", registry.names("world_check")[0])(folder)
    except WorkshopError as error:
        return error.problems, ()
    if proof is None:
        return found.problems, found.lines
    change(proof.parent, {proof.name: proof_sheet(f"Proof of {folder.name}", found.words, found.others)})
    return found.problems, (*found.lines, proof.as_posix())


LISTS = ("slides", "stages", "demos", "audiences", "themes", "writers", "charts", "points", "layouts")
# Commands with a module of their own, which is imported when one is asked for
COMMANDS = {
    "cache": "workshop.cli.cache_command:cache_command",
    "new": "workshop.cli.new:new_commands",
    "plan": "workshop.cli.plan:plan_command",
}
DECKS = (".pptx", ".potx", ".ppsx", ".pptm", ".potm", ".ppsm")


def _named() -> dict[str, str]:
    """Return the commands that are imported when they are asked for, with the place of each; an add-on's goes before ours."""
    return COMMANDS | {name: place for addon in addons().values() for name, place in addon.commands.items()}


class Commands(click.Group):
    """A group whose default command is ``build``: options alone, or a path, mean it."""

    command_class = opt.GroupedCommand

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands; most are imported when they are asked for."""
        return sorted({*self.commands, *_named()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command of ours or of an add-on."""
        if target := _named().get(cmd_name):
            command: click.Command = load(target)
            return command
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``build`` in front where no command is named."""
        own = ("--help", "-h", "--version")
        if not args:
            args = [self._alone()]
        elif args[0] not in {*self.list_commands(ctx), *own} and self._means_build(args[0]):
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help with examples that can be pasted."""
        self.help = as_started(self.help or "")
        super().format_help_text(ctx, formatter)

    def _alone(self) -> str:
        """Return the command that the name of the program alone means; without a person at a screen, say what can be typed, and exit."""
        name = next((addon.alone for addon in addons().values() if addon.alone), "")
        if name and at_a_screen():
            return name
        typed = [f"  {program()} {name:6} opens a page in your browser on which you put a kit together"] if name else []
        typed += [f"  {program()} build  makes the files of the built-in kit"]
        click.echo("\n".join(("Type one of these:", *typed, f"'{program()} --help' lists the others.")), err=True)
        sys.exit(ExitCode.USAGE)

    def _means_build(self, first: str) -> bool:
        return first.startswith("-") or Path(first).exists() or Path(first).suffix == ".md"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command if there is none of that name."""
        if args and args[0] not in (known := self.list_commands(ctx)):
            hint = did_you_mean(args[0], known)
            raise click.UsageError(f"There is no command or file '{args[0]}'; {hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="workshop")
def commands() -> None:
    """Turn small demos that actually run, plus plain Markdown, into a deck, sheets with keys, and a facilitator's guide.

    \b
    Without a command, a page opens on which you put a kit together; with options alone, the built-in kit is built:
      workshop app                          the page, without a terminal
      workshop build                        everything, into dist/general/
      workshop build --audience students    for another audience
      workshop build --stage 2,7            two stages only
      workshop build --minutes 45           what fits 45 minutes
      workshop build talk.md                a deck from one Markdown file, into dist/talk/
      workshop preview talk.md              its slides in the browser, following the saved file
      workshop demo trigram                 one demo, in the terminal
      workshop check                        every problem of the kit
      workshop new talk.md                  a talk of six slides to change
      workshop new my-kit                   a kit of your own that builds at once
      workshop build --overlay client       your own slides laid over the kit's

    In a checkout, 'python build_deck.py' is the same command without installation.
    """


@commands.command("build")
@click.argument("kit", required=False, metavar="[KIT or FILE]")
@opt.takes(*opt.BUILD)
def build_command(
    kit: str | None,
    out: Path | None,
    quiet: bool,
    verbose: bool,
    dry_run: bool,
    as_json: bool,
    explain: bool,
    timing: bool,
    **options: Any,
) -> None:
    """Build a kit, or a deck from one Markdown file.

    KIT is a folder with kit.yaml, FILE a Markdown file; without either the built-in kit is built.
    """
    from workshop.build import build, prepare, stop

    if as_json and not dry_run:
        raise click.UsageError("--json needs --dry-run")
    registry = standard_registry()
    context = click.get_current_context()
    request = replace(
        request_of(**options), again=typed_again(context), typed=typed_words(context), program=program_on_paper()
    )
    path = kit_path(kit, registry)
    if dry_run:
        laid, problems = prepare(path, request, registry, base=base_kit(registry))
        stop(problems, strict=request.strict)
        _print_problems(problems, quiet=as_json)
        click.echo(plan_text(laid.kit, as_json=as_json, explain=explain))
        return
    progress = Progress(quiet=quiet, verbose=verbose)
    began = time.perf_counter()
    timed = Timing(progress) if timing else None
    try:
        folder = out or (lambda audience: default_folder(path, kit, request, audience))
        built = build(path, request, registry, base=base_kit(registry), out=folder, progress=timed or progress)
    finally:
        progress.done()
    said = _print_problems(built.problems, quiet=quiet)
    if explain:
        click.echo(explained(built.laid.kit))
    if not quiet:
        print_built(built, time.perf_counter() - began)
    if timed is not None:
        click.echo(timed.table())
    if isinstance(remember := click.get_current_context().obj, Remember) and not explain:
        remember(built, said, quiet=quiet)


@commands.command("check")
@click.argument("kit", required=False, metavar="[KIT, FILE, DECK or WORLD]")
@opt.takes(*opt.CHECK)
def check_command(kit: str | None, style: str, printed: bool, proof: Path | None, **options: Any) -> None:
    """Print every problem of a kit, a Markdown file, a finished deck or a world; the exit code is 1 if any of them counts.

    A kit is checked for each of its audiences, or only for --audience. In a kit warnings count; in a single file or
    a deck only errors do, unless --strict is given. Whether all of it fits on paper is found with --print, or by a build.
    Of a world, what its questions find and what the slides about search will show is printed, too.
    """
    from workshop.build import as_error

    registry = standard_registry()
    shown: tuple[str, ...] = ()
    if kit and Path(kit).suffix.lower() in DECKS:
        problems, strict = _check_deck(Path(kit)), False
    elif kit and (world := world_named(kit, registry)):
        (problems, shown), strict = check_world(world, registry, proof), False
    elif proof:
        raise click.UsageError("--proof is for a world: name a folder with world.yaml, or a ready world.")
    else:
        path = kit_path(kit, registry)
        problems, strict = _check_sources(path, registry, options, printed=printed), path.is_dir()
    if options["strict"]:
        problems = tuple(map(as_error, problems))
    text = format_problems(problems, style)
    if text and (problems or style != "text"):
        click.echo(text)
    for line in shown:
        click.echo(line)
    worst = Severity.WARNING if strict else Severity.ERROR
    counted = sum(p.severity >= worst for p in problems)
    if style == "text":
        warned = sum(p.severity is Severity.WARNING for p in problems)
        several = f"{warned} warning{'s' * (warned != 1)}, and nothing that stops a build" if warned else "no problems"
        click.echo(f"{counted} problem{'s' * (counted != 1)}" if counted else several, err=bool(counted or warned))
    sys.exit(ExitCode.CONTENT if counted else ExitCode.DONE)


def _check_deck(path: Path) -> tuple[Problem, ...]:
    from workshop.check.package import check_package

    return check_package(path)


def _check_sources(path: Path, registry: Registry, options: dict[str, Any], *, printed: bool) -> tuple[Problem, ...]:
    from workshop.build import check

    progress = Progress(quiet=False, verbose=False)
    try:
        request = request_of(**options)
        return check(path, request, registry, base=base_kit(registry), printed=printed, progress=progress)
    except WorkshopError as error:
        return error.problems
    finally:
        progress.done()


@commands.command("demo")
@click.argument("name", required=False)
@opt.takes(*opt.DEMO)
def demo_command(
    name: str | None, as_json: bool, source: bool, facts: bool, out: Path | None, kit: str | None, **options: Any
) -> None:
    """Run one demo: its tables in the terminal, its charts to files, its facts as JSON; or print its algorithm, or what its facts mean."""
    from workshop.cli import listings as show

    registry = standard_registry()
    if not name:
        raise click.UsageError("Which demo? " + ", ".join(registry.names("demo")))
    for given in ("sets", "data"):
        options[given] = {(owner or name, what): value for (owner, what), value in options[given].items()}
    request = request_of(**options)
    path = kit_path(kit, registry, here=True)
    content, registry = show.loaded_demo(name, request, registry, path, base_kit(registry), named=bool(kit))
    if source:
        show.print_source(registry.get("demo", name))
        return
    findings, demo = show.run_one(name, request, content, registry)
    if as_json:
        click.echo(show.as_json(name, request.seed, findings))
        return
    if facts:
        show.print_facts(demo, findings)
        return
    show.print_findings(name, demo, request.seed, findings)
    if out is not None:
        for path in show.draw_charts(findings, out, registry):
            click.echo(path.as_posix())


@commands.command("list")
@click.argument("what", type=click.Choice(LISTS))
@click.argument("kit", required=False)
@opt.takes(*opt.LIST)
def list_command(what: str, kit: str | None, **options: Any) -> None:
    """List a kit's slides, stages, audiences, points and demos with their knobs, or the layouts, themes, writers and kinds of chart.

    'list slides' says in which slots each slide is shown; --audience, --overlay and --minutes are for it.
    'list layouts corp.pptx' shows which of a template's layouts is used for each layout of a deck, and why.
    """
    from workshop.cli import listings as show

    registry = standard_registry()
    if what == "layouts" and kit:
        show.print_layouts(Path(kit))
        return
    if what == "slides":
        from workshop.cli.slide_lines import slide_lines

        for line in slide_lines(
            kit_path(kit, registry, here=True), request_of(**options), registry, base_kit(registry)
        ):
            click.echo(line)
        return
    show.print_list(what, kit_path(kit, registry, here=True), base_kit(registry), registry)


@commands.command("schema")
@click.argument("name")
def schema_command(name: str) -> None:
    """Print the JSON schema of a kind of file, with which an editor completes and checks it.

    NAME is kit, talk, slides, sheet, audience, glossary, sources, points, frameworks or style. A new kit has those of its files.
    """
    from workshop.cli.schemas import SCHEMAS, printed

    if name not in SCHEMAS:
        raise click.UsageError(f"There is no schema of '{name}'; {did_you_mean(name, SCHEMAS)}")
    click.echo(printed(name), nl=False)


def _print_problems(problems: Sequence[Problem], *, quiet: bool) -> str:
    """Print problems and return what was printed."""
    shown = [p for p in problems if p.severity > Severity.ADVICE or not quiet]
    text = format_problems(shown)
    if shown:
        click.echo(text, err=True)
    return text


def main(arguments: Sequence[str] | None = None, remember: Remember | None = None) -> None:
    """Run the command line and exit with a code that means something; never with a traceback.

    Args:
        arguments: what was typed after the name of the program; those of this process by default.
        remember: what keeps in mind what a build read and wrote, or ``None``.
    """
    args = list(sys.argv[1:] if arguments is None else arguments)
    try:
        commands.main(args=args, prog_name=program(), standalone_mode=False, obj=remember)
    except click.exceptions.Exit as left:
        sys.exit(left.exit_code)
    except click.Abort:
        click.echo("stopped; nothing was written", err=True)
        sys.exit(ExitCode.MACHINE)
    except click.ClickException as error:
        with suppress(OSError):  # if the terminal is gone, there is nobody to tell
            error.show()
        sys.exit(ExitCode.USAGE)
    except BrokenPipeError:
        sys.exit(ExitCode.DONE)
    except Exception as error:
        end(error, verbose="--verbose" in args)
