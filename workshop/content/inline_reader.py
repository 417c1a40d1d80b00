"""Inline tokens of the parser -> inline nodes of the model."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import takewhile
from typing import Any
from urllib.parse import urlsplit

from markdown_it.token import Token
from msgspec import Struct, field
from msgspec.structs import replace

from workshop import limits
from workshop.constructs.table import SPAN_CLASSES
from workshop.content.attribute_grammar import AttributeSyntaxError
from workshop.content.html_source import attributes
from workshop.content.reading import Reading, check_attributes, resolve_target
from workshop.content.spoken import spoken
from workshop.content.tex_reader import Unknown, parsed, signs_of
from workshop.content.tool_signs import EMOJI
from workshop.content.tools import marp, quarto
from workshop.content.vocabulary import KEYS, SEEN
from workshop.errors import At, did_you_mean, lacking
from workshop.model.formula import Formula
from workshop.model.markup import (
    MISSING,
    NO_ATTRS,
    Attrs,
    Box,
    Cite,
    CodeSpan,
    Emphasis,
    FootnoteRef,
    Inline,
    LineBreak,
    Link,
    Look,
    Math,
    Paragraph,
    Picture,
    Span,
    Strike,
    Strong,
    Text,
    Value,
)

_LOOKS: dict[str, type[Strong | Emphasis | Strike]] = {"strong": Strong, "em": Emphasis, "s": Strike}
_SHIFTS = {"sup": "super", "sub": "sub", "underline": "underline"}
_SCHEME = re.compile(r"([a-zA-Z][\w+.-]*):")
_LINK_SCHEMES = ("http", "https", "mailto", "tel")
_SEPARATOR = re.compile(r"(?<!\s)\s*+;\s*+")
_DASHES = (("---", "—"), ("--", "–"), ("...", "…"), ("\\ ", "\N{NO-BREAK SPACE}"))
_OTHER = re.compile(r"\{=[\w+-]+\}")  # after code: it is for another format
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")
_TAGS = {"b": "strong", "strong": "strong", "summary": "strong", "i": "em", "em": "em", "s": "s", "del": "s"}
_TAGS |= {"sub": "sub", "sup": "sup", "u": "underline", "ins": "underline", "code": "code", "kbd": "code", "tt": "code"}
_TAGS |= {"strike": "s", "mark": "mark", "a": "link", "span": "plain"}
_QUIET = ("p", "div", "small", "big", "center", "font", "section", "details", "wbr")  # tags that change nothing here
_SPANS = {"underline": "underline", "ul": "underline", "aside": "aside", "smallcaps": "plain"}
# attributes of a picture in a talk that mean something
_KEPT: tuple[str, ...] = (
    marp.BACKGROUND,
    "width",
    "height",
    "focus",
    "alt",
    "fig-alt",
    "link",
    "measure",
    "kind",
    "x",
    "y",
    *SEEN,
)
_KEPT += ("name", "log", "unit", "decimals")


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
    """Turns one inline token into nodes; problems go to the reading.

    Attributes:
        pictures: the pictures in the text read since they were last taken; they are shown after it.
        comments: likewise the comments.
        alone: whether the pictures of the text that is read are all that is in it, as they must be in a kit.
    """

    opens = frozenset({"strong", "em", "s", "link", "span", "note", "sub", "sup"})

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.pictures: list[Picture | Box] = []
        self.comments: list[tuple[str, At]] = []
        self.alone = False
        self._numbers: dict[str, int] = {}  # of footnotes, by their labels
        self._notes = 0
        self._before_link: list[int] = []  # number of pictures before each open link
        self._in_footnote = False
        self._leftovers: Counter[tuple[int, str]] = Counter()

    def taken(self) -> tuple[list[Picture | Box], list[tuple[str, At]]]:
        """Return the pictures and comments met since the last call."""
        found = self.pictures, self.comments
        self.pictures, self.comments = [], []
        return found

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
            elif token.type == "html_tag":
                self._tag(token, stack, at)
            else:
                self._leaf(token, at, stack[-1].children, content, line)
        while len(stack) > 1:
            self._closed(stack)
        return tuple(stack[0].children)

    # ------------------------------------------------------------ nodes with children
    def _opened(self, name: str, token: Token, at: At, content: str, line: int) -> Open:
        opened = Open(kind=name, at=at)
        if name == "span":
            opened.attrs = self.attrs_of(token, content, line)
            opened.kind = self._span_kind(opened.attrs, at)
        elif name == "link":
            opened.target = self.reading.masked.restore(str(token.attrs.get("href", "")))
            self._link(opened)
        return opened

    def _span_kind(self, attrs: Attrs, at: At) -> str:
        """Return what a span is; in a talk, one that means nothing here is only its words."""
        kind = next((_SPANS[name] for name in attrs.classes if name in _SPANS), "")
        if kind:
            return kind
        if (
            self.reading.policy.unknown == "shown"
            and "claim" not in attrs
            and not SPAN_CLASSES.keys() & {*attrs.classes}
        ):
            if "fragment" in attrs.classes:
                what = "words in a line that appear one after the other ([…]{.fragment}) are all shown at once"
                self.reading.lose(what, at)
                return "plain"
            keys = (f"{key}=" for key, _ in attrs.pairs if key not in KEYS["span"])
            foreign = (*(f".{name}" for name in attrs.classes), *keys)
            for one in foreign:
                self.reading.ignored.setdefault(one, at)
            if foreign or not attrs.pairs:
                return "plain"
        check_attributes(self.reading, "span", attrs, at)
        return "span"

    def _link(self, opened: Open) -> None:
        self._before_link.append(len(self.pictures))
        self._check_target(opened.target, opened.at)

    def _closed(self, stack: list[Open]) -> None:
        node, parent = stack.pop(), stack[-1].children
        children = tuple(node.children)
        match node.kind:
            case "strong" | "em" | "s":
                # Emphasis inside emphasis adds nothing; without this check a line of stars would nest thousands of levels deep.
                if any(outer.kind == node.kind for outer in stack):
                    parent.extend(children)
                else:
                    parent.append(_LOOKS[node.kind](children))
            case "sup" | "sub" | "underline":
                parent.append(Look(_SHIFTS[node.kind], children))
            case "link":
                self._link_pictures(node)
                if children and (node.target or self.reading.policy.html == "refused"):
                    parent.append(Link(node.target, _shown(children, node.target), node.at))
                else:
                    parent.extend(children)
            case "span":
                parent.append(Span(children, node.attrs, node.at))
            case "mark":
                parent.append(Span(children, Attrs(classes=("mark",)), node.at))
            case "code":
                parent.extend(CodeSpan(n.text, n.at) if isinstance(n, Text) else n for n in children)
            case "plain":
                parent.extend(children)
            case "aside":
                parent.append(FootnoteRef(children, node.at))
            case _:
                parent.append(self._numbered(FootnoteRef(children, node.at)))

    def _numbered(self, note: FootnoteRef, label: str = "") -> FootnoteRef:
        """Return a footnote with its number; in a kit they have none."""
        if self.reading.policy.html == "refused":
            return note
        if not label or label not in self._numbers:
            self._notes += 1
            self._numbers[label] = self._notes
        return replace(note, number=self._numbers[label])

    def _link_pictures(self, node: Open) -> None:
        """Make the pictures in a link lead where the link does."""
        first = self._before_link.pop() if self._before_link else len(self.pictures)
        for k in range(first, len(self.pictures)):
            picture = self.pictures[k]
            if not isinstance(picture, Picture):
                continue
            attrs = Attrs(picture.attrs.id, picture.attrs.classes, (*picture.attrs.pairs, ("link", node.target)))
            self.pictures[k] = replace(picture, attrs=attrs)

    # ------------------------------------------------------------ tags
    def _tag(self, token: Token, stack: list[Open], at: At) -> None:
        """Open or close a node for a tag of HTML, or for a command of TeX."""
        match = _TAG.match(token.content)
        name = match[2].lower() if match else ""
        closing = bool(match and match[1])
        if self.reading.policy.html == "refused" and not token.info:
            stack[-1].children.append(Text(self.reading.masked.restore(token.content), at))
            message = f"raw HTML isn't supported: {token.content[:40]}"
            self.reading.fault(message, at, "write Markdown, or `code` to show it", "raw-html")
            return
        if token.info and not closing:
            self.tex_in_kit(token.info, at)
        if name == "br":
            stack[-1].children.append(LineBreak(at))
        elif name == "img":
            self._image(attributes(self.reading.masked.restore(token.content)), at)
        elif name in _TAGS and not closing:
            opened = Open(kind=_TAGS[name], at=at, tag=name)
            if name == "a":
                opened.target = attributes(self.reading.masked.restore(token.content)).get("href", "")
                self._link(opened)
            stack.append(opened)
        elif name in _TAGS:
            self._close_tag(name, stack)
        elif match and not closing and name not in _QUIET:
            self.reading.ignored.setdefault(f"<{match[2]}>", at)

    def _close_tag(self, name: str, stack: list[Open]) -> None:
        """Close the last open tag of that kind, and what was opened in it; a tag never closes what Markdown opened around it."""
        inside = list(takewhile(lambda node: node.tag, reversed(stack)))
        depth = next((k for k, node in enumerate(inside, start=1) if node.kind == _TAGS[name]), 0)
        for _ in range(depth):
            self._closed(stack)

    def tex_in_kit(self, command: str, at: At) -> None:
        """Report TeX outside of a formula, which only talks may have."""
        if self.reading.policy.html == "refused":
            hint = "write Markdown, or a formula: $…$"
            self.reading.fault(f"TeX outside of a formula isn't supported: {command}", at, hint, "raw-tex")

    # ------------------------------------------------------------ pictures
    def _image(self, attrs: dict[str, str], at: At) -> None:
        """Take the picture of an ``<img>``."""
        kept = tuple((key, attrs[key]) for key in ("width", "height") if attrs.get(key))
        kept = tuple((key, value + ("px" if value.isdecimal() else "")) for key, value in kept)
        alt = (("alt", attrs["alt"]),) if attrs.get("alt") else ()
        self.pictures.append(self.picture(attrs.get("src", ""), (), Attrs(pairs=(*kept, *alt)), at))

    def picture(self, target: str, alt: tuple[Inline, ...], attrs: Attrs, at: At) -> Picture | Box:
        """Return a picture for its place; in a talk, one from the web becomes a box with its address."""
        reading = self.reading
        target = reading.masked.restore(target)
        if reading.policy.html == "refused":
            check_attributes(reading, "picture", attrs, at)
            return Picture(resolve_target(reading, target, at), alt, attrs, at)
        if reading.habits.options:
            alt, attrs = marp.options(alt, attrs, at, reading)
        for name in (*(f".{c}" for c in attrs.classes), *(f"{k}=" for k, _ in attrs.pairs if k not in _KEPT)):
            reading.ignored.setdefault(name, at)
        attrs = Attrs(attrs.id, (), tuple((k, v) for k, v in attrs.pairs if k in _KEPT))
        if target.startswith(("http://", "https://", "//", "data:")):
            written = target.startswith("data:")
            shown = "a picture written into the text" if written else target
            message = f"the picture {target} isn't fetched from the web: its address stands in its place"
            if written:
                message = "a picture that is written into the text isn't shown: a box stands in its place"
            reading.report.warn(message, at, "save it beside the file and name it there", "web-picture")
            return Box(MISSING, alt, (Paragraph((Text(shown, at),), at),), at)
        check_attributes(reading, "picture", attrs, at, _KEPT)
        found = resolve_target(reading, target, at)
        if found or not target:
            return Picture(found, alt, attrs, at)
        title = alt or ((Text(attrs.get("alt"), at),) if attrs.get("alt") else ())
        return Box(MISSING, title, (Paragraph((Text(target, at),), at),), at)

    # ------------------------------------------------------------ attributes
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
                text = _printable(self._smart(token.content) if token.type == "text" else token.content)
                pieces = self.reading.masked.pieces(text, at)
                into.extend(pieces if self.reading.policy.html == "refused" else map(self._said, pieces))
            case "softbreak" if self.reading.habits.breaks:
                into.append(LineBreak(at))
            case "softbreak":
                last = into[-1] if into else None
                if isinstance(last, Text):
                    into[-1] = Text(last.text + " ", last.at)
                else:
                    into.append(Text(" ", at))
            case "hardbreak":
                into.append(LineBreak(at))
            case "code_inline":
                into.append(self._code(token, at, content, line))
            case "math_inline" | "math_single" | "math_inline_double":
                into.extend(self.formula(token.content, "$$" if "double" in token.type else "$", at))
            case "citation" | "odd_citation" | "citation_in_text" if self.reading.works is not None:
                written = self.reading.masked.restore(token.content)
                into.append(
                    self.reading.works.cite(f"[{written}]" if token.type == "citation" else written, at, self.reading)
                )
            case "citation":
                self._citation(token, at, into)
            case "odd_citation":
                self._odd_citation(token, at, into)
            case "footnote_ref":
                self._footnote(token, at, into)
            case "image" if self.reading.policy.html == "refused" and not self.alone:
                hint = "put it on a line of its own, with an empty line before and after"
                self.reading.fault("a picture is inside text", at, hint, "inline-picture")
            case "image":
                alt = self.nodes(token.children or [], token.content, line)
                attrs = self.attrs_of(token, content, line)
                self.pictures.append(self.picture(str(token.attrs.get("src", "")), alt, attrs, at))
            case "comment":
                self.comments.append((self.reading.masked.restore(token.content), at))
            case "tex":
                if token.info:
                    self.tex_in_kit(token.info.removeprefix("TeX "), at)
                    self.reading.lose(f"the command {token.info} has no effect", at)
                into.append(Text(token.content, at))
            case "value_unclosed" | "statement" | "comment_unclosed":
                self._leftover(token, into, content, line)

    def _code(self, token: Token, at: At, content: str, line: int) -> Text | CodeSpan:
        if self.reading.policy.html == "refused":
            self._check_braces(token, content, line, at)
        elif "braces" in token.meta and (other := _OTHER.match(content, token.meta["braces"])):
            self.reading.lose(f"source for another format (`…`{other[0]}) is left out", at)
            return Text("", at)
        cell = quarto.IN_LINE.fullmatch(token.content) if self.reading.habits.cells else None
        if cell:
            self.reading.lose(f"`{{{cell[1] or cell[2]}}} …` in a line isn't run; its code is shown", at)
        return CodeSpan(self.reading.masked.restore(cell[3] if cell else token.content), at)

    def formula(self, tex: str, dollars: str, at: At, *, display: bool = False) -> tuple[Inline, ...]:
        """Return a formula, with its values still to be filled in; one that isn't understood as it is typed, and named."""
        masked, opening = (
            self.reading.masked,
            "{{" if self.reading.policy.html == "refused" else "{{ ",
        )  # without a space: TeX's own
        values = {s: masked.values[s] for s in tex if s in masked.values and masked.raw[ord(s)].startswith(opening)}
        tex = "".join(sign if sign in values else masked.restore(sign) for sign in tex)
        if not self.reading.hold(limits.ELEMENTS, len(signs_of(tex)), at.line):
            return ()
        try:
            row = parsed(tex)
        except Unknown as unknown:
            self.reading.lose(f"a formula with {unknown} is shown as it is typed", at)
            return tuple(masked.pieces(f"{dollars}{' '.join(tex.split())}{dollars}", at))
        children = spoken(row, at, masked)
        if self.reading.policy.html == "read":
            self.reading.said.append((at, plain(children)))
        return (Math(Formula(row, display), children, at, tuple(values.items())),)

    def _smart(self, text: str) -> str:
        """Return text with pandoc's dashes and dots, or else with emoji by name."""
        if not self.reading.habits.pandoc:
            if EMOJI.search(text):
                return self._with_emoji(text)
            return text
        if "--" in text or "..." in text or "\\ " in text:
            for typed, shown in _DASHES:
                text = text.replace(typed, shown)
        return text

    def _with_emoji(self, text: str) -> str:
        """Return text with emoji in place of their names, which stay as typed if the package that knows them isn't installed."""
        try:
            import emoji
        except ModuleNotFoundError as missing:
            what, fix = lacking(missing.name or "")
            self.reading.report.warn(f"names such as :smile: stay as they are typed, since {what}", hint=fix)
            return text
        return emoji.emojize(text, language="alias", variant="emoji_type")

    def _said(self, node: Text | Value) -> Inline:
        """Return a node; a shortcode of Quarto, which was masked like a value, as what it stands for."""
        return node if isinstance(node, Text) or not quarto.is_shortcode(node) else quarto.shown(node, self.reading)

    def _citation(self, token: Token, at: At, into: list[Inline]) -> None:
        keys = tuple(key.removeprefix("@") for key in _SEPARATOR.split(self.reading.masked.restore(token.content)))
        known = self.reading.scope.sources
        missing = [key for key in keys if key not in known]
        for key in missing:
            message = f"there is no source with the key {key!r}"
            hint = (
                (did_you_mean(key, known) or "add it to sources.yaml") if self.reading.policy.unknown == "error" else ""
            )
            shown = "" if self.reading.policy.unknown == "error" else "; it is shown as written"
            self.reading.fault(f"{message}{shown}", at, hint, "unknown-source")
        if missing and self.reading.policy.unknown == "shown":
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
            into.append(self._numbered(FootnoteRef(self.read(note), at), token.content))
            self._in_footnote = False
        else:
            hint = did_you_mean(token.content, self.reading.footnotes) or f"add a line [^{token.content}]: text"
            self.reading.fault(f"there is no footnote [^{token.content}]", at, hint, "footnote")

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
            if self.reading.policy.html == "refused":
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


def _shown(children: tuple[Inline, ...], target: str) -> tuple[Inline, ...]:
    """Return the text of a link; an address itself has no "https://", and hyphens at which no line is broken."""
    match children:
        case (Text(text, at),) if "://" in target and text.rstrip("/") == target.rstrip("/"):
            return (Text(text.partition("://")[2].rstrip("/").replace("-", "\N{NON-BREAKING HYPHEN}"), at),)
    return children


def _is_address(target: str) -> bool:
    try:
        return bool(urlsplit(target))
    except ValueError:
        return False
