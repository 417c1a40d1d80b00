"""The words that a kit's language needs to be checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from msgspec import Struct

from workshop.wording.messages import own_yaml


# Word lists of the style check: one file per language, beside this module.
class Words(Struct, frozen=True, kw_only=True):
    """What the style check knows about one language.

    Attributes:
        grade: whether the reading-grade formula applies to it.
        pronouns: words for a noun of the previous sentence.
        helpers, relatives: words that may be between a noun and its verb.
        denials: words of denial.
        clitics: endings of denial.
        adverbs: a pattern for adverbs.
        abbreviations: abbreviations that need no explanation.
        explains: words between a term and its explanation.
        named: words between an explanation and its term.
        compares, ranks, counts: patterns for words that compare, that rank, and that express a quantity.
        doubles: words that may stand twice in a row.
        verbs: words that end like a plural and follow a 1: "1 costs more".
        numbered: words before a number that is a name: "in round 1 words count".
        numbers: number words, and what they count.
        before: words that may begin a sentence before a number, so that their capital doesn't make a name of both.
    """

    grade: bool = False
    pronouns: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    clitics: tuple[str, ...] = ()
    adverbs: str = r"\b\B"
    abbreviations: tuple[str, ...] = ()
    explains: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    compares: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    doubles: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    numbers: Mapping[str, int] = MappingProxyType({})
    before: tuple[str, ...] = ()


@cache
def words_for(language: str) -> Words | None:
    """Return the words for a language tag such as ``en-GB``; ``None`` if there are none."""
    path = files("workshop") / "check" / f"{language.split('-', maxsplit=1)[0].lower()}.yaml"
    if not path.is_file():
        return None
    read = own_yaml(path.read_text("utf-8"))
    grade, adverbs = bool(read.pop("grade", False)), str(read.pop("adverbs"))
    numbers = {word: int(number) for word, number in read.pop("numbers", {}).items()}
    return Words(
        grade=grade, adverbs=adverbs, numbers=numbers, **{key: tuple(map(str, value)) for key, value in read.items()}
    )
