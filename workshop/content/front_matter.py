"""Front matter of sections, exercises and single files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from workshop.content.document import Document
from workshop.content.names import check_for
from workshop.content.reading import Reading
from workshop.content.schema import TALK_KEYS, ignored_keys, keys_of, read_meta
from workshop.content.talks.front import settle
from workshop.errors import At, Report
from workshop.inputs.yaml_text import Tree, parse_yaml
from workshop.model.closed import Closed
from workshop.model.markup import NO_ATTRS, Attrs
from workshop.model.meta import KitMeta, StageMeta
from workshop.model.source import RunSpec

FIRST_LINE = 2
M = TypeVar("M", bound=Closed)


class FrontMatter(Struct, Generic[M], frozen=True, kw_only=True):
    """Checked front matter and the place of each key.

    Attributes:
        given: the keys that it has.
        byline, notes: of a talk: its authors with where they work, and what is said on its first slide.
    """

    meta: M
    places: Mapping[str, At]
    given: frozenset[str] = frozenset()
    runs: tuple[RunSpec, ...] = ()
    attrs: Attrs = NO_ATTRS
    byline: str = ""
    notes: tuple[str, ...] = ()


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
    byline, notes = settle(tree, reading)
    for key in ignored_keys(tree, reading.report):
        reading.ignored.setdefault(f"{key}:", tree.at((key,)))
    whole, stage = tree.only(TALK_KEYS), tree.only(keys_of(StageMeta))
    lenient = Report()
    kit = read_meta(KitMeta, whole, lenient)
    front = _front(reading, read_meta(StageMeta, stage, lenient), stage)
    for problem in dict.fromkeys(lenient.found):
        reading.fault(f"{problem.message}: it is ignored", problem.at or reading.at(1), problem.hint, problem.code)
    return kit, replace(front, byline=byline, notes=notes)


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
