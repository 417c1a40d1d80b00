"""Words from sentences, the same way in every demo."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, without punctuation.

    >>> words("The rake's handle – 2 of them!")
    ('the', "rake's", 'handle', '2', 'of', 'them')
    """
    return tuple(_WORD.findall(text.lower()))
