"""Whether the XML of a part follows the schemas of the standard (ECMA-376): elements, their order, attributes, values.

Newer programs write what the schemas don't know, in markup that others may skip (ECMA-376, part 3); it is skipped here,
too. Inside of an extension anything is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from workshop.files.package_file import NAMESPACES, Node

if TYPE_CHECKING:
    from lxml import etree

MOST, MOST_READ = 3, 50  # faults of one view of a part that are told; messages about it that are read
_FOLDER = Path(__file__).parent / "schemas"
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_XML = "http://www.w3.org/XML/1998/namespace"
_MC = f"{{{NAMESPACES['mc']}}}"
EITHER, CHOICE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
_PIECE = 1 << 14  # bytes that are validated at a time: it stops soon after the first fault, since there can be millions
# what PowerPoint itself writes and reads, although the schemas exclude it
_TOLERATED = re.compile(
    r"\}(?:axId|crossAx)', attribute 'val': '-\d{1,10}' "  # an identifier with a sign
    r"|\}buSzPct', attribute 'val': .*'(?:2[5-9]|[3-9]\d|[1-3]\d\d)\d{3}'"  # a size in thousandths of a percent
    r"|, attribute 'pitchFamily': .*'-?\d{1,3}'"
    r"|\}showDLblsOverMax': This element is not expected"
    r"|demanded by the strict wildcard"  # graphicData may hold what the schemas don't know
)
_WHERE = r"Element '(\S+)'(?:, attribute '(\S+)')?: "
_SAID = tuple(
    (re.compile(_WHERE + pattern, re.DOTALL), what, fix)
    for pattern, what, fix in (
        (r"This element is not expected\. Expected is (?:one of )?\( (.*?) \)", "{0} is in the wrong place", "only {2} may stand there"),
        (r"This element is not expected", "{0} is in the wrong place", "take it out"),
        (r"Missing child element.* \( (.*?) \)", "{0} is incomplete", "add {2} to it"),
        (r"The attribute '(\S+)' is required", "{0} lacks the attribute {2}", "add it"),
        (r"The attribute .* is not allowed", "{0} has an attribute {1}, which does not exist there", "take it out"),
        (r"\[facet 'pattern'\] The value '(.*?)' is not accepted", "{0} has {1}={2:.40}, which is not written as it must be", "write a value that is allowed"),
        (r"\[facet '\w+'\] The value '(.*?)' (.*)\.", "{0} has {1}={2:.40}, which {3:.200}", "write a value that is allowed"),
        (r"'(.*)' is not a valid value", "{0} has {1}={2:.40}, which is not a valid value", "write a value that is allowed"),
        (r"No matching global", "{0} can't be the root of a part", "give the part the root that its content type says"),
        (r"(.*)", "{0} is not valid: {2:.200}", "write it as the standard has it"),
    )
)  # fmt: skip
_DECLARED = re.compile(rb' xmlns(?::[^=\s]+)?="([^"]*)"')
_SHAPE = re.compile(rb'<\w+:cNvPr [^>]*?name="([^"]+)"')


class Fault(NamedTuple):
    """What is wrong with a part, in words, and how to fix it."""

    what: str
    fix: str


@cache
def _schemas() -> tuple[etree.XMLSchema, frozenset[str]]:
    """Return all schemas in one, and the namespaces that they describe."""
    from lxml import etree

    root, spaces = etree.Element(f"{_XSD}schema"), set()
    for file in sorted(_FOLDER.glob("*.xsd")):
        space = str(etree.parse(file).getroot().get("targetNamespace"))
        spaces.add(space)
        etree.SubElement(root, f"{_XSD}import", namespace=space, schemaLocation=file.as_uri())
    return etree.XMLSchema(root), frozenset(spaces)


def selected(root: Node, path: str) -> Any:
    """Return what an XPath selects, which can be nodes or values."""
    return root.xpath(path, namespaces=NAMESPACES)


def views(root: Node) -> tuple[Node, ...]:
    """Return a part as programs see it that know everything in it, and, if it differs, as the others see it."""
    if next(root.iter(EITHER), None) is None:
        return (root,)
    return _seen(root, CHOICE), _seen(root, FALLBACK)


def _seen(root: Node, branch: str) -> Node:
    seen = deepcopy(root)
    for either in reversed(list(seen.iter(EITHER))):  # the inner ones first
        parent = either.getparent()
        if parent is None:
            continue
        found = next((child for child in either if child.tag == branch), None)
        for child in list(found) if found is not None else ():
            either.addprevious(child)
        parent.remove(either)
    return seen


def faults_of(root: Node) -> Iterator[Fault]:
    """Yield the first faults of a part, for programs of either age; none if the standard says nothing about such a part."""
    from lxml import etree

    known = _schemas()[1]
    if _space(root.tag) not in known:
        return
    text = etree.tostring(root)
    if known.issuperset(space.decode() for space in _DECLARED.findall(text)):
        yield from _invalid(text)
    else:
        found = (fault for seen in views(root) for fault in _invalid(_without_foreign(seen)))
        yield from dict.fromkeys((*_misannounced(root), *found))


def _space(name: str | bytes) -> str:
    return str(name)[1:].partition("}")[0] if str(name).startswith("{") else ""


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _misannounced(root: Node) -> Iterator[Fault]:
    """Yield what programs can't skip although they don't know it: most of them then refuse the file."""
    announced = set()
    for node in selected(root, "//*[@mc:Ignorable or self::mc:Choice]"):
        key, declared = ("Requires" if node.tag == CHOICE else f"{_MC}Ignorable"), node.nsmap
        prefixes = str(node.get(key, "")).split()
        announced |= {declared.get(prefix) for prefix in prefixes}
        if missing := [prefix for prefix in prefixes if prefix not in declared]:
            yield Fault(f"{_local(key)} names the prefix {missing[0]:.40}, which is not declared", "declare it")
            return
    for node in _foreign(views(root)[-1]):
        if _space(node.tag) not in announced:
            what = f"{_local(str(node.tag)):.40} is of a newer standard, but not marked as such"
            yield Fault(what, "name its prefix in mc:Ignorable")
            return


def _foreign(root: Node) -> list[Node]:
    """Return the elements that the schemas don't know, except inside of others and of the two that may contain anything."""
    spaces = {f"n{k}": space for k, space in enumerate(_schemas()[1])}
    known = " or ".join(f"self::{prefix}:*" for prefix in spaces)
    inside = f"parent::*[({known}) and local-name() != 'ext' and local-name() != 'graphicData']"
    found: list[Node] = root.xpath(f"//*[not({known})][{inside}]", namespaces=spaces)  # type: ignore[assignment]
    return found


def _without_foreign(root: Node) -> bytes:
    """Return the XML of a part without anything that the schemas don't know."""
    from lxml import etree

    seen, known = deepcopy(root), _schemas()[1] | {"", _XML}
    for node in _foreign(seen):
        node.getparent().remove(node)  # type: ignore[union-attr]
    for node in selected(seen, "//*[@*[namespace-uri() != '']]"):
        for key in list(node.attrib):
            if _space(key) not in known:
                del node.attrib[key]
    return etree.tostring(seen)


def _invalid(text: bytes) -> Iterator[Fault]:
    if not any(new for _, new in _fed(text[start : start + _PIECE] for start in range(0, len(text), _PIECE))):
        return
    shape, read = "", 0
    told: set[tuple[str, ...]] = set()
    for tag, new in _fed(re.findall(rb"[^>]*>", text)):  # once more, to see in which shape it is
        named = _SHAPE.search(tag)
        shape = f"in {unescape(named[1].decode('ascii'))!r:.60}, " if named else shape
        for message in new:
            where, fault = _in_words(message)
            if where not in told and not _TOLERATED.search(message):
                yield Fault(shape + fault.what, fault.fix)
                told.add(where)
        read += len(new)
        if len(told) >= MOST or read >= MOST_READ:
            return


def _fed(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, list[str]]]:
    """Validate XML piece by piece, and yield each piece with what is said about it."""
    from lxml import etree

    parser, read = etree.XMLParser(schema=_schemas()[0]), 0
    try:
        for piece in pieces:
            parser.feed(piece)
            new = [error.message for error in parser.feed_error_log][read:]
            read += len(new)
            yield piece, new
    finally:
        with suppress(etree.XMLSyntaxError):
            parser.close()  # or its tree is kept until somebody looks for cycles


def _in_words(message: str) -> tuple[tuple[str, ...], Fault]:
    """Return element and attribute of a message of libxml2, and what it says; a wrong value has two messages."""
    short = re.sub(r"\{[^{}\s]*\}", "", message)
    for pattern, what, fix in _SAID:
        if found := pattern.match(short):
            words = [group or "" for group in found.groups()]
            return (*words[:2], what if words[1] == "" else ""), Fault(what.format(*words), fix.format(*words))
    return (short,), Fault(short, "write it as the standard has it")
