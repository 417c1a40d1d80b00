"""A vote: two answers on panels with a letter each, what to do with them, and for how long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layout.context import Desk, one
from workshop.layout.extras import Extra, Put
from workshop.layout.fit import common_size, fit_text, moved
from workshop.layout.laid import LaidText
from workshop.layout.suiting import SIDES, in_words
from workshop.model.kit import Kit, Slide
from workshop.model.theme import Box, LayoutSpec

VOTE = "vote"


def gather(kit: Kit) -> Mapping[str, bool]:
    """Return the slides that put two answers to the vote."""
    return {slide.id: True for slide in kit.slides if slide.does == VOTE and in_words(slide)}


def looks(_desk: Desk, _slide: Slide, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the look with a letter on each panel first."""
    return (VOTE, *wanted)


def place(desk: Desk, spec: LayoutSpec, slide: Slide) -> Iterator[Put]:
    """Yield the letters of two answers, what to do with them, for how long, and the answers."""
    if spec.find("left") is None or spec.find("letter-a") is None:
        return
    texts = {"letter-a": "A", "letter-b": "B", "mode": str(desk.words[VOTE]), "minutes": _minutes(desk, slide)}
    for role, text in texts.items():
        if text and (there := spec.find(role)) is not None:
            yield Put(fit_text(desk, there, (one(text),), slide.at), role)
    yield from _answers(desk, spec, slide)


def _answers(desk: Desk, spec: LayoutSpec, slide: Slide) -> Iterator[Put]:
    """Yield two answers at one size, with their first lines side by side and the longer one in the middle of its panel."""
    pairs = [
        (place, tuple(replace(line, marker="none") for line in text_of(slide.slot(side))))
        for side in SIDES
        if (place := spec.find(side)) is not None
    ]
    cap = min(common_size(desk.ruler, place, [lines]) for place, lines in pairs)
    laid = [fit_text(desk, place, lines, slide.at, cap) for place, lines in pairs]
    high = max(item.height for item in laid)

    def centred(item: LaidText) -> LaidText:
        at = item.placeholder.box
        down = max(0, (at.h - high) // 2)
        return replace(item, placeholder=moved(item.placeholder, Box(at.x, at.y + down, at.w, at.h - down)))

    for item in laid:
        yield Put(centred(item), item.placeholder.role)


def _minutes(desk: Desk, slide: Slide) -> str:
    key = "vote-minute" if slide.minutes == 1 else "vote-minutes"
    return str(desk.words[key]).format(minutes=f"{slide.minutes:g}") if slide.minutes else ""


VOTES = Extra(name=VOTE, gather=gather, looks=looks, place=place)
