"""Word lists of the style check: one file per language, beside this module."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from msgspec import Struct

from workshop.wording.messages import own_yaml


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


@cache
def words_for(language: str) -> Words | None:
    """Return the words for a language tag such as ``en-GB``; ``None`` if there are none."""
    path = files("workshop") / "check" / f"{language.split('-', maxsplit=1)[0].lower()}.yaml"
    if not path.is_file():
        return None
    read = own_yaml(path.read_text("utf-8"))
    grade, adverbs = bool(read.pop("grade", False)), str(read.pop("adverbs"))
    return Words(grade=grade, adverbs=adverbs, **{key: tuple(map(str, value)) for key, value in read.items()})
