"""A check of a kit's sources: each slide can be read as text."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.check.prose import sentences
from workshop.errors import At, Problem, Severity
from workshop.model.markup import Attrs, Emphasis, Inline, Link, Paragraph, Span, Strong, Text
from workshop.model.source import Content
from workshop.model.walk import every_node

MOST_VARIANTS = 1
CLAIM = "\ufffc"  # stands in the first word of a claim


def check_sources(content: Content) -> tuple[Problem, ...]:
    """Return warnings on a kit's slides that can't be read as text."""
    found = []
    for slide in (slide for stage in content.stages for slide in stage.slides):
        nodes = tuple(every_node((slide.title, slide.blocks, slide.notes)))
        variants = sum(isinstance(attrs := getattr(node, "attrs", None), Attrs) and "for" in attrs for node in nodes)
        if variants > MOST_VARIANTS:
            hint = "write the slide out where an audience needs other words, in a file in audiences/NAME/"
            found.append(_warning(f"this slide has {variants} pieces with for=", slide.at, hint, "variants"))
        for node in nodes:
            if isinstance(node, Paragraph) and any(said.count(CLAIM) > 1 for said in sentences(_told(node.children))):
                hint = "make two sentences of it, or one claim"
                found.append(_warning("a sentence here has two claims", node.at, hint, "two-claims"))
    return tuple(dict.fromkeys(found))  # notes that a slide inherits are in the kit once


def _warning(message: str, at: At, hint: str, code: str) -> Problem:
    return Problem(message, at, hint=hint, code=code, severity=Severity.WARNING)


def _told(inlines: tuple[Inline, ...]) -> str:
    return "".join(_places(inlines))


def _guards(inlines: tuple[Inline, ...]) -> bool:
    """Whether a claim only says when another one can be computed: ``[[…]{claim=…}]{claim=…}``."""
    return len(inlines) == 1 and isinstance(inlines[0], Span) and "claim" in inlines[0].attrs


def _places(inlines: tuple[Inline, ...]) -> Iterator[str]:
    """Yield the text of inline nodes, with a mark in the first word of each claim."""
    for node in inlines:
        match node:
            case Text(text):
                yield text
            case Span(children, attrs):
                text = _told(children)
                begin = len(text) - len(text.lstrip()) + 1  # after its first letter, by which a sentence is known
                yield f"{text[:begin]}{CLAIM}{text[begin:]}" if "claim" in attrs and not _guards(children) else text
            case Strong(children) | Emphasis(children) | Link(_, children):
                yield _told(children)
            case _:
                yield "0"
