"""The ids by which a build and its slides are known again in a deck."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from workshop import limits

PROPERTIES = "docProps/custom.xml"
PROPERTY = "workshop"
DIGITS = 12
_NAMED = re.compile(rb'name="workshop"[^>]*>\s*<(?:\w+:)?lpwstr>([0-9a-f]{12})</')
_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{}"><vt:lpwstr>{}</vt:lpwstr></property></Properties>'
)


def property_xml(digest: str) -> bytes:
    """Return the custom properties of a deck with a digest, of which the first digits name its build."""
    return _XML.format(PROPERTY, digest[:DIGITS]).encode()


def build_id(deck: Path | bytes) -> str:
    """Return the id of the build that a deck names; "" if it isn't one of ours or can't be read."""
    try:
        with ZipFile(deck if isinstance(deck, Path) else io.BytesIO(deck)) as package:
            entry = package.getinfo(PROPERTIES)
            content = package.read(entry) if entry.file_size <= limits.MANIFEST_BYTES else b""
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, BadZipFile, zlib.error, EOFError):
        return ""
    return id_in(content)


def id_in(properties: bytes) -> str:
    """Return the id of the build that custom properties name, or ""."""
    found = _NAMED.search(properties)
    return found[1].decode() if found else ""


def creation_ids(names: Iterable[str]) -> dict[str, int]:
    """Return a number for each slide, the same in each build: the CRC-32 of its id, or the next one that is free.

    >>> creation_ids(["intro"])
    {'intro': 436585760}
    """
    found: dict[str, int] = {}
    taken = {0}
    for name in names:
        number = zlib.crc32(name.encode())
        while number in taken:
            number = (number + 1) % 2**32
        taken.add(number)
        found[name] = number
    return found
