"""The engine's own fixed words, one file per language in ``workshop/wording/locale/``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FALLBACK = "en"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi"})


def own_yaml(text: str) -> dict[str, Any]:
    """Return a mapping from one of our YAML files; this is ten times as fast if PyYAML has its C parser."""
    read: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return read


@cache
def messages(language: str, here: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """Return every fixed word for a language tag such as ``en-GB``; English if there is no such file.

    Values are texts, or lists of texts (heads of tables).

    Args:
        here: the kind of room and its size, whose own words replace the usual ones.
    """
    folder = Path(__file__).parent / "locale"
    words = own_yaml((folder / f"{FALLBACK}.yaml").read_text("utf-8"))
    own = folder / f"{language.split('-', maxsplit=1)[0].lower()}.yaml"
    if own.is_file():
        words |= own_yaml(own.read_text("utf-8"))
    for name in here:
        words |= words["rooms"].get(name, {})
    return words


def is_rtl(language: str) -> bool:
    """Whether a language is written from right to left."""
    return language.partition("-")[0].lower() in RIGHT_TO_LEFT


def is_complete(language: str) -> bool:
    """Whether every fixed word is there for a language tag.

    >>> is_complete("en-GB"), is_complete("de")
    (True, False)
    """
    name = language.split("-", maxsplit=1)[0].lower()
    folder = Path(__file__).parent / "locale"
    if name == FALLBACK or not (own := folder / f"{name}.yaml").is_file():
        return name == FALLBACK
    english = own_yaml((folder / f"{FALLBACK}.yaml").read_text("utf-8"))
    return english.keys() <= own_yaml(own.read_text("utf-8")).keys()


def say(language: str, key: str, here: tuple[str, ...] = (), /, **values: object) -> str:
    """Return one fixed text with ``{name}`` filled in.

    >>> say("en-GB", "sheet-page", page=1, pages=2)
    'page 1 of 2'
    """
    return str(messages(language, here)[key]).format(**values)
