"""Which tool a talk was written for, and what that tool takes for a slide."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

_MARP = re.compile(r"^marp:[ \t]*true\b", re.MULTILINE)
_QUARTO = re.compile(r"^(?:format|execute|project):|^[ \t]+revealjs:", re.MULTILINE)
_LEVEL = re.compile(r"^[ \t]*slide-level:[ \t]*([1-6])\b", re.MULTILINE)
_DIVIDER = re.compile(r"^headingDivider:[ \t]*\[?[\d, ]*([1-6])\b", re.MULTILINE)
_COMMENT = re.compile(r"\s*<!--(.*?)-->", re.DOTALL)
QUARTO_LEVEL = 2


class Tongue(Struct, frozen=True, kw_only=True):
    """The habits of the tool that a talk was written for.

    Attributes:
        name: "pandoc" (also for plain Markdown), "quarto" or "marp".
        level: level of the headings that begin a slide; 0 to determine it as pandoc does. In Marp only rules begin slides,
            unless ``headingDivider`` says up to which level headings do.
    """

    name: str
    level: int = 0

    @property
    def marp(self) -> bool:
        """Whether comments are notes, and rules alone begin slides."""
        return self.name == "marp"


def tongue_of(front: str, body: str, path: Path) -> Tongue:
    """Return the tongue of a talk from its front matter, a comment before its first slide, and the name of its file."""
    comment = _COMMENT.match(body)
    said = f"{front}\n{comment[1] if comment else ''}"
    if _MARP.search(said):
        divider = _DIVIDER.search(said)
        return Tongue(name="marp", level=int(divider[1]) if divider else 0)
    level = _LEVEL.search(front)
    if _QUARTO.search(front) or path.suffix.lower() == ".qmd":
        return Tongue(name="quarto", level=int(level[1]) if level else QUARTO_LEVEL)
    return Tongue(name="pandoc", level=int(level[1]) if level else 0)
