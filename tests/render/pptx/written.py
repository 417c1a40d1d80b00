"""Reads elements as they would be written: XML without its namespace declarations."""

import re

from lxml import etree

from workshop.render.office_xml import Element, parsed

DECLARATION = re.compile(r' xmlns:\w+="[^"]*"')


def xml(element) -> str:
    root = parsed(element) if isinstance(element, Element) else element
    return DECLARATION.sub("", etree.tostring(root, encoding="unicode"))


def joined(*lines: str) -> str:
    """Return XML that is spread over several lines as one line."""
    return "".join(line.strip() for line in lines)
