"""Advice on how a deck looks, measured on what is laid out: what a designer would see first, and what to do about it.

Each slide is put on a grid of 32 x 18 cells, of which each shows a panel, text, a table, a picture or chart, or nothing; the
cells of one sort are the bits of one number, so that two slides are compared in a few operations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby, pairwise
from operator import itemgetter

from msgspec import Struct

from workshop.errors import Problem, Severity
from workshop.layout.laid import LaidChart, LaidItem, LaidOut, LaidPicture, LaidShapes, LaidSlide, LaidTable, LaidText
from workshop.layout.measure import Ruler, TextRow
from workshop.layouts import traits
from workshop.model.exhibits import ChartKind
from workshop.model.meta import Look
from workshop.model.theme import EMU_PER_POINT, Around, Box, Theme, inches

WIDE, HIGH = 32, 18  # cells of the grid
BODY = range(3, 16)  # rows between the title and the foot
INNER = (1 << WIDE - 1) - 2  # columns between the margins
SORTS = ("panel", "text", "table", "graphic")  # a later one hides an earlier one

ALIKE, IN_A_ROW = 0.72, 4
WITHOUT = 5  # slides in a row without a picture
PLOT_WIDTH, PLOT_HEIGHT = 0.4, 0.3  # shares of the slide
MARKERS = 1.5
SMALL = 18  # points
EMPTY = 0.5  # of the body: a list of half lines leaves nearly as much
LONG, SEVERAL = 50, 4  # words
NEAR = inches(0.06)
STRIP = inches(0.6)
BULLET = inches(0.33)
NAMED = 6
QUIET = frozenset(
    {"source", "version", "who", "scope"}
)  # roles that may be small: they are read by one person at a time

AIRY: frozenset[str] = frozenset({"bare", "large-title", "works"})  # few words are meant, or the work is on paper
UNRANKED = frozenset({"crossing", "stranded"})  # none is worse than another

# code -> (what is so on these slides, with its measure; what to do)
SAID: Mapping[Look, tuple[str, str]] = {
    "alike": ("{} slides in a row have the same shape", "put a picture, a chart or another layout between them"),
    "no-picture": ("{} slides in a row have no picture", "show a photo, a drawing or a scene on one of them"),
    "small-plot": (
        "a plot is small: {}",
        "shorten the text beside it or the names on its axes, or give it a slide of its own",
    ),
    "hidden-interval": ("a marker hides its interval: {}", "show fewer rows, or a narrower range of values"),
    "crossing": ("the strip at the foot crosses {}", "shorten what is above it"),
    "small-type": (
        "there is text of {} points",
        "write less, or split the slide: 18 points can be read from the last row",
    ),
    "empty": ("{} of the slide is one empty area", "say it larger, or put a picture there"),
    "stranded": ("a last line is one word: {}", "cut a word, or add one"),
    "long": ("a paragraph has {} words", "make a list of it, or move it to the notes"),
}


class _Piece(Struct, frozen=True):
    """Something that is seen on a slide: its sort, where it is, and its role or kind."""

    sort: str
    box: Box
    what: str


class _Sight(Struct, frozen=True, kw_only=True):
    """A slide as it is seen: its number, the cells of each sort, and whether it has a picture."""

    number: int
    cells: tuple[int, ...]
    pictured: bool

    def is_like(self, other: _Sight) -> bool:
        """Whether both have the same sort, or nothing, in most cells."""
        same = sum((mine & yours).bit_count() for mine, yours in zip(self.cells, other.cells, strict=True))
        blank = WIDE * HIGH - (sum(self.cells) | sum(other.cells)).bit_count()
        return same + blank >= ALIKE * WIDE * HIGH


_Found = tuple[Look, str, float, str]  # code, the slide or slides, how bad it is, the measure in words


def check_looks(laid: LaidOut, off: Collection[Look] = ()) -> tuple[Problem, ...]:
    """Return advice on the slides that are shown, a line for each kind, with the worst measure and up to six slide numbers.

    Args:
        off: the kinds that a kit doesn't want to hear of.
    """
    ruler, sights = Ruler(laid.theme), []
    found: list[_Found] = []
    for slide in (slide for slide in laid.slides if not slide.slide.hidden):
        pieces = tuple(_pieces(ruler, slide))
        sights.append(_sight(laid.theme, slide, pieces))
        found += _on(ruler, laid.theme, slide, pieces)
        if (share := _hole(sum(sights[-1].cells))) > EMPTY and not AIRY & traits(slide.slide.layout):
            found.append(("empty", str(slide.number), share, f"{share:.0%}"))
    numbers = [sight.number for sight in sights]
    changes = accumulate((not before.is_like(sight) for before, sight in pairwise(sights)), initial=0)
    found += _runs("alike", numbers, changes, IN_A_ROW)
    found += _runs("no-picture", numbers, (-1 if sight.pictured else 0 for sight in sights), WITHOUT)
    kinds = (code for code in SAID if code not in off)
    return tuple(_advice(code, some) for code in kinds if (some := [each for each in found if each[0] == code]))


def _advice(code: Look, found: list[_Found]) -> Problem:
    worst = max(found, key=lambda each: each[2])
    places = list(dict.fromkeys(each[1] for each in found))
    named = ", ".join(places[:NAMED]) + (f" and {len(places) - NAMED} more" if places[NAMED:] else "")
    what, hint = SAID[code]
    where = f"slide{'s' * (not named.isdigit())} {named}"
    example = f" (slide {worst[1]})" if len(places) > 1 and code not in UNRANKED else ""
    return Problem(f"{where}: {what.format(worst[3])}{example}", hint=hint, code=code, severity=Severity.ADVICE)


def _pieces(ruler: Ruler, laid: LaidSlide) -> Iterator[_Piece]:
    for decor in laid.layout.decor:
        if decor.kind == "rect" and min(decor.box.w, decor.box.h) > inches(0.3):
            yield _Piece("panel", decor.box, decor.color)
    for item in laid.items:
        yield from _parts(ruler, item)


def _parts(ruler: Ruler, item: LaidItem) -> Iterator[_Piece]:
    match item:
        case LaidText() if item.lines and item.placeholder.box.bottom > 0:
            if item.placeholder.fill:
                yield _Piece("panel", item.placeholder.box, item.placeholder.fill)
            yield _Piece("text", _text_box(ruler, item), item.placeholder.role)
        case LaidTable():
            at = item.placeholder.box
            yield _Piece("table", Box(at.x, at.y, sum(item.widths), sum(item.heights)), "table")
        case LaidChart():
            yield _Piece("graphic", item.placeholder.box, "chart")
        case LaidPicture():
            yield _Piece("graphic", item.box, "picture")
        case LaidShapes():
            for shape in item.shapes:
                if shape.kind == "picture":
                    yield _Piece("graphic", shape.box, "picture")
                if shape.fill and shape.kind in ("rect", "text"):
                    yield _Piece("panel", shape.box, shape.fill)
                if shape.lines:
                    yield _Piece("text", shape.box, "shape")


def _text_box(ruler: Ruler, item: LaidText) -> Box:
    """Return the area that the rows of a text cover."""
    place, at = item.placeholder, item.placeholder.box
    rows = round(ruler.prose(place, item.lines, item.size).width * EMU_PER_POINT)
    wide = min(at.w, rows + 2 * place.inset + (BULLET if place.bullet else 0))
    high = min(at.h, item.height)
    x = at.x + {"l": 0, "ctr": (at.w - wide) // 2, "r": at.w - wide}.get(place.align, 0)
    y = at.y + {"t": 0, "ctr": (at.h - high) // 2, "b": at.h - high}.get(place.anchor, 0)
    return Box(x, y, wide, high)


def _sight(theme: Theme, laid: LaidSlide, pieces: Iterable[_Piece]) -> _Sight:
    cells = dict.fromkeys(SORTS, 0)
    for piece in pieces:
        cells[piece.sort] |= _cells(theme, piece.box)
    hidden, shown = 0, []
    for sort in reversed(SORTS):
        shown.append(cells[sort] & ~hidden)
        hidden |= cells[sort]
    pictured = laid.layout.scene or any(piece.sort == "graphic" and piece.what == "picture" for piece in pieces)
    return _Sight(number=laid.number, cells=tuple(shown), pictured=pictured)


def _cells(theme: Theme, box: Box) -> int:
    """Return the cells whose centre is in a box, a bit each, row by row."""
    left, right = (_centres(x, theme.width, WIDE) for x in (box.x, box.right))
    top, bottom = (_centres(y, theme.height, HIGH) for y in (box.y, box.bottom))
    row = (1 << max(right, left)) - (1 << left)
    return sum(row << WIDE * y for y in range(top, bottom))


def _centres(at: int, length: int, count: int) -> int:
    """Return how many of ``count`` centres of cells lie before a place."""
    return min(max(-(-(2 * at * count - length) // (2 * length)), 0), count)


def _hole(cells: int) -> float:
    """Return the largest empty rectangle of the body as a share of it."""
    free = [~(cells >> WIDE * y) & INNER for y in BODY]
    best = 0
    for top in range(len(free)):
        common = INNER
        for high, row in enumerate(free[top:], 1):
            if not (common := common & row):
                break
            best = max(best, high * _longest(common))
    return best / (len(BODY) * INNER.bit_count())


def _longest(bits: int) -> int:
    """Return the length of the longest run of ones.

    >>> _longest(0b11011101)
    3
    """
    length = 0
    while bits:
        bits, length = bits & bits << 1, length + 1
    return length


def _runs(code: Look, numbers: Sequence[int], keys: Iterable[int], least: int) -> Iterator[_Found]:
    """Yield the runs of slides with the same key, if they are long enough; a key of -1 belongs to no run."""
    for key, run in groupby(zip(keys, numbers, strict=False), key=itemgetter(0)):  # without slides there is still a key
        slides = [number for _, number in run]
        if key >= 0 and len(slides) >= least:
            yield code, f"{slides[0]} to {slides[-1]}", len(slides), str(len(slides))


def _on(ruler: Ruler, theme: Theme, laid: LaidSlide, pieces: tuple[_Piece, ...]) -> Iterator[_Found]:
    number = str(laid.number)
    for size in _sizes(laid.items):
        if size < SMALL:
            yield "small-type", number, -size, f"{size:g}"
    for item in laid.items:
        if isinstance(item, LaidText):
            for code, worse, words in _in_text(ruler, item):
                yield code, number, worse, words
        elif isinstance(item, LaidChart):
            for code, worse, words in _in_chart(theme, item, alone=not laid.layout.scene):
                yield code, number, worse, words
    for what in _crossed(theme, pieces):
        yield "crossing", number, 0, what


def _sizes(items: Iterable[LaidItem]) -> Iterator[float]:
    for item in items:
        if isinstance(item, LaidText) and item.placeholder.role not in QUIET and item.placeholder.box.bottom > 0:
            yield item.size
        elif isinstance(item, LaidTable):
            yield min(item.size, item.header_size or item.size)
        elif isinstance(item, LaidChart):
            yield min(item.resolved.tick_size, item.resolved.label_size, item.resolved.category_size)
        elif isinstance(item, LaidShapes):
            yield from (size for shape in item.shapes for size in shape.sizes)


def _in_text(ruler: Ruler, item: LaidText) -> Iterator[tuple[Look, float, str]]:
    place = item.placeholder
    for line, rows in zip(item.lines, ruler.prose(place, item.lines, item.size).rows, strict=True):
        if len(rows) > 1 and _is_lost(rows) and place.role not in QUIET:
            yield "stranded", 0, f"“{rows[-1].text.strip()}”"
        if (words := len(line.text.split())) > LONG:
            yield "long", words, str(words)


def _is_lost(rows: tuple[TextRow, ...]) -> bool:
    """Whether a last row is one word under a row of several; in a narrow column that isn't a fault."""
    return len(rows[-1].text.split()) == 1 and len(rows[-2].text.split()) >= SEVERAL


def _in_chart(theme: Theme, laid: LaidChart, *, alone: bool) -> Iterator[tuple[Look, float, str]]:
    resolved = laid.resolved
    plot = resolved.frame.plot
    around = theme.dress.around if theme.dress is not None else Around()
    wide = plot.width * EMU_PER_POINT / (theme.width - around.wide)
    high = plot.height * EMU_PER_POINT / (theme.height - around.high)
    if alone and (wide < PLOT_WIDTH or high < PLOT_HEIGHT):
        yield (
            "small-plot",
            -min(wide / PLOT_WIDTH, high / PLOT_HEIGHT),
            f"{wide:.0%} of the width, {high:.0%} of the height",
        )
    if resolved.chart.kind is ChartKind.FOREST:
        series, marker = resolved.chart.series[0], resolved.series[0].marker_size
        for name, low, top in zip(resolved.chart.categories, series.low or (), series.high or (), strict=False):
            if low is not None and top is not None:
                long = abs(resolved.frame.along_value(top) - resolved.frame.along_value(low))
                if long < MARKERS * marker:
                    yield "hidden-interval", -long, f"“{name}”, {long:.0f} points under a marker of {marker}"


def _crossed(theme: Theme, pieces: tuple[_Piece, ...]) -> Iterator[str]:
    strips = [
        each.box for each in pieces if each.sort == "panel" and each.box.w >= 0.99 * theme.width and each.box.h < STRIP
    ]
    for strip in strips:
        near = Box(strip.x, strip.y - NEAR, strip.w, strip.h)
        for piece in pieces:
            if piece.sort == "panel" and piece.box.y < strip.y and piece.box.bottom > strip.bottom + EMU_PER_POINT:
                yield "a panel"
            elif piece.what == "source" and piece.box.overlaps(near):
                yield "the source"
