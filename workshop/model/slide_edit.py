"""An edit made in PowerPoint that is repeated on each new slide: one line of a file of edits."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from workshop.errors import At
from workshop.model.blocks import NOWHERE
from workshop.model.closed import Closed


class EditLine(Closed):
    """A line of ``edits/SLIDE.yaml``: where on the slide, what was there, and what is there now.

    Attributes:
        edit: its number.
        for_: the audience that it is for; empty for all.
        shape: the name of the shape in PowerPoint's selection pane, after those of the groups that it is in; empty for the slide.
        notes: it is about the speaker's notes.
        chart: it is about the chart in the shape of that name.
        spot: the place of an element in the XML of the shape, the slide or the chart; an attribute begins with @.
        paragraph: the number of the paragraph that a text was in, from 1.
        text: the words that it is about; before, after: some words around them, or what is below an added shape.
        words: what the text says now.
        was: what the kit had; now: what is there now.
        box: left, top, width and height in inches.
        bold, italic, underline, size, colour, font, language, link: how the text looks, or where it leads.
        xml: elements that are added, or take the place of one; removed: whether it is taken out.
        order: the names of what is there, from back to front.
    """

    edit: int = 0
    for_: str = ""
    shape: str | tuple[str, ...] = ""
    notes: bool = False
    chart: str = ""
    spot: str = ""
    paragraph: int = 0
    text: str | None = None
    before: str = ""
    after: str = ""
    words: str | None = None
    box: tuple[float, ...] = ()
    bold: str = ""
    italic: str = ""
    underline: str = ""
    size: str = ""
    colour: str = ""
    font: str = ""
    language: str = ""
    link: str = ""
    was: str | None = None
    now: str | None = None
    xml: str = ""
    removed: bool = False
    order: tuple[str, ...] = ()


class SlideEdit(Struct, frozen=True, kw_only=True):
    """An edit of a slide.

    Attributes:
        slide: id of the slide as it is laid out.
        audience: as in ``for=``; "" for everybody.
        line: what it says.
        media: folder of the pictures that it names.
    """

    slide: str
    line: EditLine
    media: Path
    audience: str = ""
    at: At = NOWHERE
