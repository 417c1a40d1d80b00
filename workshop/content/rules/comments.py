"""Comments: ``<!-- … -->`` is a token; as a block it may contain empty lines."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

OPEN, CLOSE = "<!--", "-->"
ALSO_ENDS = ["paragraph", "reference", "blockquote"]


def comment_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match a comment that begins a line; text after its end is read as if the comment were not there."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(OPEN, start, state.eMarks[start_line]):
        return False
    if silent:
        return True
    line, after, maximum = start_line, start, state.eMarks[end_line - 1]
    while state.src.startswith(OPEN, start):
        close = state.src.find(CLOSE, start + len(OPEN), maximum)
        if close < 0:
            token = state.push("comment_unclosed", "", 0)
            token.map = [line, end_line]
            state.line = end_line
            return True
        first, line = line, line + state.src.count("\n", start, close)
        token = state.push("comment", "", 0)
        token.content, token.map = state.src[start + len(OPEN) : close], [first, line + 1]
        after = close + len(CLOSE)
        rest = state.src[after : state.eMarks[line]]
        start = after + len(rest) - len(rest.lstrip())
    if not rest.strip():
        state.line = line + 1
        return True
    # Read this line again, from the end of the comment.
    state.bMarks[line] = after
    state.tShift[line] = start - after
    state.sCount[line] = state.blkIndent + min(start - after, 1)
    if line == start_line:
        return _reread(state, line, end_line)
    state.line = line
    return True


def _reread(state: StateBlock, line: int, end_line: int) -> bool:
    """Apply the other rules to a line whose comment was cut off, since a rule must consume a line."""
    return any(rule(state, line, end_line, False) for rule in state.md.block.ruler.getRules(""))


def comment_inline(state: StateInline, silent: bool) -> bool:
    """Match a comment inside a paragraph."""
    if not state.src.startswith(OPEN, state.pos):
        return False
    if state.html_terminator_last(CLOSE) < state.pos:
        if not silent:
            state.push("comment_unclosed", "", 0)
        state.pos += len(OPEN)
        return True
    close = state.src.find(CLOSE, state.pos + len(OPEN), state.posMax)
    if not silent:
        token = state.push("comment" if close >= 0 else "comment_unclosed", "", 0)
        token.content = state.src[state.pos + len(OPEN) : close] if close >= 0 else ""
    state.pos = close + len(CLOSE) if close >= 0 else state.posMax
    return True
