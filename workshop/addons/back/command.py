"""The commands ``adopt`` and ``compare``."""

from __future__ import annotations

import shlex
import sys
from contextlib import chdir
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workshop.cli import options as opt
from workshop.cli.asked import builtin_kit, kit_path, request_of
from workshop.cli.command_line import program
from workshop.cli.console import Progress, format_problems
from workshop.cli.grouped import Group, option
from workshop.errors import At, ExitCode, Problem, Problems, Severity, WorkshopError, errors_in
from workshop.files.bases import Base, Record, read_base
from workshop.files.deck_file import Deck, read_deck
from workshop.plugins.registry import standard_registry

if TYPE_CHECKING:
    from workshop.addons.back.adopt import Source

OVERLAY = option(
    "--overlay",
    group=Group.CONTENT,
    once=True,
    type=opt.FOLDER,
    metavar="DIR",
    text="The folder that the edits go into; default: the last overlay that the deck was built with.",
)
BASE = option(
    "--base",
    group=Group.CONTENT,
    once=True,
    type=opt.FILE,
    metavar="DECK",
    text="The deck as it was built; default: the one that the build kept beside it.",
)
TWO_WAY = option(
    "--two-way",
    group=Group.CONTENT,
    once=True,
    is_flag=True,
    text="Compare with a new build of KIT instead; every difference counts as yours.",
)
LIST = option(
    *("--list", "list_"),
    group=Group.CONTENT,
    once=True,
    is_flag=True,
    text="List the edits that DECK, which is then the folder of an overlay or a talk, has from decks, and whether the last build beside them repeats each.",
)
UNDO = option(
    "--undo",
    group=Group.CONTENT,
    once=True,
    is_flag=True,
    text="Take the last adoption back; DECK is then the folder of an overlay or a talk. What you changed there by hand since stays.",
)
EDIT = option(
    "--edit",
    group=Group.CONTENT,
    once=True,
    type=click.IntRange(min=1),
    metavar="NUMBER",
    text="With --undo: take only this edit back.",
)
PREFER = option(
    "--prefer",
    group=Group.CONTENT,
    once=True,
    type=click.Choice(["deck"]),
    text="Where DECK and a file both changed the same words since the build, take the deck's; else the file's stay, both are printed, and the exit code is 1.",
)
MACROS = (".pptm", ".potm", ".ppsm")


def sound_deck(path: Path) -> Deck:
    """Read a deck that somebody hands in.

    Raises:
        Problems: exit code 2 if it isn't a presentation that can be read.
    """
    from workshop.check.package import check_sound

    if path.suffix.lower() in MACROS:
        raise _usage("a deck with macros can't be adopted", "save it as .pptx", path)
    if found := errors_in(check_sound(path)):
        raise Problems(found, ExitCode.USAGE)
    return read_deck(path)


def _usage(message: str, hint: str, path: Path | None = None) -> WorkshopError:
    at = At(path.as_posix()) if path is not None else None
    return WorkshopError(Problem(message, at, hint=hint, code="adopt"), ExitCode.USAGE)


@click.command("compare", cls=opt.GroupedCommand)
@click.argument("old", type=opt.FILE, metavar="OLD.pptx")
@click.argument("new", type=opt.FILE, metavar="NEW.pptx")
def compare_command(old: Path, new: Path) -> None:
    """Print what changed between two decks: two builds, or a build and the deck that you edited.

    Slides are compared by what they say and show, whichever program saved them: words before and after, tables, charts,
    pictures, places and looks; new, deleted and moved slides.
    """
    from workshop.addons.back.compare import compare
    from workshop.addons.back.match import match
    from workshop.addons.back.report import comparison
    from workshop.addons.back.seen import seen

    before, after = sound_deck(old), sound_deck(new)
    everything = seen(old, new, match(before, after)) if before.by_libreoffice == after.by_libreoffice else None
    for line in comparison(
        before, after, compare(before, after, seen=everything.slides if everything else None), everything
    ):
        click.echo(line)


@click.command("adopt", cls=opt.GroupedCommand)
@click.argument("deck", type=opt.ANY_PATH, metavar="DECK")
@click.argument("kit", required=False, metavar="[KIT or FILE]")
@opt.takes(
    OVERLAY,
    BASE,
    opt.DRY_RUN.but("Print what becomes of each edit, and write nothing."),
    TWO_WAY,
    PREFER,
    LIST,
    UNDO,
    EDIT,
)
def adopt_command(
    deck: Path,
    kit: str | None,
    *,
    list_: bool,
    undo: bool,
    edit: int | None,
    **options: Any,
) -> None:
    """Turn the edits in a deck into an overlay, so that every later build has them.

    Words become Markdown where exactly one line says them; anything else becomes a line that each build repeats. It prints
    what becomes of each edit, and writes that into adopted-report.md. The words of a talk in one file go into that file, and its
    lines into TALK.edits/. What was changed there by hand since the build stays.
    --list shows all edits, --undo takes the last adoption back: DECK is then the folder that they are in.
    """
    if list_ or undo:
        from workshop.addons.back.take_back import LAST, listed, undone

        for line in listed(deck) if list_ else undone(deck, str(edit or LAST)):
            click.echo(line)
        return
    if deck.is_dir():
        raise _usage("this is a folder", "name a deck, or say --list or --undo", deck)
    _adopted(deck, kit, **options)


def _adopted(
    deck: Path,
    kit: str | None,
    *,
    overlay: Path | None,
    base: Path | None,
    dry_run: bool,
    two_way: bool,
    prefer: str | None,
) -> None:
    """Read a deck and what it was built from, and adopt its edits."""
    from workshop.addons.back import adopt

    if deck.with_name(f"~${deck.name}").exists():
        _say(f"{deck.name} is open in PowerPoint: save it there first", Severity.WARNING)
    new = sound_deck(deck)
    deck, overlay = deck.absolute(), overlay.absolute() if overlay else None
    found = _base(deck, new.build, base.absolute() if base else None)
    if found is None and two_way:
        found = adopt.built_now(kit_path(kit, standard_registry()), builtin_kit(standard_registry()))
    if found is None:
        raise _usage(
            "this deck was built elsewhere",
            "give --base with the deck as it was built, or --two-way to compare it with a new build",
            deck,
        )
    named = str(Path(kit).absolute()) if kit and Path(kit).exists() else kit
    back = deck.parent / found.record.back if found.record and found.record.back else Path.cwd()
    here = Path.cwd() if _source(found.record, named)[0].request or not back.is_dir() else back
    with chdir(here):  # where the build was typed, if its paths aren't found here
        source, why = _source(found.record, named)
        if why and found.record is not None:
            _say(f"the options of its build can't be repeated: {why}", Severity.WARNING)
        overlays = source.request.overlays if source.request else ()
        into = overlay or (overlays[-1].absolute() if overlays else None)
        if into is None and (found.record is None or found.record.is_kit):
            raise _usage("there is no overlay that the edits could go into", "name a folder for them: --overlay client")
        is_clear = _adopt(
            deck, new, found, source, into or source.path.parent, dry_run=dry_run, prefer_deck=bool(prefer)
        )
    if not is_clear:
        sys.exit(ExitCode.CONTENT)


def _adopt(deck: Path, new: Deck, base: Base, source: Source, into: Path, *, dry_run: bool, prefer_deck: bool) -> bool:
    """Adopt the edits of a deck; return whether no file was changed in another way, too."""
    from workshop.addons.back import adopt
    from workshop.addons.back.prove import starts
    from workshop.addons.back.report import adoption

    progress = Progress(quiet=False, verbose=False)
    old, found, seen = adopt.compared(deck, new, base)
    if not found.changes and not found.behind and not (seen and seen.beside):
        click.echo("nothing to adopt")
        return True
    try:
        edits = adopt.edits_of(deck, new, base, old, found, seen, source, prefer_deck=prefer_deck)
        draft = adopt.drafted(edits, adopt.overlay_for(source, base, into), source, progress)
    finally:
        progress.done()
    lines = [*adoption(deck.name, draft, edits, new.build or old.build, starts(draft))]
    for line in lines:
        click.echo(line)
    entry = partial(adopt.adoption_of, draft, deck, new.build or old.build)
    written = () if dry_run else adopt.write(draft, lines, entry)
    for path in written:
        click.echo(path.as_posix())
    if written and not draft.overlay.is_talk:
        kit = "" if source.path == source.builtin else f"{shlex.quote(source.path.name)} "
        click.echo(f"next: {program()} build {kit}--overlay {shlex.quote(into.name)}")
    return prefer_deck or not draft.clashes


def _base(deck: Path, known: str, given: Path | None) -> Base | None:
    """Return the deck as it was built: the one that is given, or the one of that id beside the deck."""
    beside = deck.with_name(f".deck-{known}.pptx")
    try:
        return read_base(given or beside) if given or known else None
    except OSError as error:
        if given:
            raise _usage(f"the base can't be read: {error.strerror}", "name the deck as it was built", given) from None
        return None


def _source(record: Record | None, kit: str | None) -> tuple[Source, str]:
    """Return how a deck was built, from what was typed then; if that can't be repeated, without options, and why."""
    from workshop.addons.back.adopt import Source

    registry = standard_registry()
    builtin = builtin_kit(registry)
    path, request, why = Path(kit or builtin), None, "it isn't known" if record is None else ""
    try:
        if record is not None:
            with built_command.make_context("build", list(record.typed)) as context:
                own, options = built_command.invoke(context)
            path, request = kit_path(kit or own, registry), request_of(**options)
    except (click.ClickException, WorkshopError) as error:
        why = error.format_message() if isinstance(error, click.ClickException) else error.problem.message
    return Source(path=path, request=request, builtin=builtin, registry=registry), why


@click.command("build", cls=opt.GroupedCommand)
@click.argument("kit", required=False)
@opt.takes(*opt.ROW)
def built_command(kit: str | None, **options: Any) -> tuple[str | None, dict[str, Any]]:
    """Return what was typed for a build."""
    return kit, options


def _say(message: str, severity: Severity) -> None:
    click.echo(format_problems([Problem(message, severity=severity, code="adopt")]), err=True)
