"""Kept slides compared with those that the deck would have in their places: figures that no run computed, and what isn't taken along."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from msgspec.structs import replace

from workshop.errors import Problem, Severity
from workshop.files.deck_file import DeckSlide, deck_in, read_deck
from workshop.files.slide_files import slide_size
from workshop.layout.laid import LaidOut, LaidSlide
from workshop.model.blocks import Line, Prose, Run
from workshop.model.kept_slide import KeptSlide
from workshop.model.kit import Note
from workshop.model.theme import EMU_PER_POINT
from workshop.render.pptx.kept import Source, left_out, opened, stand_ins
from workshop.wording.messages import say

FIGURE = re.compile(r"\d+(?:[.,\u202f]\d+)*")
CLOCK = re.compile(r"(?:\d{1,2}:\d\d)?(?:, )?(?:[\d.]+ min)?")  # the line at the top of our notes
TOLD = 3  # figures of a slide


def figures(slide: DeckSlide) -> Iterator[str]:
    """Yield the figures in the words, cells and charts of a slide."""
    for text in (slide.title, *slide.paragraphs, *slide.cells, *(word for chart in slide.charts for word in chart)):
        yield from FIGURE.findall(text)


def checked(laid: LaidOut, write: Callable[[LaidOut], bytes]) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Return a deck whose kept slides know whether they have figures of their own, and what is to be told about them.

    Args:
        write: returns the deck's bytes.

    Raises:
        WorkshopError: if a file that they are kept in can't be read.
    """
    here = [slide for slide in laid.slides if slide.id in laid.kit.kept]
    kept, notes, problems = dict(laid.kit.kept), dict[str, tuple[Note, ...]](), list[Problem]()
    ours = read_deck(write(replace(laid, slides=tuple(here), kit=replace(laid.kit, kept={})))).slides
    sources = opened(kept.values())
    decks = {deck: {one.number: one for one in deck_in(source.package).slides} for deck, source in sources.items()}
    problems += _other_sizes(laid, sources)
    names = {slide.id for slide in laid.slides} | stand_ins(
        {slide.id: kept[slide.id] for slide in here}, sources
    ).keys()
    for slide, own in zip(here, ours, strict=True):
        one = kept[slide.id]
        theirs = decks[one.deck][one.page]
        if (
            what := _figures_told(own, theirs, more=laid.kit.is_kit)
        ) and slide.slide.at != one.at:  # else the kit has no such slide any more
            kept[slide.id] = replace(one, by_hand=True)
            problems.append(_warning(f"{slide.id!r} was changed by hand, so its figures aren't checked: {what}", one))
        problems += _left_out(names, sources[one.deck], one)
        if one.notes:
            notes[slide.id] = _notes(theirs, laid.kit.language)
    slides = tuple(_with_notes(slide, notes) for slide in laid.slides)
    return replace(laid, slides=slides, kit=replace(laid.kit, kept=kept)), tuple(problems)


def _figures_told(own: DeckSlide, theirs: DeckSlide, *, more: bool) -> str:
    """Return in words which figures of a slide nobody computed; "" if there are none.

    Args:
        more: whether figures count that stand in nobody's place; a talk's author may type them.
    """
    computed, shown = Counter(figures(own)), Counter(figures(theirs))
    added, lost = list((shown - computed).elements()), list((computed - shown).elements())
    if not lost and not more:
        return ""
    pairs = [
        f"{one} on the slide, {other or 'none'} computed"
        for one, other in zip_longest(added[:TOLD], lost[:TOLD])
        if one
    ]
    also = f"; guide and sheets say {lost[0]}" if added and lost else ""
    return "; ".join(pairs) + also


def _other_sizes(laid: LaidOut, sources: Mapping[Path, Source]) -> Iterator[Problem]:
    """Yield a warning for each file whose slides have another size: everything on them stays where it is."""
    for deck, source in sources.items():
        theirs, ours = (
            tuple(round(side / EMU_PER_POINT) for side in size)
            for size in (slide_size(source.package), (laid.theme.width, laid.theme.height))
        )
        if theirs != ours:
            one = next(one for one in laid.kit.kept.values() if one.deck == deck)
            sizes = " and not ".join(f"{wide} × {high} points" for wide, high in (theirs, ours))
            hint = "give your deck that size in PowerPoint, and adopt it again"
            yield replace(_warning(f"the slides in {deck.name} have {sizes}, and are kept as they are", one), hint=hint)


def _left_out(names: Collection[str], source: Source, one: KeptSlide) -> Iterator[Problem]:
    lost = dict.fromkeys(left_out(source, source.pages[one.page], names))
    if lost:
        what = f"page {one.page} of {one.deck.name} is kept as {one.id!r} without {', '.join(lost)}"
        yield replace(_warning(what, one), severity=Severity.ADVICE)


def _warning(message: str, one: KeptSlide) -> Problem:
    return Problem(message, one.at, code="by-hand", severity=Severity.WARNING)


def _notes(theirs: DeckSlide, language: str) -> tuple[Note, ...]:
    """Return the notes of a kept slide, without the lines on time that ours have."""
    before = say(language, "before-next")
    texts = [t for k, t in enumerate(theirs.notes) if not t.startswith(before) and (k or not CLOCK.fullmatch(t))]
    lines = tuple(Line((Run(text),)) for text in texts)
    return (Note("", Prose(lines)),) if lines else ()


def _with_notes(slide: LaidSlide, notes: Mapping[str, tuple[Note, ...]]) -> LaidSlide:
    return replace(slide, slide=replace(slide.slide, notes=notes[slide.id])) if slide.id in notes else slide
