"""The YAML files of an overlay, laid over those of its kit."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from workshop.content.adopted_texts import KEPT_FILE
from workshop.content.kit_files import KIT_FILE, Shelf, read_shelf, read_style
from workshop.content.likes import taking
from workshop.content.metadata import laid_over
from workshop.content.reading import relative
from workshop.content.source_text import display
from workshop.content.vocabulary import near
from workshop.errors import At, Report, did_you_mean
from workshop.inputs.door import find_inside
from workshop.model.meta import KitMeta, StyleMeta
from workshop.model.source import AudienceSource

# Changes that the YAML files and data of an overlay make to a kit's shelf.
LISTS = ("glossary.yaml", "sources.yaml", "points.yaml", "frameworks.yaml", "law.yaml")
FOLDERS = ("audiences", "data", "edits", "exercises", "locale", "pictures", "worlds")
MERGED = ("vars", "data")
FOR_ALL = ("subtitle", "occasion", "start", "people")  # keys of kit.yaml that an audience may have, too


def lay_over(shelf: Shelf, folder: Path, root: Path, report: Report) -> tuple[Shelf, frozenset[tuple[str, str]]]:
    """Return the shelf of the kit in ``root`` with an overlay's files applied, and (demo, slot) of the data that changed.

    Entries of lists replace those with the same id, or are added at the end if they are new; so do audiences, by file name.
    """
    over = read_shelf(folder, report, whole=False)
    named = {*_names_in(shelf.meta), *_names_in(over.meta)}
    fine = _check_names(folder, named, report)
    if fine and _is_empty(folder, named):
        hint = "write slides.md in it, or another file of a kit: see docs/overlays.md"
        report.error("this folder changes nothing", At(display(folder)), hint, "overlay")
    data, changed = _data(shelf.data, over, folder, root, report)
    meta = laid_over(shelf.meta, over.meta, over.given)
    meta = meta.but(vars={**shelf.meta.vars, **over.meta.vars}, data={**shelf.meta.data, **over.meta.data})
    return (
        Shelf(
            meta=meta,
            given=shelf.given | over.given,
            places=_places(shelf.places, over),
            audiences=_audiences(shelf, over, report),
            glossary=_by_id(shelf.glossary, over.glossary, "id"),
            sources=_by_id(shelf.sources, over.sources, "key"),
            data=data,
            points=_by_id(shelf.points, over.points, "id"),
            style=over.style or _style(folder, shelf, report),
            pictures=tuple(dict.fromkeys((*shelf.pictures, *over.pictures))),
            frameworks=_by_id(shelf.frameworks, over.frameworks, "id"),
            worlds=shelf.worlds,
            files=(*shelf.files, *over.files),
        ),
        changed,
    )


def _names_in(meta: KitMeta) -> Iterator[str]:
    """Yield the names of the files that kit.yaml names and that lie beside it."""
    names = (meta.pictures, meta.style, meta.quiz, meta.ballots, *meta.cards)
    return (name for name in names if name and "/" not in name)


def _style(folder: Path, shelf: Shelf, report: Report) -> StyleMeta | None:
    """Return the style of an overlay's file of the same name as the kit's, or else the kit's."""
    name = shelf.meta.style
    found = find_inside(name, (folder,), folder) if name else None
    return read_style(found, report, []) if isinstance(found, Path) else shelf.style


def _is_empty(folder: Path, named: Collection[str]) -> bool:
    """Whether a folder contains nothing that an overlay could change."""
    known = any((folder / name).exists() for name in (KIT_FILE, KEPT_FILE, *LISTS, *FOLDERS, *named))
    return not known and not any(folder.glob("*.md"))


def check_used(folder: Path, shelf: Shelf, used: Iterable[Path], report: Report) -> None:
    """Advise about files in ``data/`` that nothing reads: a misspelt name replaces nothing."""
    read = {path.resolve() for slots in shelf.data.values() for path in slots.values()}
    read |= {path.resolve() for path in used}
    names = {path.name for path in read}
    data = folder / "data"
    for path in sorted(data.rglob("*")) if data.is_dir() else ():
        if (
            path.is_file()
            and not path.is_symlink()
            and not any(path.resolve() == r or path.resolve().is_relative_to(r) for r in read)
        ):
            hint = did_you_mean(path.name, names, "a file replaces the kit's of the same name; did you mean")
            report.advise("nothing reads this file", At(display(path)), hint, "unused-file")


def _check_names(folder: Path, named: Collection[str], report: Report) -> bool:
    """Report files and folders whose names look like a misspelt name of an overlay's file; return whether there are none."""
    known = (KIT_FILE, KEPT_FILE, *LISTS, *FOLDERS, *named)
    before = len(report.found)
    for path in sorted(folder.iterdir()):
        if path.suffix in (".yaml", ".yml") and path.name not in known:
            hint = did_you_mean(path.name, [name for name in known if name.endswith(".yaml")])
            report.error("nothing reads this file", At(display(path)), hint, "unknown-file")
        elif path.is_dir() and path.name not in known and near(path.name, FOLDERS):
            report.error(
                "nothing reads this folder", At(display(path)), did_you_mean(path.name, FOLDERS), "unknown-file"
            )
    return len(report.found) == before


def _places(places: Mapping[str, At], over: Shelf) -> dict[str, At]:
    gone = over.given - {*MERGED}
    kept = {dotted: at for dotted, at in places.items() if dotted.partition(".")[0] not in gone}
    return {**kept, **over.places}


def _by_id(kit: tuple[Any, ...], over: tuple[Any, ...], key: str) -> tuple[Any, ...]:
    entries = {getattr(entry, key): entry for entry in kit}
    return tuple({**entries, **{getattr(entry, key): entry for entry in over}}.values())


def _audiences(shelf: Shelf, over: Shelf, report: Report) -> tuple[AudienceSource, ...]:
    """Return the audiences of both; a new one that doesn't say whom it is like is like the kit's own.

    An overlay can't change every ``for=`` of the kit, so an audience that is like nobody would see only parts of it. One that
    is like itself keeps what the kit says about it. What the overlay's kit.yaml says counts for every audience of the kit.
    """
    kit = {audience.id: _without(audience, over.given) for audience in shelf.audiences}
    usual = shelf.meta.audience if shelf.meta.audience in kit else next(iter(kit), "")
    made = []
    for audience in over.audiences:
        name = audience.meta.like
        if audience.id in kit and name == audience.id:
            own = replace(audience, meta=audience.meta.but(like=kit[name].meta.like))
            made.append(taking(own, kit[name]))
        elif audience.id not in kit and not name and usual:
            hint = f"write like: {usual}, or name another: {', '.join(kit)}"
            if not report.errors:
                report.advise(f"this audience is taken to be like {usual!r}", audience.at, hint, "audience")
            made.append(replace(audience, meta=audience.meta.but(like=usual)))
        else:
            made.append(audience)
    return _by_id(tuple(kit.values()), tuple(made), "id")


def _without(audience: AudienceSource, keys: frozenset[str]) -> AudienceSource:
    """Return an audience of a kit without its own values of some keys of kit.yaml."""
    gone: dict[str, Any] = {key: None for key in FOR_ALL if key in keys}
    if "minutes" in keys:
        gone["minutes"] = audience.meta.lengths or None
    return replace(audience, meta=audience.meta.but(**gone), given=audience.given - gone.keys()) if gone else audience


def _data(
    data: Mapping[str, Mapping[str, Path]], over: Shelf, folder: Path, root: Path, report: Report
) -> tuple[dict[str, dict[str, Path]], frozenset[tuple[str, str]]]:
    """Return the kit's data, with the files that the overlay has under the same name or binds itself."""
    bound = {demo: dict(slots) for demo, slots in data.items()}
    changed: set[tuple[str, str]] = set()
    for demo, slots in bound.items():
        for slot, path in slots.items():
            name = relative(path, root)
            if name.startswith("..") or not os.path.lexists(folder / name):
                continue
            found = find_inside(name, (folder,), folder)
            if isinstance(found, Path):
                slots[slot] = found
                changed.add((demo, slot))
            else:
                report.error(found[0], At(display(folder / name)), found[1], "missing-file")
    for demo, own in over.data.items():
        bound.setdefault(demo, {}).update(own)
        changed |= {(demo, slot) for slot in own}
    return bound, frozenset(changed)
