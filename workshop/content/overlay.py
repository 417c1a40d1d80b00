"""Overlays: a folder whose Markdown replaces, inserts and drops slides and exercises of a kit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from workshop.content.blocks import Break, Flow
from workshop.content.document import Document, read_document
from workshop.content.edits import Edit, Gone, Group, Laid, apply_edits, drop_with, grouped
from workshop.content.exercises import LEVEL, split_exercises
from workshop.content.front_matter import FrontMatter, read_front_matter
from workshop.content.kit_files import is_inside
from workshop.content.likes import shared_edits
from workshop.content.reading import Reading, Scope
from workshop.content.schema import laid_over
from workshop.content.slides import split_slides
from workshop.content.vocabulary import near
from workshop.errors import At, Report, did_you_mean
from workshop.model.markup import Attrs, Heading
from workshop.model.meta import SheetMeta, StageMeta
from workshop.model.source import SheetSource, SlideSource, StageSource

PLACES = ("after", "before")
DROP = "drop"
MUST, MAY = "must", ("optional", "deep")


def lay_words(laid: Laid, folder: Path, scope: Scope, report: Report) -> None:
    """Apply the Markdown files of one overlay to a kit's."""
    audiences = tuple(sorted(scope.audiences or ()))
    edits: list[Edit] = []
    for document in _documents(folder, folder, scope, report):
        laid.readings.append(document.reading)
        front = read_front_matter(document, StageMeta)
        laid.stages = _with_front(laid.stages, document, front)
        flow, marks = _marks(document)
        slides = grouped(split_slides(replace(document, flow=flow)))
        edits.extend(_edits(slides, marks, document.reading))
    laid.joined |= {edit.id: (edit.anchor, edit.after) for edit in edits if edit.anchor and not edit.drop}
    rows = [grouped(stage.slides) for stage in laid.stages]
    edits = shared_edits(edits, scope.likes)
    _forget(laid, apply_edits(rows, edits, audiences, "slide", report))
    tasks = _lay_exercises(laid, folder, scope, audiences, report)
    _forget(laid, drop_with(rows, edits, tasks, audiences, report))
    laid.stages = tuple(
        replace(stage, slides=tuple(slide for group in row for slide in group))
        for stage, row in zip(laid.stages, rows, strict=True)
    )


def _lay_exercises(laid: Laid, folder: Path, scope: Scope, audiences: Sequence[str], report: Report) -> Sequence[Edit]:
    """Change the exercises, and return the changes."""
    edits: list[Edit] = []
    for document in _documents(folder / "exercises", folder, scope, report):
        laid.readings.append(document.reading)
        front = read_front_matter(document, SheetMeta)
        flow, marks = _marks(document)
        made = tuple(split_exercises(replace(document, flow=flow), front.meta.stage))
        if _is_new_sheet(laid, document, front):
            laid.sheets = (*laid.sheets, SheetSource(front.meta, made, document.reading.at(1)))
            continue
        laid.sheets = tuple(_sheet_with(sheet, front) for sheet in laid.sheets)
        edits.extend(_edits([(exercise,) for exercise in made], marks, document.reading))
    rows: list[list[Group]] = [[(exercise,) for exercise in sheet.exercises] for sheet in laid.sheets]
    edits = shared_edits(edits, scope.likes)
    _forget(laid, apply_edits(rows, edits, audiences, "exercise", report))
    laid.sheets = tuple(
        replace(sheet, exercises=tuple(replace(group[0], stage=sheet.stage) for group in row))
        for sheet, row in zip(laid.sheets, rows, strict=True)
    )
    return edits


def _documents(folder: Path, overlay: Path, scope: Scope, report: Report) -> Iterator[Document]:
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        if path.name.upper() != "README.MD" and is_inside(path, overlay, report):
            document = read_document(path, scope, report, LEVEL)
            if document is not None:
                yield document


# ---------------------------------------------------------------- marks on headings
def _marks(document: Document) -> tuple[Flow, dict[int, Edit]]:
    """Return the flow without the marks that only overlays have, and line -> the change that the overlay makes there.

    A heading that drops something is removed from the flow altogether.
    """
    flow: Flow = []
    marks: dict[int, Edit] = {}
    dropping: Heading | None = None
    for block in document.flow:
        if isinstance(block, Heading) and block.level <= LEVEL:
            mark = _mark(document.reading, block)
            marks[block.at.line] = mark
            dropping = block if mark.drop else None
            if dropping is None:
                flow.append(replace(block, attrs=mark.attrs))
        elif dropping is None:
            flow.append(block)
        elif not isinstance(block, Break):
            hint = "remove it, or remove .drop to replace the slide"
            document.reading.error(f"{dropping.attrs.id!r} is dropped, but has text", block.at, hint, "overlay")
    return flow, marks


def _mark(reading: Reading, heading: Heading) -> Edit:
    attrs = heading.attrs
    meant = [(key, value) for key, value in attrs.pairs if key in PLACES or near(key, PLACES)]
    for key, _ in meant:
        if key not in PLACES:
            reading.error(f"there is no attribute '{key}='", heading.at, did_you_mean(key, PLACES), "unknown-name")
    drop = DROP in attrs.classes
    pairs = tuple(pair for pair in attrs.pairs if pair not in meant)
    plain = Attrs(attrs.id, tuple(name for name in attrs.classes if name != DROP), pairs)
    if len(meant) + drop > 1:
        hint = "keep one of after=, before= and .drop"
        reading.error(f"{attrs.id!r} cannot go to two places", heading.at, hint, "overlay")
    if drop and not attrs.id:
        reading.error("this drops nothing", heading.at, "say what to drop: {#name .drop}", "overlay")
    key, anchor = meant[0] if meant else ("after", "")
    return Edit(id=attrs.id, attrs=plain, at=heading.at, group=(), anchor=anchor, after=key != "before", drop=drop)


def _edits(groups: Sequence[Group], marks: Mapping[int, Edit], reading: Reading) -> Iterator[Edit]:
    for group in groups:
        mark = marks.get(group[0].at.line)
        if mark is None or not mark.id:
            continue  # before the first heading or without a name, which was reported
        yield replace(mark, group=_wanted(group) if mark.anchor else group)
    yield from (mark for mark in marks.values() if mark.drop and mark.id)
    if not marks and not reading.report.errors:
        reading.error("there is nothing in this file", reading.at(1), "begin with ## Title {#name}", "empty")


def _wanted(group: Group) -> Group:
    """Return an added slide, which every plan has unless it says that it can do without."""
    head = group[0]
    if not isinstance(head, SlideSource) or {MUST, *MAY} & set(head.attrs.classes):
        return group
    return (replace(head, attrs=replace(head.attrs, classes=(*head.attrs.classes, MUST))), *group[1:])


# ---------------------------------------------------------------- front matter
def _with_front(
    stages: tuple[StageSource, ...], document: Document, front: FrontMatter[StageMeta]
) -> tuple[StageSource, ...]:
    """Return the sections after changing the keys in the front matter of an overlay's file."""
    reading = document.reading
    if not front.given:
        return stages
    if "number" in front.given:
        at = front.places.get("number", reading.at(1))
        reading.error("an overlay can't renumber sections", at, "remove this line", "overlay")
    name = front.meta.stage
    file = Path(reading.path).name
    chosen = [s for s in stages if (s.id == name if name else Path(s.at.path).name == file)]
    if not chosen:
        at = front.places.get("stage", reading.at(1))
        message = f"no section is named {name!r}" if name else "this front matter names no section of the kit"
        hint = did_you_mean(name, [s.id for s in stages]) if name else "write stage: and the name of one"
        reading.error(message, at, hint, "unknown-stage")
    return tuple(_changed(stage, front) if stage in chosen else stage for stage in stages)


def _changed(stage: StageSource, front: FrontMatter[StageMeta]) -> StageSource:
    own = {run.name for run in front.runs}
    return replace(
        stage,
        meta=laid_over(stage.meta, front.meta, front.given - {"stage", "number", "runs"}),
        meta_at={**stage.meta_at, **front.places},
        runs=(*(run for run in stage.runs if run.name not in own), *front.runs),
        attrs=front.attrs if front.attrs.pairs else stage.attrs,
    )


def _is_new_sheet(laid: Laid, document: Document, front: FrontMatter[SheetMeta]) -> bool:
    """Whether an exercise file is the first sheet of a section; an unknown section is reported."""
    name = front.meta.stage
    ids = [stage.id for stage in laid.stages]
    if name and name not in ids:
        at = front.places.get("stage", document.reading.at(1))
        document.reading.error(f"no section is named {name!r}", at, did_you_mean(name, ids), "unknown-stage")
    if not name and front.given:
        hint = "write stage: and the name of one"
        document.reading.error("this front matter names no section", document.reading.at(1), hint, "unknown-stage")
    return name in ids and name not in {sheet.stage for sheet in laid.sheets}


def _sheet_with(sheet: SheetSource, front: FrontMatter[SheetMeta]) -> SheetSource:
    if sheet.stage != front.meta.stage:
        return sheet
    return replace(sheet, meta=laid_over(sheet.meta, front.meta, front.given))


# ---------------------------------------------------------------- what was removed
def _forget(laid: Laid, gone: Gone) -> None:
    """Remove links from the readings that were in removed slides or exercises."""
    laid.dropped.update(gone.dropped)
    for reading in laid.readings:
        starts = sorted(set(reading.starts))
        lines = {at.line for at in gone.starts if at.path == reading.path}
        if not lines:
            continue

        def stays(at: At, starts: list[int] = starts, lines: set[int] = lines) -> bool:
            index = bisect_right(starts, at.line) - 1
            return index < 0 or starts[index] not in lines

        reading.links[:] = [(name, at) for name, at in reading.links if stays(at)]
        reading.exercises[:] = [(name, at) for name, at in reading.exercises if stays(at)]
