"""References of a talk or a kit: which works it names, and from which files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from workshop import limits
from workshop.content.bib_entries import Found, read_entries
from workshop.content.csl_works import KEYS, STYLE, Works, from_csl
from workshop.content.metadata import read_meta
from workshop.content.source_text import display, read_text
from workshop.errors import At, Report
from workshop.inputs.door import find_inside
from workshop.inputs.yaml_text import parse_yaml
from workshop.model.meta import KitMeta

_ID = re.compile(r"[\w:.$&+?<>~/-]+")


def of_talk(front: str, path: Path, report: Report) -> Works | None:
    """Return what a talk may cite, from its front matter."""
    tree = parse_yaml(front, display(path), Report(), 2)
    if tree is None or not isinstance(tree.value, dict):
        return None
    meta = read_meta(KitMeta, tree.only(KEYS), Report())  # what is wrong with them is reported with all other keys
    return works_of(meta, path.parent, tree.dotted(), report)


def works_of(meta: KitMeta, folder: Path, places: Mapping[str, At], report: Report) -> Works | None:
    """Return what may be cited; ``None`` if no bibliography is named."""
    if not (meta.bibliography or meta.references):
        return None
    found, at = Found(), places.get("bibliography") or places.get("references") or At("")
    files = []
    for place, name in enumerate(meta.bibliography):
        where = places.get(f"bibliography.{place}", at)
        path = _file(name, folder, where, report)
        if path is not None and (text := read_text(path, report, limits.WORKS_BYTES, limits.WORKS_LINES)) is not None:
            files.append(name)
            read_entries(text, display(path), found)
    for work in meta.references:
        if _ID.fullmatch(key := str(work.get("id", ""))):
            found.entries[key] = from_csl(key, work, places.get("references", at))
    style_at = places.get("csl", at)
    return _styled(Works(meta=meta, folder=folder, files=tuple(files), found=found, at=at, style_at=style_at), report)


def _file(name: str, folder: Path, at: At, report: Report) -> Path | None:
    path = find_inside(name, (folder,), folder, "its folder")
    if isinstance(path, Path):
        return path
    report.error(path[0], at, path[1], "missing-file")
    return None


def _styled(works: Works, report: Report) -> Works:
    """Return works with their style: a file, or a name that Typst knows."""
    name = works.meta.csl
    if not name.lower().endswith(".csl"):
        return replace(works, style=name or STYLE)
    path = _file(name, works.folder, works.style_at, report)
    text = read_text(path, report, limits.STYLE_BYTES, limits.WORKS_LINES) if path is not None else None
    return replace(works, csl=text or "")


def check_ledger(works: Works, ledger: Iterable[str], report: Report) -> None:
    """Report keys that are in ``sources.yaml`` of a kit, too."""
    for key in sorted(works.found.entries.keys() & set(ledger)):
        message = f"the key {key!r} is both in sources.yaml and in {works.named}"
        report.error(message, works.found.entries[key].at, "rename one of them", "duplicate-key")
