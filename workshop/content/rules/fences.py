"""Fences of divs, each of which is a token, and what tools share whose slides are between rules.

The stock container rule looks for a closing fence of at least the opening's length, so a ``:::`` might close nothing
and the rest of the file become a note. Here a bare fence closes the innermost div, and divs left open can be reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.fence import fence
from markdown_it.rules_block.lheading import lheading

_FENCE = re.compile(r":{3,}")
DIV_ENDS = ["paragraph", "reference", "blockquote", "list"]


def div_fence(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Match ``::: word``, ``::: {.class}`` or a bare ``:::``."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    line = state.src[start : state.eMarks[start_line]]
    fence = _FENCE.match(line)
    if not fence:
        return False
    if silent:
        return True
    content = line[fence.end() :].rstrip()
    content = content.rstrip(":").strip() if content.rstrip(":") != content else content.strip()
    token = state.push("div_open" if content else "div_close", "div", 0)
    token.content = content
    token.map = [start_line, start_line + 1]
    state.line = start_line + 1
    return True


SLIDE_ENDS = ["paragraph", "reference", "blockquote", "list", "table"]
FENCE = re.compile(r"(`{3,}|~{3,})")
_RULE = re.compile(r"-{2,4}[ \t]*$")
DASHES = 3  # most dashes of a rule between slides
_HEADING = re.compile(r"#{1,2}[ \t]")
_ASIDE = re.compile(r"\?\?\?[ \t]*$")
_UNDERLINE = re.compile(r"[ \t]*(=+|-+)[ \t]*$")


def line_of(state: StateBlock, line: int) -> str:
    """Return a line without its indentation."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def at_top(state: StateBlock, line: int) -> bool:
    """Whether a line stands by itself: not in a list or a quote, and not indented."""
    return not state.level and state.sCount[line] == 0


def push_slide(state: StateBlock, line: int, after: int, keys: Mapping[str, str]) -> None:
    """Begin a slide at a rule, with the keys that are written under it, and go on in line ``after``."""
    token = state.push("hr", "hr", 0)
    token.map, token.meta["keys"] = [line, line + 1], dict(keys)
    token.meta["cut"] = state.getLines(line, after, 0, False)
    state.line = after


def underlined(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match a heading over a line of "=": dashes right under text are a rule here."""
    line = start_line + 1
    while line < end_line and not state.isEmpty(line):
        if found := _UNDERLINE.match(state.src, state.bMarks[line], state.eMarks[line]):
            return found[1].startswith("=") and lheading(state, start_line, end_line, silent)
        line += 1
    return False


def fence_of_slide(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match fenced code; if it is never closed, it ends with its slide, so that it doesn't take the rest of the talk."""
    mark = FENCE.match(line_of(state, start_line))
    if silent or not mark:
        return fence(state, start_line, end_line, silent)
    closing, stop = re.compile(rf"{mark[1]}{mark[1][0]}*[ \t]*$"), end_line
    for line in range(start_line + 1, end_line):
        text = line_of(state, line)
        if closing.match(text):
            return fence(state, start_line, end_line, silent)
        if stop == end_line and _begins_slide(state, line):
            stop = line
    return fence(state, start_line, stop, silent)


def _begins_slide(state: StateBlock, line: int) -> bool:
    """Whether a slide begins in a line: at a rule, and unless the tool knows only rules, at a heading."""
    text = line_of(state, line)
    ruled: bool = getattr(state.md, "ruled", False)
    rule = _RULE.match(text)
    if rule and len(text.rstrip()) > getattr(state.md, "dashes", DASHES):
        rule = None
    return state.sCount[line] == 0 and bool(rule or (not ruled and _HEADING.match(text)))


def notes(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match ``???``: what follows up to the next rule, or slide, is private."""
    if not at_top(state, start_line) or is_private(state) or not _ASIDE.match(line_of(state, start_line)):
        return False
    return silent or notes_up_to_slide(state, start_line, start_line + 1, end_line)


def notes_up_to_slide(state: StateBlock, start_line: int, first: int, end_line: int) -> bool:
    """Push private notes that go from line ``first`` up to the next slide."""
    inner, stops = "", list[int]()
    for line in range(start_line + 1, end_line):
        mark = FENCE.match(line_of(state, line))
        if mark and (not inner or mark[1].startswith(inner)):
            inner = "" if inner else mark[1]
        if _begins_slide(state, line):
            stops.append(line)
            if not inner:
                break
    last = stops[0 if inner else -1] if stops else end_line  # a fence that isn't closed ends with its slide
    inside(state, "notes", start_line, (first, last))
    return True


def is_private(state: StateBlock) -> bool:
    """Whether what is read belongs to private notes, in which no others begin."""
    return bool(state.env.get("private"))


def inside(state: StateBlock, name: str, start_line: int, lines: tuple[int, int]) -> None:
    """Push a div around some lines, which are read as blocks, and go on after them."""
    first, last = lines
    state.push("div_open", "div", 0).map = [start_line, start_line + 1]
    state.tokens[-1].content = name
    maximum, parent, state.lineMax = state.lineMax, state.parentType, last
    state.env["private"] = True
    if first < last:
        state.md.block.tokenize(state, first, last)
    state.env["private"] = False
    state.lineMax, state.parentType = maximum, parent
    state.push("div_close", "div", 0).map = [last - 1, last]
    state.line = last
