"""The proof of a world on two pages: what a client reads aloud, and says yes to, before anything is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.render.print.typesetting import typeset

SIZES = (9.5, 9, 8.5, 8, 7.5, 7)  # points; the largest at which the pages are two
PAGES = "pages"
HOW = "Read every line aloud. If one sounds odd, change its word in world.yaml, or the question, ballot or request in its file."

Part = tuple[str, Sequence[str]]  # a heading and the lines below it


def proof_sheet(title: str, words: Sequence[Part], others: Sequence[Part]) -> bytes:
    """Return a PDF: the words of a world in sentences on the first page; questions, ballots and requests on the second."""
    data: dict[str, Any] = {"title": title, "how": HOW, "pages": [_parts(words), _parts(others)]}
    for size in SIZES:
        done = typeset("proof", data | {"size": size}, {}, (PAGES,))
        if done.marks[PAGES] == (2,):
            break
    return done.pdf


def _parts(parts: Sequence[Part]) -> list[Mapping[str, Any]]:
    return [{"title": title, "lines": list(lines)} for title, lines in parts]
