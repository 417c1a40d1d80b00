"""Fences of divs: each is a token, and the tree is built afterwards.

The stock container rule looks for a closing fence of at least the opening's length, so a ``:::`` might close nothing
and the rest of the file become a note. Here a bare fence closes the innermost div, and divs left open can be reported.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

_FENCE = re.compile(r":{3,}")
ALSO_ENDS = ["paragraph", "reference", "blockquote", "list"]


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
