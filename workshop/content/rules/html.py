"""HTML: lines of tags that begin or end blocks, elements that aren't Markdown inside, comments; and mistakes to report."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

RAW = ("style", "script", "iframe", "video", "audio", "svg", "object", "canvas", "form", "embed")  # not Markdown inside
_BLOCKS = "div|section|center|details|figure|article|main|header|footer|p|table|ul|ol|blockquote|aside|nav"
_HTML_TAGS = re.compile(rf"(?:[ \t]*</?(?:{_BLOCKS})\b[^<>]*>)+[ \t]*$", re.IGNORECASE)
_HTML_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^<>]*)>")
_RAW = re.compile(rf"<({'|'.join(RAW)})\b", re.IGNORECASE)
HTML_ENDS = ["paragraph", "reference", "blockquote"]


class _Tag(HTMLParser):
    """Reads the attributes of one tag."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the attributes; a tag that closes itself comes here, too."""
        del tag
        self.found = {key: value or "" for key, value in attrs}


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag.

    >>> attributes('<img src="a.png" width=30%>')
    {'src': 'a.png', 'width': '30%'}
    """
    parser = _Tag()
    parser.feed(tag)
    return parser.found


def html_lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match a line of tags that begin or end blocks, and an element that isn't Markdown inside, such as ``<style>``."""
    if state.is_code_block(start_line):
        return False
    start, line_end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if not state.src.startswith("<", start):
        return False
    line = state.src[start:line_end]
    raw = _RAW.match(line)
    if not raw and not _HTML_TAGS.fullmatch(line):
        return False
    if silent:
        return True
    if raw:
        _raw(state, raw[1].lower(), start, start_line, end_line)
        return True
    for closing, name, rest in _HTML_TAG.findall(line):
        token = state.push("div_close" if closing else "div_open", "div", 0)
        token.meta["html"], token.meta["attributes"] = name.lower(), attributes(f"<{name}{rest}>")
        token.map = [start_line, start_line + 1]
    state.line = start_line + 1
    return True


def _raw(state: StateBlock, name: str, start: int, start_line: int, end_line: int) -> None:
    maximum = state.eMarks[end_line - 1]
    close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(state.src, start, maximum)
    single = name == "embed" or state.src[start : state.eMarks[start_line]].rstrip().endswith("/>")
    last = start_line if single or not close else start_line + state.src.count("\n", start, close.end())
    token = state.push("raw", "", 0)
    token.info, token.map = f"<{name}>", [start_line, last + 1]
    token.content = state.getLines(start_line, last + 1, state.blkIndent, False)
    state.line = last + 1


OPEN, CLOSE = "<!--", "-->"
COMMENT_ENDS = ["paragraph", "reference", "blockquote"]


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
    match = HTML_TAG_RE.match(state.src[state.pos : state.pos + 2000])
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
