"""Ballots, cards and the quiz: YAML files whose texts are Markdown, with values and audiences as on slides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from workshop.content.pictures import find_laid
from workshop.content.print_reader import PrintReader
from workshop.content.reading import Read, Reading, Scope
from workshop.content.source_text import display, read_text
from workshop.errors import At, Report
from workshop.inputs.yaml_text import parse_yaml
from workshop.model.meta import KitMeta
from workshop.model.print_source import PrintSource


class Asked(Struct, frozen=True):
    """A file that kit.yaml names."""

    kind: str
    name: str
    at: At


def asked_for(meta: KitMeta, places: Mapping[str, At]) -> Iterator[Asked]:
    """Yield the files that kit.yaml names under ``ballots``, ``cards`` and ``quiz``."""
    for kind, names in (("ballots", (meta.ballots,)), ("cards", meta.cards), ("quiz", (meta.quiz,))):
        for index, name in enumerate(names):
            if name:
                at = places.get(f"{kind}.{index}") or places.get(kind, At(""))
                yield Asked(kind, name, at)


def read_prints(
    asked: Iterable[Asked], scope: Scope, stages: Iterable[str], report: Report
) -> tuple[tuple[PrintSource, ...], tuple[Reading, ...]]:
    """Read a kit's files of printed matter; every problem is reported.

    Args:
        asked: the names in kit.yaml; an overlay's file of the same name takes precedence over the kit's.
        stages: ids of the kit's sections, one of which each file or question must name.
    """
    known = tuple(stages)
    sources: list[PrintSource] = []
    readings: list[Reading] = []
    for wanted in asked:
        source, own = _read(wanted, scope, known, report)
        readings.extend(own)
        if source is not None:
            sources.append(source)
    return tuple(sources), tuple(readings)


def _read(wanted: Asked, scope: Scope, stages: tuple[str, ...], report: Report) -> Read[PrintSource]:
    """Return one file and its readings."""
    path = find_laid(wanted.name, scope)
    if not isinstance(path, Path):
        report.error(path[0], wanted.at, path[1], "missing-file")
        return None, ()
    text = read_text(path, report)
    tree = parse_yaml(text, display(path), report) if text is not None else None
    if tree is None:
        return None, ()
    reader = PrintReader(path=path, tree=tree, scope=scope, stages=stages, report=report, readings=[])
    reader.of_file().replaced.add(path)
    return reader.source(wanted.kind), reader.readings
