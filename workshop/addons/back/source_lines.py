"""Which line of a slide's source says a paragraph of the deck, and that source with other words there.

A line and what it shows are aligned character by character: marks are invisible, what the kit computes can be anything, and
quotes are curled. Words are changed only where the author typed them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from textwrap import shorten

from msgspec import Struct
from msgspec.structs import replace

from workshop.addons.back.compare import replaced
from workshop.content.from_pptx import guarded
from workshop.content.text_lines import ATTRIBUTES, FENCE, HEADING

# What is shown of a source: a group for each kind, of which at most one matches
TOKEN = re.compile(
    r"(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?P<computed>\{\{.*?\}\}|\$[^$\n]+\$|:[a-z0-9_+-]+:(?!\w)|\[[@^][^\]]*\])"
    rf"|(?P<drawn>!\[[^\]]*\]\([^)]*\)(?:{ATTRIBUTES})?|<[^<>\n]*>)"
    rf"|(?P<end>\](?:\([^)]*\))?(?:{ATTRIBUTES})?)"
    r"|(?P<begin>\[)"
    rf"|(?P<mark>{ATTRIBUTES}|\*+|__|~~|==|`|(?<!\w)_(?=\w)|(?<=\w)_(?!\w))"
    r"|(?P<dash>---?|\.\.\.)"
    r"|(?P<shown>[\s\S])"
)
LINE = re.compile(r"\s*(?:#{1,6} |[-*+] |\d+[.)] |> ?|: +)?")
APART = re.compile(r"\s*(?:#{1,6} |[-*+] |\d+[.)] |>|:|\||!\[|<|\{|---|===|\[\^|`{3}|~{3}|$)")
RULE = re.compile(r"[\s|:+=-]*")
OPTIONAL = re.compile(r"\{[^}]*\w=")  # a span with a condition may be missing
PLAIN = str.maketrans("“”„‘’\xa0\u202f\n\v", '"""\'\'    ')
NEXT = "Next "  # begins the line of the notes that the program writes, unless the author does
DASHES = {"--": "–", "---": "—", "...": "…"}
LABEL = re.compile(r"\*\*\w+\*\*(?=\s)")
LEAD = re.compile(r"(\[*\*\*[^*]+\*\*(?:\]\([^)]*\))?)[:.,]?\s+")
MOST = 12  # computed parts of a line that is aligned
QUOTED = 60  # most characters of a quotation
ENOUGH = 0.4  # share of a paragraph that its line must say in words
ESCAPED = re.compile(r"([\\`*_{}\[\]<>$|~=]|-(?=-)|\.(?=\.)|:(?=[a-z0-9_+-]+:))")
WORD = re.compile(r"\w+|\s+|.", re.DOTALL)


class NotThereError(ValueError):
    """No single line says it, or what changed isn't typed in it."""


class Sayer(Struct, frozen=True, kw_only=True):
    """A piece of a source that becomes one paragraph, title or cell.

    Attributes:
        start, end: its offsets in the source, without marks at its beginning.
        first, last: offsets of the lines that it is in.
        begin: what its line begins with: marks of a heading or a point.
        kind: "title", "cell", "note" or "text".
    """

    start: int
    end: int
    first: int
    last: int
    begin: str
    kind: str


def plain(text: str) -> str:
    """Return a text with straight quotes and single spaces, as texts are compared.

    >>> plain("“Rye”  is dark")
    '"Rye" is dark'
    """
    return " ".join(text.translate(PLAIN).split())


def sayers(source: str) -> Iterator[Sayer]:
    """Yield what a source says, in order."""
    lines = source.splitlines(keepends=True)
    at, fenced, notes, number = 0, False, False, 0
    while number < len(lines):
        line, bare = lines[number], lines[number].strip()
        number += 1
        first, at = at, at + len(line)
        fenced ^= bare.startswith(FENCE)
        notes = (notes or bare.startswith("::: notes")) and bare != ":::"
        if fenced or not bare or bare.startswith((":::", "<", "![", *FENCE)) or RULE.fullmatch(bare):
            continue
        if bare.startswith("|"):
            yield from _cells(line, first)
            continue
        begin = LINE.match(line)
        assert begin is not None
        is_heading = begin[0].startswith("#")
        while number < len(lines) and not is_heading and not APART.match(lines[number]):
            at += len(lines[number])
            number += 1
        start, kind = first + begin.end(), "title" if HEADING.match(line) else "note" if notes else "text"
        end = start + len(source[start:at].rstrip())
        found = Sayer(start=start, end=end, first=first, last=at, begin=begin[0], kind=kind)
        yield found
        lead = LEAD.match(source, start, end) if begin[0].strip() and kind == "text" else None
        if lead is not None and lead.end() < end:  # a tile has a head, and text
            yield from (replace(found, end=lead.end(1)), replace(found, start=lead.end()))


def _cells(line: str, first: int) -> Iterator[Sayer]:
    for cell in re.finditer(r"(?<=\|)((?:\\.|\{\{.*?\}\}|`[^`]*`|[^|\\`])*)(?=\|)", line):
        text = cell[0]
        if text.strip():
            start = first + cell.start() + len(text) - len(text.lstrip())
            end, last = first + cell.start() + len(text.rstrip()), first + len(line)
            yield Sayer(start=start, end=end, first=first, last=last, begin="", kind="cell")


class _Shown(Struct):
    """What a piece of source shows, as a pattern, and for each of its groups where that is typed; ``None`` if it is computed."""

    pattern: list[str]
    places: list[tuple[int, int] | None]
    literal: int = 0


def _shown(source: str, sayer: Sayer) -> _Shown:
    found = _Shown([], [])
    opened: list[int] = []
    start = sayer.start
    if sayer.kind == "note" and (label := LABEL.match(source, start)):
        found.pattern.append(r"(\S*)")  # a label has its own word in each language
        found.places.append(None)
        start = label.end()
    for match in TOKEN.finditer(source, start, sayer.end):
        kind, text = str(match.lastgroup), match[0]
        if kind in ("computed", "drawn"):
            found.pattern.append("(.*?)" if kind == "computed" else "(.{0,3}?)")
            found.places.append(None)
        elif kind == "begin":
            opened.append(len(found.pattern))
            found.pattern.append("(?:")
        elif kind == "end" and opened:
            opened.pop()
            found.pattern.append(")?" if OPTIONAL.search(text) else ")")
        elif kind in ("escaped", "dash", "shown"):
            words = text[1:] if kind == "escaped" else DASHES.get(text, text).translate(PLAIN)
            found.pattern.append(r"(\s?)" if words.isspace() else f"({re.escape(words)})")
            found.places.append(match.span())
            found.literal += words.isalnum()
    for place in opened:
        found.pattern[place] = ""
    return found


def _aligned(source: str, sayer: Sayer, text: str) -> list[tuple[int, int] | None] | None:
    """Return for each character of a text where it is typed, ``None`` for those that are computed; ``None`` if this doesn't say it."""
    shown = _shown(source, sayer)
    if not shown.literal or shown.literal < ENOUGH * sum(map(str.isalnum, text)) or shown.places.count(None) > MOST:
        return None
    match = re.fullmatch("".join(shown.pattern), text)
    if match is None:
        return None
    places: list[tuple[int, int] | None] = [None] * len(text)
    for number, place in enumerate(shown.places, 1):
        for index in range(*match.span(number)):
            places[index] = place
    return places


def said_by(source: str, text: str, kind: str) -> Sayer:
    """Return what says a text.

    Args:
        kind: that of the paragraph: "title", "cell", "note" or "text".

    Raises:
        NotThereError: if nothing says it, or more than one does.
    """
    text = plain(text)
    found = [one for one in sayers(source) if one.kind == kind and _aligned(source, one, text) is not None]
    if len(found) != 1:
        raise _not_said(text, "several lines say" if found else "no line says")
    return found[0]


def _not_said(text: str, what: str = "no line says") -> NotThereError:
    return NotThereError(f"{what} “{shorten(text, QUOTED, placeholder=' …')}”")


def reworded(source: str, old: str, new: str, kind: str) -> str:
    """Return a source that says ``new`` where it says ``old``; arguments as for ``said_by``.

    Raises:
        NotThereError: if no single line says it, or if what changed is computed.
    """
    old, new = plain(old), plain(new)
    sayer = said_by(source, old, kind)
    places = _aligned(source, sayer, old) or []
    was, now = WORD.findall(old), WORD.findall(new)
    starts = [sum(map(len, was[:k])) for k in range(len(was) + 1)]
    edits: list[tuple[int, int, str]] = []
    for change, a, b, c, d in SequenceMatcher(a=was, b=now, autojunk=False).get_opcodes():
        if change != "equal":
            begin, end = _typed(places, starts[a], starts[b], source)
            edits.append((begin, end, ESCAPED.sub(r"\\\1", "".join(now[c:d]))))
    for begin, end, text in reversed(edits):
        first = begin == sayer.start and kind in ("text", "note")
        source = source[:begin] + (guarded(text) if first else text) + source[end:]
    return source


def _typed(places: Sequence[tuple[int, int] | None], start: int, end: int, source: str) -> tuple[int, int]:
    """Return where the characters of a text from ``start`` to ``end`` are typed in the source."""
    if start == end:
        before = places[start - 1] if start else None
        after = places[start] if start < len(places) else None
        if before is None and after is None:
            raise NotThereError("what changed is computed")
        place = before[1] if before is not None else after[0]  # type: ignore[index]
        return place, place
    own = places[start:end]
    if any(place is None for place in own):
        raise NotThereError("what changed is computed")
    spans = [place for place in own if place is not None]
    for one, other in pairwise(spans):
        if one != other and source[one[1] : other[0]].strip():
            raise NotThereError("the change reaches across the edge of bold, linked or marked words")
    return spans[0][0], spans[-1][1]


def patched(source: str, old: Sequence[str], new: Sequence[str], kind: str) -> str:
    """Return a source whose paragraphs of one kind are others: changed, added after one that stays, or deleted.

    Raises:
        NotThereError: as for ``reworded``.
    """
    gone: list[str] = []
    added: list[tuple[str, str]] = []  # a paragraph, and the one that it comes after
    changed: list[tuple[str, str]] = []
    before = ""
    own = [one for one in sayers(source) if one.kind == kind]
    says = [text for text in old if any(_aligned(source, one, plain(text)) for one in own)]
    for change, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if change != "equal":
            for was, now in replaced(old[a:b], new[c:d]):
                if not now:
                    gone.append(was)
                elif was:
                    changed.append((was, now))
                    before = was
                else:
                    added.append((now, before))
        else:
            before = next((text for text in reversed(old[a:b]) if text in says), before)
    for text, after in reversed(added):  # while the source still says what they come after
        source = _with(source, text, after, kind)
    for was, now in changed:
        ours = kind == "note" and was.startswith(NEXT) and now.startswith(NEXT) and f"**{NEXT.strip()}**" not in source
        source = _with_next(source, now) if ours else reworded(source, was, now, kind)
    for was in gone:
        sayer = said_by(source, was, kind)
        if kind == "cell":
            raise NotThereError("a cell is gone")
        rest = source[sayer.last :]
        source = source[: sayer.first] + (rest.removeprefix("\n") if source[: sayer.first].endswith("\n\n") else rest)
    return source


def _with_next(source: str, text: str) -> str:
    """Return a source whose notes end with what comes next, in place of the next slide's title."""
    close = re.search(r"(?m)^::: notes$(?:\n(?!:::).*)*\n(?=:::$)", source)
    if close is None:
        raise _not_said(text)
    words = ESCAPED.sub(r"\\\1", plain(text).removeprefix(NEXT))
    return f"{source[: close.end()]}\n**{NEXT.strip()}** {words}\n{source[close.end() :]}"


def _with(source: str, text: str, after: str, kind: str) -> str:
    """Return a source with one more paragraph after another one."""
    if kind not in ("text", "note") or not after:
        raise NotThereError(f"nothing says what “{text}” comes after")
    sayer = said_by(source, after, kind)
    words = ESCAPED.sub(r"\\\1", plain(text))
    lead, words = sayer.begin, words if sayer.begin else guarded(words)
    apart = "" if sayer.begin.strip() else "\n"
    if source.startswith(f"**{NEXT.strip()}**", sayer.start):  # what comes next is said last, and not in the appendix
        return f"{source[: sayer.first]}{lead}{words}\n{apart}{source[sayer.first :]}"
    return f"{source[: sayer.last]}{apart}{lead}{words}\n{source[sayer.last :]}"
