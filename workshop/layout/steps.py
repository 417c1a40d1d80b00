"""The steps of a diagram as a scene: under the name of each, what there is to see, and the last one as a band."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from workshop.errors import At
from workshop.layout.context import Desk, height_of, one, rows_of, text_on
from workshop.layout.laid import LaidItem, LaidShapes, Shape
from workshop.layout.measure import Style
from workshop.layout.slots import Spot, fill_exhibit
from workshop.model.blocks import Block, Diagram, Line, Run, Runs, ShownChart, ShownTable, Step, later
from workshop.model.kit import Slide
from workshop.model.stage_picture import StagePicture
from workshop.model.theme import EMU_PER_POINT, Box, LayoutSpec, Placeholder, inches

HEAD, HEAD_HEIGHT = 20.0, inches(0.36)  # of a step's name, in points and on the slide
UNDER_HEAD = inches(0.43)  # from its top to what is under it
GUTTER, BETWEEN, LEAST = inches(0.56), inches(0.45), inches(0.9)  # between halves and rows; height of what is in one
BAND, OVER_BAND, BAND_SIZE, INSET = inches(0.62), inches(0.15), 24.0, inches(0.25)
TILE_SIZES, MOST_TILES, TILE_HEIGHT = (40.0, 36.0, 32.0, 28.0), 12, inches(1.25)
GAP, PAD, BASE = inches(0.15), inches(0.31), inches(0.1)  # of tiles; what a covered word stands on
RISE = inches(0.3)  # of a drawing above the tiles
COVERED = 0.62  # share of a drawing's width that surely covers a word
COVERED_SIZES = (36.0, 32.0, 28.0, 24.0, 20.0, 18.0)
FIGURE_SIZES, FIGURE_SHARE, NOTE_SIZES = (88.0, 72.0, 60.0, 44.0), 0.64, (24.0, 22.0, 20.0)


class Part(NamedTuple):
    """A step with its number, counted from 1, and its figure: "figure | note"."""

    number: int
    step: Step
    figure: str
    click: int

    @property
    def is_seen(self) -> bool:
        """Whether it has something to see."""
        return bool(self.step.tiles or self.step.shown or self.figure)


def parts_of(slide: Slide) -> list[Part]:
    """Return the steps of a slide's only diagram if one of them has something to see, and it isn't a row of drawings."""
    diagrams = [block for block in slide.slot("main") if isinstance(block, Diagram)]
    if len(diagrams) != 1 or diagrams[0].back or slide.slot("caption") or slide.slot("measure"):
        return []
    steps = diagrams[0].steps
    if all(step.picture for step in steps):
        return []
    clicks = range(len(steps)) if diagrams[0].stepwise else [diagrams[0].step] * len(steps)
    figures = diagrams[0].figures or ("",) * len(steps)
    parts = [Part(k, *of) for k, of in enumerate(zip(steps, figures, clicks, strict=True), 1)]
    return parts if any(part.is_seen for part in parts) else []


def lay_scene(desk: Desk, spec: LayoutSpec, slide: Slide) -> list[LaidItem | None]:
    """Return what is in the area of a scene, step by step; report what has no room."""
    parts, area = parts_of(slide), spec.area
    if not parts or area is None:
        return []
    foot = parts.pop() if len(parts) > 1 and not parts[-1].is_seen else None
    rows = _rows(parts)
    items: list[LaidItem | None] = []
    y, end = area.y, area.bottom - (BAND + OVER_BAND if foot else 0)
    tiled = sum(bool(row[0].step.tiles) for row in rows)
    spare = end - y - tiled * (UNDER_HEAD + TILE_HEIGHT) - BETWEEN * (len(rows) - 1)
    for row in rows:
        high = UNDER_HEAD + TILE_HEIGHT if row[0].step.tiles else spare // max(1, len(rows) - tiled)
        if high < UNDER_HEAD + LEAST:
            desk.report.error("the steps of a scene don't fit", slide.at, "take fewer of them", "fit")
        width = (area.w - GUTTER * (len(row) - 1)) // len(row)
        for k, part in enumerate(row):
            items += _part(desk, part, parts, Box(area.x + k * (width + GUTTER), y, width, high), slide.at)
        y += high + BETWEEN
    if foot:
        items.append(_band(desk, foot, Box(area.x, area.bottom - BAND, area.w, BAND), slide.at))
    return items


def _rows(parts: Sequence[Part]) -> list[list[Part]]:
    """Return the steps in rows: tiles have a row for themselves, the others share one in twos."""
    rows: list[list[Part]] = []
    for part in parts:
        if not rows or part.step.tiles or rows[-1][0].step.tiles or len(rows[-1]) > 1:
            rows.append([part])
        else:
            rows[-1].append(part)
    return rows


def _part(desk: Desk, part: Part, parts: Sequence[Part], box: Box, at: At) -> Iterator[LaidItem | None]:
    """Yield the name of a step, and what is under it."""
    head = _named(part)
    _check(desk, head, HEAD, box.w, at)
    name = Shape(
        kind="text",
        box=Box(box.x, box.y, box.w, HEAD_HEIGHT),
        color="accent",
        lines=(head,),
        sizes=(HEAD,),
        anchor="t",
        link=part.step.link,
    )
    yield LaidShapes((name,), step=part.click)
    under = Box(box.x, box.y + UNDER_HEAD, box.w, box.h - UNDER_HEAD)
    if part.step.tiles:
        leaves = next((other.click for other in parts if other.number > part.number and other.figure), 0)
        yield from lay_words(desk, part.step.tiles, under, at, part.click, leaves)
    elif part.step.shown is not None:
        place = _place(part, part.step.shown, under)
        yield fill_exhibit(Spot(desk, place, place.role, at), later(part.step.shown, part.click))
    elif part.figure:
        yield from (LaidShapes((shape,), step=part.click) for shape in _figure(desk, part, under, at))
    elif part.step.gloss:
        yield LaidShapes((_text(desk, part.step.gloss, under, at),), step=part.click)


def _named(part: Part) -> Line:
    """Return the number and the name of a step; its gloss, too, if there is something else under it."""
    gloss = f": {part.step.gloss}" if part.is_seen and part.step.gloss else ""
    return Line(tuple(run for run in (Run(f"{part.number}  {part.step.name}", strong=True), Run(gloss)) if run.text))


def _check(desk: Desk, line: Line, size: float, width: int, at: At) -> None:
    """Report a line that doesn't fit a width."""
    if rows_of(desk.ruler, line, size, width) != (1, False):
        desk.report.error(f"'{line.text}' doesn't fit one line", at, "shorten it", "fit")


def _place(part: Part, block: Block, box: Box) -> Placeholder:
    """Return the place of an exhibit in a scene."""
    kind = "chart" if isinstance(block, ShownChart) else "tbl" if isinstance(block, ShownTable) else "pic"
    return Placeholder(
        idx=-1, type=kind, name="Exhibit", role=f"step-{part.number}", box=box, sizes=(24.0, 22.0, 20.0, 18.0)
    )


def _text(desk: Desk, words: str, box: Box, at: At) -> Shape:
    """Return words at the largest size at which they fit."""
    for size in NOTE_SIZES:
        high, broken = height_of(desk.ruler, (one(words),), (size,), box.w)
        if high <= box.h and not broken:
            break
    else:
        desk.report.error(f"'{words}' doesn't fit its step", at, "shorten it", "fit")
    return Shape(kind="text", box=box, lines=(one(words),), sizes=(size,), anchor="t")


def _band(desk: Desk, part: Part, box: Box, at: At) -> LaidShapes:
    line = _named(part)
    line = replace(line, runs=(*line.runs, Run(f": {part.step.gloss}"))) if part.step.gloss else line
    _check(desk, line, BAND_SIZE, box.w - 2 * INSET, at)
    role = "open" if part.step.role == "open" else "field"
    band = Shape(
        kind="rect", box=box, fill=role, color=text_on(role), lines=(line,), sizes=(BAND_SIZE,), inset=INSET,
        link=part.step.link,
    )  # fmt: skip
    return LaidShapes((band,), step=part.click)


# ---------------------------------------------------------------- a figure
def _figure(desk: Desk, part: Part, box: Box, at: At) -> Iterator[Shape]:
    """Yield a large figure, and what it counts at its right."""
    figure, _, note = (text.strip() for text in part.figure.partition("|"))
    widths = {size: round(desk.ruler.width(figure, size, Style(bold=True)) * EMU_PER_POINT) for size in FIGURE_SIZES}
    most = box.w * FIGURE_SHARE if note else box.w
    size = next((size for size in FIGURE_SIZES if widths[size] <= most), FIGURE_SIZES[-1])
    high, wide = round(size * EMU_PER_POINT * 1.2), widths[size] + GAP
    lines = (one(figure, strong=True),)
    place = Box(box.x, box.y, wide, high)
    yield Shape(kind="text", box=place, color="accent", lines=lines, sizes=(size,), anchor="t")
    if note:
        left = box.x + wide + GAP
        yield _text(desk, note, Box(left, box.y + high // 3, box.right - left, box.h - high // 3), at)


# ---------------------------------------------------------------- tiles
def lay_words(desk: Desk, runs: Runs, box: Box, at: At, click: int = 0, leaves: int = 0) -> Iterator[LaidShapes]:
    """Yield words on tiles as high as a box, and the drawings that cover some of them, which leave on a click."""
    words = [(word, run) for run in runs for word in (run.answer if run.blank else run.text).split(" ") if word]
    size, widths = _fitted(desk, words, box, at)
    shapes, covers, x = list[Shape](), list[Shape](), box.x
    for (word, run), width in zip(words, widths, strict=True):
        place = Box(x, box.y, width, box.h)
        if run.picture is None:
            shapes.append(_tile(word, run.tile, place, size))
        else:
            base = Box(x, place.bottom, width, BASE)
            shapes += (_hidden(desk, word, place, size, at), Shape(kind="rect", box=base, fill="accent"))
            covers.append(_cover(run.picture, Box(x, box.y - RISE, width, box.h + RISE)))
        x += width + GAP
    yield LaidShapes(tuple(shapes), " ".join(word for word, _ in words), click)
    yield from (LaidShapes((cover,), step=click, leaves=leaves) for cover in covers)


def _fitted(desk: Desk, words: Sequence[tuple[str, Run]], box: Box, at: At) -> tuple[float, list[int]]:
    """Return the size of the words on tiles and the widths of these; report tiles that don't fit a row."""
    for size in (size for size in TILE_SIZES if size <= box.h / EMU_PER_POINT / 2):
        widths = [
            _cover(run.picture, Box(0, 0, box.w, box.h + RISE)).box.w
            if run.picture
            else round(desk.ruler.width(word, size, Style()) * EMU_PER_POINT) + 2 * PAD
            for word, run in words
        ]
        if len(words) <= MOST_TILES and sum(widths) + GAP * (len(words) - 1) <= box.w:
            return size, widths
    hint = f"show fewer or shorter words, at most {MOST_TILES}"
    desk.report.error("the tiles of a step don't fit in a row", at, hint, "fit")
    return size, widths


def _hidden(desk: Desk, word: str, place: Box, size: float, at: At) -> Shape:
    """Return a word that a drawing covers, as large as it can be there."""
    room = place.w * COVERED / EMU_PER_POINT
    smaller = [s for s in (size, *COVERED_SIZES) if desk.ruler.width(word, s, Style(bold=True)) <= room]
    if not smaller:
        desk.report.error(f"'{word}' is too long to be covered by its drawing", at, "take a shorter word", "fit")
    return _tile(word, "", place, smaller[0] if smaller else COVERED_SIZES[-1])


def _tile(word: str, role: str, box: Box, size: float) -> Shape:
    return Shape(
        kind="rect" if role else "text",
        box=box,
        fill=role,
        color=text_on(role) if role else "accent",
        lines=(one(word, strong=not role),),
        sizes=(size,),
        align="ctr",
    )


def _cover(picture: StagePicture, box: Box) -> Shape:
    """Return a drawing that stands at the foot of a box, in its middle."""
    high = min(box.h, round(box.w * picture.height / picture.width))
    wide = round(high * picture.width / picture.height)
    place = Box(box.x + (box.w - wide) // 2, box.bottom - high, wide, high)
    return Shape(kind="picture", box=place, fill="bg", picture=picture, alt=picture.alt)
