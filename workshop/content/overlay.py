"""Overlays: a folder whose Markdown replaces, inserts and drops slides and exercises of a kit; so do the files of one audience."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from workshop.content.adopted_texts import read_adopted
from workshop.content.cross_checks import sees
from workshop.content.edits import Edit, Gone, Group, Laid, apply_edits, drop_with, grouped, merged
from workshop.content.exercise_sheets import EXERCISE_LEVEL as LEVEL
from workshop.content.exercise_sheets import split_exercises
from workshop.content.for_audiences import shared_edits
from workshop.content.kit_files import is_inside
from workshop.content.markdown_file import Document, parse_document, read_document
from workshop.content.overlay_front import is_new_sheet, sheet_with, with_front
from workshop.content.overlay_marks import MUST, marked_edits, marks_in
from workshop.content.read_front_matter import read_front_matter
from workshop.content.reading import Scope
from workshop.content.source_text import display, read_text
from workshop.content.split_slides import split_slides
from workshop.content.text_lines import source_at
from workshop.content.vocabulary import near
from workshop.errors import At, Report, did_you_mean
from workshop.model.markup import Attrs
from workshop.model.meta import SheetMeta, StageMeta
from workshop.model.source import Move, SheetSource

NO_SLIDES = ("README.MD", "ADOPTED-REPORT.MD")
NEWER = "newer-kit"  # code of the warnings that a kit has changed since its slides were changed by hand


def lay_words(laid: Laid, folder: Path, scope: Scope, report: Report) -> None:
    """Apply the Markdown files of one overlay to a kit's."""
    edits: list[Edit] = []
    for document in _documents(folder, folder, scope, report):
        laid.readings.append(document.reading)
        front = read_front_matter(document, StageMeta)
        laid.stages = with_front(laid.stages, document, front)
        edits.extend(_slide_edits(document))
    if adopted := read_adopted(folder, report):
        edits = [now for edit in edits for now in _since(laid, edit, adopted, scope, report)]
    tasks = _lay_exercises(laid, folder, scope, report)
    _lay_slides(laid, edits, tasks, scope, report)


def _since(laid: Laid, edit: Edit, adopted: Mapping[str, str], scope: Scope, report: Report) -> Iterator[Edit]:
    """Yield a change that came home from PowerPoint, merged with what the kit has changed since; nothing if nothing is left of it."""
    key = f"{edit.id}@{edit.attrs.get('for')}"
    if key not in adopted:
        yield edit
        return
    laid.adopted.add(key)
    at, kit = _kits(laid, edit, adopted[key], scope.audiences or ())
    if not kit:
        yield from _left(laid, edit, report)
    elif kit == adopted[key] or edit.is_empty:
        yield edit
    elif edit.drop:
        report.warn(f"the kit's slide {edit.id!r} has changed since you dropped it", edit.at, f"look at {at}", NEWER)
        yield edit
    else:
        yours = source_at(read_text(Path(edit.at.path), report) or "", edit.at.line)
        found = merged(adopted[key], kit, yours)
        if found.clashes:
            (theirs, own), *others = found.clashes
            more = f", and {len(others)} more" if others else ""
            said = f"the kit's slide {edit.id!r} has changed since you adopted yours: it says {theirs!r}, yours {own!r}{more}"
            report.warn(said, edit.at, f"yours counts; the kit's is in {at}", NEWER)
        yield from (edit,) if found.text == yours else _again(laid, edit, found.text, scope, report)


def _kits(laid: Laid, edit: Edit, before: str, audiences: Collection[str]) -> tuple[At, str]:
    """Return the kit's slide that a change is about, as it is now: its place and its source, "" if there is none.

    If it has several of that name, each for an audience, the change is about the one most like what was changed.
    """
    found = [
        (slide.at, source_at(read_text(Path(slide.at.path), Report()) or "", slide.at.line))
        for stage in laid.stages
        for slide in stage.slides
        if slide.id == edit.id
        and any(sees(slide.attrs, audience) and sees(edit.attrs, audience) for audience in audiences)
    ]
    return max(found, key=lambda one: SequenceMatcher(None, before, one[1]).ratio(), default=(edit.at, ""))


def _left(laid: Laid, edit: Edit, report: Report) -> Iterator[Edit]:
    """Yield a changed slide that the kit doesn't have any more, hidden at the end; one that is dropped or only moved is gone."""
    if edit.drop or edit.is_empty:
        return
    said = f"the kit has no slide {edit.id!r} any more, so yours is at the end of the deck, hidden"
    report.warn(said, edit.at, "take it out, or give it a place with after=", NEWER)
    head, last = edit.group[0], laid.stages[-1].slides[-1].id
    attrs = replace(head.attrs, classes=tuple(dict.fromkeys((*head.attrs.classes, MUST, "hidden"))))
    yield replace(edit, anchor=last, after=True, group=(replace(head, attrs=attrs), *edit.group[1:]))


def _again(laid: Laid, edit: Edit, text: str, scope: Scope, report: Report) -> Iterator[Edit]:
    """Yield the change that another text in the same place makes."""
    document = parse_document("\n" * (edit.at.line - 1) + text, Path(edit.at.path), scope, report, LEVEL)
    if document is not None:
        _forget(laid, Gone([edit.at]))
        laid.readings.append(document.reading)
        yield from _slide_edits(document)


def lay_audiences(laid: Laid, folder: Path, scope: Scope, report: Report) -> None:
    """Apply the files in ``audiences/NAME/`` of a kit or an overlay, each to its section and for that audience alone.

    All audiences' changes are applied together, since one audience may be like another.
    """
    known = scope.audiences or frozenset()
    edits: list[Edit] = []
    for own in audience_folders(folder):
        if own.name not in known:
            hint = f"write audiences/{own.name}.yaml, or rename the folder"
            hint = did_you_mean(own.name, known) if near(own.name, known) else hint
            report.error(f"there is no audience {own.name!r}", At(display(own)), hint, "unknown-audience")
            continue
        for document in _documents(own, folder, scope, report):
            laid.readings.append(document.reading)
            edits.extend(_audience_edits(laid, document, own.name))
    _lay_slides(laid, edits, (), scope, report)


def audience_folders(folder: Path) -> list[Path]:
    """Return the folders with the slides of one audience, by name."""
    inside = folder / "audiences"
    return sorted(path for path in inside.iterdir() if path.is_dir()) if inside.is_dir() else []


def _audience_edits(laid: Laid, document: Document, audience: str) -> Iterator[Edit]:
    """Yield the changes of one file of an audience; what can't be meant for one audience is reported."""
    reading, name = document.reading, Path(document.reading.path).name
    files = {Path(stage.at.path).name: stage for stage in laid.stages}
    if name not in files:
        hint = did_you_mean(name, files)
        reading.error(f"the kit has no section in a file {name!r}", reading.at(1), hint, "unknown-stage")
        return
    if document.front:
        hint = f"write it in {files[name].at.path}"
        reading.error("front matter is for all audiences", reading.at(1), hint, "front-matter")
    homes = {slide.id: Path(stage.at.path).name for stage in laid.stages for slide in stage.slides}
    for edit in _slide_edits(document):
        place = edit.anchor or edit.id
        if homes.get(place, name) != name:
            reading.error(f"{place!r} is in {homes[place]}", edit.at, "move this there", "overlay")
        elif "for" in edit.attrs:
            reading.error(f"all slides in this folder are for {audience}", edit.at, "take for= out", "overlay")
        else:
            group = tuple(replace(part, attrs=_for(part.attrs, audience)) for part in edit.group)
            yield replace(edit, attrs=_for(edit.attrs, audience), group=group)


def _for(attrs: Attrs, audience: str) -> Attrs:
    return replace(attrs, pairs=(*attrs.pairs, ("for", audience)))


def _slide_edits(document: Document) -> Iterator[Edit]:
    flow, marks = marks_in(document)
    groups = grouped(split_slides(replace(document, flow=flow)))
    return marked_edits([part for group in groups for part in _parted(group, marks)], marks, document.reading)


def _parted(group: Group, marks: Mapping[int, Edit]) -> Iterator[Group]:
    """Yield the parts of a group that begin with headings: one without a title, which moves its slide, continues none."""
    begins = [place for place, slide in enumerate(group) if not place or slide.at.line in marks]
    for first, last in pairwise((*begins, len(group))):
        yield group[first:last]


def _lay_slides(laid: Laid, edits: Sequence[Edit], tasks: Sequence[Edit], scope: Scope, report: Report) -> None:
    """Change the slides; ``tasks`` are the changes of exercises, since a slide goes with the exercise that it shows."""
    audiences = tuple(sorted(scope.audiences or ()))
    rows = [grouped(stage.slides) for stage in laid.stages]
    edits = _moved(laid, shared_edits(edits, scope.likes), rows, audiences, report)
    laid.joined |= {edit.id: (edit.anchor, edit.after) for edit in edits if edit.anchor and not edit.drop}
    _forget(laid, apply_edits(rows, edits, audiences, "slide", report))
    _forget(laid, drop_with(rows, edits, tasks, audiences, report))
    laid.stages = tuple(
        replace(stage, slides=tuple(slide for group in row for slide in group))
        for stage, row in zip(laid.stages, rows, strict=True)
    )


def _moved(
    laid: Laid, edits: Sequence[Edit], rows: list[list[Group]], audiences: Sequence[str], report: Report
) -> list[Edit]:
    """Return the changes without those that only move a slide, which are noted; one that changes it, too, only replaces it."""
    groups = [group for row in rows for group in row]
    seen = {
        name: [g[0].attrs for g in groups if g[0].id == name] for name in {edit.id for edit in edits if edit.anchor}
    }
    names, rest = {group[0].id for group in groups} | {edit.id for edit in edits if not edit.drop}, []
    for edit in edits:
        if not edit.anchor or not any(
            sees(a, one) and sees(edit.attrs, one) for a in seen[edit.id] for one in audiences
        ):
            rest.append(edit)
            continue
        if edit.anchor not in names or edit.anchor == edit.id:
            hint = "name another slide of the kit" if edit.anchor == edit.id else did_you_mean(edit.anchor, names)
            report.error(
                f"the kit has no slide named {edit.anchor!r} to put this next to", edit.at, hint, "unknown-slide"
            )
        laid.moves.append(Move(edit.id, edit.anchor, edit.after, edit.attrs, edit.at))
        if not edit.is_empty:
            rest.append(replace(edit, anchor=""))
    return rest


def _lay_exercises(laid: Laid, folder: Path, scope: Scope, report: Report) -> Sequence[Edit]:
    """Change the exercises, and return the changes."""
    audiences = tuple(sorted(scope.audiences or ()))
    edits: list[Edit] = []
    for document in _documents(folder / "exercises", folder, scope, report):
        laid.readings.append(document.reading)
        front = read_front_matter(document, SheetMeta)
        flow, marks = marks_in(document)
        made = tuple(split_exercises(replace(document, flow=flow), front.meta.stage))
        if is_new_sheet(laid, document, front):
            laid.sheets = (*laid.sheets, SheetSource(front.meta, made, document.reading.at(1)))
            continue
        laid.sheets = tuple(sheet_with(sheet, front) for sheet in laid.sheets)
        edits.extend(marked_edits([(exercise,) for exercise in made], marks, document.reading))
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
        if path.name.upper() not in NO_SLIDES and is_inside(path, overlay, report):
            document = read_document(path, scope, report, LEVEL)
            if document is not None:
                yield document


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
