"""Words of a sentence, split the same way in every demo."""

from __future__ import annotations

import re

LETTERS = 8  # of a word of usual length, with its space: of longer words, fewer fit
_WORD = re.compile(r"\w+(?:['’]\w+)*")


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, without punctuation.

    >>> words("The rake's handle – 2 of them!")
    ('the', "rake's", 'handle', '2', 'of', 'them')
    """
    return tuple(_WORD.findall(text.lower()))


def shortened(text: str, most: int = 24) -> str:
    """Return a text that fits a slide: at most a given number of words of usual length, then an ellipsis.

    >>> shortened("one two three four", 3)
    'one two three …'
    """
    parts = text.split()
    short = " ".join(parts[:most])[: most * LETTERS]
    return text if len(parts) <= most and len(text) <= most * LETTERS else short.rstrip() + " …"
