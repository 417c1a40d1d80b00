"""The text of a PDF's pages: headings are told by their type, and what stands at the edge of most pages is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct

LARGER = 1.08  # times the size of the running text: a heading
LONGEST = 12  # words of a heading
ROWS = 2  # rows that a heading may have
FEWEST = 3  # headings that are told by their type, below which none is
EDGE = 2  # rows at the top and the foot of a page that may stand on every page
SHORT = 0.8  # of the width of a full row: one that is shorter and closed ends a paragraph
_CLOSED = re.compile(r"[.!?:][”’\"')\]]*$")
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


class Row(Struct, frozen=True):
    """A row of text, and its type: size in points, and whether all of it is bold."""

    text: str
    size: float = 0.0
    bold: bool = False

    @property
    def type(self) -> tuple[float, bool]:
        """What a heading's rows have in common."""
        return self.size, self.bold


def rows_of(page: Any) -> list[Row]:
    """Return the rows of a page of pypdf."""
    pieces: list[tuple[str, float, bool]] = []

    def take(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        scale = abs((tm[3] or tm[1]) * (cm[3] or cm[1]))
        pieces.append((text, round(size * scale, 1), "bold" in str((font or {}).get("/BaseFont", "")).lower()))

    page.extract_text(visitor_text=take)
    rows: list[list[tuple[str, float, bool]]] = [[]]
    for text, size, bold in pieces:
        first, *others = text.split("\n")
        rows[-1].append((first, size, bold))
        rows.extend([(other, size, bold)] for other in others)
    return [_row(parts) for parts in rows if parts]


def _row(parts: Sequence[tuple[str, float, bool]]) -> Row:
    letters = Counter[float]()
    for text, size, _ in parts:
        letters[size] += len(text.strip())
    said = [bold for text, _, bold in parts if text.strip()]
    return Row("".join(text for text, *_ in parts).rstrip(), letters.most_common(1)[0][0], bool(said) and all(said))


def joined(pages: Sequence[Sequence[Row]]) -> str:
    r"""Return the text of pages, with "# " before each heading if there are three or more, and a blank line between paragraphs.

    >>> beans = [Row("Beans", 14), Row("Wash them in cold water and", 10), Row("leave them there for a night.", 10)]
    >>> kale = [Row("Kale", 14), Row("Tear the leaves from the stems", 10), Row("and cook them for ten minutes.", 10)]
    >>> figs = [Row("Figs", 14), Row("Eat them as they are, or", 10), Row("dry them in the sun.", 10)]
    >>> print(joined([beans, kale, figs]))
    # Beans
    <BLANKLINE>
    Wash them in cold water and
    leave them there for a night.
    <BLANKLINE>
    # Kale
    <BLANKLINE>
    Tear the leaves from the stems
    and cook them for ten minutes.
    <BLANKLINE>
    # Figs
    <BLANKLINE>
    Eat them as they are, or
    dry them in the sun.
    """
    kept = _without_edges(pages)
    letters = Counter[float]()
    for row in (row for page in kept for row in page):
        letters[row.size] += len(row.text)
    body = letters.most_common(1)[0][0] if letters else 0.0
    parts = list[tuple[str, bool]]()
    for page in kept:
        for part, heading in _parts(page, body):
            goes_on = parts and not heading and not parts[-1][1] and not _CLOSED.search(parts[-1][0])
            if goes_on and part[:1].islower():  # a sentence goes on over the page
                parts[-1] = (f"{parts[-1][0]}\n{part}", False)
            else:
                parts.append((part, heading))
    headed = sum(heading for _, heading in parts) >= FEWEST
    text = "\n\n".join(f"# {' '.join(part.split())}" if heading and headed else part for part, heading in parts)
    return _HYPHEN.sub("", text)


def _without_edges(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Return pages without the rows that stand at the top or the foot of more than half of them, but for a number."""
    written = [[row for row in page if row.text.strip()] for page in pages]
    often = Counter(sign for page in written for sign in {_sign(row) for row in (*page[:EDGE], *page[-EDGE:])})
    usual = {sign for sign, times in often.items() if times > max(1, len(pages) / 2)}
    kept = [
        [row for k, row in enumerate(page) if EDGE <= k < len(page) - EDGE or _sign(row) not in usual]
        for page in written
    ]
    return kept if any(kept) else written  # pages that are all alike


def _sign(row: Row) -> str:
    return re.sub(r"\d+", "0", row.text.strip())


def _parts(page: Sequence[Row], body: float) -> Iterator[tuple[str, bool]]:
    """Yield the headings and paragraphs of a page, and whether each is a heading."""
    for look, group in groupby(page, key=lambda row: row.type if _stands_out(row, body) else None):
        rows = [row.text for row in group]
        text = "\n".join(rows)
        short = len(rows) <= ROWS and len(text.split()) <= LONGEST
        if look and short and not _CLOSED.search(text) and any(map(str.isalpha, text)):
            yield text, True
        else:
            yield from ((part, False) for part in _paragraphs(rows))


def _stands_out(row: Row, body: float) -> bool:
    return row.size >= LARGER * body or (row.bold and row.size >= body)


def _paragraphs(rows: Iterable[str]) -> Iterator[str]:
    """Yield rows joined to paragraphs: one ends with a sentence and before the end of its row."""
    rows = list(rows)
    full, part = max(map(len, rows), default=0), list[str]()
    for row in rows:
        part.append(row)
        if len(row) < SHORT * full and _CLOSED.search(row):
            yield "\n".join(part)
            part = []
    if part:
        yield "\n".join(part)
