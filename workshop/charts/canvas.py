"""The surface that a chart is resolved for: a box, a medium, colours, and helpers that all kinds need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NoReturn

from msgspec import Struct
from msgspec.structs import replace

from workshop.charts.axis import MOST, Axis, Wish, axis
from workshop.charts.geometry import (
    CONTEXT_SHARE,
    LEADING,
    Rect,
    Segment,
    contrast,
    mixed,
    shortened,
    text_width,
    widest_word,
    wrap,
)
from workshop.charts.resolved import ResolvedSeries
from workshop.errors import Problem, WorkshopError
from workshop.limits import work
from workshop.model.exhibits import Chart, Reference
from workshop.wording import formats

READABLE = 4.5
APART = 3.0  # contrast of adjacent bars, so that they stay distinct when printed in grey
SCREEN = "pct50"
TICK_GAP = 8.0
CATEGORY_GAP = 9.0
CATEGORY_FILL = 0.94
LEAST_NAME = 2.0  # width of a shortened name, relative to its size
LEAST_PRINT = 8.0
YEARS = (1500, 2200)  # whole numbers in this range are printed without a comma

# Role, marker, its size, dash, pattern: series differ in colour and lightness, and also in form, for printing in grey
LOOKS = (
    ("accent", "circle", 11, "solid", ""),
    ("c2", "square", 10, "sysDash", "wdUpDiag"),
    ("c5", "triangle", 12, "solid", ""),
    ("c3", "diamond", 12, "lgDashDot", "dkHorz"),
    ("stop", "diamond", 14, "solid", "wdDnDiag"),
)


def refuse(chart: Chart, what: str, fix: str) -> NoReturn:
    """Stop with one problem about ``chart``.

    Raises:
        WorkshopError: always.
    """
    raise WorkshopError(Problem(f"chart {chart.title!r}: {what}", hint=fix, code="chart"))


class Sizes(Struct, frozen=True):
    """Text sizes in points; ``labels`` from the preferred one down to the smallest allowed."""

    tick: float
    labels: tuple[float, ...]
    categories: tuple[float, ...]
    rows: tuple[float, ...]


class Canvas(Struct, frozen=True, kw_only=True):
    """The box in points, the colours by role, and the text sizes of the medium.

    Attributes:
        scale: size of markers and lines, relative to the deck's.
    """

    width: float
    height: float
    colors: Mapping[str, str]
    sizes: Sizes
    scale: float = 1.0

    @property
    def rect(self) -> Rect:
        """The whole box."""
        return Rect(0, 0, self.width, self.height)

    def legible(self, role: str) -> str:
        """Return the role for text about something painted in ``role``: the same role if it can be read, else ink.

        Text about context, which is painted in light grey, has the grey of captions.
        """
        if role == "context":
            role = "muted"
        color, ground = self.colors.get(role), self.colors.get("bg", "FFFFFF")
        return role if color and contrast(color, ground) >= READABLE else "ink"

    def context_pattern(self, roles: Iterable[str]) -> str:
        """Return the pattern of context bars beside solid bars in ``roles``; "" if their grey is distinct enough."""
        ground = self.colors.get("bg", "FFFFFF")
        grey = self.colors.get("context") or mixed(self.colors.get("muted", "000000"), ground, CONTEXT_SHARE)
        beside = [self.colors.get(f"{role}/chart") or self.colors.get(role, "000000") for role in roles]
        return SCREEN if any(contrast(color, grey) < APART for color in beside) else ""

    def shares(self, plot: Rect) -> tuple[float, float, float, float]:
        """Return a plot area in shares of the box."""
        left, top = plot.left / self.width, plot.top / self.height
        return (left, top, plot.width / self.width, plot.height / self.height)


def canvas(width: float, height: float, colors: Mapping[str, str], medium: str, size: float) -> Canvas:
    """Return the canvas of a medium, "deck" or "print"; ``size`` is the text size in print, in points.

    Raises:
        ValueError: for another medium, or a box without area.
    """
    if width <= 0 or height <= 0:
        raise ValueError(f"a chart can't be {width} x {height} points")
    if medium == "deck":
        return Canvas(width=width, height=height, colors=colors, sizes=Sizes(18, (20, 18), (18, 16), (24, 22, 20, 18)))
    if medium == "print":
        smaller = (size, max(0.88 * size, min(size, LEAST_PRINT)))
        return Canvas(
            width=width, height=height, colors=colors, sizes=Sizes(size, (size,), smaller, smaller), scale=size / 18
        )
    raise ValueError(f"medium is 'deck' or 'print', not {medium!r}")


def looks(chart: Chart, canvas: Canvas, most: int, *, things: str = "series") -> list[ResolvedSeries]:
    """Return the series with colour, marker, dash and pattern.

    Args:
        things: what the series are called in a message.

    Raises:
        WorkshopError: for more than ``most`` series besides context.
    """
    asked = {series.role for series in chart.series}
    free = [look for look in LOOKS if look[0] not in asked]
    told_apart = sum(series.role != "context" for series in chart.series)
    if told_apart > most:
        refuse(
            chart,
            f"{told_apart} {things} cannot be told apart",
            f'show at most {most}, or give the rest role="context"',
        )
    found = []
    for index, series in enumerate(chart.series):
        if series.role == "context":
            look = ("context", "none", 0, "solid", "")
        elif series.role:
            look = next((k for k in LOOKS if k[0] == series.role), None) or refuse(
                chart, f"there is no role {series.role!r}", 'use "", "accent", "context" or "stop"'
            )
        else:
            look = free.pop(0)
        role, marker, size, dash, pattern = look
        weight = 2.0 if role == "context" else 4.0 if told_apart == 1 else 3.5
        size += 2 if told_apart == 1 and size else 0
        found.append(
            ResolvedSeries(
                index,
                series.name,
                role,
                marker=marker,
                marker_size=round(size * canvas.scale),
                dash=dash,
                pattern=pattern,
                weight=weight * canvas.scale,
            )
        )
    return found


def show(chart: Chart, value: float) -> str:
    """Return a value label."""
    return formats.show(value, chart.unit, chart.decimals)


def value_range(chart: Chart) -> list[float]:
    """Return all values that the value axis must include."""
    found = [v for series in chart.series for v in (*series.values, *series.low, *series.high) if v is not None]
    return found + [r.value for r in chart.references if on_value_axis(chart, r)]


def on_value_axis(chart: Chart, reference: Reference) -> bool:
    """Whether a reference is on the value axis; without numbers along x, both names of the axis mean that."""
    return reference.axis == "y" or not any(series.x for series in chart.series)


class Names(Struct, frozen=True):
    """Wrapped category names: every ``every``-th one is shown, in ``lines`` lines of ``size`` points."""

    texts: tuple[str, ...]
    size: float
    lines: int
    every: int = 1

    @property
    def height(self) -> float:
        """Points below the axis."""
        return self.lines * self.size * LEADING + CATEGORY_GAP


def names_below(chart: Chart, slot: float, canvas: Canvas, *, lines: int, thin: bool) -> Names:
    """Fit category names under an axis.

    Args:
        slot: points from one category to the next.
        lines: most lines of a name.
        thin: whether names may be left out (as for steps in time).

    Raises:
        WorkshopError: if the names that must be shown are too many.
    """
    names = fitting_names(chart, slot, canvas, lines)
    if names:
        return names
    size = canvas.sizes.categories[-1]
    if thin:
        longest = max((text_width(name, size) for name in chart.categories), default=0.0)
        return Names(chart.categories, size, 1, max(1, -int(-(longest + size) // slot)))
    if slot < LEAST_NAME * size:
        return refuse(
            chart,
            f"{len(chart.categories)} names don't fit below the axis",
            "take fewer categories, or use horizontal bars (kind bar)",
        )
    short = (shortened(name, slot * CATEGORY_FILL, size, lines=lines) for name in chart.categories)
    texts = tuple("\n".join(name) for name in short)
    return Names(texts, size, max(text.count("\n") + 1 for text in texts))


def fitting_names(chart: Chart, slot: float, canvas: Canvas, lines: int) -> Names | None:
    """Return all names, wrapped to their slots, at the largest size that fits; ``None`` if none does."""
    room = slot * CATEGORY_FILL
    for size in canvas.sizes.categories:
        wrapped = tuple("\n".join(wrap(name, room, size)) for name in chart.categories)
        fits = all(widest_word(name, size) <= room for name in chart.categories)
        most = max((text.count("\n") + 1 for text in wrapped), default=1)
        if fits and most <= lines:
            return Names(wrapped, size, most)
    return None


def number_axis(chart: Chart, room: float, size: float) -> Axis | None:
    """Return the x axis if x is numeric, else ``None``; it has as many ticks as fit with ``room`` points each."""
    xs = [x for series in chart.series for x in series.x]
    if not xs:
        return None
    xs += [r.value for r in chart.references if r.axis == "x"]
    whole = all(x == int(x) for x in xs)
    wish = Wish(unit=chart.x_unit or ("count" if whole else "number"), log=chart.x_log, title=chart.x_label)
    for most in range(MOST, 1, -1):
        found = axis(xs, replace(wish, most=most))
        if sum(text_width(text, size) + size for _, text in found.ticks) <= room:
            break
    if whole and not found.log and YEARS[0] <= min(xs) and max(xs) <= YEARS[1]:
        found = replace(found, ticks=tuple((x, f"{x:.0f}") for x, _ in found.ticks), format="0")
    ticks = tuple(tick for tick in found.ticks if tick[0] <= max(xs))
    # the axis ends where the lines end, so that it doesn't cross the names at their ends
    return replace(found, maximum=max(xs), ticks=ticks) if len(ticks) > 1 else found


def value_axis_width(axis: Axis, size: float) -> float:
    """Return the width, in points, of the tick texts left of the plot."""
    return max((text_width(text, size) for _, text in axis.ticks), default=0.0) + TICK_GAP if axis.visible else 0.0


class Obstacles(Struct, frozen=True):
    """The things that a label should avoid."""

    ground: Rect
    boxes: tuple[Rect, ...] = ()
    segments: tuple[Segment, ...] = ()

    def cost(self, box: Rect) -> float:
        """Return how much a box covers; 0 in free space."""
        work((len(self.boxes) + len(self.segments)) // 4)
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        near = [
            o
            for o in self.boxes
            if o.left < right and o.top < bottom and o.left + o.width > left and o.top + o.height > top
        ]
        hit = sum(map(box.overlap, near)) / max(box.height, 1)
        crossed = sum(map(box.crossed, self.segments))
        return 4 * hit + crossed + 20 * box.outside(self.ground)

    def with_boxes(self, boxes: Iterable[Rect]) -> Obstacles:
        """Return these obstacles and some boxes."""
        return replace(self, boxes=(*self.boxes, *boxes))
