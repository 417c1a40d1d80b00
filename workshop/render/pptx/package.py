"""A package in memory: its parts, their relations to each other, and its bytes, which depend on nothing else."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from msgspec import Struct

from workshop.render.office_xml import Element, Parsed, el, name, parse_xml, parsed, to_bytes

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN, PROPERTIES = OFFICE + "officeDocument", OFFICE + "extended-properties"
CORE_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
MASTER, LAYOUT, NOTES_MASTER = OFFICE + "slideMaster", OFFICE + "slideLayout", OFFICE + "notesMaster"
SLIDE, NOTES, IMAGE, CHART = OFFICE + "slide", OFFICE + "notesSlide", OFFICE + "image", OFFICE + "chart"
WORKBOOK, LINK, THEME = OFFICE + "package", OFFICE + "hyperlink", OFFICE + "theme"

PML = "application/vnd.openxmlformats-officedocument.presentationml."
SLIDE_TYPE, NOTES_TYPE, NOTES_MASTER_TYPE = PML + "slide+xml", PML + "notesSlide+xml", PML + "notesMaster+xml"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
# Parts of these kinds have their content type by suffix; they are already compressed, so they are only stored
MEDIA = frozenset({"png", "jpg", "jpeg", "gif", "xlsx"})
VECTOR = frozenset({"svg"})


class Packed(Struct, frozen=True):
    """A part's content as it stands in the file: deflated, unless its kind is compressed already.

    Attributes:
        size, crc: of the content before.
    """

    data: bytes
    size: int
    crc: int
    deflated: bool

    @property
    def blob(self) -> bytes:
        """The content as it was."""
        return zlib.decompress(self.data, -zlib.MAX_WBITS) if self.deflated else self.data


class Relation(Struct, frozen=True):
    """One relation of a part; ``kind`` is the URI of its type, ``target`` another part or the address of something outside."""

    kind: str
    target: Part | str


@dataclass(slots=True, eq=False)
class Owner:
    """What can have relations: a part, or the package itself.

    Attributes:
        name: the part's name, or "/" for the package.
        relations: id -> relation.
    """

    name: str
    relations: dict[str, Relation] = field(default_factory=dict, kw_only=True)

    def add(self, kind: str, target: Part | str) -> str:
        """Relate to something, and return the id."""
        number = len(self.relations) + 1
        while f"rId{number}" in self.relations:  # only if the ids of a template have gaps
            number -= 1
        self.relations[f"rId{number}"] = Relation(kind, target)
        return f"rId{number}"

    def relate(self, kind: str, target: Part | str) -> str:
        """Return the id of a relation, which is added if there is none like it."""
        same = (key for key, one in self.relations.items() if one.target == target and one.kind == kind)
        return next(same, "") or self.add(kind, target)

    def related(self, kind: str) -> list[Part]:
        """Return the parts that it is related to by one kind, in the order of their relations."""
        found = (one.target for one in self.relations.values() if one.kind == kind)
        return [target for target in found if isinstance(target, Part)]


@dataclass(slots=True, eq=False)
class Part(Owner):
    """A part; its name begins with a slash.

    Attributes:
        kind: content type.
        content: bytes, or the root of XML: of our own making, or read since somebody has changed or wants to change it.
    """

    kind: str
    content: bytes | Packed | Element | Parsed

    @property
    def root(self) -> Parsed:
        """The root of its XML as it was read, which may be changed."""
        if isinstance(self.content, bytes | Packed | Element):
            self.content = parse_xml(self.blob)
        return self.content

    def fill(self, tag: str, children: Sequence[Element]) -> None:
        """Give the first element with a tag these children instead of its own."""
        if isinstance(self.content, Element):
            next(self.content.iter(tag)).children[:] = children
            return
        holder = next(self.root.iter(name(tag)))
        holder[:] = parsed(el(tag, *children))
        for node, child in zip(holder, children, strict=True):
            node.text = child.text  # which is lost if it is empty

    def pack(self) -> None:
        """Keep the content as it stands in the file: the elements of a whole deck would take a hundred times the memory."""
        self.content = packed(self.name, self.blob)

    @property
    def blob(self) -> bytes:
        """Its content as bytes."""
        if isinstance(self.content, bytes | Packed):
            return self.content if isinstance(self.content, bytes) else self.content.blob
        return to_bytes(self.content)


class Package(Owner):
    """A package; its names are counted once, so that the next one is found in constant time."""

    __slots__ = ("_used",)

    def __init__(self) -> None:
        super().__init__("/")
        self._used: Counter[str] | None = None

    @property
    def main(self) -> Part:
        """The part that stands for the whole document."""
        return self.related(MAIN)[0]

    def next_name(self, template: str) -> str:
        """Return the next free name of a template such as ``/ppt/slides/slide%d.xml``."""
        if self._used is None:
            self._used = Counter()
            for part in self.parts():
                if match := re.fullmatch(r"(.*?)(\d+)(\.\w+)", part.name):
                    key = f"{match[1]}%d{match[3]}"
                    self._used[key] = max(self._used[key], int(match[2]))
        self._used[template] += 1
        return template % self._used[template]

    def parts(self) -> Iterator[Part]:
        """Yield each part once; without recursion, since a thousand slides may link in a chain."""
        seen: set[int] = set()
        waiting = [self.main, *_targets(self)]
        while waiting:
            part = waiting.pop()
            if id(part) not in seen:
                seen.add(id(part))
                yield part
                waiting += _targets(part)

    def freeze(self) -> bytes:
        """Return the package's bytes: parts in order of their names, fixed dates and attributes."""
        parts = sorted(self.parts(), key=lambda part: _natural(part.name))
        buffer = io.BytesIO()
        entries = [
            _written(buffer, "/[Content_Types].xml", _content_types(parts)),
            _written(buffer, "/_rels/.rels", _relations(self)),
        ]
        for part in parts:
            entries.append(_written(buffer, part.name, part.content if isinstance(part.content, Packed) else part.blob))
            if part.relations:
                folder, _, file = part.name.rpartition("/")
                entries.append(_written(buffer, f"{folder}/_rels/{file}.rels", _relations(part)))
        end = buffer.tell()
        with zipfile.ZipFile(buffer, "w") as target:  # it writes the list at the end
            target.filelist, target.start_dir = entries, end
        return buffer.getvalue()


def _targets(owner: Owner) -> list[Part]:
    return [one.target for one in owner.relations.values() if isinstance(one.target, Part)]


def packed(name: str, content: bytes) -> Packed:
    """Return the content of a part as it stands in the file."""
    size, crc, deflated = len(content), zlib.crc32(content), _suffix(name) not in MEDIA
    if deflated:
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        content = packer.compress(content) + packer.flush()
    return Packed(content, size, crc, deflated)


def _written(buffer: io.BytesIO, name: str, content: bytes | Packed) -> zipfile.ZipInfo:
    """Write an entry; ``zipfile`` itself would compress again what is packed already."""
    content = content if isinstance(content, Packed) else packed(name, content)
    entry = zipfile.ZipInfo(name[1:], ZIP_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED if content.deflated else zipfile.ZIP_STORED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    entry.header_offset = buffer.tell()
    entry.file_size, entry.compress_size, entry.CRC = content.size, len(content.data), content.crc
    buffer.write(entry.FileHeader())
    buffer.write(content.data)
    return entry


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a sort key that puts slide 10 after slide 9."""
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in re.split(r"(\d+)", name)]


def _relations(owner: Owner) -> bytes:
    """Return the list of an owner's relations, in the order of their numbers."""
    folder = owner.name.rpartition("/")[0] or "/"
    return to_bytes(
        el(
            "pr:Relationships",
            *(
                el(
                    "pr:Relationship",
                    Id=key,
                    Type=one.kind,
                    Target=_relative(one.target.name, folder) if isinstance(one.target, Part) else one.target,
                    TargetMode=None if isinstance(one.target, Part) else "External",
                )
                for key, one in sorted(owner.relations.items(), key=lambda item: _number(item[0]))
            ),
        )
    )


def _number(key: str) -> tuple[int, str]:
    return (int(key[3:]) if key.startswith("rId") and key[3:].isdigit() else 0, key)


def _relative(name: str, folder: str) -> str:
    """Return a part's name as seen from a folder."""
    above, _, last = name.rpartition("/")
    return f"{_way(above or '/', folder)}{last}"


@cache
def _way(target: str, folder: str) -> str:
    """Return the way from a folder to another, with a slash at its end; "" to itself."""
    return "" if target == folder else f"{posixpath.relpath(target, folder)}/"


def _content_types(parts: list[Part]) -> bytes:
    defaults = {"rels": RELATIONSHIPS, "xml": "application/xml"}
    overrides = []
    for part in parts:
        suffix = _suffix(part.name)
        if suffix in MEDIA | VECTOR and defaults.setdefault(suffix, part.kind) == part.kind:
            continue
        overrides.append((part.name, part.kind))
    return to_bytes(
        el(
            "ct:Types",
            *(el("ct:Default", Extension=suffix, ContentType=kind) for suffix, kind in sorted(defaults.items())),
            *(el("ct:Override", PartName=name, ContentType=kind) for name, kind in overrides),
        )
    )
