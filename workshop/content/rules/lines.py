"""Lines below a table, and lines behind bars: captions and line blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from markdown_it.rules_block import StateBlock

CAPTION = re.compile(r"(?:[Tt]able:|:(?!:))[ \t]+(?=\S)")
_LINE = re.compile(r"\|(?:[ \t](.*))?$")
_DELIMITER = re.compile(r"[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\||$)")
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


def line_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match lines that begin with a bar and aren't a table: they stay lines."""
    if state.is_code_block(start_line):
        return False
    lines = _barred(state, start_line, end_line)
    texts = list(islice(lines, 2))  # two lines decide: a table asks this about each of its rows
    if not texts or texts[0].rstrip().endswith("|") or (len(texts) > 1 and _DELIMITER.match(texts[1])):
        return False
    if silent:
        return True
    texts += lines
    line = start_line + len(texts)
    state.push("paragraph_open", "p", 1).map = [start_line, line]
    inline = state.push("inline", "", 0)
    indented = ("\N{NO-BREAK SPACE}" * (len(text) - len(text.lstrip())) + text.strip() for text in texts)
    inline.content, inline.map, inline.children = "\\\n".join(indented), [start_line, line], []
    state.push("paragraph_close", "p", -1)
    state.line = line
    return True


def _barred(state: StateBlock, start_line: int, end_line: int) -> Iterator[str]:
    """Yield the text behind the bar of each line that begins with one."""
    for line in range(start_line, end_line):
        match = _LINE.match(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
        if not match or state.sCount[line] < state.blkIndent:
            return
        yield match[1] or ""
