"""Text as SVG: paragraphs, bullets, highlights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.errors import At
from workshop.layout.measure import SLACK, Style, pitch
from workshop.layout.measure import TextRow as Row
from workshop.layout.scene import seen
from workshop.model.blocks import NOWHERE, Run, Runs
from workshop.model.theme import EMU_PER_POINT, Box
from workshop.render.svg.inks import CODE
from workshop.render.svg.pen import Pen, number, pt

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
    # a piece under which something is drawn is at its own place, also in a typeface of another width
    own = not pen.rtl and any(seen(run).ground or run.strike or setting.strike for run, _ in pieces)
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[align]
    ats = [f' x="{number(start + share * width)}"' if own else "" for start, width in zip(starts, widths, strict=True)]
    kept = "" if pen.live else ' xml:space="preserve"'  # the page has a rule for it
    common = f'y="{number(baseline)}" font-size="{number(paragraph.size)}"{_font(pen, setting.style, paragraph.size)}'
    if all(ord(c) in pen.covered for _, words in pieces for c in words if pen.covered):
        usual = "" if pen.live and align == "start" else f' text-anchor="{align}"'
        yield (
            f'<text x="{pt(anchor)}" {common}{usual}{kept}>'
            + "".join(
                f"<tspan{at}{look}>{_words(pen, words, paragraph.at, setting.style)}</tspan>"
                for (_, words), at, look in zip(pieces, ats, looks, strict=True)
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
    shown = shown.replace("\u200b", "").replace("\u2011", "-")  # the lines are broken already
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
