"""The cache of empty presentations: a hundred layouts are the same for every deck in a theme, and take longer to make than a talk's slides."""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path

from workshop import __version__
from workshop.files.cached import keep, recall
from workshop.files.our_code import code_digest
from workshop.model.theme import Theme
from workshop.render.pptx.base import BaseParts, base_parts, paints_of
from workshop.render.pptx.package import Packed

SUFFIX = ".base"
MADE_BY = ("render/pptx", "layout")  # the rooms whose source determines the bytes


def kept_base(theme: Theme, stages: int, folder: Path | None) -> BaseParts:
    """Return ``base_parts`` of a theme, from the cache if it is there; one with a logo, which is a file, is always made.

    Args:
        folder: the cache folder, or ``None``.
    """
    if folder is None or theme.logo is not None:
        return base_parts(theme, stages)
    name = digest(theme, stages) + SUFFIX
    if (payload := recall(folder, name)) is not None:
        return _read(payload)
    made = base_parts(theme, stages)
    keep(folder, name, _written(made))
    return made


def _written(made: BaseParts) -> bytes:
    """Return a line of JSON, and the contents of the parts after it."""
    parts = [(name, len(one.data), one.size, one.crc, one.deflated) for name, one in made.contents.items()]
    head = json.dumps({"parts": parts, "kinds": made.kinds, "relationships": made.relationships})
    return b"\n".join((head.encode(), b"".join(one.data for one in made.contents.values())))


def _read(payload: bytes) -> BaseParts:
    place = payload.index(b"\n") + 1
    head, contents = json.loads(payload[:place]), {}
    for name, length, size, crc, deflated in head["parts"]:
        contents[name] = Packed(payload[place : place + length], size, crc, deflated)
        place += length
    return BaseParts(contents=contents, kinds=head["kinds"], relationships=head["relationships"])


def digest(theme: Theme, stages: int) -> str:
    """Return the cache key: a hash of the theme, of the source of what draws it, and of versions."""
    told: tuple[object, ...] = (__version__, zlib.ZLIB_RUNTIME_VERSION, stages, theme, code_digest(*MADE_BY))
    if paints_of(theme):  # the colours of layouts are replaced by lxml
        from lxml import etree

        told = (*told, etree.LXML_VERSION, etree.LIBXML_VERSION)
    return hashlib.sha256(repr(told).encode()).hexdigest()
