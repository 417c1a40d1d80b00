"""A small language for Office XML, as in ``el("a:off", x=1, y=2)``, and the only place where text is cleaned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from lxml import etree


Parsed: TypeAlias = "etree._Element"  # noqa: SLF001 - lxml, which gives it no public name, is imported when XML is read
NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "ahyp": "http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "c15": "http://schemas.microsoft.com/office/drawing/2012/chart",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "ep": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "p159": "http://schemas.microsoft.com/office/powerpoint/2015/09/main",
    "pr": "http://schemas.openxmlformats.org/package/2006/relationships",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
# Namespaces that an element declares besides its own: it names one in an attribute, or has children in all of them
DECLARED = {"p:transition": ("p", "p14"), "p:sld": ("a", "p", "r"), "c:chartSpace": ("a", "c", "r")}
UNPREFIXED = frozenset({"ct", "ep", "pr"})  # simple programs also read the package's own lists
# Characters that XML 1.0 can't contain; callers have already handled the vertical tab, which is a soft break here
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@cache
def name(tag: str) -> str:
    """Return ``prefix:local`` as ``{namespace}local``."""
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if local else tag


def clean(text: str) -> str:
    r"""Return ``text`` without the characters that XML can't contain.

    >>> clean("a\x07b")
    'ab'
    """
    return text if text.isprintable() and text.isascii() else _FORBIDDEN.sub("", text)


class Element:
    """An element that we make, in a fifth of the time that lxml needs. It doesn't know its parent, so it may have several.

    Attributes:
        tag: tag with its prefix, such as ``a:off``.
        attributes: name, with its prefix if it has one -> value.
        text: character content before the children.
    """

    __slots__ = ("attributes", "children", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str], children: list[Element], text: str | None) -> None:
        self.tag, self.attributes, self.children, self.text = tag, attributes, children, text

    def iter(self, tag: str) -> Iterator[Element]:
        """Yield the elements with a tag, itself and those inside, in order."""
        if self.tag == tag:
            yield self
        for child in self.children:
            yield from child.iter(tag)


def el(tag: str, *children: Element | None, text: str | None = None, **attributes: Any) -> Element:
    """Return an element.

    Args:
        tag: tag with its prefix, such as ``a:off``.
        children: children, in order; ``None`` is skipped.
        text: character content, which is cleaned.
        attributes: attributes; ``r_id`` means ``r:id``, ``m_val`` means ``m:val``, ``None`` is skipped, truth values become 1 and 0.
    """
    given = {}
    for key, value in attributes.items():  # a large deck has a million attributes
        if value is None:
            continue
        if type(value) is int:
            shown = str(value)
        elif isinstance(value, bool):
            shown = "1" if value else "0"
        else:
            shown = clean(value if type(value) is str else str(value))
        given[key.replace("_", ":", 1) if key.startswith(("r_", "m_", "p14_")) else key] = shown
    return Element(tag, given, [c for c in children if c is not None], None if text is None else clean(text))


def parse_xml(blob: bytes) -> Parsed:
    """Return the root of a part's XML, without spaces between elements; entities aren't expanded."""
    from lxml import etree

    return etree.fromstring(blob, _parser())


@cache
def _parser() -> etree.XMLParser:
    from lxml import etree

    return etree.XMLParser(remove_blank_text=True, resolve_entities=False)


def parsed(element: Element) -> Parsed:
    """Return an element that can be put into XML that was read."""
    return parse_xml(to_bytes(element))


def to_bytes(root: Element | Parsed) -> bytes:
    """Return a whole part's XML with its declaration."""
    if isinstance(root, Element):
        return (_HEAD + _written(root, frozenset())).encode()
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def as_text(element: Element) -> bytes:
    """Return an element's XML as it is written inside of an element of PresentationML."""
    return _written(element, frozenset("p")).encode()


_HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


def _written(element: Element, known: frozenset[str]) -> str:
    pieces: list[str] = []
    _write(element, known, pieces)
    return "".join(pieces)


def _write(element: Element, known: frozenset[str], pieces: list[str]) -> None:
    """Append an element's XML to ``pieces``; it declares the prefixes that it needs and that aren't ``known``."""
    tag, needed = _written_tag(element.tag)
    given = ""
    for key, value in element.attributes.items():
        given += f' {key}="{value if value.isalnum() else _quoted(value)}"'
        if key.startswith("r:") and "r" not in needed:
            needed = (*needed, "r")
        if key == "Requires":
            needed = (*needed, value)
    head = "<" + tag
    if not known.issuperset(needed):
        for prefix in needed:
            if prefix not in known:
                head += f' xmlns{"" if prefix in UNPREFIXED else f":{prefix}"}="{NAMESPACES[prefix]}"'
        known = known.union(needed)
    head += given
    if not element.children and element.text is None:
        pieces.append(head + "/>")
        return
    pieces.append(f"{head}>{_escaped(element.text or '')}")
    for child in element.children:
        _write(child, known, pieces)
    pieces.append(f"</{tag}>")


@cache
def _written_tag(tag: str) -> tuple[str, tuple[str, ...]]:
    """Return a tag as it is written, and the prefixes that its element declares."""
    prefix, _, local = tag.partition(":")
    return local if prefix in UNPREFIXED else tag, DECLARED.get(tag, (prefix,))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quoted(value: str) -> str:
    return _escaped(value).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
