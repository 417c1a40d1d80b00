"""Adds slide numbers to notes that name other slides, once every slide has a number."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from workshop.layout.laid import LaidOut
from workshop.model.kit import Note, Prose, Run, Slide
from workshop.wording.messages import say


def with_numbers(laid: LaidOut) -> LaidOut:
    """Return a deck whose notes name slides by number, since notes have no links and the number of a hidden slide has to be typed."""
    numbers: dict[str, int] = {}
    for one in laid.slides:
        numbers.setdefault(one.id, one.number)
    kit = laid.kit

    def told(slide: Slide) -> Slide:
        return _told(slide, numbers, kit.language)

    stages = tuple(replace(stage, slides=tuple(map(told, stage.slides))) for stage in kit.stages)
    kit = replace(kit, stages=stages, appendix=tuple(map(told, kit.appendix)))
    return replace(laid, kit=kit, slides=tuple(replace(one, slide=told(one.slide)) for one in laid.slides))


def _told(slide: Slide, numbers: Mapping[str, int], language: str) -> Slide:
    if not any(run.link.startswith("#") for note in slide.notes for line in note.prose.lines for run in line.runs):
        return slide

    def run_of(run: Run) -> Run:
        if not run.link.startswith("#"):
            return run
        number = numbers.get(run.link[1:])
        text = say(language, "named-slide", text=run.text, number=number) if number else run.text
        return replace(run, text=text, link="")

    notes = tuple(
        Note(note.kind, Prose(tuple(replace(line, runs=tuple(map(run_of, line.runs))) for line in note.prose.lines)))
        for note in slide.notes
    )
    return replace(slide, notes=notes)
