"""References: works of ``.bib`` files and of ``references:``, cited as pandoc does, and set by Typst in a style of citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar, cast

from lxml import html
from msgspec import Struct, field
from msgspec.structs import replace

from workshop import limits
from workshop.content.inline_reader import plain
from workshop.content.markdown_file import Names
from workshop.content.metadata import read_meta
from workshop.content.reading import Citing, Reading
from workshop.content.source_text import display, mask, read_text
from workshop.content.spoken import spoken
from workshop.content.tex import Unknown, parsed
from workshop.errors import At, Report, did_you_mean
from workshop.files.memo import Memo, code_digest, digest
from workshop.inputs.apart import ApartError
from workshop.inputs.citations import cited
from workshop.inputs.door import find_inside
from workshop.inputs.structured import parse_yaml
from workshop.kept import kept
from workshop.model.blocks import Formula
from workshop.model.frozen import with_parts
from workshop.model.markup import (
    LIST,
    NO_ATTRS,
    Attrs,
    Cite,
    Cited,
    Div,
    Emphasis,
    FootnoteRef,
    Inline,
    Link,
    Look,
    Math,
    Paragraph,
    Strong,
    Text,
)
from workshop.model.meta import KitMeta
from workshop.model.source import Content, SlideSource

OTHERS, SIGN = chr(0xF0000), 0xF0001  # private characters: for "and others", and the first of those for formulas
_HEAD = re.compile(r"(?:^|(?<=\}))[ \t]*(@[ \t]*(\w+)[ \t]*\{\s*([^\s,{}()\"#%=]*))", re.MULTILINE)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_PARENT = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]([^{}\"]*)")
_MATH = re.compile(r"(?<!\\)\$+([^$]+)\$+")
# Typst shows the publisher alone, names the book of a chapter twice unless it is an @inbook, and changes capitals of journals
_CHANGES = (
    (re.compile(r"^@\s*(?:incollection|inproceedings|conference)\b", re.IGNORECASE), "@inbook"),
    (
        re.compile(
            r"\b(?:school|institution|organization|howpublished)(?=\s*=)(?!.*\bpublisher\s*=)",
            re.DOTALL | re.IGNORECASE,
        ),
        "publisher",
    ),
    (re.compile(r"(\b(?:journal|journaltitle|booktitle)\s*=\s*)\{([^{}]*)\}", re.IGNORECASE), r"\1{{\2}}"),
    (re.compile(r"\s+and\s+others(?=\s*[\"}])"), f" and {OTHERS}"),
    (re.compile(r"(?<!\\)\$"), "\N{FULLWIDTH DOLLAR SIGN}"),
)


class Entry(Struct, frozen=True):
    """An entry as BibTeX has it; ``text`` is "" if its braces aren't closed."""

    key: str
    text: str
    at: At


class Found(Struct):
    """What is in some files: entries by their keys, and texts that have a name (``@string``)."""

    entries: dict[str, Entry] = field(default_factory=dict)
    strings: list[Entry] = field(default_factory=list)


def read_entries(text: str, path: str, found: Found) -> None:
    """Find the entries of a .bib file; the first with a key counts."""
    heads = list(_HEAD.finditer(text))
    line, before = 1, 0
    ends = (*(one.start() for one in heads[1:]), len(text))  # one, too, if there is no entry
    for head, after in zip(heads, ends, strict=False):
        start, kind, key = head.start(1), head[2].lower(), head[3]
        line, before = line + text.count("\n", before, start), start
        entry = Entry(key, _whole(text[start:after]), At(path, line))
        if kind == "string":
            found.strings += [entry] if entry.text else []
        elif kind not in ("comment", "preamble"):
            found.entries.setdefault(key, entry)


def _whole(text: str) -> str:
    """Return a text up to the brace that closes its first one; "" if there is none."""
    braces = [brace for brace in _BRACE.finditer(text) if len(brace[0]) == 1]
    depths = accumulate(1 if brace[0] == "{" else -1 for brace in braces)
    return next((text[: brace.end()] for brace, depth in zip(braces, depths, strict=True) if depth == 0), "")


def with_parents(keys: Iterable[str], found: Found) -> list[Entry]:
    r"""Return entries, and those that they take fields from; nobody reads those that aren't cited.

    >>> found = Found()
    >>> read_entries("@misc{a, title = {One}}\n@article{b, title = {On $x^2$}, crossref = {a}}", "w.bib", found)
    >>> [entry.key for entry in with_parents(["b"], found)], as_read(found.entries["b"].text, formulas := [])
    (['b', 'a'], '@article{b, title = {On \U000f0001}, crossref = {a}}')
    """
    wanted = dict.fromkeys(keys)
    entries = []
    while wanted:
        key = next(iter(wanted))
        del wanted[key]
        entry = found.entries.get(key)
        if entry is not None and entry not in entries:
            entries.append(entry)
            wanted |= dict.fromkeys(name.strip() for names in _PARENT.findall(entry.text) for name in names.split(","))
    return entries


def as_read(text: str, formulas: list[str]) -> str:
    """Return an entry as Typst is to read it; signs stand for its formulas, which are added to ``formulas``."""

    def hidden(formula: re.Match[str]) -> str:
        formulas.append(formula[1])
        return chr(SIGN + len(formulas) - 1)

    text = _MATH.sub(hidden, text)
    for pattern, changed in _CHANGES:
        text = pattern.sub(changed, text)
    return text


# ---------------------------------------------------------------- references:
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
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
_ID = re.compile(r"[\w:.$&+?<>~/-]+")
_KEY = re.compile(r"@(\*|[^\s,;]+)")
# What Typst leaves of a date without a month, of an issue without pages, after a title that ends with a full stop in its
# quotation marks, between two parts; and "and others", of which it knows nothing
_SLIPS = (
    (re.compile(r",([.)])"), r"\1"),
    (re.compile(r"([.?!]”)\."), r"\1"),
    (re.compile(r"  +"), " "),
    (re.compile(rf",? (?:\w+|&amp;) {OTHERS}\.?"), " et al."),
)
_PLACE = re.compile(r"(.*) at (\d+):\d+\)?$")
_LOOKS: Mapping[str, Callable[[tuple[Inline, ...]], Inline]] = {
    **dict.fromkeys(("em", "i"), Emphasis),
    **dict.fromkeys(("strong", "b"), Strong),
    "sup": partial(Look, "super"),
    "sub": partial(Look, "sub"),
}
_MEMO = Memo(".references", bytes.decode, str.encode)
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
        ledger = reading.scope.sources if reading.scope.is_kit else frozenset()
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


# ---------------------------------------------------------------- reading
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


# ---------------------------------------------------------------- setting
def with_citations(content: Content, works: Citing | None, report: Report, cache: Path | None) -> Content:
    """Return a kit or talk with its citations as they are shown, and with the list of works: in its place, or as the last slide."""
    if not isinstance(works, Works):
        return content
    parts = (content.stages, content.sheets, content.prints)
    nodes = list(_all(parts))
    cites = list(dict.fromkeys(node for node in nodes if isinstance(node, Cite) and node.works))
    has_place = any(isinstance(node, Div) and node.name == LIST for node in nodes)
    if not content.is_kit:
        works = replace(works, taken=max((node.number for node in nodes if isinstance(node, FootnoteRef)), default=0))
    shown, listed = _set(cites, works, content.meta.language, report, cache)
    stages, sheets, prints = _changed(parts, shown, listed)
    names = (*works.files, works.meta.csl) if works.csl else works.files
    content = replace(
        content, stages=stages, sheets=sheets, prints=prints,
        files=(*content.files, *(display(works.folder / name) for name in names)),
    )  # fmt: skip
    return content if has_place or not listed or not content.stages else _with_slide(content, works, listed)


def _with_slide(content: Content, works: Works, listed: tuple[Paragraph, ...]) -> Content:
    """Return a kit or talk with a last slide that lists the works."""
    last = content.stages[-1]
    name = Names(slide.id for stage in content.stages for slide in stage.slides).unique(SLIDE)
    list_ = Div(LIST, listed, NO_ATTRS, works.at)
    title = (Text(works.meta.reference_section_title, works.at),)
    slide = SlideSource(id=name, title=title, blocks=(list_,), notes=(), attrs=Attrs(name), at=works.at)
    return replace(content, stages=(*content.stages[:-1], replace(last, slides=(*last.slides, slide))))


def _all(node: Any) -> Iterator[Any]:
    """Yield the nodes of a tree."""
    yield node
    for part in node if isinstance(node, tuple) else map(node.__getattribute__, getattr(node, "__struct_fields__", ())):
        yield from _all(part)


def _changed(node: N, shown: Mapping[Cite, tuple[Inline, ...]], listed: tuple[Paragraph, ...]) -> N:
    """Return a tree with what its citations and its list of works show."""
    made: Any = node
    if isinstance(node, Cite):
        made = replace(node, shown=shown.get(node, node.shown))
    elif isinstance(node, Div) and node.name == LIST:
        made = replace(node, blocks=listed)
    else:
        made = with_parts(node, lambda part: _changed(part, shown, listed))
    return cast("N", made)


def _set(
    cites: list[Cite], works: Works, language: str, report: Report, cache: Path | None
) -> tuple[dict[Cite, tuple[Inline, ...]], tuple[Paragraph, ...]]:
    """Return what each citation shows, and the list of works; entries that can't be used are reported."""
    listed = [key for name in works.meta.nocite for key in _KEY.findall(name)]
    keys = [item.key for cite in cites for item in cite.works]
    keys += [key for name in listed for key in (works.found.entries if name == "*" else (name,))]
    if len(set(keys)) > limits.CITED:
        report.error(f"this cites {len(set(keys)):,} works; the limit is {limits.CITED}", works.at, "", "too-large")
        return {}, ()
    formulas: list[str] = []
    entries = _usable(keys, works, report)
    known = {entry.key for entry in entries}
    usable = [cite for cite in cites if all(item.key in known for item in cite.works)]
    groups = [
        [{"work": item.key, "form": form, "locator": item.locator} for item in items]
        for cite in usable
        for form, items in _groups(cite)
    ]
    only = [{"work": key, "form": "none", "locator": ""} for key in dict.fromkeys(keys) if key in known]
    pieces = [(string, string.text) for string in works.found.strings if string not in works.refused]
    pieces += [(entry, as_read(entry.text, formulas)) for entry in entries]
    lang, _, region = language.partition("-")
    data = {"groups": [*groups, only], "works": "\n".join(text for _, text in pieces), "lang": lang, "region": region}
    try:
        made = _typeset({**data, "style": works.style, "csl": works.csl}, cache) if only else ""
    except ApartError as error:
        if _reported(str(error), pieces, works, report):
            return _set(cites, works, language, report, cache)
        return {}, ()
    return _Page(formulas, works.at, works.taken).read(made, usable) if made else ({}, ())


def _usable(keys: list[str], works: Works, report: Report) -> list[Entry]:
    """Return the entries of works, and those that they take fields from; what is wrong with one is reported."""
    for key in dict.fromkeys(keys):
        if key not in works.found.entries and not works.refused:
            hint = did_you_mean(key, works.found.entries)
            report.error(f"there is no entry {key!r} in {works.named}", works.at, hint, "unknown-source")
    entries = with_parents(keys, works.found)
    for entry in entries:
        if not (entry.text or works.refused):
            report.error(f"the braces of the entry {entry.key!r} aren't closed", entry.at, "add }", "references")
    return [entry for entry in entries if entry.text and entry not in works.refused]


def _reported(said: str, pieces: list[tuple[Entry, str]], works: Works, report: Report) -> bool:
    """Report why citations can't be set; if an entry is to blame, take it out and return whether there is one."""
    placed = _PLACE.fullmatch(said)
    if placed is None:
        what = said or "it takes too long, or too much memory"
        hint = "name another style in csl:, or look for an entry that leads back to itself"
        report.error(f"the citations can't be set: {what}", works.style_at, hint, "references")
        return False
    line, start = int(placed[2]), 1
    for entry, text in pieces:
        if start + text.count("\n") >= line:
            at = At(entry.at.path, entry.at.line + line - start)
            report.error(f"the entry {entry.key!r} can't be read: {placed[1]}", at, "correct it here", "references")
            works.refused.add(entry)
            return len(works.refused) < limits.PRINTED_PROBLEMS
        start += text.count("\n") + 1
    return False


def _groups(cite: Cite) -> list[tuple[str, tuple[Cited, ...]]]:
    """Return what Typst is to set for a citation: several groups if there is a word between works, or without authors."""
    if cite.in_text:
        return [(form, cite.works) for form in ("prose", "normal", "author")]
    if cite.works[0].bare:
        return [("normal", cite.works), ("year", cite.works[:1])]
    apart = any(item.prefix for item in cite.works[1:])
    return [("normal", (item,)) for item in cite.works] if apart else [("normal", cite.works)]


def _typeset(data: Mapping[str, Any], cache: Path | None) -> str:
    name = digest(data, code_digest("inputs", "content"))
    return kept(("citations", name), lambda: _MEMO.once(cache, name, lambda: cited(data)))


class _Page(Struct):
    """What Typst has set: HTML, in which signs stand for formulas.

    Attributes:
        taken: the last number of the talk's own footnotes; -1 if footnotes have none.
        notes: address of a footnote -> what it says.
    """

    formulas: list[str]
    at: At
    taken: int
    notes: dict[str, tuple[Inline, ...]] = field(default_factory=dict)

    def read(self, made: str, cites: list[Cite]) -> tuple[dict[Cite, tuple[Inline, ...]], tuple[Paragraph, ...]]:
        """Return what citations show, and the list of works."""
        for wrong, right in _SLIPS:
            made = wrong.sub(right, made)
        page: Any = html.fromstring(made)
        for note in page.xpath("//*[@role='doc-endnotes']//li"):
            self.notes[f"#{note.get('id')}"] = tuple(self._nodes(note))
        groups = iter(page.findall("body/div"))
        shown = {cite: self._shown(cite, [tuple(self._nodes(next(groups))) for _ in _groups(cite)]) for cite in cites}
        works = [tuple(self._nodes(item)) for item in page.xpath("//*[@role='doc-bibliography']//li")]
        return shown, tuple(Paragraph((Cite((), self.at, shown=work),), self.at) for work in works)

    def _shown(self, cite: Cite, groups: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
        """Return one citation from what was set for it."""
        first = cite.works[0]
        if cite.in_text:
            prose, normal, author = groups
            return (*author, *normal) if isinstance(normal[0], FootnoteRef) else prose
        if first.bare:
            normal, year = groups[0], plain(groups[-1])
            if not isinstance(normal[0], FootnoteRef) and year in plain(normal):
                return (Text(f"({', '.join(filter(None, (year, first.locator)))})", self.at),)
        found: list[Inline] = []
        for item, group in zip(cite.works, groups, strict=False):
            nodes = self._after(item.prefix, list(group))
            if found and isinstance(found[-1], Text) and isinstance(nodes[0], Text):
                found[-1] = Text(found[-1].text.removesuffix(")") + "; " + nodes[0].text.removeprefix("("), self.at)
                nodes = nodes[1:]
            found += nodes
        return tuple(found)

    def _after(self, prefix: str, nodes: list[Inline]) -> list[Inline]:
        """Return a citation after the words before it, which are inside its brackets or its note."""
        first = nodes[0] if prefix and nodes else None
        if isinstance(first, FootnoteRef):
            nodes[0] = replace(first, children=(Text(f"{prefix} ", self.at), *first.children))
        elif isinstance(first, Text):
            bracket = first.text[:1] if first.text[:1] in "([" else ""
            nodes[0] = Text(f"{bracket}{prefix} {first.text[len(bracket) :]}", self.at)
        return nodes

    def _nodes(self, part: Any) -> Iterator[Inline]:
        """Yield what is in an element."""
        yield from self._words(part.text)
        for child in part:
            inside, target = tuple(self._nodes(child)), child.get("href", "")
            if child.get("role") == "doc-noteref":
                number = int(plain(inside) or 0) + self.taken if self.taken >= 0 else 0
                yield FootnoteRef(self.notes.get(child[0].get("href"), ()), self.at, number)
            elif child.get("role") == "doc-backlink" and child.tag == "sup":
                pass
            elif child.tag in _LOOKS:
                yield _LOOKS[child.tag](inside)
            elif _ADDRESS.fullmatch(target):
                yield Link(target, inside, self.at)
            else:
                yield from inside
            yield from self._words(child.tail)

    def _words(self, text: str | None) -> Iterator[Inline]:
        """Yield text, with formulas in the place of their signs."""
        for piece in re.split(f"([{chr(SIGN)}-{chr(SIGN + len(self.formulas))}])", " ".join((text or "").split("\n"))):
            place = ord(piece) - SIGN if len(piece) == 1 else -1
            if 0 <= place < len(self.formulas):
                tex = self.formulas[place]
                try:
                    row = parsed(tex)
                except Unknown:
                    yield Text(f"${tex}$", self.at)
                else:
                    yield Math(Formula(row, False), spoken(row, self.at, mask("", "")), self.at)
            elif piece:
                yield Text(piece, self.at)
