"""Inline tokens of the parser -> inline nodes of the model."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from markdown_it.token import Token
from msgspec import Struct, field

from workshop import limits
from workshop.content.reading import Reading, check_attributes
from workshop.content.source_text import AttributeSyntaxError
from workshop.errors import At, did_you_mean
from workshop.model.markup import (
    NO_ATTRS,
    Attrs,
    Cite,
    CodeSpan,
    Emphasis,
    FootnoteRef,
    Inline,
    LineBreak,
    Link,
    Span,
    Strike,
    Strong,
    Text,
)

_LOOKS: dict[str, type[Strong | Emphasis | Strike]] = {"strong": Strong, "em": Emphasis, "s": Strike}
_SCHEME = re.compile(r"([a-zA-Z][\w+.-]*):")
_LINK_SCHEMES = ("http", "https", "mailto", "tel")
_SEPARATOR = re.compile(r"(?<!\s)\s*+;\s*+")


class Open(Struct, kw_only=True):
    """A node that is still open: its kind, its children so far, and what its opening token said.

    Attributes:
        tag: name of the HTML tag that opened it; "" if Markdown did.
    """

    kind: str
    at: At
    children: list[Inline] = field(default_factory=list)
    attrs: Attrs = NO_ATTRS
    target: str = ""
    tag: str = ""


class InlineReader:
    """Turns one inline token into nodes; problems go to the reading."""

    opens = frozenset({"strong", "em", "s", "link", "span", "note"})

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._in_footnote = False
        self._leftovers: Counter[tuple[int, str]] = Counter()

    def read(self, token: Token) -> tuple[Inline, ...]:
        """Return the nodes of an inline token."""
        line = token.map[0] + 1 if token.map else 0
        if length := token.meta.get("too_long"):
            hint = "put empty lines between its parts"
            self.reading.error(f"one paragraph has {length:,} characters", self.reading.at(line), hint, "too-long")
        return self.nodes(token.children or [], token.content, line)

    def nodes(self, tokens: list[Token], content: str, line: int) -> tuple[Inline, ...]:
        """Return the nodes of ``tokens``; ``content`` is the text they were read from and begins on ``line``."""
        stack = [Open(kind="root", at=self.reading.at(line))]
        newlines = _Lines(content, line)
        for token in tokens:
            at = self.reading.at(newlines.of(token.meta.get("pos", 0)))
            name = token.type.removesuffix("_open").removesuffix("_close")
            if name in self.opens:
                if token.nesting > 0:
                    stack.append(self._opened(name, token, at, content, line))
                else:
                    self._check_braces(token, content, line, at)
                    while stack[-1].tag:  # a tag that was opened inside ends here, too
                        self._closed(stack)
                    self._closed(stack)
            elif not self._tag(token, stack, at):
                self._leaf(token, at, stack[-1].children, content, line)
        while len(stack) > 1:
            self._closed(stack)
        return tuple(stack[0].children)

    def _tag(self, token: Token, stack: list[Open], at: At) -> bool:  # noqa: ARG002 - for talks
        """Open or close a node for a tag of HTML; in a kit there are none."""
        return False

    # ------------------------------------------------------------ nodes with children
    def _opened(self, name: str, token: Token, at: At, content: str, line: int) -> Open:
        opened = Open(kind=name, at=at)
        if name == "span":
            opened.attrs = self.attrs_of(token, content, line)
            check_attributes(self.reading, "span", opened.attrs, at)
        elif name == "link":
            opened.target = self.reading.masked.restore(str(token.attrs.get("href", "")))
            self._check_target(opened.target, at)
        return opened

    def _closed(self, stack: list[Open]) -> None:
        node, parent = stack.pop(), stack[-1].children
        children = tuple(node.children)
        if node.kind in _LOOKS:
            # Emphasis inside emphasis adds nothing; without this check a line of stars would nest thousands of levels deep.
            if any(outer.kind == node.kind for outer in stack):
                parent.extend(children)
            else:
                parent.append(_LOOKS[node.kind](children))
        elif node.kind == "link":
            parent.append(Link(node.target, children, node.at))
        elif node.kind == "span":
            parent.append(Span(children, node.attrs, node.at))
        else:
            parent.append(FootnoteRef(children, node.at))

    def attrs_of(self, token: Token, content: str, line: int) -> Attrs:
        """Return the attributes that a rule left on ``token``, with values written out; malformed ones are reported."""
        error: AttributeSyntaxError | None = token.meta.get("error")
        if error is not None:
            self.reading.bad_attributes(error, line, content)
            return NO_ATTRS
        attrs: Attrs = token.meta.get("attrs") or NO_ATTRS
        return self.restored(attrs)

    def restored(self, attrs: Attrs) -> Attrs:
        """Return ``attrs`` with every masked value as its author wrote it."""
        if not attrs.pairs:
            return attrs
        restore = self.reading.masked.restore
        return Attrs(attrs.id, attrs.classes, tuple((key, restore(value)) for key, value in attrs.pairs))

    def _check_braces(self, token: Token, content: str, line: int, at: At) -> None:
        """Report braces after a link or a code span: they mean nothing here."""
        if "braces" not in token.meta:
            return
        attrs = self.attrs_of(token, content, line)
        for name in (*(f".{c}" for c in attrs.classes), *(f"{k}=" for k, _ in attrs.pairs)):
            self.reading.unknown("attribute of a link or of code named", name, name, (), at)

    def _check_target(self, target: str, at: At) -> None:
        scheme = _SCHEME.match(target)
        if target.startswith("#") and "{{" not in target:
            self.reading.links.append((target[1:], at))
        elif scheme and scheme[1].lower() not in _LINK_SCHEMES:
            hint = "links go to a web page, a mail address or a slide (#id)"
            self.reading.fault(f"a link cannot go to {target[:60]!r}", at, hint, "link")
        elif scheme and not _is_address(target):
            self.reading.fault(f"{target[:60]!r} isn't the address of a web page", at, "look for a bracket", "link")
        elif "{{" in target and "}}" not in target:
            self.reading.fault("a value {{ is not closed", at, "add }}", "value")
        elif not target:
            self.reading.fault("this link goes nowhere", at, "write [text](https://…) or [text](#slide-id)", "link")

    # ------------------------------------------------------------ leaves
    def _leaf(self, token: Token, at: At, into: list[Inline], content: str, line: int) -> None:
        match token.type:
            case "text" | "text_special":
                into.extend(self.reading.masked.pieces(_printable(token.content), at))
            case "softbreak":
                last = into[-1] if into else None
                if isinstance(last, Text):
                    into[-1] = Text(last.text + " ", last.at)
                else:
                    into.append(Text(" ", at))
            case "hardbreak":
                into.append(LineBreak(at))
            case "code_inline":
                self._check_braces(token, content, line, at)
                into.append(CodeSpan(self.reading.masked.restore(token.content), at))
            case "citation":
                self._citation(token, at, into)
            case "odd_citation":
                self._odd_citation(token, at, into)
            case "footnote_ref":
                self._footnote(token, at, into)
            case "image":
                hint = "put it on a line of its own, with an empty line before and after"
                self.reading.fault("a picture is inside text", at, hint, "inline-picture")
            case "html_tag":
                self._html(token, at, into)
            case "value_unclosed" | "statement" | "comment_unclosed":
                self._leftover(token, into, content, line)
            case _:
                pass  # a comment

    def _citation(self, token: Token, at: At, into: list[Inline]) -> None:
        keys = tuple(key.removeprefix("@") for key in _SEPARATOR.split(self.reading.masked.restore(token.content)))
        known = self.reading.scope.sources
        missing = [key for key in keys if key not in known]
        for key in missing:
            message = f"there is no source with the key {key!r}"
            hint = did_you_mean(key, known) or "add it to sources.yaml"
            shown = "" if self.reading.scope.is_kit else "; it is shown as written"
            self.reading.fault(f"{message}{shown}", at, hint, "unknown-source")
        if missing and not self.reading.scope.is_kit:
            into.append(Text(f"[{token.content}]", at))
        else:
            into.append(Cite(keys, at))

    def _odd_citation(self, token: Token, at: At, into: list[Inline]) -> None:
        into.append(Text(self.reading.masked.restore(token.content), at))
        message, hint = f"{token.content[:60]} isn't a citation", "a citation holds keys only: [@a; @b]"
        self.reading.fault(message, at, hint, "citation")

    def _footnote(self, token: Token, at: At, into: list[Inline]) -> None:
        note = self.reading.footnotes.get(token.content)
        self.reading.used_footnotes.add(token.content)
        if self._in_footnote:
            self.reading.fault("a footnote refers to a footnote", at, "merge them", "footnote")
        elif note is not None:
            self._in_footnote = True
            into.append(FootnoteRef(self.read(note), at))
            self._in_footnote = False
        else:
            hint = did_you_mean(token.content, self.reading.footnotes) or f"add a line [^{token.content}]: text"
            self.reading.fault(f"there is no footnote [^{token.content}]", at, hint, "footnote")

    def _html(self, token: Token, at: At, into: list[Inline]) -> None:
        into.append(Text(self.reading.masked.restore(token.content), at))
        message = f"raw HTML isn't supported: {token.content[:40]}"
        self.reading.fault(message, at, "write Markdown, or `code` to show it", "raw-html")

    def _leftover(self, token: Token, into: list[Inline], content: str, line: int) -> None:
        self._leftovers[line, token.type] += 1
        if self._leftovers[line, token.type] > limits.PRINTED_PROBLEMS:  # of one paragraph; a place takes time to find
            return
        position = token.meta.get("pos", 0)
        at = self.reading.at(*self.reading.place(line, content, position))
        rest = content[position + 2 :]
        if token.type == "comment_unclosed":
            hint = "add -->; a comment with empty lines in it begins on a line of its own"
            self.reading.error("the comment opened here is not closed", at, hint, "comment")
        elif token.type == "statement":
            into.append(Text(token.content, at))
            if self.reading.scope.is_kit:
                hint = "choose blocks with for= and claims; only values {{ … }} are filled in"
                self.reading.fault("statements {% … %} can't be used here", at, hint, "statement")
        elif "}}" in rest:
            hint = "write it on one line"
            self.reading.fault("a value {{ … }} spans more than one line", at, hint, "value")
        else:
            hint = "add }}, or write \\{{ for literal braces"
            self.reading.fault("a value {{ is not closed", at, hint, "value")


class _Lines(Struct):
    """The line of each offset; fast if offsets are asked for in ascending order, correct in any."""

    content: str
    first: int
    _starts: list[int] = field(default_factory=list)

    def of(self, offset: int) -> int:
        from bisect import bisect_right

        if "\n" not in self.content:
            return self.first
        if not self._starts:
            self._starts = [i for i, c in enumerate(self.content) if c == "\n"]
        return self.first + bisect_right(self._starts, offset - 1)


def _printable(text: str) -> str:
    """Return ``text`` without control characters from entities such as ``&#12;``."""
    return text if text.isprintable() else "".join(c for c in text.replace("\t", " ") if c.isprintable() or c >= "\xa0")


def plain(nodes: tuple[Any, ...]) -> str:
    """Return the characters of inline nodes, without values."""
    return "".join(n.text if isinstance(n, Text | CodeSpan) else plain(getattr(n, "children", ())) for n in nodes)


def _is_address(target: str) -> bool:
    try:
        return bool(urlsplit(target))
    except ValueError:
        return False
