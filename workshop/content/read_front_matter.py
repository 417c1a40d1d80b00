"""Front matter: of a kit's file, and of a talk for whichever tool it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from workshop.content.dialect import dialect
from workshop.content.inline_reader import plain
from workshop.content.markdown_file import Document
from workshop.content.metadata import TALK_KEYS, ignored_keys, keys_of, read_meta
from workshop.content.reading import Reading, check_for
from workshop.content.tool_signs import Habits
from workshop.content.tools import quarto
from workshop.content.tools.front_matter import feet, picture_of_cover, settle
from workshop.errors import At, Report
from workshop.inputs.yaml_text import Tree, parse_yaml
from workshop.model.closed import Closed
from workshop.model.markup import NO_ATTRS, Attrs, Paragraph, Value
from workshop.model.meta import KitMeta, StageMeta
from workshop.model.source import RunSpec

# Front matter of sections, exercises and single files.
FIRST_LINE = 2
_OF_COVER = ("subtitle", "occasion")
_WORDS = ("title", "subtitle", "author", "date", "occasion")
_SHORTCODE = re.compile(r"\{\{(<[^{}]*>)\}\}")
_MARKED = re.compile(r"[*`\[<\\^~]|_\w")
M = TypeVar("M", bound=Closed)


class FrontMatter(Struct, Generic[M], frozen=True, kw_only=True):
    """Checked front matter and the place of each key.

    Attributes:
        given: the keys that it has.
        byline, notes, picture: of a talk: its authors with where they work, what is said on its first slide, and what is behind it.
        footer: of a talk: what stands at the foot of every slide.
    """

    meta: M
    places: Mapping[str, At]
    given: frozenset[str] = frozenset()
    runs: tuple[RunSpec, ...] = ()
    attrs: Attrs = NO_ATTRS
    byline: str = ""
    notes: tuple[str, ...] = ()
    picture: str = ""
    footer: str = ""


def read_front_matter(document: Document, model: type[M], required: Sequence[str] = ()) -> FrontMatter[M]:
    """Check the front matter of a file and return the usable part.

    Args:
        required: keys that must be there.
    """
    tree = _tree(document)
    if tree is None:
        return FrontMatter(meta=model(), places={})
    meta = read_meta(model, tree, document.reading.report, required=required)
    return _front(document.reading, meta, tree)


def read_talk(document: Document) -> tuple[KitMeta, FrontMatter[StageMeta]]:
    """Return the metadata of a single file, as a kit and as a section; keys of other tools are ignored."""
    reading, tree = document.reading, _tree(document)
    if tree is None:
        return KitMeta(), FrontMatter(meta=StageMeta(), places={})
    if not isinstance(tree.value, dict):
        return KitMeta(), FrontMatter(meta=read_meta(StageMeta, tree, reading.report), places={})
    picture = picture_of_cover(tree, reading)
    footer = as_text(feet(tree), reading)
    byline, notes = settle(tree, reading)
    for key in _WORDS:
        if isinstance(text := tree.value.get(key), str):
            tree.value[key] = as_text(text, reading)
    byline = as_text(byline, reading)
    if not reading.habits.covered:
        _lose_cover(tree, reading)
    for key in ignored_keys(tree, reading.report):
        reading.ignored.setdefault(f"{key}:", tree.at((key,)))
    whole, stage = tree.only(TALK_KEYS), tree.only(keys_of(StageMeta))
    lenient = Report()
    kit = read_meta(KitMeta, whole, lenient)
    front = _front(reading, read_meta(StageMeta, stage, lenient), stage)
    for problem in dict.fromkeys(lenient.found):
        reading.fault(f"{problem.message}: it is ignored", problem.at or reading.at(1), problem.hint, problem.code)
    return kit, replace(front, byline=byline, notes=notes, picture=picture, footer=footer)


def as_text(text: str, reading: Reading) -> str:
    """Return words of front matter as they are on a slide: without marks of Markdown, and with shortcodes as what they stand for."""
    at = reading.at(1)
    text = _SHORTCODE.sub(lambda code: plain((quarto.shown(Value(code[1], at), reading),)), text)
    if "{{" in text or not _MARKED.search(text):
        return text
    tokens = dialect(Habits(), frozenset(("below", "above"))).parseInline(text)[0].children or []
    return "".join(" " if "break" in token.type else token.content for token in tokens if token.type != "html_tag")


def _lose_cover(tree: Tree, reading: Reading) -> None:
    """Name words for a cover that a talk doesn't have, unless they are written on a slide, too."""
    written = reading.masked.restore(reading.masked.text)
    for key in _OF_COVER:
        if isinstance(text := tree.value.get(key), str) and text.strip() and text not in written:
            reading.lose(
                f"{key}: is not shown, since this talk begins with a slide of its own; write it there", tree.at((key,))
            )


def spoken_in(blocks: Iterable[Any]) -> Iterator[str]:
    """Yield the paragraphs of some blocks, at any depth."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield plain(block.children)
        else:
            yield from spoken_in((*getattr(block, "blocks", ()), *getattr(block, "items", ())))


def _tree(document: Document) -> Tree | None:
    reading = document.reading
    tree = parse_yaml(document.front, reading.path, reading.report, FIRST_LINE)
    if tree is not None:
        if tree.value == "":
            tree = Tree({}, {})
        tree.places[()] = reading.at(1)
    return tree


def _front(reading: Reading, meta: M, tree: Tree) -> FrontMatter[M]:
    attrs = NO_ATTRS
    if audiences := getattr(meta, "for_", ""):
        check_for(reading, audiences, tree.at(("for",)))
        attrs = Attrs(pairs=(("for", audiences),))
    runs = _runs(reading, getattr(meta, "runs", {}), tree)
    return FrontMatter(meta=meta, places=tree.dotted(), given=frozenset(tree.value), runs=runs, attrs=attrs)


def _runs(reading: Reading, runs: Mapping[str, Mapping[str, str]], tree: Tree) -> tuple[RunSpec, ...]:
    found: list[RunSpec] = []
    for name, knobs in runs.items():
        at = tree.at(("runs", name))
        demo = knobs.get("demo", "")
        if not demo:
            reading.error(f"the run {name!r} names no demo", at, f"write {name}: {{demo: name, knob: value}}", "run")
        else:
            found.append(RunSpec(name, demo, {k: v for k, v in knobs.items() if k != "demo"}, at))
    return tuple(found)
