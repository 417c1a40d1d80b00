"""The HTML of a slide as one text that any parser reads alike: tags with plain names, Markdown between them as markers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from html import escape

from lxml import etree
from markdown_it.token import Token

MARKER = "x-md"  # stands for the Markdown tokens from number ``i`` to before ``j``
NAMED = "x-name"  # attribute with the name of a component as it was typed
SLOT = "x-slot"  # attribute with the name of a slot of Slidev's
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
# What is in them isn't Markdown, and no word in it is said
RAW = ("style", "script", "iframe", "video", "audio", "svg", "object", "canvas", "form", "embed")
_TEXT_ALONE = frozenset({"script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes", "plaintext"})
_CLOSE_THEMSELVES = frozenset(["p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot"])
_ATTRIBUTES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
TAG = re.compile(rf"<(/?)([A-Za-z][\w.-]*(?::\w[\w.-]*(?=\s|/>))?)(?=[\s/>])({_ATTRIBUTES})>")
_PARTS = re.compile(rf"<!--.*?-->|{TAG.pattern}|<", re.DOTALL)
_PAIR = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_CLOSING = re.compile(r"</([A-Za-z]+)\s*>")
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
DEEPEST = 100  # libxml2 stops at 256 levels, and says nothing
_PARSER = etree.HTMLParser(recover=True, encoding="utf-8")


def is_tag(token: Token) -> bool:
    """Whether a token opens or closes an element of HTML on a line of tags, as pandoc reads them."""
    return token.type in ("div_open", "div_close") and "html" in token.meta


def parsed(tokens: Sequence[Token], first: int) -> etree._Element:
    """Return the tree of some tokens; each run of Markdown in it is a marker.

    Args:
        first: the line on which they begin, from 0; lines of the tree's nodes are counted from there.
    """
    text = _source(tokens, first)
    root = etree.fromstring(f"<html><body>{text}</body></html>".encode(), _PARSER)
    return etree.Element("body") if root is None else root


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag.

    >>> attributes('<img src="a.png" width=30%>')
    {'src': 'a.png', 'width': '30%'}
    """
    found = TAG.match(tag)
    root = etree.fromstring(f"<body>{_written(found)}</body>".encode(), _PARSER) if found else None
    node = next(root.iter(found[2].lower()), None) if found and root is not None else None
    return {} if node is None else {str(key): str(value) for key, value in node.attrib.items()}


def group_end(tokens: Sequence[Token], start: int) -> int:
    """Return the place after the block that begins at ``start``, with all that is in it."""
    end, depth = start + 1, int(tokens[start].nesting)
    while depth > 0 and end < len(tokens):
        depth += tokens[end].nesting
        end += 1
    return end


def _source(tokens: Sequence[Token], first: int) -> str:
    parts: list[str] = []
    cleaner, line, place = _Cleaner(), first, 0
    while place < len(tokens):
        token, end = tokens[place], place + 1
        if token.map and token.map[0] > line:
            parts.append("\n" * (token.map[0] - line))
            line = token.map[0]
        if token.type == "html_block":
            parts.append(cleaner.cleaned(token.content))
            line += token.content.count("\n")
        elif is_tag(token):
            parts.append(cleaner.cleaned(token.content))
        else:
            end = group_end(tokens, place)
            parts.append(f'<{MARKER} i="{place}" j="{end}"></{MARKER}>')
        place = end
    return "".join(parts)


class _Cleaner:
    """Writes tags as every parser reads them; it counts how deep they are, over all parts of a slide."""

    def __init__(self) -> None:
        self.depth = 0

    def cleaned(self, text: str) -> str:
        """Return HTML without what parsers read differently; its lines stay lines, and its words stay words."""
        closed = {name.lower() for name in _CLOSING.findall(text)}

        def one(found: re.Match[str]) -> str:
            if found[0].startswith("<!--"):
                return found[0]
            return self._tag(found, closed) if found[2] else "&lt;"

        return _PARTS.sub(one, text)

    def _tag(self, found: re.Match[str], closed: Collection[str]) -> str:
        name, void = found[2].lower(), found[2].lower() in VOID
        alone = void or found[3].rstrip().endswith("/")
        if name in _TEXT_ALONE and not found[1] and name not in closed:
            return ""  # it would take the rest of the slide for its text
        if not alone and name not in _CLOSE_THEMSELVES:
            self.depth = max(0, self.depth + (-1 if found[1] else 1))
            if not found[1] and self.depth > DEEPEST:
                return ""
        return _written(found)


def _written(found: re.Match[str]) -> str:
    """Return a tag with plain names; a component's own name becomes an attribute."""
    typed, lines = found[2], "\n" * found[0].count("\n")
    name = typed if typed.lower() == typed and not set(".:") & set(typed) else f"x-{re.sub('[.:]', '-', typed.lower())}"
    name = typed.lower() if typed.isupper() and typed.isalnum() else name
    name = "x-template" if name == "template" else name
    if found[1]:
        return f"</{name}>{lines}"
    pairs = [] if name == typed or typed.isupper() else [(NAMED, typed)]
    pairs += [pair for key, value in _PAIR.findall(found[3]) if (pair := _pair(key, value)) is not None]
    shown = "".join(f' {key}="{escape(value, quote=True)}"' for key, value in pairs)
    opened = f"<{name}{shown}>{lines}"
    return f"{opened}</{name}>" if found[3].rstrip().endswith("/") and name not in VOID else opened


def _pair(key: str, value: str) -> tuple[str, str] | None:
    """Return an attribute; ``None`` for one that only a program would read."""
    bare = value[1:-1] if value[:1] in ("'", '"') else value
    if key.startswith(("v-slot:", "#")):
        return SLOT, key.partition(":")[2] or key[1:]
    plain = bare.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return (key.lower(), plain) if _NAME.fullmatch(key) else None
