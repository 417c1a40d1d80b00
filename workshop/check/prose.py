"""The words that people read on slides and sheets or hear from the facilitator, line by line, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from workshop.constructs.table import BY_BLOCK, CONSTRUCTS
from workshop.errors import At
from workshop.model import blocks as model_blocks
from workshop.model import kit

ENGINE_SLOTS = frozenset(["mode", "minutes", "unit", "label", "claim-label", "reply-label", "numeral", "measure"])
WORKS_SLOTS = frozenset(["who", "version", "scope"])  # the words of sources.yaml
QUOTED = frozenset(construct.name for construct in CONSTRUCTS if construct.quoted)  # slots with words that others say
_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[“\"‘(]?[A-Z\d])|\v")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")


class Passage(Struct, frozen=True):
    """One line of text.

    Attributes:
        slot: its placeholder; "title" for titles, the kind of a note, "task", "hint" or "solution".
        marked: words in bold, in italics or in the accent colour; ``text`` has no code, formulas or indices.
    """

    text: str
    at: At
    slot: str
    marked: tuple[str, ...] = ()


def on_slide(slide: kit.Slide) -> Iterator[Passage]:
    """Yield the author's words on a slide, title first, without words of the engine, of demos and of sources."""
    if slide.title and not slide.continued:
        yield _passage(slide.title, slide.at, "title")
    for name, blocks in slide.slots:
        if name not in ENGINE_SLOTS and name not in WORKS_SLOTS:
            yield from in_blocks(blocks, slide.at, name)


def in_notes(slide: kit.Slide, *kinds: str) -> Iterator[Passage]:
    """Yield the lines of some kinds of a slide's notes."""
    for note in slide.notes:
        if note.kind in kinds:
            yield from in_blocks((note.prose,), slide.at, note.kind)


def in_exercise(exercise: kit.Exercise) -> Iterator[Passage]:
    """Yield the parts of an exercise that participants read."""
    yield from in_blocks(exercise.task, exercise.at, "task")
    yield from in_blocks(exercise.hint, exercise.at, "hint")


def in_blocks(blocks: Iterable[model_blocks.Block], at: At, slot: str) -> Iterator[Passage]:
    """Yield every line of text of some blocks; a demo's tables, charts and code contain none of the author's words."""
    for block in blocks:
        match block:
            case model_blocks.Prose(lines):
                yield from (_passage(line.runs, line.at if line.at.line else at, slot) for line in lines)
            case model_blocks.Choices(options):
                yield from (_passage(option, block.at, slot) for option in options)
            case model_blocks.Panel(title, inner, panel_at):
                construct = BY_BLOCK[type(block)]
                if title and not construct.quoted:
                    yield Passage(title, panel_at, slot)
                yield from in_blocks(inner, panel_at, construct.name if construct.quoted else slot)
            case model_blocks.Diagram(steps=steps):
                yield from (Passage(f"{step.name}: {step.gloss}", block.at, slot) for step in steps)
            case model_blocks.ShownTable() if not block.name:
                cells = (cell for row in (block.header, *block.rows) for cell in row)
                yield from (_passage(cell, block.at, "cell") for cell in cells if cell)
            case _:
                pass


def _passage(runs: model_blocks.Runs, at: At, slot: str) -> Passage:
    unread = (run.code or run.strike or run.script or run.formula is not None for run in runs)
    text = "".join(" " if skipped else run.text for run, skipped in zip(runs, unread, strict=True))
    marked = tuple(run.text for run in runs if run.strong or run.emphasis or run.accent)
    return Passage(text, at, slot, marked)


def sentences(text: str) -> list[str]:
    """Return the sentences of a line; a line without a full stop is one sentence.

    >>> sentences("It said “no.” Why? We ask 3.5 times")
    ['It said “no.”', 'Why?', 'We ask 3.5 times']
    """
    ends = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    parts = [text[start:end].strip() for start, end in pairwise(ends)]
    return [part for part in parts if part]


def unquoted(text: str) -> str:
    """Return a text without what is in quotation marks.

    >>> unquoted("Somebody says “it knows” and is wrong")
    'Somebody says … and is wrong'
    """
    return _QUOTED.sub("…", text)
