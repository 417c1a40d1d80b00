"""A small language for Office XML, as in ``el("a:off", x=1, y=2)``, and the only place where text is cleaned."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml gives its element type no public name
_PARSER = etree.XMLParser(remove_blank_text=True, resolve_entities=False)

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
    "pr": "http://schemas.openxmlformats.org/package/2006/relationships",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}

NEEDED_IN = {"mc:Choice": ("a14",)}  # namespaces that an element names in an attribute
UNPREFIXED = frozenset({"ct", "ep", "pr"})  # simple programs also read the package's own lists
# Characters that XML 1.0 can't contain; callers have already handled the vertical tab, which is a soft break here
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@cache
def name(tag: str) -> str:
    """Return ``prefix:local`` as ``{namespace}local``."""
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if local else tag


@cache
def _declarations(tag: str, *more: str) -> dict[Any, str]:
    prefixes = (tag.partition(":")[0], *more, *NEEDED_IN.get(tag, ()))
    return {None if prefix in UNPREFIXED else prefix: NAMESPACES[prefix] for prefix in prefixes}


def clean(text: str) -> str:
    r"""Return ``text`` without the characters that XML can't contain.

    >>> clean("a\x07b")
    'ab'
    """
    return text if text.isprintable() and text.isascii() else _FORBIDDEN.sub("", text)


def el(tag: str, *children: Element | None, text: str | None = None, **attributes: Any) -> Element:
    """Return an element.

    Args:
        tag: tag with its prefix, such as ``a:off``.
        children: children, appended in order; ``None`` is skipped.
        text: character content, which is cleaned.
        attributes: attributes; ``r_id`` means ``r:id``, ``m_val`` means ``m:val``, ``None`` is skipped, truth values become 1 and 0.
    """
    given, declared = {}, _declarations(tag)
    for key, value in attributes.items():  # a large deck has a million attributes
        if value is None:
            continue
        if type(value) is int:
            shown = str(value)
        elif isinstance(value, bool):
            shown = "1" if value else "0"
        else:
            shown = clean(value if type(value) is str else str(value))
        if key.startswith("r_"):
            key, declared = name(f"r:{key[2:]}"), _declarations(tag, "r")  # noqa: PLW2901 - the name that XML has for it
        elif key.startswith("m_"):
            key = name(f"m:{key[2:]}")  # noqa: PLW2901 - likewise
        given[key] = shown
    element = etree.Element(name(tag), given, declared)
    for child in children:
        if child is not None:
            element.append(child)
    if text is not None:
        element.text = clean(text)
    return element


def parse_xml(blob: bytes) -> Element:
    """Return the root of a part's XML, without spaces between elements; entities aren't expanded."""
    return etree.fromstring(blob, _PARSER)


def to_bytes(element: Element) -> bytes:
    """Return a whole part's XML with its declaration."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def as_text(element: Element) -> bytes:
    """Return an element's XML as it is written inside of an element of PresentationML."""
    holder = el("p:e")
    holder.append(element)
    written: bytes = etree.tostring(holder, encoding="UTF-8")
    return written[written.index(b">") + 1 : written.rindex(b"<")]


__all__ = ["NAMESPACES", "Element", "as_text", "clean", "el", "name", "parse_xml", "to_bytes"]
