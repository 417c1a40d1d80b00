"""The cache of printed documents, under a digest of everything that they are made from, so that only changed ones are set again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from workshop import __version__
from workshop.files import cached
from workshop.fonts import fingerprint

SUFFIX = ".typeset"
PACKAGES = ("typst", "matplotlib")  # packages that also determine the bytes


def digest(template: str, data: str, beside: Mapping[str, bytes], labels: tuple[str, ...], parts: str = "") -> str:
    """Return the cache key of a document: a hash of template, what is asked for, data as JSON, pictures, fonts and versions."""
    total = hashlib.sha256()

    def add(part: bytes) -> None:
        total.update(hashlib.sha256(part).digest())

    add(_surroundings().encode())
    add(json.dumps([template, labels, parts]).encode())
    add(data.encode())
    for name in sorted(beside):
        add(name.encode())
        add(beside[name])
    return total.hexdigest()


@cache
def _surroundings() -> str:
    """Return a digest of what is the same for all documents: templates, fonts and versions."""
    total = hashlib.sha256(json.dumps([__version__, *map(version, PACKAGES), fingerprint()]).encode())
    folder = files("workshop.render.print") / "templates"
    for source in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".typ"):
            total.update(hashlib.sha256(source.name.encode() + b"\0" + source.read_bytes()).digest())
    return total.hexdigest()


def recall(folder: Path, name: str) -> tuple[bytes, Mapping[str, tuple[Any, ...]]] | None:
    """Return a cached document and its marks; ``None`` if there is none, or it is damaged."""
    payload = cached.recall(folder, name + SUFFIX)
    if payload is None:
        return None
    head, _, pdf = payload.partition(b"\n")
    try:
        return pdf, {label: tuple(values) for label, values in json.loads(head).items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def keep(folder: Path, name: str, pdf: bytes, marks: Mapping[str, tuple[Any, ...]]) -> None:
    """Cache a document; if the folder can't be written to, later builds just take longer."""
    head = json.dumps({label: list(values) for label, values in marks.items()})
    cached.keep(folder, name + SUFFIX, head.encode() + b"\n" + pdf)
