"""The YAML files of a kit: kit.yaml, glossary, sources and audiences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from workshop import limits
from workshop.content.metadata import OVERLAY_KEYS, read_meta
from workshop.content.source_text import display, read_text
from workshop.errors import At, Report, WorkshopError, did_you_mean
from workshop.inputs.door import find_inside
from workshop.inputs.worlds import FILE, FOLDER, named, worlds_of
from workshop.inputs.yaml_text import Tree, parse_yaml
from workshop.model.meta import EVERYBODY, AudienceMeta, Framework, KitMeta, Point, Source, StyleMeta, Term
from workshop.model.source import AudienceSource

# The YAML files of a kit: kit.yaml, glossary, sources, audiences.
KIT_FILE = "kit.yaml"
KIT_REQUIRES = ("title", "sections")
E = TypeVar("E", Term, Point, Source, Framework)
CITED = ("id", "name", "source", "year", "licence", "competences")


class Shelf(Struct, frozen=True, kw_only=True):
    """What a kit has besides its sections, and what a single file inherits.

    Attributes:
        meta: kit.yaml.
        given: the keys that it has.
        places: dotted path of a key of kit.yaml -> its place.
        data: demo -> slot -> file or folder.
        pictures: names of the files with pictures of sections: the kit's, then those of its overlays.
        worlds: folders of the kit's world and of those that it is like, the nearest first.
        files: every file that was read.
    """

    meta: KitMeta = field(default_factory=KitMeta)
    given: frozenset[str] = frozenset()
    places: Mapping[str, At] = field(default_factory=dict)
    audiences: tuple[AudienceSource, ...] = ()
    glossary: tuple[Term, ...] = ()
    sources: tuple[Source, ...] = ()
    data: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    style: StyleMeta | None = None
    pictures: tuple[str, ...] = ()
    worlds: tuple[Path, ...] = ()
    files: tuple[str, ...] = ()


def read_shelf(root: Path, report: Report, *, whole: bool = True, lent: bool = False, world: str = "") -> Shelf:
    """Read kit.yaml and the other YAML files of a kit or an overlay; every problem is reported.

    Args:
        whole: whether kit.yaml must exist and be complete; that of an overlay has only what it changes.
        lent: whether only what a single file inherits is read: no points, frameworks or words to look for.
        world: name or folder of the world, instead of the kit's own.
    """
    files: list[str] = []
    has_file = whole or ((root / KIT_FILE).exists() and is_inside(root / KIT_FILE, root, report))
    tree = (read_yaml(root / KIT_FILE, report, files) if has_file else None) or Tree({}, {})
    meta, places = KitMeta(), tree.places
    if has_file and places:
        required, known = (KIT_REQUIRES, ()) if whole else ((), OVERLAY_KEYS)
        meta = read_meta(KitMeta, tree, report, required=required, known=known)
    at = None if world else tree.at(("world",))
    worlds = _worlds(root, world or meta.world, at, report) if whole else ()
    data = _data(root, worlds, meta.data, tree, report)
    audiences = _audiences(root, report, files)
    if whole and not audiences:
        audiences = (AudienceSource(EVERYBODY, AudienceMeta(title="Everybody"), At(display(root / KIT_FILE))),)
    glossary = _entries(root / "glossary.yaml", Term, ("id", "term", "definition"), report, files)
    sources = _entries(root / "sources.yaml", Source, ("key", "who", "work"), report, files)
    shelf = Shelf(
        meta=meta,
        given=frozenset(tree.value),
        places=tree.dotted(),
        audiences=audiences,
        glossary=glossary,
        sources=sources,
        data=data,
        worlds=worlds,
        pictures=(meta.pictures,) if meta.pictures else (),
        files=tuple(files),
    )
    return shelf if lent else _with_own(shelf, root, tree, report, whole=whole)


def _with_own(shelf: Shelf, root: Path, tree: Tree, report: Report, *, whole: bool) -> Shelf:
    """Return the shelf with what no single file inherits: points, frameworks, and words that ``check`` looks for."""
    files = list(shelf.files)
    points = _entries(root / "points.yaml", Point, ("id", "text"), report, files)
    own_points = frozenset(point.id for point in points) if whole else None
    check = partial(_check_framework, known=own_points, report=report)
    frameworks = _entries(root / "frameworks.yaml", Framework, CITED, report, files, check)
    style = _style(root, shelf.meta.style, tree, report, files)
    _check_demos(root, shelf.meta.demos, tree, report)
    return replace(shelf, points=points, frameworks=frameworks, style=style, files=tuple(files))


def read_yaml(path: Path, report: Report, files: list[str]) -> Tree | None:
    """Read one YAML file as text and add its name to ``files``."""
    text = read_text(path, report)
    files.append(display(path))
    return None if text is None else parse_yaml(text, display(path), report)


def _worlds(root: Path, name: str, at: At | None, report: Report) -> tuple[Path, ...]:
    """Return the folders of a world; what is wrong with its name, or its like:, is reported."""
    try:
        return worlds_of(named(name, root / FOLDER), root / FOLDER) if name else ()
    except WorkshopError as error:
        report.extend(replace(p, at=p.at or at) for p in error.problems)
        return ()


def _data(
    root: Path, worlds: Sequence[Path], data: Mapping[str, Mapping[str, str]], tree: Tree, report: Report
) -> dict[str, dict[str, Path]]:
    bound: dict[str, dict[str, Path]] = {}
    for demo, slots in data.items():
        for slot, name in slots.items():
            laid = (find_inside(name, (folder,), folder) for folder in worlds)
            found = next((path for path in laid if isinstance(path, Path)), None) or find_inside(name, (root,), root)
            if isinstance(found, Path):
                bound.setdefault(demo, {})[slot] = found
            else:
                report.error(found[0], tree.at(("data", demo, slot)), found[1], "missing-file")
    return bound


def filled_by_world(
    root: Path, worlds: Sequence[Path], data: Mapping[str, Mapping[str, Path]]
) -> frozenset[tuple[str, str]]:
    """Return (demo, slot) of the data that a world of somebody's own brings, its words apart: with them, all numbers are the same."""
    if not worlds or worlds[0].resolve().parent == (root / FOLDER).resolve():
        return frozenset()
    theirs = worlds[0].resolve()
    return frozenset(
        (demo, slot)
        for demo, slots in data.items()
        for slot, path in slots.items()
        if path.name != FILE and path.resolve().parent == theirs
    )


def _style(root: Path, name: str, tree: Tree, report: Report, files: list[str]) -> StyleMeta | None:
    if not name:
        return None
    found = find_inside(name, (root,), root)
    if not isinstance(found, Path):
        report.error(found[0], tree.at(("style",)), found[1], "missing-file")
        return None
    return read_style(found, report, files)


def read_style(path: Path, report: Report, files: list[str]) -> StyleMeta | None:
    """Read the words that ``check`` looks for; every problem is reported."""
    tree = read_yaml(path, report, files)
    return read_meta(StyleMeta, tree, report, required=("things", "person-verbs")) if tree is not None else None


def _check_demos(root: Path, demos: tuple[str, ...], tree: Tree, report: Report) -> None:
    for index, name in enumerate(demos):
        found = find_inside(name, (root,), root)
        if not isinstance(found, Path):
            report.error(found[0], tree.at(("demos", index)), found[1], "missing-file")


def is_inside(path: Path, root: Path, report: Report) -> bool:
    """Whether a file of the kit really is inside it, after following links; if not, it is reported."""
    inside = path.resolve().is_relative_to(root.resolve())
    if not inside:
        report.error(
            "this file is a link that leads out of the kit", At(display(path)), "copy it into the kit", "missing-file"
        )
    return inside


def _audiences(root: Path, report: Report, files: list[str]) -> tuple[AudienceSource, ...]:
    folder = root / "audiences"
    found: list[AudienceSource] = []
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if len(paths) > limits.AUDIENCES:
        message = f"this folder has {len(paths):,} audiences; the limit is {limits.AUDIENCES}"
        report.error(message, At(display(folder)), "keep those that you build for", "too-large")
    for path in paths[: limits.AUDIENCES]:
        tree = read_yaml(path, report, files) if is_inside(path, root, report) else None
        if tree is not None:
            keys = frozenset(tree.value) if isinstance(tree.value, dict) else frozenset()
            own = isinstance(tree.value, dict) and tree.value.get("like") == path.stem
            meta = read_meta(AudienceMeta, tree, report, required=() if own else ("title",))
            found.append(AudienceSource(path.stem, meta, At(display(path), 1), given=keys, places=tree.dotted()))
    return tuple(found)


def _check_framework(
    framework: Framework, tree: Tree, index: int, known: frozenset[str] | None, report: Report
) -> None:
    """Report codes that a framework doesn't have, and points that the kit doesn't have; an overlay's may be the kit's."""
    for point, codes in framework.points.items():
        if known is not None and point not in known:
            at = tree.at((index, "points", point))
            report.error(f"points.yaml has no point {point!r}", at, did_you_mean(point, known), "framework")
        for place, code in enumerate(codes):
            if code not in framework.competences:
                at = tree.at((index, "points", point, place))
                hint = did_you_mean(code, framework.competences)
                report.error(f"{framework.label} has no competence {code!r} here", at, hint, "framework")


def _entries(
    path: Path,
    model: type[E],
    required: tuple[str, ...],
    report: Report,
    files: list[str],
    check: Callable[[E, Tree, int], None] = lambda *_: None,
) -> tuple[E, ...]:
    """Read a file that is a list of mappings; the first required key must differ from entry to entry.

    Args:
        check: is given each entry with the tree and its place in the list, for what a schema can't say.
    """
    if not path.exists() or not is_inside(path, path.parent, report):
        return ()
    tree = read_yaml(path, report, files)
    if tree is None or tree.value == "":
        return ()
    if not isinstance(tree.value, list):
        report.error("this file must be a list", tree.at(()), f"write - {{{required[0]}: …}}", "schema")
        return ()
    found: dict[str, E] = {}
    for index in range(len(tree.value)):
        entry = read_meta(model, tree, report, (index,), required=required)
        check(entry, tree, index)
        key = str(getattr(entry, required[0]))
        if key in found:
            message = f"{key!r} is given twice, first on line {found[key].at.line}"
            report.error(message, entry.at, "keep one", "duplicate-key")
        elif key:
            found[key] = entry
    return tuple(found.values())
