r"""Texts to learn from: one sentence per line, rounds under headings, or any running text, which is cut automatically.

Sentences from running text: paragraphs of a book, notes in Markdown, pages of a PDF.

>>> sentences_of("Mr. Webb dug. “Frost!” he said. Was it?")
['Mr. Webb dug.', '“Frost!” he said.', 'Was it?']
>>> prose_sentences("Opening hours\nThe gate opens at 09:05. It is shut by ten.")
['The gate opens at 09:05.', 'It is shut by ten.']
>>> is_prose("one sentence per line\nanother one\n")
False
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from workshop.errors import At
from workshop.inputs.door import lines_of, read_all, shown, wrong
from workshop.inputs.door import read_text_file as read_text

# ---------------------------------------------------------------- text
# Words of a sentence, split the same way in every demo.
LETTERS = 8  # of a word of usual length, with its space: of longer words, fewer fit
_WORD = re.compile(r"\d+(?::\d+)+|\w+(?:['’]\w+)*")


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, without punctuation; a time of day is one word.

    >>> words("The rake's handle – 2 of them, at 09:05!")
    ('the', "rake's", 'handle', '2', 'of', 'them', 'at', '09:05')
    """
    return tuple(_WORD.findall(text.lower()))


def spelling(sentences: Iterable[str]) -> dict[str, str]:
    """Return each word in lower case with how it is mostly written inside a sentence; only at its start, if it is nowhere else.

    >>> spelling(["The gate in Zürich", "Zürich and the lake"])["zürich"], spelling(["The gate", "at the gate"])["the"]
    ('Zürich', 'the')
    """
    inside, ahead = defaultdict[str, Counter[str]](Counter), dict[str, str]()
    for sentence in sentences:
        first, *others = _WORD.findall(sentence) or [""]
        ahead.setdefault(first.lower(), first)
        for word in others:
            inside[word.lower()][word] += 1
    return ahead | {word: max(sorted(forms), key=lambda form: forms[form]) for word, forms in inside.items()}


def shortened(text: str, most: int = 24) -> str:
    """Return a text that fits a slide: at most a given number of words of usual length, then an ellipsis.

    >>> shortened("one two three four", 3)
    'one two three …'
    """
    parts = text.split()
    short = " ".join(parts[:most])[: most * LETTERS]
    return text if len(parts) <= most and len(text) <= most * LETTERS else short.rstrip() + " …"


# ---------------------------------------------------------------- prose
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
# An item of a list, to the next blank line
_ITEM = re.compile(r"^[^\S\n]*(?:[-*+•◦–]|\d+[.)])[^\S\n]+.*(?:\n[^\S\n]*\S.*)*", re.MULTILINE)
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

    Where no heading is marked as in Markdown, a short line above a sentence is one; a title in front matter is the first one.

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
    plain = _ITEM.sub("", _UNDERLINED.sub(r"# \1", _FENCE.sub("", _FRONT.sub("", text))))
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


# ---------------------------------------------------------------- texts
ROUNDS = 4  # made from running text
ASIDE = 6  # every sixth sentence of running text is held out
FEWEST, MOST = 24, 480  # sentences of running text that are used
SHORTEST, LONGEST = 3, 16  # words in such a sentence


class Sentences(Struct, frozen=True):
    """A text file with one sentence per line; or running text, or a folder of it, which is cut into sentences.

    Attributes:
        items: the sentences as written.
        at: the file, for problems that only a demo can see.
    """

    items: tuple[str, ...]
    at: At

    @classmethod
    def load(cls, path: Path) -> Sentences:
        """Read the file, which needs at least three sentences."""
        if path.is_dir():
            name = shown(path)
            items = tuple(s for _, text, _ in read_all(path) for s in _sentences(text))
        else:
            text, name = read_text(path)
            items = tuple(_sentences(text))
        if len(items) < 3:
            raise wrong(f"only {len(items)} sentences", At(name), "write at least 3, one per line")
        return cls(items, At(name))

    def at_least(self, least: int, why: str) -> None:
        """Refuse a text that is too small for a demo's effect to show.

        Raises:
            WorkshopError: with the number that would be enough.
        """
        if len(self.items) < least:
            message = f"{len(self.items)} sentences are too few {why}"
            raise wrong(message, self.at, f"{least} would be enough")


def _sentences(text: str) -> list[str]:
    if is_prose(text):
        return prose_sentences(text)
    return [line for _, line in lines_of(text) if words(line)]


class Rounds(Struct, frozen=True):
    """A text file with rounds of sentences, separated by ``# headings`` or by blank lines; or running text.

    Running text is cut into four rounds of equal size, and every sixth sentence is held out.

    Attributes:
        items: one tuple of sentences per round.
        at: the file.
        held_out: sentences of the same text that are in no round; empty if the file has its own rounds.
    """

    items: tuple[tuple[str, ...], ...]
    at: At
    held_out: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Rounds:
        """Read the file, which needs at least two rounds and eight sentences in all."""
        text, name = read_text(path)
        if is_prose(text):
            return cls.made(prose_sentences(text), At(name))
        headed = any(line.startswith("#") for _, line in lines_of(text))
        rounds: list[list[str]] = [[]]
        for _, line in lines_of(text):
            if line.startswith("#") or (not line and not headed):
                rounds.append([])
            elif words(line):
                rounds[-1].append(line)
        items = tuple(tuple(sentences) for sentences in rounds if sentences)
        if len(items) == 1 and len(items[0]) >= FEWEST:
            return cls.made(list(items[0]), At(name))
        if len(items) < 2:
            hint = f"write '# Round 1', '# Round 2' … above the sentences, or give {FEWEST} sentences or more"
            raise wrong("there is only one round, so nothing can be compared", At(name), hint)
        if (count := sum(map(len, items))) < 8:
            hint = "8 in all show the effect if their words repeat"
            raise wrong(f"{count} sentences are too few to learn from", At(name), hint)
        return cls(items, At(name))

    @classmethod
    def made(cls, sentences: list[str], at: At) -> Rounds:
        """Divide sentences into rounds and hold some out; none is used twice.

        Raises:
            WorkshopError: if too few of them have a length that fits a slide.
        """
        unique = list({words(s): s for s in sentences if SHORTEST <= len(words(s)) <= LONGEST}.values())[:MOST]
        if len(unique) < FEWEST:
            length = f"of {SHORTEST} to {LONGEST} words"
            message = f"the text has {len(unique)} different sentences {length}, too few to make rounds"
            raise wrong(message, at, f"{FEWEST} would be enough: about two pages")
        held_out = tuple(unique[ASIDE - 1 :: ASIDE])
        kept = [sentence for place, sentence in enumerate(unique) if place % ASIDE != ASIDE - 1]
        size = len(kept) // ROUNDS
        items = tuple(tuple(kept[start * size : (start + 1) * size]) for start in range(ROUNDS))
        return cls(items, at, held_out)

    def parted(self) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
        """Return rounds and held-out sentences of this text alone; if none are held out, the last one of each round is."""
        if self.held_out:
            return self.items, self.held_out
        rounds = tuple(sentences[:-1] if len(sentences) > 2 else sentences for sentences in self.items)
        seen = {words(sentence) for sentences in rounds for sentence in sentences}
        left = [sentences[-1] for sentences in self.items if len(sentences) > 2]
        held_out = tuple(s for s in left if words(s) not in seen)
        if not held_out:
            raise wrong(
                "no sentence is left to hold out", self.at, "write rounds of three sentences or more, all different"
            )
        return rounds, held_out
