"""HTML among Markdown: the elements of each slide as a tree, given back as balanced tokens, which the readers of Markdown know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import accumulate
from typing import Any, Literal

from lxml import etree
from markdown_it.token import Token

from workshop.content.html_source import DEEPEST, MARKER, NAMED, RAW, SLOT, VOID, group_end, is_tag, parsed
from workshop.content.rules.html import BLOCKS

Node = Any  # an element of lxml's, which has no public name; its tag is a function if it is a comment
_Comment = type(etree.Comment())
_BLOCKS = BLOCKS | {MARKER, "x-template"}
_GONE = frozenset((*RAW, "math", "head", "title", "link", "meta")) - {"form"}
_LOOKS = frozenset(
    [
        "b",
        "strong",
        "i",
        "em",
        "s",
        "del",
        "sub",
        "sup",
        "u",
        "ins",
        "code",
        "kbd",
        "tt",
        "mark",
        "a",
        "small",
        "big",
        "font",
        "strike",
        "span",
        "summary",
    ]
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEAD = frozenset({"summary", "dt", "legend"})  # their words stand above what belongs to them
_SIDE_BY_SIDE = re.compile(
    r"(?:^|[\s;:-])(?:inline-)?(?:flex|grid)\b|columns?\b|cols\b|two-col|side-by-side|\brow\b", re.IGNORECASE
)
_UPRIGHT = re.compile(r"flex-col\b|flex-direction:\s*column")
_TRACKS = re.compile(r"\bgrid-cols-(\d+)|grid-template-columns:\s*([^;]+)", re.IGNORECASE)
_REPEATED = re.compile(r"repeat\(\s*(\d+)\s*,(?:[^()]|\([^()]*\))*\)")
_OVER_CELLS = re.compile(r"(?:col|row)-span|grid-(?:column|row|area)\b")
LEAST_OF_TABLE = 3  # columns of a grid of plain cells that is read as a table
MOST_COLUMNS = 4
MOST_OF_CELL = 60  # characters of a cell of a table
LOWEST = 6  # level of a heading


def as_tree(tokens: Sequence[Token], slide_level: int) -> list[Token]:
    """Return the tokens of a file with the HTML of each slide as a tree: what is open at its end is closed there.

    Args:
        slide_level: headings up to this level begin a slide, unless they are in an element that is closed again.
    """
    if not any(token.type == "html_block" or is_tag(token) for token in tokens):
        return list(tokens)
    found: list[Token] = []
    part: list[Token] = []
    inside = _inside(tokens)
    for place, token in enumerate(tokens):
        heading = token.type == "heading_open" and int(token.tag[1:]) <= slide_level and place not in inside
        if token.level == 0 and (token.type == "hr" or heading):
            found += _balanced(part, slide_level)
            part = []
        if token.type == "hr" and token.level == 0:
            found.append(token)
        else:
            part.append(token)
    return found + _balanced(part, slide_level)


def _inside(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the places of the tokens that stand between a tag and the tag that closes it, on the same slide."""
    opened: list[int] = []
    deeper = [0] * (len(tokens) + 1)
    for place, token in enumerate(tokens):
        if token.type == "hr" and token.level == 0:
            opened.clear()
        elif is_tag(token) and token.type == "div_open":
            opened.append(place)
        elif is_tag(token):
            last = range(len(opened) - 1, max(len(opened) - DEEPEST, 0) - 1, -1)
            if (
                own := next((k for k in last if tokens[opened[k]].meta["html"] == token.meta["html"]), None)
            ) is not None:
                deeper[opened[own]] += 1
                deeper[place] -= 1
                del opened[own:]
    return frozenset(place for place, depth in enumerate(accumulate(deeper)) if depth > 0)


def _balanced(tokens: Sequence[Token], slide_level: int) -> list[Token]:
    if not any(token.type == "html_block" or is_tag(token) for token in tokens):
        return list(tokens)
    first = next((token.map[0] for token in tokens if token.map), 0)
    tree = _Tree(tokens, first, slide_level)
    tree.flow(parsed(tokens, first))
    return tree.found


class _Tree:
    """Walks over the elements of one slide, and writes tokens."""

    def __init__(self, tokens: Sequence[Token], first: int, slide_level: int) -> None:
        self.tokens, self.first, self.slide_level = tokens, first, slide_level
        self.found: list[Token] = []

    def flow(self, node: Node) -> None:
        """Write the content of an element: blocks, and the lines between them as paragraphs."""
        run: list[str | Node] = []
        line = begun = self._line(node)
        for part in _content(node):
            if isinstance(part, str):
                begun = begun if run else line + part[: len(part) - len(part.lstrip())].count("\n")
                line += part.count("\n")
                if run or part.strip():
                    run.append(part)
                continue
            line = self._line(part)
            begun = begun if run else line
            if _is_block(part) or (not run and _is_empty_component(part)):
                self._paragraph(run, begun)
                run = []
                self._block(part)
            else:
                run.append(part)
        self._paragraph(run, begun)

    def _line(self, node: Node) -> int:
        return self.first + (node.sourceline or 1) - 1

    def _push(self, kind: str, tag: str, nesting: Literal[-1, 0, 1], line: int) -> Token:
        token = Token(kind, tag, nesting, map=[line, line + 1], level=0)
        self.found.append(token)
        return token

    # ------------------------------------------------------------ blocks
    def _block(self, node: Node) -> None:
        tag, line = node.tag, self._line(node)
        if isinstance(node, _Comment):
            self._push("comment", "", 0, line).content = node.text or ""
        elif tag == MARKER:
            self._markdown(node)
        elif tag in _GONE or _is_empty_component(node):
            self._raw(node, line)
        elif tag in _HEADINGS and not any(map(_is_block, node)):
            level = min(max(int(tag[1]), self.slide_level + 1), LOWEST)  # only Markdown begins slides
            self._push("heading_open", f"h{level}", 1, line).markup = "#"
            self._inline(_content(node), line)
            self._push("heading_close", f"h{level}", -1, line)
        elif (tag == "p" or tag in _LEAD) and not any(map(_is_block, node)):
            self._paragraph([node] if tag in _LEAD else list(_content(node)), line)
        elif tag in ("ul", "ol") and _is_list(node):
            self._list(node, line)
        elif tag == "table" and (rows := _rows(node)):
            self._table(node, rows, line)
        elif tag == "blockquote":
            self._around("blockquote", node, line)
        elif tag == "pre":
            self._code(node, line)
        elif tag in ("html", "body"):
            self.flow(node)
        elif tag != "hr":
            self._div(node, line)

    def _markdown(self, node: Node) -> None:
        """Write the Markdown that a marker stands for; HTML in a list or a quote is a tree of its own."""
        place, end = int(node.get("i", "0")), int(node.get("j", "0"))
        inside = node.getparent() is not None and node.getparent().tag != "body"
        self.found.append(self._lowered(self.tokens[place]) if inside else self.tokens[place])
        if end > place + 1:
            self.found += _nested(self.tokens[place + 1 : end - 1], self.slide_level)
            self.found.append(self.tokens[end - 1])
        self.flow(node)  # what a parser put into it

    def _lowered(self, token: Token) -> Token:
        """Return a token; a heading in an element begins no slide."""
        if token.type != "heading_open" or int(token.tag[1:]) > self.slide_level:
            return token
        return replace(token, tag=f"h{self.slide_level + 1}")

    def _around(self, kind: str, node: Node, line: int) -> None:
        self._push(f"{kind}_open", str(node.tag), 1, line)
        self.flow(node)
        self._push(f"{kind}_close", str(node.tag), -1, line)

    def _raw(self, node: Node, line: int) -> None:
        token = self._push("raw", "", 0, line)
        token.info, token.content = f"<{_name(node)}>", etree.tostring(node, encoding="unicode", with_tail=False)
        for inner in node.iterdescendants(MARKER):
            self._markdown(inner)

    def _list(self, node: Node, line: int) -> None:
        kind = "bullet_list" if node.tag == "ul" else "ordered_list"
        opened = self._push(f"{kind}_open", str(node.tag), 1, line)
        if (node.get("start") or "").isdecimal():
            opened.attrs["start"] = int(node.get("start") or "1")
        for child in node.iterchildren("li"):
            self._around("list_item", child, self._line(child))
        self._push(f"{kind}_close", str(node.tag), -1, line)

    def _code(self, node: Node, line: int) -> None:
        code = node.find("code")
        classes = (node if code is None else code).get("class") or ""
        token = self._push("code_block", "", 0, line)
        token.content = "".join(node.itertext()).strip("\n") + "\n"
        token.info = classes.partition(" ")[0].removeprefix("language-")
        for inner in node.iterdescendants(MARKER):
            self._markdown(inner)

    def _table(self, node: Node, rows: Sequence[Sequence[Node]], line: int) -> None:
        caption = node.find("caption")
        if caption is not None:
            self._paragraph(list(_content(caption)), line)
        self._push("table_open", "table", 1, line)
        for number, row in enumerate(rows):
            cell = "td" if number else "th"
            self._push("tr_open", "tr", 1, line).map = None
            for place in range(max(map(len, rows))):
                self._push(f"{cell}_open", cell, 1, line)
                self._inline(_content(row[place]) if place < len(row) else (), line)
                self._push(f"{cell}_close", cell, -1, line)
            self._push("tr_close", "tr", -1, line)
        self._push("table_close", "table", -1, line)

    def _div(self, node: Node, line: int) -> None:
        """Write any other element as a div; elements that its class or style sets side by side, as columns or as a table."""
        if node.get(SLOT):
            self._push("slot", "", 0, line).content = node.get(SLOT) or ""
            self.flow(node)
            return
        rows = _side_by_side(node)
        if _is_table(rows):
            self._open(node, line, _attributes(node))
            self._table(node, rows, line)
            self._close(line)
            return
        for place, row in enumerate(rows):
            self._open(node, line, {**({} if place else _attributes(node)), "class": "columns"})
            for child in row:
                self._open(child, self._line(child), {"class": "column"}, name="div")
                self._block(child) if _is_block(child) else self._paragraph([child], self._line(child))
                self._close(line)
            self._close(line)
        if not rows:
            self._open(node, line, _attributes(node))
            self.flow(node)
            self._close(line)

    def _open(self, node: Node, line: int, attributes: dict[str, str], name: str = "") -> None:
        self._push("div_open", "div", 0, line).meta = {"html": name or _name(node), "attributes": attributes}

    def _close(self, line: int) -> None:
        self._push("div_close", "div", 0, line).meta = {"html": "div"}

    # ------------------------------------------------------------ lines
    def _paragraph(self, run: Sequence[str | Node], line: int) -> None:
        if any(part.strip() if isinstance(part, str) else _says(part) for part in run):
            self._push("paragraph_open", "p", 1, line)
            self._inline(run, line)
            self._push("paragraph_close", "p", -1, line)

    def _inline(self, run: Iterable[str | Node], line: int) -> None:
        """Write text and elements within it; white space is as a browser shows it."""
        children: list[Token] = []
        _write(run, children)
        for place, bare in ((0, str.lstrip), (-1, str.rstrip)):
            while children and children[place].type == "text":
                children[place].content = bare(children[place].content)
                if children[place].content:
                    break
                children.pop(place)
        token = self._push("inline", "", 0, line)
        token.children, token.content = children, "".join(c.content for c in children if c.type == "text")


def _nested(tokens: Sequence[Token], slide_level: int) -> list[Token]:
    """Return the tokens within a list or a quote; the HTML in each of its parts is a tree of its own."""
    if any(token.type == "html_block" or is_tag(token) for token in tokens if token.level == tokens[0].level):
        return _balanced(tokens, slide_level)
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        end = group_end(tokens, place)
        found.append(tokens[place])
        if end > place + 1:
            found += _nested(tokens[place + 1 : end - 1], slide_level)
            found.append(tokens[end - 1])
        place = end
    return found


def _write(run: Iterable[str | Node], into: list[Token]) -> None:
    last: str | Node = ""
    for part in run:
        if isinstance(part, str):
            if words := re.sub(r"\s+", " ", part):
                into.append(Token("text", "", 0, content=words, meta={"pos": 0}))
        else:
            apart = not isinstance(last, str) and not {last.tag, part.tag} <= _LOOKS - {"span"}
            if apart:
                into.append(Token("text", "", 0, content=" ", meta={"pos": 0}))
            _element(part, into)
        last = last if part == "" else part


def _element(node: Node, into: list[Token]) -> None:
    if isinstance(node, _Comment):
        into.append(Token("comment", "", 0, content=node.text or "", meta={"pos": 0}))
        return
    if not isinstance(node.tag, str):
        return
    shown = "".join(f' {key}="{escape(value)}"' for key, value in _attributes(node).items())
    into.append(Token("html_tag", "", 0, content=f"<{_name(node)}{shown}>", meta={"pos": 0}))
    if node.tag not in VOID:
        _write(_content(node), into)
        into.append(Token("html_tag", "", 0, content=f"</{_name(node)}>", meta={"pos": 0}))


def _content(node: Node) -> Iterator[str | Node]:
    if node.text:
        yield node.text
    for child in node:
        yield child
        if child.tail:
            yield child.tail


def _name(node: Node) -> str:
    return node.get(NAMED) or str(node.tag).removeprefix("x-")


def _attributes(node: Node) -> dict[str, str]:
    return {str(key): str(value) for key, value in node.attrib.items() if key != NAMED}


def _is_block(node: Node) -> bool:
    """Whether an element stands by itself, or has one in it that does."""
    if isinstance(node, _Comment):
        return False
    return isinstance(node.tag, str) and (
        node.tag in _BLOCKS
        or node.tag in _GONE
        or any(inner.tag in _BLOCKS or inner.tag in _GONE for inner in node.iterdescendants())
    )


def _says(node: Node) -> bool:
    """Whether there is anything to see, or to say, in an element."""
    return isinstance(node, _Comment) or any(
        inner.tag == "img"
        or inner.get(NAMED)
        or (inner.text or "").strip()
        or (inner is not node and (inner.tail or "").strip())
        for inner in node.iter(etree.Element)
    )


def _is_empty_component(node: Node) -> bool:
    return bool(node.get(NAMED)) and not len(node) and not (node.text or "").strip()


def _is_list(node: Node) -> bool:
    """Whether all that is in a list is in its items."""
    loose = (node.text or "").strip() or any((child.tail or "").strip() for child in node)
    items = [child.tag for child in node if not isinstance(child, _Comment)]
    return not loose and bool(items) and set(items) == {"li"}


def _rows(node: Node) -> list[list[Node]]:
    """Return the cells of a table, row by row; nothing if there is anything outside of its cells, or blocks in them."""
    rows = [row for tr in node.iter("tr") if (row := [cell for cell in tr if cell.tag in ("td", "th")])]
    cells = [cell for row in rows for cell in row]
    inside = {inner for cell in cells for inner in cell.iter()}
    inside |= {inner for caption in node.iterchildren("caption") for inner in caption.iter()}
    for inner in node.iter():
        if inner not in inside and not isinstance(inner, _Comment):
            if (inner.text or "").strip() or inner.tag not in (
                "table",
                "thead",
                "tbody",
                "tfoot",
                "tr",
                "colgroup",
                "col",
            ):
                return []
            if inner is not node and (inner.tail or "").strip():
                return []
    if any((cell.tail or "").strip() or any(map(_is_block, cell)) for cell in cells):
        return []
    return rows


def _side_by_side(node: Node) -> list[list[Node]]:
    """Return the elements that are set side by side, row by row; none if there is anything else, or one of them is more than a cell."""
    children = [child for child in node if isinstance(child.tag, str)]
    said = f"{node.get('class') or ''} ; {node.get('style') or ''}"
    loose = (node.text or "").strip() or any((child.tail or "").strip() for child in node)
    if loose or len(children) < 2 or any(c.tag == MARKER or c.tag in _GONE for c in children):
        return []
    if not _SIDE_BY_SIDE.search(said) or _UPRIGHT.search(said):
        return []
    wide = _tracks(said)
    if wide > 1 and len(children) > wide and not any(map(_is_over_cells, children)):
        rows = [children[k : k + wide] for k in range(0, len(children), wide)]
        return rows if wide <= MOST_COLUMNS or _is_table(rows) else []
    return [children] if len(children) <= MOST_COLUMNS else []


def _tracks(said: str) -> int:
    """Return how many columns a grid has; 0 if it doesn't say so.

    >>> _tracks("grid grid-cols-3"), _tracks("grid-template-columns: 1.8fr repeat(4, minmax(0, 1fr))"), _tracks("flex")
    (3, 5, 0)
    """
    found = _TRACKS.search(said)
    if found is None:
        return 0
    if found[1]:
        return int(found[1])
    tracks = _REPEATED.sub(lambda repeat: " 1fr" * min(int(repeat[1]), 99), found[2])
    return len(re.sub(r"\([^()]*\)|\[[^\]]*\]", "", tracks).split())


def _is_over_cells(node: Node) -> bool:
    return bool(_OVER_CELLS.search(f"{node.get('class') or ''} {node.get('style') or ''}"))


def _is_table(rows: Sequence[Sequence[Node]]) -> bool:
    """Whether a grid is rows of as many cells each, with nothing but words in them."""
    wide = len(rows[0]) if rows else 0
    return (
        len(rows) > 1
        and wide >= LEAST_OF_TABLE
        and all(len(row) == wide for row in rows)
        and not any(map(_is_block, (inner for row in rows for cell in row for inner in cell)))
        and all(len("".join(cell.itertext())) <= MOST_OF_CELL for row in rows for cell in row)
    )
