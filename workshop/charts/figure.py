"""Charts as figures of matplotlib: on paper, in files, and in scripts that change them first.

Only this module imports matplotlib. The steps that all kinds share become what people expect in a figure: ticks, bars, markers,
annotations, a legend, and dashed lines across the axes. A kind's own steps draw lines and words at the numbers where they belong.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from msgspec import Struct

from workshop.charts import draw, vector
from workshop.charts.draw import BASELINE
from workshop.charts.geometry import LABEL_GAP, LEADING, TINT, TINT_SHARE, Point, Rect, mixed
from workshop.charts.kind import BUILT_IN, Kinds
from workshop.charts.labels import FAR, NEAR, SWATCH, key_rows, reference_align, reference_box
from workshop.charts.resolved import ResolvedChart, ResolvedReference, bar_frame
from workshop.charts.settings import own_settings
from workshop.model.theme import TINT as TINT_OF

POINTS_PER_INCH, PNG_DPI = 72, 200
MARKERS: Mapping[str, Any] = {
    "circle": "o",
    "square": "s",
    "triangle": "^",
    "diamond": "D",
    "tick": vector.CORNERS["tick"],
}
DESCENT = LEADING / 2 - BASELINE  # from the foot of a line to its baseline, relative to the size
DIAMOND = 0.71  # side of a square that is as wide on its corner as another one is
DASHES: Mapping[str, Any] = {"sysDash": (0, (3, 1)), "lgDashDot": (0, (8, 3, 1, 3)), "dash": (0, (4, 3))}
HATCHES = {"wdUpDiag": "////", "dkHorz": "----", "wdDnDiag": "\\\\\\\\", "pct50": "......"}
SETTINGS: Any = {"svg.fonttype": "none", "svg.hashsalt": "workshop", "pdf.fonttype": 42}  # words stay text
UNDATED: Mapping[str, Any] = {"svg": {"Date": None}, "png": {"Software": None}, "pdf": {"CreationDate": None}}
_ALONE = Lock()  # settings are global while a figure is saved
logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it warns of a home that it can't write to, which does no harm


with own_settings():
    from matplotlib import rc_context
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.patheffects import withStroke


class Face(Struct, frozen=True):
    """A family and its files; without files, matplotlib looks for the family, and has this one itself.

    Words stay text in this family, so the same files are needed where an SVG is shown.
    """

    family: str = "DejaVu Sans"
    regular: Path | None = None
    bold: Path | None = None

    def at(self, size: float, *, bold: bool = False) -> FontProperties:
        """Return matplotlib's description of the typeface, with its file, so that nothing needs to be registered."""
        file, weight = (self.bold, "semibold") if bold else (self.regular, "normal")
        return FontProperties(family=self.family, size=size, weight=weight, fname=file)


DEJAVU = Face()


def figure(resolved: ResolvedChart, colors: Mapping[str, str], face: Face = DEJAVU, kinds: Kinds = BUILT_IN) -> Figure:
    """Return a chart as a figure of the size that it was resolved for; its numbers are those of its axes.

    Args:
        colors: role -> six hex digits.
        kinds: the kinds of chart that exist.
    """
    plot = Plot(resolved, colors, face)
    for step in kinds.get(resolved.chart.kind).paint:
        AXES.get(step, step)(resolved, plot)
    return plot.figure


def saved(figure: Figure, kind: str) -> bytes:
    """Return a figure as "svg", "png" or "pdf"; the same figure gives the same bytes."""
    buffer = io.BytesIO()
    with _ALONE, rc_context(SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # the print writer checks its texts against its fonts itself
        figure.savefig(buffer, format=kind, dpi=PNG_DPI, metadata=UNDATED[kind])
    return buffer.getvalue()


class Plot:
    """The axes of a figure, and the surface on which a kind's own steps draw: places in points become numbers."""

    def __init__(self, resolved: ResolvedChart, colors: Mapping[str, str], face: Face) -> None:
        """Make axes with the limits and scales of the chart, without ticks."""
        self.resolved, self.frame, self.colors, self.face = resolved, resolved.frame, colors, face
        width, height = resolved.size
        left, top, wide, high = resolved.plot
        size = (width / POINTS_PER_INCH, height / POINTS_PER_INCH)
        self.figure = Figure(figsize=size, dpi=POINTS_PER_INCH, facecolor=self.color("bg"))
        self.axes: Axes = self.figure.add_axes((left, 1 - top - high, wide, high), facecolor="none")
        self.axes.spines[:].set_visible(False)
        plot = self.frame.plot
        (x_min, y_min), (x_max, y_max) = self.at((plot.left, plot.bottom)), self.at((plot.right, plot.top))
        along, across = (self.axes.set_xscale, self.axes.set_yscale)[:: -1 if self.frame.lying else 1]
        if (other := resolved.other_axis) and other.log:
            along("log", base=other.base)
        if resolved.value_axis.log:
            across("log", base=resolved.value_axis.base)
        self.axes.set(xlim=(x_min, x_max), ylim=(y_min, y_max), xticks=(), yticks=())
        self.axes.minorticks_off()
        self.axes.tick_params(length=0)

    def at(self, place: Point) -> Point:
        """Return the numbers at a place in points, along x and y; categories count from zero."""
        other, value = (float(f"{number:.9g}") for number in self.frame.data(place))  # as exact as the data
        return (value, other) if self.frame.lying else (other, value)

    def color(self, role: str) -> str:
        """Return the hex colour of a role; tints are mixed with the background."""
        if role in TINT_OF:
            of, percent = TINT_OF[role]
            return self._mixed(of, percent / 100)
        return "#" + self.colors[role].lstrip("#")

    def _mixed(self, role: str, share: float) -> str:
        return "#" + mixed(self.colors[role], self.colors["bg"], share).lower()

    def look(self, size: float, role: str, *, bold: bool = False) -> dict[str, Any]:
        """Return the look of text as matplotlib's properties; a dollar sign in it doesn't begin a formula."""
        font = self.face.at(size, bold=bold)
        return {"fontproperties": font, "color": self.color(role), "parse_math": False}

    def line(self, points: Sequence[Point], role: str, weight: float, dash: str = "", *, order: float = 2) -> None:
        """Draw a line through points."""
        xs, ys = zip(*map(self.at, points), strict=True)
        look: dict[str, Any] = {"lw": weight, "ls": DASHES.get(dash, "solid"), "solid_capstyle": "round"}
        self.axes.plot(xs, ys, color=self.color(role), zorder=order, clip_on=False, **look)

    def mark(self, at: Point, symbol: str, size: float, role: str) -> None:
        """Draw a marker."""
        self.marks([at], symbol, size, role, "")

    def marks(self, places: Sequence[Point], symbol: str, size: float, role: str, name: str) -> None:
        """Draw markers of one look; ``name`` is for the legend."""
        if symbol == "none":
            return
        xs, ys = zip(*map(self.at, places), strict=True)
        across = size * DIAMOND if symbol == "diamond" else size
        look: dict[str, Any] = {"color": self.color(role), "marker": MARKERS[symbol], "ms": across, "mew": 0}
        self.axes.plot(xs, ys, ls="none", zorder=4, clip_on=False, label=name or None, **look)

    def bar(self, rect: Rect, pattern: str, role: str) -> None:
        """Draw a bar."""
        self.bars([rect], [(pattern, role)])

    def bars(self, rects: Sequence[Rect], looks: Sequence[tuple[str, str]], name: str = "") -> None:
        """Draw bars with their patterns and roles; ``name`` is for the legend."""
        starts = [self.at((rect.left, rect.bottom)) for rect in rects]
        ends = [self.at((rect.right, rect.top)) for rect in rects]
        xs, ys = zip(*starts, strict=True)
        wide, high = zip(*((x - a, y - b) for (x, y), (a, b) in zip(ends, starts, strict=True)), strict=True)
        drawn = self.axes.bar(xs, high, wide, ys, align="edge", zorder=1.5, label=name or None)
        for patch, (pattern, role) in zip(drawn, looks, strict=True):
            hatch, color = HATCHES.get(pattern), self.color(role)
            ground = self.color("bg") if hatch else self._mixed(role, TINT_SHARE) if pattern == TINT else color
            patch.set(facecolor=ground, edgecolor=color, linewidth=1 if pattern else 0, hatch=hatch)

    def words(self, text: str, box: Rect, size: float, role: str, *, bold: bool = False, align: str = "center") -> None:
        """Set text in an estimated box."""
        left = {"left": box.left, "right": box.right}.get(align, box.center[0])
        x, y = self.at((left, box.bottom - DESCENT * size))
        self.axes.text(x, y, spaced(text), ha=align, va="baseline", zorder=5, **self.look(size, role, bold=bold))


def spaced(text: str) -> str:
    """Return a text whose double spaces stay in every format."""
    return text.replace("  ", " \u00a0")


def _value_axis(resolved: ResolvedChart, plot: Plot) -> None:
    if resolved.value_axis.visible:
        lying = plot.frame.lying
        axis = plot.axes.xaxis if lying else plot.axes.yaxis
        look = plot.look(resolved.tick_size, "muted") | ({} if lying else {"va": "center"})
        _ticks(axis, resolved.value_axis.ticks, LABEL_GAP if lying else draw.tick_gap(resolved), look)
        axis.grid(visible=True, color=plot.color("faint"), linewidth=draw.HAIRLINE, zorder=1)
        plot.axes.set_axisbelow(True)


def _category_axis(resolved: ResolvedChart, plot: Plot) -> None:
    lying, names = plot.frame.lying, list(enumerate(map(spaced, resolved.categories)))[:: resolved.every]
    _baseline(plot)
    look = plot.look(resolved.category_size, "ink") | ({"va": "center"} if lying else {})
    _ticks(plot.axes.yaxis if lying else plot.axes.xaxis, names, LABEL_GAP * (2 if lying else 1), look)


def _other_axis(resolved: ResolvedChart, plot: Plot) -> None:
    if (axis := resolved.other_axis) is None:
        _category_axis(resolved, plot)
    elif axis.visible:
        _baseline(plot)
        _ticks(plot.axes.xaxis, axis.ticks, LABEL_GAP, plot.look(resolved.tick_size, "muted"))


def _ticks(axis: Any, ticks: Sequence[tuple[float, str]], pad: float, look: Mapping[str, Any]) -> None:
    axis.set_ticks([place for place, _ in ticks], [text for _, text in ticks], **look)
    axis.set_tick_params(pad=pad)


def _baseline(plot: Plot) -> None:
    line = plot.axes.axvline if plot.frame.lying else plot.axes.axhline
    line(plot.frame.foot, color=plot.color("ink"), lw=draw.AXIS, zorder=3, clip_on=False)


def _axis_title(resolved: ResolvedChart, plot: Plot) -> None:
    if resolved.chart.x_label and (resolved.other_axis is None or resolved.other_axis.visible):
        size, axes = resolved.tick_size, plot.axes
        axes.set_xlabel(resolved.chart.x_label, va="baseline", **plot.look(size, "muted"))
        below = resolved.size[1] - DESCENT * size - plot.frame.plot.bottom
        axes.xaxis.set_label_coords(0.5, -below / plot.frame.plot.height)


def _references(resolved: ResolvedChart, plot: Plot) -> None:
    frame, size = plot.frame, resolved.reference_size
    for reference in resolved.references:
        _across(plot, reference, color=plot.color("ink"), lw=draw.REFERENCE, ls=DASHES["dash"], zorder=1.8)
        box, align = reference_box(frame, reference, size), reference_align(frame, reference)
        plot.words(reference.label, box, size, "ink", align=align)


def _references_over_bars(resolved: ResolvedChart, plot: Plot) -> None:
    for reference in resolved.references:
        _across(plot, reference, color=plot.color("bg"), lw=draw.REFERENCE * draw.HALO, zorder=1.7)
    _references(resolved, plot)


def _across(plot: Plot, reference: ResolvedReference, **look: Any) -> None:
    """Draw a line across the axes, or between the outermost points."""
    start, end = plot.frame.reference(reference.axis, reference.value)
    if start[0] == end[0]:
        plot.axes.axvline(reference.value, clip_on=False, **look)
    else:
        left, right = ((x - plot.frame.plot.left) / plot.frame.plot.width for x, _ in (start, end))
        plot.axes.axhline(reference.value, left, right, clip_on=False, **look)


def _error_bars(resolved: ResolvedChart, plot: Plot) -> None:
    lying = plot.frame.lying
    lines = plot.axes.hlines if lying else plot.axes.vlines
    band = withStroke(linewidth=draw.REFERENCE * draw.HALO, foreground=plot.color("bg"))
    for series in resolved.series:
        ends = [(*plot.at(one), *plot.at(two)) for _, (one, two) in plot.frame.intervals(series.index)]
        if ends:
            x, y, right, top = zip(*ends, strict=True)
            drawn = lines(y, x, right) if lying else lines(x, y, top)
            drawn.set(color=plot.color("ink"), linewidth=draw.REFERENCE, zorder=3, clip_on=False, path_effects=[band])


def _bars(resolved: ResolvedChart, plot: Plot) -> None:
    frame = bar_frame(plot.frame)
    for series in resolved.series:
        colors = dict(series.point_colors)
        bars, looks = [], []
        for k in range(len(resolved.chart.categories)):
            if bar := frame.bar(series.index, k):
                bars.append(bar)
                looks.append((series.point_pattern if k in colors else series.pattern, colors.get(k, series.color)))
        if bars:
            plot.bars(bars, looks, series.name)


def _markers(resolved: ResolvedChart, plot: Plot) -> None:
    for series in resolved.series:
        colors, symbols = dict(series.point_colors), dict(series.point_markers)
        looks: dict[tuple[str, str], list[Point]] = {}
        for k, at in enumerate(plot.frame.points(series.index)):
            if at:
                look = symbols.get(k, series.marker), colors.get(k, series.color)
                looks.setdefault(look, []).append(at)
        for number, ((symbol, role), places) in enumerate(looks.items()):
            plot.marks(places, symbol, series.marker_size, role, "" if number else series.name)


def _key(resolved: ResolvedChart, plot: Plot) -> None:
    if resolved.key is None:
        return
    left, top, width, _ = resolved.key
    size = resolved.reference_size
    handles, names = plot.axes.get_legend_handles_labels()
    legend = plot.axes.legend(
        handles,
        names,
        loc="upper left",
        bbox_to_anchor=(left, 1 - top),
        bbox_transform=plot.figure.transFigure,
        ncols=len(key_rows(names, size, width * resolved.size[0])[0]),
        prop=plot.face.at(size),
        labelcolor=plot.color("ink"),
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handlelength=SWATCH,
        handleheight=SWATCH,
        handletextpad=NEAR,
        columnspacing=FAR,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)


AXES: Mapping[Any, Callable[[ResolvedChart, Plot], None]] = {
    draw.value_axis: _value_axis,
    draw.category_axis: _category_axis,
    draw.other_axis: _other_axis,
    draw.axis_title: _axis_title,
    draw.references: _references,
    draw.references_over_bars: _references_over_bars,
    draw.error_bars: _error_bars,
    draw.bars: _bars,
    draw.markers: _markers,
    draw.key: _key,
}
