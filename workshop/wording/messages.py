"""The engine's own fixed words, one file per language in ``workshop/wording/locale/``, and a kit's own that lie over them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from workshop.wording.languages import ENGLISH, base_of, is_singular

FOLDER = Path(__file__).parent / "locale"
# The words that a talk shows or reads; a language has these before any other
TALK = (
    *("continued", "minute-unit", "minutes-unit", "minutes-short", "timer-alt", "appendix", "print-sources"),
    *("simulated", "illustrative", "supplied", "note-labels", "before-next", "break", "qr-alt"),
    *("chart-measure", "chart-measure-in", "chart-alt", "chart-alt-rows", "chart-alt-range"),
    *("table-alt", "table-alt-rows", "code-alt"),
)  # fmt: skip
_PLACE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


def own_yaml(text: str) -> dict[str, Any]:
    """Return a mapping from one of our YAML files; this is ten times as fast if PyYAML has its C parser."""
    read: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return read


@cache
def messages(language: str, here: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """Return every fixed word for a language tag such as ``en-GB``; English for those that its file doesn't have.

    Values are texts, or lists of texts (heads of tables).

    Args:
        language: a tag; a ``Language`` may bring words of its own, which lie over ours.
        here: the kind of room and its size, whose own words replace the usual ones.
    """
    words = dict(ours(ENGLISH))
    for over in (ours(language), *map(json.loads, getattr(language, "own", ()))):
        words = _laid(words, over)
    for name in here:
        words |= words["rooms"].get(name, {})
    return words


@cache
def ours(language: str) -> Mapping[str, Any]:
    """Return the words of our file for the language of a tag; none if there isn't one."""
    path = FOLDER / f"{base_of(language)}.yaml"
    return own_yaml(path.read_text("utf-8")) if path.is_file() else {}


def _laid(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return words with others laid over them, mapping by mapping."""
    both = {key: _laid(under[key], value) for key, value in over.items() if isinstance(value, dict) and key in under}
    return {**under, **over, **both}


def missing(language: str, *, talk: bool = False) -> tuple[str, ...]:
    """Return the keys that neither we nor the kit have in a language, of all or of those that a talk needs.

    >>> missing("en-GB"), missing("de", talk=True), len(missing("de")) > 100
    ((), (), True)
    """
    if base_of(language) == ENGLISH:
        return ()
    there = {key for over in (ours(language), *map(json.loads, getattr(language, "own", ()))) for key in over}
    return tuple(key for key in (TALK if talk else ours(ENGLISH)) if key not in there)


def places_in(text: str) -> frozenset[str]:
    """Return the names in braces of a text, which are filled in: "page" and "pages" of "page {page} of {pages}"."""
    return frozenset(_PLACE.findall(text))


def wrong_words(
    over: object, under: object = None, key: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield what is wrong with a file of words: where, and what; an unknown key is told as "".

    Args:
        over: what the file says.
        under: our English words for the same; ``None`` for all of them.
        key: where both are in the file.
    """
    under = ours(ENGLISH) if under is None else under
    if isinstance(under, dict):
        if not isinstance(over, dict):
            yield key, "this must be keys with words"
            return
        known = {**ours(ENGLISH), **under} if key[:1] == ("rooms",) and len(key) == len(("rooms", "small")) else under
        for name, words in over.items():
            if name in known:
                yield from wrong_words(words, known[name], (*key, name))
            else:
                yield (*key, name), ""
    elif isinstance(under, list):
        if not isinstance(over, list) or len(over) != len(under):
            yield key, f"this must be a list of {len(under)}, as in English"
            return
        for k, (words, ours_) in enumerate(zip(over, under, strict=True)):
            yield from wrong_words(words, ours_, (*key, k))
    elif isinstance(over, list | dict):
        yield key, "this must be one text"
    else:
        lost, more = places_in(str(under)) - places_in(str(over)), places_in(str(over)) - places_in(str(under))
        if lost:
            yield key, f"{_named(lost)} is lost, which is filled in"
        if more:
            yield key, f"nothing fills in {_named(more)}"


def unit_of_minutes(language: str, minutes: str) -> str:
    """Return the word behind so many minutes.

    >>> unit_of_minutes("en", "1"), unit_of_minutes("de", "5"), unit_of_minutes("ar", "45")
    ('minute', 'Minuten', 'دقيقة')
    """
    return str(messages(language)["minute-unit" if is_singular(minutes, language) else "minutes-unit"])


def labels_of_notes(language: str) -> dict[str, int]:
    """Return label, in small letters -> its place in "note-labels": in a language, and in English, which does in any.

    >>> labels_of_notes("de")["ask"], labels_of_notes("en-GB")["say"]
    (3, 0)
    """
    both = (messages(tag)["note-labels"] for tag in (ENGLISH, language))
    return {str(label).lower(): k for labels in both for k, label in enumerate(labels)}


def _named(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def say(language: str, key: str, here: tuple[str, ...] = (), /, **values: object) -> str:
    """Return one fixed text with ``{name}`` filled in.

    >>> say("en-GB", "sheet-page", page=1, pages=2)
    'page 1 of 2'
    """
    return str(messages(language, here)[key]).format(**values)
