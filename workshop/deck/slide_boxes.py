"""What others see of a slide: its words, its notes, and where everything is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from workshop.layout.laid import LaidChart, LaidItem, LaidPicture, LaidShapes, LaidSlide, LaidTable, LaidText
from workshop.model.blocks import Line, plain
from workshop.model.theme import EMU_PER_POINT

BREAK = "\v"  # balances a title


class Box(Struct, frozen=True, kw_only=True):
    """One thing on a slide, and where it is.

    Attributes:
        kind: "text", "table", "chart", "picture" or "drawing".
        role: the place of the layout that it is in, such as "title" or "main"; "" for a drawing that is in none.
        words: a text's lines, or a table's rows, whose cells have tabs between them; of anything else its alternative text.
        x, y: the distance of its upper left corner from that of the slide, in points.
        width, height: in points; a text has the height that its lines need.
        size: the size of a text or a table in points; 0 for anything else.
    """

    kind: str
    role: str
    words: str
    x: float
    y: float
    width: float
    height: float
    size: float = 0


class Slide(Struct, frozen=True, kw_only=True):
    """One slide of a deck.

    Attributes:
        id: its name, which no other slide of the deck has; links lead to it as ``#id``.
        title: its title in one line; "" for none.
        layout: the name of its layout, such as "content".
        notes: what its speaker says, a paragraph a line.
        minutes: how long it takes; 0 if its author doesn't say.
        hidden: whether a show leaves it out.
        boxes: what is on it, in reading order.
    """

    id: str
    title: str
    layout: str
    notes: str
    minutes: float
    hidden: bool
    boxes: tuple[Box, ...]


def seen(laid: LaidSlide) -> Slide:
    """Return what others see of a laid-out slide."""
    slide = laid.slide
    return Slide(
        id=laid.id,
        title=slide.title_text.replace(BREAK, " ").strip(),
        layout=laid.layout.role,
        notes=_words(line for note in slide.notes for line in note.prose.lines),
        minutes=slide.minutes,
        hidden=slide.hidden,
        boxes=tuple(_boxes(laid.items)),
    )


def _words(lines: Iterable[Line]) -> str:
    return "\n".join(line.text.replace(BREAK, " ") for line in lines)


def _boxes(items: Iterable[LaidItem]) -> Iterator[Box]:
    for item in items:
        match item:
            case LaidText(placeholder=place, lines=lines, size=size, height=height):
                at = place.box
                yield _box("text", place.role, _words(lines), (at.x, at.y, at.w, height), size)
            case LaidTable(placeholder=place, table=table, size=size):
                rows = table.rows if table.headless else (table.header, *table.rows)
                words = "\n".join("\t".join(plain(cell) for cell in row) for row in rows)
                corner = (place.box.x, place.box.y, sum(item.widths), sum(item.heights))
                yield _box("table", place.role, words, corner, size)
            case LaidChart(placeholder=place, shown=shown):
                at = place.box
                yield _box("chart", place.role, shown.alt, (at.x, at.y, at.w, at.h))
            case LaidPicture(placeholder=place, picture=picture, box=at):
                yield _box("picture", place.role, picture.alt, (at.x, at.y, at.w, at.h))
            case LaidShapes():
                yield _drawing(item)


def _drawing(item: LaidShapes) -> Box:
    boxes = [shape.box for shape in item.shapes]
    left, top = (min((getattr(box, side) for box in boxes), default=0) for side in "xy")
    right, foot = (max((getattr(box, side) for box in boxes), default=0) for side in ("right", "bottom"))
    words = item.alt or "\n".join(filter(None, (shape.alt or _words(shape.lines) for shape in item.shapes)))
    return _box("drawing", "", words, (left, top, right - left, foot - top))


def _box(kind: str, role: str, words: str, at: tuple[int, int, int, int], size: float = 0) -> Box:
    x, y, width, height = (round(length / EMU_PER_POINT, 2) for length in at)
    return Box(kind=kind, role=role, words=words, x=x, y=y, width=width, height=height, size=size)
