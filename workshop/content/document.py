"""One Markdown file: front matter split off, values masked, parsed, and read into a flow of blocks."""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it.token import Token
from msgspec import Struct

from workshop import limits
from workshop.content.blocks import BlockReader, Flow
from workshop.content.dialect import dialect, tokens_of
from workshop.content.mask import TooManyValuesError, mask
from workshop.content.reading import Reading, Scope
from workshop.content.source_text import display, read_text
from workshop.content.talks.source import title_block
from workshop.content.talks.tongue import tongue_of
from workshop.errors import Report
from workshop.model.markup import Heading

DEEPEST = 6
_SCALAR = re.compile(r"^([\w-]+):[ \t]+(\S.*)$", re.MULTILINE)
_ECHO = re.compile(r"^[ \t]+echo:[ \t]*true\b", re.MULTILINE)


class Document(Struct, frozen=True):
    """A file as blocks.

    Attributes:
        front: text of the front matter, "" if there is none; it begins on line 2 of the file.
        slide_level: level of the headings that begin a slide.
    """

    reading: Reading
    flow: Flow
    front: str
    slide_level: int


def read_document(path: Path, scope: Scope, report: Report, slide_level: int = 0) -> Document | None:
    """Read one file; ``None`` if it cannot be read at all.

    Args:
        path: the file.
        scope: what is known around it.
        report: where problems go.
        slide_level: 2 in a kit; 0 to determine it as pandoc does.
    """
    text = read_text(path, report)
    return None if text is None else parse_document(text, path, scope, report, slide_level)


def read_talk_document(path: Path, scope: Scope, report: Report) -> Document | None:
    """Read a talk, whichever tool it was written for; ``None`` if it cannot be read at all."""
    text = read_text(path, report)
    return None if text is None else parse_talk(text, path, scope, report)


def parse_document(text: str, path: Path, scope: Scope, report: Report, slide_level: int = 0) -> Document | None:
    """Parse clean text as if it were in ``path``."""
    front, body = split_front_matter(text)
    reading = _reading(body, path, scope, report)
    if reading is None:
        return None
    if front is None:
        reading.error("the front matter opened here is not closed", reading.at(1), "add a line ---", "front-matter")
    tokens = tokens_of(reading, ("markdown",), reading.masked.text, dialect)
    return None if tokens is None else _read(BlockReader, reading, tokens, front or "", slide_level)


def parse_talk(text: str, path: Path, scope: Scope, report: Report) -> Document | None:
    """Parse the clean text of a talk as if it were in ``path``."""
    from workshop.content.talks.blocks import TalkReader
    from workshop.content.talks.syntax import talk_tokens

    front, body = title_block(text) or split_front_matter(text)
    tongue = tongue_of(front or "", body, path)
    reading = _reading(body, path, scope, report)
    if reading is None:
        return None
    if front is None:
        reading.error("the front matter opened here is not closed", reading.at(1), "add a line ---", "front-matter")
    reading.meta = {key: value.strip().strip("\"'") for key, value in _SCALAR.findall(front or "")}
    reading.echo = bool(_ECHO.search(front or ""))
    tokens = talk_tokens(reading, tongue)
    return None if tokens is None else _read(TalkReader, reading, tokens, front or "", tongue.level)


def _read(reader: type[BlockReader], reading: Reading, parsed: list[Token], front: str, slide_level: int) -> Document:
    """Return the blocks of parsed text; ``slide_level`` is 0 to determine it as pandoc does."""
    tokens = _without_footnotes(parsed, reading)
    level = slide_level or find_slide_level(tokens)
    if reading.tongue is not None and reading.tongue.marp:
        level = reading.tongue.level
    flow = reader(reading, tokens, level).read()
    reading.starts.extend(b.at.line for b in flow if isinstance(b, Heading) and b.level <= level)
    reading.hold(limits.KIT_PARTS, len(reading.starts))
    for label in sorted(set(reading.footnotes) - reading.used_footnotes):
        note = reading.footnotes[label]
        at = reading.at(note.map[0] + 1 if note.map else 0)
        reading.report.warn(f"nothing refers to the footnote [^{label}]", at, "refer to it or remove it", "footnote")
    return Document(reading, flow, front, level)


def _reading(body: str, path: Path, scope: Scope, report: Report) -> Reading | None:
    """Return the state of reading a file; ``None`` after reporting that it holds too many values."""
    shown = display(path)
    try:
        return Reading(path=shown, folder=path.parent, masked=mask(body, shown), scope=scope, report=report)
    except TooManyValuesError:
        reading = Reading(path=shown, folder=path.parent, masked=mask("", shown), scope=scope, report=report)
        reading.error("this file holds too many values", reading.at(0), "split it into several files", "too-large")
        return None


def split_front_matter(text: str) -> tuple[str | None, str]:
    """Return the YAML between the first line ``---`` and the next, and the text with those lines emptied.

    The YAML is ``None`` if it is never closed. A first line ``---`` before an empty line is a slide break.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---" or len(lines) < 2 or not lines[1].strip():
        return "", text
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in {"---", "..."}:
            return "\n".join(lines[1:number]), "\n" * (number + 1) + "\n".join(lines[number + 1 :])
    return None, "\n" + "\n".join(lines[1:])


def find_slide_level(tokens: list[Token]) -> int:
    """Return the highest heading level that is directly followed by text, as pandoc determines it.

    Headings inside lists, quotes and divs do not count. If no heading is followed by text, the result is the lowest level.
    """
    levels: list[int] = []
    with_text: list[int] = []
    depth = 0
    for index, token in enumerate(tokens):
        if token.type == "div_open":
            depth += 1
        elif token.type == "div_close":
            depth = max(0, depth - 1)
        elif token.type == "heading_open" and token.level == 0 and depth == 0:
            level = int(token.tag[1:])
            levels.append(level)
            follower = tokens[index + 3].type if index + 3 < len(tokens) else ""
            if follower not in {"", "heading_open", "hr"}:
                with_text.append(level)
    return min(with_text, default=max(levels, default=DEEPEST))


def _without_footnotes(tokens: list[Token], reading: Reading) -> list[Token]:
    """Take footnotes out of the flow and keep them by label."""
    kept: list[Token] = []
    label, depth = "", 0
    inside: list[Token] = []
    at = reading.at(0)
    for token in tokens:
        if token.type == "footnote_reference_open":
            depth += 1
            if depth == 1:
                label, inside = str(token.meta["label"]), []
                at = reading.at(token.map[0] + 1 if token.map else 0)
        elif token.type == "footnote_reference_close":
            depth -= 1
            if depth == 0:
                if [t.type for t in inside] != ["paragraph_open", "inline", "paragraph_close"]:
                    reading.fault(f"the footnote [^{label}] is not one paragraph", at, "write it as one", "footnote")
                if label in reading.footnotes:
                    reading.fault(f"there are two footnotes [^{label}]", at, "rename one of them", "footnote")
                note = next((t for t in inside if t.type == "inline"), None)
                if note is not None:
                    reading.footnotes[label] = note
        elif depth:
            inside.append(token)
        else:
            kept.append(token)
    return kept
