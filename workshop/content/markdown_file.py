"""One Markdown file: front matter split off, values masked, parsed, and read into a flow of blocks."""

from __future__ import annotations

import re
from pathlib import Path

import markdown_it
import mdit_py_plugins
import msgspec
from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from workshop import limits
from workshop.content.block_reader import BlockReader
from workshop.content.dialect import tokens_of
from workshop.content.divs import Break, Flow
from workshop.content.mask import TooManyValuesError, mask
from workshop.content.prepared import TITLES, title_block
from workshop.content.reading import (
    ALL_MARKDOWN,
    Reading,
    Scope,
    resolve_file,
)
from workshop.content.source_text import display, given_text, read_text, scalars, split_front_matter
from workshop.content.tool_signs import Habits, habits_of, odd_line, tight_headings
from workshop.errors import At, Report
from workshop.files.memo import Memo, code_digest, digest
from workshop.model.markup import Block, Heading

# One Markdown file: front matter split off, values masked, parsed, and read into a flow of blocks.
DEEPEST = 6
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


class _Said(Struct, frozen=True):
    """What a file of a kit says: its blocks, what it leads to, the files that it shows, and its share of ``ALL_MARKDOWN``."""

    flow: tuple[Block | Break, ...]
    links: tuple[tuple[str, At], ...]
    exercises: tuple[tuple[str, At], ...]
    files: tuple[tuple[str, str], ...]
    spent: tuple[int, ...]


_READS = ("constructs", "content", "errors", "expressions", "inputs", "layouts", "limits", "model", "wording")
_SAID = Memo(".said", msgspec.msgpack.Decoder(_Said).decode, msgspec.msgpack.encode)


def read_document(
    path: Path, scope: Scope, report: Report, slide_level: int = 0, tool: str = "", given: str | None = None
) -> Document | None:
    """Read one file; ``None`` if it cannot be read at all.

    Args:
        path: the file.
        scope: what is known around it.
        report: where problems go.
        slide_level: 2 in a kit; 0 to determine it as pandoc does.
        tool: the tool that a talk was written for; "" to find out.
        given: its text, if it isn't read from the file.
    """
    text = read_text(path, report) if given is None else given_text(given, path, report)
    return None if text is None else parse_document(text, path, scope, report, slide_level, tool)


def parse_document(
    text: str, path: Path, scope: Scope, report: Report, slide_level: int = 0, tool: str = ""
) -> Document | None:
    """Parse clean text as if it were in ``path``; arguments as for ``read_document``."""
    if path.suffix.lower() in (".html", ".htm") and "<textarea" in text:
        report.error(
            "this is a web page of remark", At(display(path)), "save the text of its textarea as talk.md", "format"
        )
        return None
    front, body = (None if scope.policy.html == "refused" else title_block(text)) or split_front_matter(text)
    reading = _reading(body, path, scope, report)
    if reading is None:
        return None
    if front is None:
        reading.error("the front matter opened here is not closed", reading.at(1), "add a line ---", "front-matter")
    front = front or ""
    if slide_level:
        reading.habits = Habits(level=slide_level)
    else:
        reading.habits, why = habits_of(front, body, path, tool)
        if why:
            message = f"this is read as a talk for {TITLES[reading.habits.name]} (it has {why})"
            report.advise(message, reading.at(1), "--from says otherwise", "tool")
        _warn_of_odd_lines(reading, body, tool)
    reading.meta = scalars(front)
    reading.works = scope.works(front)
    reading.echo = bool(_ECHO.search(front)) or (reading.habits.cells and reading.habits.name != "quarto")
    parsed = _kept(reading, slide_level)
    if parsed is None:
        return None
    flow, level = parsed
    reading.starts.extend(b.at.line for b in flow if isinstance(b, Heading) and b.level <= level)
    reading.hold(limits.KIT_PARTS, len(reading.starts))
    for label in sorted(set(reading.footnotes) - reading.used_footnotes):
        note = reading.footnotes[label]
        at = reading.at(note.map[0] + 1 if note.map else 0)
        reading.report.warn(f"nothing refers to the footnote [^{label}]", at, "refer to it or remove it", "footnote")
        reading.left_out.append((at, note.map[1] if note.map else at.line))
    return Document(reading, flow, front, level)


def _warn_of_odd_lines(reading: Reading, body: str, tool: str) -> None:
    """Warn of what is shown as text, and was meant otherwise: a directive, notes, a heading without a space."""
    if reading.habits.name == "pandoc" and not tool and (line := odd_line(body)):
        message = "this is shown as text, and other tools would take it for a directive or for notes"
        reading.report.warn(
            message, reading.at(line), "name the tool of the talk: --from slidev, remark or deckset", "tool"
        )
    for line, text in () if reading.habits.tight else tight_headings(body):
        words = text.lstrip("#")
        signs = text[: len(text) - len(words)]
        message = f"'{text}' isn't a heading: it has no space after {signs}"
        reading.report.warn(message, reading.at(line), f"write '{signs} {words}'", "heading")


def _flow(reading: Reading) -> tuple[Flow, int] | None:
    """Return a file as blocks, and the level of the headings that begin a slide; ``None``, after reporting it, if it is too much."""
    parsed = tokens_of(reading)
    if parsed is None:
        return None
    tokens = _without_footnotes(parsed, reading)
    level = reading.habits.level or (0 if reading.habits.ruled else find_slide_level(tokens))
    reader = BlockReader(reading, tokens, level)
    return [
        *(reader.begun(reading.meta, reading.at(1)) if reading.habits.name == "slidev" else ()),
        *reader.read(),
    ], level


def _kept(reading: Reading, level: int) -> tuple[Flow, int] | None:
    """Do the same as ``_flow``, or take what an earlier build kept of a file of a kit in which nothing was wrong."""
    folder = reading.scope.cache
    if folder is None or reading.policy.html == "read" or reading.works is not None or not level:
        return _flow(reading)
    name = _name(reading, level)
    if (said := _SAID.recall(folder, name)) is not None and _still_holds(said, reading):
        reading.links.extend(said.links)
        reading.exercises.extend(said.exercises)
        for most, more in zip(ALL_MARKDOWN, said.spent, strict=True):
            reading.hold(most, more)
        return [*said.flow], level
    before, problems = dict(reading.report.spent), len(reading.report.found)
    made = _flow(reading)
    if made is not None and len(reading.report.found) == problems and not reading.ignored and not reading.lost:
        spent = tuple(int(reading.report.spent[most.key] - before.get(most.key, 0)) for most in ALL_MARKDOWN)
        said = _Said(tuple(made[0]), tuple(reading.links), tuple(reading.exercises), tuple(reading.files), spent)
        _SAID.keep(folder, name, said)
    return made


def _name(reading: Reading, level: int) -> str:
    """Return a digest of all that decides what a file of a kit says, but for the files that it shows."""
    scope = reading.scope
    known = (
        reading.is_overlay,
        sorted(scope.sources),
        None if scope.audiences is None else sorted(scope.audiences),
        sorted(scope.likes),
    )
    versions = (markdown_it.__version__, mdit_py_plugins.__version__, msgspec.__version__)
    return digest(
        reading.masked.restore(reading.masked.text), reading.path, level, known, versions, code_digest(*_READS)
    )


def _still_holds(said: _Said, reading: Reading) -> bool:
    """Whether each file that is shown is where it was, and there is room for as much Markdown."""
    looking = replace(reading, report=Report(), files=[])
    spent = reading.report.spent
    return all(resolve_file(looking, name, reading.at(0)) == found for name, found in said.files) and all(
        spent[most.key] + more <= most for most, more in zip(ALL_MARKDOWN, said.spent, strict=True)
    )


def _reading(body: str, path: Path, scope: Scope, report: Report) -> Reading | None:
    """Return the state of reading a file; ``None`` after reporting that it holds too many values."""
    shown = display(path)
    try:
        return Reading(path=shown, folder=path.parent, masked=mask(body, shown), scope=scope, report=report)
    except TooManyValuesError:
        reading = Reading(path=shown, folder=path.parent, masked=mask("", shown), scope=scope, report=report)
        reading.error("this file holds too many values", reading.at(0), "split it into several files", "too-large")
        return None


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
