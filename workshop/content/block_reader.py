"""Block tokens of the parser -> blocks of the model, with the fenced divs as a tree, tables of which no cell is dropped silently, and pictures."""

from __future__ import annotations

import os
import re
from pathlib import Path

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from msgspec import Struct, field

from workshop import limits
from workshop.constructs.declared import Place
from workshop.constructs.table import DIVS
from workshop.content.inline_reader import InlineReader
from workshop.content.reading import Reading, Scope, check_attributes
from workshop.content.source_text import AttributeSyntaxError, parse_attributes
from workshop.content.vocabulary import CSV_SUFFIXES, SCHEMES, SEEN
from workshop.errors import At, did_you_mean
from workshop.inputs.door import find_inside
from workshop.model.markup import (
    NO_ATTRS,
    Attrs,
    Block,
    CodeBlock,
    Div,
    Heading,
    Inline,
    Item,
    ListBlock,
    Paragraph,
    Pause,
    Picture,
    Quote,
    TableBlock,
)
from workshop.model.numbers import whole

# ---------------------------------------------------------------- tables
# Table tokens -> a table block; no cell is dropped silently.
_ALIGN = "text-align:"
_WHOLE = re.compile(r"`[^`]+`|(?<!\\)\$(?=\S)[^$]*(?<=\S)\$")  # code, or a formula, within a cell
_BAR = re.compile(r"(?<!\\)\|")


class TableReader:
    """Reads the tokens of one table, with the caption before or after it."""

    def __init__(self, reading: Reading, inline: InlineReader, tokens: list[Token]) -> None:
        self.reading = reading
        self.inline = inline
        self.tokens = tokens

    def read(self, position: int, at: At, before: Token | None) -> tuple[TableBlock, int]:
        """Return the table whose first row begins at ``position``, and the position after it.

        Args:
            before: inline token of a caption before the table.
        """
        rows: list[tuple[tuple[Inline, ...], ...]] = []
        aligns: list[str] = []
        while (token := self.tokens[position]).type != "table_close":
            if token.type == "tr_open":
                cells: list[tuple[Inline, ...]] = []
                position += 1
                while self.tokens[position].type != "tr_close":
                    opening, inline = self.tokens[position], self.tokens[position + 1]
                    if not rows:
                        aligns.append(str(opening.attrs.get("style", "")).removeprefix(_ALIGN))
                    cells.append(self.inline.read(inline))
                    position += 3
                if token.map and rows:
                    self._check_width(token, token.map[0], len(aligns))
                rows.append(tuple(cells))
            position += 1
        position += 1
        caption = before
        if position < len(self.tokens) and self.tokens[position].type == "caption_open":
            caption = self.tokens[position + 1]
            position += 3
            if before is not None:
                self.reading.fault("this table has two captions", at, "keep one of them", "table")
        nodes: tuple[Inline, ...] = ()
        attrs = NO_ATTRS
        if caption is not None:
            line = caption.map[0] + 1 if caption.map else at.line
            attrs = self.inline.attrs_of(caption, caption.content, line)
            check_attributes(self.reading, "table", attrs, self.reading.at(line))
            nodes = self.inline.read(caption)
        return TableBlock(
            header=rows[0], rows=tuple(rows[1:]), aligns=tuple(aligns), caption=nodes, attrs=attrs, at=at
        ), position

    def _check_width(self, token: Token, line: int, columns: int) -> None:
        """Report a row with more cells than the header: the parser would drop them."""
        text = self.reading.masked.lines[line].strip()
        if token.level > 2 and not text.startswith("|"):
            return
        cells = escapedSplit(bars_kept(text) if (tongue := self.reading.tongue) and not tongue.marp else text)
        found = len(cells) - (cells[0] == "") - (len(cells) > 1 and cells[-1] == "")
        if found > columns:
            message = f"this row has {found} cells, and the header {columns}"
            self.reading.fault(message, self.reading.at(line + 1), r"a bar inside a cell is written \|", "table")


def bars_kept(line: str) -> str:
    r"""Return the line of a table with the bars of its code and formulas escaped: in talks, they don't end a cell.

    >>> bars_kept("| Bayes | $P(A|B)$ | `x|y` |")
    '| Bayes | $P(A\\|B)$ | `x\\|y` |'
    """
    return _WHOLE.sub(lambda found: _BAR.sub(r"\\|", found[0]), line)


# ---------------------------------------------------------------- pictures
# Targets of pictures: an exhibit, a CSV file, an exercise or a picture file, which must be inside the kit.
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+-]+):(?!\\)(.*)", re.DOTALL)
_EXHIBIT = re.compile(r"[\w-]+\.[\w.-]+")


def resolve_target(reading: Reading, target: str, at: At) -> str:
    """Return ``target`` with a file name made relative to the root; "" after reporting what is wrong with it.

    A file is looked up beside the source first, then below the root.
    """
    scheme = _SCHEME.match(target)
    if not target:
        reading.error("this picture names no file", at, "write ![what it shows](picture.png)", "missing-file")
    elif "{{" in target:
        reading.error("a picture's target cannot hold a value", at, "write the name out", "value")
    elif not scheme:
        return resolve_file(reading, target, at)
    elif scheme[1] == "exercise":
        reading.exercises.append((scheme[2], at))
        return target
    elif scheme[1] in SCHEMES:
        return _exhibit(reading, scheme[1], scheme[2], at)
    elif scheme[2].startswith("//") or scheme[1] == "data":
        reading.error("pictures are not fetched from the web", at, "save it beside the source", "missing-file")
    else:
        hint = did_you_mean(scheme[1], SCHEMES)
        reading.error(f"there is no kind of exhibit {scheme[1] + ':'!r}", at, hint, "unknown-exhibit")
    return ""


def _exhibit(reading: Reading, scheme: str, name: str, at: At) -> str:
    if name.lower().endswith(CSV_SUFFIXES):
        if scheme == "code":
            reading.error("code: shows a demo's source, not a CSV file", at, f"write table:{name}", "unknown-exhibit")
            return ""
        found = resolve_file(reading, name, at)
        return f"{scheme}:{found}" if found else ""
    if not _EXHIBIT.fullmatch(name):
        hint = f"write {scheme}:demo.exhibit" + ("" if scheme == "code" else f" or {scheme}:data/file.csv")
        reading.error(f"{scheme}:{name} names no exhibit", at, hint, "unknown-exhibit")
        return ""
    return f"{scheme}:{name}"


def resolve_file(reading: Reading, name: str, at: At) -> str:
    """Return the name of a file relative to the root; "" after reporting that there is none."""
    root = reading.scope.root
    for over in reading.scope.overlays:
        own = (reading.folder,) if reading.folder.is_relative_to(over) else ()
        found = find_inside(name, (*own, over), over)
        if isinstance(found, Path):
            reading.replaced.add(found)
            return relative(found, over)
    found = find_inside(name, (reading.folder, root), root, "the kit" if reading.scope.is_kit else "the file's folder")
    if isinstance(found, Path):
        return relative(found, root)
    reading.error(found[0], at, found[1], "missing-file")
    return ""


def find_laid(name: str, scope: Scope) -> Path | tuple[str, str]:
    """Return the file from the strongest overlay that has it, else the kit's; if there is none, a message and a hint."""
    for folder in scope.overlays:
        found = find_inside(name, (folder,), folder)
        if isinstance(found, Path):
            return found
    return find_inside(name, (scope.root,), scope.root)


def relative(path: Path, root: Path) -> str:
    """Return ``path`` relative to ``root``, with forward slashes."""
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:  # another drive on Windows
        return path.as_posix()


# ---------------------------------------------------------------- blocks
# Block tokens of the parser -> blocks of the model, with the fenced divs as a tree.
MAX_DIVS = 8
_DIV_WORD = re.compile(r"([\w-]+)\s*(?=\{|$)")
_INFO = re.compile(r"\s*([^\s{]*)\s*")
_BRACED_LANGUAGE = re.compile(r"\{\s*([A-Za-z]\w*)\s*(?:[,}].*)?$", re.DOTALL)


class Break(Struct, frozen=True):
    """``---`` at the top level: a slide begins here."""

    at: At


Flow = list[Block | Break]


class OpenDiv(Struct, kw_only=True):
    """A div that isn't closed yet, and what is in it so far."""

    name: str
    attrs: Attrs
    at: At
    blocks: list[Block | Break] = field(default_factory=list)
    closed: bool = False  # whether it is certain that it is closed, so that no heading in it begins a slide


class BlockReader:
    """Turns the tokens of one file into blocks.

    Args:
        reading: the file.
        tokens: the parser's tokens, without footnotes.
        slide_level: headings up to this level begin a slide or a section, and may not be in a div.
    """

    inline_reader: type[InlineReader] = InlineReader

    def __init__(self, reading: Reading, tokens: list[Token], slide_level: int) -> None:
        self.reading = reading
        self.tokens = tokens
        self.slide_level = slide_level
        self.inline = self.inline_reader(reading)
        self.position = 0
        self._left: list[tuple[OpenDiv, At]] = []  # divs inside which a slide began, and where
        self._reported_depth = False

    def read(self) -> Flow:
        """Return the blocks of the whole file in order."""
        flow = self._flow("", top=True)
        for div, _ in self._left:
            self._unclosed(div)
        return flow

    def _flow(self, end: str, *, top: bool = False) -> Flow:
        """Read up to the token ``end``, or to the end of the file."""
        blocks: Flow = []
        divs: list[OpenDiv] = []
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.position += 1
            if token.type == end:
                break
            into = divs[-1].blocks if divs else blocks
            at = self._at(token)
            if token.type == "div_open":
                divs.append(self._opened(token, at, divs))
            elif token.type == "div_close":
                self._closed(divs, blocks, at)
            elif token.type == "heading_open":
                heading = self._heading(token, at)
                if top and heading.level <= self.slide_level and not any(div.closed for div in divs):
                    self._leave(divs, blocks, at)
                    into = blocks
                elif heading.level <= self.slide_level and self.reading.scope.is_kit:
                    hint = "put it at the beginning of a line, or use a heading of a lower level"
                    self.reading.fault("a slide begins inside a list or a quote", at, hint, "heading")
                into.append(heading)
            elif token.type == "hr" and any(div.closed for div in divs):
                pass  # a line across a box of a talk
            elif token.type == "hr":
                if top:
                    self._leave(divs, blocks, at)
                    blocks.append(Break(at))
                else:
                    hint = "put it on a line of its own, without indentation"
                    self.reading.fault("a slide break is inside a list or a quote", at, hint, "slide-break")
            else:
                into.extend(self._block(token, at))
        for div in reversed(divs):
            self._unclosed(div)
        return blocks

    def _at(self, token: Token) -> At:
        return self.reading.at(token.map[0] + 1 if token.map else 0)

    # ------------------------------------------------------------ divs
    def _opened(self, token: Token, at: At, around: list[OpenDiv]) -> OpenDiv:
        attrs, name = self._div_attributes(token, at)
        outer = around[-1].name if around else ""
        declared = DIVS.get(name)
        if declared is not None and declared.place is Place.NOTES and around:
            hint = f"close the {outer or 'other'} div before it"
            self.reading.fault(f"::: {name} is inside another div", at, hint, "div")
        if declared is not None and declared.within and outer not in declared.within:
            outside = " or ".join(f"::: {part}" for part in declared.within)
            self.reading.fault(f"::: {name} is outside of {outside}", at, f"put it into {outside}", "div")
        if len(around) >= MAX_DIVS and not self._reported_depth:
            self._reported_depth = True
            self.reading.error(f"divs are nested more than {MAX_DIVS} deep", at, "close some of them", "too-deep")
        return OpenDiv(name=name, attrs=attrs, at=at)

    def _div_attributes(self, token: Token, at: At) -> tuple[Attrs, str]:
        content, word = token.content, ""
        if match := _DIV_WORD.match(content):
            word, content = match[1], content[match.end() :]
            if word not in DIVS:
                self.reading.fault(f"no div is named {word!r}", at, did_you_mean(word, DIVS), "unknown-name")
        attrs, end = NO_ATTRS, 0
        if content.startswith("{"):
            try:
                attrs, end = parse_attributes(content)
            except AttributeSyntaxError as error:
                offset = len(token.content) - len(content)
                self.reading.bad_attributes(error, at.line, token.content, offset)
                end = len(content)
        if content[end:].strip():
            message = f"a div cannot open with {self.reading.masked.restore(token.content)!r}"
            self.reading.fault(message, at, "write ::: word or ::: {.word key=value}", "div")
        attrs = self.inline.restored(attrs)
        name = word or next(iter(attrs.classes), "")
        check_attributes(self.reading, "div", attrs, at, (*DIVS[name].keys, *SEEN) if name in DIVS else ())
        if word and word not in attrs.classes:
            attrs = Attrs(attrs.id, (word, *attrs.classes), attrs.pairs)
        return attrs, name

    def _closed(self, divs: list[OpenDiv], blocks: Flow, at: At) -> None:
        if divs:
            div = divs.pop()
            (divs[-1].blocks if divs else blocks).extend(self._made(div))
        elif self._left:
            div, begun = self._left.pop()
            message = f"a slide begins inside the div opened on line {div.at.line}"
            hint = "close the div before it, or use a heading of a lower level"
            self.reading.fault(message, begun, hint, "div")
        else:
            self.reading.fault("this ::: closes nothing", at, "remove it, or open a div with ::: word", "div")

    def _made(self, div: OpenDiv) -> tuple[Block, ...]:
        """Return what a closed div becomes."""
        return (self._div(div),)

    def _div(self, div: OpenDiv) -> Div:
        inside = tuple(b for b in div.blocks if not isinstance(b, Break))
        if div.name in DIVS and (held := DIVS[div.name].holds):
            for block in inside:
                if not isinstance(block, Div) or block.name != held:
                    message, hint = f"::: {div.name} can only hold ::: {held}", f"put this into a ::: {held}"
                    self.reading.fault(message, getattr(block, "at", div.at), hint, "div")
        return Div(div.name, inside, div.attrs, div.at)

    def _leave(self, divs: list[OpenDiv], blocks: Flow, at: At) -> None:
        """Close all open divs because a slide begins; it turns out later whether the author forgot to close them."""
        blocks.extend(Div(div.name, (), div.attrs, div.at) for div in divs)
        self._left.extend((div, at) for div in divs)
        divs.clear()

    def _unclosed(self, div: OpenDiv) -> None:
        shown = f"::: {div.name}" if div.name else ":::"
        self.reading.error(f"the div opened here ({shown}) is not closed", div.at, "add a line :::", "unclosed-div")

    # ------------------------------------------------------------ blocks
    def _block(self, token: Token, at: At) -> list[Block]:
        match token.type:
            case "paragraph_open":
                return self._paragraph(token, at)
            case "bullet_list_open" | "ordered_list_open":
                return [self._list(token, at)]
            case "blockquote_open":
                return [Quote(self._blocks("blockquote_close"), at)]
            case "table_open":
                return [self._table(at, None)]
            case "fence" | "code_block":
                return self._code(token, at)
            case "too_deep":
                if not self._reported_depth:
                    self._reported_depth = True
                    self.reading.error("lists and quotes are nested too deep here", at, "use fewer levels", "too-deep")
            case "comment_unclosed":
                self.reading.error("the comment opened here is not closed", at, "add -->", "comment")
        return []

    def _blocks(self, end: str) -> tuple[Block, ...]:
        return tuple(block for block in self._flow(end) if not isinstance(block, Break))

    def _take(self) -> Token:
        """Return the current inline token and step over its closing token."""
        token = self.tokens[self.position]
        self.position += 2
        return token

    def _heading(self, token: Token, at: At) -> Heading:
        inline = self._take()
        level = int(token.tag[1:])
        if token.markup == "-" and (self.reading.scope.is_kit or "\n" in inline.content):
            hint = "put an empty line before ---, or write the heading with #"
            self.reading.fault("dashes right under text make it a heading", at, hint, "heading")
        attrs = self.inline.attrs_of(inline, inline.content, at.line)
        if level > self.slide_level:
            check_attributes(self.reading, "heading", attrs, at)
        return Heading(level, self.inline.read(inline), attrs, at)

    def _paragraph(self, token: Token, at: At) -> list[Block]:
        inline = self._take()
        if token.meta.get("caption"):
            self.position += 1
            return [self._table(self._at(self.tokens[self.position - 1]), inline)]
        children = inline.children or []
        if inline.content == ". . .":
            return [Pause(at)]
        spaces = {"softbreak", "hardbreak", "comment"}
        if any(c.type == "image" for c in children) and all(
            c.type == "image" or c.type in spaces or (c.type == "text" and not c.content.strip()) for c in children
        ):
            return [self._picture(c, inline, at) for c in children if c.type == "image"]
        nodes = self.inline.read(inline)
        return [Paragraph(nodes, at)] if nodes else []

    def _picture(self, image: Token, inline: Token, at: At) -> Picture:
        line = at.line + inline.content.count("\n", 0, image.meta.get("pos", 0))
        place = self.reading.at(line)
        attrs = self.inline.attrs_of(image, inline.content, at.line)
        check_attributes(self.reading, "picture", attrs, place)
        target = resolve_target(self.reading, self.reading.masked.restore(str(image.attrs.get("src", ""))), place)
        return Picture(target, self.inline.nodes(image.children or [], image.content, line), attrs, place)

    def _list(self, token: Token, at: At) -> ListBlock:
        ordered = token.type == "ordered_list_open"
        end = token.type.replace("open", "close")
        items: list[Item] = []
        while self.tokens[self.position].type != end:
            opening = self.tokens[self.position]
            self.position += 1
            items.append(self._item(self._at(opening)))
        self.position += 1
        start = whole(str(token.attrs.get("start", 1)), 0, limits.LIST_NUMBER - len(items) + 1) if ordered else 1
        if start is None:
            what = f"this list counts to more than {limits.LIST_NUMBER}, the most that a slide can show"
            self.reading.fault(what, at, "begin it with a smaller number", "number")
        return ListBlock(tuple(items), ordered, 1 if start is None else start, at)

    def _item(self, at: At) -> Item:
        attrs, checked = NO_ATTRS, None
        if self.tokens[self.position].type == "paragraph_open":
            inline = self.tokens[self.position + 1]
            attrs = self.inline.attrs_of(inline, inline.content, at.line)
            check_attributes(self.reading, "item", attrs, at)
            checked = inline.meta.get("checked")
        return Item(self._blocks("list_item_close"), attrs, at, checked)

    def _table(self, at: At, before: Token | None) -> Block:
        table, self.position = TableReader(self.reading, self.inline, self.tokens).read(self.position, at, before)
        return table

    def _code(self, token: Token, at: At) -> list[Block]:
        text = self.reading.masked.restore(token.content)
        if token.type == "code_block":
            return [CodeBlock(text, "", NO_ATTRS, at)]
        if token.map and not self._fence_is_closed(token, token.map[0], token.map[1]):
            self.reading.error("the code fence opened here is not closed", at, f"add a line {token.markup}", "fence")
        info = token.info.strip()
        language, attrs = "", NO_ATTRS
        if braced := _BRACED_LANGUAGE.match(info):
            language = braced[1]
        elif info.startswith("{="):
            self.reading.unknown("raw block", info, f"```{info}", (), at)
            return []
        else:
            language, attrs = self._info(info, at)
        check_attributes(self.reading, "code", Attrs(attrs.id, (), attrs.pairs), at)
        return [CodeBlock(text, language, attrs, at)]

    def _info(self, info: str, at: At) -> tuple[str, Attrs]:
        word = _INFO.match(info)
        language, start = (word[1], word.end()) if word else ("", 0)
        if not info[start:].startswith("{"):
            return self.reading.masked.restore(language), NO_ATTRS
        try:
            attrs, _ = parse_attributes(info, start)
        except AttributeSyntaxError as error:
            self.reading.bad_attributes(error, at.line, info)
            return language, NO_ATTRS
        return language or next(iter(attrs.classes), ""), self.inline.restored(attrs)

    def _fence_is_closed(self, token: Token, first: int, end: int) -> bool:
        last = self.reading.masked.lines[min(end, len(self.reading.masked.lines)) - 1].strip("> \t")
        return end - first > 1 and last.startswith(token.markup) and not last.strip(token.markup[0])
