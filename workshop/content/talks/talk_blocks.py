"""Blocks of code that aren't only code: cells that Quarto runs, diagrams, and source of another format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from markdown_it.token import Token
from msgspec.structs import replace

from workshop.constructs.table import DIVS
from workshop.content.block_reader import BlockReader, Break, Flow, OpenDiv, resolve_target
from workshop.content.inline_reader import plain
from workshop.content.reading import Reading, check_attributes
from workshop.content.source_text import AttributeSyntaxError, display, mask, parse_attributes, read_text
from workshop.content.talks import syntax
from workshop.content.talks.syntax import block_of, joined, stepped
from workshop.content.talks.talk_inline import TalkInline, words_of
from workshop.content.vocabulary import SEEN
from workshop.errors import At
from workshop.inputs.door import find_inside
from workshop.layouts.statements import STATEMENT
from workshop.model.markup import (
    NO_ATTRS,
    Attrs,
    Block,
    Box,
    CodeBlock,
    Div,
    Edge,
    Heading,
    Inline,
    Item,
    ListBlock,
    Paragraph,
    Pause,
    Picture,
    Quote,
    Strong,
    Text,
    Value,
)

# ---------------------------------------------------------------- cells
_INFO = re.compile(r"\{\s*([A-Za-z]\w*)\s*(?:[,}\s].*)?$", re.DOTALL)
_OPTION = re.compile(r"\s*(?:#|//|%%)\|\s*([\w-]+):\s*(.*?)\s*$")
DIAGRAMS = {"mermaid": "Mermaid", "dot": "Graphviz", "plantuml": "PlantUML"}
OFF = ("false", "no", "FALSE", "F")


def cell(token: Token, at: At, reading: Reading) -> list[Block] | None:
    """Return what a fence becomes if it is a cell, a diagram or another format's source; ``None`` for plain code."""
    info = token.info.strip()
    text = reading.masked.restore(token.content)
    if info.startswith("{="):
        reading.lose(f"source for another format (```{info}) is left out", at)
        return []
    match = _INFO.match(info)
    name = (match[1] if match else info.split(maxsplit=1)[0] if info else "").lower()
    if name in DIAGRAMS:
        reading.lose(f"a diagram written in {name} isn't drawn: a box stands in its place", at)
        options, _ = _options(text)
        return [_stand_in(options.get("fig-cap", ""), f"Here is a diagram, written in {DIAGRAMS[name]}.", at)]
    options, code = _options(text)
    if not match or not (options or (reading.tongue is not None and reading.tongue.name == "quarto")):
        return None
    return _run(match[1], options, code, at, reading)


def _run(name: str, options: dict[str, str], code: str, at: At, reading: Reading) -> list[Block]:
    """Return the code of a cell, if it is to be shown, and a box for its result, if it has one to show."""
    if options.get("include") in OFF:
        return []
    found: list[Block] = []
    echo = options.get("echo", "true" if reading.echo else "false") not in OFF
    if echo:
        found.append(CodeBlock(code, name.lower(), NO_ATTRS, at))
    if options.get("eval") in OFF:
        return found
    reading.lose(f"cells of code (```{{{name}}}) aren't run: their results are missing", at)
    caption = options.get("fig-cap") or options.get("tbl-cap") or ""
    if caption or not echo:
        found.append(_stand_in(caption, f"Here is the result of a program in {name.capitalize()}.", at))
    return found


def _options(text: str) -> tuple[dict[str, str], str]:
    """Return the options on the first lines of a cell, and its code without them."""
    options: dict[str, str] = {}
    lines = text.split("\n")
    while lines and (match := _OPTION.match(lines[0])):
        options[match[1]] = match[2].strip("\"'")
        lines.pop(0)
    return options, "\n".join(lines)


def _stand_in(title: str, text: str, at: At) -> Box:
    return Box("stand-in", (Text(title, at),) if title else (), (Paragraph((Text(text, at),), at),), at)


def raw_block(token: Token, at: At, reading: Reading) -> list[Block]:
    """Return what remains of an element of HTML, or of TeX, that isn't Markdown inside: the address of a film or page."""
    reading.lose(f"{token.info} is left out", at)
    source = re.search(r"""\bsrc\s*=\s*["']?([^"'\s>]+)""", token.content)
    if token.info in ("<iframe>", "<video>", "<audio>", "<embed>") and source:
        return [_stand_in("", source[1], at)]
    return []


# ---------------------------------------------------------------- blocks
# Block tokens of a talk -> blocks: what pandoc, Quarto, Marp and HTML add to those of our dialect.
DEEPEST_INCLUDE = 3
_LOOKS = ("width", "height", "alt", "fig-alt", "link")
BOXES = ("☐", "☒")


class TalkReader(BlockReader):
    """Turns the tokens of a talk into blocks."""

    inline_reader = TalkInline
    inline: TalkInline
    depth = 0  # number of files around it that include it

    def read(self) -> Flow:
        """Return the blocks of the whole file in order."""
        self.inline.picture_of = self._pictures
        self._balanced = _balanced(self.tokens)
        return super().read()

    # ------------------------------------------------------------ divs
    def _opened(self, token: Token, at: At, around: list[OpenDiv]) -> OpenDiv:
        closed = self.position - 1 in self._balanced
        if "html" in token.meta:
            return replace(self._html_div(token, at, around), closed=closed)
        outer = around[-1].name if around else ""
        attrs, name = self._div_attributes(token, at)
        if name == "column" and outer != "columns":
            name = ""
        if name in DIVS and outer and DIVS[name].place.name == "NOTES":
            name = "aside"
        return OpenDiv(name=name, attrs=attrs, at=at, closed=closed)

    def _html_div(self, token: Token, at: At, around: list[OpenDiv]) -> OpenDiv:
        attributes: dict[str, str] = token.meta["attributes"]
        classes = tuple(attributes.get("class", "").split())
        outer = around[-1].name if around else ""
        name = next((c for c in classes if c in ("columns", "column", "notes")), "")
        name = "column" if outer == "columns" else "" if name == "column" else name
        if any(c.startswith(("column", "grid", "cols", "two-col")) for c in classes) and not name:
            name = "columns"
        return OpenDiv(name=name, attrs=Attrs(classes=classes), at=at)

    def _div_attributes(self, token: Token, at: At) -> tuple[Attrs, str]:
        word, _, rest = token.content.partition("{")
        word = word.strip()
        attrs = NO_ATTRS
        if rest:
            try:
                attrs, _end = parse_attributes("{" + rest)
            except AttributeSyntaxError as error:
                self.reading.bad_attributes(error, at.line, token.content, len(token.content) - len(rest) - 1)
        attrs = self.inline.restored(attrs)
        if word and word not in attrs.classes:
            attrs = Attrs(attrs.id, (word, *attrs.classes), attrs.pairs)
        name = next((c for c in attrs.classes if c in DIVS), next(iter(attrs.classes), ""))
        if name in DIVS:
            own = Attrs(attrs.id, (name,), attrs.pairs)
            check_attributes(self.reading, "div", own, at, (*DIVS[name].keys, *SEEN))
        return attrs, name

    def _made(self, div: OpenDiv) -> tuple[Block, ...]:
        inside = tuple(b for b in div.blocks if not isinstance(b, Break))
        made = block_of(div, inside, self.reading)
        return made.blocks if not made.name and not made.attrs.pairs else (made,)

    # ------------------------------------------------------------ blocks
    def _block(self, token: Token, at: At) -> list[Block]:
        match token.type:
            case "comment":
                return self._comments([(self.reading.masked.restore(token.content), at)])
            case "raw":
                return raw_block(token, at, self.reading)
            case "math_block":
                text = self.reading.masked.restore(token.content).strip()
                dollars = "" if text.startswith("\\begin") else "$$"
                return [Paragraph(self.inline.formula(text, dollars, at, display=True), at)]
            case "pause":
                return [Pause(at)]
            case "dl_open":
                return [self._definitions(at)]
            case "blockquote_open":
                return self._quote(at)
            case _:
                return super()._block(token, at)

    def _heading(self, token: Token, at: At) -> Heading:
        made = super()._heading(token, at)
        first = made.children[0] if made.children else None
        if isinstance(first, Text) and first.text.startswith(" "):  # a comment stood before it
            made = replace(made, children=(replace(first, text=first.text.lstrip()), *made.children[1:]))
        return made

    def _quote(self, at: At) -> list[Block]:
        """Return a quotation; a list alone in it is pandoc's way to show it item by item."""
        blocks = self._blocks("blockquote_close")
        if len(blocks) == 1 and isinstance(blocks[0], ListBlock):
            return [Div("", stepped(blocks), NO_ATTRS, at)]
        return [Quote(blocks, at)]

    def _comments(self, comments: list[tuple[str, At]]) -> list[Block]:
        if self.reading.tongue is None or not self.reading.tongue.marp:
            return []
        return [block for text, at in comments for block in syntax.comment(text, at, self.reading)]

    def _paragraph(self, token: Token, at: At) -> list[Block]:
        inline = self.tokens[self.position]
        if inline.content == ". . .":
            self._take()
            return [Pause(at)]
        if token.meta.get("caption"):
            return super()._paragraph(token, at)
        self._take()
        children = inline.children or []
        alone = any(c.type == "image" for c in children) and all(
            c.type in ("image", "softbreak", "hardbreak", "comment") or (c.type == "text" and not c.content.strip())
            for c in children
        )
        nodes = self.inline.read(inline)
        pictures, comments = self.inline.taken()
        found: list[Block] = [*pictures]
        if not alone and nodes and any(not isinstance(n, Text) or n.text.strip() for n in nodes):
            nodes_, included = self._without_includes(nodes, at)
            found = [*([Paragraph(nodes_, at)] if nodes_ else []), *found, *included]
        return [*syntax.edges(found), *self._comments(comments)]

    def _without_includes(self, nodes: tuple[Inline, ...], at: At) -> tuple[tuple[Inline, ...], list[Block]]:
        """Return nodes without ``{{< include >}}``, and the blocks of the files that are included."""
        kept: list[Inline] = []
        included: list[Block] = []
        for node in nodes:
            if isinstance(node, Value) and node.expr.startswith("<"):
                included += self._included(node.expr, at)
            else:
                kept.append(node)
        return tuple(kept), included

    def _included(self, code: str, at: At) -> list[Block]:
        name = next(iter(words_of(code.strip("<> "))[1:]), "")
        reading = self.reading
        found = find_inside(name, (reading.folder, reading.scope.root), reading.scope.root, "the file's folder")
        if not isinstance(found, Path):
            reading.error(found[0], at, found[1], "missing-file")
            return []
        if self.depth >= DEEPEST_INCLUDE:
            reading.fault(f"{name} is included too deep", at, "put it into the file itself", "include")
            return []
        text = read_text(found, reading.report)
        if text is None:
            return []
        from workshop.content.talks.syntax import talk_tokens

        masked = mask(text, display(found))
        tongue = reading.tongue
        assert tongue is not None
        other = replace(reading, path=display(found), folder=found.parent, masked=masked)
        reader = TalkReader(other, talk_tokens(other, tongue) or [], self.slide_level)
        reader.depth = self.depth + 1
        return reader.read()  # type: ignore[return-value]  # its slides become slides here

    # ------------------------------------------------------------ pictures
    def _pictures(self, target: str, alt: tuple[Inline, ...], attrs: Attrs, at: At) -> list[Picture | Box]:
        """Return a picture for its place; one from the web becomes a box with its address."""
        target = self.reading.masked.restore(target)
        if self.reading.tongue is not None and self.reading.tongue.marp:
            alt, attrs = syntax.options(alt, attrs, at, self.reading)
        for name in (*(f".{c}" for c in attrs.classes), *(f"{k}=" for k, _ in attrs.pairs if k not in _KEPT)):
            self.reading.ignored.setdefault(name, at)
        attrs = Attrs(attrs.id, (), tuple((k, v) for k, v in attrs.pairs if k in _KEPT))
        if target.startswith(("http://", "https://", "//", "data:")):
            shown = target if not target.startswith("data:") else "a picture written into the text"
            self.reading.report.warn(
                f"the picture {shown} isn't fetched from the web: its address stands in its place", at,
                "save it beside the file and name it there", "web-picture",
            )  # fmt: skip
            return [Box("stand-in", alt, (Paragraph((Text(shown, at),), at),), at)]
        check_attributes(self.reading, "picture", attrs, at, _KEPT)
        found = resolve_target(self.reading, target, at)
        return [Picture(found, alt, attrs, at)]

    # ------------------------------------------------------------ lists
    def _list(self, token: Token, at: At) -> ListBlock:
        made = super()._list(token, at)
        style = self.reading.styles.get(at.line, "")
        if made.ordered and not style and token.markup == ")":
            style = "1)"
        tasks = bool(made.items) and all(item.checked is not None for item in made.items)
        items = tuple(_ticked(item) if item.checked is not None else item for item in made.items)
        return replace(made, items=items, style="plain" if tasks else style)

    def _definitions(self, at: At) -> ListBlock:
        """Return a list of definitions: each term in bold, what it means one level below."""
        items: list[Item] = []
        while (token := self.tokens[self.position]).type != "dl_close":
            self.position += 1
            if token.type == "dt_open":
                where = self._at(token)
                nodes = self.inline.read(self._take())
                items.append(Item((Paragraph((Strong(nodes),), where),), NO_ATTRS, where))
            elif token.type == "dd_open":
                where = self._at(token)
                inner = ListBlock((Item(self._blocks("dd_close"), NO_ATTRS, where),), False, 1, where, style="plain")
                if items:
                    items[-1] = replace(items[-1], blocks=(*items[-1].blocks, inner))
        self.position += 1
        return ListBlock(tuple(items), False, 1, at, style="plain")

    def _code(self, token: Token, at: At) -> list[Block]:
        if token.type == "fence":
            special = cell(token, at, self.reading)
            if special is not None:
                return special
        return super()._code(token, at)


_KEPT = (*_LOOKS, "measure", "kind", "x", "y", "name", "log", "unit", "decimals", "marp", *SEEN)


def _ticked(item: Item) -> Item:
    """Return an item of a task list as text that begins with a box."""
    box = Text(f"{BOXES[bool(item.checked)]} ", item.at)
    first, *rest = item.blocks or (Paragraph((), item.at),)
    if isinstance(first, Paragraph):
        first = replace(first, children=(box, *first.children))
    return replace(item, blocks=(first, *rest), checked=None)


def _balanced(tokens: list[Token]) -> frozenset[int]:
    """Return the places of the tokens that open a div which is closed again."""
    open_: list[int] = []
    found: set[int] = set()
    for place, token in enumerate(tokens):
        if token.type == "div_open":
            open_.append(place)
        elif token.type == "div_close" and open_:
            found.add(open_.pop())
    return frozenset(found)


# ---------------------------------------------------------------- slides
# Slides of a talk: titles, pictures behind and beside them, slides that aren't shown.
BACKGROUND = (
    "background-color",
    "data-background-color",
    "background-video",
    "background-iframe",
    "background-gradient",
)

Titled = tuple[tuple[Inline, ...], Attrs]


def title_in(blocks: list[Block], title: tuple[Inline, ...], attrs: Attrs) -> Titled:
    """Take the first heading out of the blocks of a slide of Marp that has no title yet, and return title and attributes."""
    if title:
        return title, attrs
    place = next((k for k, block in enumerate(blocks) if isinstance(block, Heading)), None)
    if place is None:
        return title, attrs
    heading = blocks.pop(place)
    assert isinstance(heading, Heading)
    return heading.children, heading.attrs


def in_class(blocks: list[Block], attrs: Attrs) -> Attrs:
    """Give Marp's class "lead", and Quarto's "incremental", their effect on a slide."""
    lead = any(isinstance(block, Div) and block.name == "lead" for block in blocks)
    blocks[:] = [block for block in blocks if not (isinstance(block, Div) and block.name == "lead")]
    if lead and "layout" not in attrs and all(isinstance(b, Paragraph | Heading) or is_empty((b,)) for b in blocks):
        attrs = Attrs(attrs.id, attrs.classes, (*attrs.pairs, ("layout", STATEMENT.name)))
    if "incremental" in attrs.classes:
        blocks[:] = stepped(tuple(blocks))
        attrs = Attrs(attrs.id, tuple(name for name in attrs.classes if name != "incremental"), attrs.pairs)
    return attrs


def with_backgrounds(blocks: list[Block], attrs: Attrs) -> Attrs:
    """Take background pictures out of the blocks of a slide; one alone becomes ``background-image``, others stay one ``Edge``."""
    found = [block for block in blocks if isinstance(block, Edge)]
    blocks[:] = [block for block in blocks if not isinstance(block, Edge)]
    edge = joined(found)
    if edge is None:
        return attrs
    if edge.side == "all" and len(edge.pictures) == 1:
        return Attrs(attrs.id, attrs.classes, (*attrs.pairs, ("background-image", edge.pictures[0].target)))
    blocks.append(edge)
    return attrs


def is_shown(title: tuple[Inline, ...], attrs: Attrs, at: At, reading: Reading) -> bool:
    """Whether a slide is shown; one that is hidden is named."""
    if attrs.get("visibility", attrs.get("data-visibility")) != "hidden":
        return True
    reading.lose(f"the hidden slide “{plain(title)}” is left out", at)
    return False


def known(attrs: Attrs, at: At, reading: Reading) -> Attrs:
    """Return the attributes of a slide without those that mean nothing here; what would be seen is named."""
    pairs = []
    for key, value in attrs.pairs:
        if key in BACKGROUND:
            reading.lose(f"{key.removeprefix('data-')}= of a slide has no effect", at)
        elif key.startswith("data-background-image"):
            pairs.append(("background-image", value))
        else:
            pairs.append((key, value))
    return Attrs(attrs.id, attrs.classes, tuple(pairs))


def is_empty(blocks: Sequence[Block]) -> bool:
    """Whether nothing of some blocks is on the slide: they are notes, or there are none."""
    return all(isinstance(block, Div) and block.name == "notes" for block in blocks)
