"""The Markdown parser of talks: our dialect, and what pandoc, Quarto and Marp add to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from workshop.content.dialect import Dialect, tokens_of
from workshop.content.reading import Reading
from workshop.content.talks import html, tables
from workshop.content.talks.source import Prepared, prepared
from workshop.content.talks.tongue import Tongue

_DEFINITION = re.compile(r"^[ \t>]*[:~][ \t]", re.MULTILINE)
_LINE = re.compile(r"\|(?:[ \t](.*))?$")
_DELIMITER = re.compile(r"[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\||$)")


class TalkDialect(Dialect):
    """The parser of one tongue; comments become tokens, since Marp's are notes and directives."""

    keeps_comments = True

    def __init__(self, tongue: Tongue, text: str) -> None:
        """Take only the rules whose signs are in the text: each rule costs time on every line."""
        super().__init__()
        ruler = self.block.ruler
        if "$" in text:
            dollarmath_plugin(self, allow_labels=False, allow_space=False, allow_digits=False)
        if "<" in text:
            ruler.before("table", "html_lines", html.html_lines, {"alt": html.ENDS})
        if tongue.marp:
            self._as_marp()
            return
        if "|" in text:
            ruler.before("caption", "line_block", line_block, {"alt": ["blockquote"]})
        if "+-" in text or "--" in text:
            ruler.before("caption", "drawn_table", tables.drawn_table, {"alt": tables.ALSO_ENDS})
        if "\\" in text:
            ruler.before("fence", "tex_lines", html.tex_lines, {"alt": html.ENDS})
            self.inline.ruler.before("escape", "tex_command", html.tex_command)
        if "~" in text:
            sub_plugin(self)
        if "^" in text:
            superscript_plugin(self)
        if _DEFINITION.search(text):
            deflist_plugin(self)

    def _as_marp(self) -> None:
        """Make addresses links, as Marp does."""
        from linkify_it import LinkifyIt  # type: ignore[import-untyped]

        self.linkify, self.options["linkify"] = LinkifyIt(), True
        self.inline.ruler.enable(["linkify"])
        self.core.ruler.enable(["linkify"])


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


def talk_tokens(reading: Reading, tongue: Tongue) -> list[Token] | None:
    """Return the tokens of a talk, and note its tongue and its lists in ``reading``; ``None`` if there is too much of it."""
    text = reading.masked.text
    source = Prepared(text) if tongue.marp else prepared(text)
    reading.tongue, reading.styles = tongue, source.styles
    return tokens_of(reading, ("talk", tongue.name), source.text, lambda: TalkDialect(tongue, source.text))
