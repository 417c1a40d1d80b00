"""Counts of a slide's content, for checks of whether it can be read in its minutes."""

from __future__ import annotations

from workshop.layout.laid import LaidSlide, LaidText

NOT_BODY = frozenset(
    {"title", "source", "measure", "mode", "minutes", "unit", "numeral", "label", "tag", "you-bet", "right-option"}
)


def body_texts(slide: LaidSlide) -> tuple[LaidText, ...]:
    """Return the texts that the room must read: no title, no source, no code, no fixed words."""
    return tuple(
        item
        for item in slide.items
        if isinstance(item, LaidText)
        and not item.placeholder.mono
        and item.placeholder.role not in NOT_BODY
        and not item.placeholder.role.startswith("letter-")
    )


def body_words(slide: LaidSlide) -> int:
    """Return the number of words in a slide's body."""
    return sum(len(line.text.split()) for item in body_texts(slide) for line in item.lines)


def body_lines(slide: LaidSlide) -> int:
    """Return the number of paragraphs and list items in a slide's body."""
    return sum(len(item.lines) for item in body_texts(slide))
