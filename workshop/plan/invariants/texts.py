"""The texts of a slide: what is on it, and what is said with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workshop.model.kit import (
    Block,
    Diagram,
    Line,
    Panel,
    Prose,
    ShownChart,
    ShownCode,
    ShownPicture,
    ShownTable,
    Slide,
    plain,
)

SPOKEN = ("say", "ask", "next", "")


def lines_on(slide: Slide) -> Iterator[Line]:
    """Yield the lines of text on a slide."""
    yield from (line for _, blocks in slide.slots for b in blocks if isinstance(b, Prose) for line in b.lines)


def lines_in_notes(slide: Slide, kinds: Iterable[str] = ()) -> Iterator[Line]:
    """Yield the lines of a slide's notes, or only of some kinds of notes."""
    wanted = tuple(kinds)
    yield from (line for note in slide.notes if not wanted or note.kind in wanted for line in note.prose.lines)


def said_on(slide: Slide) -> str:
    """Return the title, everything on a slide and its notes."""
    shown = (text for _, blocks in slide.slots for block in blocks for text in _texts(block))
    return " ".join((plain(slide.title), *shown, *(line.text for line in lines_in_notes(slide))))


def _texts(block: Block) -> Iterator[str]:
    """Yield the words of a block."""
    if isinstance(block, Prose):
        yield from (line.text for line in block.lines)
    elif isinstance(block, ShownTable):
        yield from (plain(cell) for row in (block.header, *block.rows) for cell in row)
    elif isinstance(block, Diagram):
        yield from (f"{step.name} {step.gloss}" for step in block.steps)
    elif isinstance(block, ShownChart | ShownCode | ShownPicture):
        yield block.alt
        yield block.text if isinstance(block, ShownCode) else ""
    elif isinstance(block, Panel):
        yield block.title
        yield from (text for inner in block.blocks for text in _texts(inner))


def spoken_words(slide: Slide) -> int:
    """Return the number of words that are said with a slide."""
    return sum(len(line.text.split()) for line in lines_in_notes(slide, SPOKEN))
