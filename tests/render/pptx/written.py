"""Reads elements as they would be written: XML without its namespace declarations."""

import re

from lxml import etree

DECLARATION = re.compile(r' xmlns:\w+="[^"]*"')


def xml(element) -> str:
    return DECLARATION.sub("", etree.tostring(element, encoding="unicode"))


def joined(*lines: str) -> str:
    """Return XML that is spread over several lines as one line."""
    return "".join(line.strip() for line in lines)
