"""The account of words: those of a file that no token of the parser has, and those of a talk that are on no slide, in no note and in no message."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from markdown_it.token import Token
from msgspec import Struct

from workshop.content.html_source import RAW, TAG
from workshop.content.tool_signs import EMOJI, Habits
from workshop.errors import At, Problem, Severity
from workshop.model.markup import Attrs

Said = tuple[int, str]  # a line, from 1, and the text that begins on it

_WORD = re.compile(r"[^\W_]+")
_PRIVATE = re.compile(
    rf"<!--.*?(?:-->|\Z)|<({'|'.join((*RAW, 'math', 'title'))})\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_BY_ITSELF = ("autolink", "linkify")  # links whose text is their address
_WRITTEN = frozenset(["text", "text_special", "code_inline"])
_APART = frozenset(["math_inline", "math_single", "math_inline_double", "note_open", "note_close", "footnote_ref"])
_BREAKS = ("softbreak", "hardbreak")
_OPTION = re.compile(r"^[ \t]*(?:#|//|%%)\|.*", re.MULTILINE)
_SCHEMES = ("http", "https")  # not shown where an address is its own text
_DRAWN = re.compile(r"\s*\{?\s*(?:mermaid|dot|plantuml)\b")
_LABEL = re.compile(r"[\[({|\"]+([^\[\](){}|\"]+)[\])}|\"]")
_SOURCE = re.compile(r"""\bsrc\s*=\s*(["']?)(.*?)(?:\1(?=[\s/>]|$)|(?<!["'])(?=\s))""", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)$", re.IGNORECASE)
_NAMED = re.compile(r"[^\s:;,()<>“”\"']+\.(?:png|jpe?g|gif|svg|webp)\b", re.IGNORECASE)
NOWHERE = "words"  # code of the problem
QUOTED = 40  # letters of a line that a message quotes


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared.

    >>> words_of("Don’t mix H₂O, snake_case & ½")
    ['don', 't', 'mix', 'h2o', 'snake', 'case', '1', '2']
    """
    return _WORD.findall(text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold())


class Nowhere(Struct, frozen=True):
    """A run of lines of which some words are missing; ``quote`` is where the first of them stands."""

    first: int
    last: int
    count: int
    quote: str

    def problem(self, path: str) -> Problem:
        """Return the warning about it, in a file."""
        number, verb = ("1 word", "is") if self.count == 1 else (f"{self.count} words", "are")
        upto = f" up to line {self.last}" if self.last > self.first else ""
        hint = "the markup around here isn't understood: write them as plain text, or put <!-- --> around them"
        message = f"{number}{upto} {verb} nowhere: “{self.quote}”"
        return Problem(message, At(path, self.first), hint, NOWHERE, Severity.WARNING)


# ---------------------------------------------------------------- what is missing
def missing(said: Sequence[Said], found: str) -> list[Nowhere]:
    """Return what is said more often than it is found, as runs of lines.

    A word is found, too, if all text without its spaces has it as often as what is said without its spaces: lines of code
    are broken within words.

    Args:
        said: what is to be found, in the order of the file.
        found: all text in which it may be.
    """
    wanted, have = words_of("\n".join(text for _, text in said)), words_of(found)
    short = Counter(wanted)
    short.subtract(have)
    short = +short
    for word in _SCHEMES:
        del short[word]
    if not short:
        return []
    said_glued, glued = "".join(wanted), "".join(have)
    for word, lack in [*short.items()]:
        short[word] = min(lack, said_glued.count(word) - glued.count(word))
    short = +short
    return list(_runs(said, have, short)) if short else []


def _runs(said: Sequence[Said], have: Sequence[str], short: Counter[str]) -> Iterator[Nowhere]:
    """Yield the runs of lines on which the words are that are missing so many times."""
    lines = [(line + k, part) for line, text in said for k, part in enumerate(text.split("\n")) if words_of(part)]
    there = [(place, word) for place, (_, part) in enumerate(lines) for word in words_of(part)]
    runs: list[list[tuple[int, str]]] = []
    for place, word in _gone(there, have, short):
        if not runs or place > runs[-1][-1][0] + 1:
            runs.append([])
        runs[-1].append((place, word))
    for run in runs:
        if any(len(word) > 1 or not word.isascii() for _, word in run):
            (begun, word), (last, _) = run[0], run[-1]
            yield Nowhere(lines[begun][0], lines[last][0], len(run), _quote(lines[begun][1], word, more=last > begun))


def _gone(there: Sequence[tuple[int, str]], have: Sequence[str], short: Counter[str]) -> list[tuple[int, str]]:
    """Return the words that are missing, each with its line: first those that are nowhere beside the same words."""
    after = {*pairwise(have)}
    places = [k for k, (_, word) in enumerate(there) if word in short]
    beside = {
        k: (k > 0 and (there[k - 1][1], there[k][1]) in after)
        + (k + 1 < len(there) and (there[k][1], there[k + 1][1]) in after)
        for k in places
    }
    lonely = Counter(there[k][0] for k in places if not beside[k])
    still, found = Counter(short), list[int]()
    for k in sorted(places, key=lambda k: (beside[k], -lonely[there[k][0]], k)):
        if still[there[k][1]] > 0:
            still[there[k][1]] -= 1
            found.append(k)
    return [there[k] for k in sorted(found)]


def _quote(line: str, word: str, *, more: bool) -> str:
    start = max(line.casefold().find(word), 0)
    shown = " ".join(line[start : start + QUOTED].split())
    return f"{shown} …" if more or start + QUOTED < len(line.rstrip()) else shown


# ---------------------------------------------------------------- what the parser has
def unread(source: str, tokens: Iterable[Token], besides: Iterable[str]) -> list[Nowhere]:
    """Return the words of a file that no field of a token has.

    Args:
        source: the file as it is parsed, values masked.
        tokens: all tokens of the parser.
        besides: what was taken out of the text before it was parsed, or is kept elsewhere: targets of references.
    """
    parts = [unescape(part) if "&" in part else part for part in (*besides, *_fields(tokens))]
    lines = (unescape(source) if "&" in source else source).split("\n")
    return missing([*enumerate(lines, start=1)], "\n".join(parts))


def _fields(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the text in every field; that of a line in its children, since ``content`` is as it was typed."""
    for token in tokens:
        if token.type == "inline":
            yield from _fields(token.children or ())
        elif token.type == "image":
            yield from _fields(token.children or ())
            yield from _flat(token.attrs)
        else:
            yield token.content
            if token.attrs and token.markup not in _BY_ITSELF:
                yield from _flat(token.attrs)
        if token.info:
            yield token.info
        if token.meta:
            yield from _flat(token.meta)


def _flat(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Attrs():
            yield from (value.id, *value.classes, *(part for pair in value.pairs for part in pair))
        case dict():
            for key, inner in value.items():
                yield str(key)
                yield from _flat(inner)
        case list() | tuple():
            for inner in value:
                yield from _flat(inner)


# ---------------------------------------------------------------- what a talk says
def said_in(tokens: Sequence[Token], habits: Habits) -> Iterator[Said]:
    """Yield what the tokens of a talk say: text, code and text between tags, with the line on which it begins; each picture is one word."""
    noted = habits.comments == "last"
    comment: Said | None = None
    for token in tokens:
        line = token.map[0] + 1 if token.map else 0
        if token.type == "comment":
            comment = line, token.content
        elif token.type == "hr":
            if comment and noted:
                yield comment
            comment = None
        elif said := _said(token, habits):
            yield line + (token.type == "fence"), said
            comment = None
    if comment and noted:
        yield comment


def _said(token: Token, habits: Habits) -> str:
    match token.type:
        case "inline":
            text = "".join(_written(token.children or ()))
            return text if habits.pandoc else EMOJI.sub("", text)
        case "fence":
            return _labels(token.content) if _DRAWN.match(token.info) else _OPTION.sub("", token.content)
        case "code_block":
            return token.content
        case "html_block":
            return _between_tags(token.content)
        case "raw" if token.info.startswith("<"):
            return _between_tags(token.content)
    return ""


def _written(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type in _WRITTEN:
            yield child.content
        elif child.type in _BREAKS:
            yield "\n"
        elif child.type == "image":
            yield f" {picture(str(child.attrs.get('src', '')))} "
        elif child.type in _APART or (child.type == "html_tag" and child.content.startswith("<br")):
            yield " "


def _between_tags(html: str) -> str:
    """Return the text between tags, and each picture as a word; its lines stay lines."""
    html = _PRIVATE.sub(lambda found: " " + "\n" * found[0].count("\n"), html)

    def shown(tag: re.Match[str]) -> str:
        source = _SOURCE.search(tag[3]) if tag[2].lower() == "img" else None
        return (f" {picture(source[2])} " if source else " ") + "\n" * tag[0].count("\n")

    return unescape(TAG.sub(shown, html))


def _labels(diagram: str) -> str:
    """Return what a diagram says in brackets, bars and quotation marks; its lines stay lines."""
    return "\n".join(" ".join(_LABEL.findall(line)) for line in diagram.split("\n"))


def picture(target: str) -> str:
    """Return the name of a picture's file as one word; "" for what isn't one.

    >>> picture("img/my%20photo-2.png?v=1"), picture("chart:data/a.csv")
    ('myphoto2png', '')
    """
    name = unquote(target).split("?")[0].rpartition("/")[2]
    return re.sub(r"[\W_]+", "", name) if _PICTURE.search(name) else ""


def pictures_in(text: str) -> str:
    """Return the names of the pictures that a text names, each as one word."""
    return " ".join(map(picture, _NAMED.findall(text))) if "." in text else ""
