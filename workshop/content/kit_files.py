"""The YAML files of a kit: kit.yaml, glossary, sources, audiences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from workshop.content.moments import read_pace
from workshop.content.pictures import find_inside
from workshop.content.schema import AudienceSchema, KitSchema, PointSchema, SourceSchema, TermSchema, validate
from workshop.content.source_text import display, read_text
from workshop.errors import At, Report
from workshop.inputs.yaml_text import Tree, parse_yaml
from workshop.model.source import AudienceSource, Point, Source, Term

KIT_FILE = "kit.yaml"
DEFAULT_AUDIENCE = "general"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a kit has beside its sections, and what a single file inherits.

    Attributes:
        meta: kit.yaml as text.
        places: dotted path of a key of kit.yaml -> its place.
        data: demo -> slot -> file or folder.
        files: every file that was read.
    """

    meta: Mapping[str, Any]
    places: Mapping[str, At]
    audiences: tuple[AudienceSource, ...] = ()
    glossary: tuple[Term, ...] = ()
    sources: tuple[Source, ...] = ()
    data: Mapping[str, Mapping[str, Path]] | None = None
    points: tuple[Point, ...] = ()
    files: tuple[str, ...] = ()


def read_shelf(root: Path, report: Report, schema: type[BaseModel] = KitSchema) -> Shelf:
    """Read kit.yaml and the other YAML files of a kit or an overlay; every problem is reported.

    Args:
        schema: what kit.yaml may say; only a kit's own must exist.
    """
    files: list[str] = []
    is_kit = schema is KitSchema
    has_file = is_kit or ((root / KIT_FILE).exists() and is_inside(root / KIT_FILE, root, report))
    tree = read_yaml(root / KIT_FILE, report, files) if has_file else None
    meta: Mapping[str, Any] = {}
    places: Mapping[str, At] = {}
    data: dict[str, dict[str, Path]] = {}
    if tree is not None:
        validate(schema, tree, report)
        if isinstance(tree.value, dict):
            meta = {key: value for key, value in tree.value.items() if value != ""}
            places = tree.dotted()
            data = _data(root, meta.get("data"), tree, report)
    audiences = _audiences(root, report, files)
    if is_kit and not audiences:
        audiences = (AudienceSource(DEFAULT_AUDIENCE, "Everybody", {}, At(display(root / KIT_FILE))),)
    glossary = _entries(root / "glossary.yaml", TermSchema, "id", _term, report, files)
    sources = _entries(root / "sources.yaml", SourceSchema, "key", _source, report, files)
    points = _entries(root / "points.yaml", PointSchema, "id", _point, report, files)
    _check_demos(root, meta.get("demos"), places, report)
    return Shelf(meta, places, audiences, glossary, sources, data, points, tuple(files))


def read_yaml(path: Path, report: Report, files: list[str]) -> Tree | None:
    """Read one YAML file as text and note its name in ``files``."""
    text = read_text(path, report)
    files.append(display(path))
    return None if text is None else parse_yaml(text, display(path), report)


def texts(value: Any) -> list[str]:
    """Return the texts of a list, and nothing of anything else."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _data(root: Path, data: Any, tree: Tree, report: Report) -> dict[str, dict[str, Path]]:
    bound: dict[str, dict[str, Path]] = {}
    for demo, slots in data.items() if isinstance(data, dict) else ():
        for slot, name in slots.items() if isinstance(slots, dict) else ():
            if not isinstance(name, str):
                continue
            found = find_inside(name, (root,), root)
            if isinstance(found, Path):
                bound.setdefault(demo, {})[slot] = found
            else:
                report.error(found[0], tree.at(("data", demo, slot)), found[1], "missing-file")
    return bound


def _check_demos(root: Path, demos: Any, places: Mapping[str, At], report: Report) -> None:
    for index, name in enumerate(texts(demos)):
        found = find_inside(name, (root,), root)
        if not isinstance(found, Path):
            report.error(found[0], places.get(f"demos.{index}"), found[1], "missing-file")


def is_inside(path: Path, root: Path, report: Report) -> bool:
    """Whether a file of the kit really lies in it, links followed; reported if not."""
    inside = path.resolve().is_relative_to(root.resolve())
    if not inside:
        report.error("this file is a link out of the kit", At(display(path)), "copy it into the kit", "missing-file")
    return inside


def _audiences(root: Path, report: Report, files: list[str]) -> tuple[AudienceSource, ...]:
    folder = root / "audiences"
    found: list[AudienceSource] = []
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        tree = read_yaml(path, report, files) if is_inside(path, root, report) else None
        if tree is None or not validate(AudienceSchema, tree, report):
            continue
        at = At(display(path), 1)
        pace = read_pace(tree.value, tree.dotted(), at)
        found.append(AudienceSource(path.stem, tree.value["title"], tree.value, at, pace))
    return tuple(found)


def _entries(
    path: Path,
    model: type[BaseModel],
    name: str,
    make: Callable[[Mapping[str, str], At], Any],
    report: Report,
    files: list[str],
) -> tuple[Any, ...]:
    """Read a file that is a list of mappings; ``name`` is the key that must differ from entry to entry."""
    if not path.exists() or not is_inside(path, path.parent, report):
        return ()
    tree = read_yaml(path, report, files)
    if tree is None or tree.value == "":
        return ()
    if not isinstance(tree.value, list):
        report.error("this file must be a list", tree.at(()), f"write - {{{name}: …}}", "schema")
        return ()
    found: dict[str, Any] = {}
    first: dict[str, At] = {}
    for index, entry in enumerate(tree.value):
        if not validate(model, tree, report, (index,)):
            continue
        key, at = entry[name], tree.at((index,))
        if key in found:
            report.error(f"{key!r} is given twice, first on line {first[key].line}", at, "keep one", "duplicate-key")
            continue
        found[key], first[key] = make(entry, at), at
    return tuple(found.values())


def _term(entry: Mapping[str, str], at: At) -> Term:
    everyday = entry.get("everyday") == "yes"
    return Term(
        entry["id"],
        entry["term"],
        entry["definition"],
        entry.get("stage", ""),
        at,
        entry.get("explained", ""),
        everyday,
    )


def _point(entry: Mapping[str, str], at: At) -> Point:
    return Point(entry["id"], entry["text"], entry.get("stage", ""), at)


def _source(entry: Mapping[str, str], at: At) -> Source:
    rest = {key: entry.get(key, "") for key in ("version", "scope", "caveat", "verified")}
    return Source(key=entry["key"], who=entry["who"], work=entry["work"], at=at, **rest)
