"""Values in a text masked by single characters, which the parser leaves alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from msgspec import Struct

from workshop.errors import At
from workshop.model.markup import Text, Value

# Hide each ``{{ … }}`` behind one private-use character while Markdown is parsed.
#
# Because parsing comes before evaluating, values can't create slides or table columns, and line numbers stay right.
# Each value has its own character, so a node can be moved without losing its expression.
# None begins inside another: a line of braces alone is read once, not once for each brace
_VALUE = re.compile(r"(?<!\\)\{\{(?!\{)((?:(?!\{\{|\}\}).)*+)\}\}")
_ENTITY = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))
CAPACITY = sum(map(len, PRIVATE))


class TooManyValuesError(ValueError):
    """A file has more values than there are private-use characters (137,468)."""


class Masked(Struct, frozen=True):
    """A text whose values are masked.

    Attributes:
        text: as many lines as the original has.
        values: mask character -> the value.
        raw: code point of a mask character -> the original text, braces included (for ``str.translate``).
    """

    text: str
    lines: tuple[str, ...]
    values: Mapping[str, Value]
    raw: Mapping[int, str]

    def restore(self, text: str) -> str:
        """Return ``text`` with every value as its author wrote it."""
        return text.translate(self.raw) if self.raw else text

    def pieces(self, text: str, at: At) -> Iterator[Text | Value]:
        """Cut ``text`` into plain text, placed ``at``, and values, each at its own place."""
        start = 0
        if self.values:
            for index, character in enumerate(text):
                if character in self.values:
                    if start < index:
                        yield Text(text[start:index], at)
                    yield self.values[character]
                    start = index + 1
        if start < len(text):
            yield Text(text[start:], at)

    def column(self, line: int, offset: int) -> int:
        """Return the 1-based column, in the original, of a 0-based offset into masked line ``line`` (1-based)."""
        if not 1 <= line <= len(self.lines):
            return 0
        return len(self.restore(self.lines[line - 1][:offset])) + 1


def mask(text: str, path: str) -> Masked:
    """Mask every one-line value of ``text``; ``path`` is the name used in places.

    Raises:
        TooManyValuesError: when there are more than ``CAPACITY`` values.
    """
    if "{{" not in text:
        return Masked(text, tuple(text.split("\n")), {}, {})
    free = _free_characters(text)
    values: dict[str, Value] = {}
    raw: dict[int, str] = {}

    def hide(match: re.Match[str], line: int) -> str:
        character = next(free, "")
        if not character:
            raise TooManyValuesError
        values[character] = Value(match[1].strip(), At(path, line, match.start() + 1))
        raw[ord(character)] = match[0]
        return character

    lines = tuple(
        _VALUE.sub(lambda match, n=number: hide(match, n), line) if "{{" in line else line  # type: ignore[misc]
        for number, line in enumerate(text.split("\n"), 1)
    )
    return Masked("\n".join(lines), lines, values, raw)


def _free_characters(text: str) -> Iterator[str]:
    """Yield private-use characters that the text contains neither literally nor as a numeric entity."""
    taken = set(text)
    for match in _ENTITY.finditer(text):
        code = int(match[1], 16) if match[1] else int(match[2])
        if code < 0x110000:
            taken.add(chr(code))
    return (chr(code) for code in chain(*PRIVATE) if chr(code) not in taken)
