"""The words of a Markdown file, line by line, and the texts of its slides."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from workshop.content.source_text import read_text, split_front_matter
from workshop.errors import At, Report
from workshop.files.bases import SlideText

HEADING = re.compile(r"#{1,2} ")
FENCE = ("```", "~~~")
UNTOUCHED = (":::", "|", "![", "<", "[^", *FENCE)  # beginnings of lines without words that can be changed here
BEGIN = re.compile(r"\s*(?:#{1,6} |[-*+] |\d+[.)] |> )?(?:\*\*\w+\*\* )?")
LABEL = re.compile(r"\*\*(\w+)\*\* $")
# what the kit computes, pictures, the ends of spans and links with their marks, the beginnings of these, marks, formulas, code,
# stars around bold words
ATTRIBUTES = r"\{(?!\{)(?:\{\{.*?\}\}|[^{}])*\}"
OPENS = r"\[(?=(?:[^\[\]]|\[[^\[\]]*\])*\][({])"  # the beginning of a span or link, in which a picture may be
FIXED = re.compile(
    rf"\{{\{{.*?\}}\}}|!\[[^\]]*\]\([^)]*\)(?:{ATTRIBUTES})?|\](?:{ATTRIBUTES}|\([^)]*\))|{OPENS}|{ATTRIBUTES}"
    r"|\$[^$]+\$|`[^`]*`|\*+"
)


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
    rest = "".join(text.splitlines(keepends=True)[line - 1 :])
    return next(parts_of(rest)).rstrip() + "\n" if HEADING.match(rest) else ""


def parts_of(text: str) -> Iterator[str]:
    """Yield the slides of a file, before them what comes before the first one."""
    part: list[str] = []
    fenced = False
    for line in text.splitlines(keepends=True):
        fenced ^= line.lstrip().startswith(FENCE)
        if not fenced and HEADING.match(line) and part:
            yield "".join(part)
            part = []
        part.append(line)
    if part:
        yield "".join(part)


def slide_texts(places: Mapping[str, At], root: Path, *, headed: bool) -> dict[str, SlideText]:
    """Return the source of each slide of a deck; slides that no author wrote have none.

    Args:
        places: id of a slide -> where it is written.
        root: folder from which files are named.
        headed: whether headings begin slides, each with its id; a slide of a talk ends where the next one begins.
    """
    begins: dict[str, set[int]] = {}
    for at in places.values():
        begins.setdefault(at.path, set()).add(at.line)
    files = {path: read_text(Path(path), Report()) or "" for path in begins if Path(path).is_file()}
    cut = {path: (text.split("\n"), sorted(begins[path]), _front_lines(text)) for path, text in files.items()}
    names = {path: Path(os.path.relpath(path, root)).as_posix() for path in files}
    texts: dict[tuple[str, int], SlideText] = {}
    for path, line in {(at.path, at.line) for at in places.values() if at.path in cut}:
        lines, starts, front = cut[path]
        begin, text = _kit_text(files[path], lines, line) if headed else _talk_text(lines, line, starts, front)
        texts[path, line] = SlideText(names[path], begin, text) if text else SlideText()
    return {name: texts.get((at.path, at.line), SlideText()) for name, at in places.items()}


def _front_lines(text: str) -> int:
    """Return how many lines the front matter of a file takes."""
    rest = split_front_matter(text)[1]  # its lines are emptied
    return len(rest) - len(rest.lstrip("\n"))


def _kit_text(text: str, lines: Sequence[str], line: int) -> tuple[int, str]:
    """Return line and source of a slide of a kit; one that goes on after a line ``---`` has the source of the one that it continues."""
    while 0 < line <= len(lines) and not HEADING.match(lines[line - 1]):
        line -= 1
    named = 0 < line <= len(lines) and "{#" in lines[line - 1]
    return (line, source_at(text, line)) if named else (0, "")


def _talk_text(lines: Sequence[str], line: int, begins: Sequence[int], front: int) -> tuple[int, str]:
    after = bisect_right(begins, line)
    inside = line > front  # the cover is in the front matter
    own = lines[line - 1 : begins[after] - 1 if after < len(begins) else None] if inside else ()
    return line, "\n".join(own).rstrip() + "\n" if own else ""


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
    if begin.startswith("#"):
        return "Title" if number == 0 or HEADING.match(begin) else "Heading"
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
