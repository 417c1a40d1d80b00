"""``: caption`` or ``Table: caption`` under a table."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

CAPTION = re.compile(r"(?:[Tt]able:|:(?!:))[ \t]+(?=\S)")
ALSO_ENDS = ["blockquote"]  # the list that also ends tables


def table_caption(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match the caption of the table just read; it ends at the next empty line."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    match = CAPTION.match(state.src, start, state.eMarks[start_line])
    if not match:
        return False
    if silent:
        return state.parentType == "table"
    if not state.tokens or state.tokens[-1].type != "table_close":
        return False
    line = start_line + 1
    while line < end_line and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if any(rule(state, line, end_line, True) for rule in state.md.block.ruler.getRules("paragraph")):
            break
        line += 1
    text = state.getLines(start_line, line, state.blkIndent, False).strip()
    state.line = line
    state.push("caption_open", "caption", 1).map = [start_line, line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = text[match.end() - match.start() :], [start_line, line], []
    state.push("caption_close", "caption", -1)
    return True
