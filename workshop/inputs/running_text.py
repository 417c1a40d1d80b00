r"""Running text cut into sentences, paragraphs and headed parts: a book, notes in Markdown, pages of a PDF.

>>> sentences_of("Mr. Webb dug. “Frost!” he said. Was it?")
['Mr. Webb dug.', '“Frost!” he said.', 'Was it?']
>>> prose_sentences("Opening hours\nThe gate opens at 09:05. It is shut by ten.")
['The gate opens at 09:05.', 'It is shut by ten.']
>>> is_prose("one sentence per line\nanother one\n")
False
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workshop.inputs.spelling import words

_END = re.compile(r"[.!?…][”’\"')\]]*(?=\s)")
_SHORT = re.compile(r"(?:^|[\s(“\"])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Prof|vs|e\.g|i\.e|cf|No|ca|approx)\.$")
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TITLE = re.compile(r"^title:[^\S\n]*(\S.*)$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.DOTALL | re.MULTILINE)
# Without the marks that begin it inside, and never tried twice: a file of brackets alone takes no longer than another
_LINK = re.compile(r"!?\[([^\[\]]*+)\]\((?:[^()\n]++|\([^()\n]*+\))*+\)")
_MARKS = re.compile(r"(\*\*|__|\*|(?<!\w)_|_(?!\w)|`)")
_LEAD = re.compile(r"^[^\S\n]*(?:[-*+>]|\d+[.)])[^\S\n]+", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[^\S\n]+(\S.*)$", re.MULTILINE)
_UNDERLINED = re.compile(r"^([^\W\d_].*)\n(?:={3,}|-{3,})[^\S\n]*$", re.MULTILINE)
# An item of a list: rows that are indented belong to it, and those behind a row that ends no sentence
_ITEM = re.compile(r"^[^\S\n]*(?:[-*+•◦–]|\d+[.)])[^\S\n]+.*(?:\n[^\S\n]+\S.*|(?<![.!?])\n(?!#)\S.*)*", re.MULTILINE)
# "2.3 Visitors", which no list has, or "2. On the ward" alone between blank lines and not above another item
_NUMBERED = re.compile(
    r"^(\d+(?:\.\d+)+\.?[^\S\n]+[A-Z].{0,58}[^\s.!?:;,])[^\S\n]*$"
    r"|(?<![^\n]\n)^(\d+[.)][^\S\n]+[A-Z].{0,58}[^\s.!?:;,])[^\S\n]*\n(?=[^\S\n]*\n(?!\d+[.)]\s|[-*+•◦–]\s))",
    re.MULTILINE,
)
_CLOSED = re.compile(r"[.!?…:;,][”’\"')\]]*$")
HEADED = 8  # words of a heading that isn't marked
OFTEN = 0.1  # share of lines with the end of a sentence inside them, above which a text is prose


def is_prose(text: str) -> bool:
    """Whether sentences end within lines, so that lines aren't sentences."""
    lines = [line.strip() for line in text.split("\n") if words(line)]
    within = sum(bool(_breaks(line)) for line in lines)
    return within > OFTEN * len(lines)


def _breaks(text: str) -> list[int]:
    """Return the places after which a new sentence begins."""
    found = []
    for match in _END.finditer(text):
        after = text[match.end() : match.end() + 9].lstrip()
        if _starts(after) and not _SHORT.search(text[max(0, match.end() - 12) : match.end()]):
            found.append(match.end())
    return found


def _starts(text: str) -> bool:
    return text[:1].isupper() or text[:1].isdigit() or text[:1] in "“‘\"'("


def sentences_of(text: str) -> list[str]:
    """Split one paragraph after full stops, question marks and exclamation marks; not after abbreviations."""
    joined = " ".join(text.split())
    ends = [0, *_breaks(joined), len(joined)]
    parts = [joined[start:end].strip() for start, end in pairwise(ends)]
    return [part for part in parts if words(part)]


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text without Markdown's marks, headings, code and rules; other headings are paragraphs."""
    plain = _LINK.sub(r"\1", _FENCE.sub("", _FRONT.sub("", text)))
    kept = ["" if line.lstrip().startswith(("#", "|", "//")) or not words(line) else line for line in plain.split("\n")]
    parted = _LEAD.sub("\n", "\n".join(_headed(kept)))
    return [_MARKS.sub("", part).strip("\n") for part in re.split(r"\n\s*\n", parted) if words(part)]


def _headed(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines, each heading with a blank one before and after it.

    A heading ends no sentence, follows a blank line or the end of one, and has room for the first word of the next line.
    """
    width = max(map(len, lines), default=0)
    for before, line, after in zip(("", *lines), lines, (*lines[1:], ""), strict=False):
        next_word = after.split(maxsplit=1)[:1]
        alone = not next_word or (_starts(next_word[0]) and len(line) + 1 + len(next_word[0]) <= width)
        opens = not before.strip() or is_closed(before)
        heading = opens and alone and not is_closed(line) and not _LEAD.match(line)
        yield from ("", line, "") if heading else (line,)


def parts_of(text: str) -> Iterator[tuple[str, list[str]]]:
    r"""Yield each heading of a text with the paragraphs below it, without lists and tables; the heading is "" above the first one.

    Where no heading is marked as in Markdown, numbered lines are, else a short line above a sentence is one; a title in front
    matter is the first one.

    >>> list(parts_of("# Keys\n\nAsk Tom.\n\n- one\n- two\n"))
    [('', []), ('Keys', ['Ask Tom.'])]
    >>> list(parts_of("Opening hours\n\nThe gate opens at nine.\n"))
    [('', []), ('Opening hours', ['The gate opens at nine.'])]
    >>> list(parts_of("---\ntitle: Leave\n---\nAsk Tom.\n"))
    [('Leave', ['Ask Tom.'])]
    """
    front = _FRONT.match(text)
    title = _TITLE.search(front[0]) if front else None
    first = title[1].strip("\"' ") if title else ""
    marked = _UNDERLINED.sub(r"# \1", _FENCE.sub("", _FRONT.sub("", text)))
    if _HEADING.search(marked) is None:
        marked = _NUMBERED.sub(lambda found: f"\n# {found[1] or found[2]}\n", marked)
    plain = _ITEM.sub("", marked)
    heads = list(_HEADING.finditer(plain))
    if not heads:
        yield from _under_short_lines(first, paragraphs_of(plain))
        return
    ends = [heads[0].start(), *(head.start() for head in heads[1:]), len(plain)]
    yield first, paragraphs_of(plain[: ends[0]])
    for head, end in zip(heads, ends[1:], strict=True):
        yield _MARKS.sub("", _LINK.sub(r"\1", head[1])), paragraphs_of(plain[head.end() : end])


def _under_short_lines(heading: str, parts: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    below = list[str]()
    for part, after in zip(parts, (*parts[1:], ""), strict=True):
        if "\n" not in part and not is_closed(part) and len(words(part)) <= HEADED and is_closed(after):
            yield heading, below
            heading, below = part, []
        else:
            below.append(part)
    yield heading, below


def is_closed(text: str) -> bool:
    """Whether a text ends with a mark of punctuation, as a heading doesn't."""
    return _CLOSED.search(text.rstrip()) is not None


def prose_sentences(text: str) -> list[str]:
    """Return the sentences of a whole text, in order; a paragraph without punctuation at its end is a heading or has none."""
    kept = (part for part in map(sentences_of, paragraphs_of(text)) if part and (len(part) > 1 or is_closed(part[0])))
    return [sentence for part in kept for sentence in part]
