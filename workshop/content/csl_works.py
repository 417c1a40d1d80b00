"""Works of ``references:``, in the fields of CSL, as entries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, field

from workshop.content.bib_entries import Entry, Found
from workshop.content.reading import Reading
from workshop.errors import At, did_you_mean
from workshop.model.markup import (
    Cite,
    Cited,
    Inline,
    Text,
)
from workshop.model.meta import KitMeta

_KINDS = dict.fromkeys(("article-journal", "article-magazine", "article-newspaper"), "article")
_KINDS |= {"book": "book", "chapter": "incollection", "entry-encyclopedia": "incollection", "thesis": "phdthesis"}
_KINDS |= {"paper-conference": "inproceedings", "report": "techreport"}
_KINDS |= dict.fromkeys(("webpage", "post", "post-weblog"), "online")
_FIELDS = {"publisher-place": "address", "issue": "number", "page": "pages", "DOI": "doi", "URL": "url", "ISBN": "isbn"}
_SAME = ("title", "publisher", "volume", "number", "edition", "note", "version")


def from_csl(key: str, work: Mapping[str, Any], at: At) -> Entry:
    """Return the entry of a work that is written as pandoc has it in YAML."""
    kind = _KINDS.get(str(work.get("type", "")), "misc")
    inside = "journaltitle" if kind == "article" else "booktitle"
    names = {**dict(zip(_SAME, _SAME, strict=True)), **_FIELDS, "container-title": inside}
    fields = {names[key]: _escaped(value, names[key]) for key, value in work.items() if key in names}
    for role in ("author", "editor"):
        people = work.get(role)
        if people:
            fields[role] = " and ".join(map(_person, people if isinstance(people, list) else [people]))
    for day, name in (("issued", "date"), ("accessed", "urldate")):
        if day in work:
            fields[name] = _day(work[day])
    return Entry(key, f"@{kind}{{{key},{','.join(f'{name}={{{value}}}' for name, value in fields.items())}}}", at)


def _escaped(value: Any, name: str = "") -> str:
    text = re.sub(r"[\\{}]", "", str(value))
    return text if name in ("url", "doi") else re.sub(r"([&%#_])", r"\\\1", text)


def _person(name: Any) -> str:
    if not isinstance(name, dict):
        return f"{{{_escaped(name)}}}"
    if whole := name.get("literal") or name.get("name"):
        return f"{{{_escaped(whole)}}}"
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    return ", ".join(f"{{{_escaped(part)}}}" for part in (family, name.get("given")) if part)


def _day(value: Any) -> str:
    """Return a date as BibLaTeX has it: 2020-03-01."""
    if isinstance(value, dict):
        value = value.get("date-parts") or [value.get(part) for part in ("year", "month", "day")]
    if not isinstance(value, list):
        return _escaped(value)
    if value and isinstance(value[0], dict | list):
        return _day(value[0])
    return "-".join(str(part).zfill(2) for part in value if part)


KEYS = ("bibliography", "references", "csl", "nocite", "reference-section-title")
STYLE = "chicago-author-date"
SLIDE = "references"  # the name of the slide that lists the works
_ITEM = re.compile(r"(.*?)(?<!\w)(-?)@(\w(?:\w|[:.#$%&+?<>~/-](?=\w))*+)(.*)", re.DOTALL)
_IN_TEXT = re.compile(r"@([^\s\[]+)(?:\s\[(.*)\])?", re.DOTALL)
N = TypeVar("N")


class Works(Struct, kw_only=True):
    """What a kit or talk may cite.

    Attributes:
        files: the names of its .bib files.
        folder: the folder that names of files refer to.
        at, style_at: where it is named, and its style.
        style: the name of a style that Typst knows.
        csl: the text of another style; "" for none.
        refused: entries that Typst can't read.
        taken: the last number of the talk's own footnotes; -1 in a kit, whose footnotes have none.
    """

    meta: KitMeta
    folder: Path
    files: tuple[str, ...]
    found: Found
    at: At
    style_at: At
    style: str = STYLE
    csl: str = ""
    taken: int = -1
    refused: set[Entry] = field(default_factory=set)

    def cite(self, written: str, at: At, reading: Reading) -> Inline:
        """Return a citation as it is written; it stays text if any of its keys has no entry, which is reported."""
        if written.startswith("["):
            found = [_ITEM.fullmatch(part) for part in written[1:-1].split(";")]
            if None in found:
                reading.fault(f"{written[:60]} isn't a citation", at, "write [@a; @b, p. 5]", "citation")
                return Text(written, at)
            items = [Cited(m[3], m[1].strip(), m[4].strip(" ,\n"), bool(m[2])) for m in found if m]
        else:
            match = _IN_TEXT.fullmatch(written)
            items = [Cited(match[1], "", match[2] or "")] if match else []
        ledger = reading.scope.sources if reading.policy.html == "refused" else frozenset()
        known = {*self.found.entries, *ledger}
        missing = [item.key for item in items if item.key not in known]
        for key in missing:
            hint = did_you_mean(key, known) or f"add it there, or write \\@{key} for the sign itself"
            reading.fault(f"there is no entry {key!r} in {self.named}", at, hint, "unknown-source")
        if missing:
            return Text(written, at)
        works = tuple(item for item in items if item.key in self.found.entries)
        keys, in_text = tuple(item.key for item in items if item.key in ledger), not written.startswith("[")
        return Cite(keys, at, works, in_text, (Text(written, at),) if works else ())

    @property
    def named(self) -> str:
        """What its entries are in, for messages."""
        return " or ".join(self.files) or "references:"
