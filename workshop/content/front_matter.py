"""Front matter of sections, exercises and single files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from workshop.content.document import Document
from workshop.content.names import check_for
from workshop.content.reading import Reading
from workshop.content.schema import TalkSchema, ignored_keys, validate
from workshop.errors import At
from workshop.inputs.yaml_text import Tree, parse_yaml
from workshop.model.source import NO_ATTRS, Attrs, RunSpec

FIRST_LINE = 2


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Checked front matter: texts, and the place of each."""

    meta: Mapping[str, Any]
    places: Mapping[str, At]
    runs: tuple[RunSpec, ...]
    attrs: Attrs

    def text(self, key: str, default: str = "") -> str:
        """Return a text, or ``default`` where there is none."""
        value = self.meta.get(key, "")
        return value if isinstance(value, str) and value else default


def read_front_matter(document: Document, model: type[BaseModel]) -> FrontMatter:
    """Check the front matter of a file against its schema and return what can be used of it."""
    reading = document.reading
    report = reading.report
    tree = parse_yaml(document.front, reading.path, report, FIRST_LINE)
    if tree is None:
        return FrontMatter({}, {}, (), NO_ATTRS)
    if tree.value == "":
        tree = Tree({}, {(): reading.at(1)})
    is_talk = issubclass(model, TalkSchema)
    if isinstance(tree.value, dict) and is_talk:
        for key in ignored_keys(tree, report):
            reading.ignored.setdefault(f"{key}:", tree.at((key,)))
    tree.places[()] = reading.at(1)
    fine = validate(model, tree, report)
    if not isinstance(tree.value, dict):
        return FrontMatter({}, {}, (), NO_ATTRS)
    meta = {key: value for key, value in tree.value.items() if value != ""}
    if is_talk and fine:
        meta = {**meta, **_as_text(model, meta)}
    attrs = NO_ATTRS
    audiences = meta.get("for")
    if isinstance(audiences, str):
        check_for(reading, audiences, tree.at(("for",)))
        attrs = Attrs(pairs=(("for", audiences),))
    return FrontMatter(meta, tree.dotted(), _runs(reading, meta.get("runs"), tree), attrs)


def _as_text(model: type[BaseModel], meta: dict[str, Any]) -> dict[str, str]:
    """Return what pandoc writes otherwise: a list of authors, ``lang`` for ``language``."""
    found: dict[str, str] = {}
    checked: Any = model.model_validate(meta)
    if not isinstance(meta.get("author", ""), str):
        found["author"] = checked.author
    if "lang" in meta and "language" not in meta:
        found["language"] = meta["lang"]
    return found


def _runs(reading: Reading, runs: Any, tree: Tree) -> tuple[RunSpec, ...]:
    if not isinstance(runs, dict):
        return ()
    found: list[RunSpec] = []
    for name, knobs in runs.items():
        at = tree.at(("runs", name))
        if not isinstance(knobs, dict):
            continue
        demo = knobs.get("demo", "")
        if not demo:
            reading.error(f"the run {name!r} names no demo", at, f"write {name}: {{demo: name, knob: value}}", "run")
        else:
            found.append(RunSpec(name, demo, {k: v for k, v in knobs.items() if k != "demo"}, at))
    return tuple(found)
