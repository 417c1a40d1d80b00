"""The Markdown parser of talks: our dialect, and what pandoc, Quarto and Marp add to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin
from msgspec.structs import replace

from workshop.constructs.table import DIVS
from workshop.content.block_reader import OpenDiv
from workshop.content.dialect import Dialect, tokens_of
from workshop.content.reading import Reading
from workshop.content.talks import talk_inline, talk_tables
from workshop.content.talks.talk_source import Prepared, prepared
from workshop.content.vocabulary import Tongue
from workshop.errors import At
from workshop.model.markup import (
    NO_ATTRS,
    Attrs,
    Block,
    Box,
    Div,
    Edge,
    FootnoteRef,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    Paragraph,
    Pause,
    Picture,
    TableBlock,
    Text,
)

# ---------------------------------------------------------------- syntax
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
            ruler.before("table", "html_lines", talk_inline.html_lines, {"alt": talk_inline.ENDS})
        if tongue.marp:
            self._as_marp()
            return
        if "|" in text:
            ruler.before("caption", "line_block", line_block, {"alt": ["blockquote"]})
        if "+-" in text or "--" in text:
            ruler.before("caption", "drawn_table", talk_tables.drawn_table, {"alt": talk_tables.ALSO_ENDS})
        if "\\" in text:
            ruler.before("fence", "tex_lines", talk_inline.tex_lines, {"alt": talk_inline.ENDS})
            self.inline.ruler.before("escape", "tex_command", talk_inline.tex_command)
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
    reading.tongue, reading.styles = tongue, dict(source.styles)
    return tokens_of(reading, ("talk", tongue.name), source.text, lambda: TalkDialect(tongue, source.text))


# ---------------------------------------------------------------- divs
# Divs of a talk: callouts, asides, steps, tabs, figures side by side; any other is its content.
CALLOUT = "callout-"
SHOWN_FOR = ("revealjs", "html", "html:js", "pptx", "slides")
KNOWN = frozenset(
    [
        "column",
        "columns",
        "callout",
        "r-stack",
        "r-fit-text",
        "r-hstack",
        "r-vstack",
        "center",
        "fragment",
        "incremental",
        "nonincremental",
        "aside",
        "footer",
        "panel-tabset",
        "content-visible",
        "content-hidden",
        "notes",
        "absolute",
        "layout",
        "refs",
        "hidden",
    ]
)


def block_of(div: OpenDiv, inside: tuple[Block, ...], reading: Reading) -> Div:
    """Return what a div becomes; what has no meaning here is its content."""
    attrs, at = div.attrs, div.at
    if div.name.startswith(CALLOUT):
        return _only(_callout(div, inside), at)
    if div.name in _SPECIAL:
        return _SPECIAL[div.name](div, inside, reading)
    if "layout-ncol" in attrs or "layout" in attrs:
        return _side_by_side(div, inside)
    if div.name == "columns":
        return _columns(div, inside)
    if div.name in DIVS:
        return Div(div.name, inside, attrs, at)
    for name in attrs.classes:
        if name not in KNOWN:
            reading.unknown("kind of div named", name, f".{name}", DIVS, at)
    if attrs.id.startswith(("tbl-", "fig-")):
        inside = _captioned(inside)
    if attrs.id == "refs":
        reading.lose("the list of references (::: {#refs}) is left out: bibliographies aren't read", at)
    return Div("", inside, NO_ATTRS, at)


def _only(block: Block, at: At) -> Div:
    return Div("", (block,), NO_ATTRS, at)


def _callout(div: OpenDiv, inside: tuple[Block, ...]) -> Box:
    given = div.attrs.get("title")
    title: tuple[Inline, ...] = (Text(given, div.at),) if given else ()
    if not title and inside and isinstance(inside[0], Heading):
        title, inside = inside[0].children, inside[1:]
    kind = div.name.removeprefix(CALLOUT).replace("-", " ").capitalize()
    return Box("callout", title or (Text(kind, div.at),), inside, div.at)


# ---------------------------------------------------------------- by name
def _aside(div: OpenDiv, inside: tuple[Block, ...], reading: Reading) -> Div:
    """Return a note without a marker at the foot of the slide; anything but text stays where it is."""
    if div.name == "footer":
        reading.lose("a footer of one slide (::: footer) is shown among the notes at its foot", div.at)
    words: list[Inline] = []
    others: list[Block] = []
    for block in inside:
        if isinstance(block, Paragraph):
            words += [Text(" ", block.at), *block.children] if words else block.children
        else:
            others.append(block)
    note = FootnoteRef(tuple(_one_line(words)), div.at)
    return Div("", (*others, Paragraph((note,), div.at)), NO_ATTRS, div.at)


def _one_line(nodes: Sequence[Inline]) -> list[Inline]:
    return [Text(" ", node.at) if isinstance(node, LineBreak) else node for node in nodes]


def _incremental(div: OpenDiv, inside: tuple[Block, ...], _reading: Reading) -> Div:
    return Div("", stepped(inside), NO_ATTRS, div.at)


def stepped(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks whose lists appear item by item."""
    found: list[Block] = []
    for block in blocks:
        if not isinstance(block, ListBlock):
            found.append(block)
            continue
        for k, item in enumerate(block.items):
            found += [Pause(item.at), replace(block, items=(item,), start=block.start + k, at=item.at)]
    return tuple(found)


def _fragment(div: OpenDiv, inside: tuple[Block, ...], _reading: Reading) -> Div:
    return Div("", (Pause(div.at), *inside), NO_ATTRS, div.at)


def _tabs(div: OpenDiv, inside: tuple[Block, ...], reading: Reading) -> Div:
    """Return tabs as columns, or one below the other if there are many."""
    tabs: list[list[Block]] = []
    for block in inside:
        if isinstance(block, Heading) or not tabs:
            tabs.append([])
        tabs[-1].append(block)
    how = "side by side" if 2 <= len(tabs) <= 3 else "one below the other"
    reading.lose(f"tabs (::: panel-tabset) are shown {how}", div.at)
    if not 2 <= len(tabs) <= 3:
        return Div("", inside, NO_ATTRS, div.at)
    return Div("columns", tuple(_column(tuple(tab), div.at) for tab in tabs), NO_ATTRS, div.at)


def _visible(div: OpenDiv, inside: tuple[Block, ...], _reading: Reading) -> Div:
    when, unless = div.attrs.get("when-format"), div.attrs.get("unless-format")
    holds = (when in SHOWN_FOR if when else True) and not (unless in SHOWN_FOR if unless else False)
    shown = holds if div.name == "content-visible" else not holds
    return Div("", inside if shown else (), NO_ATTRS, div.at)


def _hidden(div: OpenDiv, _inside: tuple[Block, ...], _reading: Reading) -> Div:
    return Div("", (), NO_ATTRS, div.at)


_SPECIAL = {
    "aside": _aside,
    "footer": _aside,
    "incremental": _incremental,
    "fragment": _fragment,
    "panel-tabset": _tabs,
    "content-visible": _visible,
    "content-hidden": _visible,
    "hidden": _hidden,
}


# ---------------------------------------------------------------- side by side
def _column(blocks: tuple[Block, ...], at: At, width: str = "") -> Div:
    pairs = (("width", width),) if width else ()
    return Div("column", blocks, Attrs(classes=("column",), pairs=pairs), at)


def _columns(div: OpenDiv, inside: tuple[Block, ...]) -> Div:
    """Return columns; what stands between them comes before them."""
    columns = tuple(block for block in inside if isinstance(block, Div) and block.name == "column")
    others = tuple(block for block in inside if block not in columns)
    if not columns:
        return Div("", inside, NO_ATTRS, div.at)
    made = Div("columns", columns, div.attrs, div.at)
    return Div("", (*others, made), NO_ATTRS, div.at) if others else made


def _side_by_side(div: OpenDiv, inside: tuple[Block, ...]) -> Div:
    number = int(div.attrs.number("layout-ncol", 2)) or 2
    caption: tuple[Block, ...] = ()
    if div.attrs.id and inside and isinstance(inside[-1], Paragraph):
        inside, caption = inside[:-1], inside[-1:]
    parts = _flat(inside)
    rows = [parts[k : k + number] for k in range(0, len(parts), number)]
    made = tuple(
        Div("columns", tuple(_column((part,), div.at) for part in row), NO_ATTRS, div.at) if len(row) > 1 else row[0]
        for row in rows
    )
    return Div("", (*made, *caption), NO_ATTRS, div.at)


def _flat(blocks: tuple[Block, ...]) -> list[Block]:
    """Return blocks with the content of divs that are nothing but their content."""
    return [part for b in blocks for part in (_flat(b.blocks) if isinstance(b, Div) and not b.name else [b])]


def _captioned(inside: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give a table, or a picture, the last paragraph of its div as its caption."""
    if len(inside) < 2 or not isinstance(inside[-1], Paragraph):
        return inside
    last, main = inside[-1], inside[-2]
    if isinstance(main, TableBlock) and not main.caption:
        return (*inside[:-2], replace(main, caption=last.children))
    if isinstance(main, Picture) and not main.alt:
        return (*inside[:-2], replace(main, alt=last.children))
    return inside


# ---------------------------------------------------------------- marp
# Marp's habits: comments that are notes or directives, options of pictures, pictures at a slide's edge.
_DIRECTIVE = re.compile(r"\s*[_$]?([a-zA-Z]+)\s*:\s*(.*)$")
_CLASS = re.compile(r"_class\s*:\s*\[?([\w ,-]+)\]?")
QUIET = frozenset(
    [
        "marp",
        "theme",
        "class",
        "paginate",
        "size",
        "math",
        "headingDivider",
        "lang",
        "title",
        "author",
        "description",
        "keywords",
        "url",
        "image",
        "style",
    ]
)
SEEN = frozenset(
    [
        "backgroundColor",
        "backgroundImage",
        "backgroundPosition",
        "backgroundRepeat",
        "backgroundSize",
        "color",
        "header",
        "footer",
    ]
)
_SIDE = re.compile(r"(left|right)(?::(\d+(?:\.\d+)?)%)?$")
_SIZE = re.compile(r"(w|h|width|height):(\S+)$")
_FILTER = re.compile(
    r"(blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)(?::\S+)?$"
)
_PLACES = ("cover", "contain", "fit", "auto", "vertical", "center", "top", "bottom", "fixed")
HALF = 50.0


def comment(text: str, at: At, reading: Reading) -> list[Block]:
    """Return the notes in a comment; directives are noted if they change what is seen."""
    text = text.strip()
    lines = [line for line in text.split("\n") if line.strip()]
    found = [_DIRECTIVE.match(line) for line in lines]
    if (classes := _CLASS.fullmatch(text)) and "lead" in classes[1].split():
        return [Div("lead", (), NO_ATTRS, at)]
    if text in ("fit", "") or (
        lines
        and all(
            (m and m[1] in QUIET | SEEN) or line.startswith((" ", "-")) for m, line in zip(found, lines, strict=True)
        )
    ):
        for match in found:
            if match and match[1] in SEEN and match[2].strip(" \"'"):
                reading.lose(f"the directive {match[1]}: has no effect", at)
        return []
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return [Div("notes", tuple(Paragraph((Text(p, at),), at) for p in paragraphs if p), Attrs(classes=("notes",)), at)]


def options(alt: tuple[Inline, ...], attrs: Attrs, at: At, reading: Reading) -> tuple[tuple[Inline, ...], Attrs]:
    """Take Marp's options out of the words in a picture's brackets, and return the rest and what they say."""
    text = "".join(node.text for node in alt if isinstance(node, Text))
    pairs, words, background = dict(attrs.pairs), list[str](), False
    for word in text.split():
        if word == "bg":
            background = True
        elif match := _SIZE.match(word):
            value = match[2] + ("px" if match[2].isdecimal() else "")
            pairs["width" if match[1].startswith("w") else "height"] = value
        elif _FILTER.match(word):
            if not (background and word.startswith("opacity")):
                reading.lose(f"the filter {word.partition(':')[0]} of a picture has no effect", at)
        elif background and (side := _SIDE.match(word)):
            pairs["marp"] = f"{side[1]} {side[2] or HALF}"
        elif not (background and (word in _PLACES or word.endswith("%"))):
            words.append(word)
    if background:
        pairs.setdefault("marp", "all 100")
        pairs.setdefault("alt", " ".join(words) or "background")
        pairs.pop("width", None)
        pairs.pop("height", None)
        return (), Attrs(attrs.id, attrs.classes, tuple(pairs.items()))
    if not words and text:
        pairs.setdefault("alt", "picture")
    kept: tuple[Inline, ...] = (Text(" ".join(words), at),) if words else ()
    return kept, Attrs(attrs.id, attrs.classes, tuple(pairs.items()))


def edges(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with each background picture as an ``Edge``."""
    return [_edge(block) if isinstance(block, Picture) and "marp" in block.attrs else block for block in blocks]


def _edge(picture: Picture) -> Edge:
    side, _, share = picture.attrs.get("marp").partition(" ")
    pairs = tuple(pair for pair in picture.attrs.pairs if pair[0] != "marp")
    own = replace(picture, attrs=Attrs(picture.attrs.id, (), pairs))
    return Edge(side=side, share=float(share), pictures=(own,) if own.target else (), at=picture.at)


def joined(found: Sequence[Edge]) -> Edge | None:
    """Return all background pictures of a slide as one ``Edge``."""
    if not found:
        return None
    side = next((edge for edge in found if edge.side != "all"), found[0])
    return replace(side, pictures=tuple(p for edge in found for p in edge.pictures))
