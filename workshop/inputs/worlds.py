"""Worlds: folders that are laid under a kit, so that it speaks of one place; what one lacks comes from the world that it is ``like``."""

from __future__ import annotations

from pathlib import Path

from workshop.errors import At, Problem, Report, WorkshopError, did_you_mean
from workshop.inputs.text_folders import read_text_file
from workshop.inputs.yaml_text import Tree, parse_yaml

FILE = "world.yaml"
FOLDER = "worlds"  # of a kit, for its own worlds


def read_world(folder: Path) -> Tree:
    """Return a world's file as a tree.

    Raises:
        WorkshopError: if it can't be read as YAML, or isn't a mapping.
    """
    text, name = read_text_file(folder / FILE)
    report = Report()
    tree = parse_yaml(text, name, report)
    report.raise_if_errors()
    if tree is None or not isinstance(tree.value, dict):
        raise _problem("this file has no keys", At(name), "write like: and the name of a ready world")
    return tree


def worlds_of(folder: Path, home: Path) -> tuple[Path, ...]:
    """Return the folders of a world and of those that it is like, the nearest first.

    Args:
        home: the folder of the ready worlds.

    Raises:
        WorkshopError: at the line, for a world that doesn't exist, or is like itself.
    """
    found = [folder]
    while name := str((tree := read_world(found[-1])).value.get("like", "")):
        at, ready = tree.at(("like",)), _ready(home)
        if name not in ready:
            raise _problem(f"there is no world {name!r}", at, did_you_mean(name, ready))
        if (home / name).resolve() in [path.resolve() for path in found]:
            raise _problem(f"the world {name!r} is like itself, by way of others", at, "take one like: out")
        found.append(home / name)
    return tuple(found)


def named(name: str, home: Path) -> Path:
    """Return the folder of a world: of a ready one by its name, or any folder with a world.yaml.

    Raises:
        WorkshopError: if there is none.
    """
    for folder in (Path(name), home / name):
        if (folder / FILE).is_file():
            return folder
    hint = f"{did_you_mean(name, _ready(home))}; or name a folder with a {FILE}"
    raise _problem(f"there is no world {name!r}", None, hint)


def _ready(home: Path) -> list[str]:
    return sorted(path.parent.name for path in home.glob(f"*/{FILE}"))


def _problem(message: str, at: At | None, hint: str) -> WorkshopError:
    return WorkshopError(Problem(message, at, hint=hint, code="world"))
