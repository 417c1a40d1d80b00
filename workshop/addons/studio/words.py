"""The words of a slide as people change them: line by line, without what the kit computes and without marks.

A changed slide is its whole source with some words changed, in a file of an overlay, so that panel, timer and bet stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from workshop.addons.studio.project import refused

HEADING = re.compile(r"#{1,2} ")
FENCE = ("```", "~~~")
UNTOUCHED = (":::", "|", "![", "<", "[^", *FENCE)  # beginnings of lines without words that can be changed here
BEGIN = re.compile(r"\s*(?:#{1,6} |[-*+] |\d+[.)] |> )?(?:\*\*\w+\*\* )?")
LABEL = re.compile(r"\*\*(\w+)\*\* $")
# what the kit computes, pictures, the ends of spans and links with their marks, the beginnings of these, marks, formulas, code
ATTRIBUTES = r"\{(?!\{)(?:\{\{.*?\}\}|[^{}])*\}"
FIXED = re.compile(
    rf"\{{\{{.*?\}}\}}|!\[[^\]]*\]\([^)]*\)(?:{ATTRIBUTES})?|\](?:{ATTRIBUTES}|\([^)]*\))|\[(?=[^\[\]]*\][({{])|{ATTRIBUTES}"
    r"|\$[^$]+\$|`[^`]*`"
)
MARKS = "{}[]<>`$|\\"
BLOCK = re.compile(r"#|:::|```|~~~|\||[-*+] |\d+[.)] |>|---|===|\*\*\*|!\[")
MOST = 2_000  # characters of a piece


class Line(Struct, frozen=True):
    """A line of a slide's source that has words.

    Attributes:
        number: its place in the source, from 0.
        label: what people call it.
        begin: how it begins: marks of a heading or a point, and the kind of a note.
        pieces: its other parts in order; those at odd places are fixed.
    """

    number: int
    label: str
    begin: str
    pieces: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The parts that can be changed."""
        return self.pieces[::2]

    @property
    def fixed(self) -> tuple[str, ...]:
        """The parts that can't."""
        return self.pieces[1::2]


def source_at(text: str, line: int) -> str:
    """Return the source of the slide whose heading is at a line, from 1, of a file; "" if there is no heading."""
    lines = text.splitlines()[line - 1 :]
    if not lines or not HEADING.match(lines[0]):
        return ""
    end, fenced = 1, False
    while end < len(lines) and (fenced or not HEADING.match(lines[end])):
        fenced ^= lines[end].lstrip().startswith(FENCE)
        end += 1
    return "\n".join(lines[:end]).rstrip() + "\n"


def lines_of(source: str) -> Iterator[Line]:
    """Yield the lines with words: the title, points, text and notes."""
    fenced, notes = False, False
    for number, line in enumerate(source.splitlines()):
        bare = line.strip()
        if bare.startswith(FENCE):
            fenced = not fenced
        notes = (notes or bare.startswith("::: notes")) and bare != ":::"
        if fenced or not bare or bare.startswith(UNTOUCHED):
            continue
        begin = BEGIN.match(line)
        assert begin is not None
        yield Line(number, _label(number, begin[0], notes=notes), begin[0], _pieces(line[begin.end() :]))


def _label(number: int, begin: str, *, notes: bool) -> str:
    if number == 0:
        return "Title"
    if named := LABEL.search(begin):
        return named[1]
    return "Note" if notes else "Point" if begin.strip() else "Text"


def _pieces(rest: str) -> tuple[str, ...]:
    """Return text, fixed, text, fixed, … text."""
    pieces: list[str] = []
    end = 0
    for match in FIXED.finditer(rest):
        pieces += [rest[end : match.start()], match[0]]
        end = match.end()
    return (*pieces, rest[end:])


def reworded(source: str, number: int, texts: Sequence[str]) -> str:
    """Return a source with other words in one of its lines; a line that has nothing left is deleted.

    Args:
        texts: for each part of the line that can be changed, what it says now.

    Raises:
        WorkshopError: for words that would be marks, or a line that doesn't exist.
    """
    line = next((line for line in lines_of(source) if line.number == number), None)
    if line is None or len(texts) != len(line.texts):
        raise refused("this slide has changed meanwhile", "open its words again")
    if tuple(texts) == line.texts:
        return source
    for old, new in zip(line.texts, texts, strict=True):
        if len(new) > MOST or not new.isprintable():
            raise refused("these words are too long, or can't be printed", f"at most {MOST:,} characters, in one line")
        for mark in MARKS:
            if new.count(mark) > old.count(mark):
                raise refused(f"'{mark}' would be a mark here", "leave it out")
    lines = source.splitlines()
    if "".join(texts).strip() or line.fixed:
        pieces = "".join(part for pair in zip(texts, (*line.fixed, ""), strict=True) for part in pair).strip()
        if not line.begin.strip() and BLOCK.match(pieces) and not BLOCK.match("".join(line.pieces)):
            raise refused(f"a line that begins with '{pieces[:3]}' would be something else", "begin with a word")
        lines[number] = line.begin + pieces
    else:
        del lines[number]
    if number == 0 and not "".join(texts).strip():
        raise refused("a slide has a title", "write one")
    return "\n".join(lines).rstrip() + "\n"


def told_lines(source: str) -> list[dict[str, Any]]:
    """Return the lines for the page: of each its label and parts, the fixed ones between the others."""
    return [
        {"line": line.number, "label": line.label, "texts": line.texts, "fixed": line.fixed}
        for line in lines_of(source)
    ]
