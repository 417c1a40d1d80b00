"""The commands ``new DIR``, ``new talk.md``, ``new demo``, ``new audience`` and ``new world``."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop.cli import options as opt
from workshop.cli import taken
from workshop.cli.asked import builtin_kit
from workshop.cli.values import as_started, program
from workshop.errors import ExitCode, Problem, Problems, WorkshopError, errors_in
from workshop.files.paths import trusted_file
from workshop.plugins.registry import standard_registry
from workshop.wording.formats import count

if TYPE_CHECKING:
    from workshop.content.from_pptx import TalkDraft
    from workshop.inputs.drafts import Drafts


class _New(click.Group):
    """A group in which a name that isn't a command is a new talk, if it ends in .md, or the folder of a new kit."""

    command_class = opt.GroupedCommand

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help with examples that can be pasted."""
        self.help = as_started(self.help or "")
        super().format_help_text(ctx, formatter)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``talk`` in front of a Markdown file or what is made of a deck, and ``kit`` in front of a folder."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            is_talk = Path(args[0]).suffix == ".md" or "--from" in args
            args = ["talk" if is_talk else "kit", *args]
        return super().parse_args(ctx, args)


@click.group("new", cls=_New, subcommand_metavar="TALK.md | DIR | demo NAME | audience NAME | world NAME")
def new_commands() -> None:
    """Start a talk or a kit of your own, add a demo or an audience to one, or describe your place; nothing is overwritten.

    \b
      workshop new talk.md                         six slides to change, with a chart and a picture
      workshop new talk.md --from deck.pptx        a talk made of a deck
      workshop new my-kit                          a small kit that builds at once
      workshop new demo long_tail --kit my-kit     a demo to fill in
      workshop new audience managers --kit my-kit  an audience
      workshop new audience nurses --like general  an overlay for the built-in kit: an audience that is like another
      workshop new world ward --like hospital --from documents   a place that the built-in kit speaks of
    """


@new_commands.command("talk")
@click.argument("talk", type=click.Path(path_type=Path), metavar="TALK.md")
@opt.takes(*taken.NEW_TALK)
def new_talk_command(talk: Path, deck: Path | None) -> None:
    """Write a talk of six slides to change, or one made of a deck."""
    from workshop.cli.scaffolding import new_talk

    draft = _talk_of(deck, talk) if deck else None
    for path in new_talk(talk, draft.files if draft else None):
        click.echo(path.as_posix())
    name = shlex.quote(talk.as_posix())
    if draft and deck:
        click.echo(f"{count(draft.plain, 'slide')} in Markdown, {draft.kept} kept as they are in PowerPoint")
        click.echo(f"next: {program()} build {name} --template {shlex.quote(deck.as_posix())}")
        return
    click.echo(f"next: {program()} build {name}")
    click.echo(f"      {program()} preview {name}")


def _talk_of(deck: Path, talk: Path) -> TalkDraft:
    """Return a deck as a talk.

    Raises:
        WorkshopError: exit code 2 if it isn't a presentation that can be read.
    """
    from workshop.check.package import check_sound
    from workshop.content.from_pptx import talk_of

    if found := errors_in(check_sound(deck)):
        raise Problems(found, ExitCode.USAGE)
    return talk_of(deck.read_bytes(), talk)


@new_commands.command("kit")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def new_kit_command(folder: Path) -> None:
    """Write a small kit that builds and passes check."""
    from workshop.cli.scaffolding import new_kit

    for path in new_kit(folder, trusted=trusted_file()):
        click.echo(path.as_posix())
    name = shlex.quote(folder.as_posix())
    click.echo(f"next: {program()} build {name}")
    click.echo(f"      {program()} check {name}")
    click.echo("its README.md says what is where")


@new_commands.command("demo")
@click.argument("name")
@opt.takes(*taken.NEW)
def new_demo_command(name: str, kit: Path | None) -> None:
    """Write demos/NAME.py into a kit."""
    from workshop.cli.scaffolding import new_demo

    path = new_demo(name, kit or Path(), trusted=trusted_file(), taken=standard_registry().names("demo"))
    click.echo(path.as_posix())
    click.echo(f"next: add demos/{name}.py to demos: in kit.yaml, and ![](chart:{name}.faces) to a slide")


@new_commands.command("audience")
@click.argument("name")
@opt.takes(*taken.NEW, opt.LIKE)
def new_audience_command(name: str, kit: Path | None, like: str) -> None:
    """Write audiences/NAME.yaml into a kit; with --like and outside of a kit, an overlay for the built-in kit."""
    from workshop.cli.scaffolding import KIT_FILE, new_audience, new_overlay

    if like and kit is None and not Path(KIT_FILE).is_file():
        for path in new_overlay(name, builtin_kit(standard_registry()), like):
            click.echo(path.as_posix())
        click.echo(f"next: {program()} build --overlay {name} --audience {name}")
        return
    if kit is None and not Path(KIT_FILE).is_file():
        hint = "for the built-in kit write --like general, for a kit of yours --kit DIR"
        raise WorkshopError(Problem(f"there is no {KIT_FILE} in this folder", hint=hint, code="new"), ExitCode.USAGE)
    path = new_audience(name, kit or Path(), like)
    click.echo(path.as_posix())
    folder = shlex.quote(kit.as_posix()) if kit else "."
    click.echo(f"next: mark slides with for={name}, then type")
    click.echo(f"      {program()} build {folder} --audience {name}")


@new_commands.command("world")
@click.argument("name")
@opt.takes(*taken.NEW_WORLD)
def new_world_command(name: str, like: str, documents: Path | None) -> None:
    """Write a world, a place that the built-in kit speaks of: the words of a ready world to replace, and cards from your documents."""
    from workshop.cli.scaffolding import new_world
    from workshop.inputs.drafts import drafted

    drafts = drafted(documents) if documents else None
    for path in new_world(name, builtin_kit(standard_registry()) / "worlds", like, drafts):
        click.echo(path.as_posix())
    for line in _drafted(drafts) if drafts else ():
        click.echo(line)
    strike = "strike cards that make no sense, then write 12 questions in questions.yaml"
    click.echo(f"next: {strike if drafts else 'replace words in world.yaml'}")
    click.echo(f"      {program()} check {name}")


def _drafted(drafts: Drafts) -> Iterator[str]:
    """Yield lines that say what documents gave, and what they didn't and why."""
    kept, spare = len(drafts.kept), len(drafts.spare)
    cards = f"{count(kept + spare, 'card')} from {count(drafts.documents, 'document')}"
    yield f"{cards}; {kept} kept, {spare} commented out in library.md"
    if drafts.left_out:
        reasons = [f"{count(number, 'paragraph')} {why}" for why, number in drafts.left_out.items()]
        yield f"left out: {', '.join(reasons)}"
