r"""Sentences from running text: paragraphs of a book, notes in Markdown, pages of a PDF.

>>> sentences_of("Mr. Webb dug. “Frost!” he said. Was it?")
['Mr. Webb dug.', '“Frost!” he said.', 'Was it?']
>>> is_prose("one sentence per line\nanother one\n")
False
"""

from __future__ import annotations

import re
from itertools import pairwise

from workshop.inputs.text import words

_END = re.compile(r"[.!?…][”’\"')\]]*(?=\s)")
_SHORT = re.compile(r"(?:^|[\s(“\"])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Prof|vs|e\.g|i\.e|cf|No|ca|approx)\.$")
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.DOTALL | re.MULTILINE)
# Without the marks that begin it inside, and never tried twice: a file of brackets alone takes no longer than another
_LINK = re.compile(r"!?\[([^\[\]]*+)\]\((?:[^()\n]++|\([^()\n]*+\))*+\)")
_MARKS = re.compile(r"(\*\*|__|\*|(?<!\w)_|_(?!\w)|`)")
_LEAD = re.compile(r"^[^\S\n]*(?:[-*+>]|\d+[.)])[^\S\n]+", re.MULTILINE)
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
        starts = after[:1].isupper() or after[:1].isdigit() or after[:1] in "“‘\"'("
        if starts and not _SHORT.search(text[max(0, match.end() - 12) : match.end()]):
            found.append(match.end())
    return found


def sentences_of(text: str) -> list[str]:
    """Split one paragraph after full stops, question marks and exclamation marks; not after abbreviations."""
    joined = " ".join(text.split())
    ends = [0, *_breaks(joined), len(joined)]
    parts = [joined[start:end].strip() for start, end in pairwise(ends)]
    return [part for part in parts if words(part)]


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text without Markdown's marks, headings, code and rules."""
    plain = _LINK.sub(r"\1", _FENCE.sub("", _FRONT.sub("", text)))
    kept = ["" if line.lstrip().startswith(("#", "|", "//")) or not words(line) else line for line in plain.split("\n")]
    parted = _LEAD.sub("\n", "\n".join(kept))
    return [_MARKS.sub("", part) for part in re.split(r"\n\s*\n", parted) if words(part)]


def prose_sentences(text: str) -> list[str]:
    """Return the sentences of a whole text, in order."""
    return [sentence for paragraph in paragraphs_of(text) for sentence in sentences_of(paragraph)]
