"""Sections, sheets and printed matter that an earlier build read from the same text: kept as plain data.

A kit has some 9,000 lines, and an edit changes one of them. What a file says is kept under a digest of its text, of
everything else that its reading depends on, and of the code that reads it. A file with a problem isn't kept, since the
problem must be reported again. Pictures and other files that a source names are looked for again each time.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from workshop.content.mask import Masked
from workshop.content.pictures import find_laid, resolve_file
from workshop.content.reading import ALL_MARKDOWN, Reading, Scope
from workshop.content.source_text import display, read_text
from workshop.content.variables import names_used
from workshop.errors import At, Report
from workshop.files.cached import keep, recall
from workshop.files.installed import version_of
from workshop.files.our_code import code_digest
from workshop.model import markup, meta, moments, print_source, source, stage_pictures
from workshop.model.plain_trees import Trees

SUFFIX = ".read"
# The rooms with the code that reads: content, and whatever it may import
ROOMS = (
    "child",
    "content",
    "constructs",
    "errors",
    "expressions",
    "files",
    "fonts",
    "inputs",
    "kept",
    "layouts",
    "limits",
    "model",
    "wording",
)
PACKAGES = ("markdown-it-py", "mdit-py-plugins", "PyYAML")  # packages that also determine what is read
TREES = Trees(
    (
        *(value for value in vars(markup).values() if isinstance(value, type) and value.__module__ == markup.__name__),
        *(source.SlideSource, source.RunSpec, source.StageSource, source.ExerciseSource, source.SheetSource),
        *(meta.StageMeta, meta.SheetMeta, moments.Moment, moments.MomentSlide),
        *(print_source.PrintSource, print_source.PrintEntry, print_source.PrintPart),
        *(print_source.PrintMeta, print_source.EntryMeta, print_source.PartMeta),
        *(stage_pictures.StagePicture, stage_pictures.Outline),
    )
)
Made = TypeVar("Made")
Read = tuple[Made | None, Sequence[Reading]]


def read_once(
    path: Path, scope: Scope, report: Report, read: Callable[[str], Read[Made]], kind: type, *about: str
) -> Read[Made]:
    """Return what a file says, as ``read`` makes it from its text, and its readings; from the cache if that has it.

    Args:
        path: the file.
        scope: the context in which it is read; without a cache nothing is kept.
        report: where problems go.
        read: makes a source, or ``None`` if the file can't be used; all readings are returned for checks across files.
        kind: the class of what ``read`` makes.
        about: whatever else it depends on.
    """
    text = read_text(path, report)
    if text is None:
        return None, ()
    if scope.cache is None:
        return read(text)
    name = f"{_digest(path, text, scope, (kind.__name__, *about))}{SUFFIX}"
    if (found := _recalled(scope.cache, name, path, scope, report)) is not None and isinstance(found[0], kind):
        return cast(Read[Made], found)
    told = len(report.found)
    made, readings = read(text)
    if made is not None and len(report.found) == told:
        _keep(scope.cache, name, path, made, readings)
    return made, readings


def _digest(path: Path, text: str, scope: Scope, about: Sequence[str]) -> str:
    """Return the cache key of a file."""
    folders = [str(folder) for folder in (path, scope.root, *scope.overlays)]
    names = [sorted(scope.sources), sorted(scope.audiences or ()), sorted((k, *v) for k, v in scope.likes.items())]
    told = [code_digest(*ROOMS), _versions(), display(path), *folders, names, about, text]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:40]


@cache
def _versions() -> tuple[str, ...]:
    return tuple(map(version_of, PACKAGES))


def _keep(folder: Path, name: str, path: Path, made: Any, readings: Sequence[Reading]) -> None:
    """Keep a file that can be kept: one with nothing to report later, all of it from the kit or from an overlay."""
    if any(reading.lost or reading.ignored for reading in readings) or len({r.is_overlay for r in readings}) > 1:
        return
    try:
        record = _record(path, made, readings)
    except KeyError:  # a kind of node that only talks have
        return
    keep(folder, name, json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode())


def _record(path: Path, made: Any, readings: Sequence[Reading]) -> dict[str, Any]:
    """Return a source and what later steps ask of its readings as plain data."""
    shown = display(path)

    def each(of: Callable[[Reading], Sequence[tuple[str, At]]]) -> list[Any]:
        return [[name, TREES.plain(at, shown)] for reading in readings for name, at in of(reading)]

    return {
        "made": TREES.plain(made, shown),
        "links": each(lambda reading: reading.links),
        "exercises": each(lambda reading: reading.exercises),
        "paths": list(dict.fromkeys(reading.path for reading in readings)),
        "held": sum((reading.held for reading in readings), Counter()),
        "starts": [line for reading in readings for line in reading.starts],
        "variables": sorted({name for reading in readings for name in names_used(reading)}),
        "pictures": {name: found for reading in readings for name, found in reading.pictures.items()},
        "beside": {name: digest for reading in readings for name, digest in reading.beside.items()},
    }


def _recalled(
    folder: Path, name: str, path: Path, scope: Scope, report: Report
) -> tuple[Any, Sequence[Reading]] | None:
    """Return what an earlier build read; ``None`` if nothing is kept, it is damaged, or a file that it names has changed."""
    payload = recall(folder, name)
    if payload is None:
        return None
    shown = display(path)
    reading = Reading(path=shown, folder=path.parent, masked=Masked("", (), {}, {}), scope=scope, report=Report())
    try:
        record = json.loads(payload)
        made = TREES.made(record["made"], shown)
        reading.links = [(str(to), TREES.made(at, shown)) for to, at in record["links"]]
        reading.exercises = [(str(to), TREES.made(at, shown)) for to, at in record["exercises"]]
        reading.starts, reading.variables = list(record["starts"]), frozenset(record["variables"])
        paths = [str(own) for own in record["paths"]]
        held = {str(unit): int(count) for unit, count in record["held"].items()}
        same = _same_pictures(reading, record["pictures"]) and _same_files(reading, record["beside"])
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return None
    if not same:
        return None
    reading.report = report
    for most in ALL_MARKDOWN:
        reading.hold(most, held.get(most.unit, 0))
    others = [replace(reading, path=own, links=[], exercises=[], starts=[]) for own in paths if own != shown]
    return made, (reading, *others)


def _same_pictures(reading: Reading, pictures: Mapping[str, str]) -> bool:
    """Whether every picture is where it was; looking for them also notes which files of overlays are used."""
    return all(resolve_file(reading, name, At(reading.path)) == found for name, found in pictures.items())


def _same_files(reading: Reading, beside: Mapping[str, str]) -> bool:
    """Whether the files that were read together with this one still say the same."""
    return all(digest_of(find_laid(name, reading.scope)) == digest for name, digest in beside.items())


def digest_of(found: Path | tuple[str, str] | None) -> str:
    """Return a digest of a file's name and bytes; "" if there is none or it can't be read."""
    if not isinstance(found, Path):
        return ""
    try:
        return hashlib.sha256(f"{found}\0".encode() + found.read_bytes()).hexdigest()
    except OSError:
        return ""
