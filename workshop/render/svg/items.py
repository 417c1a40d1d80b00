"""The items of a slide as SVG: texts, tables, charts, pictures and drawings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.charts.draw import Vector
from workshop.errors import At
from workshop.layout import scene
from workshop.layout.laid import LaidChart, LaidItem, LaidPicture, LaidShapes, LaidTable, LaidText, Shape
from workshop.layout.measure import SLACK, Style, before, indent, level_size, pitch
from workshop.layout.measure import TextRow as Row
from workshop.layout.scene import seen
from workshop.layouts import traits
from workshop.model.blocks import NOWHERE, Line, Run, Runs
from workshop.model.theme import EMU_PER_POINT, ROLES, Box, LayoutSpec, Placeholder
from workshop.render.formulas import is_formula, natural_box
from workshop.render.formulas import svg as stage_svg
from workshop.render.svg.pen import CODE, Pen, image, number, place, pt

# ---------------------------------------------------------------- words
# Text as SVG: the lines break where the deck's program breaks them, and every run keeps its look.
ROUNDED = 1.001  # of its room, what a line may take in LibreOffice, which rounds widths
CAPITALS = " in capitals"  # end of the name of a typeface that a template sets in capitals
DESCENT = 0.212  # of Arial, relative to its size: from the baseline to the lower edge of a row
STRIKE = (0.3, 0.045)  # middle of the line through struck text above the baseline, and its weight
SHIFTS = {1: "super", -1: "sub"}
HIGHLIGHT = (0.92, 1.14)  # top of a highlight above the baseline, and its height
SQUARE, ASIDE, RAISED = (
    0.3,
    0.03,
    0.21,
)  # of a square bullet, relative to the size: its side, its left edge, and its foot above the baseline
ALIGN = {"l": "start", "left": "start", "ctr": "middle", "center": "middle", "r": "end", "right": "end"}
MIDDLE, BOTTOM = ("ctr", "middle"), ("b", "bottom")


class Paragraph(Struct, frozen=True, kw_only=True):
    """A paragraph of text in a box.

    Attributes:
        size: in points; ``before`` is the space above it, unless it is the first.
        left: its left margin in EMU, into which the marker hangs by ``hang``.
        marker: what is in front of it; ``square`` for a small square.
        color, marker_color: colour roles.
        step: the click on which it appears; 0 for none.
    """

    runs: Runs
    size: float
    before: float = 0.0
    left: int = 0
    hang: int = 0
    marker: str = ""
    square: bool = False
    color: str = "ink"
    at: At = NOWHERE
    marker_color: str = "ink"
    step: int = 0


class Setting(Struct, frozen=True, kw_only=True):
    """The look that all paragraphs of a box share.

    Attributes:
        line: pitch of the lines in percent.
        strong: colour role of bold words; "" for that of the others.
        on_block: whether the text is on a block of colour, where accent and link colours can't be read.
    """

    style: Style = field(default_factory=Style)
    anchor: str = "t"
    align: str = "l"
    line: int = 100
    strong: str = ""
    strike: bool = False
    on_block: bool = False


def text(pen: Pen, box: Box, paragraphs: Sequence[Paragraph], setting: Setting) -> str:
    """Return paragraphs in a box, without its insets."""
    shown = [replace(p, runs=tuple(map(_shown, p.runs))) for p in paragraphs]
    room = ROUNDED / SLACK / EMU_PER_POINT  # the layout is careful, the deck's program isn't
    rows = [pen.ruler.rows(p.runs, max(1.0, (box.w - p.left) * room), p.size, setting.style) for p in shown]
    heights = [
        (p.before if k else 0.0) + len(found) * _pitch(p, setting)
        for k, (p, found) in enumerate(zip(shown, rows, strict=True))
    ]
    free = box.h / EMU_PER_POINT - sum(heights)
    y = box.y / EMU_PER_POINT + (free if setting.anchor in BOTTOM else free / 2 if setting.anchor in MIDDLE else 0.0)
    out: list[str] = []
    for k, (paragraph, found) in enumerate(zip(shown, rows, strict=True)):
        y += paragraph.before if k else 0.0
        out.append(pen.stepped(paragraph.step, "".join(_drawn_paragraph(pen, box, paragraph, found, setting, y))))
        y += len(found) * _pitch(paragraph, setting)
    return "".join(out)


def _shown(run: Run) -> Run:
    return replace(run, text=run.text.strip() or "?") if run.blank else run


def _pitch(paragraph: Paragraph, setting: Setting) -> float:
    return pitch(paragraph.size, setting.line)


def _drawn_paragraph(
    pen: Pen, box: Box, paragraph: Paragraph, rows: Sequence[Row], setting: Setting, top: float
) -> Iterator[str]:
    step = _pitch(paragraph, setting)
    first = top + step - DESCENT * paragraph.size
    if paragraph.marker or paragraph.square:
        yield _drawn_marker(pen, box, paragraph, first)
    for k, pieces in enumerate(_pieces(paragraph.runs, rows)):
        if pieces:
            yield from _row(pen, box, paragraph, pieces, setting, first + k * step)


def _drawn_marker(pen: Pen, box: Box, paragraph: Paragraph, baseline: float) -> str:
    x, fill = (box.x + paragraph.left - paragraph.hang) / EMU_PER_POINT, pen.inks.fill(paragraph.marker_color)
    if paragraph.square:
        side = SQUARE * paragraph.size
        place = f'x="{number(x + ASIDE * paragraph.size)}" y="{number(baseline - RAISED * paragraph.size - side)}" width="{number(side)}" height="{number(side)}"'
        return f"<rect {place} {fill}/>"
    bold = ' font-weight="700"' * bool(paragraph.runs and seen(paragraph.runs[0]).bold)  # as the first word
    return f'<text x="{number(x)}" y="{number(baseline)}" font-size="{number(paragraph.size)}"{bold} {fill}>{paragraph.marker}</text>'


Piece = tuple[Run, str]


def _pieces(runs: Runs, rows: Sequence[Row]) -> Iterator[list[Piece]]:
    """Yield the runs of each row, cut where the row begins and ends."""
    whole = "".join(run.text for run in runs)
    ends = list(accumulate((len(run.text) for run in runs), initial=0))
    bounds = list(zip(ends, ends[1:], runs, strict=False))
    at = 0
    for row in rows:
        start = max(at, whole.find(row.text, at))
        at = start + len(row.text)
        yield [
            (run, whole[max(low, start) : min(high, at)])
            for low, high, run in bounds
            if max(low, start) < min(high, at)
        ]


def _row(
    pen: Pen, box: Box, paragraph: Paragraph, pieces: Sequence[Piece], setting: Setting, baseline: float
) -> Iterator[str]:
    """Yield the highlights of a row, and its text."""
    styles = [_style(run, setting.style) for run, _ in pieces]
    widths = [pen.ruler.width(words, paragraph.size, style) for (_, words), style in zip(pieces, styles, strict=True)]
    left, room = box.x + paragraph.left, box.w - paragraph.left
    align = ALIGN.get(setting.align, "start")
    if pen.rtl and align == "start":
        align = "end"
    free = room / EMU_PER_POINT - sum(widths)
    x = left / EMU_PER_POINT + {"start": 0.0, "middle": free / 2, "end": free}[align]
    anchor = {"start": left, "middle": left + room / 2, "end": left + room}[align]
    starts = [x + sum(widths[:k]) for k in range(len(pieces))]
    for (run, _), start, width in zip(pieces, starts, widths, strict=True):
        if ground := seen(run).ground:
            yield _band(start, width, baseline, HIGHLIGHT, paragraph.size, pen.inks.fill(ground))
    looks = [_look(pen, run, paragraph, setting) for run, _ in pieces]
    kept = "" if pen.live else ' xml:space="preserve"'  # the page has a rule for it
    common = f'y="{number(baseline)}" font-size="{number(paragraph.size)}"{_font(pen, setting.style, paragraph.size)}'
    if all(ord(c) in pen.covered for _, words in pieces for c in words if pen.covered):
        usual = "" if pen.live and align == "start" else f' text-anchor="{align}"'
        yield (
            f'<text x="{pt(anchor)}" {common}{usual}{kept}>'
            + "".join(
                f"<tspan{look}>{_words(pen, words, paragraph.at, setting.style)}</tspan>"
                for (_, words), look in zip(pieces, looks, strict=True)
            )
            + "</text>"
        )
    else:
        for (_, words), look, style, start in zip(pieces, looks, styles, starts, strict=True):
            yield from _apart(pen, paragraph, words, style, start, f"{common}{kept}{look}")
    for (run, _), start, width in zip(pieces, starts, widths, strict=True):
        if run.strike or setting.strike:
            yield _band(start, width, baseline, STRIKE, paragraph.size, pen.inks.fill(_role(run, paragraph, setting)))


def _band(x: float, width: float, baseline: float, band: tuple[float, float], size: float, fill: str) -> str:
    """Return a rectangle along a run: its top above the baseline and its height are relative to the size."""
    up, high = (share * size for share in band)
    place = f'x="{number(x)}" y="{number(baseline - up)}" width="{number(width)}" height="{number(high)}"'
    return f"<rect {place} {fill}/>"


def _apart(pen: Pen, paragraph: Paragraph, words: str, style: Style, x: float, look: str) -> Iterator[str]:
    """Yield a piece in parts: characters that the typeface lacks are drawn by themselves: some programs would set the whole text in another typeface."""
    for known, part in groupby(words, key=lambda c: ord(c) in pen.covered):
        some = "".join(part)
        face = "" if known else f" font-family={quoteattr(pen.faces('symbols'))}"
        yield f'<text x="{number(x)}" {look}{face}>{_words(pen, some, paragraph.at, style)}</text>'
        x += pen.ruler.width(some, paragraph.size, style)


def _words(pen: Pen, words: str, at: At, style: Style) -> str:
    shown = pen.clean(words, at).replace("\n", " ")
    return escape(shown.upper() if style.family.endswith(CAPITALS) else shown)


def _style(run: Run, style: Style) -> Style:
    return style._replace(bold=style.bold or run.strong, mono=style.mono or run.code)


def _font(pen: Pen, style: Style, size: float) -> str:
    family = "mono" if style.mono else style.family
    face = f" font-family={quoteattr(pen.faces(family))}" if family else ""
    bold = ' font-weight="700"' if style.bold else ""
    return face + bold + (f' letter-spacing="{number(style.track * size / 1000)}"' if style.track else "")


def _role(run: Run, paragraph: Paragraph, setting: Setting) -> str:
    shown = seen(run, strong=setting.strong, on_block=setting.on_block)
    if run.link and not shown.ground and not setting.on_block:
        return "accent"
    return (shown.role + CODE if run.color and shown.role == run.color else shown.role) or paragraph.color


def _look(pen: Pen, run: Run, paragraph: Paragraph, setting: Setting) -> str:
    """Return the attributes of a run, with its colour."""
    role = _role(run, paragraph, setting)
    bold = seen(run, on_block=setting.on_block).bold and not setting.style.bold
    return (
        " "
        + pen.inks.fill(role)
        + ' font-weight="700"' * bold
        + ' font-style="italic"' * run.emphasis
        + (f" font-family={quoteattr(pen.faces('mono'))}" if run.code and not setting.style.mono else "")
        + ' text-decoration="underline"' * bool(run.link or run.underline)
        + (f' baseline-shift="{SHIFTS[run.script]}" font-size="{number(0.66 * paragraph.size)}"' if run.script else "")
        + pen.leads(run.link)
    )


# ---------------------------------------------------------------- items
CELL_LINE = 93  # percent: rows in tables are as high as the typeface, without the leading of other text
HEAD = (5.0, 3.0)  # half the width and the length of an arrowhead, in widths of its line


def item(pen: Pen, laid: LaidItem, layout: LayoutSpec) -> str:
    """Return one item of a slide."""
    match laid:
        case LaidText():
            return _text(pen, laid, layout)
        case LaidTable():
            return pen.stepped(laid.table.step, "".join(_table(pen, laid, toy="stops" in traits(layout.role))))
        case LaidChart():
            return pen.stepped(laid.shown.step, chart(pen, laid))
        case LaidPicture(picture=shown):
            drawn = image(laid.box, pen.picture(shown.path, shown.at, laid.box), crop=laid.crop)
            leads = pen.leads(shown.link) if pen.live else ""
            return pen.stepped(shown.step, f"<g{leads}>{drawn}</g>" if leads else drawn)
        case LaidShapes():
            drawn = "".join(pen.stepped(shape.step, _shape(pen, shape, laid.shapes)) for shape in laid.shapes)
            own = pen.live and any(shape.step for shape in laid.shapes)
            return pen.stepped(laid.step, f"<g data-own='1'>{drawn}</g>" if own else drawn)


# ---------------------------------------------------------------- text
def _text(pen: Pen, laid: LaidText, layout: LayoutSpec) -> str:
    spot = laid.placeholder
    if pen.drawings is not None and is_formula(laid) and spot.role not in scene.AS_TEXT:
        drawn = pen.drawings.of(laid)
        return pen.stepped(laid.lines[0].step, image(natural_box(laid, drawn), pen.blob(drawn.png, "image/png")))
    own = spot.idx >= 0 and spot.home is None  # a slide of ours inherits everything from the layout's placeholder
    look = next((p for p in layout.placeholders if p.role == spot.role), spot) if own else spot
    ground = pen.rect(spot.box, look.fill) if look.fill else ""
    look = _inherited(pen, look, layout)
    setting = Setting(
        style=Style.of(spot),
        anchor=look.anchor,
        align=look.align,
        line=look.line,
        strong=scene.strong_in(look, own=own),
        strike=look.strike,
        on_block=look.color in scene.ON_BLOCK,
    )
    paragraphs = [_paragraph(look, line, k, laid.size, own=own) for k, line in enumerate(laid.lines)]
    return ground + text(pen, inside(spot.box, look.inset, look.inset_y), paragraphs, setting)


def _inherited(pen: Pen, look: Placeholder, layout: LayoutSpec) -> Placeholder:
    """Return a place with the colour that its text inherits from a template, if it does."""
    home = look.home
    if home is None or pen.grounds is None or look.idx < 0 or home.color != look.color:
        return look
    return replace(look, color=pen.grounds.color(layout.part, look.type, look.idx) or look.color)


def inside(box: Box, inset: int, inset_y: int) -> Box:
    """Return a box without its insets."""
    return Box(box.x + inset, box.y + inset_y, box.w - 2 * inset, box.h - 2 * inset_y)


def _paragraph(look: Placeholder, line: Line, place_: int, size: float, *, own: bool) -> Paragraph:
    left, hang = indent(line, look.indents)
    color = "muted" if own and line.level and look.color == "ink" else look.color
    square = own and line.marker == "bullet" and not line.level
    return Paragraph(
        runs=line.runs,
        size=level_size(size, line.level),
        before=before(look, line, place_),
        left=left,
        hang=hang,
        marker="" if square else _marker(line, own=own),
        square=square,
        color=color,
        at=line.at,
        marker_color=("muted" if line.level and line.marker == "bullet" else "accent") if own else color,
        step=line.step,
    )


def _marker(line: Line, *, own: bool) -> str:
    if line.marker == "bullet":
        return "–" if line.level else "•"
    if line.marker == "letter":
        return "" if own else f"{chr(64 + line.number)}."
    if line.style and line.marker == "number":
        return scene.numbered(line.style, line.number)
    return (f"{line.number}" if own else f"{line.number}.") if line.marker == "number" else ""


# ---------------------------------------------------------------- tables
def _table(pen: Pen, laid: LaidTable, *, toy: bool) -> Iterator[str]:
    rules, left, y = [], laid.placeholder.box.x, laid.placeholder.box.y
    for row, height in zip(scene.rows_of(laid, toy=toy), scene.heights_of(laid), strict=True):
        x = left
        for cell, width in zip(row, laid.widths, strict=True):
            yield _cell(pen, laid, cell, Box(x, y, width, height))
            x += width
        if row[0].topped:
            rules.append(pen.line(Box(left, y, x - left, 0), "ink", scene.HEADER_RULE))
        y, x = y + height, left
        for below, cells in groupby(zip(row, laid.widths, strict=True), key=lambda cell: cell[0].below):
            along = sum(width for _, width in cells)
            rules.append(pen.line(Box(x, y, along, 0), *below))
            x += along
    yield from rules  # in front of the grounds of the rows below them


def _cell(pen: Pen, laid: LaidTable, cell: scene.Cell, box: Box) -> str:
    (left, right), end = cell.margins, scene.MARGIN_END
    inner = Box(box.x + left + cell.air, box.y + end, box.w - left - right - cell.air, box.h - 2 * end)
    setting = Setting(
        style=Style(bold=cell.bold),
        anchor="b" if cell.header else "ctr",
        align=cell.align,
        line=CELL_LINE,
        on_block=cell.on_block,
    )
    words = Paragraph(runs=cell.runs, size=cell.size_in(laid), color=cell.color, at=laid.table.at)
    sides = [Box(box.x, box.y, 0, box.h), Box(box.right, box.y, 0, box.h)]
    parting = "".join(pen.line(side, "bg", scene.PARTING) for side in sides) if cell.ground == "open" else ""
    divider = pen.line(sides[0], "accent", scene.DIVIDER, dash=True) if cell.divided == "lnL" else ""
    ground = pen.rect(box, cell.ground) if cell.ground else ""
    return ground + parting + divider + text(pen, inner, (words,), setting)


# ---------------------------------------------------------------- charts
def chart(pen: Pen, laid: LaidChart) -> str:
    """Return a chart, drawn by the steps of its kind, at the size that it was resolved for."""
    surface = Vector(pen.inks.fill, pen.inks.stroke, lambda words: pen.clean(words, laid.shown.at))
    drawn = laid.kind.painted(laid.resolved, surface).save()
    box = laid.placeholder.box
    width, height = laid.resolved.size
    across, down = box.w / EMU_PER_POINT / width, box.h / EMU_PER_POINT / height
    scale = "" if abs(across - 1) < 1e-3 and abs(down - 1) < 1e-3 else f" scale({across:.4f} {down:.4f})"
    return f'<g transform="translate({pt(box.x)} {pt(box.y)}){scale}">{drawn}</g>'


# ---------------------------------------------------------------- drawings
def _shape(pen: Pen, shape: Shape, group: Sequence[Shape]) -> str:
    if shape.kind == "line":
        return pen.line(shape.box, *scene.stroke(shape), dash=shape.dash)
    if scene.is_glued(shape):
        if shape.bend is not None:
            return _pointed(pen, shape.bend.path, *scene.stroke(shape), dash=shape.dash, head=shape.bend.pointed)
        one, two = (group[end].box for end in shape.ends)
        return _arrow_back(pen, shape, one, two) if shape.kind == "arrow-back" else _arrow(pen, shape, one, two)
    drawn = _stage_picture(pen, shape) if shape.picture is not None else _box(pen, shape)
    leads = pen.leads(shape.link)
    return f"<g{leads}>{drawn}</g>" if leads else drawn


def _stage_picture(pen: Pen, shape: Shape) -> str:
    assert shape.picture is not None
    inks = {ink: pen.inks.solid(role, shape.fill) for ink, role in ROLES[shape.fill].items()}
    return stage_svg(shape.picture, inks).replace("<svg ", f"<svg {place(shape.box)} ", 1)


def _box(pen: Pen, shape: Shape) -> str:
    ground = pen.rect(shape.box, shape.fill) if shape.fill and shape.kind != "text" else ""
    edge = ""
    if shape.outline:
        stroke = pen.stroke(shape.outline, shape.weight or scene.OUTLINE, dash=shape.dash)
        edge = f'<rect {place(shape.box)} fill="none" {stroke}/>'
    if shape.kind in _OUTLINES:
        ground, edge = f'<path d="{_OUTLINES[shape.kind](shape.box)}" {pen.inks.fill(shape.fill)} {stroke}/>', ""
    paragraphs = [
        Paragraph(runs=line.runs, size=size, before=gap, color=shape.color, at=line.at)
        for line, size, gap in scene.lines_of(shape)
    ]
    box = shape.box
    inner = Box(box.x + shape.inset, box.y + shape.inset_top, box.w - 2 * shape.inset, box.h - shape.inset_top)
    setting = Setting(anchor=shape.anchor, align=shape.align, on_block=shape.fill in scene.BLOCKS)
    return ground + edge + text(pen, inner, paragraphs, setting)


def _diamond(box: Box) -> str:
    x, y, w, h = (value / EMU_PER_POINT for value in (box.x, box.y, box.w, box.h))
    return f"M{number(x)} {number(y + h / 2)}l{number(w / 2)} {number(-h / 2)} {number(w / 2)} {number(h / 2)} {number(-w / 2)} {number(h / 2)}z"


def _cylinder(box: Box) -> str:
    """Return the preset of PowerPoint: the ellipses at both ends are a third of it high."""
    x, y, w, h = (value / EMU_PER_POINT for value in (box.x, box.y, box.w, box.h))
    lid = f"a{number(w / 2)} {number(h / 6)} 0 0 "
    body = f"M{number(x)} {number(y + h / 6)}{lid}1 {number(w)} 0v{number(h * 2 / 3)}{lid}1 {number(-w)} 0z"
    return f"{body}{lid}0 {number(w)} 0"


_OUTLINES = {"diamond": _diamond, "cylinder": _cylinder}


def _arrow(pen: Pen, shape: Shape, one: Box, two: Box) -> str:
    sides = scene.facing(one, two)
    route = [scene.site(one, sides[0]), scene.site(two, sides[1])]
    return _pointed(pen, route, *scene.stroke(shape), dash=shape.dash)


def _arrow_back(pen: Pen, shape: Shape, one: Box, two: Box) -> str:
    (x1, y1), (x2, y2) = scene.site(one, scene.TOP), scene.site(two, scene.TOP)
    over = min(y1, y2) - (shape.box.h or scene.RISE)
    route = [(x1, y1), (x1, over), (x2, over), (x2, y2)]
    return _pointed(pen, route, *scene.stroke(shape))


def _pointed(
    pen: Pen, route: Sequence[tuple[int, int]], role: str, weight: float, *, dash: bool = False, head: bool = True
) -> str:
    """Return a line along right angles or straight on, with an arrowhead at its end."""
    points = [(x / EMU_PER_POINT, y / EMU_PER_POINT) for x, y in route]
    (x0, y0), (x1, y1) = points[-2:]
    far = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1e-6)
    dx, dy = (x1 - x0) / far, (y1 - y0) / far
    half, length = HEAD[0] / 2 * weight, HEAD[1] * weight
    foot = (x1 - dx * length, y1 - dy * length)
    corners = ((x1, y1), (foot[0] - dy * half, foot[1] + dx * half), (foot[0] + dy * half, foot[1] - dx * half))
    line = " ".join(f"{number(x)},{number(y)}" for x, y in (*points[:-1], foot if head else (x1, y1)))
    tip = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
    stroke = pen.stroke(role, weight, dash=dash)
    drawn = f'<polyline points="{line}" fill="none" {stroke}/>'
    return drawn + (f'<polygon points="{tip}" {pen.inks.fill(role)}/>' if head else "")
