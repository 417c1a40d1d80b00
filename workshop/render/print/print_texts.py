"""Texts for Typst: only characters that the fonts have."""

from __future__ import annotations

import unicodedata

from msgspec import Struct, field

from workshop.errors import At, Report
from workshop.model.blocks import (
    NOWHERE,
)
from workshop.render.print.print_fonts import printable

# Preparing text for print: it is cleaned, and checked against the characters that the fonts have.
# The text typeface lacks thin spaces and the non-breaking hyphen; these look the same. Selectors between text and emoji presentation go
_REPLACED = str.maketrans(
    {"\u2009": "\u00a0", "\u202f": "\u00a0", "\u2011": "-", "\v": "\n", "\r": "\n", "\t": " ", "\u2028": "\n"}
) | dict.fromkeys(range(0xFE00, 0xFE10))
_DROPPED = ("Cc", "Cf", "Cs", "Co", "Cn")


class Texts(Struct):
    """Cleans the texts of one document and reports what can't be printed.

    Attributes:
        report: where problems go.
        covered: code points that the fonts have.
        kept: the characters so far that stay as they are.
    """

    report: Report = field(default_factory=Report)
    covered: frozenset[int] = field(default_factory=printable)
    kept: set[str] = field(default_factory=set)

    def clean(self, text: str, at: At = NOWHERE) -> str:
        """Return ``text`` in a form that can be set.

        Control characters are removed. A symbol that no font has is replaced by its name in brackets; a letter that no font has
        is reported at its place, since the word couldn't be read without it.
        """
        if text.isascii() and text.isprintable():
            return text
        composed = unicodedata.normalize("NFC", text).translate(_REPLACED)
        if self.kept.issuperset(composed):
            return composed
        return "".join(self._character(c, text, at) for c in composed)

    def _character(self, character: str, text: str, at: At) -> str:
        if character == "\n" or (ord(character) in self.covered and unicodedata.category(character) not in _DROPPED):
            self.kept.add(character)
            return character
        category = unicodedata.category(character)
        if category in _DROPPED or category in ("Mn", "Me"):
            return ""
        name = unicodedata.name(character, "")
        if category.startswith("S") and name:
            return f"[{name.lower()}]"
        self.report.error(
            f"the printed sheets have no letter {character!r} ({name or hex(ord(character))}) in {_excerpt(text)!r}",
            at if at != NOWHERE else None,
            "write it in other letters, or build without the printed files (--only deck)",
            "unprintable",
        )
        return "?"


def lacking(text: str) -> frozenset[str]:
    """Return the letters of a text that no typeface of ours has.

    >>> lacking("Łukasz Ζωή Ольга"), sorted(lacking("王小明 🎉"))
    (frozenset(), ['小', '明', '王'])
    """
    composed, covered = unicodedata.normalize("NFC", text).translate(_REPLACED), printable()
    kinds = {letter: unicodedata.category(letter) for letter in composed if ord(letter) not in covered}
    return frozenset(letter for letter, kind in kinds.items() if kind not in (*_DROPPED, "Mn", "Me") and kind[0] != "S")


def without_pictures(name: str) -> str:
    """Return a name without the signs in it that no typeface of ours has.

    >>> without_pictures("Ada 🎉"), without_pictures("王小明")
    ('Ada', '王小明')
    """
    covered = printable()
    kept = (sign for sign in name if ord(sign) in covered or unicodedata.category(sign)[0] != "S")
    return " ".join("".join(kept).translate(_REPLACED).split())


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else flat[:39] + "…"
