"""The Markdown parser of our dialect: CommonMark with tables and strikethrough, plus the rules of ``rules/``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
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
from workshop.content.attributes import AttributeSyntaxError, split_trailing
from workshop.content.rules import brackets, captions, comments, divs, leftovers
from workshop.kept import kept

if TYPE_CHECKING:
    from workshop.content.reading import Reading

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
        ruler.before("table", "too_deep", leftovers.too_deep)
        ruler.before("table", "comment", comments.comment_block, {"alt": comments.ALSO_ENDS})
        ruler.before("table", "div", divs.div_fence, {"alt": divs.ALSO_ENDS})
        ruler.before("table", "caption", captions.table_caption, {"alt": captions.ALSO_ENDS})
        ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})

    def _add_inline_rules(self) -> None:
        ruler = self.inline.ruler
        ruler.at("backticks", brackets.with_braces(backtick))
        ruler.at("link", brackets.with_braces(link))
        ruler.at("image", brackets.with_braces(image))
        for name, rule in (
            ("citation", brackets.citation),
            ("odd_citation", brackets.odd_citation),
            ("footnote_ref", brackets.footnote_ref),
            ("inline_note", brackets.inline_note),
            ("span", brackets.span),
        ):
            ruler.before("link", name, rule)
        ruler.before("autolink", "comment", comments.comment_inline)
        ruler.after("autolink", "html_tag", leftovers.html_tag)
        ruler.push("template", leftovers.template)


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
        captions_next = before == "paragraph_open" and captions.CAPTION.match(token.content)
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
