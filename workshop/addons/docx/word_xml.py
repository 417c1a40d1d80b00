"""A small language for the XML of Word."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

# A small language for WordprocessingML, as in ``el("w:jc", w_val="center")``, and lengths in its units.
Element = etree._Element  # noqa: SLF001 - lxml gives its element type no public name
NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "dc": "http://purl.org/dc/elements/1.1/",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "pr": "http://schemas.openxmlformats.org/package/2006/relationships",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_DECLARED = {prefix: NAMESPACES[prefix] for prefix in ("a", "m", "mc", "pic", "r", "w", "w14", "wp")}
_OTHER: dict[str, dict[Any, str]] = {prefix: {prefix: NAMESPACES[prefix]} for prefix in ("adec", "cp", "dc")} | {
    prefix: {None: NAMESPACES[prefix]} for prefix in ("ct", "pr")
}
# Characters that XML 1.0 can't contain
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MM = 36_000  # EMU
TWIPS_PER_MM = 1440 / 25.4


def twips(mm: float) -> int:
    """Return a length in millimetres in twentieths of a point.

    >>> twips(25.4)
    1440
    """
    return round(mm * TWIPS_PER_MM)


def half_points(points: float) -> int:
    """Return a size in points as Word counts it.

    >>> half_points(10.5)
    21
    """
    return round(2 * points)


def name(tag: str) -> str:
    """Return ``prefix:local`` as ``{namespace}local``."""
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def el(tag: str, *children: Element | None, text: str | None = None, **attributes: Any) -> Element:
    """Return an element.

    Args:
        tag: tag with its prefix, such as ``w:p``.
        children: children, appended in order; ``None`` is skipped.
        text: character content, without characters that XML can't contain.
        attributes: attributes; ``w_val`` means ``w:val``, ``None`` is skipped, truth values become 1 and 0.
    """
    given = {}
    for key, value in attributes.items():
        if value is None:
            continue
        prefix, _, local = key.partition("_")
        shown = ("0", "1")[value] if isinstance(value, bool) else str(value)
        given[name(f"{prefix}:{local}") if local else key] = _FORBIDDEN.sub("", shown)
    prefix = tag.partition(":")[0]
    element: Element = etree.Element(name(tag), given, nsmap=_OTHER.get(prefix, _DECLARED))
    for child in children:
        if child is not None:
            element.append(child)
    if text is not None:
        element.text = _FORBIDDEN.sub("", text)
    return element


def to_bytes(element: Element) -> bytes:
    """Return an element as a part."""
    content: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content
