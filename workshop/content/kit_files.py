"""The YAML files of a kit: kit.yaml, glossary, sources, audiences, audiences that are like another, and the names in moments."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from msgspec import Struct, field
from msgspec.structs import replace

from workshop import limits
from workshop.content.edits import Edit, Group
from workshop.content.metadata import OVERLAY_KEYS, keys_of, read_meta
from workshop.content.source_text import display, read_text
from workshop.errors import At, Report, WorkshopError, did_you_mean
from workshop.inputs.door import find_inside
from workshop.inputs.structured import Tree, parse_yaml
from workshop.inputs.worlds import FOLDER, named, worlds_of
from workshop.model.frozen import with_parts
from workshop.model.markup import Attrs
from workshop.model.meta import (
    EVERYBODY,
    AudienceMeta,
    Framework,
    KitMeta,
    Moment,
    Point,
    Source,
    StyleMeta,
    Term,
    TimeBlock,
)
from workshop.model.source import AudienceSource, StageSource, seen_slides

# ---------------------------------------------------------------- kit files
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


def read_shelf(root: Path, report: Report, *, is_kit: bool = True, lent: bool = False, world: str = "") -> Shelf:
    """Read kit.yaml and the other YAML files of a kit or an overlay; every problem is reported.

    Args:
        is_kit: whether kit.yaml must exist and be complete; that of an overlay has only what it changes.
        lent: whether only what a single file inherits is read: no points, frameworks or words to look for.
        world: name or folder of the world, instead of the kit's own.
    """
    files: list[str] = []
    has_file = is_kit or ((root / KIT_FILE).exists() and is_inside(root / KIT_FILE, root, report))
    tree = (read_yaml(root / KIT_FILE, report, files) if has_file else None) or Tree({}, {})
    meta, places = KitMeta(), tree.places
    if has_file and places:
        required, known = (KIT_REQUIRES, ()) if is_kit else ((), OVERLAY_KEYS)
        meta = read_meta(KitMeta, tree, report, required=required, known=known)
    at = None if world else tree.at(("world",))
    worlds = _worlds(root, world or meta.world, at, report) if is_kit else ()
    data = _data(root, worlds, meta.data, tree, report)
    audiences = _audiences(root, report, files)
    if is_kit and not audiences:
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
    return shelf if lent else _with_own(shelf, root, tree, report, is_kit=is_kit)


def _with_own(shelf: Shelf, root: Path, tree: Tree, report: Report, *, is_kit: bool) -> Shelf:
    """Return the shelf with what no single file inherits: points, frameworks, and words that ``check`` looks for."""
    files = list(shelf.files)
    points = _entries(root / "points.yaml", Point, ("id", "text"), report, files)
    own_points = frozenset(point.id for point in points) if is_kit else None
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


# ---------------------------------------------------------------- likes
# Audiences that are like another: ``like: general`` gives them everything that is meant for that audience.
#
# What they say themselves replaces it: a key of their file, a slide of the same id with ``for=nurses``, a ``for=-nurses``. Everything is
# spelled out while a kit is read: ``for=general`` becomes ``for=general,nurses``, so no later step knows of likes.
T = TypeVar("T")
Likes = Mapping[str, tuple[str, ...]]  # audience -> those that it is like, the nearest first; only audiences with like:

LISTS = ("for", "booklet")  # attributes that are lists of audiences
BY_NAME = ("weights", "moments", "longer", "asks")  # keys whose entries are replaced one by one
SLOT = ""  # the entry of minutes: that is the slot


def with_likes(audiences: Sequence[AudienceSource], report: Report) -> tuple[tuple[AudienceSource, ...], Likes]:
    """Return the audiences with the keys of those that they are like, and who is like whom; wrong names are reported."""
    known = {audience.id: audience for audience in audiences}
    likes: dict[str, tuple[str, ...]] = {}
    for audience in audiences:
        if audience.meta.like:
            likes[audience.id] = tuple(_line(audience, known, report))
    made = []
    for audience in audiences:
        whole = audience
        for name in likes.get(audience.id, ()):
            whole = taking(whole, known[name])
        made.append(whole)
    return tuple(made), likes


def _line(audience: AudienceSource, known: Mapping[str, AudienceSource], report: Report) -> Iterator[str]:
    """Yield the audiences that one is like, the nearest first."""
    seen = {audience.id}
    while name := audience.meta.like:
        at = audience.places.get("like", audience.at)
        if name not in known:
            others = [other for other in known if other != audience.id]
            report.error(
                f"there is no audience {name!r} to be like", at, did_you_mean(name, others), "unknown-audience"
            )
            return
        if name in seen:
            hint = "name an audience that isn't like this one"
            report.error(f"{audience.id!r} is like {name!r}, which leads back to itself", at, hint, "audience")
            return
        seen.add(name)
        yield name
        audience = known[name]


def taking(audience: AudienceSource, other: AudienceSource) -> AudienceSource:
    """Return an audience with every key that another has and it doesn't; the entries of some keys one by one."""
    names = {name: key for key, name in keys_of(AudienceMeta).items()}
    said: dict[str, Any] = {}
    for name, key in names.items():
        own, theirs = getattr(audience.meta, name), getattr(other.meta, name)
        if key not in other.given or name == "like":
            continue
        if key not in audience.given:
            said[name] = theirs
        elif name in BY_NAME:
            said[name] = {**theirs, **own}
        elif name == "minutes":
            said[name] = {**_own_entries(theirs), **_own_entries(own)}
    return replace(audience, meta=audience.meta.but(**said), given=audience.given | other.given)


def _own_entries(minutes: float | Mapping[str, float] | None) -> Mapping[str, float]:
    return minutes if isinstance(minutes, Mapping) else {} if minutes is None else {SLOT: minutes}


# ---------------------------------------------------------------- for=
def shared(wanted: Sequence[tuple[str, str]], likes: Likes) -> list[str]:
    """Return the ``for=`` lists of slides or exercises with the audiences that are like those named.

    Args:
        wanted: id and list of each. Of several with the same id, an audience gets those that name it, else those that
            name the audience nearest to it.
    """
    near: dict[tuple[str, str], int] = {}
    for name, text in wanted:
        for audience, line in likes.items():
            place = _nearest(audience, line, _names(text), "")
            if name and place is not None:
                near[name, audience] = min(place, near.get((name, audience), place))
    return [
        _spelled(text, likes, {audience for audience in likes if (name, audience) in near}, name, near)
        for name, text in wanted
    ]


def _spelled(text: str, likes: Likes, placed: Iterable[str], name: str, near: Mapping[tuple[str, str], int]) -> str:
    names = _names(text)
    more = []
    for audience, line in likes.items():
        out, into = _nearest(audience, line, names, "-"), _nearest(audience, line, names, "")
        if -1 in (out, into):
            continue  # it is named itself
        if (
            into is not None
            and (out is None or into < out)
            and (audience not in placed or into == near[name, audience])
        ):
            more.append(audience)
        elif out is not None:
            more.append(f"-{audience}")
    return ",".join((*names, *more))


def _nearest(audience: str, line: Sequence[str], names: Sequence[str], sign: str) -> int | None:
    """Return how near to an audience the nearest of ``names`` is: -1 for itself, 0 for the first that it is like."""
    return next((k - 1 for k, one in enumerate((audience, *line)) if f"{sign}{one}" in names), None)


def _names(text: str) -> list[str]:
    return [name for part in text.split(",") if (name := part.strip())]


def shared_groups(groups: Sequence[Group], likes: Likes) -> list[Group]:
    """Return slides with those that continue them, or exercises, their lists spelled out, in their order."""
    lists = shared([(group[0].id, group[0].attrs.get("for")) for group in groups], likes)
    return [_listing(group, text, likes) for group, text in zip(groups, lists, strict=True)]


def shared_edits(edits: Sequence[Edit], likes: Likes) -> list[Edit]:
    """Return the changes of an overlay with their lists spelled out."""
    if not likes:
        return list(edits)
    lists = shared([(edit.id, edit.attrs.get("for")) for edit in edits], likes)
    return [
        replace(edit, attrs=_with(edit.attrs, "for", text), group=_listing(edit.group, text, likes))
        for edit, text in zip(edits, lists, strict=True)
    ]


def _listing(group: Group, text: str, likes: Likes) -> Group:
    parts = (spelled_out(part, likes) for part in group)
    return tuple(replace(part, attrs=_with(part.attrs, "for", text)) for part in parts)


def _with(attrs: Attrs, key: str, value: str) -> Attrs:
    if attrs.get(key) == value:
        return attrs
    return replace(attrs, pairs=tuple((k, value if k == key else v) for k, v in attrs.pairs))


def spelled_out(node: T, likes: Likes) -> T:
    """Return a node and everything below it with its lists of audiences spelled out; what stays the same isn't copied."""
    if isinstance(node, Attrs):
        for key in LISTS:
            node = _with(node, key, shared([("", node.get(key))], likes)[0]) if key in node else node  # type: ignore[assignment]
        return node
    return node if isinstance(node, At) else cast("T", with_parts(node, lambda part: spelled_out(part, likes)))


# ---------------------------------------------------------------- moments
# Check the names in moments, lengths and blocks.
NO_PLACE = At("")


def check_moments(
    meta: KitMeta,
    places: Mapping[str, At],
    stages: Sequence[StageSource],
    audiences: Sequence[AudienceSource],
    dropped: Collection[str],
    report: Report,
) -> None:
    """Report names of slides, sections and moments that don't exist.

    Args:
        meta: kit.yaml, with the place of each key in ``places``.
        dropped: ids of slides that an overlay drops.
    """
    slides = {stage.id: {slide.id for slide in stage.slides} for stage in stages}
    known = set(dropped).union(*slides.values())
    everywhere: set[str] = set(slides)
    for audience in audiences:
        said, at = audience.meta, audience.at
        for name in (name for name in said.moments if name not in slides):
            report.error(f"no section is named {name!r}", at, did_you_mean(name, slides), "unknown-stage")
        for name in (*said.lengths, *(name for names in said.longer.values() for name in names)):
            if name not in known:
                report.error(f"no slide is named {name!r}", at, did_you_mean(name, known), "unknown-slide")
        everywhere |= _check_audience(audience, stages, slides, dropped, report)
        _check_blocks(said.blocks, everywhere, [at] * len(said.blocks), report)
    _check_blocks(
        meta.blocks, everywhere, [places.get(f"blocks.{k}", NO_PLACE) for k in range(len(meta.blocks))], report
    )


def _check_audience(
    audience: AudienceSource,
    stages: Sequence[StageSource],
    slides: Mapping[str, Collection[str]],
    dropped: Collection[str],
    report: Report,
) -> set[str]:
    """Check the moments of one audience and return their names."""
    placed: list[tuple[Moment, At]] = []
    for stage in stages:
        own = audience.meta.moments.get(stage.id)
        moments = stage.meta.moments if own is None else own
        for index, moment in enumerate(moments):
            written = stage.meta_at if own is None else audience.places
            key = f"moments.{index}" if own is None else f"moments.{stage.id}.{index}"
            at = written.get(key, stage.at if own is None else audience.at)
            placed.append((moment, at))
            for name in (slide.id for slide in moment.slides):
                if name in slides[stage.id] or name in dropped:
                    continue
                owner = next((other for other, ids in slides.items() if name in ids), "")
                hint = f"it is in {owner}" if owner else did_you_mean(name, slides[stage.id])
                message = f"moment {moment.id!r} names the slide {name!r}, which {stage.id} doesn't have"
                report.error(message, at, hint, "unknown-slide")
    if len(placed) > limits.MOMENTS:
        at = placed[limits.MOMENTS][1]
        report.error(f"more than {limits.MOMENTS} up to here", at, "make two kits of it", "too-large")
        return set()
    for place, (second, at) in enumerate(placed):
        same = next((where for first, where in placed[:place] if first.id == second.id), None)
        if same is not None:
            message = f"two moments are named {second.id!r}, the first at {same}"
            report.error(message, at, "give one of them another id", "duplicate-id")
        if clash := next((first for first, _ in placed[:place] if _both(first, second)), None):
            name = min(_both(clash, second))
            message = f"slots have both moments with the slide {name!r}: {clash.id!r} and {second.id!r}"
            report.error(message, at, "end one with to: before the other begins with from:", "moment")
    for moment, at in placed:
        if moment.most < moment.least:
            message = f"moment {moment.id!r} ends at {moment.most:g} minutes, before it begins at {moment.least:g}"
            report.error(message, at, "make to: at least from:", "moment")
    _check_needs(placed, stages, audience.id, report)
    return {moment.id for moment, _ in placed}


def _check_needs(
    placed: Sequence[tuple[Moment, At]], stages: Sequence[StageSource], audience: str, report: Report
) -> None:
    """Report slides that a moment shows in shorter slots than every moment shows a slide that they need."""
    begins: dict[str, float] = {}
    for moment, _ in placed:
        for entry in moment.slides:
            begins[entry.id] = min(entry.least, begins.get(entry.id, entry.least))
    needs = {slide.id: slide.attrs.names("needs") for stage in stages for slide in seen_slides(stage, audience)}
    for moment, at in placed:
        for entry in moment.slides:
            since = max(moment.least, entry.least)
            for name in needs.get(entry.id, ()):
                if (late := begins.get(name, 0.0)) > since:
                    message = (
                        f"from {since:g} minutes on moment {moment.id!r} shows the slide {entry.id!r}, which needs "
                        f"{name!r}, and that is shown only from {late:g} minutes on"
                    )
                    report.error(message, at, f"give both the same slot: {{{entry.id}: {late:g}}}", "moment")


def _both(first: Moment, second: Moment) -> set[str]:
    """Return the slides that two moments share, if any slot has both."""
    if first.least > second.most or second.least > first.most:
        return set()
    return {s.id for s in first.slides} & {s.id for s in second.slides}


def _check_blocks(blocks: Sequence[TimeBlock], known: Collection[str], where: Sequence[At], report: Report) -> None:
    for block, at in zip(blocks, where, strict=True):
        for name in filter(None, (block.after, block.before)):
            if name not in known:
                message = f"no section or moment is named {name!r}"
                report.error(message, at, did_you_mean(name, known), "unknown-stage")
