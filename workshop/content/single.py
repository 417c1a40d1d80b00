"""A single Markdown file as a kit: it inherits glossary, sources, audiences and data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from workshop.content.cross import check_exercise_links, check_links, check_needs, check_same_ids
from workshop.content.document import read_talk_document
from workshop.content.front_matter import read_talk
from workshop.content.kit_files import KIT_FILE, Shelf, read_shelf
from workshop.content.reading import Reading, Scope
from workshop.content.slides import slug, split_slides
from workshop.content.variables import gather, names_in, names_used
from workshop.errors import Report, did_you_mean
from workshop.model.source import Content, StageSource


def load_single(path: Path, base: Path | None, report: Report, variables: Mapping[str, str] = {}) -> Content | None:
    """Read one Markdown file; ``None`` if it cannot be read at all.

    Args:
        path: the file.
        base: kit to inherit from, or ``None``.
        report: where problems go.
        variables: texts of ``--var``.
    """
    shelf = read_shelf(base, report, lent=True) if base is not None and (base / KIT_FILE).is_file() else Shelf()
    audiences = frozenset(a.id for a in shelf.audiences) or None
    scope = Scope(is_kit=False, root=path.parent, sources=frozenset(s.key for s in shelf.sources), audiences=audiences)
    document = read_talk_document(path, scope, report)
    if document is None:
        return None
    reading = document.reading
    meta, front = read_talk(document)
    if audiences and "audience" in front.places and meta.audience not in audiences:
        hint = did_you_mean(meta.audience, audiences)
        reading.error(f"there is no audience {meta.audience!r}", front.places["audience"], hint, "unknown-audience")
    slides = split_slides(document)
    if not slides and not report.errors:
        reading.error("this file has no slides", reading.at(1), "begin one with ## Title", "empty")
    stage = StageSource(
        id=front.meta.stage or slug(path.stem) or "talk",
        meta=front.meta.but(number=None),
        meta_at=front.places,
        slides=slides,
        runs=front.runs,
        attrs=front.attrs,
        at=reading.at(1),
    )
    _check_across(stage, reading, shelf, report)
    return Content(
        root=path.parent,
        name=path.stem,
        is_kit=False,
        meta=meta.but(votes=shelf.meta.votes),
        covered=not (reading.tongue is not None and reading.tongue.marp),
        byline=front.byline,
        notes=front.notes,
        meta_at=front.places,
        stages=(stage,),
        audiences=shelf.audiences,
        glossary=shelf.glossary,
        sources=shelf.sources,
        data=shelf.data,
        files=(reading.path, *shelf.files),
        variables=gather(
            meta.vars, front.places, variables, names_used(reading) | names_in((meta, front.meta)), report
        ),
    )


def _check_across(stage: StageSource, reading: Reading, shelf: Shelf, report: Report) -> None:
    """Check across slides: ids given twice, links and needs that lead nowhere."""
    check_same_ids((stage,), tuple(a.id for a in shelf.audiences), report)
    check_links(reading, (stage,))
    check_needs((stage,), report)
    check_exercise_links(reading, ())
    reading.close()
