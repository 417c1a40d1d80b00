"""The facilitator's guide."""

from __future__ import annotations

from typing import Any

from workshop import __version__
from workshop.layout.laid import LaidOut
from workshop.model.kit import Reference, Stage
from workshop.render.print.added import papers
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import (
    front,
    stage_place,
)
from workshop.render.print.figures import galley_for
from workshop.render.print.guide_stage import misconceptions, stage_data
from workshop.render.print.guide_start import start_data
from workshop.render.print.leaves import set_whole
from workshop.render.print.on_paper import Thumbnails
from workshop.render.print.print_list import has_prints, print_list_data
from workshop.render.print.run_sheet_data import run_sheet_data
from workshop.render.writing import Writer
from workshop.wording.messages import messages

# The facilitator's guide in the order of use: page one, run sheet, print list, script, misconceptions, words, sources.
MANY_WORDS = 800  # of notes; so many never fit a spread, so it isn't tried


def render_facilitator(laid: LaidOut) -> bytes:
    """Return the guide as one PDF.

    A stage whose last page would be almost empty is set a little smaller. If every stage then fits a spread, each
    begins on a left page; if not, each begins on the next page.

    Raises:
        Problems: for text that can't be printed, or a table that is too wide.
    """
    galley = galley_for(laid, key=True)
    return set_whole("facilitator", facilitator_data(laid, galley), galley, laid.kept, ("overflow",), parts="stages")


def facilitator_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/facilitator.typ``."""
    data = front(laid, galley, galley.word("print-guide-title"))
    data["occasion"] = galley.text(laid.kit.occasion)
    data["start"] = start_data(laid, galley)
    data["run"] = run_sheet_data(laid, galley)
    data["prints"] = print_list_data(laid, galley) if has_prints(laid.kit) else None
    data["about"] = _about(laid, galley) if laid.kit.is_kit else None
    small = Thumbnails(laid, galley)
    data["spread"] = all(_words(stage) < MANY_WORDS for stage in laid.kit.stages)
    data["ratio"] = laid.theme.height / laid.theme.width
    data["stages"] = [stage_data(laid, stage, small, galley) for stage in laid.kit.stages]
    data["misconceptions"] = [
        {"stage": stage_place(laid, stage.id), "title": galley.text(stage.title), "entries": entries}
        for stage in laid.kit.stages
        if (entries := misconceptions(laid, stage, galley))
    ]
    data["glossary"] = [
        {"term": galley.text(entry.term), "definition": galley.text(entry.definition)} for entry in laid.kit.glossary
    ]
    data["map"] = None
    for paper in papers():
        data |= paper.pages(laid, galley)
    data["references"] = [_reference(reference, galley) for reference in laid.kit.references]
    return data


def _about(laid: LaidOut, galley: Galley) -> Data:
    """Return the sentences of the last page; a licence or an author is mentioned only if there is one."""
    kit = laid.kit
    values = {
        "licence": kit.licence,
        "title": kit.title,
        "author": kit.author,
        "seed": str(kit.seed),
        "version": __version__,
    }

    def lines(key: str) -> list[str]:
        texts = messages(kit.language, kit.here)[f"print-about-{key}-lines"]
        wanted = [text for text in texts if all(values[name] for name in values if f"{{{name}}}" in text)]
        return [galley.text(text.format(**values)) for text in wanted]

    return {key: lines(key) for key in ("access", "licence", "marks", "made")}


def _words(stage: Stage) -> int:
    return sum(note.prose.words for slide in stage.slides for note in slide.notes)


def _reference(reference: Reference, galley: Galley) -> Data:
    parts = ("who", "work", "version", "scope", "caveat")
    return {part: galley.text(getattr(reference, part)) for part in parts}


WRITER = Writer(
    filename="facilitator.pdf",
    render=render_facilitator,
    meaning="the facilitator's guide with run sheet and script (PDF)",
    whom="you",
)
