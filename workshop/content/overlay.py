"""Overlays: a folder whose Markdown replaces, inserts and drops slides and exercises of a kit; so do the files of one audience."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from workshop.content.divs import Break, Flow
from workshop.content.edits import Edit, Gone, Group, Laid, apply_edits, drop_with, grouped, merged, sees
from workshop.content.kept_slides import KEPT_FILE, read_adopted
from workshop.content.kit_files import KIT_FILE, Shelf, is_inside, read_shelf, read_style, shared_edits, taking
from workshop.content.markdown_file import Document, parse_document, read_document, split_slides
from workshop.content.metadata import FrontMatter, laid_over, read_front_matter
from workshop.content.printed import EXERCISE_LEVEL as LEVEL
from workshop.content.printed import split_exercises
from workshop.content.reading import Reading, Scope, relative
from workshop.content.source_text import display, read_text, slide_texts, source_at
from workshop.content.vocabulary import near
from workshop.errors import At, Report, did_you_mean
from workshop.inputs.door import find_inside
from workshop.model.kept_slide import KeptSlide
from workshop.model.markup import Attrs, Heading
from workshop.model.meta import KitMeta, SheetMeta, StageMeta, StyleMeta
from workshop.model.source import AudienceSource, Move, SheetSource, SlideSource, StageSource

# ---------------------------------------------------------------- overlay
PLACES = ("after", "before")
DROP = "drop"
NO_SLIDES = ("README.MD", "ADOPTED-REPORT.MD")
NEWER = "newer-kit"  # code of the warnings that a kit has changed since its slides were changed by hand
MUST, MAY = "must", ("optional", "deep")


def lay_words(laid: Laid, folder: Path, scope: Scope, report: Report) -> None:
    """Apply the Markdown files of one overlay to a kit's."""
    edits: list[Edit] = []
    for document in _documents(folder, folder, scope, report):
        laid.readings.append(document.reading)
        front = read_front_matter(document, StageMeta)
        laid.stages = _with_front(laid.stages, document, front)
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


def check_kept(laid: Laid, root: Path, kept: Sequence[KeptSlide], adopted: Mapping[str, str], report: Report) -> None:
    """Warn of slides kept as in PowerPoint whose source the kit has changed since; what an overlay changes, too, is merged."""
    for one in kept:
        before = adopted.get(f"{one.id}@{one.audience}", "")
        slides = [s for stage in laid.stages for s in stage.slides if s.id == one.id and sees(s.attrs, one.audience)]
        for slide in slides if before else ():
            now = slide_texts({slide.id: slide.at}, root, is_kit=True)[slide.id].text
            if now != before and one.deck.parent.resolve() not in Path(slide.at.path).resolve().parents:
                said = f"the kit's slide {one.id!r} has changed since yours was kept as it is in PowerPoint"
                report.warn(said, one.at, f"look at {slide.at}", NEWER)


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
    flow, marks = _marks(document)
    groups = grouped(split_slides(replace(document, flow=flow)))
    return _edits([part for group in groups for part in _parted(group, marks)], marks, document.reading)


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
        if path.name.upper() not in NO_SLIDES and is_inside(path, overlay, report):
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
    if not marks and "<!--" not in reading.masked.text and not reading.report.errors:
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
    meta = laid_over(stage.meta, front.meta, front.given - {"stage", "number", "runs"})
    return replace(
        stage,
        meta=meta.but(facts={**stage.meta.facts, **front.meta.facts}),
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


# ---------------------------------------------------------------- overlay files
# Changes that the YAML files and data of an overlay make to a kit's shelf.
LISTS = ("glossary.yaml", "sources.yaml", "points.yaml", "frameworks.yaml", "law.yaml")
FOLDERS = ("audiences", "data", "exercises", "pictures", "worlds")
MERGED = ("vars", "data")
FOR_ALL = ("subtitle", "occasion", "start", "people")  # keys of kit.yaml that an audience may have, too


def lay_over(shelf: Shelf, folder: Path, root: Path, report: Report) -> tuple[Shelf, frozenset[tuple[str, str]]]:
    """Return the shelf of the kit in ``root`` with an overlay's files applied, and (demo, slot) of the data that changed.

    Entries of lists replace those with the same id, or are added at the end if they are new; so do audiences, by file name.
    """
    over = read_shelf(folder, report, is_kit=False)
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
