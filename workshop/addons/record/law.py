"""``law.yaml``: what the law asks for, as data with the day on which it was checked; another country is another file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from workshop.content.kit_files import read_yaml
from workshop.content.metadata import read_meta
from workshop.errors import At, Report, did_you_mean
from workshop.inputs.structured import Tree
from workshop.model.closed import Closed
from workshop.model.meta import NOWHERE, Day, Source
from workshop.plan.ready import Ready

FILE = "law.yaml"


class LawMeta(Closed):
    """An entry of the file.

    Attributes:
        where: the country or union.
        says: what it asks for, in a sentence.
        since: from when on.
        checked: the day on which the wording was last compared.
        source: its key in sources.yaml, which says until when it may be relied on.
    """

    id: str = ""
    name: str = ""
    where: str = ""
    says: str = ""
    since: Day | None = None
    checked: Day | None = None
    source: str = ""
    at: At = NOWHERE


class Law(Struct, frozen=True):
    """An entry with its source."""

    meta: LawMeta
    source: Source


def laws_of(ready: Ready, report: Report) -> tuple[Law, ...]:
    """Return the laws of a kit, from the strongest overlay that has the file; every mistake is reported."""
    folders = (*reversed(ready.content.overlays), ready.content.root)
    path = next((path for folder in folders if (path := Path(folder) / FILE).is_file()), None)
    tree = read_yaml(path, report, []) if path else None
    entries = range(len(tree.value)) if tree and isinstance(tree.value, list) else ()
    return tuple(law for index in entries if tree and (law := _law(tree, index, ready.scope.sources, report)))


def _law(tree: Tree, index: int, sources: Mapping[str, Source], report: Report) -> Law | None:
    meta = read_meta(LawMeta, tree, report, (index,), required=("id", "name", "says", "checked", "source"))
    if meta.source not in sources:
        where = tree.at((index, "source"))
        report.error(f"no source is named {meta.source!r}", where, did_you_mean(meta.source, sources), "unknown-source")
        return None
    return Law(meta, sources[meta.source])
