"""Rules of promises: whatever a slide or a note mentions is in the plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workshop.model.blocks import Line
from workshop.model.kit import Slide, Stage
from workshop.plan.invariants.finished import Breach, Finished
from workshop.plan.invariants.plan_texts import lines_in_notes, lines_on, said_on
from workshop.plan.slot.reword import CONDITION, PIECE
from workshop.wording.messages import messages


# Rules about words: promises are kept, and nothing mentions what is hidden.
def promised(plan: Finished) -> Iterator[Breach]:
    """A phrase that promises what the room will do, get or see names the slide that keeps it, and that slide is in."""
    words = _any_of(messages(plan.kit.language)["promises"])
    for slide in plan.slides:
        if slide.promise:
            for run in (*slide.title, *(run for line in lines_on(slide) for run in line.runs)):
                lost = [name for name in run.kept_by if name not in plan.shown]
                if lost:
                    yield plan.breach("P7", f"promises “{run.text.strip()}”, but '{lost[0]}' is left out", slide)
                elif not run.kept_by and (found := words.search(run.text)):
                    yield plan.breach("P7", f"promises “{found[0]}” without kept-by=", slide)
    for where, text in _elsewhere(plan):
        if found := words.search(_unconditional(text)):
            yield plan.breach("P7", f"the {where} promises “{found[0]}” without kept-by=")


def _elsewhere(plan: Finished) -> Iterator[tuple[str, str]]:
    yield "cover's subtitle", plan.day.written.subtitle
    yield "certificate", plan.day.written.certificate
    shown = {stage.id for stage in plan.kit.stages}
    for stage in (stage for stage in plan.day.stages if stage.id in shown):
        yield f"aim of '{stage.id}'", stage.aim
        yield from ((f"objectives of '{stage.id}'", text) for text in stage.objectives)


def _unconditional(text: str) -> str:
    """Return what is said in every plan, without the texts and pieces that need slides."""
    rest = PIECE.sub("", text)
    return "" if CONDITION.search(rest) else rest


def _any_of(phrases: Iterable[object]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(str(phrase)) for phrase in phrases)})\b", re.IGNORECASE)


def mentioned(plan: Finished) -> Iterator[Breach]:
    """Notes and texts name no stage, sheet or slide that is out: such phrases are in a piece with ``needs=``."""
    language = messages(plan.kit.language)
    phrases = _any_of(language["mentions"])
    written = {slide.id: slide for stage in plan.day.stages for slide in stage.slides}
    here = {stage.number for stage in plan.stages}
    out = {mark.number for mark in plan.kit.marks if mark.number not in here}
    sheets = {sheet.stage for sheet in plan.kit.sheets}
    for stage in plan.kit.stages:
        for slide in (slide for slide in stage.slides if slide.id in plan.shown):
            yield from _stages_out(plan, slide, out, language)
            for phrase in _loose(written.get(slide.id, slide), phrases):
                yield plan.breach("P11", f"says “{phrase}” outside of a piece with needs=", slide)
            yield from _sheets_out(plan, stage, slide, sheets)


def _stages_out(plan: Finished, slide: Slide, out: set[int], language: Mapping[str, Any]) -> Iterator[Breach]:
    text, word, numbers = said_on(slide).lower(), language["stage-word"], language["number-words"]
    for number in sorted(out):
        name = numbers[number] if number < len(numbers) else str(number)
        if re.search(rf"\b{word}s? (?:{name}|{number})\b", text):
            yield plan.breach("P11", f"mentions stage {number}, which is left out", slide)


def _sheets_out(plan: Finished, stage: Stage, slide: Slide, sheets: set[str]) -> Iterator[Breach]:
    if stage.id in sheets or stage.number is None:
        return
    if re.search(rf"\bS{stage.number}\b", said_on(slide)):
        yield plan.breach("P11", f"mentions the sheet S{stage.number}, which isn't printed", slide)


def _loose(slide: Slide, phrases: re.Pattern[str]) -> Iterator[str]:
    """Yield phrases about other slides that have no condition; the words that lead to the next slide are skipped."""
    kinds = {note.kind for note in slide.notes} - {"next"}
    lines: list[Line] = [*lines_on(slide), *(lines_in_notes(slide, kinds) if kinds else ())]
    for run in (run for line in lines for run in line.runs if not (run.needs or run.kept_by)):
        yield from phrases.findall(run.text)
