"""The numbers beside the options of a poll: what the toy did, and what the room counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layout.context import Desk, one
from workshop.layout.extras import Extra, Put
from workshop.layout.fit import fit_text
from workshop.layout.options import LETTERS, SLOT, lettered
from workshop.layouts import traits
from workshop.model.blocks import Line, Run
from workshop.model.kit import Kit, Slide
from workshop.model.theme import LayoutSpec
from workshop.wording.formats import percent

NOTHING = "–"


def gather(kit: Kit) -> Mapping[str, tuple[int, ...]]:
    """Return what the room counted for each option of a poll; nothing for one that nobody counted yet."""
    return {slide.id: tuple(slide.placed) for slide in kit.slides if "polls" in traits(slide.layout)}


def place(desk: Desk, spec: LayoutSpec, slide: Slide) -> Iterator[Put]:
    """Yield the numbers beside the options, or after them where they are a list; a cell for the room stays empty until somebody counts."""
    lines = text_of(slide.slot(SLOT))
    if (together := spec.find(SLOT)) is not None and lines:
        told = tuple(_with_numbers(desk, line, slide, k) for k, line in enumerate(lines))
        yield Put(fit_text(desk, together, lettered(told), slide.at), SLOT)
    if "polls" not in traits(spec.role) or spec.find(f"toy-{LETTERS[0]}") is None:
        return
    texts = {"room-head": str(desk.words["poll-room"])}
    if any(line.toy is not None for line in lines):
        texts["toy-head"] = str(desk.words["poll-toy"])
    for k, (letter, line) in enumerate(zip(LETTERS, lines, strict=False)):
        texts[f"toy-{letter}"] = percent(line.toy) if line.toy is not None else NOTHING
        if slide.placed:
            texts[f"room-{letter}"] = str(slide.placed[k])
    for role, text in texts.items():
        if (there := spec.find(role)) is not None:
            yield Put(fit_text(desk, there, (one(text),), slide.at), role)


def _with_numbers(desk: Desk, line: Line, slide: Slide, k: int) -> Line:
    """Return an option with its numbers after it."""
    told = [f"{desk.words['poll-toy']}: {percent(line.toy)}"] if line.toy is not None else []
    told += [f"{desk.words['poll-room']}: {slide.placed[k]}"] if slide.placed else []
    return replace(line, runs=(*line.runs, Run(f" ({', '.join(told)})"))) if told else line


POLL = Extra(name="poll", gather=gather, place=place)
