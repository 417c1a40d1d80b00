"""Blocks of code that aren't only code: cells that Quarto runs, diagrams, and source of another format."""

from __future__ import annotations

import re

from markdown_it.token import Token

from workshop.content.reading import Reading
from workshop.errors import At
from workshop.model.markup import NO_ATTRS, Block, Box, CodeBlock, Paragraph, Text

_INFO = re.compile(r"\{\s*([A-Za-z]\w*)\s*(?:[,}\s].*)?$", re.DOTALL)
_OPTION = re.compile(r"\s*(?:#|//|%%)\|\s*([\w-]+):\s*(.*?)\s*$")
DIAGRAMS = {"mermaid": "Mermaid", "dot": "Graphviz", "plantuml": "PlantUML"}
OFF = ("false", "no", "FALSE", "F")


def cell(token: Token, at: At, reading: Reading) -> list[Block] | None:
    """Return what a fence becomes if it is a cell, a diagram or another format's source; ``None`` for plain code."""
    info = token.info.strip()
    text = reading.masked.restore(token.content)
    if info.startswith("{="):
        reading.lose(f"source for another format (```{info}) is left out", at)
        return []
    match = _INFO.match(info)
    name = (match[1] if match else info.split(maxsplit=1)[0] if info else "").lower()
    if name in DIAGRAMS:
        reading.lose(f"a diagram written in {name} isn't drawn: a box stands in its place", at)
        options, _ = _options(text)
        return [_stand_in(options.get("fig-cap", ""), f"Here is a diagram, written in {DIAGRAMS[name]}.", at)]
    options, code = _options(text)
    if not match or not (options or (reading.tongue is not None and reading.tongue.name == "quarto")):
        return None
    return _run(match[1], options, code, at, reading)


def _run(name: str, options: dict[str, str], code: str, at: At, reading: Reading) -> list[Block]:
    """Return the code of a cell, if it is to be shown, and a box for its result, if it has one to show."""
    if options.get("include") in OFF:
        return []
    found: list[Block] = []
    echo = options.get("echo", "true" if reading.echo else "false") not in OFF
    if echo:
        found.append(CodeBlock(code, name.lower(), NO_ATTRS, at))
    if options.get("eval") in OFF:
        return found
    reading.lose(f"cells of code (```{{{name}}}) aren't run: their results are missing", at)
    caption = options.get("fig-cap") or options.get("tbl-cap") or ""
    if caption or not echo:
        found.append(_stand_in(caption, f"Here is the result of a program in {name.capitalize()}.", at))
    return found


def _options(text: str) -> tuple[dict[str, str], str]:
    """Return the options on the first lines of a cell, and its code without them."""
    options: dict[str, str] = {}
    lines = text.split("\n")
    while lines and (match := _OPTION.match(lines[0])):
        options[match[1]] = match[2].strip("\"'")
        lines.pop(0)
    return options, "\n".join(lines)


def _stand_in(title: str, text: str, at: At) -> Box:
    return Box("stand-in", (Text(title, at),) if title else (), (Paragraph((Text(text, at),), at),), at)


def raw_block(token: Token, at: At, reading: Reading) -> list[Block]:
    """Return what remains of an element of HTML, or of TeX, that isn't Markdown inside: the address of a film or page."""
    reading.lose(f"{token.info} is left out", at)
    source = re.search(r"""\bsrc\s*=\s*["']?([^"'\s>]+)""", token.content)
    if token.info in ("<iframe>", "<video>", "<audio>", "<embed>") and source:
        return [_stand_in("", source[1], at)]
    return []
