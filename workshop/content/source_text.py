"""One Markdown file as text: read cleanly, its values masked, its attributes understood, its words line by line."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct

from workshop import limits
from workshop.errors import At, Report
from workshop.files.bases import SlideText
from workshop.inputs.door import TooLargeError, read_bytes
from workshop.inputs.structured import FORBIDDEN
from workshop.limits import Limit
from workshop.model.markup import Attrs, Text, Value

# ---------------------------------------------------------------- source text
# Read a source file as clean text, or report exactly where it isn't.
LARGE = "pictures and data belong in files of their own"

_SCALAR = re.compile(r"^([\w-]+):[ \t]+(\S.*)$", re.MULTILINE)
_NAMES = {"\x00": "NUL", "\x0b": "vertical tab", "\x0c": "form feed", "\x1b": "escape", "\u2028": "line separator"}


def display(path: Path) -> str:
    """Return ``path`` as the user would name it: relative to the working folder if that is shorter."""
    text = os.path.normpath(path)
    here = str(Path.cwd()) + os.sep
    return Path(text.removeprefix(here)).as_posix()


def read_text(
    path: Path, report: Report, most: Limit = limits.SOURCE_BYTES, lines: Limit = limits.SOURCE_LINES
) -> str | None:
    """Return the text of a UTF-8 file with line feeds as line ends and without a byte order mark.

    Returns ``None`` after reporting why: unreadable, not UTF-8, a control character, a line or a file too long.
    """
    shown = display(path)
    try:
        data = read_bytes(path, most)
    except TooLargeError as error:
        report.error(f"this file can't be read: {error.strerror}", At(shown), LARGE, code="too-large")
        return None
    except OSError as error:
        report.error(f"this file can't be read: {error.strerror or error}", At(shown), code="unreadable")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = At(shown, data.count(b"\n", 0, error.start) + 1)
        report.error(
            f"this file is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}",
            at,
            "save it again with the encoding UTF-8",
            code="encoding",
        )
        return None
    return _clean(text, shown, report, lines)


def _clean(text: str, shown: str, report: Report, most: Limit) -> str | None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fine = True
    seen: set[str] = set()
    for match in FORBIDDEN.finditer(text):
        character = match.group()
        if character in seen:
            continue
        seen.add(character)
        start = text.rfind("\n", 0, match.start()) + 1
        at = At(shown, text.count("\n", 0, start) + 1, match.start() - start + 1)
        name = _NAMES.get(character, "control character" if character < "\xa0" else "character")
        report.error(
            f"there is a {name} (U+{ord(character):04X}) in the text", at, "delete it", code="control-character"
        )
        fine = report.lenient
    text = FORBIDDEN.sub("", text) if seen else text  # of a single file, they are left out with a warning
    if (found := text.count("\n") + 1) > most:
        report.error(f"this file has {found:,} lines; the limit is {most}", At(shown), LARGE, "too-large")
        fine = False
    if len(text) > limits.LINE:
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > limits.LINE:
                message = f"this line has {len(line):,} characters; the limit is {limits.LINE}"
                report.error(message, At(shown, number), "break it up", code="long-line")
                fine = False
    return text if fine else None


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


def scalars(front: str) -> dict[str, str]:
    """Return the texts of front matter, by their keys."""
    return {key: value.strip().strip("\"'") for key, value in _SCALAR.findall(front)}


# ---------------------------------------------------------------- mask
# Hide each ``{{ … }}`` behind one private-use character while Markdown is parsed.
#
# Because parsing comes before evaluating, values can't create slides or table columns, and line numbers stay right.
# Each value has its own character, so a node can be moved without losing its expression.
# None begins inside another: a line of braces alone is read once, not once for each brace
_VALUE = re.compile(r"(?<!\\)\{\{(?!\{)((?:(?!\{\{|\}\}).)*+)\}\}")
_ENTITY = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))
CAPACITY = sum(map(len, PRIVATE))


class TooManyValuesError(ValueError):
    """A file has more values than there are private-use characters (137,468)."""


class Masked(Struct, frozen=True):
    """A text whose values are masked.

    Attributes:
        text: as many lines as the original has.
        values: mask character -> the value.
        raw: code point of a mask character -> the original text, braces included (for ``str.translate``).
    """

    text: str
    lines: tuple[str, ...]
    values: Mapping[str, Value]
    raw: Mapping[int, str]

    def restore(self, text: str) -> str:
        """Return ``text`` with every value as its author wrote it."""
        return text.translate(self.raw) if self.raw else text

    def pieces(self, text: str, at: At) -> Iterator[Text | Value]:
        """Cut ``text`` into plain text, placed ``at``, and values, each at its own place."""
        start = 0
        if self.values:
            for index, character in enumerate(text):
                if character in self.values:
                    if start < index:
                        yield Text(text[start:index], at)
                    yield self.values[character]
                    start = index + 1
        if start < len(text):
            yield Text(text[start:], at)

    def column(self, line: int, offset: int) -> int:
        """Return the 1-based column, in the original, of a 0-based offset into masked line ``line`` (1-based)."""
        if not 1 <= line <= len(self.lines):
            return 0
        return len(self.restore(self.lines[line - 1][:offset])) + 1


def mask(text: str, path: str) -> Masked:
    """Mask every one-line value of ``text``; ``path`` is the name used in places.

    Raises:
        TooManyValuesError: when there are more than ``CAPACITY`` values.
    """
    if "{{" not in text:
        return Masked(text, tuple(text.split("\n")), {}, {})
    free = _free_characters(text)
    values: dict[str, Value] = {}
    raw: dict[int, str] = {}

    def hide(match: re.Match[str], line: int) -> str:
        character = next(free, "")
        if not character:
            raise TooManyValuesError
        values[character] = Value(match[1].strip(), At(path, line, match.start() + 1))
        raw[ord(character)] = match[0]
        return character

    lines = tuple(
        _VALUE.sub(lambda match, n=number: hide(match, n), line) if "{{" in line else line  # type: ignore[misc]
        for number, line in enumerate(text.split("\n"), 1)
    )
    return Masked("\n".join(lines), lines, values, raw)


def _free_characters(text: str) -> Iterator[str]:
    """Yield private-use characters that the text contains neither literally nor as a numeric entity."""
    taken = set(text)
    for match in _ENTITY.finditer(text):
        code = int(match[1], 16) if match[1] else int(match[2])
        if code < 0x110000:
            taken.add(chr(code))
    return (chr(code) for code in chain(*PRIVATE) if chr(code) not in taken)


# ---------------------------------------------------------------- attributes
# The attribute grammar: ``{#id .class key=value key="a value"}``.
#
#     attributes = "{" { space | item } "}"
#     item       = "#" name | "." name | "-" | key "=" value
#     value      = '"' { character | "\" character } '"' | "'" … "'" | characters up to a space or brace
#
# Pandoc's grammar with room for ``width=50%``, commas and slashes. ``-`` is pandoc's short form of ``.unnumbered``.
_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"[\w:.-]+")
_KEY = re.compile(r"[^\W\d][\w:.-]*(?==)")
_BARE = re.compile(r"""[^\s{}"']+""")
_QUOTED = {
    '"': re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL),
    "'": re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL),
}
_ESCAPE = re.compile(r"""\\(["'\\])""")
_LOOKS_MEANT = re.compile(r"\s*(?:[#.][\w:-]|[^\W\d][\w:.-]*=|\}|-\s*\})")
_LAST_BRACES = 20


class AttributeSyntaxError(ValueError):
    """Malformed attributes.

    Args:
        message: what is wrong.
        offset: where in the text.
        hint: how to fix it.
        end: where reading can continue.
    """

    def __init__(self, message: str, offset: int, hint: str = "", end: int = 0) -> None:
        super().__init__(message)
        self.message, self.offset, self.hint, self.end = message, offset, hint, end


class _Found(Struct):
    id: str
    classes: list[str]
    pairs: dict[str, str]


def parse_attributes(text: str, start: int = 0) -> tuple[Attrs, int]:
    """Read attributes from the opening brace at ``start``.

    Returns:
        The attributes and the offset after the closing brace.

    Raises:
        AttributeSyntaxError: with the offset of the mistake, and the offset where reading can continue.

    >>> parse_attributes('{#a .b width=50% else="x y"}')[0].pairs
    (('width', '50%'), ('else', 'x y'))
    """
    try:
        return _read(text, start)
    except AttributeSyntaxError as error:
        line_end = text.find("\n", error.offset)
        stop = len(text) if line_end < 0 else line_end
        close = text.find("}", error.offset, stop)
        error.end = close + 1 if close >= 0 else stop
        raise


def _read(text: str, start: int) -> tuple[Attrs, int]:
    found = _Found("", [], {})
    position = start + 1
    while True:
        spaced = _SPACE.match(text, position)
        position = spaced.end() if spaced else position
        if position >= len(text):
            raise AttributeSyntaxError("the attributes are not closed", start, "add the closing brace }")
        if text[position] == "}":
            return Attrs(found.id, tuple(found.classes), tuple(found.pairs.items())), position + 1
        position = _item(text, position, found)
        if position < len(text) and not (text[position] == "}" or text[position].isspace()):
            raise AttributeSyntaxError("there is no space between two attributes", position, "put one there")


def _item(text: str, position: int, found: _Found) -> int:
    """Read one item into ``found`` and return the offset after it."""
    mark = text[position]
    if mark in "#.":
        name = _NAME.match(text, position + 1)
        if not name:
            raise AttributeSyntaxError(f"there is no name after {mark}", position, "write {#name} or {.class}")
        if mark == ".":
            found.classes.append(name.group())
        elif found.id:
            raise AttributeSyntaxError("there are two names with #", position, "keep one of them")
        else:
            found.id = name.group()
        return name.end()
    if mark == "-" and text[position + 1 : position + 2] in {"}", " "}:
        found.classes.append("unnumbered")
        return position + 1
    key = _KEY.match(text, position)
    if not key:
        word = text[position:].split("}", maxsplit=1)[0].split(maxsplit=1)[:1] or [mark]
        raise AttributeSyntaxError(
            f"{word[0]!r} is not an attribute", position, "attributes are #name, .class and key=value"
        )
    if key.group() in found.pairs:
        raise AttributeSyntaxError(f"{key.group()}= is given twice", position, "keep one of them")
    value, end = _value(text, key.end() + 1, key.group())
    found.pairs[key.group()] = value
    return end


def _value(text: str, position: int, key: str) -> tuple[str, int]:
    quote = text[position : position + 1]
    if quote in _QUOTED:
        quoted = _QUOTED[quote].match(text, position)
        if not quoted:
            raise AttributeSyntaxError(f"the value of {key}= has no closing {quote}", position, f"add {quote}")
        return _ESCAPE.sub(r"\1", quoted[1]).replace("\n", " "), quoted.end()
    bare = _BARE.match(text, position)
    if not bare:
        raise AttributeSyntaxError(f"there is no value after {key}=", position, f'write {key}=value or {key}="a value"')
    return bare.group(), bare.end()


def split_trailing(content: str) -> tuple[str, Attrs | None]:
    """Split a line such as ``Title {#id}`` into its text and the attributes at its end, if it has any.

    Braces that do not look like attributes (``the set {a, b}``) stay text.

    Raises:
        AttributeSyntaxError: for braces that are meant as attributes but are malformed.
    """
    if "{" not in content:
        return content, None
    starts = [m.start() for m in re.finditer(r"(?<!\S)\{", content)][-_LAST_BRACES:]
    first_error: AttributeSyntaxError | None = None
    for start in starts:
        if not _LOOKS_MEANT.match(content, start + 1):
            continue
        try:
            attrs, end = parse_attributes(content, start)
        except AttributeSyntaxError as error:
            first_error = first_error or error
            continue
        if not content[end:].strip():
            return content[:start].rstrip(), attrs
    if first_error and not content[first_error.end :].strip():
        raise first_error
    return content, None


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


def slide_texts(places: Mapping[str, At], root: Path, *, is_kit: bool) -> dict[str, SlideText]:
    """Return the source of each slide of a deck; slides that no author wrote have none.

    Args:
        places: id of a slide -> where it is written.
        root: folder from which files are named.
        is_kit: whether headings begin slides, each with its id; a slide of a talk ends where the next one begins.
    """
    begins: dict[str, set[int]] = {}
    for at in places.values():
        begins.setdefault(at.path, set()).add(at.line)
    files = {path: read_text(Path(path), Report()) or "" for path in begins if Path(path).is_file()}
    cut = {path: (text.split("\n"), sorted(begins[path]), _front_lines(text)) for path, text in files.items()}
    names = {path: Path(os.path.relpath(path, root)).as_posix() for path in files}
    found: dict[str, SlideText] = {}
    for name, at in places.items():
        if at.path not in cut:
            found[name] = SlideText()
            continue
        lines, starts, front = cut[at.path]
        line, text = _kit_text(files[at.path], lines, at.line) if is_kit else _talk_text(lines, at.line, starts, front)
        found[name] = SlideText(names[at.path], line, text) if text else SlideText()
    return found


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
