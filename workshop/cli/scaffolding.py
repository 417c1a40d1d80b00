"""A talk, a kit, a demo, an audience or a world to start from, written from the templates in ``workshop/cli/scaffold/``.

Nothing is ever overwritten, and what a stopped command left half done is finished or undone by the next one.
"""

from __future__ import annotations

import keyword
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from jinja2 import Environment, StrictUndefined

from workshop.errors import ExitCode, Problem, WorkshopError, did_you_mean
from workshop.files.output import change, fill_folder, turn
from workshop.inputs.drafts import EVERYDAY, Drafts
from workshop.inputs.texts import words
from workshop.runs.trust import RESERVED, digest_of, remember

SUFFIX = ".jinja"
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


def new_world(name: str, worlds: Path, like: str, drafts: Drafts | None) -> tuple[Path, ...]:
    """Write a world into the folder of its name: the words of a ready one to replace, and cards drafted from documents.

    Args:
        worlds: the folder of the ready worlds.
        drafts: cards for its library, if any.

    Raises:
        WorkshopError: for a name that can't be used, an unknown world to be like, or a folder with something in it.
    """
    known = sorted(path.parent.name for path in worlds.glob("*/world.yaml"))
    if not _AUDIENCE.fullmatch(name) or len(name) > LONGEST or name in _DEVICES or name in known:
        raise _usage(f"a world cannot be named {name!r}", "use small letters, digits and -, and no name of a ready one")
    if like not in known:
        raise _usage(f"--like {like}: no world has this name", did_you_mean(like, known))
    ready = (worlds / like / "world.yaml").read_text("utf-8")
    made = {"world.yaml": _own_words(ready, like)}
    if drafts:
        values = {"name": name.replace("-", " "), "cards": _drafted(drafts), "everyday": EVERYDAY}
        made |= {path.removesuffix(SUFFIX): _fill(template, values) for path, template in _walk(_scaffold() / "world")}
    try:
        fill_folder(Path(name), {path: text.encode() for path, text in made.items()})
    except FileExistsError:
        raise _there(Path(name)) from None
    return tuple(Path(name) / path for path in made)


def _own_words(ready: str, like: str) -> str:
    """Return the words of a ready world, each line a comment, under the name of that world."""
    lines = "\n".join(f"# {line}" for line in ready.splitlines() if not line.startswith("#"))
    how = "Words to replace: take away the two characters in front of a line, and write your own; the rest comes from"
    return f"# {how} {like}.\nlike: {like}\n{lines}\n"


def _drafted(drafts: Drafts) -> list[dict[str, str]]:
    """Return what the templates say of each card: the words of its question are those that few cards have."""
    cards = (*drafts.kept, *drafts.spare)
    having = Counter(word for card in cards for word in set(words(f"{card.title} {card.text}")))
    return [
        {
            "mark": "" if card in drafts.kept else "// ",
            "title": card.title,
            "id": re.sub(r"[^\w-]", "", "-".join(words(card.title))),
            "text": card.text,
            "words": " ".join(
                word
                for word in dict.fromkeys(words(f"{card.title} {card.text}"))
                if len(word) > 2 and having[word] <= max(2, len(cards) / 5)
            ),
        }
        for card in cards
    ]


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
    remember(trusted, [(digest_of(text.encode()), path) for path, text in made.items() if path.suffix == ".py"])


def _there(path: Path) -> WorkshopError:
    return _usage(f"'{path.as_posix()}' is there already, and nothing is overwritten", "give another name")


def _check_kit(kit: Path) -> None:
    if not (kit / KIT_FILE).is_file():
        raise _usage(f"there is no {KIT_FILE} in '{kit.as_posix()}'", "name the kit's folder: --kit DIR")


def _usage(message: str, hint: str) -> WorkshopError:
    return WorkshopError(Problem(message, hint=hint, code="new"), ExitCode.USAGE)
