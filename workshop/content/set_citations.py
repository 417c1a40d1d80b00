"""Citations and lists of works, set by Typst in a style of citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

from lxml import html
from msgspec import Struct, field
from msgspec.structs import replace

from workshop import limits
from workshop.content.bib_entries import OTHERS, SIGN, Entry, as_read, with_parents
from workshop.content.csl_works import SLIDE, N, Works
from workshop.content.inline_reader import plain
from workshop.content.mask import mask
from workshop.content.reading import Citing
from workshop.content.source_text import display
from workshop.content.split_slides import Names
from workshop.content.spoken import spoken
from workshop.content.tex_reader import Unknown, parsed
from workshop.errors import At, Report, did_you_mean
from workshop.files.memo import Memo, code_digest, digest
from workshop.inputs.apart import ApartError
from workshop.inputs.citations import cited
from workshop.kept import kept
from workshop.model.formula import Formula
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
from workshop.model.source import Content, SlideSource

_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
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


def with_citations(content: Content, works: Citing | None, report: Report, cache: Path | None) -> Content:
    """Return a kit or talk with its citations as they are shown, and with the list of works: in its place, or as the last slide."""
    if not isinstance(works, Works):
        return content
    parts = (content.stages, content.sheets, content.prints)
    nodes = list(_all(parts))
    cites = list(dict.fromkeys(node for node in nodes if isinstance(node, Cite) and node.works))
    has_place = any(isinstance(node, Div) and node.name == LIST for node in nodes)
    if content.policy.html == "read":
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
