"""The tags of exercises and bets, and what the answer to an exercise looks like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workshop.constructs.table import text_of
from workshop.layout.context import Desk
from workshop.layout.extras import Extra, Put
from workshop.layout.fit import fit_text
from workshop.layouts.looks import ANSWER
from workshop.model.blocks import Line, Run
from workshop.model.kit import Kit, Slide
from workshop.model.theme import LayoutSpec
from workshop.wording.messages import say

NAME = "tag"


def tags_of(kit: Kit) -> Mapping[str, str]:
    """Return for each slide with a bet its name, and for one with an exercise, or its answer, the tag that it has on paper."""
    numbers = {mark.id: mark.number for mark in kit.marks}
    names = {
        exercise.id: say(
            kit.language, "print-booklet-tag", kit.here, number=exercise.page or numbers.get(sheet.stage, sheet.number)
        )
        if exercise.booklet
        else say(kit.language, "sheet-task", kit.here, sheet=numbers.get(sheet.stage, sheet.number), task=task)
        for sheet in kit.sheets
        for task, exercise in sheet.numbered
    }
    tags = {slide.id: names[slide.task] for slide in kit.slides if slide.task in names}
    for slide in kit.slides:
        answered = next((tags[name] for name in slide.answers if name in tags), "")
        if answered:
            tags.setdefault(slide.id, answered)
    return tags | {slide.id: slide.bet for slide in kit.slides if slide.bet}


def solutions(kit: Kit) -> Mapping[str, bool]:
    """Return the slides that are the first to show the answer to a slide with an exercise."""
    found, open_ = set[str](), {slide.id for slide in kit.slides if slide.task}
    for slide in kit.slides:
        if not slide.task and open_ & set(slide.answers):
            found.add(slide.id)
            open_ -= set(slide.answers)
    return dict.fromkeys(found, True)


def place(desk: Desk, spec: LayoutSpec, slide: Slide) -> Iterator[Put]:
    """Yield the tag of a slide's exercise or bet, and on an answer what it is; a template has the tag under the minutes."""

    def put(role: str, *lines: Line) -> Iterator[Put]:
        if (place := spec.find(role)) is not None:
            yield Put(fit_text(desk, place, lines, slide.at), role)

    text = desk.known(NAME, slide)
    steps = [str(step) for step in desk.words["again-steps"]] if slide.twice else []
    if spec.find("tag") is None:
        if slide.slot("unit"):
            more = (text, str(desk.words["again-short"]) if steps else "")
            yield from put(
                "unit", *text_of(slide.slot("unit")), *(Line((Run(line, strong=True),)) for line in more if line)
            )
        return
    if steps and spec.find("steps") is not None:
        yield from put("steps", *(Line((Run(step, strong=True),)) for step in steps))
    elif steps:
        text = " · ".join((text, *steps))
    yield from put("tag", Line((Run(text),)))
    if not slide.slot("mode"):
        yield from put("mode", Line((Run(str(desk.words["answer"])),)))


def looks(_desk: Desk, _slide: Slide, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the looks of an answer: beside its panel, unless it has a picture."""
    first = 1 if wanted[:1] == ("picture",) else 0
    return (*wanted[:first], ANSWER, *wanted[first:])


TAG = Extra(name=NAME, gather=tags_of, place=place)
SOLUTION = Extra(name="solution", gather=solutions, looks=looks)
