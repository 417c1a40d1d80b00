"""Marks on the headings of an overlay: which slide each one replaces, follows or drops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from workshop.content.divs import Break, Flow
from workshop.content.edits import Edit, Group
from workshop.content.exercise_sheets import EXERCISE_LEVEL as LEVEL
from workshop.content.markdown_file import Document
from workshop.content.reading import Reading
from workshop.content.vocabulary import near
from workshop.errors import did_you_mean
from workshop.model.markup import Attrs, Heading
from workshop.model.source import SlideSource

PLACES = ("after", "before")
DROP = "drop"
MUST, MAY = "must", ("optional", "deep")


def marks_in(document: Document) -> tuple[Flow, dict[int, Edit]]:
    """Return the flow without the marks that only overlays have, and line -> the change that the overlay makes there.

    A heading that drops something is removed from the flow altogether.
    """
    flow: Flow = []
    marks: dict[int, Edit] = {}
    dropping: Heading | None = None
    for block in document.flow:
        if isinstance(block, Heading) and block.level <= LEVEL:
            mark = _mark(document.reading, block)
            marks[block.at.line] = mark
            dropping = block if mark.drop else None
            if dropping is None:
                flow.append(replace(block, attrs=mark.attrs))
        elif dropping is None:
            flow.append(block)
        elif not isinstance(block, Break):
            hint = "remove it, or remove .drop to replace the slide"
            document.reading.error(f"{dropping.attrs.id!r} is dropped, but has text", block.at, hint, "overlay")
    return flow, marks


def _mark(reading: Reading, heading: Heading) -> Edit:
    attrs = heading.attrs
    meant = [(key, value) for key, value in attrs.pairs if key in PLACES or near(key, PLACES)]
    for key, _ in meant:
        if key not in PLACES:
            reading.error(f"there is no attribute '{key}='", heading.at, did_you_mean(key, PLACES), "unknown-name")
    drop = DROP in attrs.classes
    pairs = tuple(pair for pair in attrs.pairs if pair not in meant)
    plain = Attrs(attrs.id, tuple(name for name in attrs.classes if name != DROP), pairs)
    if len(meant) + drop > 1:
        hint = "keep one of after=, before= and .drop"
        reading.error(f"{attrs.id!r} cannot go to two places", heading.at, hint, "overlay")
    if drop and not attrs.id:
        reading.error("this drops nothing", heading.at, "say what to drop: {#name .drop}", "overlay")
    key, anchor = meant[0] if meant else ("after", "")
    return Edit(id=attrs.id, attrs=plain, at=heading.at, group=(), anchor=anchor, after=key != "before", drop=drop)


def marked_edits(groups: Sequence[Group], marks: Mapping[int, Edit], reading: Reading) -> Iterator[Edit]:
    """Yield the edits of an overlay's groups, each with what its mark says."""
    for group in groups:
        mark = marks.get(group[0].at.line)
        if mark is None or not mark.id:
            continue  # before the first heading or without a name, which was reported
        yield replace(mark, group=_wanted(group) if mark.anchor else group)
    yield from (mark for mark in marks.values() if mark.drop and mark.id)
    if not marks and "<!--" not in reading.masked.text and not reading.report.errors:
        reading.error("there is nothing in this file", reading.at(1), "begin with ## Title {#name}", "empty")


def _wanted(group: Group) -> Group:
    """Return an added slide, which every plan has unless it says that it can do without."""
    head = group[0]
    if not isinstance(head, SlideSource) or {MUST, *MAY} & set(head.attrs.classes):
        return group
    return (replace(head, attrs=replace(head.attrs, classes=(*head.attrs.classes, MUST))), *group[1:])
