"""The content of one slot: text, a table, a chart, code, a picture, or drawn shapes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from workshop.constructs.boxes import Given
from workshop.constructs.table import text_of
from workshop.errors import At, WorkshopError
from workshop.layout.context import LABEL, Desk, height_of, one, rows_of, text_on
from workshop.layout.diagrams import DRAWS
from workshop.layout.fit import fit_balanced, fit_text, fit_title, fits, laid_text, moved
from workshop.layout.graphs import lay_graph
from workshop.layout.laid import LaidChart, LaidItem, LaidPicture, LaidShapes, LaidText, Shape
from workshop.layout.measure import MONO_ADVANCE, pitch
from workshop.layout.tables import fit_table
from workshop.layouts import traits
from workshop.model.blocks import (
    COMMENT,
    DEFINED,
    KEYWORD,
    PLAIN,
    Block,
    Drawn,
    Graph,
    Line,
    Run,
    Runs,
    ShownChart,
    ShownCode,
    ShownPicture,
    ShownTable,
    pieces_of,
)
from workshop.model.kit import Slide
from workshop.model.theme import EMU_PER_POINT, Box, Placeholder, inches

# ---------------------------------------------------------------- code
# Lines of code: fitted as a whole, never wrapped.
TAB = "    "
BOLD = (KEYWORD, DEFINED)
LEAST_PANEL = inches(3.3)  # a lower one would leave the slide empty below it


def fit_code(desk: Desk, placeholder: Placeholder, code: ShownCode, at: At, *, broken: bool = False) -> LaidText:
    """Return code at the largest size at which no line is cut and all lines fit; else report what doesn't fit.

    Args:
        broken: whether lines that are too long are broken.
    """
    where = code.at if code.at.path else at
    parts = [_untabbed(line.rstrip(), classes) for line, classes in code.lines()]
    inner = (placeholder.box.w - 2 * placeholder.inset) / EMU_PER_POINT
    if broken:
        most = int(inner / (MONO_ADVANCE * placeholder.sizes[-1]))
        parts = [piece for line, classes in parts for piece in _broken(line, classes, most)]
    texts = [text for text, _ in parts]
    roles = _roles(desk, placeholder)
    lines = tuple(Line(_runs(text, classes, roles), step=code.step, at=where) for text, classes in parts)
    longest = max(range(len(texts)), key=lambda k: len(texts[k]))
    for size in placeholder.sizes:
        height = len(lines) * pitch(size, placeholder.line)
        if len(texts[longest]) * MONO_ADVANCE * size <= inner and fits(placeholder, height):
            return laid_text(_panel(desk, placeholder, height), lines, size, height)
    size = placeholder.sizes[-1]
    wide, high = (
        int(inner / (MONO_ADVANCE * size)),
        int(placeholder.height / EMU_PER_POINT / pitch(size, placeholder.line)),
    )
    if len(texts[longest]) > wide:
        desk.report.error(
            f"line {longest + 1} of the code has {len(texts[longest])} characters; {wide} fit at {size:g} pt: "
            f"{texts[longest].strip()[:40]!r}",
            where,
            "break it in the source, or leave out the text beside it",
            "code-width",
        )
    if len(texts) > high:
        desk.report.error(
            f"the code has {len(texts)} lines; {high} fit at {size:g} pt", where, "show fewer lines", "code-height"
        )
    return laid_text(placeholder, lines, size, len(lines) * pitch(size, placeholder.line))


def _panel(desk: Desk, placeholder: Placeholder, height: float) -> Placeholder:
    """Return the placeholder with the height, in points, that its lines need, but at least half a slide's."""
    if desk.theme.template is not None or not placeholder.inset_y:
        return placeholder
    box = placeholder.box
    snug = round(height * EMU_PER_POINT) + 2 * placeholder.inset_y
    return moved(placeholder, Box(box.x, box.y, box.w, min(box.h, max(snug, LEAST_PANEL))))


def broken_lines(texts: list[str], most: int) -> list[str]:
    """Return lines of code, broken at a space, or anywhere if there is none, where they have more than ``most`` letters."""
    return [piece for text in texts for piece, _ in _broken(text, PLAIN * len(text), most)]


def _broken(text: str, classes: bytes, most: int) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of a line, each with the classes of its characters."""
    lead = min(len(text) - len(text.lstrip()) + len(TAB), most // 2)
    start = pad = 0  # the rest of the line, which is never copied, and the spaces before it
    while pad + len(text) - start > most:
        end = start + most - pad
        cut = text.rfind(" ", start + lead + 1 - pad, end + 1)
        cut = cut if cut > 0 else max(start + 1, end)
        yield (" " * pad + text[start:cut]).rstrip(), PLAIN * pad + classes[start:cut]
        start, pad = cut, lead
        while text[start : start + 1].isspace():
            start += 1
    yield " " * pad + text[start:], PLAIN * pad + classes[start:]


def _untabbed(line: str, classes: bytes) -> tuple[str, bytes]:
    """Return a line with spaces for its tabs."""
    if "\t" not in line:
        return line, classes
    ends = [len(line[: k + 1].expandtabs(len(TAB))) for k in range(len(line))]
    starts = [0, *ends]
    found = b"".join(classes[k : k + 1] * (end - starts[k]) for k, end in enumerate(ends))
    return line.expandtabs(len(TAB)), found


def _roles(desk: Desk, placeholder: Placeholder) -> Mapping[bytes, str]:
    """Return the colour roles of the classes: none on a ground that they weren't chosen for."""
    return desk.theme.code if placeholder.color == "ink" and placeholder.fill in ("", "panel") else {}


def _runs(text: str, classes: bytes, roles: Mapping[bytes, str]) -> Runs:
    """Return a line of code as runs: their weight and slant are seen where there is no colour."""
    return tuple(
        Run(part, strong=own in BOLD, emphasis=own == COMMENT, color=roles.get(own, ""))
        for part, own in pieces_of(text, classes)
    ) or (Run(text),)


# ---------------------------------------------------------------- pictures
# Pictures, as large as their place allows and never distorted.
def fit_picture(placeholder: Placeholder, picture: ShownPicture) -> LaidPicture | LaidShapes:
    """Return the picture at its placeholder's top left corner; it fills a place at the slide's edges, and if its size is unknown."""
    if not placeholder.box.x and not placeholder.box.y:
        return LaidPicture(placeholder, picture, placeholder.box, crop=True)
    box = inside(placeholder.box, picture.width_px, picture.height_px)
    if picture.drawing is None:
        return LaidPicture(placeholder, picture, box)
    drawn = Shape(kind="picture", box=box, fill="bg", picture=picture.drawing, alt=picture.alt)
    return LaidShapes((drawn,), step=picture.step)


def inside(box: Box, width: int, height: int) -> Box:
    """Return the largest box with the proportions ``width`` to ``height`` at the top left of ``box``.

    >>> inside(Box(0, 0, 400, 300), 200, 100)
    Box(x=0, y=0, w=400, h=200)
    """
    if width <= 0 or height <= 0:
        return box
    scale = min(box.w / width, box.h / height)
    return Box(box.x, box.y, round(width * scale), round(height * scale))


# ---------------------------------------------------------------- slots
FINDING = "finding"  # text that is set like a title
BALANCED = ("subtitle", "question", "aside", "claim")  # short texts that are set like headings
WITHOUT_BULLETS = ("reading",)  # a few short paragraphs: bullets would only use up width
COLUMNS = ("left", "right")  # here a list of one item is a paragraph


def without_twice_said(slide: Slide) -> Slide:
    """Return a slide whose chart doesn't name the axis along x if the line under the title does: the plot gets the height."""
    said = " ".join(line.text for line in text_of(slide.slot("measure"))).casefold()
    named = [b.chart.x_label for b in slide.slot("main") if isinstance(b, ShownChart)]
    if not any(name and name.casefold() in said for name in named):
        return slide
    shown = tuple(
        replace(block, chart=replace(block.chart, x_label="")) if isinstance(block, ShownChart) else block
        for block in slide.slot("main")
    )
    return replace(slide, slots=tuple((role, shown if role == "main" else own) for role, own in slide.slots))


def exhibits_of(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks that are exhibits, not text."""
    return tuple(block for block in blocks if isinstance(block, Drawn) or type(block) in FITS)


def fill_slot(
    desk: Desk,
    placeholder: Placeholder,
    blocks: tuple[Block, ...],
    layout: str,
    at: At,
    cap: float = math.inf,
    area: Box | None = None,
) -> LaidItem | None:
    """Return the content of a slot: one exhibit or text; both, or two exhibits, are reported.

    Args:
        cap: the largest size for text, in points.
        area: the area for drawings; ``None`` for that of our own grid.
    """
    lines, exhibits = text_of(blocks), exhibits_of(blocks)
    if (placeholder.role in WITHOUT_BULLETS and placeholder.home is None) or (
        placeholder.role in COLUMNS and len(lines) == 1
    ):
        lines = _plain(lines)
    if exhibits:
        if lines or len(exhibits) > 1:
            what = "text and an exhibit" if lines else f"{len(exhibits)} exhibits"
            desk.report.error(
                f"{what} share one place, '{placeholder.name.lower()}'", at, "give one of them another slide", "crowded"
            )
        return fill_exhibit(Spot(desk, placeholder, layout, at), exhibits[0], area)
    if not lines:
        return None
    if placeholder.role == FINDING and len(lines) == 1:
        return fit_title(desk, placeholder, lines[0].runs, at)
    if placeholder.role in BALANCED:
        return fit_balanced(desk, placeholder, lines, at)
    return fit_text(desk, placeholder, lines, at, cap)


def _plain(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return list items as paragraphs; a list of two levels stays one."""
    if any(line.level for line in lines):
        return lines
    return tuple(replace(line, marker="none") if line.marker == "bullet" else line for line in lines)


class Spot(NamedTuple):
    """The place for an exhibit: a placeholder of a layout, and the place of its slide in the source."""

    desk: Desk
    placeholder: Placeholder
    layout: str
    at: At


def fill_exhibit(spot: Spot, block: Block, area: Box | None = None) -> LaidItem | None:
    """Return an exhibit in its place; ``area`` is that of a drawing."""
    if isinstance(block, Graph):
        return lay_graph(spot.desk, block, spot.at, area)
    if isinstance(block, Drawn):
        return DRAWS[type(block)](spot.desk, block, spot.at, area)
    return FITS[type(block)](spot, block)


def _table(spot: Spot, table: ShownTable) -> LaidItem:
    strong = "stops" in traits(spot.layout) and not spot.placeholder.fence
    return fit_table(spot.desk, spot.placeholder, table, spot.at, strong_first=strong, split=False)[0]


def _code(spot: Spot, code: ShownCode) -> LaidItem:
    return fit_code(spot.desk, spot.placeholder, code, spot.at)


def _picture(spot: Spot, picture: ShownPicture) -> LaidItem:
    return fit_picture(spot.placeholder, picture)


def _chart(spot: Spot, shown: ShownChart) -> LaidItem | None:
    from workshop.charts.kind import resolve_chart

    box = spot.placeholder.box
    try:
        resolved = resolve_chart(
            shown.chart,
            width_pt=box.w / EMU_PER_POINT,
            height_pt=box.h / EMU_PER_POINT,
            colors=spot.desk.theme.colors,
            medium="deck",
            kinds=spot.desk.kinds,
        )
    except WorkshopError as error:
        problem = error.problem
        spot.desk.report.error(problem.message, shown.at if shown.at.path else spot.at, problem.hint, problem.code)
        return None
    return LaidChart(spot.placeholder, shown, resolved, spot.desk.kinds.get(resolved.chart.kind))


FITS: Mapping[type[Block], Callable[[Spot, Any], LaidItem | None]] = {
    ShownTable: _table,
    ShownChart: _chart,
    ShownCode: _code,
    ShownPicture: _picture,
}


# ---------------------------------------------------------------- given
# The text that an exercise works on, on a panel between its table and its hint.
SLOT, FILL = "given", "panel"
INSET, PAD, UNDER_HEAD = inches(0.2), inches(0.12), inches(0.06)
SEAM = 6350  # half a point: the parts of a panel overlap so that no light comes through between them
SIZES = (24.0, 22.0, 20.0)


def panels_of(desk: Desk, slide: Slide, x: int, width: int, foot: int) -> Iterator[LaidShapes]:
    """Yield the panel that ends at ``foot``, in two columns, first in the largest size that breaks no line; nothing in a template."""
    panel = next((block for block in slide.slot(SLOT) if isinstance(block, Given)), None)
    if panel is None or desk.theme.template is not None:
        return
    lines = tuple(Line(line.runs) for line in text_of(panel.blocks))
    half = width // 2 - 2 * INSET
    whole = [size for size in SIZES if all(rows_of(desk.ruler, line, size, half)[0] == 1 for line in lines)]
    for size in dict.fromkeys((*whole, *SIZES)):
        shapes = _shapes(desk, panel.title, lines, size, Box(x, 0, width, foot))
        if shapes:
            yield LaidShapes(shapes)


def _shapes(desk: Desk, title: str, lines: tuple[Line, ...], size: float, room: Box) -> tuple[Shape, ...]:
    """Return the panel at the foot of ``room`` with its text in one size; nothing if it is higher than the room for it, or has a broken word."""
    half = (len(lines) + 1) // 2
    columns = [part for part in (lines[:half], lines[half:]) if part]
    if not columns:
        return ()
    each = room.w // len(columns)
    measured = [height_of(desk.ruler, part, (size,) * len(part), each - 2 * INSET) for part in columns]
    head = (one(title, strong=True),) if title else ()
    above, broken = height_of(desk.ruler, head, (LABEL,) * len(head), room.w - 2 * INSET)
    top, below = PAD + above + UNDER_HEAD, max(height for height, _ in measured) + PAD
    y = room.bottom - top - below
    if y < room.y or broken or any(wrong for _, wrong in measured):
        return ()
    parts = [_part(Box(room.x, y, room.w, top + SEAM), head, LABEL, PAD)]
    for k, part in enumerate(columns):
        seam = SEAM if k + 1 < len(columns) else 0
        parts.append(_part(Box(room.x + k * each, y + top, each + seam, below), part, size, 0))
    return tuple(parts)


def _part(box: Box, lines: tuple[Line, ...], size: float, inset_top: int) -> Shape:
    """Return one part of the panel with its text."""
    return Shape(
        kind="rect",
        box=box,
        fill=FILL,
        color=text_on(FILL),
        lines=lines,
        sizes=(size,) * len(lines),
        anchor="t",
        inset=INSET,
        inset_top=inset_top,
    )
