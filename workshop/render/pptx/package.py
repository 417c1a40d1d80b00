"""The package: part names without searching, and reproducible bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from pptx.opc.package import OpcPackage, Part
from pptx.opc.packuri import PackURI

from workshop.render.pptx.xml import el, to_bytes

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
# Parts of these kinds have their content type by suffix; they are already compressed, so they are only stored
MEDIA = frozenset({"png", "jpg", "jpeg", "gif", "xlsx"})
VECTOR = frozenset({"svg"})


class Names:
    """Assigns part names in constant time; python-pptx walks the whole package for each one.

    An instance replaces one package's ``next_partname``.

    Args:
        package: the package whose names are counted once, at the start.
    """

    def __init__(self, package: OpcPackage) -> None:
        self._used: Counter[str] = Counter()
        for part in walk(package):
            match = re.fullmatch(r"(.*?)(\d+)(\.\w+)", part.partname)
            if match:
                key = f"{match[1]}%d{match[3]}"
                self._used[key] = max(self._used[key], int(match[2]))

    def __call__(self, template: str) -> PackURI:
        """Return the next free name of a template such as ``/ppt/slides/slide%d.xml``."""
        self._used[template] += 1
        return PackURI(template % self._used[template])


def walk(package: OpcPackage) -> Iterator[Part]:
    """Yield each part once; without recursion, since a thousand slides may link in a chain."""
    seen: set[int] = set()
    waiting: list[Part] = [package.main_document_part]
    waiting += [rel.target_part for rel in package._rels.values() if not rel.is_external]  # noqa: SLF001 - no public way
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        waiting += [rel.target_part for rel in part.rels.values() if not rel.is_external]


def freeze(package: OpcPackage) -> bytes:
    """Return the package's bytes: parts in order of their names, fixed dates and attributes."""
    parts = sorted(walk(package), key=lambda part: _natural(part.partname))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        _write(target, "[Content_Types].xml", _content_types(parts))
        _write(target, "_rels/.rels", package._rels.xml)  # noqa: SLF001 - no public way
        for part in parts:
            _write(target, part.partname.membername, part.blob)
            if len(part.rels):
                _write(target, part.partname.rels_uri.membername, part.rels.xml)
    return buffer.getvalue()


def _write(target: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, ZIP_DATE)
    stored = name.rpartition(".")[2].lower() in MEDIA
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    target.writestr(entry, content)


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a sort key that puts slide 10 after slide 9."""
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in re.split(r"(\d+)", name)]


def _content_types(parts: list[Part]) -> bytes:
    defaults = {"rels": RELATIONSHIPS, "xml": "application/xml"}
    overrides = []
    for part in parts:
        suffix = part.partname.ext.lower()
        if suffix in MEDIA | VECTOR and defaults.setdefault(suffix, part.content_type) == part.content_type:
            continue
        overrides.append((part.partname, part.content_type))
    return to_bytes(
        el(
            "ct:Types",
            *(el("ct:Default", Extension=suffix, ContentType=kind) for suffix, kind in sorted(defaults.items())),
            *(el("ct:Override", PartName=name, ContentType=kind) for name, kind in overrides),
        )
    )
