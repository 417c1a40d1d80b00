"""HTML in a talk: lines of tags that begin or end blocks, and elements that aren't Markdown inside."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from markdown_it.rules_block import StateBlock

RAW = ("style", "script", "iframe", "video", "audio", "svg", "object", "canvas", "form", "embed")  # not Markdown inside
_BLOCKS = "div|section|center|details|figure|article|main|header|footer|p|table|ul|ol|blockquote|aside|nav"
_HTML_TAGS = re.compile(rf"(?:[ \t]*</?(?:{_BLOCKS})\b[^<>]*>)+[ \t]*$", re.IGNORECASE)
_HTML_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^<>]*)>")
_RAW = re.compile(rf"<({'|'.join(RAW)})\b", re.IGNORECASE)
ENDS = ["paragraph", "reference", "blockquote"]


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
