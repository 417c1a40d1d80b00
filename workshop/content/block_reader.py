"""Block tokens of the parser -> blocks of the model, with the fenced divs as a tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from markdown_it.token import Token
from msgspec.structs import replace

from workshop import limits
from workshop.constructs.construct import Place
from workshop.constructs.table import DIVS
from workshop.content.attribute_grammar import AttributeSyntaxError, parse_attributes
from workshop.content.dialect import tokens_of
from workshop.content.divs import CALLOUTS, OURS, UNSEEN, Break, Flow, OpenDiv, block_of, stepped
from workshop.content.html_tree import as_tree
from workshop.content.inline_reader import InlineReader
from workshop.content.mask import mask
from workshop.content.reading import ALL_MARKDOWN, Reading, check_attributes, find_file
from workshop.content.source_text import display, read_text, scalars, split_front_matter
from workshop.content.table_reader import TableReader
from workshop.content.tools import deckset, marp, quarto, remark, reveal, slidev
from workshop.content.vocabulary import SEEN
from workshop.errors import At, did_you_mean
from workshop.model.markup import (
    NO_ATTRS,
    Attrs,
    Block,
    CodeBlock,
    Div,
    Heading,
    Inline,
    Item,
    LineBreak,
    ListBlock,
    Paragraph,
    Pause,
    Quote,
    Strong,
    Text,
    Value,
)
from workshop.model.numbers import whole

DEEPEST_INCLUDE = 4
MAX_DIVS = 8
_DIV_WORD = re.compile(r"[\w-]*")
_INFO = re.compile(r"\s*([^\s{]*)\s*")
_TABLE = re.compile(r"\|[^\n]*\|[^\n]*\|[ \t]*(?:\n[ \t]*\|[^\n]*\|[ \t]*)+")  # without a row of dashes
_TAG_FIRST = re.compile(r"\s*</?[A-Za-z][^<>]*>")
_STEPS = re.compile(r"\{[^}=#]*\}.*")  # lines of Slidev to stand out, and its other options
_BRACED_LANGUAGE = re.compile(r"\{\s*([A-Za-z]\w*)\s*(?:[,}].*)?$", re.DOTALL)


class BlockReader:
    """Turns the tokens of one file into blocks.

    Args:
        reading: the file.
        tokens: the parser's tokens, without footnotes.
        slide_level: headings up to this level begin a slide or a section, and may not be in a div of a kit.
        depth: number of files around it that include it.
    """

    def __init__(self, reading: Reading, tokens: list[Token], slide_level: int, depth: int = 0) -> None:
        self.reading = reading
        self.tokens = tokens if reading.policy.html == "refused" else as_tree(tokens, slide_level)
        self.slide_level = slide_level
        self.depth = depth
        self.inline = InlineReader(reading)
        self._balanced = frozenset() if reading.policy.html == "refused" else _balanced(self.tokens)
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
                self._closed(divs, blocks, token, at)
            elif token.type == "heading_open":
                heading = self._heading(token, at)
                if top and heading.level <= self.slide_level and not any(div.closed for div in divs):
                    self._leave(divs, blocks, at)
                    into = blocks
                elif heading.level <= self.slide_level and self.reading.policy.html == "refused":
                    hint = "put it at the beginning of a line, or use a heading of a lower level"
                    self.reading.fault("a slide begins inside a list or a quote", at, hint, "heading")
                into.append(heading)
            elif token.type == "hr" and "keys" not in token.meta and any(div.closed for div in divs):
                pass  # a line across a box of a talk
            elif token.type == "hr":
                if top:
                    self._leave(divs, blocks, at)
                    blocks += self.begun(token.meta.get("keys", {}), at)
                else:
                    hint = "put it on a line of its own, without indentation"
                    self.reading.fault("a slide break is inside a list or a quote", at, hint, "slide-break")
            elif token.type == "keys":
                self.reading.footer = deckset.footer(token.content)
            else:
                into.extend(self._block(token, at))
        while divs:
            div = divs.pop()
            self._unclosed(div)
            (divs[-1].blocks if divs else blocks).extend(self._made(div))
        return blocks

    def _at(self, token: Token) -> At:
        return self.reading.at(token.map[0] + 1 if token.map else 0)

    # ------------------------------------------------------------ divs
    def _opened(self, token: Token, at: At, around: list[OpenDiv]) -> OpenDiv:
        closed, outer = self.position - 1 in self._balanced, around[-1].name if around else ""
        if "html" in token.meta:
            return self._html_div(token, at, outer)
        if "classes" in token.meta:
            return OpenDiv(name=remark.named(token.meta["classes"]), attrs=NO_ATTRS, at=at, closed=closed)
        attrs, name = self._div_attributes(token, at)
        if self.reading.policy.html == "refused":
            self._check_place(name, at, around)
        elif name == "column" and outer != "columns":
            name = ""
        return OpenDiv(name=name, attrs=attrs, at=at, closed=closed)

    def _check_place(self, name: str, at: At, around: list[OpenDiv]) -> None:
        """Report a div of a kit where it means nothing."""
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

    def _div_attributes(self, token: Token, at: At) -> tuple[Attrs, str]:
        word, brace, rest = token.content.partition("{")
        word, attrs, after = word.strip(), NO_ATTRS, ""
        if brace:
            try:
                attrs, end = parse_attributes(brace + rest)
                after = rest[end - 1 :].strip()
            except AttributeSyntaxError as error:
                self.reading.bad_attributes(error, at.line, token.content, len(token.content) - len(rest) - 1)
        attrs = self.inline.restored(attrs)
        named = Attrs(attrs.id, (word, *attrs.classes), attrs.pairs) if word and word not in attrs.classes else attrs
        name = next((c for c in named.classes if c in DIVS), next(iter(named.classes), ""))
        keys = (*DIVS[name].keys, *SEEN) if name in DIVS else ("title", *SEEN) if name in CALLOUTS else ()
        if self.reading.policy.html == "read":
            if name in DIVS:
                check_attributes(self.reading, "div", Attrs(attrs.id, (name,), attrs.pairs), at, keys)
        elif after or not _DIV_WORD.fullmatch(word):
            message = f"a div cannot open with {self.reading.masked.restore(token.content)!r}"
            self.reading.fault(message, at, "write ::: word or ::: {.word key=value}", "div")
        elif word and word not in OURS:
            self.reading.fault(f"no div is named {word!r}", at, did_you_mean(word, OURS), "unknown-name")
        else:
            known = (*OURS, *(DIVS[name].looks if name in DIVS else ()))
            own = Attrs(attrs.id, tuple(c for c in attrs.classes if c not in known), attrs.pairs)
            check_attributes(self.reading, "div", own, at, keys)
        return named, name

    def _closed(self, divs: list[OpenDiv], blocks: Flow, token: Token, at: At) -> None:
        if divs:
            div = divs.pop()
            if div.name in UNSEEN:
                self.reading.left_out.append((div.at, at.line))
            private = (
                div.name == "notes" and self.reading.policy.html == "read"
            )  # in whatever they stand, they are private
            (divs[-1].blocks if divs and not private else blocks).extend(self._made(div))
        elif self._left:
            div, begun = self._left.pop()
            message = f"a slide begins inside the div opened on line {div.at.line}"
            hint = "close the div before it, or use a heading of a lower level"
            self.reading.fault(message, begun, hint, "div")
        elif "html" not in token.meta:
            self.reading.fault("this ::: closes nothing", at, "remove it, or open a div with ::: word", "div")

    def _made(self, div: OpenDiv) -> tuple[Block, ...]:
        """Return what a closed div becomes."""
        inside = tuple(b for b in div.blocks if not isinstance(b, Break))
        if self.reading.policy.unknown == "error" and div.name in DIVS and (held := DIVS[div.name].holds):
            for block in inside:
                if not isinstance(block, Div) or block.name != held:
                    message, hint = f"::: {div.name} can only hold ::: {held}", f"put this into a ::: {held}"
                    self.reading.fault(message, getattr(block, "at", div.at), hint, "div")
        made = block_of(div, inside, self.reading)
        return made.blocks if not made.name and not made.attrs.pairs else (made,)

    def _leave(self, divs: list[OpenDiv], blocks: Flow, at: At) -> None:
        """Close all open divs because a slide begins; it turns out later whether the author forgot to close them."""
        self._left.extend((div, at) for div in divs)
        while divs:
            made = self._made(divs.pop())
            (divs[-1].blocks if divs else blocks).extend(made)

    def _unclosed(self, div: OpenDiv) -> None:
        shown = f"::: {div.name}" if div.name else ":::"
        ends = "" if self.reading.policy.unknown == "error" else ": it ends with its slide"
        self.reading.fault(
            f"the div opened here ({shown}) is not closed{ends}", div.at, "add a line :::", "unclosed-div"
        )

    # ------------------------------------------------------------ slides of other tools
    def begun(self, keys: Mapping[str, str], at: At) -> Flow:
        """Return what begins a slide, and what the keys under its rule say."""
        if keys.get("src"):
            return self._sourced(keys["src"], at)
        tool = {"slidev": slidev.begun, "remark": remark.begun}.get(self.reading.habits.name)
        if tool is None:
            return [Break(at)]
        attrs, blocks = tool(keys, at, self.reading)
        return [Break(at, attrs), *blocks]

    def _sourced(self, source: str, at: At) -> Flow:
        """Return the slides of the file that a slide of Slidev names, or those that are counted after ``#``."""
        name, _, wanted = source.partition("#")
        found = self._other(name, at)
        if found is None:
            return []
        reader, front = found
        parts: list[Flow] = []
        for block in (*reader.begun(front, at), *reader.read()):
            if isinstance(block, Break) or not parts:
                parts.append([])
            parts[-1].append(block)
        chosen = slidev.counted(wanted, len(parts))
        begins = [1, *(getattr(part[0], "at", at).line for part in parts[1:]), limits.KIT_LINES + 1]
        self.reading.left_out += [
            (reader.reading.at(begins[k - 1]), begins[k] - 1) for k in range(1, len(parts) + 1) if k not in chosen
        ]
        return [block for k, part in enumerate(parts, start=1) if k in chosen for block in part]

    def _other(self, name: str, at: At) -> tuple[BlockReader, dict[str, str]] | None:
        """Return the reader of another file that is shown here, and its front matter; ``None``, after reporting why, if it can't be read."""
        reading = self.reading
        found = find_file(reading, name)
        if not isinstance(found, Path):
            reading.fault(found[0], at, found[1], "missing-file")
            return None
        if self.depth >= DEEPEST_INCLUDE or not reading.report.has_room(*ALL_MARKDOWN):
            reading.fault(f"{name} is included too deep", at, "put it into the file itself", "include")
            return None
        text = read_text(found, reading.report)
        if text is None:
            return None
        front, body = split_front_matter(text)
        other = replace(reading, path=display(found), folder=found.parent, masked=mask(body, display(found)))
        return BlockReader(other, tokens_of(other) or [], self.slide_level, self.depth + 1), scalars(front or "")

    def _code_file(self, token: Token, at: At) -> list[Block]:
        """Return the file that ``<<<`` names as code."""
        name, _, region = token.content.partition("#")
        found = find_file(self.reading, name.removeprefix("@/"))
        if not isinstance(found, Path):
            self.reading.fault(found[0], at, found[1], "missing-file")
            return []
        text = read_text(found, self.reading.report)
        return (
            []
            if text is None
            else [CodeBlock(slidev.region_of(text, region), token.info or found.suffix[1:], NO_ATTRS, at)]
        )

    def _html_div(self, token: Token, at: At, outer: str) -> OpenDiv:
        """Return the div that a tag of HTML opens: columns if its classes say so, steps if they are clicks of Slidev."""
        attributes, tag = token.meta["attributes"], token.meta["html"]
        classes = tuple(attributes.get("class", "").split())
        name = next((c for c in classes if c in ("columns", "column", "notes")), "")
        name = "column" if outer == "columns" else "" if name == "column" else name
        if tag in slidev.ALL_CLICKS or "v-clicks" in attributes:
            name = "incremental"
        elif tag in slidev.CLICKS or "v-click" in attributes:
            name = name or "fragment"
        elif "-" in tag or tag[:1].isupper():
            self.reading.ignored.setdefault(f"<{tag}>", at)
        return OpenDiv(name=name, attrs=Attrs(classes=classes), at=at, closed=True)

    # ------------------------------------------------------------ blocks
    def _block(self, token: Token, at: At) -> list[Block]:
        match token.type:
            case "paragraph_open":
                return self._paragraph(token, at)
            case "bullet_list_open" | "ordered_list_open":
                return [self._list(token, at)]
            case "blockquote_open":
                return self._quote(at)
            case "table_open":
                return [self._table(at, None)]
            case "fence" | "code_block":
                return self._code(token, at)
            case "too_deep":
                if not self._reported_depth:
                    self._reported_depth = True
                    self.reading.error("lists and quotes are nested too deep here", at, "use fewer levels", "too-deep")
            case "comment":
                return self._comments([(self.reading.masked.restore(token.content), at)])
            case "raw":
                return self._raw(token, at)
            case "math_block":
                text = token.content.strip()
                dollars = "" if text.startswith("\\begin") else "$$"
                return [Paragraph(self.inline.formula(text, dollars, at, display=True), at)]
            case "pause":
                return [Pause(at)]
            case "slot":
                return [Div("slot", (), Attrs(pairs=(("name", token.content),)), at)]
            case "command" if token.content == "build-lists":
                return [Div("steps", (), Attrs(pairs=(("name", token.info),)), at)]
            case "code_file":
                return self._code_file(token, at)
            case "dl_open":
                return [self._definitions(at)]
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
        if token.markup == "-" and (self.reading.policy.html == "refused" or "\n" in inline.content):
            hint = "put an empty line before ---, or write the heading with #"
            self.reading.fault("dashes right under text make it a heading", at, hint, "heading")
        attrs = self.inline.attrs_of(inline, inline.content, at.line)
        if level > self.slide_level:
            check_attributes(self.reading, "heading", attrs, at)
        nodes = self.inline.read(inline)
        if nodes and isinstance(first := nodes[0], Text) and first.text.startswith(" "):  # a comment stood before it
            nodes = (replace(first, text=first.text.lstrip()), *nodes[1:])
        return Heading(level, nodes, attrs, at)

    def _quote(self, at: At) -> list[Block]:
        """Return a quotation; a list alone in it is pandoc's way to show it item by item."""
        blocks = self._blocks("blockquote_close")
        if len(blocks) == 1 and isinstance(blocks[0], ListBlock):
            return [Div("", stepped(blocks), NO_ATTRS, at)]
        return [Quote(blocks, at)]

    def _raw(self, token: Token, at: At) -> list[Block]:
        """Return what remains of an element of HTML, or of TeX, that isn't Markdown inside."""
        self.inline.tex_in_kit(token.info.removeprefix("TeX "), at)
        return [] if self.reading.policy.html == "refused" else quarto.raw_block(token, at, self.reading)

    def _comments(self, comments: list[tuple[str, At]]) -> list[Block]:
        if not self.reading.habits.comments:
            return []
        if self.reading.habits.comments == "slide":
            return [block for text, at in comments for block in reveal.comment(text, at, self.reading)]
        if self.reading.habits.comments == "last":
            return [Div("comment", marp.paragraphs(text, at), NO_ATTRS, at) for text, at in comments]
        found = [(block, text, at) for text, at in comments for block in marp.comment(text, at, self.reading)]
        self.reading.said += [
            (at, text) for block, text, at in found if isinstance(block, Div) and block.name == "notes"
        ]
        return [block for block, _, _ in found]

    def _paragraph(self, token: Token, at: At) -> list[Block]:
        inline = self._take()
        if token.meta.get("caption"):
            self.position += 1
            return [self._table(self._at(self.tokens[self.position - 1]), inline)]
        if inline.content == ". . .":
            return [Pause(at)]
        if _TABLE.fullmatch(inline.content):
            hint = "add |---|---| under its first line"
            self.reading.report.warn("this looks like a table", at, hint, "table")
        children = inline.children or []
        alone = any(c.type == "image" for c in children) and all(
            c.type in ("image", "softbreak", "hardbreak", "comment") or (c.type == "text" and not c.content.strip())
            for c in children
        )
        self.inline.alone = alone
        nodes = self.inline.read(inline)
        self.inline.alone = False
        pictures, comments = self.inline.taken()
        found: list[Block] = [*pictures]
        if not alone and any(not isinstance(node, Text) or node.text.strip() for node in nodes):
            nodes, included = self._without_includes(self._without_ends(nodes), at)
            found = [*([Paragraph(nodes, at)] if nodes else []), *found, *included]
        return [*marp.edges(found), *self._comments(comments)]

    def _without_ends(self, nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Return the nodes of a talk's paragraph without the breaks of lines at its beginning and end, which are only space."""
        kept = [
            k
            for k, node in enumerate(nodes)
            if not (isinstance(node, LineBreak) or (isinstance(node, Text) and not node.text.strip()))
        ]
        return nodes if self.reading.policy.html == "refused" else nodes[kept[0] : kept[-1] + 1] if kept else ()

    def _without_includes(self, nodes: tuple[Inline, ...], at: At) -> tuple[tuple[Inline, ...], list[Block]]:
        """Return nodes without ``{{< include >}}``, and the blocks of the files that are included."""
        if self.reading.policy.html == "refused":
            return nodes, []
        codes = [node.expr for node in nodes if isinstance(node, Value) and quarto.is_shortcode(node)]
        kept = tuple(node for node in nodes if not (isinstance(node, Value) and quarto.is_shortcode(node)))
        return kept, [block for code in codes for block in self._included(code, at)]

    def _included(self, code: str, at: At) -> list[Block]:
        found = self._other(next(iter(quarto.words_of(code.strip("<> "))[1:]), ""), at)
        return found[0].read() if found else []  # type: ignore[return-value]  # its slides become slides here

    # ------------------------------------------------------------ lists
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
        style = self.reading.styles.get(at.line, "") or ("1)" if ordered and token.markup == ")" else "")
        if self.reading.policy.html == "read":
            style = "plain" if items and all(item.checked is not None for item in items) else style
            items = [_ticked(item) if item.checked is not None else item for item in items]
        return ListBlock(tuple(items), ordered, 1 if start is None else start, at, style)

    def _item(self, at: At) -> Item:
        attrs, checked = NO_ATTRS, None
        if self.tokens[self.position].type == "paragraph_open":
            inline = self.tokens[self.position + 1]
            attrs = self.inline.attrs_of(inline, inline.content, at.line)
            check_attributes(self.reading, "item", attrs, at)
            checked = inline.meta.get("checked")
        return Item(self._blocks("list_item_close"), attrs, at, checked)

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

    def _table(self, at: At, before: Token | None) -> Block:
        table, self.position = TableReader(self.reading, self.inline, self.tokens).read(self.position, at, before)
        return table

    # ------------------------------------------------------------ code
    def _code(self, token: Token, at: At) -> list[Block]:
        if token.type == "fence" and self.reading.policy.html == "read":
            special = quarto.cell(token, at, self.reading, self.inline.picture)
            if special is not None:
                return special
        text = self.reading.masked.restore(token.content)
        if token.type == "code_block":
            if self.reading.policy.html == "read" and _TAG_FIRST.match(text):
                self.reading.lose("a tag after four spaces is code, and is shown: begin its line with it", at)
            return [CodeBlock(text, token.info, NO_ATTRS, at)]
        if token.map and not self._fence_is_closed(token, token.map[0], token.map[1]):
            ends = "" if self.reading.policy.unknown == "error" else ": it ends with its slide"
            self.reading.fault(
                f"the code fence opened here is not closed{ends}", at, f"add a line {token.markup}", "fence"
            )
        info = token.info.strip()
        if slidev.MOVING.match(info) and (states := slidev.states_of(text)):
            if len(states) > 1:
                self.reading.lose(f"code that moves through {len(states)} states (magic-move) is shown in the last", at)
            return [CodeBlock(*states[-1], NO_ATTRS, at)]
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
            if self.reading.policy.html == "refused" or not _STEPS.fullmatch(info[start:]):
                self.reading.bad_attributes(error, at.line, info)
            else:
                self._steps(info[start:], at)
            return language, NO_ATTRS
        self._steps(attrs.get("code-line-numbers"), at)
        return language or next(iter(attrs.classes), ""), self.inline.restored(attrs)

    def _steps(self, lines: str, at: At) -> None:
        """Name the steps in which a tool would show lines of code."""
        if "|" in lines:
            self.reading.lose("code that is shown in steps ({1|2-3}) is shown all at once", at)

    def _fence_is_closed(self, token: Token, first: int, end: int) -> bool:
        last = self.reading.masked.lines[min(end, len(self.reading.masked.lines)) - 1].strip("> \t")
        return end - first > 1 and last.startswith(token.markup) and not last.strip(token.markup[0])


def _ticked(item: Item) -> Item:
    """Return an item of a task list as text that begins with a box."""
    box = Text(f"{'☐☒'[bool(item.checked)]} ", item.at)
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
