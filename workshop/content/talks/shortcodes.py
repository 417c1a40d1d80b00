"""Quarto's shortcodes: what ``{{< … >}}`` stands for on a slide."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from workshop.content.reading import Reading
from workshop.errors import At
from workshop.model.markup import CodeSpan, Inline, Link, Text, Value

SILENT = ("pagebreak",)  # slides are pages


def is_shortcode(value: Value) -> bool:
    """Whether what was masked like a value is a shortcode."""
    return value.expr.startswith("<") and value.expr.endswith(">")


def is_include(value: Value) -> bool:
    """Whether a shortcode includes another file."""
    return words_of(value.expr.strip("<> "))[0] == "include"


def words_of(code: str) -> list[str]:
    """Return the words of a shortcode: its name, and what is given to it.

    >>> words_of('video https://example.org/a.mp4 width="400"')
    ['video', 'https://example.org/a.mp4', 'width=400']
    """
    try:
        return shlex.split(code) or [""]
    except ValueError:
        return code.split() or [""]


def shown_inline(code: str, at: At, reading: Reading) -> Iterator[Inline]:
    """Yield what a shortcode becomes in a line, after noting what is lost."""
    name, *given = words_of(code)
    first = next((word for word in given if "=" not in word or "://" in word), "")
    if name == "kbd":
        yield CodeSpan(first, at)
    elif name == "video" and first:
        reading.lose("a {{< video >}} isn't played; its address is shown", at)
        yield Link(first, (Text(first, at),), at) if "://" in first else Text(first, at)
    elif name == "meta" and first in reading.meta:
        yield Text(reading.meta[first], at)
    elif name not in SILENT:
        reading.lose(f"the shortcode {{{{< {name} >}}}} is left out", at)
