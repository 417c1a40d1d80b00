"""The fixed words that a kit or an overlay has of its own, in ``locale/LANG.yaml``: they lie over ours."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from workshop.content.kit_files import Shelf, is_inside, read_yaml
from workshop.content.source_text import display
from workshop.errors import At, Report, did_you_mean
from workshop.inputs.yaml_text import Tree
from workshop.wording.languages import ENGLISH, Language, base_of, is_known
from workshop.wording.messages import ours, wrong_words

WORDS = "locale"
EXAMPLE = "name it after a language, such as de.yaml"


def in_own_words(shelf: Shelf, folders: Sequence[Path], report: Report) -> Shelf:
    """Return what a kit has with the words of its language that some folders have; every problem in them is reported.

    Args:
        folders: the kit, then its overlays, the strongest last.
    """
    tag, own, files = shelf.meta.language, [], list(shelf.files)
    for folder in folders:
        for path in sorted((folder / WORDS).iterdir()) if (folder / WORDS).is_dir() else ():
            words = _read(path, folder, report, files)
            if words and path.stem == base_of(tag):
                own.append(json.dumps(words, ensure_ascii=False, sort_keys=True))
    meta = shelf.meta.but(language=Language(tag, tuple(own))) if own else shelf.meta
    return replace(shelf, meta=meta, files=tuple(files))


def _read(path: Path, root: Path, report: Report, files: list[str]) -> dict[str, object]:
    """Return the words of one file; none if any of them is wrong."""
    if path.name.startswith("."):
        return {}
    if not is_inside(path, root, report):
        return {}
    if path.suffix != ".yaml" or path.stem != base_of(path.stem) or not is_known(path.stem):
        report.error("this file has the name of no language", At(display(path)), EXAMPLE, "unknown-file")
        return {}
    tree = read_yaml(path, report, files)
    if tree is None or not tree.value:
        return {}
    return tree.value if _is_right(tree, path, report) else {}


def _is_right(tree: Tree, path: Path, report: Report) -> bool:
    """Report every wrong word of a file at its line; return whether there is none."""
    fine = True
    for key, what in wrong_words(tree.value):
        fine, at = False, tree.at(key)
        if what:
            report.error(f"{_name(key)}{what}", at if at.path else At(display(path)), _as_ours(key), "locale")
        else:
            hint = did_you_mean(str(key[-1]), ours(ENGLISH)) or "the keys are those of our words in English"
            report.error(f"there is no text {str(key[-1])!r} in the engine", at, hint, "unknown-key")
    return fine


def _name(key: tuple[str | int, ...]) -> str:
    return f"{key[0]}: " if key else ""


def _as_ours(key: tuple[str | int, ...]) -> str:
    """Return the English words of a key as a hint."""
    words: object = ours(ENGLISH)
    for step in key:
        words = words[step] if isinstance(words, dict | list) and (isinstance(step, int) or step in words) else ""  # type: ignore[index]
    return f"in English it is “{words}”" if isinstance(words, str) and words else ""
