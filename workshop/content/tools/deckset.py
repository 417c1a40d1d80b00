"""Deckset: notes behind a caret, commands in brackets, headings that fill the slide, keys at the beginning of a file."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from workshop.content.rules.fences import SLIDE_ENDS, at_top, inside, is_private, line_of

KEY = re.compile(r"[A-Za-z][\w-]*:(?:[ \t]|$)")
_NOTE = re.compile(r"\^+(?!\[)[ \t]*")
_COMMAND = re.compile(r"\[\.([\w-]+)(?::[ \t]*(.*?))?\][ \t]*$")
_FIT = re.compile(r"(#{1,6})[ \t]*\[fit\][ \t]*(.*?)[ \t#]*$")


def keys(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match the keys of a talk at its beginning."""
    if silent or state.tokens or not KEY.match(line_of(state, start_line)):
        return False
    line = start_line
    while line < end_line and KEY.match(line_of(state, line)):
        line += 1
    token = state.push("keys", "", 0)
    token.content, token.map = state.getLines(start_line, line, 0, False), [start_line, line]
    state.line = line
    return True


def footer(keys: str) -> str:
    r"""Return what the keys of a talk have at the foot of every slide.

    >>> footer("theme: Next, 1\nfooter: Rivers *and* lakes\n")
    'Rivers *and* lakes'
    """
    return next((line.partition(":")[2].strip() for line in keys.split("\n") if line.startswith("footer:")), "")


def note(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match ``^ words``: notes up to an empty line."""
    if not at_top(state, start_line) or is_private(state) or not _NOTE.match(line_of(state, start_line)):
        return False
    if silent:
        return True
    last = start_line
    while last < end_line and not state.isEmpty(last):
        if found := _NOTE.match(state.src, state.bMarks[last], state.eMarks[last]):
            state.bMarks[last], state.tShift[last] = found.end(), 0
        last += 1
    inside(state, "notes", start_line, (start_line, last))
    return True


def command(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Match ``[.name: value]`` on a line of its own."""
    found = _COMMAND.match(line_of(state, start_line)) if at_top(state, start_line) else None
    if found and not silent:
        token = state.push("slot" if found[1] == "column" else "command", "", 0)
        token.content, token.info = found[1], found[2] or ""
        token.map, state.line = [start_line, start_line + 1], start_line + 1
    return bool(found)


def fit(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match ``# [fit] words``; several in a row are one heading."""
    found = _FIT.match(line_of(state, start_line)) if at_top(state, start_line) else None
    if not found or silent:
        return bool(found)
    level, words, line = len(found[1]), [found[2]], start_line + 1
    while line < end_line:
        more = _FIT.match(line_of(state, line))
        if not more and not state.isEmpty(line):
            break
        line += 1
        if more:
            words.append(more[2])
            state.line = line
    state.line = max(state.line, start_line + 1)
    opened = state.push("heading_open", f"h{level}", 1)
    opened.map, opened.meta["cut"] = [start_line, state.line], "fit " * len(words)
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = "\\\n".join(words), [start_line, state.line], []
    state.push("heading_close", f"h{level}", -1)
    return True


BLOCK_RULES = (
    ("keys", keys, SLIDE_ENDS[:0]),
    ("note", note, SLIDE_ENDS),
    ("command", command, SLIDE_ENDS),
    ("fit", fit, SLIDE_ENDS),
)
