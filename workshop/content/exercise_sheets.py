"""The exercises of a kit: a Markdown file of sheets, split into exercises and their parts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from workshop.content.divs import Break
from workshop.content.inline_reader import plain
from workshop.content.markdown_file import Document, read_document
from workshop.content.read_front_matter import read_front_matter
from workshop.content.reading import Read, Reading, Scope, check_attributes, too_large
from workshop.content.split_slides import slug
from workshop.errors import At, Report, did_you_mean
from workshop.model.markup import Block, Div, Heading
from workshop.model.meta import SheetMeta
from workshop.model.source import (
    ExerciseSource,
    SheetSource,
)

# Exercise files of a kit: one sheet per section, each exercise with task, hint and solution.
PARTS = ("task", "hint", "solution")
EXERCISE_LEVEL = 2


def read_sheet(path: Path, scope: Scope, stages: tuple[str, ...], report: Report) -> Read[SheetSource]:
    """Return one exercise file and its reading.

    Args:
        stages: ids of the kit's sections, one of which the file must name.
    """
    document = read_document(path, scope, report, EXERCISE_LEVEL)
    return (None, ()) if document is None else (_sheet(document, stages), (document.reading,))


def _sheet(document: Document, known: tuple[str, ...]) -> SheetSource:
    reading = document.reading
    front = read_front_matter(document, SheetMeta, ("stage", "title"))
    stage = front.meta.stage
    if stage and stage not in known:
        at = front.places.get("stage", reading.at(1))
        reading.error(f"no section of this kit is named {stage!r}", at, did_you_mean(stage, known), "unknown-stage")
    exercises = tuple(split_exercises(document, stage))
    too_large(reading, [exercise.at for exercise in exercises], "exercise")
    if not exercises:
        reading.error("there is no exercise in this file", reading.at(1), "begin one with ## Title {#name}", "empty")
    return SheetSource(front.meta, exercises, reading.at(1))


def split_exercises(document: Document, stage: str) -> Iterable[ExerciseSource]:
    """Yield the exercises of a file; anything outside an exercise is reported."""
    reading = document.reading
    heading: Heading | None = None
    parts: dict[str, Div] = {}
    for block in document.flow:
        at: At = block.at
        if isinstance(block, Heading) and block.level <= EXERCISE_LEVEL:
            if heading is not None:
                yield _exercise(reading, heading, parts, stage)
            heading, parts = block, {}
            if block.level < EXERCISE_LEVEL:
                reading.error("a heading with one # means nothing here", at, "begin an exercise with ##", "heading")
        elif isinstance(block, Break):
            reading.error("a slide break means nothing in an exercise file", at, "remove the line ---", "slide-break")
        elif heading is None:
            reading.error("this is before the first exercise", at, "begin one with ## Title {#name}", "exercise")
        else:
            _part(reading, block, at, parts)
    if heading is not None:
        yield _exercise(reading, heading, parts, stage)


def _part(reading: Reading, block: Block, at: At, parts: dict[str, Div]) -> None:
    if not isinstance(block, Div) or block.name not in PARTS:
        hint = "wrap it in ::: task, ::: hint or ::: solution"
        reading.error("this is outside of task, hint and solution", at, hint, "exercise")
    elif block.name in parts:
        reading.error(f"this exercise has a second {block.name}", at, "merge them", "exercise")
    else:
        parts[block.name] = block


def _exercise(reading: Reading, heading: Heading, parts: dict[str, Div], stage: str) -> ExerciseSource:
    if not heading.attrs.id:
        name = slug(plain(heading.children)) or "name"
        reading.error("this exercise has no name", heading.at, f"add {{#{name}}} after its title", "exercise")
    check_attributes(reading, "exercise", heading.attrs, heading.at)
    for part in ("task", "solution"):
        if part not in parts:
            reading.error(f"this exercise has no {part}", heading.at, f"add ::: {part}", "exercise")
    task, hint, solution = (parts[part].blocks if part in parts else () for part in PARTS)
    return ExerciseSource(
        id=heading.attrs.id,
        title=heading.children,
        stage=stage,
        task=task,
        hint=hint,
        solution=solution,
        attrs=heading.attrs,
        at=heading.at,
    )
