"""Which tool a talk was written for, and what that tool takes for a slide, a note and a mark."""

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


class Habits(Struct, frozen=True, kw_only=True):
    """The habits of a tool; a kit has pandoc's.

    Attributes:
        name: "pandoc" (also for plain Markdown), "quarto" or "marp".
        level: level of the headings that begin a slide; 0 to determine it as pandoc does.
        ruled: whether only rules begin slides, apart from headings up to ``level``; then the first heading of a slide is
            its title wherever it stands, and the first slide is the cover.
        comments: whether comments are notes and directives.
        pandoc: whether pandoc's marks mean something: lists with letters, drawn tables, TeX, indices, dashes. Otherwise
            GitHub's do: addresses are links, and ``:tada:`` is an emoji.
        breaks: whether a line ends where it is typed to end.
        options: whether the words in a picture's brackets say where and how large it is.
        cells: whether code in braces is run.
    """

    name: str = "pandoc"
    level: int = 0
    ruled: bool = False
    comments: bool = False
    pandoc: bool = True
    breaks: bool = False
    options: bool = False
    cells: bool = False


def habits_of(front: str, body: str, path: Path) -> Habits:
    """Return the habits behind a talk from its front matter, a comment before its first slide, and the name of its file."""
    comment = _COMMENT.match(body)
    said = f"{front}\n{comment[1] if comment else ''}"
    if _MARP.search(said):
        divider = _DIVIDER.search(said)
        level = int(divider[1]) if divider else 0
        return Habits(name="marp", level=level, ruled=True, comments=True, pandoc=False, breaks=True, options=True)
    level = int(found[1]) if (found := _LEVEL.search(front)) else 0
    if _QUARTO.search(front) or path.suffix.lower() == ".qmd":
        return Habits(name="quarto", level=level or QUARTO_LEVEL, cells=True)
    return Habits(level=level)
