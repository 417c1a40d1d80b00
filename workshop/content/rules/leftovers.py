"""Mistakes to report: unclosed values, template statements, HTML tags, endless nesting."""

from __future__ import annotations

from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

MAX_LEVEL = 24


def template(state: StateInline, silent: bool) -> bool:
    """Match ``{{`` that was not masked (unclosed, or closed on another line) and ``{% … %}``."""
    two = state.src[state.pos : state.pos + 2]
    if two not in {"{{", "{%"}:
        return False
    if not silent:
        state.push("value_unclosed" if two == "{{" else "statement", "", 0).content = two
    state.pos += 2
    return True


def html_tag(state: StateInline, silent: bool) -> bool:
    """Match a raw HTML tag."""
    if state.src[state.pos] != "<":
        return False
    following = state.src[state.pos + 1 : state.pos + 2]
    if not (following.isalpha() or following == "/") or state.html_terminator_last(">") < state.pos:
        return False
    match = HTML_TAG_RE.search(state.src[state.pos : state.pos + 2000])
    if not match:
        return False
    if not silent:
        state.push("html_tag", "", 0).content = match[0]
    state.pos += match.end()
    return True


def too_deep(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Stop at a depth that no author needs, instead of dropping the rest as the stock parser does."""
    if silent or state.level < MAX_LEVEL:
        return False
    state.push("too_deep", "", 0).map = [start_line, start_line + 1]
    state.line = start_line + 1
    return True
