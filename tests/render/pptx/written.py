"""Read elements as they would be written: XML without its namespace declarations."""

import re

from lxml import etree

DECLARATION = re.compile(r' xmlns:\w+="[^"]*"')


def xml(element) -> str:
    return DECLARATION.sub("", etree.tostring(element, encoding="unicode"))


def joined(*lines: str) -> str:
    """XML that is spread over lines, as one."""
    return "".join(line.strip() for line in lines)
