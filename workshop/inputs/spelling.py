"""Words of a text, and how they are spelled and shortened."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

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
