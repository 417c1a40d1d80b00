"""What became of the words of a talk, or of a planned kit: those on no slide, in no note and in no message are named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from workshop.content.words import missing, picture, pictures_in
from workshop.errors import At, Problem
from workshop.layout.laid import LaidChart, LaidItem, LaidOut, LaidPicture, LaidSlide, LaidTable, LaidText
from workshop.model.blocks import Line, Run, ShownCode
from workshop.model.kit import NOTE_KINDS, Note, Slide
from workshop.model.markup import Attrs
from workshop.model.source import Content
from workshop.model.walk import every_node
from workshop.wording.languages import ENGLISH
from workshop.wording.messages import messages

CONDITIONS = ("for", "claim", "when")  # attributes that leave something out for some

_QUOTED = re.compile(r"“[^”]*”|'[^']*'|<[^<>]*>|\([^()]*\)|`[^`]*`|\S*[./:_\\=\[]\S*")
IF_ROOM = ("given",)  # what is on the slide if there is room, and on paper in any case


def lost_words(content: Content, laid: LaidOut, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield a warning for each run of lines of a talk, or of slides of a planned kit, of which words are nowhere."""
    planned = content.policy.plan == "slot"
    if planned:
        said = _planned(laid)
    elif content.said:
        said = _written(content, problems)
    else:
        return
    found = "\n".join((*_placed(laid), *_named(problems), *(() if planned else _conditional(content))))
    names = f"{found}\n{pictures_in(found)}"
    for path, lines in said.items():
        for run in missing(lines, names):
            yield run.problem(path)


def _written(content: Content, problems: Iterable[Problem]) -> dict[str, list[tuple[int, str]]]:
    """Return what a talk says, file by file, without what it leaves out on purpose."""
    out = defaultdict(list)
    for at, last in (*content.left_out, *_left_out(content, problems)):
        out[at.path].append(range(at.line, last + 1))
    said = defaultdict(list)
    for at, text in content.said:
        if not any(at.line in lines for lines in out.get(at.path, ())):
            said[at.path].append((at.line, text))
    return said


def _left_out(content: Content, problems: Iterable[Problem]) -> Iterator[tuple[At, int]]:
    """Yield where the slides are that the plan leaves out, and says so."""
    begins = sorted(slide.at for stage in content.stages for slide in stage.slides)
    for at in (problem.at for problem in problems if problem.code == "left-out" and problem.at):
        after = next((begin.line for begin in begins if begin.path == at.path and begin.line > at.line), 1 << 30)
        yield at, after - 1


def _planned(laid: LaidOut) -> dict[str, list[tuple[int, str]]]:
    """Return what the slides of a plan say, file by file."""
    said = defaultdict(list)
    for slide in (*(slide for stage in laid.kit.stages for slide in stage.slides), *laid.kit.appendix):
        slots = (blocks for name, blocks in slide.slots if name not in IF_ROOM)
        shown = (*_texts(slide.title), *(text for blocks in slots for text in _texts(blocks)), *_notes(slide))
        said[slide.at.path].append((slide.at.line, " ".join(shown)))
    return said


def _conditional(content: Content) -> Iterator[str]:
    """Yield the words that only some people see, or that are said only if something holds."""
    for node in every_node(content.stages):
        attrs = getattr(node, "attrs", None)
        if isinstance(attrs, Attrs) and any(key in CONDITIONS for key, _ in attrs.pairs):
            yield from _texts(node)


def _named(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield what messages quote, and the names and addresses in them; their own words are no words of a talk."""
    return (found[0] for problem in problems for found in _QUOTED.finditer(problem.message))


# ---------------------------------------------------------------- where words are
def _placed(laid: LaidOut) -> Iterator[str]:
    labels = [messages(tag)["note-labels"] for tag in (ENGLISH, laid.kit.language)]
    for one in laid.slides:
        yield from _on(one)
        yield from _notes(one.slide)
        kinds = [NOTE_KINDS.index(note.kind) for note in one.slide.notes if isinstance(note, Note) and note.kind]
        yield from (some[k] for k in kinds for some in labels)  # which a note is written without


def _on(one: LaidSlide) -> Iterator[str]:
    if one.slide.background is not None:
        yield picture(one.slide.background.name)
    if one.slide.source is not None:
        yield from (one.slide.source.text, one.slide.source.full)
    for item in one.items:
        yield from _of(item)


def _of(item: LaidItem) -> Iterator[str]:
    match item:
        case LaidText():
            yield from map(_line, item.lines)
        case LaidTable():
            table = item.table
            yield from (_runs(cell) for row in (table.header, *table.rows) for cell in row)
            yield from (table.alt, table.caption)
        case LaidChart():
            yield item.shown.alt
            yield from _texts(item.shown.chart, every=True)
        case LaidPicture():
            shown = item.picture
            yield from (shown.alt, shown.caption, shown.link, picture(shown.path.name))
        case _:
            yield item.alt
            for shape in item.shapes:
                yield from map(_line, shape.lines)
                yield from (shape.alt, shape.link)


def _notes(slide: Slide) -> Iterator[str]:
    for note in slide.notes:
        yield from map(_line, note.prose.lines) if isinstance(note, Note) else ()


def _line(line: Line) -> str:
    return _runs(line.runs)


def _runs(runs: Iterable[Run]) -> str:
    """Return the characters of runs, and where they lead."""
    some = tuple(runs)
    text = "".join(run.text for run in some)
    links = {run.link: None for run in some if run.link}
    return f"{text} {' '.join(links)}" if links else text


def _texts(value: Any, *, every: bool = False) -> Iterator[str]:
    """Yield the text in a tree of nodes or blocks: runs and code, or ``every`` string."""
    match value:
        case Run():
            yield value.text
        case Line():
            yield value.text
        case ShownCode():
            yield value.text
        case str():
            if every:
                yield value
        case tuple() | list():
            if value and all(isinstance(part, Run) for part in value):
                yield "".join(part.text for part in value)
            else:
                for part in value:
                    yield from _texts(part, every=every)
        case Struct() if not isinstance(value, At | Attrs):
            text = getattr(value, "text", None)
            if isinstance(text, str) and not every:
                yield text
            for name in value.__struct_fields__:
                yield from _texts(getattr(value, name), every=every)
