"""Quarto: cells of code, diagrams, source of another format, and shortcodes."""

from __future__ import annotations

import re
import shlex

from markdown_it.token import Token

from workshop.content.reading import Reading
from workshop.errors import At
from workshop.model.markup import NO_ATTRS, Attrs, Block, Box, CodeBlock, CodeSpan, Inline, Link, Paragraph, Text, Value

_INFO = re.compile(r"\{\s*([A-Za-z]\w*)\s*(?:[,}\s].*)?$", re.DOTALL)
IN_LINE = re.compile(r"(?:\{(python|r|julia)\}|(r))\s+(.+)", re.DOTALL)  # a cell within a line
_OPTION = re.compile(r"\s*(?:#|//|%%)\|\s*([\w-]+):\s*(.*?)\s*$")
DIAGRAMS = ("mermaid", "dot", "plantuml")
OFF = ("false", "no", "FALSE", "F")


def cell(token: Token, at: At, reading: Reading) -> list[Block] | None:
    """Return what a fence becomes if it is a cell, a diagram or another format's source; ``None`` for plain code."""
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
    return _run(match[1], options, code, (at, token.map[1] if token.map else at.line), reading)


def _run(name: str, options: dict[str, str], code: str, lines: tuple[At, int], reading: Reading) -> list[Block]:
    """Return the code of a cell, if it is to be shown, and a box for its result, if it has one to show."""
    found: list[Block] = []
    at, last = lines
    echo = options.get("echo", "true" if reading.echo else "false") not in OFF
    hidden = "include: false" if options.get("include") in OFF else "" if echo else "echo: false"
    if hidden:
        reading.lose(f"a program in {name.capitalize()} isn't shown ({hidden})", at, last)
    if hidden.startswith("include"):
        return []
    if echo:
        found.append(CodeBlock(code, name.lower(), NO_ATTRS, at))
    if options.get("eval") in OFF:
        return found
    reading.lose(f"cells of code (```{{{name}}}) aren't run: their results are missing", at)
    caption = options.get("fig-cap") or options.get("tbl-cap") or ""
    if caption or not echo:
        found.append(stand_in(caption, f"Here is the result of a program in {name.capitalize()}.", at))
    return found


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
