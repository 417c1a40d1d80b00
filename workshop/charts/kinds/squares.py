"""SQUARES: rows of counts, a square for each thing; the second series is the part of each row that is marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from workshop.charts import draw
from workshop.charts.axis import Axis
from workshop.charts.canvas import APART, Canvas, refuse, show
from workshop.charts.draw import ALIGN, Surface
from workshop.charts.geometry import LABEL_GAP, Point, Rect, contrast, mixed, text_box, text_height, text_width, wrap
from workshop.charts.kind import Kind, words
from workshop.charts.labels import key_rect
from workshop.charts.resolved import Frame, PointLabel, ResolvedChart, ResolvedSeries, Row
from workshop.model.exhibits import Chart, ChartKind
from workshop.model.theme import TINT

MOST, MOST_ROWS = 400, 8
PITCH, LARGE = 9.72, 19.44  # points from square to square, and in a highlighted row
FILL = 0.82  # share of that which is filled
PER_ROW, PER_LARGE = 48, 18
NAMES = 0.33  # most of the width for the names
ROW, GAP, AIR = 24.5, 9.4, 14.0  # least height of a row, space under it, and between names and squares
SCALES = (1.0, 0.9, 0.8, 0.7, 0.6)
LARGER = (2.2, 1.9, 1.6, 1.3)  # for rows of so few squares that each is one line
# Colours of plain and of marked squares: the first two that are distinct when printed in grey
PLAIN = ("context", "muted", "ink", "rule")
PAIRS = (*((plain, marked) for marked in ("open", "accent") for plain in PLAIN), ("rule", "ink"))


class Squares(NamedTuple):
    """The squares of a row, in points.

    Attributes:
        pitch: from one to the next.
        each: how many are side by side.
    """

    left: float
    top: float
    pitch: float
    each: int
    total: int
    marked: int

    def square(self, number: int) -> Rect:
        """Return the place of a square."""
        down, along = divmod(number, self.each)
        side = self.pitch * FILL
        return Rect(self.left + along * self.pitch, self.top + down * self.pitch, side, side)

    @property
    def box(self) -> Rect:
        """Return the area of all of them."""
        lines = -(-self.total // self.each)
        return Rect(self.left, self.top, min(self.total, self.each) * self.pitch, lines * self.pitch)


class SquaresFrame(Frame, frozen=True):
    """Rows of squares; both axes count points."""

    rows: tuple[Squares, ...] = ()

    def point(self, series: int, index: int) -> Point | None:
        """Return the right end of the last square of a row, or of the last one that is marked; ``None`` if there is none."""
        row = self.rows[index]
        there = row.marked if series else row.total
        if not there:
            return None
        last = row.square(there - 1)
        return last.right, last.center[1]


def resolve_squares(chart: Chart, canvas: Canvas) -> ResolvedChart:
    """Resolve rows of squares.

    Raises:
        WorkshopError: for numbers that can't be counted in squares, too many rows, or a box that is too small.
    """
    counts = _counts(chart)
    size = canvas.sizes.labels[0]
    key = None
    if any(marked for _, marked in counts):
        key = key_rect([series.name for series in chart.series], canvas.sizes.tick, canvas.width)
    top = key.height + GAP * canvas.scale if key else 0.0
    names, left = _names(chart, canvas, size)
    few = max(count for count, _ in counts) <= PER_LARGE
    for scale in (*(LARGER if few else ()), *SCALES):
        rows, foot = _rows(chart, canvas, counts, names, (left, top, scale))
        if foot <= canvas.height and (scale <= 1 or all(row.total <= row.each for row in rows)):
            break
    else:
        refuse(chart, "the box is too low for so many squares", "show fewer rows, or give it a slide of its own")
    if few:
        apart = (canvas.height - foot) / (len(rows) + 1)
        rows = tuple(row._replace(top=row.top + apart * place) for place, row in enumerate(rows, 1))
    flat, upright = (Axis(0.0, length, length, (), visible=False) for length in (canvas.width, canvas.height))
    frame = SquaresFrame(chart, canvas.rect, upright, flat, rows=rows)
    shown = tuple(
        Row(name, show(chart, float(row.total)), bold=own in chart.highlight)
        for name, own, row in zip(names, chart.categories, rows, strict=True)
    )
    labels = tuple(_total(frame, index, row, size) for index, row in enumerate(shown) if rows[index].total)
    return ResolvedChart(
        frame=frame,
        series=tuple(
            ResolvedSeries(place, series.name, color, marker_size=0, labels=() if place else labels)
            for place, (series, color) in enumerate(zip(chart.series, _colors(canvas), strict=False))
        ),
        size=(canvas.width, canvas.height),
        tick_size=canvas.sizes.tick,
        label_size=size,
        category_size=size,
        reference_size=canvas.sizes.tick,
        rows=shown,
        key=canvas.shares(key) if key else None,
    )


def _colors(canvas: Canvas) -> tuple[str, str]:
    """Return the colours of squares that aren't marked, and of those that are."""

    def hexed(role: str) -> str:
        of, percent = TINT.get(role, (role, 100))
        return mixed(canvas.colors[of], canvas.colors["bg"], percent / 100)

    return next((pair for pair in PAIRS if contrast(*map(hexed, pair)) >= APART), PAIRS[-1])


def _counts(chart: Chart) -> list[tuple[int, int]]:
    """Return the number of squares of each row, and how many of them are marked."""
    if not 1 <= len(chart.series) <= 2 or not chart.categories:
        refuse(chart, "squares are one or two series of counts over named rows", "give counts, and how many are marked")
    if len(chart.categories) > MOST_ROWS:
        refuse(chart, f"{len(chart.categories)} rows of squares are too many", f"show the {MOST_ROWS} that matter")
    found = []
    marked = chart.series[1].values if len(chart.series) > 1 else (0.0,) * len(chart.categories)
    for name, *pair in zip(chart.categories, chart.series[0].values, marked, strict=True):
        count, part = (value or 0.0 for value in pair)
        if any(value < 0 or value != int(value) for value in (count, part)):
            refuse(
                chart, f"the row {name!r} has a number that isn't a count", "give whole numbers that aren't negative"
            )
        if count > MOST or part > count:
            what = f"{count:g} squares, of which {part:g} are marked"
            refuse(
                chart,
                f"the row {name!r} has {what}",
                f"at most {MOST} can be counted, and no more marked than there are",
            )
        found.append((int(count), int(part)))
    return found


def _names(chart: Chart, canvas: Canvas, size: float) -> tuple[list[str], float]:
    """Return the names, wrapped, and where the squares beside them begin."""
    most = canvas.width * NAMES
    names = ["\n".join(wrap(name, most, size, bold=name in chart.highlight)) for name in chart.categories]
    wide = max(
        text_width(name, size, bold=own in chart.highlight) for name, own in zip(names, chart.categories, strict=True)
    )
    return names, wide + AIR * canvas.scale


def _rows(
    chart: Chart,
    canvas: Canvas,
    counts: list[tuple[int, int]],
    names: list[str],
    place: tuple[float, float, float],
) -> tuple[tuple[Squares, ...], float]:
    """Return the rows at a scale, and where the last one ends; highlighted ones have larger squares.

    Args:
        place: where the squares begin, to the right and down, and the scale.
    """
    left, y, scale = place
    size = canvas.sizes.labels[0]
    total = max(text_width(f"{count:,}", size, bold=True) for count, _ in counts) + 3 * LABEL_GAP
    found = []
    for (count, marked), name, own in zip(counts, names, chart.categories, strict=True):
        large = own in chart.highlight
        pitch = (LARGE if large else PITCH) * canvas.scale * scale
        each = max(1, min(PER_LARGE if large else PER_ROW, int((canvas.width - left - total) / pitch)))
        row = Squares(left, y, pitch, each, count, marked)
        high = max(row.box.height, ROW * canvas.scale * scale, text_height(name, size))
        found.append(row._replace(top=y + (high - row.box.height) / 2))
        y += high + GAP * canvas.scale * scale
    return tuple(found), y - GAP * canvas.scale * scale


def _total(frame: SquaresFrame, index: int, row: Row, size: float) -> PointLabel:
    """Return the number of a row's squares, right of all of them."""
    box, at = frame.rows[index].box, frame.point(0, index)
    assert at is not None
    dx, dy = round(box.right - at[0] + LABEL_GAP, 2), round(box.center[1] - at[1], 2)
    return PointLabel(index, row.verdict, "right", bold=row.bold, dx=dx, dy=dy, size=size)


def squares_of(frame: Frame) -> Iterator[tuple[Rect, bool, bool]]:
    """Yield each square of a chart, whether it is marked, and whether its row is highlighted.

    Raises:
        TypeError: for a frame of another kind.
    """
    if not isinstance(frame, SquaresFrame):
        raise TypeError(f"there are no squares in a {type(frame).__name__}")
    for row, name in zip(frame.rows, frame.chart.categories, strict=True):
        for number in range(row.total):
            yield row.square(number), number < row.marked, name in frame.chart.highlight


def _squares(resolved: ResolvedChart, surface: Surface) -> None:
    for square, marked, _ in squares_of(resolved.frame):
        surface.bar(square, "", resolved.series[marked].color)


def _row_names(resolved: ResolvedChart, surface: Surface) -> None:
    for row, y in zip(resolved.rows, middles(resolved), strict=True):
        box = text_box(row.name, resolved.category_size, (0.0, y), "right", 0, bold=row.bold)
        surface.words(row.name, box, resolved.category_size, "ink", bold=row.bold, align=ALIGN["right"])


def _key(resolved: ResolvedChart, surface: Surface) -> None:
    draw.key(resolved, surface)  # drawn in figures, too: each square is a bar of its own, which no legend lists


def middles(resolved: ResolvedChart) -> list[float]:
    """Return the middle of each row, in points from the top."""
    assert isinstance(resolved.frame, SquaresFrame)
    return [row.box.center[1] for row in resolved.frame.rows]


def _words(resolved: ResolvedChart) -> Iterator[str]:
    yield from words(resolved)
    yield from (row.name for row in resolved.rows)


SQUARES = Kind(
    name=ChartKind.SQUARES,
    meaning="rows of counts, a square for each thing, some of them marked",
    resolve=resolve_squares,
    paint=(_squares, _row_names, draw.labels, _key),
    words=_words,
    native="workshop.render.pptx.plots.squares:squares_plot",
    from_table=True,
)
