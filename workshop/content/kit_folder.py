"""A kit folder: its sections in order, its exercises, everything around them, and checks across slides.

A section can name facts in its front matter: ``facts: {falls: "trigram.bits.last < trigram.bits.first"}``. A name stands for its
expression in every value and condition of the section; it is written out when the section has been read, so no later step knows of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar, cast

from msgspec.structs import replace

from workshop import limits
from workshop.content.adopted_texts import KEPT_FILE, refuse_kept
from workshop.content.cross_checks import (
    check_exercise_links,
    check_links,
    check_needs,
    check_same_exercises,
    check_same_ids,
)
from workshop.content.edits import Laid, grouped
from workshop.content.exercise_sheets import read_sheet
from workshop.content.for_audiences import shared, shared_groups, spelled_out
from workshop.content.kit_files import KIT_FILE, Shelf, filled_by_world, is_inside, read_shelf
from workshop.content.kit_moments import check_moments
from workshop.content.likes import Likes, with_likes
from workshop.content.markdown_file import read_document
from workshop.content.overlay import lay_audiences, lay_words
from workshop.content.overlay_files import check_used, lay_over
from workshop.content.own_words import in_own_words
from workshop.content.printed import asked_for, read_prints
from workshop.content.read_front_matter import FrontMatter, read_front_matter
from workshop.content.reading import ALL_MARKDOWN, Read, Reading, Scope, find_laid
from workshop.content.references import check_ledger, works_of
from workshop.content.set_citations import with_citations
from workshop.content.slide_edits import read_edits
from workshop.content.source_text import display
from workshop.content.split_slides import split_slides
from workshop.content.stage_pictures import read_stage_pictures
from workshop.content.variables import gather, names_in, names_used
from workshop.errors import At, Report, did_you_mean
from workshop.expressions import ExpressionError, parse
from workshop.inputs.door import find_inside
from workshop.model.frozen import with_parts
from workshop.model.markup import Attrs, Value
from workshop.model.meta import MAX_SHORT, StageMeta
from workshop.model.policy import KIT
from workshop.model.slide_edit import SlideEdit
from workshop.model.source import Content, SheetSource, SlideSource, StageSource
from workshop.model.stage_picture import StagePicture
from workshop.model.walk import CONDITIONS, VALUE, expressions_in

T = TypeVar("T")
NAME = re.compile(r"[a-z][a-z0-9_]*")


def with_facts(stage: StageSource, report: Report) -> StageSource:
    """Return a section with its named facts written out; wrong ones, and those that nothing uses, are reported."""
    facts = {name: text for name, text in stage.meta.facts.items() if _is_fine(stage, name, text, report)}
    if not facts:
        return stage
    # not within a path or a string, nor a filter or a function
    wanted = re.compile(rf"(?<![\w.'\"])(?<!\|)(?<!\| )({'|'.join(facts)})(?![\w('\"])")
    used: set[str] = set()

    def spelled(expression: str) -> str:
        used.update(wanted.findall(expression))
        return wanted.sub(lambda match: f"({facts[match[1]]})", expression)

    def concerns(slide: SlideSource) -> bool:
        return any(wanted.search(text) for text, _ in expressions_in(slide, None))

    slides = tuple(_written(slide, spelled) if concerns(slide) else slide for slide in stage.slides)
    for name in sorted(facts.keys() - used):
        report.warn(f"no slide uses the fact {name!r}", _place(stage, name), "remove it, or use it", "unused-fact")
    return replace(stage, slides=slides)


def _is_fine(stage: StageSource, name: str, text: str, report: Report) -> bool:
    if not NAME.fullmatch(name):
        hint = "use small letters, digits and _, as in falls_at_last"
        report.error(f"{name!r} can't name a fact", _place(stage, name), hint, "fact")
        return False
    try:
        parse(text)
    except ExpressionError as error:
        report.error(str(error), _place(stage, name), error.hint, error.code)
        return False
    return True


def _place(stage: StageSource, name: str) -> At:
    return stage.meta_at.get(f"facts.{name}", stage.at)


def _written(node: T, spelled: Callable[[str], str]) -> T:
    """Return a node and everything below it with all expressions spelled out; what stays the same isn't copied."""
    if isinstance(node, Value):
        return cast("T", replace(node, expr=spelled(node.expr)))
    if isinstance(node, Attrs):
        pairs = tuple((key, _text(key, text, spelled)) for key, text in node.pairs)
        return node if pairs == node.pairs else cast("T", replace(node, pairs=pairs))
    return node if isinstance(node, At) else cast("T", with_parts(node, lambda part: _written(part, spelled)))


def _text(key: str, text: str, spelled: Callable[[str], str]) -> str:
    return (
        spelled(text) if key in CONDITIONS else VALUE.sub(lambda match: f"{{{{ {spelled(match[1].strip())} }}}}", text)
    )


BESIDE = "../exercises"  # the only place outside its folder that a kit may name
LEVEL = 2
_NUMBERED = re.compile(r"^\d+[-_. ]*")


def _laid_over(
    root: Path, overlays: tuple[Path, ...], world: str, report: Report
) -> tuple[Shelf, frozenset[tuple[str, str]]]:
    """Return a kit's shelf under its overlays, and the slots that the world or an overlay filled."""
    shelf = read_shelf(root, report, world=world)
    own = filled_by_world(root, shelf.worlds, shelf.data)
    for folder in overlays:
        shelf, changed = lay_over(shelf, folder, root, report)
        own |= changed
    return shelf, own


def load_kit(
    root: Path,
    report: Report,
    overlays: tuple[Path, ...] = (),
    variables: Mapping[str, str] = {},
    world: str = "",
    cache: Path | None = None,
) -> Content | None:
    """Read a kit folder; ``None`` if there is no kit.yaml.

    Args:
        root: the folder.
        report: where problems go.
        overlays: folders laid over it, the strongest last.
        variables: texts of ``--var``.
        world: name or folder of ``--world``.
        cache: folder in which citations, and what each file says, are kept; ``None`` for none.
    """
    if not _has_kit_file(root, report):
        return None
    shelf, own = _laid_over(root, overlays, world, report)
    audiences, likes = with_likes(shelf.audiences, report)
    shelf = in_own_words(replace(shelf, audiences=audiences), (root, *overlays), report)
    scope = _scope(root, shelf, overlays, likes, report, cache)
    laid = _words(root, shelf, scope, overlays, report)
    prints, more = read_prints(asked_for(shelf.meta, shelf.places), scope, [stage.id for stage in laid.stages], report)
    laid.readings.extend(more)
    _check_across(laid, laid.readings, shelf, overlays, report)
    content = Content(
        root=root,
        name="",
        policy=KIT,
        meta=shelf.meta,
        meta_at=shelf.places,
        stages=laid.stages,
        sheets=laid.sheets,
        audiences=shelf.audiences,
        glossary=shelf.glossary,
        sources=shelf.sources,
        data=shelf.data,
        points=shelf.points,
        frameworks=shelf.frameworks,
        style=shelf.style,
        files=(*shelf.files, *dict.fromkeys(reading.path for reading in laid.readings)),
        variables=gather(shelf.meta.vars, shelf.places, variables, _variables_used(laid, shelf), report),
        overlays=overlays[::-1],
        worlds=shelf.worlds,
        own_slots=own,
        dropped=frozenset(laid.dropped),
        joined=laid.joined,
        moves=tuple(laid.moves),
        adopted=frozenset(laid.adopted),
        prints=spelled_out(prints, likes) if likes else prints,
        pictures=_pictures(shelf, scope, laid.stages, report),
        edits=_edits(overlays, likes, report),
    )
    return with_citations(content, scope.works(""), report, cache)


def _edits(overlays: tuple[Path, ...], likes: Likes, report: Report) -> tuple[SlideEdit, ...]:
    """Return the edits that are repeated on the slides; those for an audience are for any that is like it."""
    for folder in overlays:
        refuse_kept(folder / KEPT_FILE, report, f" --overlay {display(folder)}")
    edits = [edit for folder in overlays for edit in read_edits(folder, report)]
    lists = shared([(edit.slide, edit.audience) for edit in edits], likes)
    return tuple(replace(edit, audience=text) for edit, text in zip(edits, lists, strict=True))


def _scope(
    root: Path, shelf: Shelf, overlays: tuple[Path, ...], likes: Likes, report: Report, cache: Path | None
) -> Scope:
    """Return the context in which all files of a kit are read."""
    works = works_of(shelf.meta, root, shelf.places, report)
    if works is not None:
        check_ledger(works, [source.key for source in shelf.sources], report)
    return Scope(
        policy=KIT,
        root=root,
        sources=frozenset(s.key for s in shelf.sources),
        audiences=frozenset(a.id for a in shelf.audiences),
        overlays=overlays[::-1],
        worlds=shelf.worlds,
        likes=likes,
        works=lambda _: works,
        cache=cache,
    )


def _pictures(
    shelf: Shelf, scope: Scope, stages: tuple[StageSource, ...], report: Report
) -> Mapping[str, StagePicture]:
    """Return the drawings, among them those of the numbered sections and of the cover; those of an overlay replace the kit's one by one."""
    numbered = [stage.id for stage in stages if stage.number is not None]
    at, made = shelf.places.get("pictures"), dict[str, StagePicture]()
    for name in shelf.pictures:
        inside = (
            find_inside(name, (folder,), folder) for folder in (scope.root, *scope.worlds[::-1], *scope.overlays[::-1])
        )
        files: list[Path | tuple[str, str]] = [found for found in inside if isinstance(found, Path)]
        for found in files or [find_laid(name, scope)]:
            if isinstance(found, Path):
                made |= read_stage_pictures(found, numbered, report)
            else:
                report.error(found[0], at, found[1], "missing-file")
    return made


def _has_kit_file(root: Path, report: Report) -> bool:
    path = root / KIT_FILE
    if not path.exists():
        is_overlay = (root / "audiences").is_dir() or (root / "slides.md").is_file()
        over = f"if it changes another kit, lay it over that: --overlay {display(root)}"
        hint = over if is_overlay else "write one, or name a Markdown file instead of a folder"
        report.error(f"there is no {KIT_FILE} in this folder", At(display(root)), hint, "missing-file")
        return False
    return is_inside(path, root, report)


def _words(root: Path, shelf: Shelf, scope: Scope, overlays: tuple[Path, ...], report: Report) -> Laid:
    """Read the sections and the sheets, and apply the overlays' Markdown to them."""
    readings: list[Reading] = []
    stages = _stages(root, shelf, scope, readings, report)
    laid = Laid(stages, _sheets(root, shelf, scope, stages, readings, report), readings, dropped={})
    if scope.likes:
        _share(laid, scope.likes)
    for folder in (root, *overlays):
        if folder != root:
            lay_words(laid, folder, scope, report)
        lay_audiences(laid, folder, scope, report)
    laid.stages = tuple(with_facts(stage, report) for stage in laid.stages)
    return laid


def _share(laid: Laid, likes: Likes) -> None:
    """Spell out who sees what, for audiences that are like another."""
    rows = [grouped(stage.slides) for stage in laid.stages]
    slides = iter(shared_groups([group for row in rows for group in row], likes))
    laid.stages = tuple(
        replace(
            stage, attrs=spelled_out(stage.attrs, likes), slides=tuple(s for group in row for s in next(slides, group))
        )
        for stage, row in zip(laid.stages, rows, strict=True)
    )
    tasks = iter(shared_groups([(exercise,) for sheet in laid.sheets for exercise in sheet.exercises], likes))
    laid.sheets = tuple(
        replace(sheet, exercises=tuple(next(tasks)[0] for _ in sheet.exercises)) for sheet in laid.sheets
    )


def _check_across(
    laid: Laid, readings: list[Reading], shelf: Shelf, overlays: tuple[Path, ...], report: Report
) -> None:
    """Check across files: ids given twice, links and needs that lead nowhere, variables that nothing uses."""
    audiences = tuple(a.id for a in shelf.audiences)
    exercises = [exercise for sheet in laid.sheets for exercise in sheet.exercises]
    check_same_ids(laid.stages, audiences, report)
    check_same_exercises(exercises, audiences, report)
    check_needs(laid.stages, report, laid.dropped)
    for reading in readings:
        check_links(reading, laid.stages, laid.dropped)
        check_exercise_links(reading, [exercise.id for exercise in exercises], laid.dropped)
        reading.close()
    for folder in overlays:
        check_used(folder, shelf, [path for reading in readings for path in reading.replaced], report)
    _check_meta(shelf, laid.stages, audiences, report, frozenset(laid.dropped))


def _variables_used(laid: Laid, shelf: Shelf) -> set[str]:
    """Return the variables that any file of the kit uses."""
    terms = [(term.term, term.definition) for term in shelf.glossary]
    metas = [part.meta for parts in (laid.stages, laid.sheets) for part in parts]
    written = (shelf.meta, metas, [audience.meta for audience in shelf.audiences], terms)
    return {name for reading in laid.readings for name in names_used(reading)} | names_in(written)


def _stages(root: Path, shelf: Shelf, scope: Scope, readings: list[Reading], report: Report) -> tuple[StageSource, ...]:
    stages: dict[str, StageSource] = {}
    numbers: dict[int, StageSource] = {}
    if (listed := len(shelf.meta.sections)) > limits.SECTIONS:
        at = shelf.places.get("sections", At(display(root / KIT_FILE)))
        what = f"this kit has {listed:,} sections; the limit is {limits.SECTIONS}"
        report.error(what, at, "make two kits of it", "too-large")
        return ()
    for index, name in enumerate(shelf.meta.sections):
        at = shelf.places.get(f"sections.{index}", At(display(root / KIT_FILE)))
        if name in shelf.meta.sections[:index]:
            report.error(f"the section {name!r} is listed twice", at, "leave one of them out", "duplicate-id")
            continue
        file_name = name if name.endswith(".md") else f"{name}.md"
        found = find_inside(file_name, (root,), root)
        if not isinstance(found, Path):
            report.error(found[0], at, found[1], "missing-file")
            continue
        stage, own = _section(found, scope, report)
        readings.extend(own)
        if not report.has_room(*ALL_MARKDOWN):
            break
        if stage is None:
            continue
        if stage.id in stages:
            other = stages[stage.id].at
            report.error(f"{other.path} has the stage {stage.id!r} too", stage.at, "rename one of them", "duplicate-id")
            continue
        if stage.number is not None and stage.number in numbers:
            other = numbers[stage.number].at
            place = stage.meta_at.get("number", stage.at)
            report.error(
                f"{other.path} has the number {stage.number} too", place, "use the next free number", "duplicate-id"
            )
        stages[stage.id] = stage
        if stage.number is not None:
            numbers.setdefault(stage.number, stage)
    _check_listed(root, shelf, report)
    return tuple(stages.values())


def _section(path: Path, scope: Scope, report: Report) -> Read[StageSource]:
    """Return a section and its reading."""
    document = read_document(path, scope, report, LEVEL)
    if document is None:
        return None, ()
    reading = document.reading
    stage = _stage(path, reading, read_front_matter(document, StageMeta, ("title",)), split_slides(document))
    if not stage.slides:
        reading.error("this file has no slides", stage.at, "begin one with ## Title {#name}", "empty")
    return stage, (reading,)


def _check_listed(root: Path, shelf: Shelf, report: Report) -> None:
    """Warn about files that are named like sections but aren't listed: it is easy to forget that."""
    listed = {name.removesuffix(".md") for name in shelf.meta.sections}
    if not listed:
        return  # that was reported already
    at = shelf.places.get("sections", At(display(root / KIT_FILE)))
    for path in sorted(root.glob("*.md")):
        if _NUMBERED.match(path.stem) and path.stem not in listed:
            report.warn(
                f"'{path.name}' isn't a section", at, f"add {path.stem} to sections:, or rename the file", "unlisted"
            )


def _stage(path: Path, reading: Reading, front: FrontMatter[StageMeta], slides: tuple[SlideSource, ...]) -> StageSource:
    meta = front.meta
    if meta.number and len(meta.short or meta.title) > MAX_SHORT:
        hint = f"add short: with at most {MAX_SHORT} characters"
        at = front.places.get("title", reading.at(1))
        reading.report.warn("this title is too long for the rail", at, hint, "short-title")
    return StageSource(
        id=meta.stage or _NUMBERED.sub("", path.stem) or path.stem,
        meta=meta,
        meta_at=front.places,
        slides=slides,
        runs=front.runs,
        attrs=front.attrs,
        at=reading.at(1),
    )


def _sheets(
    root: Path,
    shelf: Shelf,
    scope: Scope,
    stages: tuple[StageSource, ...],
    readings: list[Reading],
    report: Report,
) -> tuple[SheetSource, ...]:
    name = shelf.meta.exercises
    folder = find_inside(name or "exercises", (root,), root if name != BESIDE else root.parent)
    if not isinstance(folder, Path) or not folder.is_dir():
        if name:
            at = shelf.places.get("exercises", At(display(root / KIT_FILE)))
            message = f"{name!r} isn't a folder" if isinstance(folder, Path) else folder[0].replace("file", "folder", 1)
            report.error(message, at, "it is looked for beside kit.yaml", "missing-file")
        return ()
    sheets: dict[str, SheetSource] = {}
    known = tuple(stage.id for stage in stages)
    for path in sorted(folder.glob("*.md")):
        if path.name.upper() == "README.MD":
            continue
        if not path.resolve().is_relative_to(folder.resolve()):
            report.error(
                "this file is a link that leads out of its folder", At(display(path)), "copy it here", "missing-file"
            )
            continue
        sheet, own = read_sheet(path, scope, known, report)
        readings.extend(own)
        if not report.has_room(*ALL_MARKDOWN):
            break
        if sheet is None:
            continue
        if sheet.stage and sheet.stage in sheets:
            other = sheets[sheet.stage].at
            report.error(f"{other.path} is the sheet of {sheet.stage!r} too", sheet.at, "merge them", "duplicate-id")
        sheets.setdefault(sheet.stage, sheet)
    order: Mapping[str, int] = {stage.id: index for index, stage in enumerate(stages)}
    return tuple(sorted(sheets.values(), key=lambda sheet: order.get(sheet.stage, len(order))))


def _check_meta(
    shelf: Shelf, stages: tuple[StageSource, ...], audiences: tuple[str, ...], report: Report, dropped: frozenset[str]
) -> None:
    """Check what kit.yaml and the glossary say about sections and audiences."""
    default = shelf.meta.audience
    if "audience" in shelf.given and default not in audiences:
        at = shelf.places.get("audience")
        report.error(f"there is no audience {default!r}", at, did_you_mean(default, audiences), "unknown-audience")
    numbers = {str(stage.number) for stage in stages if stage.number is not None}
    for index, phase in enumerate(shelf.meta.phases):
        for place, number in enumerate(map(str, phase.stages)):
            if number not in numbers:
                at = shelf.places.get(f"phases.{index}.stages.{place}")
                report.error(f"no section has the number {number}", at, did_you_mean(number, numbers), "unknown-stage")
    ids = {stage.id for stage in stages}
    slides = {slide.id for stage in stages for slide in stage.slides} | dropped
    _check_weights(shelf, ids, report)
    check_moments(shelf.meta, shelf.places, stages, shelf.audiences, dropped, report)
    for point in shelf.points:
        if point.stage and point.stage not in ids:
            report.error(
                f"no section is named {point.stage!r}", point.at, did_you_mean(point.stage, ids), "unknown-stage"
            )
    for term in shelf.glossary:
        if term.stage and term.stage not in ids:
            report.error(f"no section is named {term.stage!r}", term.at, did_you_mean(term.stage, ids), "unknown-stage")
        if term.explained and term.explained not in slides:
            report.error(
                f"no slide is named {term.explained!r}", term.at, did_you_mean(term.explained, slides), "unknown-link"
            )


def _check_weights(shelf: Shelf, ids: set[str], report: Report) -> None:
    """Check the sections that weights name."""
    for audience in shelf.audiences:
        for name in audience.meta.weights:
            if name not in ids:
                report.error(f"no section is named {name!r}", audience.at, did_you_mean(name, ids), "unknown-stage")
