"""One Markdown file read as a kit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from workshop.content.adopted_texts import kept_list, refuse_kept
from workshop.content.cross_checks import check_exercise_links, check_links, check_needs, check_same_ids
from workshop.content.kit_files import KIT_FILE, Shelf, read_shelf
from workshop.content.markdown_file import read_document
from workshop.content.read_front_matter import FrontMatter, as_text, read_talk, spoken_in
from workshop.content.reading import Citing, Reading, Scope
from workshop.content.slide_edits import edits_folder, read_edits
from workshop.content.split_slides import Names, slug, split_slides
from workshop.content.variables import gather, names_in, names_used
from workshop.errors import Report, did_you_mean
from workshop.model.meta import KitMeta, StageMeta
from workshop.model.policy import TALK
from workshop.model.source import Content, SlideSource, StageSource

_CITES = re.compile(r"^(?:bibliography|references)[ \t]*:", re.MULTILINE)


# A single Markdown file as a kit: it inherits glossary, sources, audiences and data.
def load_single(
    path: Path,
    base: Path | None,
    report: Report,
    variables: Mapping[str, str] = {},
    tool: str = "",
    cache: Path | None = None,
    text: str | None = None,
) -> Content | None:
    """Read one Markdown file; ``None`` if it cannot be read at all.

    Args:
        path: the file.
        base: kit to inherit from, or ``None``.
        report: where problems go.
        variables: texts of ``--var``.
        tool: the tool that it was written for; "" to find out.
        cache: folder in which citations are kept; ``None`` for none.
        text: its Markdown, if it isn't read from the file.
    """
    shelf = read_shelf(base, report, lent=True) if base is not None and (base / KIT_FILE).is_file() else Shelf()
    audiences, sources = frozenset(a.id for a in shelf.audiences) or None, frozenset(one.key for one in shelf.sources)
    works = partial(_works, path=path, report=report)
    scope = Scope(policy=TALK, root=path.parent, sources=sources, audiences=audiences, works=works)
    document = read_document(path, scope, report, tool=tool, given=text)
    if document is None:
        return None
    reading = document.reading
    meta, front = read_talk(document)
    _check_audience(meta, front, audiences, reading)
    slides, said = _with_cover(split_slides(document), meta, front, covered=reading.habits.covered)
    if not slides and not report.errors:
        reading.error("this file has no slides", reading.at(1), "begin one with ## Title", "empty")
    stage = _stage_of(front, slides, path, report, reading)
    _check_across(stage, reading, shelf, report)
    stage = replace(stage, slides=_with_own_names(stage.slides))
    refuse_kept(kept_list(path), report)
    used = names_used(reading) | names_in((meta, front.meta))
    content = Content(
        root=path.parent,
        name=path.stem,
        edits=read_edits(path.parent, report, own=edits_folder(path).name),
        policy=TALK,
        meta=meta.but(votes=shelf.meta.votes),
        covered=reading.habits.covered,
        footer=front.footer or as_text(reading.footer, reading),
        byline=front.byline,
        behind=front.picture,
        notes=said,
        said=tuple(reading.said),
        left_out=tuple(reading.left_out),
        meta_at=front.places,
        stages=(stage,),
        audiences=shelf.audiences,
        glossary=shelf.glossary,
        sources=shelf.sources,
        data=shelf.data,
        files=(reading.path, *shelf.files),
        variables=gather(meta.vars, front.places, variables, used, report),
    )
    return content if reading.works is None else _cited(content, reading.works, report, cache)


def _check_audience(
    meta: KitMeta, front: FrontMatter[StageMeta], audiences: frozenset[str] | None, reading: Reading
) -> None:
    if audiences and "audience" in front.places and meta.audience not in audiences:
        hint = did_you_mean(meta.audience, audiences)
        reading.error(f"there is no audience {meta.audience!r}", front.places["audience"], hint, "unknown-audience")


def _cited(content: Content, works: Citing, report: Report, cache: Path | None) -> Content:
    """Return a talk with its citations as they are shown, and with the list of works."""
    from workshop.content.set_citations import with_citations

    return with_citations(content, works, report, cache)


def _works(front: str, path: Path, report: Report) -> Citing | None:
    """Return what a talk may cite; most talks have no bibliography, and need nothing that reads one."""
    if not _CITES.search(front):
        return None
    from workshop.content.references import of_talk

    return of_talk(front, path, report)


def _with_cover(
    slides: tuple[SlideSource, ...], meta: KitMeta, front: FrontMatter[StageMeta], *, covered: bool
) -> tuple[tuple[SlideSource, ...], tuple[str, ...]]:
    """Return the slides, and the notes of the cover; notes before the first slide belong to it."""
    first = slides[0] if slides else None
    if first is None or not meta.title or not covered or first.title or first.blocks or first.attrs.pairs:
        return slides, front.notes
    return slides[1:], (*front.notes, *spoken_in(first.notes))


def _stage_of(
    front: FrontMatter[StageMeta], slides: tuple[SlideSource, ...], path: Path, report: Report, reading: Reading
) -> StageSource:
    """Return the talk as the only section of a kit."""
    stage = StageSource(
        id=front.meta.stage or slug(path.stem) or "talk",
        meta=front.meta.but(number=None),
        meta_at=front.places,
        slides=slides,
        runs=front.runs,
        attrs=front.attrs,
        at=reading.at(1),
    )
    if stage.meta.facts:
        from workshop.content.kit_folder import with_facts

        return with_facts(stage, report)
    return stage


def _with_own_names(slides: tuple[SlideSource, ...]) -> tuple[SlideSource, ...]:
    """Return slides of which no two have one name, since a talk is built although its author gave a name twice."""
    names, seen = Names(slide.id for slide in slides), set[str]()
    made = []
    for slide in slides:
        own = names.unique(slide.id) if slide.id in seen and "for" not in slide.attrs else slide.id
        seen.add(own)
        made.append(slide if own == slide.id else replace(slide, id=own, attrs=replace(slide.attrs, id=own)))
    return tuple(made)


def _check_across(stage: StageSource, reading: Reading, shelf: Shelf, report: Report) -> None:
    """Check across slides: ids given twice, links and needs that lead nowhere."""
    check_same_ids((stage,), tuple(a.id for a in shelf.audiences), report)
    check_links(reading, (stage,))
    check_needs((stage,), report)
    check_exercise_links(reading, ())
    reading.close()
