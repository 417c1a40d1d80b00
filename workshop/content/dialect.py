"""The Markdown parser of our dialect: CommonMark with tables and strikethrough, plus the rules of ``rules/``."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote.index import footnote_def
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from workshop import limits
from workshop.content.attribute_grammar import AttributeSyntaxError, split_trailing
from workshop.content.outdented import outdented
from workshop.content.prepared import Prepared, prepared
from workshop.content.rules import brackets, drawn_tables, fences, html
from workshop.content.tool_signs import Habits, spaced_headings
from workshop.content.tools import deckset, remark, reveal, slidev
from workshop.content.words import said_in, unread
from workshop.errors import At
from workshop.kept import kept

if TYPE_CHECKING:
    from workshop.content.reading import Reading

# Deeper nesting of spans and links stays text; the limit for blocks, too_deep, is much lower.
MAX_NESTING = 30
_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")
# Rules that need a sign in the text -> that sign: each rule costs time on every line
_SIGNS: Mapping[str, re.Pattern[str]] = {
    "formulas": re.compile(r"\$"),
    "tags": re.compile("<"),
    "lines": re.compile(r"^[ \t>]*\|(?:[ \t].*[^|\s])?[ \t]*$", re.MULTILINE),
    "drawn": re.compile(r"^[ \t>]*(?:\+[-=:]+\+|-{2,}[ \t]+-{2,})", re.MULTILINE),
    "tex": re.compile(r"\\[a-zA-Z]"),
    "brackets": re.compile(r"\\[(\[]"),
    "below": re.compile("~"),
    "above": re.compile(r"\^"),
    "works": re.compile("@"),
    "asides": re.compile(r"^\?\?\?", re.MULTILINE),
    "terms": re.compile(r"^[ \t>]*[:~][ \t]", re.MULTILINE),
}
# tool -> its rules, each with what it also ends
TOOLS = {
    "slidev": slidev.BLOCK_RULES,
    "remark": remark.BLOCK_RULES,
    "deckset": deckset.BLOCK_RULES,
    "reveal": reveal.BLOCK_RULES,
}


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
    """The parser of one tool's talks, or of kits; targets of links and pictures stay as written.

    Args:
        habits: the tool's.
        signs: those of ``_SIGNS`` that are in the text.
    """

    def __init__(self, habits: Habits, signs: frozenset[str]) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": MAX_NESTING, "store_labels": True})
        self.block, self.inline = _CountedParser(), _PlacedParser()
        self.inline.ruler.disable(["linkify", "html_inline"])
        self.enable(["table", "strikethrough"])
        self._add_block_rules()
        self._add_inline_rules()
        self.core.ruler.before("inline", "attributes", _cut_attributes)
        self.core.ruler.at("inline", _parse_inline)
        if "formulas" in signs:
            dollarmath_plugin(self, allow_labels=False, allow_space=False, allow_digits=False)
        if "works" in signs:
            self.inline.ruler.before("link", "citation_in_text", brackets.citation_in_text)
        if "tags" in signs:
            rule = html.html_lines if habits.pandoc else html.html_block
            self.block.ruler.before("table", "html", rule, {"alt": html.HTML_ENDS})
            self.block.ruler.before("table", "instruction", html.instruction, {"alt": html.HTML_ENDS})
        if "asides" in signs:
            self.block.ruler.before("table", "asides", fences.notes, {"alt": fences.SLIDE_ENDS})
        self.ruled, self.rmarkdown = habits.ruled, habits.name == "rmarkdown"
        self.dashes = 4 if habits.name == "reveal" else fences.DASHES
        self.block.ruler.at("fence", fences.fence_of_slide, {"alt": ["paragraph", "reference", "blockquote", "list"]})
        if habits.name in TOOLS:
            self._as_tool(habits.name)
        if habits.pandoc:
            self._as_pandoc(signs)
        else:
            self._as_github()

    def _as_pandoc(self, signs: frozenset[str]) -> None:
        """Add what pandoc has and CommonMark hasn't."""
        ruler = self.block.ruler
        if "lines" in signs:
            ruler.before("caption", "line_block", drawn_tables.line_block, {"alt": drawn_tables.CAPTION_ENDS})
        if "drawn" in signs:
            ruler.before("caption", "drawn_table", drawn_tables.drawn_table, {"alt": drawn_tables.TABLE_ENDS})
        if "tex" in signs:
            ruler.before("fence", "tex_lines", brackets.tex_lines, {"alt": brackets.TEX_ENDS})
            self.inline.ruler.before("escape", "tex_command", brackets.tex_command)
        if "brackets" in signs and self.rmarkdown:
            ruler.before("fence", "tex_display", brackets.tex_display, {"alt": brackets.TEX_ENDS})
            self.inline.ruler.before("escape", "tex_brackets", brackets.tex_brackets)
        if "below" in signs:
            sub_plugin(self)
        if "above" in signs:
            superscript_plugin(self)
        if "terms" in signs:
            deflist_plugin(self)

    def _as_tool(self, name: str) -> None:
        """Add what only one tool has."""
        for rule, match, ends in TOOLS[name]:
            self.block.ruler.before("table", rule, match, {"alt": ends})
        self.block.ruler.at("lheading", fences.underlined)
        if name == "slidev":
            self.inline.ruler.before("html_tag", "component", slidev.component_in_line)
        elif name == "remark":
            self.inline.ruler.before("link", "classes", remark.classes_in_line)

    def _as_github(self) -> None:
        """Make addresses links."""
        from linkify_it import LinkifyIt  # type: ignore[import-untyped]

        self.linkify, self.options["linkify"] = LinkifyIt(), True
        self.inline.ruler.enable(["linkify"])
        self.core.ruler.enable(["linkify"])

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the parser's own name
        """Keep the target as written: values in it are put back later."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the parser's own name
        """Keep the text of ``<https://…>`` as written."""
        return link

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the parser's own name and signature
        """Accept every target: a forbidden one is reported at its place later, instead of being shown as text."""
        return True

    def counted(self, src: str) -> tuple[list[Token], int, tuple[str, ...]]:
        """Return the tokens of a text, how many elements it has, and its definitions of links, which aren't tokens.

        Raises:
            TooMuchError: if there are more than ``limits.ELEMENTS``.
        """
        env: dict[str, Any] = {}
        tokens = self.parse(src, env)
        links = [*env.get("references", {}).items(), *((one["label"], one) for one in env.get("duplicate_refs", ()))]
        defined = tuple(text for label, one in links for text in (label, one["href"], one["title"]) if text)
        return tokens, env.get("elements", 0), defined

    def _add_block_rules(self) -> None:
        ruler = self.block.ruler
        ruler.before("table", "too_deep", html.too_deep)
        ruler.before("table", "comment", html.comment_block, {"alt": html.COMMENT_ENDS})
        ruler.before("table", "div", fences.div_fence, {"alt": fences.DIV_ENDS})
        ruler.before("table", "caption", drawn_tables.table_caption, {"alt": drawn_tables.CAPTION_ENDS})
        ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})

    def _add_inline_rules(self) -> None:
        ruler = self.inline.ruler
        ruler.at("backticks", brackets.with_braces(backtick))
        ruler.at("link", brackets.with_braces(link))
        ruler.at("image", brackets.with_braces(image))
        for name in ("citation", "odd_citation", "footnote_ref", "inline_note", "span"):
            ruler.before("link", name, getattr(brackets, name))
        ruler.before("autolink", "comment", html.comment_inline)
        ruler.after("autolink", "html_tag", html.html_tag)
        ruler.push("template", html.template)


def tokens_of(reading: Reading) -> list[Token] | None:
    """Return the tokens of a file, and note how its lists are numbered; ``None``, after reporting it, if there is too much Markdown."""
    habits, text = reading.habits, reading.masked.text
    own = text.strip("\n")
    if not (reading.hold(limits.LETTERS, len(own)) and reading.hold(limits.KIT_LINES, own.count("\n") + 1)):
        return None
    taken: tuple[str, ...] = ()
    if habits.name == "reveal":
        text, taken = reveal.separated(text, reading.meta)
    if habits.tight:
        text = spaced_headings(text)
    text = text if reading.policy.html == "refused" else outdented(text)
    source = prepared(text) if habits.pandoc else Prepared(text)
    reading.styles = dict(source.styles)
    ours: tuple[str, ...] = (
        ("tags", "asides") if reading.policy.html == "refused" else ()
    )  # in a kit, tags are a mistake
    if reading.works is None:
        ours += ("works",)
    signs = frozenset(name for name, sign in _SIGNS.items() if name not in ours and sign.search(source.text))
    parser = dialect(habits, signs)
    try:
        tokens, count, defined = kept(("markdown", habits, signs, source.text), lambda: parser.counted(source.text))
    except TooMuchError as error:
        reading.hold(limits.ELEMENTS, limits.ELEMENTS + 1, error.line)
        return None
    if not reading.hold(limits.ELEMENTS, count):
        return None
    for run in unread(reading.masked.text, tokens, (*defined, *source.taken, *taken)):
        reading.report.extend([run.problem(reading.path)])
    if reading.policy.html == "read":
        reading.said += [(At(reading.path, line), text) for line, text in said_in(tokens, habits) if text.strip()]
    return tokens


@cache
def dialect(habits: Habits, signs: frozenset[str]) -> Dialect:
    """Return the parser, which remembers nothing of what it parsed, so that one is enough."""
    return Dialect(habits, signs)


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
        captions_next = before == "paragraph_open" and drawn_tables.CAPTION.match(token.content)
        is_caption = captions_next and index + 2 < len(tokens) and tokens[index + 2].type == "table_open"
        if is_caption and captions_next:
            tokens[index - 1].meta["caption"] = True
            token.meta["cut"] = captions_next[0]
            token.content = token.content[captions_next.end() :]
        if in_item and (box := _TASK.match(token.content)):
            token.meta["checked"], token.meta["cut"] = box[1] != " ", box[0]
            token.content = token.content[box.end() :]
        if in_item or is_caption or before in {"heading_open", "caption_open"}:
            try:
                token.content, token.meta["attrs"] = split_trailing(token.content)
            except AttributeSyntaxError as error:
                token.meta["error"] = error
