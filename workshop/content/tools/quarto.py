"""Quarto: cells of code, diagrams, source of another format, and shortcodes."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

from markdown_it.token import Token

from workshop.content.reading import Reading
from workshop.content.tools import knitr
from workshop.errors import At
from workshop.model.markup import (
    NO_ATTRS,
    Attrs,
    Block,
    Box,
    CodeBlock,
    CodeSpan,
    Inline,
    Link,
    Paragraph,
    Picture,
    Text,
    Value,
)

_INFO = re.compile(r"\{\s*([A-Za-z]\w*)\s*(?:[,}\s].*)?$", re.DOTALL)
IN_LINE = re.compile(r"(?:\{(python|r|julia)\}|(r))\s+(.+)", re.DOTALL)  # a cell within a line
_OPTION = re.compile(r"\s*(?:#|//|%%)\|\s*([\w-]+):\s*(.*?)\s*$")
DIAGRAMS = ("mermaid", "dot", "plantuml")
OFF = ("false", "no", "FALSE", "F")
NAMES = {"sql": "SQL", "bash": "Bash", "sh": "a shell", "cpp": "C++", "rcpp": "C++", "r": "R"}
_CAPTIONED = {"fig-cap", "tbl-cap"}
Pictured = Callable[[str, tuple[Inline, ...], Attrs, At], Picture | Box]


def cell(token: Token, at: At, reading: Reading, picture: Pictured) -> list[Block] | None:
    """Return what a fence becomes if it is a cell, a diagram or another format's source; ``None`` for plain code.

    Args:
        picture: makes a picture of a target, its caption, attributes and place.
    """
    info = token.info.strip()
    text = reading.masked.restore(token.content)
    if info.startswith("{="):
        reading.lose(f"source for another format (```{info}) is left out", at, token.map[1] if token.map else at.line)
        return []
    match = _INFO.match(info)
    name = (match[1] if match else info.split(maxsplit=1)[0] if info else "").lower()
    options, code = _options(text)
    if name in DIAGRAMS:
        if name != "mermaid":
            reading.lose(f"a diagram written in {name} isn't drawn: its code is shown", at)
        alt = (("alt", options["fig-cap"]),) if options.get("fig-cap") else ()
        return [CodeBlock(code, name, Attrs(pairs=alt), at)]
    if not match or not (options or reading.habits.cells):
        return None
    own = {**reading.chunks, **knitr.options_in(info, at, reading), **options}
    knitr.remember(code, at, reading)
    return _run(match[1], own, code, (at, token.map[1] if token.map else at.line), reading, picture)


def _run(
    name: str, options: dict[str, str], code: str, lines: tuple[At, int], reading: Reading, picture: Pictured
) -> list[Block]:
    """Return the code of a cell, if it is to be shown, the pictures that it includes, and a box for its result, if it has one to show."""
    found: list[Block] = []
    at, last = lines
    echo = options.get("echo", "true" if reading.echo else "false") not in OFF
    hidden = "include: false" if options.get("include") in OFF else "" if echo else "echo: false"
    if name in knitr.STYLES:
        reading.lose(f"what a program in {name.upper()} changes is left out", at, last)
        return []
    if hidden:
        shown = NAMES.get(name.lower(), name.capitalize())
        reading.lose(
            f"a program in {shown} isn't shown ({hidden})",
            at,
            last,
            f"{{}} programs in {shown} aren't shown ({hidden})",
        )
    if hidden.startswith("include"):
        return []
    if "child" in options:
        reading.lose(f"the document {options['child']} of a chunk (child=) isn't read", at)
    code = knitr.shown_code(code)
    if echo:
        found.append(CodeBlock(code, name.lower(), NO_ATTRS, at))
    if options.get("eval") in OFF:
        return found
    pictures = _included(code, options, at, reading, picture)
    found += pictures
    seen = knitr.has_result(code) or (not pictures and _CAPTIONED & options.keys())
    if options.get("results") == "hide" or not seen:
        return found
    reading.lose(f"cells of code (```{{{name}}}) aren't run: their results are missing", at)
    caption = options.get("fig-cap") or options.get("tbl-cap") or ""
    if (caption or not echo) and not pictures:
        shown = NAMES.get(name.lower(), name.capitalize())
        found.append(stand_in(caption, f"Here is the result of a program in {shown}.", at))
    return found


def _included(code: str, options: dict[str, str], at: At, reading: Reading, picture: Pictured) -> list[Block]:
    """Return the pictures that the code of a cell includes."""
    width = options.get("out-width", "")
    pairs = (
        (("width", width + "px" * width.isdecimal()),) if re.fullmatch(r"\d+(?:\.\d+)?(?:%|px|cm|in)?", width) else ()
    )
    alt = (("alt", options["fig-alt"]),) if options.get("fig-alt") else ()
    caption = (Text(options["fig-cap"], at),) if options.get("fig-cap") else ()
    return [picture(name, caption, Attrs(pairs=(*pairs, *alt)), at) for name in knitr.pictures(code, at, reading)]


def _options(text: str) -> tuple[dict[str, str], str]:
    """Return the options on the first lines of a cell, and its code without them."""
    options: dict[str, str] = {}
    lines = text.split("\n")
    while lines and (match := _OPTION.match(lines[0])):
        options[match[1]] = match[2].strip("\"'")
        lines.pop(0)
    return options, "\n".join(lines)


def stand_in(title: str, text: str, at: At) -> Box:
    """Return a box that says what would be here."""
    return Box("stand-in", (Text(title, at),) if title else (), (Paragraph((Text(text, at),), at),), at)


def raw_block(token: Token, at: At, reading: Reading) -> list[Block]:
    """Return what remains of an element of HTML, or of TeX, that isn't Markdown inside: the address of a film or page."""
    reading.lose(f"{token.info} is left out", at)
    source = re.search(r"""\bsrc\s*=\s*["']?([^"'\s>]+)""", token.content)
    if token.info in ("<iframe>", "<video>", "<audio>", "<embed>") and source:
        return [stand_in("", source[1], at)]
    return []


# Quarto's shortcodes: what ``{{< … >}}`` stands for on a slide.
SILENT = ("pagebreak",)  # slides are pages


def is_shortcode(value: Value) -> bool:
    """Whether what was masked like a value is a shortcode."""
    return value.expr.startswith("<") and value.expr.endswith(">")


def words_of(code: str) -> list[str]:
    """Return the words of a shortcode: its name, and what is given to it.

    >>> words_of('video https://example.org/a.mp4 width="400"')
    ['video', 'https://example.org/a.mp4', 'width=400']
    """
    try:
        return shlex.split(code) or [""]
    except ValueError:
        return code.split() or [""]


def shown(value: Value, reading: Reading) -> Inline:
    """Return what a shortcode becomes in a line, after noting what is lost; an include stays as it is."""
    at = value.at
    name, *given = words_of(value.expr.strip("<> %"))
    first = next((word for word in given if "=" not in word or "://" in word), "")
    if name == "include":
        return value
    if name == "kbd":
        return CodeSpan(first, at)
    if name == "video" and first:
        reading.lose("a {{< video >}} isn't played; its address is shown", at)
        return Link(first, (Text(first, at),), at) if "://" in first else Text(first, at)
    if name == "meta" and first in reading.meta:
        return Text(reading.meta[first], at)
    if name not in SILENT:
        reading.lose(f"the shortcode {{{{< {name} >}}}} is left out", at)
    return Text("", at)
