"""Front matter of an overlay's Markdown, laid over that of the kit's file."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from workshop.content.edits import Laid
from workshop.content.markdown_file import Document
from workshop.content.metadata import laid_over
from workshop.content.read_front_matter import FrontMatter
from workshop.errors import did_you_mean
from workshop.model.meta import SheetMeta, StageMeta
from workshop.model.source import SheetSource, StageSource


def with_front(
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


def is_new_sheet(laid: Laid, document: Document, front: FrontMatter[SheetMeta]) -> bool:
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


def sheet_with(sheet: SheetSource, front: FrontMatter[SheetMeta]) -> SheetSource:
    """Return a sheet with what an overlay's front matter for the same section says anew."""
    if sheet.stage != front.meta.stage:
        return sheet
    return replace(sheet, meta=laid_over(sheet.meta, front.meta, front.given))
