"""The Markdown parser of our dialect: CommonMark with tables and strikethrough, plus the rules of ``rules/``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.backticks import backtick
from markdown_it.rules_inline.image import image
from markdown_it.rules_inline.link import link
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def

from workshop import limits
from workshop.content.source_text import AttributeSyntaxError, parse_attributes, split_trailing
from workshop.kept import kept
from workshop.model.markup import NO_ATTRS, Attrs

if TYPE_CHECKING:
    from workshop.content.reading import Reading


# ---------------------------------------------------------------- brackets
# Parser rules for brackets: spans, citations, footnotes, and the braces after links, pictures and code.
_KEY = r"@[\w][\w:.#$%&+?<>~/-]*"
_CITE = re.compile(rf"\[({_KEY}(?:\s*;\s*{_KEY})*)\](?![({{:])")
_ODD_CITE = re.compile(r"\[(?:[^\[\]\n@]*(?<!\w))?@\w[^\[\]\n]{0,200}\](?![({:])")
_FOOTNOTE = re.compile(r"\[\^([^\]\s^]+)\](?!:)")

InlineRule = Callable[[StateInline, bool], bool]
Braces = tuple[Attrs, AttributeSyntaxError | None]


def _braces(state: StateInline, start: int) -> tuple[Braces, int]:
    """Read attributes at ``start``; malformed ones are returned as an error, with the place where reading can continue."""
    try:
        attrs, end = parse_attributes(state.src, start)
    except AttributeSyntaxError as error:
        return (NO_ATTRS, error), min(max(error.end, start + 1), state.posMax)
    if end > state.posMax:
        return (NO_ATTRS, AttributeSyntaxError("the attributes are not closed", start)), state.posMax
    return (attrs, None), end


def span(state: StateInline, silent: bool) -> bool:
    """Match ``[text]{…}``."""
    if state.src[state.pos] != "[" or state.html_terminator_last("]{") < state.pos:
        return False
    start, maximum = state.pos, state.posMax
    close = state.md.helpers.parseLinkLabel(state, start, False)
    if close < 0 or close + 1 >= maximum or state.src[close + 1] != "{":
        return False
    braces, end = _braces(state, close + 1)
    if not silent:
        token = state.push("span_open", "span", 1)
        token.meta["attrs"], token.meta["error"] = braces
        state.pos, state.posMax = start + 1, close
        state.md.inline.tokenize(state)
        state.pos, state.posMax = close, maximum
        state.push("span_close", "span", -1)
    state.pos = end
    return True


def citation(state: StateInline, silent: bool) -> bool:
    """Match ``[@key]`` and ``[@a; @b]``."""
    match = _CITE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if not match:
        return False
    if not silent:
        state.push("citation", "", 0).content = match[1]
    state.pos = match.end()
    return True


def odd_citation(state: StateInline, silent: bool) -> bool:
    """Match what pandoc reads as a citation and we don't: ``[see @key, p. 3]``."""
    match = _ODD_CITE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if not match:
        return False
    if not silent:
        state.push("odd_citation", "", 0).content = match[0]
    state.pos = match.end()
    return True


def footnote_ref(state: StateInline, silent: bool) -> bool:
    """Match ``[^label]``."""
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if not match:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).content = match[1]
    state.pos = match.end()
    return True


def inline_note(state: StateInline, silent: bool) -> bool:
    """Match ``^[a footnote written where it is referred to]``."""
    start, maximum = state.pos, state.posMax
    if not state.src.startswith("^[", start) or state.html_terminator_last("]") < start:
        return False
    close = state.md.helpers.parseLinkLabel(state, start + 1, False)
    if close < 0:
        return False
    if not silent:
        state.push("note_open", "", 1)
        state.pos, state.posMax = start + 2, close
        state.md.inline.tokenize(state)
        state.pos, state.posMax = close, maximum
        state.push("note_close", "", -1)
    state.pos = close + 1
    return True


def with_braces(rule: InlineRule) -> InlineRule:
    """Return ``rule`` (link, image or code span), extended to take the braces directly after its match."""

    def extended(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.src[start] in "![" and state.html_terminator_last("]") < start:
            return False  # nothing can close it: without this a line of brackets takes minutes
        if not rule(state, silent):
            return False
        matched = state.src[start : state.pos].strip("`")
        if matched and state.pos < state.posMax and state.src[state.pos] == "{":
            braces, end = _braces(state, state.pos)
            if not silent:
                state.tokens[-1].meta["attrs"], state.tokens[-1].meta["error"] = braces
                state.tokens[-1].meta["braces"] = state.pos
            state.pos = end
        return True

    return extended


# ---------------------------------------------------------------- captions
# ``: caption`` or ``Table: caption`` under a table.
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


# ---------------------------------------------------------------- comments
# ``<!-- … -->`` is dropped, or kept as a token for parsers that ask for it; as a block it may contain empty lines.
OPEN, CLOSE = "<!--", "-->"
COMMENTS_ALSO_ENDS = ["paragraph", "reference", "blockquote"]


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
        if getattr(state.md, "keeps_comments", False):
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


# ---------------------------------------------------------------- divs
# Fenced divs: each fence is a token, and the tree is built afterwards.
#
# The stock container rule looks for a closing fence of at least the opening's length, so a ``:::`` might close nothing
# and the rest of the file become a note. Here a bare fence closes the innermost div, and divs left open can be reported.
_FENCE = re.compile(r":{3,}")
DIVS_ALSO_ENDS = ["paragraph", "reference", "blockquote", "list"]


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


# ---------------------------------------------------------------- leftovers
# Parser rules for mistakes to report: unclosed values, template statements, HTML tags, endless nesting.
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


# ---------------------------------------------------------------- dialect
# Deeper nesting of spans and links stays text; the limit for blocks, too_deep, is much lower.
MAX_NESTING = 30
_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")


class TooMuchError(ValueError):
    """A text has more elements than ``limits.ELEMENTS``; ``line`` is where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _count(env: Any) -> None:
    """Count one more element of a text; if there are too many, parsing ends here, since each takes memory."""
    env["elements"] = env.get("elements", 0) + 1
    if env["elements"] > limits.ELEMENTS:
        raise TooMuchError(env["line"])


class _PlacedState(StateInline):
    """Inline state whose tokens know their offset into the paragraph: ``meta["pos"]``."""

    def push(self, ttype: str, tag: str, nesting: Any) -> Token:
        _count(self.env)
        token = super().push(ttype, tag, nesting)
        token.meta["pos"] = self.pos
        return token

    def pushPending(self) -> Token:  # noqa: N802 - the parser's own name
        _count(self.env)
        length = len(self.pending)
        token = super().pushPending()
        token.meta["pos"] = max(0, self.pos - length)
        return token


class _PlacedParser(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _PlacedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _CountedState(StateBlock):
    def push(self, ttype: str, tag: str, nesting: Any) -> Token:
        self.env["line"] = self.line + 1
        _count(self.env)
        return super().push(ttype, tag, nesting)


class _CountedParser(ParserBlock):
    def parse(self, src: str, md: MarkdownIt, env: Any, outTokens: list[Token]) -> list[Token]:  # noqa: N803 - likewise
        state = _CountedState(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens


class Dialect(MarkdownIt):
    """The parser; targets of links and pictures stay as written."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": MAX_NESTING})
        self.block, self.inline = _CountedParser(), _PlacedParser()
        self.inline.ruler.disable(["linkify", "html_inline"])
        self.enable(["table", "strikethrough"])
        self._add_block_rules()
        self._add_inline_rules()
        self.core.ruler.before("inline", "attributes", _cut_attributes)
        self.core.ruler.at("inline", _parse_inline)

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the parser's own name
        """Keep the target as written: values in it are put back later."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the parser's own name
        """Keep the text of ``<https://…>`` as written."""
        return link

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the parser's own name and signature
        """Accept every target: a forbidden one is reported at its place later, instead of being shown as text."""
        return True

    def counted(self, src: str) -> tuple[list[Token], int]:
        """Return the tokens of a text, and how many elements it has.

        Raises:
            TooMuchError: if there are more than ``limits.ELEMENTS``.
        """
        env: dict[str, Any] = {}
        tokens = self.parse(src, env)
        return tokens, env.get("elements", 0)

    def _add_block_rules(self) -> None:
        ruler = self.block.ruler
        ruler.before("table", "too_deep", too_deep)
        ruler.before("table", "comment", comment_block, {"alt": COMMENTS_ALSO_ENDS})
        ruler.before("table", "div", div_fence, {"alt": DIVS_ALSO_ENDS})
        ruler.before("table", "caption", table_caption, {"alt": ALSO_ENDS})
        ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})

    def _add_inline_rules(self) -> None:
        ruler = self.inline.ruler
        ruler.at("backticks", with_braces(backtick))
        ruler.at("link", with_braces(link))
        ruler.at("image", with_braces(image))
        for name, rule in (
            ("citation", citation),
            ("odd_citation", odd_citation),
            ("footnote_ref", footnote_ref),
            ("inline_note", inline_note),
            ("span", span),
        ):
            ruler.before("link", name, rule)
        ruler.before("autolink", "comment", comment_inline)
        ruler.after("autolink", "html_tag", html_tag)
        ruler.push("template", template)


def tokens_of(reading: Reading, key: tuple[str, ...], text: str, parser: Callable[[], Dialect]) -> list[Token] | None:
    """Return the tokens of a file's text; ``None`` if all Markdown so far is more than the limits allow, which is reported.

    Args:
        key: the name of the parser, under which a resident process keeps the tokens.
    """
    own = text.strip("\n")
    if not (reading.hold(limits.LETTERS, len(own)) and reading.hold(limits.KIT_LINES, own.count("\n") + 1)):
        return None
    try:
        tokens, count = kept((*key, text), lambda: parser().counted(text))
    except TooMuchError as error:
        reading.hold(limits.ELEMENTS, limits.ELEMENTS + 1, error.line)
        return None
    return tokens if reading.hold(limits.ELEMENTS, count) else None


@cache
def dialect() -> Dialect:
    """Return the parser, which remembers nothing of what it parsed, so that one is enough."""
    return Dialect()


def _parse_inline(state: StateCore) -> None:
    """Parse the text of each block; if there is too much, it is known where."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = token.children or []
            state.env["line"] = token.map[0] + 1 if token.map else 0
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _cut_attributes(state: StateCore) -> None:
    """Remove task boxes and trailing attributes from headings, list items and captions, before inline parsing."""
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type != "inline":
            continue
        if len(token.content) > limits.PARAGRAPH:  # the search for closing brackets can be quadratic
            token.meta["too_long"], token.content = len(token.content), ""
        before = tokens[index - 1].type
        in_item = before == "paragraph_open" and index > 1 and tokens[index - 2].type == "list_item_open"
        captions_next = before == "paragraph_open" and CAPTION.match(token.content)
        is_caption = captions_next and index + 2 < len(tokens) and tokens[index + 2].type == "table_open"
        if is_caption and captions_next:
            tokens[index - 1].meta["caption"] = True
            token.content = token.content[captions_next.end() :]
        if in_item and (box := _TASK.match(token.content)):
            token.meta["checked"] = box[1] != " "
            token.content = token.content[box.end() :]
        if in_item or is_caption or before in {"heading_open", "caption_open"}:
            try:
                token.content, token.meta["attrs"] = split_trailing(token.content)
            except AttributeSyntaxError as error:
                token.meta["error"] = error
