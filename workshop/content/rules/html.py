"""HTML: lines of tags that begin or end blocks, elements that aren't Markdown inside, comments; and mistakes to report."""

from __future__ import annotations

import re

from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from workshop.content.html_source import RAW, TAG

BLOCKS = frozenset(
    [
        "div",
        "section",
        "center",
        "details",
        "figure",
        "figcaption",
        "article",
        "main",
        "header",
        "footer",
        "p",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "ul",
        "ol",
        "li",
        "blockquote",
        "aside",
        "nav",
        "dl",
        "dt",
        "dd",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "summary",
        "hr",
        "form",
        "fieldset",
        "legend",
        "address",
    ]
)
_RAW = re.compile(rf"<({'|'.join(RAW)})\b", re.IGNORECASE)
_BEGUN = re.compile(r"</?([A-Za-z][\w.-]*)(?=[\s/>]|$)")
_WHOLE = re.compile(rf"<({'|'.join(RAW)}|pre)\b|</({'|'.join(RAW)}|pre)\s*>", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<\?|<!\[CDATA\[|<!(?=[A-Za-z])")
_ENDS = {"<?": "?>", "<![CDATA[": "]]>", "<!": ">"}
TALLEST = 60  # lines of one tag
HTML_ENDS = ["paragraph", "reference", "blockquote"]


def _start(state: StateBlock, start_line: int) -> int:
    """Return where a line begins with "<"; -1 if it doesn't."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    return start if not state.is_code_block(start_line) and state.src.startswith("<", start) else -1


def instruction(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match ``<?…?>``, ``<!…>`` or ``<![CDATA[…]]>``, to the end of the line on which it ends; browsers show none of them."""
    start = _start(state, start_line)
    begun = _INSTRUCTION.match(state.src, start) if start >= 0 else None
    close = state.src.find(_ENDS[begun[0]], start, state.eMarks[end_line - 1]) if begun else -1
    if not begun or close < 0 or silent:
        return close >= 0
    last = start_line + state.src.count("\n", start, close)
    token = state.push("instruction", "", 0)
    token.content, token.map = state.getLines(start_line, last + 1, state.blkIndent, False), [start_line, last + 1]
    state.line = last + 1
    return True


def html_lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match a line of tags that begin or end blocks, with Markdown after it; and an element that isn't Markdown inside."""
    start = _start(state, start_line)
    if start < 0:
        return False
    tags, place = [], start
    while tag := TAG.match(state.src, place, state.eMarks[start_line]):
        tags.append(tag)
        place = state.skipSpaces(tag.end())
    named = tags and all(tag[2].lower() in BLOCKS for tag in tags) and place >= state.eMarks[start_line]
    if not named:
        return _raw(state, start, start_line, end_line, silent)
    for tag in () if silent else tags:
        token = state.push("div_close" if tag[1] else "div_open", "div", 0)
        token.content, token.meta["html"] = tag[0], tag[2].lower()
        token.map = [start_line, start_line + 1]
    state.line = start_line if silent else start_line + 1
    return True


def html_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match HTML up to an empty line or a comment, as CommonMark has it; a tag that isn't a block's stands alone on its lines."""
    start = _start(state, start_line)
    if start < 0:
        return False
    if _RAW.match(state.src, start):
        return _raw(state, start, start_line, end_line, silent)
    begun = _BEGUN.match(state.src, start, state.eMarks[start_line])
    known = bool(begun and (begun[1].lower() in BLOCKS or "-" in begun[1] or begun[1][:1].isupper()))
    alone = _tags_end(state, start, start_line, end_line)
    if begun is None or "://" in state.src[start : alone if alone > 0 else state.eMarks[start_line]].partition(" ")[0]:
        return False
    if begun[1].lower() not in BLOCKS and alone < 0:
        return False
    if silent:
        return known
    last = start_line + 1 + (state.src.count("\n", start, alone) if alone > 0 else 0)
    while last < end_line:
        if not _ends(state, last):
            last += 1
        elif (closed := _whole_to(state, start, last, end_line)) > last:
            start, last = state.bMarks[last], closed
        else:
            break
    token = state.push("html_block", "", 0)
    token.content, token.map = state.getLines(start_line, last, state.blkIndent, True), [start_line, last]
    state.line = last
    return True


def _tags_end(state: StateBlock, start: int, start_line: int, end_line: int) -> int:
    """Return where the tags end that begin a line, if nothing else stands on their lines; -1 otherwise."""
    most = state.eMarks[min(end_line, start_line + TALLEST) - 1]
    place = start
    while tag := TAG.match(state.src, place, most):
        place = tag.end()
        after = state.skipSpaces(place)
        if after >= most or state.src[after] == "\n":
            return place
        place = after
    return -1


def _ends(state: StateBlock, line: int) -> bool:
    """Whether HTML ends before a line: it is empty, begins a comment, or isn't in the same list or quote any more."""
    first = state.bMarks[line] + state.tShift[line]
    return state.isEmpty(line) or state.src.startswith(OPEN, first) or state.sCount[line] < state.blkIndent


def _whole_to(state: StateBlock, start: int, line: int, end_line: int) -> int:
    """Return the line after the end of an element that is open before a line and keeps its text as it is, such as ``<pre>``; -1 if none is."""
    tags = _WHOLE.findall(state.src, start, state.bMarks[line])
    if not tags or not tags[-1][0]:
        return -1
    closing = re.compile(rf"</{tags[-1][0]}\s*>", re.IGNORECASE)
    found = closing.search(state.src, state.bMarks[line], state.eMarks[end_line - 1])
    return line + 1 + state.src.count("\n", state.bMarks[line], found.end()) if found else -1


def _raw(state: StateBlock, start: int, start_line: int, end_line: int, silent: bool) -> bool:
    found = _RAW.match(state.src, start)
    if silent or not found:
        return bool(found)
    name, maximum = found[1].lower(), state.eMarks[end_line - 1]
    close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(state.src, start, maximum)
    single = name == "embed" or state.src[start : state.eMarks[start_line]].rstrip().endswith("/>")
    last = start_line if single or not close else start_line + state.src.count("\n", start, close.end())
    token = state.push("raw", "", 0)
    token.info, token.map = f"<{name}>", [start_line, last + 1]
    token.content = state.getLines(start_line, last + 1, state.blkIndent, False)
    state.line = last + 1
    return True


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
