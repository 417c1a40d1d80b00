"""The grammar of attributes: ``{#id .class key=value}``."""

from __future__ import annotations

import re

from msgspec import Struct

from workshop.model.markup import Attrs

# The attribute grammar: ``{#id .class key=value key="a value"}``.
#
#     attributes = "{" { space | item } "}"
#     item       = "#" name | "." name | "-" | key "=" value
#     value      = '"' { character | "\" character } '"' | "'" … "'" | characters up to a space or brace
#
# Pandoc's grammar with room for ``width=50%``, commas and slashes. ``-`` is pandoc's short form of ``.unnumbered``.
_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"[\w:.-]+")
_KEY = re.compile(r"[^\W\d][\w:.-]*(?==)")
_BARE = re.compile(r"""[^\s{}"']+""")
_QUOTED = {
    '"': re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL),
    "'": re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL),
}
_ESCAPE = re.compile(r"""\\(["'\\])""")
_LOOKS_MEANT = re.compile(r"\s*(?:[#.][\w:-]|[^\W\d][\w:.-]*=|\}|-\s*\})")
_LAST_BRACES = 20


class AttributeSyntaxError(ValueError):
    """Malformed attributes.

    Args:
        message: what is wrong.
        offset: where in the text.
        hint: how to fix it.
        end: where reading can continue.
    """

    def __init__(self, message: str, offset: int, hint: str = "", end: int = 0) -> None:
        super().__init__(message)
        self.message, self.offset, self.hint, self.end = message, offset, hint, end


class _Found(Struct):
    id: str
    classes: list[str]
    pairs: dict[str, str]


def parse_attributes(text: str, start: int = 0) -> tuple[Attrs, int]:
    """Read attributes from the opening brace at ``start``.

    Returns:
        The attributes and the offset after the closing brace.

    Raises:
        AttributeSyntaxError: with the offset of the mistake, and the offset where reading can continue.

    >>> parse_attributes('{#a .b width=50% else="x y"}')[0].pairs
    (('width', '50%'), ('else', 'x y'))
    """
    try:
        return _read(text, start)
    except AttributeSyntaxError as error:
        line_end = text.find("\n", error.offset)
        stop = len(text) if line_end < 0 else line_end
        close = text.find("}", error.offset, stop)
        error.end = close + 1 if close >= 0 else stop
        raise


def _read(text: str, start: int) -> tuple[Attrs, int]:
    found = _Found("", [], {})
    position = start + 1
    while True:
        spaced = _SPACE.match(text, position)
        position = spaced.end() if spaced else position
        if position >= len(text):
            raise AttributeSyntaxError("the attributes are not closed", start, "add the closing brace }")
        if text[position] == "}":
            return Attrs(found.id, tuple(found.classes), tuple(found.pairs.items())), position + 1
        position = _item(text, position, found)
        if position < len(text) and not (text[position] == "}" or text[position].isspace()):
            raise AttributeSyntaxError("there is no space between two attributes", position, "put one there")


def _item(text: str, position: int, found: _Found) -> int:
    """Read one item into ``found`` and return the offset after it."""
    mark = text[position]
    if mark in "#.":
        name = _NAME.match(text, position + 1)
        if not name:
            raise AttributeSyntaxError(f"there is no name after {mark}", position, "write {#name} or {.class}")
        if mark == ".":
            found.classes.append(name.group())
        elif found.id:
            raise AttributeSyntaxError("there are two names with #", position, "keep one of them")
        else:
            found.id = name.group()
        return name.end()
    if mark == "-" and text[position + 1 : position + 2] in {"}", " "}:
        found.classes.append("unnumbered")
        return position + 1
    key = _KEY.match(text, position)
    if not key:
        word = text[position:].split("}", maxsplit=1)[0].split(maxsplit=1)[:1] or [mark]
        raise AttributeSyntaxError(
            f"{word[0]!r} is not an attribute", position, "attributes are #name, .class and key=value"
        )
    if key.group() in found.pairs:
        raise AttributeSyntaxError(f"{key.group()}= is given twice", position, "keep one of them")
    value, end = _value(text, key.end() + 1, key.group())
    found.pairs[key.group()] = value
    return end


def _value(text: str, position: int, key: str) -> tuple[str, int]:
    quote = text[position : position + 1]
    if quote in _QUOTED:
        quoted = _QUOTED[quote].match(text, position)
        if not quoted:
            raise AttributeSyntaxError(f"the value of {key}= has no closing {quote}", position, f"add {quote}")
        return _ESCAPE.sub(r"\1", quoted[1]).replace("\n", " "), quoted.end()
    bare = _BARE.match(text, position)
    if not bare:
        raise AttributeSyntaxError(f"there is no value after {key}=", position, f'write {key}=value or {key}="a value"')
    return bare.group(), bare.end()


def split_trailing(content: str) -> tuple[str, Attrs | None]:
    """Split a line such as ``Title {#id}`` into its text and the attributes at its end, if it has any.

    Braces that do not look like attributes (``the set {a, b}``) stay text.

    Raises:
        AttributeSyntaxError: for braces that are meant as attributes but are malformed.
    """
    if "{" not in content:
        return content, None
    starts = [m.start() for m in re.finditer(r"(?<!\S)\{", content)][-_LAST_BRACES:]
    first_error: AttributeSyntaxError | None = None
    for start in starts:
        if not _LOOKS_MEANT.match(content, start + 1):
            continue
        try:
            attrs, end = parse_attributes(content, start)
        except AttributeSyntaxError as error:
            first_error = first_error or error
            continue
        if not content[end:].strip():
            return content[:start].rstrip(), attrs
    if first_error and not content[first_error.end :].strip():
        raise first_error
    return content, None
