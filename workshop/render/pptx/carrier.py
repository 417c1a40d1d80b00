"""The package of a deck, which python-pptx holds: parts with given names, their relations, and the same bytes each time.

What is ours in ``render.pptx``, and why python-pptx can't do it:

| ours | python-pptx |
|---|---|
| names of new parts, relations | looks through all parts, or all relations, for each new one: quadratic for long talks |
| walking the parts, writing the zip | recurses, so that 1,000 slides linked in a chain are too many; writes the time of day |
| masters, layouts, notes master | reads them, but can't make them |
| text of placeholders, boxes, notes | no list levels with their own marks, no raised letters, highlights or languages |
| tables | no borders of cells |
| drawings | no outlines with curves, no arrow heads, no alternative text, no mark for decoration |
| charts | no two kinds in one plot, no error bars, no labels bound to cells, no fixed inner plot |
| workbooks of charts | one fixed table per chart, without cells for labels and intervals |
| pictures | no SVG, no background of a slide |
| equations, timing, sections, properties of the file | no interface |
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.package import Part, PartFactory
from pptx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from pptx.opc.serialized import _ContentTypesItem
from pptx.package import Package

from workshop.files.bases import PROPERTIES, property_xml

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
STORED = frozenset({"png", "jpg", "jpeg", "gif", "xlsx"})  # they are compressed already
WRITTEN = (CT.PML_SLIDE, CT.PML_NOTES_SLIDE)
NONE: Mapping[str, Part] = MappingProxyType({})
NUMBERED = re.compile(r"(.*?)(\d+)\.\w+")


class OpenDeck:
    """A presentation of python-pptx that parts are added to.

    Attributes:
        package: its package.
        main: the part that stands for the whole document.
        cache: folder in which parts that are expensive to make are kept; ``None`` for none.
        layouts: our own layouts by their names; empty if they are read from the package.
    """

    def __init__(self, package: Package, cache: Path | None = None, layouts: Mapping[str, Part] = NONE) -> None:
        self.package, self.main = package, package.main_document_part
        self.cache, self.layouts = cache, layouts
        # The numbers in names are counted once, so that the next is found in constant time
        self._last: Counter[str] = Counter()
        for part in self.parts():
            if match := NUMBERED.fullmatch(part.partname):
                self._last[match[1]] = max(self._last[match[1]], int(match[2]))

    def add(self, name: str, kind: str, content: bytes) -> Any:
        """Return a new part, of python-pptx's class for its content type; ``%d`` in its name becomes the next free number."""
        start, numbered, end = name.partition("%d")
        if numbered:
            self._last[start] += 1
            name = f"{start}{self._last[start]}{end}"
        return new_part(self.package, name, kind, content)

    def parts(self) -> list[Part]:
        """Return each part once, in the order of their names."""
        found: dict[Part, None] = {}
        waiting = [self.package._rels]  # noqa: SLF001 - no public way
        while waiting:
            targets = [one.target_part for one in waiting.pop().values() if not one.is_external]
            waiting += [part.rels for part in dict.fromkeys(targets) if part not in found]
            found.update(dict.fromkeys(targets))
        return sorted(found, key=lambda part: _natural(part.partname))

    def freeze(self) -> bytes:
        """Return the package's bytes: fixed dates and attributes, and a property with the digest of all else, by which it is known again."""
        parts, buffer, known = self.parts(), io.BytesIO(), hashlib.sha256()
        members: list[tuple[PackURI, bytes]] = []
        for part in parts:
            members.append((part.partname, part.blob))
            if part.rels:
                members.append((part.partname.rels_uri, part.rels.xml))
        for name, content in members:
            known.update(name.encode() + content)
        named = self.add(f"/{PROPERTIES}", CT.OFC_CUSTOM_PROPERTIES, property_xml(known.hexdigest()))
        relate(self.package, RT.CUSTOM_PROPERTIES, named)
        with zipfile.ZipFile(buffer, "w") as target:
            _write(target, CONTENT_TYPES_URI, serialize_part_xml(_ContentTypesItem.xml_for([*parts, named])))
            _write(target, PACKAGE_URI.rels_uri, self.package._rels.xml)  # noqa: SLF001
            for name, content in (*members, (named.partname, named.blob)):
                _write(target, name, content)
        return buffer.getvalue()


def new_part(package: Package, name: str, kind: str, content: bytes) -> Any:
    """Return a part, of python-pptx's class for its content type; slides and notes keep their bytes: thousands of trees take much memory."""
    make = Part if kind in WRITTEN else PartFactory
    return make(PackURI(name), kind, package, content)


def relate(owner: Part | Package, kind: str, target: Part) -> str:
    """Relate to a part that isn't related yet, and return the id; ``relate_to`` would look for it first."""
    return owner._rels._add_relationship(kind, target)  # noqa: SLF001


def related(owner: Part | Package, kind: str) -> list[Part]:
    """Return the parts that something is related to by one kind, in the order of their relations."""
    return [one.target_part for one in owner._rels.values() if one.reltype == kind]  # noqa: SLF001


def _write(target: zipfile.ZipFile, name: PackURI, content: bytes) -> None:
    entry = zipfile.ZipInfo(name.membername, ZIP_DATE)
    entry.compress_type = zipfile.ZIP_STORED if name.ext.lower() in STORED else zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    target.writestr(entry, content)


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a sort key that puts slide 10 after slide 9."""
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in re.split(r"(\d+)", name)]
