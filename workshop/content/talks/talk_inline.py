"""HTML and TeX in a talk: parser rules for what stands on lines of its own, and what a tag in a line means."""

from __future__ import annotations

import dataclasses
import re
import shlex
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import takewhile

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from msgspec.structs import replace

from workshop import limits
from workshop.content.inline_reader import InlineReader, Open
from workshop.content.reading import Reading
from workshop.content.talks.spoken import spoken
from workshop.content.talks.tex import Unknown, parsed, signs_of
from workshop.errors import At
from workshop.model.blocks import Formula
from workshop.model.markup import (
    Attrs,
    Box,
    CodeSpan,
    FootnoteRef,
    Inline,
    LineBreak,
    Link,
    Look,
    Math,
    Picture,
    Span,
    Text,
    Value,
)

# ---------------------------------------------------------------- html
RAW = ("style", "script", "iframe", "video", "audio", "svg", "object", "canvas", "form", "embed")  # not Markdown inside
_BLOCKS = "div|section|center|details|figure|article|main|header|footer|p|table|ul|ol|blockquote|aside|nav"
_HTML_TAGS = re.compile(rf"(?:[ \t]*</?(?:{_BLOCKS})\b[^<>]*>)+[ \t]*$", re.IGNORECASE)
_HTML_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^<>]*)>")
_RAW = re.compile(rf"<({'|'.join(RAW)})\b", re.IGNORECASE)
ENDS = ["paragraph", "reference", "blockquote"]

KEPT_AROUND = frozenset(
    [
        "center",
        "flushleft",
        "flushright",
        "quote",
        "quotation",
        "minipage",
        "block",
        "column",
        "columns",
        "small",
        "footnotesize",
        "large",
    ]
)
MATH = frozenset(
    ["equation", "equation*", "align", "align*", "gather", "gather*", "multline", "multline*", "eqnarray", "eqnarray*"]
)
_BEGIN = re.compile(r"\\(begin|end)\{([a-zA-Z]+\*?)\}(?:\[[^\]]*\]|\{[^{}]*\})*[ \t]*$")
_COMMANDS = re.compile(r"(?:\\[a-zA-Z]+\*?(?:\[[^\]]*\]|\{[^{}]*\})*[ \t]*)+$")
_COMMAND = re.compile(r"\\([a-zA-Z]+)(\{)?")
TEX_LOOKS = {"textbf": "b", "textit": "i", "emph": "i", "underline": "u", "texttt": "code", "alert": "b"}
TEX_LOOKS |= {"textsuperscript": "sup", "textsubscript": "sub", "textsc": "span", "text": "span"}
TEX_SIGNS = {"ldots": "…", "dots": "…", "LaTeX": "LaTeX", "TeX": "TeX", "quad": " ", "qquad": " ", "newline": " "}
TEX_DROPPED = frozenset(
    [
        "vspace",
        "hspace",
        "vfill",
        "hfill",
        "newpage",
        "clearpage",
        "pagebreak",
        "centering",
        "tiny",
        "scriptsize",
        "footnotesize",
        "small",
        "normalsize",
        "large",
        "Large",
        "LARGE",
        "huge",
        "Huge",
        "noindent",
        "bigskip",
        "medskip",
        "smallskip",
        "linebreak",
        "label",
        "index",
        "protect",
    ]
)


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


def tex_lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    r"""Match ``\begin{…}`` to ``\end{…}``, and a line that is nothing but commands of TeX."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    line = state.src[start : state.eMarks[start_line]]
    if not line.startswith("\\"):
        return False
    edge = _BEGIN.match(line)
    if not edge and not _COMMANDS.fullmatch(line):
        return False
    if silent:
        return True
    last = start_line + 1
    if edge and edge[1] == "begin" and edge[2] not in KEPT_AROUND:
        closing = f"\\end{{{edge[2]}}}"
        while last < end_line and closing not in state.getLines(last - 1, last, 0, False):
            last += 1
    name = edge[2] if edge else ""
    token = state.push("math_block" if name in MATH else "pause" if line.strip() == "\\pause" else "raw", "", 0)
    token.info = f"TeX \\begin{{{name}}}" if edge else f"TeX {line.split('{')[0].strip()}"
    token.content, token.map = state.getLines(start_line, last, state.blkIndent, False).strip(), [start_line, last]
    state.line = last
    return True


def tex_command(state: StateInline, silent: bool) -> bool:
    r"""Match a command of TeX in a line, such as ``\emph{…}``; unknown ones stay text."""
    match = _COMMAND.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "\\" else None
    if not match or match[1] not in TEX_LOOKS.keys() | TEX_SIGNS.keys() | TEX_DROPPED:
        return False
    name, end = match[1], match.end()
    close = state.src.find("}", end, state.posMax) if match[2] else -1
    if match[2] and close < 0:
        return False
    if not silent:
        if name in TEX_LOOKS and match[2]:
            state.push("html_tag", "", 0).content = f"<{TEX_LOOKS[name]}>"
            maximum, state.pos, state.posMax = state.posMax, end, close
            state.md.inline.tokenize(state)
            state.posMax = maximum
            state.push("html_tag", "", 0).content = f"</{TEX_LOOKS[name]}>"
        else:
            token = state.push("tex", "", 0)
            token.content, token.info = TEX_SIGNS.get(name, ""), f"TeX \\{name}" if name in TEX_DROPPED else ""
    state.pos = close + 1 if match[2] else end
    return True


# ---------------------------------------------------------------- shortcodes
# Quarto's shortcodes: what ``{{< … >}}`` stands for on a slide.
SILENT = ("pagebreak",)  # slides are pages


def is_shortcode(value: Value) -> bool:
    """Whether what was masked like a value is a shortcode."""
    return value.expr.startswith("<") and value.expr.endswith(">")


def is_include(value: Value) -> bool:
    """Whether a shortcode includes another file."""
    return words_of(value.expr.strip("<> "))[0] == "include"


def words_of(code: str) -> list[str]:
    """Return the words of a shortcode: its name, and what is given to it.

    >>> words_of('video https://example.org/a.mp4 width="400"')
    ['video', 'https://example.org/a.mp4', 'width=400']
    """
    try:
        return shlex.split(code) or [""]
    except ValueError:
        return code.split() or [""]


def shown_inline(code: str, at: At, reading: Reading) -> Iterator[Inline]:
    """Yield what a shortcode becomes in a line, after noting what is lost."""
    name, *given = words_of(code)
    first = next((word for word in given if "=" not in word or "://" in word), "")
    if name == "kbd":
        yield CodeSpan(first, at)
    elif name == "video" and first:
        reading.lose("a {{< video >}} isn't played; its address is shown", at)
        yield Link(first, (Text(first, at),), at) if "://" in first else Text(first, at)
    elif name == "meta" and first in reading.meta:
        yield Text(reading.meta[first], at)
    elif name not in SILENT:
        reading.lose(f"the shortcode {{{{< {name} >}}}} is left out", at)


# ---------------------------------------------------------------- inline
# Inline tokens of a talk -> inline nodes: what pandoc, Quarto, Marp and HTML add to those of our dialect.
_DASHES = (("---", "—"), ("--", "–"), ("...", "…"))
_EMOJI = re.compile(r":[a-z0-9_+-]*[a-z][a-z0-9_+-]*:")
_CELL = re.compile(r"\{?(python|r|julia)\}?\s+(.+)", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_TAGS = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "s": "s",
    "del": "s",
    "strike": "s",
    "summary": "strong",
}
_TAGS |= {"sub": "sub", "sup": "sup", "u": "underline", "ins": "underline", "code": "code", "kbd": "code", "tt": "code"}
_TAGS |= {"mark": "mark", "a": "link", "span": "plain"}
_SPANS = {"underline": "underline", "ul": "underline", "aside": "aside", "smallcaps": "plain"}
_STEPS = frozenset({"fragment"})

PictureReader = Callable[[str, tuple[Inline, ...], Attrs, At], list[Picture | Box]]


class TalkInline(InlineReader):
    """Turns one inline token of a talk into nodes.

    Attributes:
        pictures: the pictures in the text read since they were last taken; they are shown after it.
        comments: likewise the comments.
    """

    opens = InlineReader.opens | {"sub", "sup"}

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.pictures: list[Picture | Box] = []
        self.comments: list[tuple[str, At]] = []
        self.numbers: dict[str, int] = {}
        self._notes = 0
        self._before_link: list[int] = []  # number of pictures before each open link
        self.picture_of: PictureReader = _no_picture

    def taken(self) -> tuple[list[Picture | Box], list[tuple[str, At]]]:
        """Return the pictures and comments met since the last call."""
        found = self.pictures, self.comments
        self.pictures, self.comments = [], []
        return found

    # ------------------------------------------------------------ nodes with children
    def _opened(self, name: str, token: Token, at: At, content: str, line: int) -> Open:
        if name == "link":
            self._before_link.append(len(self.pictures))
        if name != "span":
            return super()._opened(name, token, at, content, line)
        attrs = self.attrs_of(token, content, line)
        kind = next((_SPANS[c] for c in attrs.classes if c in _SPANS), "")
        if kind:
            return Open(kind=kind, at=at)
        if _STEPS.intersection(attrs.classes):
            self.reading.lose(
                "words in a line that appear one after the other ([…]{.fragment}) are all shown at once", at
            )
            return Open(kind="plain", at=at)
        if not attrs.get("claim") and not any(
            c in ("mark", "fixed", "blank", "answer", "accent") for c in attrs.classes
        ):
            foreign = (*(f".{c}" for c in attrs.classes), *(f"{k}=" for k, _ in attrs.pairs if k not in _KNOWN_KEYS))
            for one in foreign:
                self.reading.ignored.setdefault(one, at)
            if foreign or not attrs.pairs:
                return Open(kind="plain", at=at)
        return super()._opened(name, token, at, content, line)

    def _closed(self, stack: list[Open]) -> None:
        node = stack[-1]
        children = tuple(node.children)
        made = self._made(node, children)
        if made is None:
            super()._closed(stack)
            return
        stack.pop()
        stack[-1].children.extend(made)

    def _made(self, node: Open, children: tuple[Inline, ...]) -> tuple[Inline, ...] | None:
        """Return what a node of a talk becomes; ``None`` for one that kits know, too."""
        match node.kind:
            case "sup":
                return (Look("super", children),)
            case "sub":
                return (Look("sub", children),)
            case "underline":
                return (Look("underline", children),)
            case "plain":
                return children
            case "code":
                return tuple(CodeSpan(n.text, n.at) if isinstance(n, Text) else n for n in children)
            case "mark":
                return (Span(children, Attrs(classes=("mark",)), node.at),)
            case "aside":
                return (FootnoteRef(children, node.at),)
            case "note":
                self._notes += 1
                return (FootnoteRef(children, node.at, self._notes),)
            case "link":
                self._link_pictures(node)
                return children if not children or not node.target else None
            case _:
                return None

    def _link_pictures(self, node: Open) -> None:
        """Make the pictures in a link lead where the link does."""
        first = self._before_link.pop() if self._before_link else len(self.pictures)
        for k in range(first, len(self.pictures)):
            picture = self.pictures[k]
            if not isinstance(picture, Picture):
                continue
            attrs = Attrs(picture.attrs.id, picture.attrs.classes, (*picture.attrs.pairs, ("link", node.target)))
            self.pictures[k] = replace(picture, attrs=attrs)

    def _tag(self, token: Token, stack: list[Open], at: At) -> bool:
        if token.type != "html_tag":
            return False
        match = _TAG.match(token.content)
        name = match[2].lower() if match else ""
        closing = bool(match and match[1])
        if name == "br":
            stack[-1].children.append(LineBreak(at))
        elif name == "img":
            self._image(attributes(self.reading.masked.restore(token.content)), at)
        elif name in _TAGS and not closing:
            opened = Open(kind=_TAGS[name], at=at, tag=name)
            if name == "a":
                self._before_link.append(len(self.pictures))
                opened.target = attributes(self.reading.masked.restore(token.content)).get("href", "")
                self._check_target(opened.target, at)
            stack.append(opened)
        elif name in _TAGS:
            self._close_tag(name, stack)
        elif not closing and name not in ("p", "div", "small", "big", "center", "font", "section", "details", "wbr"):
            self.reading.lose(f"the tag <{name}> is left out; the words in it are shown", at)
        return True

    def _close_tag(self, name: str, stack: list[Open]) -> None:
        """Close the last open tag of that kind, and what was opened in it; a tag never closes what Markdown opened around it."""
        inside = list(takewhile(lambda node: node.tag, reversed(stack)))
        depth = next((k for k, node in enumerate(inside, start=1) if node.kind == _TAGS[name]), 0)
        for _ in range(depth):
            self._closed(stack)

    def _image(self, attrs: dict[str, str], at: At) -> None:
        kept = tuple((key, attrs[key]) for key in ("width", "height") if attrs.get(key))
        kept = tuple((key, value + ("px" if value.isdecimal() else "")) for key, value in kept)
        alt = attrs.get("alt", "")
        pairs = (*kept, *((("alt", alt),) if alt else ()))
        found = self.picture_of(attrs.get("src", ""), (), Attrs(pairs=pairs), at)
        self.pictures += found

    # ------------------------------------------------------------ leaves
    def _leaf(self, token: Token, at: At, into: list[Inline], content: str, line: int) -> None:
        match token.type:
            case "text":
                first = len(into)
                super()._leaf(replace_content(token, self._smart(token.content)), at, into, content, line)
                into[first:] = [node for one in into[first:] for node in self._values(one)]
            case "softbreak" if self.reading.tongue is not None and self.reading.tongue.marp:
                into.append(LineBreak(at))
            case "image":
                attrs = self.attrs_of(token, content, line)
                alt = self.nodes(token.children or [], token.content, line)
                self.pictures += self.picture_of(str(token.attrs.get("src", "")), alt, attrs, at)
            case "comment":
                self.comments.append((self.reading.masked.restore(token.content), at))
            case "math_inline" | "math_single" | "math_inline_double":
                dollars = "$$" if "double" in token.type else "$"
                into.extend(self.formula(self.reading.masked.restore(token.content), dollars, at))
            case "tex":
                if token.info:
                    self.reading.lose(f"the command {token.info} has no effect", at)
                into.append(Text(token.content, at))
            case "code_inline" if cell := _CELL.fullmatch(token.content):
                self.reading.lose(f"`{{{cell[1]}}} …` in a line isn't run; its code is shown", at)
                into.append(CodeSpan(cell[2], at))
            case "code_inline":
                into.append(CodeSpan(self.reading.masked.restore(token.content), at))
            case _:
                super()._leaf(token, at, into, content, line)

    def formula(self, tex: str, dollars: str, at: At, *, display: bool = False) -> tuple[Inline, ...]:
        """Return a formula; one that isn't understood as it is typed, and named."""
        if not self.reading.hold(limits.ELEMENTS, len(signs_of(tex)), at.line):
            return ()
        try:
            row = parsed(tex)
            return (Math(Formula(row, display), spoken(row, at)),)
        except Unknown as unknown:
            self.reading.lose(f"a formula with {unknown} is shown as it is typed", at)
            return (Text(f"{dollars}{' '.join(tex.split())}{dollars}", at),)

    def _smart(self, text: str) -> str:
        """Return text with dashes, dots and, in Marp, emoji by name."""
        tongue = self.reading.tongue
        if tongue is None or tongue.marp:
            if tongue is not None and _EMOJI.search(text):
                import emoji

                return emoji.emojize(text, language="alias", variant="emoji_type")
            return text
        for typed, shown in _DASHES:
            text = text.replace(typed, shown)
        return text

    def _values(self, node: Inline) -> Iterator[Inline]:
        """Yield a node; a shortcode of Quarto, which was masked like a value, as what it stands for."""
        if isinstance(node, Value) and is_shortcode(node) and not is_include(node):
            yield from shown_inline(node.expr.strip("<> %"), node.at, self.reading)
        else:
            yield node

    def _footnote(self, token: Token, at: At, into: list[Inline]) -> None:
        before = len(into)
        super()._footnote(token, at, into)
        label = token.content
        if len(into) > before and isinstance(ref := into[-1], FootnoteRef):
            if label not in self.numbers:
                self._notes += 1
                self.numbers[label] = self._notes
            into[-1] = replace(ref, number=self.numbers[label])


_KNOWN_KEYS = ("claim", "else", "for", "room", "needs", "kept-by")


def _no_picture(_target: str, _alt: tuple[Inline, ...], _attrs: Attrs, _at: At) -> list[Picture | Box]:
    return []


def replace_content(token: Token, content: str) -> Token:
    """Return a token with other text."""
    if content == token.content:
        return token
    return dataclasses.replace(token, content=content)
