"""The texts of a finished plan: what is on its slides, in its notes, and what is spoken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workshop.model.blocks import (
    Block,
    Diagram,
    Line,
    Panel,
    Prose,
    ShownChart,
    ShownCode,
    ShownPicture,
    ShownTable,
    plain,
)
from workshop.model.kit import Slide
from workshop.model.meta import Statement

# The texts of a slide: what is on it, and what is said with it.
SPOKEN = ("say", "ask", "wrong", "reply", "next", "")


def lines_on(slide: Slide) -> Iterator[Line]:
    """Yield the lines of text on a slide."""
    yield from (line for _, blocks in slide.slots for b in blocks if isinstance(b, Prose) for line in b.lines)


def lines_in_notes(slide: Slide, kinds: Iterable[str] = ()) -> Iterator[Line]:
    """Yield the lines of a slide's notes, or only of some kinds of notes."""
    wanted = tuple(kinds)
    yield from (line for note in slide.notes if not wanted or note.kind in wanted for line in note.prose.lines)


def shown_on(slide: Slide) -> str:
    """Return the title and everything on a slide, without what is said with it."""
    shown = (text for _, blocks in slide.slots for block in blocks for text in _texts(block))
    return " ".join((plain(slide.title), *shown))


def said_on(slide: Slide, kinds: Iterable[str] = ()) -> str:
    """Return the title, everything on a slide and its notes, or only some kinds of notes."""
    return " ".join((shown_on(slide), *(line.text for line in lines_in_notes(slide, kinds))))


def unsaid(statement: Statement, slides: Iterable[Slide]) -> str | None:
    """Return what of a statement isn't on these slides or said with them: a phrase, "" if none of its slides is there, or ``None``.

    Case, line breaks and the form of apostrophes don't matter.
    """
    there = [slide for slide in slides if slide.id in statement.slides]
    if not there:
        return ""
    told, seen = (_plain(" ".join(map(read, there))) for read in (said_on, shown_on))
    lost = (
        *(p for p in statement.seen if _plain(p) not in seen),
        *(p for p in statement.phrases if _plain(p) not in told),
    )
    return next(iter(lost), None)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())


def _texts(block: Block) -> Iterator[str]:
    """Yield the words of a block."""
    if isinstance(block, Prose):
        yield from (line.text for line in block.lines)
    elif isinstance(block, ShownTable):
        yield from (plain(cell) for row in (block.header, *block.rows) for cell in row)
    elif isinstance(block, Diagram):
        yield from (f"{step.name} {step.gloss}" for step in block.steps)
        yield from (figure.replace(" | ", " ") for figure in block.figures)
    elif isinstance(block, ShownChart | ShownCode | ShownPicture):
        yield block.alt
        yield block.text if isinstance(block, ShownCode) else ""
    elif isinstance(block, Panel):
        yield block.title
        yield from (text for inner in block.blocks for text in _texts(inner))


def spoken_words(slide: Slide) -> int:
    """Return the number of words that are said with a slide."""
    return sum(len(line.text.split()) for line in lines_in_notes(slide, SPOKEN))
