"""What is said with a slide, and what stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workshop.model.kit import Line, Prose, Slide, plain

SPOKEN = ("say", "ask", "next", "")


def lines_on(slide: Slide) -> Iterator[Line]:
    """Yield the lines of text on a slide."""
    yield from (line for _, blocks in slide.slots for b in blocks if isinstance(b, Prose) for line in b.lines)


def lines_in_notes(slide: Slide, kinds: Iterable[str] = ()) -> Iterator[Line]:
    """Yield the lines of a slide's notes, or of those of some kinds."""
    wanted = tuple(kinds)
    yield from (line for note in slide.notes if not wanted or note.kind in wanted for line in note.prose.lines)


def said_on(slide: Slide) -> str:
    """Return the title, the text and the notes of a slide."""
    return " ".join((plain(slide.title), *(line.text for line in (*lines_on(slide), *lines_in_notes(slide)))))


def spoken_words(slide: Slide) -> int:
    """Return how many words are said with a slide."""
    return sum(len(line.text.split()) for line in lines_in_notes(slide, SPOKEN))
