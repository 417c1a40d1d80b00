"""Names of strict Open XML as the usual ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workshop.model.numbers import INCHES, decimal, measure
from workshop.model.theme import inches

if TYPE_CHECKING:
    from lxml import etree


# Strict Open XML, which Office writes on request, turned into the usual form as it is read.
#
# The two differ in namespaces, in how shares are written ("50%" instead of 50000), and in lengths with units.
_HOST = "http://purl.oclc.org/ooxml/"
_NAMESPACE = re.compile(re.escape(_HOST) + r"(\w+)/")
_WORDS = frozenset({"name", "descr", "title", "typeface"})
_HYPHENS = {"extendedProperties": "extended-properties", "customProperties": "custom-properties"}
_MOST = 1e6


def usual_name(name: str) -> str:
    """Return a namespace, or a type of relationship, in its usual form.

    >>> usual_name("http://purl.oclc.org/ooxml/presentationml/main")
    'http://schemas.openxmlformats.org/presentationml/2006/main'
    """
    head, slash, last = _NAMESPACE.sub(r"http://schemas.openxmlformats.org/\1/2006/", name).rpartition("/")
    return head + slash + _HYPHENS.get(last, last)


def usual(root: etree._Element) -> bytes | None:
    """Return a strict part in the usual form; ``None`` if it isn't strict."""
    if not any(str(space).startswith(_HOST) for space in root.nsmap.values()):
        return None
    from lxml import etree

    root.attrib.pop("conformance", "")
    plain_numbers(root)
    text = etree.tostring(root, encoding="unicode")
    return _NAMESPACE.sub(r"http://schemas.openxmlformats.org/\1/2006/", text).encode()


def plain_numbers(root: etree._Element) -> None:
    """Write shares and lengths of a part as whole numbers, which every program understands."""
    for node in root.iter():
        one = 1 if "/chart}" in str(node.tag) else 1000  # charts count in percent, all else in thousandths of it
        for key, value in node.attrib.items():
            if key not in _WORDS and str(value)[-1:] in "%nmtci":
                node.set(key, _number(str(value), one))


def _number(text: str, per_cent: int) -> str:
    """Return a share or a length as a whole number; anything else as it is."""
    share = decimal(text[:-1], -_MOST, _MOST) if text.endswith("%") else None
    if share is not None:
        return str(round(per_cent * share))
    number, unit = measure(text.removeprefix("-")) or (0, "")
    if unit not in INCHES:
        return text
    return ("-" if text.startswith("-") else "") + str(inches(number * INCHES[unit]))
