"""Opening a .pptx from any source: its size is limited, entities aren't expanded, and nothing is written to disk."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from msgspec import Struct, field

from workshop import limits
from workshop.errors import At, Problem, WorkshopError
from workshop.inputs.door import open_regular
from workshop.model import numbers

if TYPE_CHECKING:
    from lxml import etree
from workshop.files.strict_names import usual, usual_name

TREES = 12_000_000  # bytes of XML whose trees, which are many times larger, may be in memory at once
TAG = 48  # bytes of XML that a tag counts for at least, since its tree takes as much memory
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # for other methods, zipfile can't enforce the declared size
NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "pr": "http://schemas.openxmlformats.org/package/2006/relationships",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
TYPES_PART = "[Content_Types].xml"
Node: TypeAlias = "etree._Element"  # noqa: SLF001 - lxml, which gives it no public name, is imported when XML is read


class Relation(Struct, frozen=True):
    """One relationship of a part; ``target`` is a part name without leading slash, or a URL if ``external``."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: such as "slide" or "image"."""
        return self.type.rpartition("/")[2]


class PackageFile(Struct, kw_only=True):
    """The parts of a package; XML is parsed once.

    Attributes:
        at: the file, for problems.
        names: every entry of the zip, including duplicates.
        blobs: part name without leading slash -> content.
        size: bytes of all its parts, unpacked.
        unread: for a check, which goes on without them: parts that can't be read, each with its problem.
    """

    at: At
    names: tuple[str, ...]
    blobs: Mapping[str, bytes]
    size: int = 0
    unread: dict[str, Problem] | None = None
    _trees: dict[str, Node] = field(default_factory=dict)
    _weights: dict[str, int] = field(default_factory=dict)
    _read: int = 0  # bytes of the parts that were parsed
    _kept: int = 0  # weight of the trees that are kept
    _relations: dict[str, tuple[Relation, ...]] = field(default_factory=dict)

    def tree(self, name: str) -> Node:
        """Return a part's XML.

        Raises:
            WorkshopError: if it is missing, not XML, too big, or declares entities; what can't be ``unread`` is empty instead.
        """
        if self.unread and name in self.unread:
            return _empty()
        if name not in self._trees:
            if name not in self.blobs:
                raise refused(f"it has no part {name}", self.at)
            blob = self.blobs[name]
            if name not in self._weights:
                self._read += len(blob)
                self._weights[name] = max(len(blob), TAG * blob.count(b"<"))
            if self._read > limits.PACKAGE_XML:
                raise refused(f"its parts have more than {limits.PACKAGE_XML} of XML in all", self.at)
            if self._kept + self._weights[name] > TREES:
                self._trees.clear()
                self._kept = 0
            try:
                self._trees[name] = _parsed(blob, name, self.at)
            except WorkshopError as error:
                if self.unread is None:
                    raise
                self.unread[name] = error.problem
                return _empty()
            self._kept += self._weights[name]
        return self._trees[name]

    def relations(self, name: str) -> tuple[Relation, ...]:
        """Return the relationships of a part; "" means the package."""
        if name not in self._relations:
            folder, rels = name.rpartition("/")[0], rels_of(name)
            nodes = self.tree(rels).iterfind("pr:Relationship", NAMESPACES) if rels in self.blobs else ()
            self._relations[name] = tuple(_relation(node, folder) for node in nodes)
        return self._relations[name]

    def related(self, name: str, kind: str) -> str:
        """Return the first existing part that ``name`` is related to by ``kind``, or ""."""
        return next(self.all_related(name, kind), "")

    def all_related(self, name: str, kind: str) -> Iterator[str]:
        """Yield the existing parts that ``name`` is related to by ``kind``."""
        return (r.target for r in self.relations(name) if r.kind == kind and r.target in self.blobs)

    def numbered(self, name: str, number: object) -> str:
        """Return the existing part that ``name`` is related to under a number, or ""."""
        parts = (r.target for r in self.relations(name) if r.id == number and not r.external)
        return next((part for part in parts if part in self.blobs), "")

    def close(self) -> None:
        """Close the file; parts that are still wanted must have been read."""
        if isinstance(self.blobs, Blobs):
            self.blobs.close()

    def is_read(self, name: str) -> bool:
        """Whether a part and its relationships could be read."""
        return {name, rels_of(name)}.isdisjoint(self.unread or ())

    def parts(self) -> Iterator[str]:
        """Yield the names of all parts except the package's own lists."""
        for name in self.blobs:
            if name != TYPES_PART and not name.endswith(".rels") and not name.endswith("/"):
                yield name


def content_types(package: PackageFile) -> dict[str, str]:
    """Return the content type of each part, "" for those that have none."""
    types = package.tree(TYPES_PART)
    named = {
        str(node.get("PartName", "")).lstrip("/").lower(): str(node.get("ContentType", ""))
        for node in reversed(types.findall("ct:Override", NAMESPACES))
    }
    usual = {
        str(node.get("Extension", "")).lower(): str(node.get("ContentType", ""))
        for node in types.iterfind("ct:Default", NAMESPACES)
    }
    return {name: named.get(name.lower()) or usual.get(name.rpartition(".")[2].lower(), "") for name in package.parts()}


def rels_of(name: str) -> str:
    """Return the name of the part with the relationships of another one.

    >>> rels_of("ppt/presentation.xml")
    'ppt/_rels/presentation.xml.rels'
    """
    folder, _, file = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def whole(node: Node | None, key: str, default: int = 0) -> int:
    """Return an attribute as an integer of at most 64 bits; ``default`` if it is missing or isn't one."""
    number = numbers.whole(str(node.get(key, "")), -(2**63), 2**63 - 1) if node is not None else None
    return default if number is None else number


def refused(reason: str, at: At) -> WorkshopError:
    """Return the error for a file that isn't a readable presentation."""
    return WorkshopError(
        Problem(
            f"this is not a presentation that can be read: {reason}", at, hint="save it again as .pptx", code="package"
        )
    )


class Blobs(Mapping[str, bytes]):
    """Part name -> content, unpacked on each access, so that a deck's films needn't be in memory at the same time.

    Args:
        archive: an open zip file, after checking the sizes of its entries.
    """

    def __init__(self, archive: zipfile.ZipFile, at: At) -> None:
        self._archive, self._at = archive, at
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in archive.infolist():
            if not entry.is_dir():
                self._entries.setdefault(entry.filename, entry)

    def __getitem__(self, name: str) -> bytes:
        entry = self._entries[name]
        try:
            with self._archive.open(entry) as stream:
                return stream.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError) as error:
            raise refused(f"{name} is damaged", self._at) from error

    def close(self) -> None:
        """Close the zip file."""
        self._archive.close()

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def read_package(source: Path | bytes, name: str = "deck.pptx") -> PackageFile:
    """Read a file, or the bytes of a file called ``name``; every entry is unpacked once, to check that it is intact.

    Raises:
        WorkshopError: for anything that isn't a readable zip file of reasonable size.
    """
    at = At(source.as_posix() if isinstance(source, Path) else name)
    try:
        if isinstance(source, Path):
            open_regular(source, limits.PACKAGE_BYTES).close()
        archive = zipfile.ZipFile(source if isinstance(source, Path) else io.BytesIO(source))
    except FileNotFoundError as error:
        raise WorkshopError(
            Problem("there is no such file", at, hint="check its name and its folder", code="missing-file")
        ) from error
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error) as error:
        raise refused(_reason(error), at) from error
    _weigh([entry for entry in archive.infolist() if not entry.is_dir()], at)
    blobs = Blobs(archive, at)
    size = sum(len(blobs[part]) for part in blobs)
    return PackageFile(at=at, names=tuple(archive.namelist()), blobs=blobs, size=size)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or "it cannot be opened"
    return "it is not a zip file"


def _weigh(entries: Sequence[zipfile.ZipInfo], at: At) -> None:
    """Refuse what can't be a presentation according to the zip's own list, before unpacking anything."""
    if len(entries) > limits.PACKAGE_PARTS:
        raise refused(f"it has {len(entries):,} entries", at)
    for entry in entries:
        if entry.flag_bits & 1:
            raise refused("it is encrypted", at)
        if entry.compress_type not in METHODS:
            raise refused(f"{entry.filename} is compressed by a method that presentations do not use", at)
        if _too_big(entry.file_size, entry.compress_size):
            raise refused(f"{entry.filename} unpacks to {limits.megabytes(entry.file_size)}", at)
    unpacked = sum(entry.file_size for entry in entries)
    if _too_big(unpacked, sum(entry.compress_size for entry in entries)):
        raise refused(f"its {len(entries):,} entries unpack to {limits.megabytes(unpacked)}", at)


def _too_big(unpacked: int, packed: int) -> bool:
    shrank = unpacked > limits.BOMB_BYTES and unpacked / max(packed, 1) > limits.BOMB_RATIO
    return unpacked > limits.UNPACKED_BYTES or shrank


def _empty() -> Node:
    from lxml import etree

    return etree.Element("unread")


def _parsed(blob: bytes, name: str, at: At) -> Node:
    if len(blob) > limits.PART_BYTES:
        raise refused(f"{name} is {limits.megabytes(len(blob))} of XML; the limit is {limits.PART_BYTES}", at)
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(blob, parser)
    except etree.XMLSyntaxError as error:
        raise refused(f"{name} is not valid XML", at) from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise refused(f"{name} declares a document type", at)
    if any(len(node.attrib) > limits.ATTRIBUTES for node in root.iter()):  # reading them takes quadratic time
        raise refused(f"{name} has an element of more than {limits.ATTRIBUTES}", at)
    plain = usual(root)
    return root if plain is None else etree.fromstring(plain, parser)


def _relation(node: Node, folder: str) -> Relation:
    target = str(node.get("Target", ""))
    external = node.get("TargetMode") == "External" or target.startswith("#")  # "#" is a place in the part itself
    if not external:
        target = unquote(target.partition("#")[0])
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relation(str(node.get("Id", "")), usual_name(str(node.get("Type", ""))), target, external)
