"""The words of a sentence, as all toys split it: letters, digits and underscores in lower case, with apostrophes inside.

It leaves out everything that makes words hard: scripts without spaces, hyphens, decimal points; 09:05 is one word. Real models read
pieces of words instead, as the tokenizer's toy does. Source: a regular expression of our own.

    >>> words("The cup's handle – 2 of them, at 09:05!")
    ('the', "cup's", 'handle', '2', 'of', 'them', 'at', '09:05')
"""

import re
from collections.abc import Sequence

_WORD = re.compile(r"\d+(?::\d+)+|\w+(?:['’]\w+)*")


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, without punctuation."""
    return tuple(_WORD.findall(text.lower()))


def joined(words: Sequence[str]) -> str:
    """Join words and marks as people write them, without a blank before a mark.

    >>> joined(["in", "the", "hall", ",", "friend", "."])
    'in the hall, friend.'
    """
    return " ".join(words).replace(" ,", ",").replace(" .", ".").replace(" ?", "?")
