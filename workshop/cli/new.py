"""The commands ``new DIR``, ``new talk.md``, ``new demo``, ``new audience`` and ``new world``; templates are in ``scaffold/``.

Nothing is ever overwritten, and what a stopped command left half done is finished or undone by the next one.
"""

from __future__ import annotations

import keyword
import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from workshop.cli import options as opt
from workshop.cli.asked import builtin_kit
from workshop.cli.command_line import program
from workshop.cli.grouped import as_started
from workshop.cli.world_words import Seen, own_words
from workshop.errors import ExitCode, Problem, Problems, WorkshopError, did_you_mean, errors_in
from workshop.files.journal import change, turn
from workshop.files.output import fill_folder
from workshop.files.paths import trusted_file
from workshop.inputs.drafted_cards import Card, Drafts, id_of, told_left_out
from workshop.inputs.question_lines import WAITS, Line, written
from workshop.plugins.registry import Registry, standard_registry
from workshop.wording.formats import count

if TYPE_CHECKING:
    from workshop.content.from_pptx import TalkDraft
    from workshop.inputs.drafted_cards import Drafts


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
      workshop new world acme --from documents     a place that the built-in kit speaks of
    """


@new_commands.command("talk")
@click.argument("talk", type=click.Path(path_type=Path), metavar="TALK.md")
@opt.takes(*opt.NEW_TALK)
def new_talk_command(talk: Path, deck: Path | None) -> None:
    """Write a talk of six slides to change, or one made of a deck."""
    draft = _talk_of(deck, talk) if deck else None
    for path in new_talk(talk, draft.files if draft else None):
        click.echo(path.as_posix())
    name = shlex.quote(talk.as_posix())
    if draft and deck:
        click.echo(f"{count(draft.plain, 'slide')} in Markdown, {draft.drawn} with shapes that each build adds")
        for left in draft.left:
            click.echo(f"not taken over: {left}")
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
    for path in new_kit(folder, trusted=trusted_file()):
        click.echo(path.as_posix())
    name = shlex.quote(folder.as_posix())
    click.echo(f"next: {program()} build {name}")
    click.echo(f"      {program()} check {name}")
    click.echo("its README.md says what is where")


@new_commands.command("demo")
@click.argument("name")
@opt.takes(*opt.NEW)
def new_demo_command(name: str, kit: Path | None) -> None:
    """Write demos/NAME.py into a kit."""
    path = new_demo(name, kit or Path(), trusted=trusted_file(), taken=standard_registry().names("demo"))
    click.echo(path.as_posix())
    click.echo(f"next: add demos/{name}.py to demos: in kit.yaml, and ![](chart:{name}.faces) to a slide")


@new_commands.command("audience")
@click.argument("name")
@opt.takes(*opt.NEW, opt.LIKE)
def new_audience_command(name: str, kit: Path | None, like: str) -> None:
    """Write audiences/NAME.yaml into a kit; with --like and outside of a kit, an overlay for the built-in kit."""
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
@opt.takes(*opt.NEW_WORLD)
def new_world_command(name: str, like: str, documents: Path | None) -> None:
    """Write a world, a place that the built-in kit speaks of: the words of a ready world to replace, and cards from your documents."""
    from workshop.inputs.drafted_cards import drafted

    registry = standard_registry()
    drafts = drafted(documents) if documents else None
    made = new_world(name, builtin_kit(registry) / "worlds", like, drafts, registry)
    for path in made:
        click.echo(path.as_posix())
    for line in _drafted(drafts, made) if drafts else ():
        click.echo(line)
    decide = "strike cards that make no sense, and decide on each ? in questions.yaml"
    click.echo(f"next: {decide if drafts else 'replace words in world.yaml'}")
    click.echo(f"      {program()} check {name}")


def _drafted(drafts: Drafts, made: Sequence[Path]) -> Iterator[str]:
    """Yield lines that say what documents gave, and what they didn't and why."""
    asked = (
        next(path for path in made if path.name == "questions.yaml").read_text("utf-8").count(f"{WAITS}, question: ")
    )
    kept, spare = len(drafts.kept), len(drafts.spare)
    cards = f"{count(kept + spare, 'card')} from {count(drafts.documents, 'document')}"
    yield f"{cards}; {kept} kept, {spare} commented out in library.md"
    yield from map(str, drafts.unread)
    if told := told_left_out(drafts.left_out):
        yield f"left out: {told}"
    if asked:
        yield f"{count(asked, 'question')} in questions.yaml, each with a ? that waits for your yes"
    else:
        yield "no questions: the English dictionary has too few of the cards' words; write them in questions.yaml"


SUFFIX = ".jinja"
EXAMPLE = "front-desk"  # the ready world whose words belong to no trade
Ask = Callable[[Sequence[tuple[str, Card]]], Sequence[Line]]
KIT_FILE = "kit.yaml"
SCHEMAS = ".schemas"  # in a new kit: an editor completes and checks its YAML files by them
LONGEST = 40
_DEMO = re.compile(r"[a-z][a-z0-9_]*")
_AUDIENCE = re.compile(r"[a-z][a-z0-9-]*")
_FOLDER = re.compile(r"[\w][\w .-]*")
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def new_kit(folder: Path, *, trusted: Path | None) -> tuple[Path, ...]:
    """Write a small kit that builds and passes ``check``; return its files.

    Args:
        folder: must be empty or not exist yet.
        trusted: where the new demo is recorded as trusted.

    Raises:
        WorkshopError: if the name can't be used for a folder, or something is there already; nothing is written then.
    """
    from workshop.cli.schemas import printed

    name = folder.resolve().name
    if not _FOLDER.fullmatch(name) or len(name) > LONGEST or name.lower() in _DEVICES or name.endswith((" ", ".")):
        raise _usage(f"a kit's folder cannot be named {name!r}", "use letters, digits and -, such as my-kit")
    title = re.sub(r"[-_.\s]+", " ", name).strip()
    values = {
        "title": title[0].upper() + title[1:],
        "name": name,
        "folder": folder.as_posix(),
        "author": "Your name",
    }
    made = {path.removesuffix(SUFFIX): _fill(template, values) for path, template in _walk(_scaffold() / "kit")}
    made |= {f"{SCHEMAS}/{name}.json": printed(name) for name in ("kit", "audience", "glossary", "style")}
    _trust({folder / path: text for path, text in made.items()}, trusted)
    try:
        fill_folder(folder, {path: text.encode() for path, text in made.items()})
    except FileExistsError:
        raise _there(folder) from None
    return tuple(folder / path for path in made)


def new_talk(talk: Path, files: Mapping[str, bytes] | None = None) -> tuple[Path, ...]:
    """Write a talk of six slides, with the numbers of its chart and a picture beside it; return its files.

    Args:
        files: name -> content of the files of another talk to write instead.

    Raises:
        WorkshopError: if one of the files is there already; nothing is written then.
    """
    if talk.suffix != ".md":
        raise _usage(f"a talk is a file of Markdown, and '{talk.name}' doesn't say so", f"name it {talk.stem}.md")
    if not _FOLDER.fullmatch(talk.name) or len(talk.name) > LONGEST or talk.stem.lower() in _DEVICES:
        raise _usage(f"a talk cannot be named {talk.name!r}", "use letters, digits and -, such as talk.md")
    made = {path.removesuffix(SUFFIX): _fill(template, {}).encode() for path, template in _walk(_scaffold() / "talk")}
    made = {talk.name: made.pop("talk.md"), **made} if files is None else dict(files)
    with turn(talk.parent):
        for path in (talk.parent / name for name in made):
            if path.exists() or path.is_symlink():
                raise _there(path)
        change(talk.parent, made)
    return tuple(talk.parent / name for name in made)


def new_demo(name: str, kit: Path, *, trusted: Path | None, taken: tuple[str, ...] = ()) -> Path:
    """Write ``demos/NAME.py`` into a kit and return it.

    Args:
        taken: names of demos that exist already.

    Raises:
        WorkshopError: for a name that is taken or cannot be used in ``{{ name.fact }}``.
    """
    _check_kit(kit)
    from workshop.runs.own_code import RESERVED

    if not _DEMO.fullmatch(name) or keyword.iskeyword(name) or name in RESERVED or len(name) > LONGEST:
        raise _usage(f"a demo cannot be named {name!r}", "use small letters, digits and _, such as long_tail")
    if name in taken:
        raise _usage(f"there is already a demo named {name!r}", "give yours another name")
    values = {"name": name, "title": name.replace("_", " ").capitalize()}
    path = kit / "demos" / f"{name}.py"
    return _write_file(path, _fill(_scaffold() / f"demo.py{SUFFIX}", values), trusted)


def new_audience(name: str, kit: Path, like: str = "") -> Path:
    """Write ``audiences/NAME.yaml`` into a kit and return it.

    Args:
        like: the audience of the kit that it is like, or "".

    Raises:
        WorkshopError: for a name that is taken or cannot be used in ``for=name``, or an unknown audience to be like.
    """
    _check_kit(kit)
    values = {**_audience(name, kit, like), "schema": (kit / SCHEMAS / "audience.json").is_file()}
    path = kit / "audiences" / f"{name}.yaml"
    return _write_file(path, _fill(_scaffold() / f"audience.yaml{SUFFIX}", values), None)


def new_overlay(name: str, kit: Path, like: str) -> tuple[Path, ...]:
    """Write an overlay for a new audience of a kit into the folder of its name; return its files.

    Raises:
        WorkshopError: as for ``new_audience``, or if the folder has something in it.
    """
    folder, values = Path(name), _audience(name, kit, like)
    if (kit / "audiences" / f"{name}.yaml").exists():
        raise _usage(f"there is already an audience {name!r}", f"build with --audience {name}, or give another name")
    made = {
        path.removesuffix(SUFFIX).replace("audience.yaml", f"{name}.yaml"): _fill(template, values).encode()
        for path, template in _walk(_scaffold() / "overlay")
    }
    try:
        fill_folder(folder, made)
    except FileExistsError:
        raise _there(folder) from None
    return tuple(folder / path for path in made)


def new_world(name: str, worlds: Path, like: str, drafts: Drafts | None, registry: Registry) -> tuple[Path, ...]:
    """Write a world into the folder of its name: the words of a ready one to replace, and cards and questions from documents.

    Args:
        worlds: the folder of the ready worlds.
        drafts: cards for its library, if any.
        registry: has what drafts questions to cards.

    Raises:
        WorkshopError: for a name that can't be used, an unknown world to be like, or a folder with something in it.
    """
    known = sorted(path.parent.name for path in worlds.glob("*/world.yaml"))
    if not _AUDIENCE.fullmatch(name) or len(name) > LONGEST or name in _DEVICES or name in known:
        raise _usage(f"a world cannot be named {name!r}", "use small letters, digits and -, and no name of a ready one")
    if like not in known:
        raise _usage(f"--like {like}: no world has this name", did_you_mean(like, known))
    made = world_files(name, worlds, like, drafts, registry)
    try:
        fill_folder(Path(name), {path: text.encode() for path, text in made.items()})
    except FileExistsError:
        raise _there(Path(name)) from None
    return tuple(Path(name) / path for path in made)


def world_files(name: str, worlds: Path, like: str, drafts: Drafts | None, registry: Registry) -> dict[str, str]:
    """Return name -> text of the files of a new world; see ``new_world``."""
    ready = (worlds / like / "world.yaml").read_text("utf-8")
    made = {"world.yaml": own_words(ready, like, Seen.read(worlds), drafts)}
    return made | (_from_documents(name, drafts, registry) if drafts else {})


def _from_documents(name: str, drafts: Drafts, registry: Registry) -> dict[str, str]:
    """Return the cards of documents, questions that wait for a yes, and the same cards for a model that somebody may ask."""
    cards = [
        {"mark": mark, "title": card.title, "id": id_of(card), "text": card.text}
        for mark, some in (("", drafts.kept), ("// ", drafts.spare))
        for card in some
    ]
    values = {"name": name.replace("-", " "), "cards": cards}
    made = {path.removesuffix(SUFFIX): _fill(template, values) for path, template in _walk(_scaffold() / "world")}
    return made | {"questions.yaml": questions_for([(id_of(card), card) for card in drafts.kept], registry)}


def questions_for(cards: Sequence[tuple[str, Card]], registry: Registry) -> str:
    """Return the text of a questions.yaml for cards, each with its id: questions that wait for a yes."""
    ask: Ask | None = next((registry.get("world_questions", one) for one in registry.names("world_questions")), None)
    lines = ask(cards) if ask else ()
    return written(lines or [Line(question="", card=card, waits=False) for card, _ in cards])


def _audience(name: str, kit: Path, like: str) -> dict[str, str]:
    """Return the values of a new audience's templates, if its name and the audience that it is like will do."""
    if not _AUDIENCE.fullmatch(name) or len(name) > LONGEST or name in _DEVICES:
        raise _usage(f"an audience cannot be named {name!r}", "use small letters, digits and -, such as executives")
    known = [path.stem for path in (kit / "audiences").glob("*.yaml")]
    if like and like not in known:
        raise _usage(f"--like {like}: there is no audience of this name", did_you_mean(like, known))
    return {"name": name, "title": name.replace("-", " ").capitalize(), "like": like}


def _scaffold() -> Traversable:
    return files("workshop.cli") / "scaffold"


def _walk(folder: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        path = str(PurePosixPath(above, entry.name))
        if entry.is_dir():
            yield from _walk(entry, path)
        elif entry.name.endswith(SUFFIX):
            yield path, entry


def _fill(template: Traversable, values: Mapping[str, object]) -> str:
    """Fill in a template; its marks are << >> and <% %>, since kits are full of braces."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(  # noqa: S701 - Markdown, YAML and Python, not HTML
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.from_string(template.read_text("utf-8")).render(values)


def _write_file(path: Path, text: str, trusted: Path | None) -> Path:
    """Write a file that isn't there yet into a kit."""
    with turn(path.parent):
        if path.exists() or path.is_symlink():
            raise _there(path)
        _trust({path: text}, trusted)
        change(path.parent, {path.name: text.encode()})
    return path


def _trust(made: Mapping[Path, str], trusted: Path | None) -> None:
    """Record the Python that is about to be written as trusted: these bytes are ours, so the first build need not ask."""
    from workshop.runs.trust import digest_of, remember

    remember(trusted, [(digest_of(text.encode()), path) for path, text in made.items() if path.suffix == ".py"])


def _there(path: Path) -> WorkshopError:
    return _usage(f"'{path.as_posix()}' is there already, and nothing is overwritten", "give another name")


def _check_kit(kit: Path) -> None:
    if not (kit / KIT_FILE).is_file():
        raise _usage(f"there is no {KIT_FILE} in '{kit.as_posix()}'", "name the kit's folder: --kit DIR")


def _usage(message: str, hint: str) -> WorkshopError:
    return WorkshopError(Problem(message, hint=hint, code="new"), ExitCode.USAGE)
