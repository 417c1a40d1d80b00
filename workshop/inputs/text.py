"""Words from sentences, the same way in every demo."""

from __future__ import annotations

import re

LETTERS = 8  # of a word, with its space: long ones make fewer
_WORD = re.compile(r"\w+(?:['’]\w+)*")


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, without punctuation.

    >>> words("The rake's handle – 2 of them!")
    ('the', "rake's", 'handle', '2', 'of', 'them')
    """
    return tuple(_WORD.findall(text.lower()))


def shortened(text: str, most: int = 24) -> str:
    """Return a text that fits a slide: at most so many words of usual length, an ellipsis for the rest.

    >>> shortened("one two three four", 3)
    'one two three …'
    """
    parts = text.split()
    short = " ".join(parts[:most])[: most * LETTERS]
    return text if len(parts) <= most and len(text) <= most * LETTERS else short.rstrip() + " …"
