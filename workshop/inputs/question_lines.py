"""The lines of ``questions.yaml``: a question and its card; a ``?`` after the card means that it waits for somebody to say yes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

NO_CARD, WAITS = "none", "?"
HEAD = """\
# Each ? waits for you: delete it, name another card, or write none. Lines with a ? aren't used.
# Behind the question: how near its card is, and the next one.
"""
_QUOTED = re.compile(r"[,:#\[\]{}\"'?]|^[-&*!|>%@`\s]|\s$")
WIDE = 64


class Line(Struct, frozen=True, kw_only=True):
    """A question and the id of its card, or "none".

    Attributes:
        waits: whether nobody has said yes yet.
        sure, then: how near the card is, from 0 to 1, and how near the next one; ``None`` if nobody has asked the search.
    """

    question: str
    card: str
    waits: bool = True
    sure: float | None = None
    then: float | None = None


def written(lines: Iterable[Line]) -> str:
    """Return lines as the text of a questions.yaml.

    >>> print(written([Line(question="is there internet", card="network", sure=0.62, then=0.31)]).splitlines()[-1])
    - {card: network?, question: is there internet}                   # 0.62, next 0.31
    """
    return HEAD + "".join(map(_written, lines))


def _written(line: Line) -> str:
    asked = line.question.replace("\\", "\\\\").replace('"', '\\"')
    question = f'"{asked}"' if not asked or _QUOTED.search(asked) else line.question
    text = f"- {{card: {line.card}{WAITS * line.waits}, question: {question}}}"
    told = "" if line.sure is None or line.then is None else f"  # {line.sure:.2f}, next {line.then:.2f}"
    return f"{text:<{WIDE}}{told}\n" if told else f"{text}\n"
