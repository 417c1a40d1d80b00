"""STACKED: the parts of a whole, one on the other in a column for each category, over a value axis, with a key."""

from __future__ import annotations

from msgspec.structs import replace

from workshop.charts import draw
from workshop.charts.axis import Wish, axis
from workshop.charts.canvas import Canvas, Obstacles, looks, names_below, refuse, value_axis_width
from workshop.charts.draw import foot, reference_lines, ticks
from workshop.charts.geometry import LABEL_GAP, LEADING, Rect, text_width
from workshop.charts.kind import Kind
from workshop.charts.kinds.bars import Plan, key_box, resolved_bars
from workshop.charts.reference_labels import beside_labels, place_references, spread_beside
from workshop.charts.resolved import BarFrame, ResolvedChart, ResolvedSeries
from workshop.model.exhibits import Chart, ChartKind

MOST_PARTS = 5
MOST_NAMED = 12  # columns that all have a name; of more, every second one has, or fewer
GAP = 45


class StackFrame(BarFrame, frozen=True):
    """Each series stands on those before it."""

    @property
    def bars(self) -> int:
        """One column for each category."""
        return 1

    def bar(self, series: int, index: int) -> Rect | None:
        """Return a part of a column, ``None`` for a gap."""
        part = BarFrame.bar(self, series, index)
        return None if part is None else replace(part, left=part.left - series * self.bar_width)

    def bar_span(self, series: int, index: int) -> tuple[float, float] | None:
        """Return the values between which a part extends."""
        value = self.chart.series[series].values[index]
        if value is None:
            return None
        below = sum(s.values[index] or 0.0 for s in self.chart.series[:series])
        return below, below + value


def resolve_stacked(chart: Chart, canvas: Canvas) -> ResolvedChart:
    """Resolve stacked columns.

    Raises:
        WorkshopError: for negative parts, more parts than can be told apart, or more columns than fit.
    """
    if not chart.categories:
        refuse(chart, "columns need categories", "name what is counted")
    if any((v or 0.0) < 0 for s in chart.series for v in s.values):
        refuse(chart, "parts of a whole can't be negative", "draw lines or bars side by side")
    found = looks(chart, canvas, MOST_PARTS)
    screen = canvas.context_pattern(sorted({s.color for s in found if not s.pattern and s.color != "context"}))
    series = tuple(replace(s, marker="none", pattern=screen if s.color == "context" else s.pattern) for s in found)
    plan, size = _plan(chart, canvas, series, 0.0), canvas.sizes.labels[-1]
    frame = plan.frame
    boxes = (*plan.bars(), foot(frame, canvas.height), *ticks(frame, canvas.sizes.tick), key_box(chart, canvas))
    placed = place_references(chart, frame, Obstacles(canvas.rect, boxes, tuple(reference_lines(frame))), size)
    if placed.cost > 0:
        labels = beside_labels(chart, canvas, size)
        plan = _plan(chart, canvas, series, max(text_width(label, size) for label in labels) + 2 * LABEL_GAP)
        return resolved_bars(canvas, plan, spread_beside(plan.frame, labels, size, plan.frame.plot.top))
    return resolved_bars(canvas, plan, placed.references)


def _plan(chart: Chart, canvas: Canvas, series: tuple[ResolvedSeries, ...], aside: float) -> Plan:
    """Lay out the columns, with ``aside`` points free to the right of them."""
    totals = [sum(s.values[k] or 0.0 for s in chart.series) for k in range(len(chart.categories))]
    wish = Wish(unit=chart.unit, minimum=chart.y_min, maximum=chart.y_max, zero=True)
    value = axis([*totals, *(r.value for r in chart.references)], wish)
    left = value_axis_width(value, canvas.sizes.tick)
    top = key_box(chart, canvas).height + canvas.sizes.tick * LEADING / 2
    wide = canvas.width - left - aside
    thin = len(chart.categories) > MOST_NAMED
    names = names_below(chart, wide / len(chart.categories), canvas, lines=1 if thin else 2, thin=thin)
    frame = StackFrame(chart, Rect(left, top, wide, canvas.height - top - names.height), value, gap=GAP)
    return Plan(frame, names, series, canvas.sizes.labels[-1])


STACKED = Kind(
    name=ChartKind.STACKED,
    meaning="columns of parts that add up to a whole",
    resolve=resolve_stacked,
    paint=(
        draw.value_axis,
        draw.category_axis,
        draw.references_over_bars,
        draw.bars,
        draw.key,
    ),
    native="workshop.render.pptx.plots.stacked:stacked_plot",
    from_table=True,
)
