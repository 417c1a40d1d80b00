"""Indentation within elements of HTML: there it is never code, so it is taken away before Markdown is parsed."""

from __future__ import annotations

import re

from workshop.content.html_source import TAG
from workshop.content.rules.html import BLOCKS

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_LEFT_OPEN = frozenset(["p", "li", "td", "tr", "th", "dt", "dd", "hr"])  # elements whose end is often not written
CODE = 4  # columns from which Markdown takes a line for code


def outdented(text: str) -> str:
    r"""Return a text without the indentation that lines have in elements; every line stays a line.

    The first line after a tag says how far the lines up to the next tag are indented. A rule ends all elements.

    >>> outdented("<div>\n    Words\n      - more\n</div>\n    code")
    '<div>\nWords\n  - more\n</div>\n    code'
    """
    if "<" not in text:
        return text
    state = _State()
    return "\n".join([state.line(line) for line in text.split("\n")])


class _State:
    """What is open before a line: how many elements, the fence of code, and how far their lines are indented."""

    def __init__(self) -> None:
        self.depth = 0
        self.floor = 0  # columns of the first tag, which may stand in a list
        self.base = -1  # columns; -1 until the first line after a tag
        self.fence = ""

    def line(self, line: str) -> str:
        """Return a line as Markdown is to see it."""
        bare = line.lstrip(" \t")
        indent = len(line) - len(bare)
        mark = _FENCE.match(line)
        if self.fence:
            if mark and mark[1].startswith(self.fence) and not line[mark.end() :].strip():
                self.fence = ""
            return self._moved(line, indent) if self.depth else line
        if line.startswith("---") and not line.strip("- \t"):
            self.depth, self.base = 0, -1
        elif bare.startswith("<") and (self.depth or indent < CODE):
            return self._tags(line, bare, indent)
        elif bare and self.depth:
            self.base = indent if self.base < 0 else self.base
            line = self._moved(line, indent)
            self.fence = mark[1] if mark else ""
            self._count(line)
        elif mark:
            self.fence = mark[1]
        return line

    def _moved(self, line: str, indent: int) -> str:
        return line[min(indent, max(self.base - self.floor, 0)) :]

    def _tags(self, line: str, bare: str, indent: int) -> str:
        """Return a line that begins with a tag; if it is inside an element, indented as the first tag is."""
        inside = self.depth > 0
        self.floor = self.floor if inside else indent
        if not self._count(bare):
            if not inside:
                return line
            self.base = indent if self.base < 0 else self.base
            return self._moved(line, indent)
        self.base = -1
        return line[: min(self.floor, indent)] + bare if inside else line

    def _count(self, line: str) -> bool:
        """Count the elements that a line opens and closes; return whether it has any."""
        found = False
        for closing, typed, rest in TAG.findall(line) if "<" in line else ():
            name = typed.lower()
            if name not in BLOCKS and "-" not in typed and not typed[:1].isupper():
                continue
            found = True
            if name not in _LEFT_OPEN and not rest.rstrip().endswith("/"):
                self.depth = max(0, self.depth + (-1 if closing else 1))
        return found
